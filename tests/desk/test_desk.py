"""What lies on the desk: what is kept, in which order, whose zone and country count, and who may not look."""

from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from afterword.domain.errors import AfterwordError, InvalidApplication, UnknownApplication
from afterword.domain.model import (
    Application,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Promise,
    Result,
    Round,
    StepKind,
)
from afterword.domain.step import Status
from afterword.domain.you import You
from afterword.samples import sample_applications
from tests.desk.cast import (
    ALICE,
    BOB,
    CHARLIE,
    FERNBRIDGE,
    HANDBOOK,
    NOW,
    PANEL,
    SetClock,
    at,
    desk_of,
    entry,
    note,
    step_of,
    with_round,
)

REPLY = entry(EntryKind.REPLY, NOW)
OWN_ITEM = next(item for phase in HANDBOOK.phases for item in phase.items if item.step is None)


def ids_in(part):
    """Every id within, in the order of the fields."""
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name == "id":
            yield value
        for item in value if isinstance(value, tuple) else (value,):
            if is_dataclass(item):
                yield from ids_in(item)


def company(name, ended="2026-11-03 15:00", **round_changes):
    """An application there, with one interview that ended then and was thanked for at once."""
    round = replace(PANEL, ended_at=at(ended), interviewers=(), **round_changes)
    thanked = (Entry(kind=EntryKind.THANK_YOU, at=at(ended)),)
    return replace(FERNBRIDGE, company=name, rounds=(round,), log=thanked)


# Keeping


def test_everything_that_is_added_gets_an_id_of_its_own(desk):
    two = (Interviewer(name="Ada Okafor"), Interviewer(name="Luis Prado"))
    log = (entry(EntryKind.NOTE, NOW), entry(EntryKind.NOTE, NOW))
    rounds = (replace(PANEL, interviewers=two), replace(PANEL, label="Second"))
    kept = desk.add(replace(FERNBRIDGE, rounds=rounds, log=log)).application
    found = list(ids_in(kept))
    assert len(found) == 9
    assert all(found)
    assert len(set(found)) == len(found)


def test_ids_that_are_there_already_stay(desk):
    given = replace(FERNBRIDGE, id="a1", rounds=(replace(PANEL, id="r1"),), log=(note("e1"),))
    kept = desk.add(given).application
    assert (kept.id, kept.rounds[0].id, kept.log[0].id) == ("a1", "r1", "e1")


def test_what_was_added_is_found_again_with_its_plan(desk, case):
    assert desk.open(case.id) == case
    assert case.plan.status == Status.DUE
    assert (case.version, case.today) == (1, date(2026, 11, 3))
    assert [step.kind for step in case.to_do] == [StepKind.THANK_YOU]


@pytest.mark.parametrize(
    ("bad", "path"),
    [
        (replace(FERNBRIDGE, company=" "), "company"),
        (replace(FERNBRIDGE, company="x" * 201), "company"),
        (replace(FERNBRIDGE, zone="Mars/Olympus"), "zone"),
        (replace(FERNBRIDGE, country="XX"), "country"),
        (with_round(label=""), "rounds[0].label"),
        (with_round(promise=Promise(reply_by=date(2026, 11, 2))), "rounds[0].promise.reply_by"),
        (with_round(ended_at=date(1492, 10, 12)), "rounds[0].ended_at"),
        (replace(FERNBRIDGE, log=(entry(EntryKind.SKIP, NOW),)), "log[0].step"),
        (replace(FERNBRIDGE, rounds=(replace(PANEL, id="r1"),) * 2), "rounds[1].id"),
    ],
)
def test_an_invalid_application_never_reaches_the_store(desk, case, bad, path):
    assert path in [problem.path for problem in desk.problems(bad)]
    for keep in (desk.add, lambda a: desk.correct(replace(a, id=case.id), case.version)):
        with pytest.raises(InvalidApplication) as caught:
            keep(bad)
        assert path in [problem.path for problem in caught.value.problems]
    assert [c.application for c in desk.today().cases] == [case.application]


def test_a_deleted_application_is_gone_and_can_be_restored_whole(desk, case):
    desk.tick(case.id, step_of(case).id)
    before = desk.open(case.id)
    desk.delete(case.id)
    assert desk.today().cases == ()
    with pytest.raises(UnknownApplication):
        desk.open(case.id)
    assert desk.restore(case.id) == before
    assert desk.today().cases == (before,)


def test_what_is_not_there_can_be_neither_deleted_nor_restored(desk, case):
    for act in (desk.delete, desk.restore, desk.open):
        with pytest.raises(UnknownApplication):
            act("no such application")
    with pytest.raises(UnknownApplication):
        desk.restore(case.id)
    assert desk.today().cases == (case,)


