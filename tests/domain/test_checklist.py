"""The checklist: each item by phase, with the step or the entry that ticks it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from afterword.content import load_handbook
from afterword.domain.checklist import Standing, checklist, own_tick, phases_now, tick_of
from afterword.domain.model import (
    Application,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Promise,
    Result,
    Round,
    ThanksBy,
)
from afterword.domain.plan import make_plan
from afterword.domain.workdays import Workdays

HANDBOOK = load_handbook()
NOW = datetime(2026, 11, 5, 17, 0, tzinfo=UTC)
ADA, LUIS = Interviewer(name="Ada Okafor"), Interviewer(name="Luis Prado", phone="+44 20 7946 0100")
PANEL = Round(label="Panel", ended_at=NOW - timedelta(hours=2), interviewers=(ADA, LUIS))
APPLICATION = Application(company="Fernbridge", rounds=(PANEL,))
ITEMS = {item.id: item for phase in HANDBOOK.phases for item in phase.items}


def lines(application, now=NOW):
    plan = make_plan(application, now, HANDBOOK, Workdays())
    return [line for phase in checklist(HANDBOOK.phases, application, plan) for line in phase.lines]


def standings(application, item, now=NOW):
    return [line.standing for line in lines(application, now) if line.item.id == item]


def test_every_item_of_the_handbook_has_a_line():
    assert {line.item.id for line in lines(APPLICATION)} == set(ITEMS)


def test_each_person_to_thank_has_a_line_of_their_own():
    found = [line.step.to.name for line in lines(APPLICATION) if line.item.id == "send-thanks"]
    assert found == ["Ada Okafor", "Luis Prado"]


def test_a_logged_thank_you_ticks_its_line_and_no_other():
    thanked = Entry(id="e1", kind=EntryKind.THANK_YOU, to="Ada Okafor", at=NOW)
    application = replace(APPLICATION, log=(thanked,))
    assert standings(application, "send-thanks") == [Standing.TICKED, Standing.TO_DO]


def test_what_the_quiet_period_forbids_is_not_yet_to_be_ticked():
    assert standings(APPLICATION, "check-in") == [Standing.NOT_YET]


def test_a_call_of_thanks_is_not_yet_to_be_ticked_on_the_day_itself():
    by_phone = replace(PANEL, thanks_by=ThanksBy.PHONE)
    application = replace(APPLICATION, rounds=(by_phone,))
    assert standings(application, "send-thanks") == [Standing.TO_DO, Standing.NOT_YET]


def test_what_has_no_step_in_the_plan_does_not_apply():
    assert standings(APPLICATION, "answer-offer") == [Standing.DOES_NOT_APPLY]
    assert standings(APPLICATION, "thanks-after-no") == [Standing.DOES_NOT_APPLY]


def test_the_thanks_after_a_no_belong_to_their_own_item_alone():
    rejected = replace(APPLICATION, outcome=Outcome(result=Result.REJECTED, at=NOW))
    assert standings(rejected, "thanks-after-no") == [Standing.TO_DO]
    assert standings(rejected, "send-thanks") == [Standing.OVER, Standing.OVER]


def test_an_item_without_a_step_is_ticked_by_an_entry_and_by_nothing_withdrawn():
    item = ITEMS["notes-per-person"]
    tick = replace(tick_of(item, NOW), id="e1")
    assert standings(APPLICATION, item.id) == [Standing.TO_DO]
    ticked = replace(APPLICATION, log=(tick,))
    assert standings(ticked, item.id) == [Standing.TICKED]
    assert own_tick(item, ticked) == tick
    taken_back = replace(APPLICATION, log=(replace(tick, withdrawn_at=NOW),))
    assert standings(taken_back, item.id) == [Standing.TO_DO]


def test_a_tick_of_an_item_changes_no_step_of_the_plan():
    log = tuple(replace(tick_of(item, NOW), id=item.id) for item in ITEMS.values())
    ticked = replace(APPLICATION, log=log)
    before = make_plan(APPLICATION, NOW, HANDBOOK, Workdays())
    assert make_plan(ticked, NOW, HANDBOOK, Workdays()).steps == before.steps


def test_progress_counts_what_applies():
    plan = make_plan(APPLICATION, NOW, HANDBOOK, Workdays())
    phases = {p.phase.id: p for p in checklist(HANDBOOK.phases, APPLICATION, plan)}
    assert (phases["right-after"].done, phases["right-after"].counted) == (0, 6)
    assert phases["before-you-leave"].counted == 3
    ahead = replace(APPLICATION, rounds=(replace(PANEL, ended_at=NOW + timedelta(days=1)),))
    asked = replace(ahead, rounds=(replace(ahead.rounds[0], promise=Promise(asked=True)),))
    plan = make_plan(asked, NOW, HANDBOOK, Workdays())
    first = checklist(HANDBOOK.phases, asked, plan)[0]
    assert (first.done, first.counted) == (1, 4)


# What there is to look at now


def looked_at(application, now=NOW):
    plan = make_plan(application, now, HANDBOOK, Workdays())
    return [phase.phase.id for phase in phases_now(checklist(HANDBOOK.phases, application, plan), plan)]


THANKED = replace(
    APPLICATION,
    log=tuple(
        Entry(id=name, kind=EntryKind.THANK_YOU, to=name, at=NOW) for name in ("Ada Okafor", "Luis Prado")
    ),
)


def test_right_after_an_interview_its_thanks_are_looked_at():
    assert looked_at(APPLICATION) == ["right-after"]


def test_in_the_quiet_period_it_is_the_wait():
    assert looked_at(THANKED) == ["while-you-wait"]


def test_once_a_check_in_is_due_it_is_the_phase_of_the_check_in():
    assert looked_at(THANKED, NOW + timedelta(days=8)) == ["date-passed"]


def test_before_an_interview_and_without_any_it_is_what_to_ask_there():
    ahead = replace(APPLICATION, rounds=(replace(PANEL, ended_at=NOW + timedelta(days=2)),))
    assert looked_at(ahead) == ["before-you-leave"]
    assert looked_at(replace(APPLICATION, rounds=())) == ["before-you-leave"]


def test_once_it_has_ended_it_is_what_to_do_on_an_answer():
    assert looked_at(replace(THANKED, outcome=Outcome(result=Result.WITHDRAWN, at=NOW))) == ["when-you-hear"]


def test_without_any_phases_there_is_nothing_to_look_at():
    plan = make_plan(APPLICATION, NOW, HANDBOOK, Workdays())
    assert phases_now((), plan) == ()
