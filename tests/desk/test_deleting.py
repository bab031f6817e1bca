"""Deleted applications: listed for 30 days, restored whole within them, then erased."""

from dataclasses import replace
from datetime import timedelta

import pytest

from afterword.domain.errors import UnknownApplication
from afterword.domain.model import Application, Outcome, Result
from tests.desk.cast import ALICE, BOB, CHARLIE, FERNBRIDGE, NOW, SetClock, desk_of, note, step_of

MOMENT = timedelta(microseconds=1)
KEPT = timedelta(days=30)


@pytest.fixture
def later(clock):
    """Lets time pass after the moment at which everything begins."""

    def pass_(time):
        clock.moment = NOW + time

    return pass_


def listed(desk):
    return [aside.application.company for aside in desk.deleted()]


def add(desk, *companies):
    return [desk.add(replace(FERNBRIDGE, company=company)) for company in companies]


def test_with_nothing_deleted_nothing_is_listed(desk, case):
    assert desk.deleted() == ()
    assert desk.purge() == 0
    assert desk.today().cases == (case,)


def test_what_was_deleted_is_listed_with_its_moment_the_latest_first(desk, later):
    first, second, third, _ = add(desk, "Fernbridge", "Tidewater", "Harbour", "Kept")
    for days, case in enumerate((second, first, third)):
        later(timedelta(days=days))
        desk.delete(case.id)
    assert [(aside.application.id, aside.at) for aside in desk.deleted()] == [
        (third.id, NOW + timedelta(days=2)),
        (first.id, NOW + timedelta(days=1)),
        (second.id, NOW),
    ]
    assert [case.application.company for case in desk.today().cases] == ["Kept"]


def test_what_was_restored_is_listed_no_more(desk):
    first, second = add(desk, "Fernbridge", "Tidewater")
    desk.delete(first.id)
    desk.delete(second.id)
    desk.restore(first.id)
    assert listed(desk) == ["Tidewater"]
    assert desk.today().cases == (first,)


@pytest.mark.parametrize(
    ("time", "shown"),
    [(timedelta(0), True), (KEPT - MOMENT, True), (KEPT, True), (KEPT + MOMENT, False)],
    ids=["at once", "just before", "on the moment", "just after"],
)
def test_what_was_deleted_is_listed_and_kept_for_30_days_to_the_moment(desk, case, later, time, shown):
    desk.delete(case.id)
    later(time)
    assert len(desk.deleted()) == shown
    assert desk.purge() == (not shown)
    assert len(desk.deleted()) == shown


@pytest.mark.parametrize("days", [0, 1, 29, 30])
def test_within_30_days_everything_comes_back(desk, case, later, days):
    desk.tick(case.id, step_of(case).id)
    taken_back = desk.log(case.id, note("e1", round=case.application.rounds[0].id))
    desk.withdraw(case.id, taken_back.id)
    desk.close(case.id, Outcome(result=Result.OFFER, at=NOW))
    before = desk.open(case.id)
    desk.delete(case.id)
    later(timedelta(days=days))
    desk.purge()
    after = desk.restore(case.id)
    assert (after.application, after.version) == (before.application, before.version)


@pytest.mark.parametrize("days", [31, 400])
def test_what_was_erased_after_30_days_is_unknown(desk, case, later, days):
    desk.delete(case.id)
    later(timedelta(days=days))
    assert desk.purge() == 1
    for act in (desk.restore, desk.open, desk.delete):
        with pytest.raises(UnknownApplication):
            act(case.id)
    assert desk.purge() == 0
    assert desk.today().cases == desk.deleted() == ()


def test_deleting_erases_what_was_deleted_more_than_30_days_ago(desk, later):
    old, young, last = add(desk, "Fernbridge", "Tidewater", "Harbour")
    desk.delete(old.id)
    later(timedelta(days=5))
    desk.delete(young.id)
    later(timedelta(days=31))
    desk.delete(last.id)
    assert listed(desk) == ["Harbour", "Tidewater"]
    with pytest.raises(UnknownApplication):
        desk.restore(old.id)
    assert desk.restore(young.id).application == young.application


def test_the_30_days_count_from_the_last_time_it_was_deleted(desk, case, later):
    desk.delete(case.id)
    later(timedelta(days=20))
    desk.restore(case.id)
    desk.delete(case.id)
    later(timedelta(days=45))
    assert listed(desk) == ["Fernbridge"]
    assert desk.purge() == 0
    assert desk.restore(case.id).application == case.application


def test_nothing_of_what_was_erased_comes_back_with_a_new_application_of_its_id(desk, case, later):
    desk.log(case.id, note("e1"))
    desk.delete(case.id)
    later(timedelta(days=31))
    desk.purge()
    anew = desk.add(Application(id=case.id, company="Tidewater"))
    assert (anew.application.log, anew.version) == ((), 1)
    assert desk.open(case.id) == anew
    desk.log(case.id, note("e1", text="new"))
    assert [entry.text for entry in desk.open(case.id).application.log] == ["new"]


def test_what_one_window_deleted_the_other_can_restore_once(desk, case, repository, clock):
    other = desk_of(ALICE, repository, clock)
    desk.delete(case.id)
    with pytest.raises(UnknownApplication):
        other.delete(case.id)
    assert other.restore(case.id) == case
    with pytest.raises(UnknownApplication):
        desk.restore(case.id)
    assert desk.today().cases == (case,)


def test_charlie_sees_restores_and_erases_nothing_that_alice_deleted(desk, case, repository, later):
    desk.delete(case.id)
    charlies = desk_of(CHARLIE, repository, SetClock(NOW + timedelta(days=400)))
    assert charlies.deleted() == ()
    assert charlies.purge() == 0
    with pytest.raises(UnknownApplication):
        charlies.restore(case.id)
    mine = charlies.add(Application(id=case.id, company="Charlie's"))
    charlies.delete(mine.id)
    assert listed(charlies) == ["Charlie's"]
    later(timedelta(days=30))
    assert desk.restore(case.id).application == case.application
    assert listed(charlies) == ["Charlie's"]


def test_bob_deleting_the_same_id_leaves_alices_where_it_is(desk, case, repository):
    bobs = desk_of(BOB, repository, SetClock())
    bobs.add(Application(id=case.id, company="Bob's"))
    bobs.delete(case.id)
    assert desk.open(case.id) == case
    assert desk.deleted() == ()
    assert bobs.restore(case.id).application.company == "Bob's"


def test_there_is_something_until_the_last_is_deleted(desk, repository):
    assert not desk.has_any()
    first, second = add(desk, "Fernbridge", "Tidewater")
    desk.delete(first.id)
    assert desk.has_any()
    desk.delete(second.id)
    assert not desk.has_any()
    desk.restore(first.id)
    assert desk.has_any()
    assert not desk_of(CHARLIE, repository, SetClock()).has_any()