def test_the_samples_are_all_in_order_and_show_every_status_worth_seeing(desk):
    for sample in sample_applications(NOW, "America/New_York"):
        assert desk.problems(sample) == ()
        desk.add(sample)
    seen = {case.plan.status for case in desk.today().cases}
    assert {Status.OVERDUE, Status.DUE, Status.QUIET, Status.UPCOMING, Status.CLOSED} <= seen


# Today


def test_today_sorts_overdue_due_quiet_awaiting_upcoming_new_and_closed_last(desk, clock):
    clock.set("2026-11-17 10:00")
    closed = Outcome(result=Result.REJECTED, at=at("2026-11-02 09:00"))
    checked_in = (Entry(kind=EntryKind.CHECK_IN, at=at("2026-11-16 10:00")),)
    passed = Promise(reply_by=date(2026, 11, 6))
    for application in (
        Application(company="New"),
        replace(company("Closed", "2026-10-01 10:00"), outcome=closed),
        company("Quiet", "2026-11-16 10:00", promise=None),
        replace(company("Ahead", "2026-11-19 10:00", promise=None), log=()),
        replace(company("Due", "2026-11-17 09:00", promise=None), log=()),
        company("Overdue", promise=passed),
        replace(company("Awaiting", promise=passed), log=(*company("Awaiting").log, *checked_in)),
    ):
        desk.add(application)
    order = [(case.application.company, case.plan.status) for case in desk.today().cases]
    assert order == [
        ("Overdue", Status.OVERDUE),
        ("Due", Status.DUE),
        ("Quiet", Status.QUIET),
        ("Awaiting", Status.AWAITING_REPLY),
        ("Ahead", Status.UPCOMING),
        ("New", Status.NEW),
        ("Closed", Status.CLOSED),
    ]


def test_of_several_overdue_ones_the_longest_overdue_stands_first_then_the_name(desk, clock):
    clock.set("2026-11-18 10:00")
    for name, day in (("late", 9), ("Latest", 6), ("early", 5), ("Alike", 9)):
        desk.add(company(name, promise=Promise(reply_by=date(2026, 11, day))))
    found = desk.today().cases
    assert {case.plan.status for case in found} == {Status.OVERDUE}
    assert [case.application.company for case in found] == ["early", "Latest", "Alike", "late"]


def test_of_several_quiet_ones_the_next_to_open_stands_first(desk):
    for name, day in (("Last", 20), ("First", 5), ("Middle", 12)):
        desk.add(company(name, promise=Promise(reply_by=date(2026, 11, day))))
    assert [case.application.company for case in desk.today().cases] == ["First", "Middle", "Last"]


def test_with_nothing_kept_today_is_empty(desk):
    assert desk.today().cases == ()


def test_the_day_is_the_owners_and_each_application_has_its_own(desk, clock):
    clock.set("2026-11-03 20:00")  # the 4th in Berlin, since 02:00
    desk.introduce(You(zone="Europe/Berlin"))
    desk.add(FERNBRIDGE)
    today = desk.today()
    assert today.day == date(2026, 11, 4)
    assert today.cases[0].today == date(2026, 11, 3)


# The owner


def test_where_no_zone_was_named_the_browsers_counts(repository, clock):
    desk = desk_of(ALICE, repository, clock, "Asia/Tokyo")
    assert desk.you() == You(zone="Asia/Tokyo")
    desk.introduce(You(name="Alice Ashby"))
    assert desk.you() == You(name="Alice Ashby", zone="Asia/Tokyo")
    desk.introduce(You(zone="Europe/Paris"))
    assert desk.you().zone == "Europe/Paris"


def test_the_owners_zone_stands_in_where_an_application_names_none(desk):
    desk.introduce(You(zone="Asia/Tokyo"))
    there = desk.add(FERNBRIDGE)
    nowhere = desk.add(replace(FERNBRIDGE, zone=None))
    assert str(there.now.tzinfo) == "America/New_York"
    assert str(nowhere.now.tzinfo) == "Asia/Tokyo"
    assert nowhere.today == date(2026, 11, 4)
    assert step_of(nowhere).due == date(2026, 11, 4)  # 15:00 in New York is 05:00 there, a day later


def test_the_owners_holidays_count_where_an_application_names_no_country(desk):
    nine = replace(PANEL, promise=Promise(reply_by=date(2026, 11, 10)))  # the 11th is Veterans Day
    somewhere = replace(FERNBRIDGE, country=None, rounds=(nine,))

    def check_in_opens(**changes):
        return step_of(desk.add(replace(somewhere, **changes)), StepKind.CHECK_IN).opens

    assert check_in_opens() == date(2026, 11, 11)
    desk.introduce(You(country="US"))
    assert check_in_opens() == date(2026, 11, 12)
    assert check_in_opens(country="GB") == date(2026, 11, 11)
    assert desk.workdays().country == "US"
    assert desk.workdays(replace(somewhere, country="GB")).country == "GB"


@pytest.mark.parametrize(
    ("bad", "path"),
    [
        (You(name="x" * 201), "name"),
        (You(phone="1" * 201), "phone"),
        (You(zone="Mars/Olympus"), "zone"),
        (You(country="XX"), "country"),
    ],
)
def test_what_is_wrong_about_the_owner_is_refused_and_changes_nothing(desk, bad, path):
    desk.introduce(You(name="Alice Ashby"))
    with pytest.raises(InvalidApplication) as caught:
        desk.introduce(bad)
    assert [problem.path for problem in caught.value.problems] == [path]
    assert desk.you() == You(name="Alice Ashby", zone="UTC")


# Whose it is


OUTSIDE = {
    "open": lambda desk, case: desk.open(case.id),
    "tick": lambda desk, case: desk.tick(case.id, step_of(case, StepKind.CHECK_IN).id),
    "untick": lambda desk, case: desk.untick(case.id, step_of(case).id),
    "skip": lambda desk, case: desk.skip(case.id, step_of(case, StepKind.CHECK_IN).id),
    "tick an item of": lambda desk, case: desk.tick_item(case.id, OWN_ITEM),
    "untick an item of": lambda desk, case: desk.untick_item(case.id, OWN_ITEM),
    "log": lambda desk, case: desk.log(case.id, note("e9")),
    "find an entry of": lambda desk, case: desk.entry(case.id, case.application.log[0].id),
    "withdraw an entry of": lambda desk, case: desk.withdraw(case.id, case.application.log[0].id),
    "amend an entry of": lambda desk, case: desk.amend(case.id, case.application.log[0]),
    "correct": lambda desk, case: desk.correct(replace(case.application, role="X"), case.version),
    "hear back about": lambda desk, case: desk.heard_back(case.id, REPLY),
    "close": lambda desk, case: desk.close(case.id, Outcome(result=Result.REJECTED, at=NOW)),
    "reopen": lambda desk, case: desk.reopen(case.id),
    "delete": lambda desk, case: desk.delete(case.id),
    "restore": lambda desk, case: desk.restore(case.id),
}


@pytest.fixture
def alices(desk, case):
    """Alice's application with a thank-you logged, which only Alice may see."""
    desk.tick(case.id, step_of(case).id)
    return desk.open(case.id)


@pytest.mark.parametrize("act", OUTSIDE)
def test_charlie_cannot(act, desk, alices, repository):
    charlies = desk_of(CHARLIE, repository, SetClock())
    with pytest.raises(UnknownApplication):
        OUTSIDE[act](charlies, alices)
    assert desk.open(alices.id) == alices
    assert charlies.today().cases == ()


@pytest.mark.parametrize("act", OUTSIDE)
def test_charlie_who_has_an_application_of_the_same_id_changes_only_that(act, desk, alices, repository):
    charlies = desk_of(CHARLIE, repository, SetClock())
    charlies.add(Application(id=alices.id, company="Charlie's", rounds=(Round(label="X", ended_at=NOW),)))
    with suppress(AfterwordError):  # an entry or a version that only Alice's has
        OUTSIDE[act](charlies, alices)
    assert desk.open(alices.id) == alices
    assert [case.application.company for case in desk.today().cases] == ["Fernbridge"]


def test_charlie_cannot_restore_what_alice_deleted(desk, alices, repository):
    desk.delete(alices.id)
    with pytest.raises(UnknownApplication):
        desk_of(CHARLIE, repository, SetClock()).restore(alices.id)
    assert desk.restore(alices.id) == alices


def test_charlie_sees_nothing_of_alice_and_bob(desk, alices, repository):
    desk.introduce(You(name="Alice Ashby", phone="+1 212 555 0100", zone="America/New_York", country="US"))
    bobs = desk_of(BOB, repository, SetClock())
    bobs.add(company("Tidewater"))
    charlies = desk_of(CHARLIE, repository, SetClock())
    assert charlies.today().cases == ()
    assert charlies.you() == You(zone="UTC")
    assert charlies.workdays().country is None
    assert [case.application.company for case in bobs.today().cases] == ["Tidewater"]
    assert [case.id for case in desk.today().cases] == [alices.id]
