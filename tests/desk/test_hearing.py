"""What is heard and how it ends: each can be taken back, whatever else happened meanwhile."""

from dataclasses import replace
from datetime import date

import pytest

from afterword.domain.errors import InvalidApplication, SomebodyWasFirst, UnknownApplication
from afterword.domain.model import (
    Channel,
    Entry,
    EntryKind,
    Outcome,
    Promise,
    Result,
    Round,
    StepKind,
)
from afterword.domain.step import State, Status
from afterword.store.memory import MemoryRepository
from tests.desk.cast import ALICE, FERNBRIDGE, NOW, SetClock, at, desk_of, entry, step_of

REPLY = Entry(kind=EntryKind.REPLY, at=NOW, channel=Channel.EMAIL)
FINAL = Round(label="Final", ended_at=at("2026-11-12 11:00"))


def but_withdrawn(case):
    """The application without the entries that were taken back."""
    log = tuple(entry for entry in case.application.log if entry.withdrawn_at is None)
    return replace(case.application, log=log)


class Contested(MemoryRepository):
    """A store in which somebody else edits first, so many times."""

    def __init__(self, times=0):
        super().__init__()
        self.times = times

    def replace(self, owner, application, version, now):
        if self.times:
            self.times -= 1
            before = self.get(owner, application.id)
            notes = f"{before.application.notes or ''}edited elsewhere;"
            super().replace(owner, replace(before.application, notes=notes), before.version, now)
        return super().replace(owner, application, version, now)


# Replies


def test_a_courtesy_is_logged_and_leaves_a_date_that_has_not_passed(desk, case):
    heard = desk.heard_back(case.id, REPLY)
    after = desk.open(case.id)
    assert [(e.id, e.kind, e.at) for e in after.application.log] == [(heard.entry_id, EntryKind.REPLY, NOW)]
    assert heard.round_id is None
    assert after.plan.quiet_until == date(2026, 11, 8)


def test_a_courtesy_after_the_date_ends_it_and_starts_a_new_wait(desk, case, clock):
    desk.tick(case.id, step_of(case).id)
    clock.set("2026-11-10 10:00")
    desk.heard_back(case.id, replace(REPLY, at=clock.now()))
    after = desk.open(case.id)
    assert after.plan.date_in_force is None
    assert step_of(after, StepKind.CHECK_IN).opens == date(2026, 11, 18)
    assert after.plan.status == Status.QUIET


def test_a_new_date_moves_the_check_in(desk, case):
    desk.heard_back(case.id, replace(REPLY, promise=Promise(asked=True, reply_by=date(2026, 11, 20))))
    after = desk.open(case.id)
    assert after.plan.date_in_force == date(2026, 11, 20)
    assert step_of(after, StepKind.CHECK_IN).opens == date(2026, 11, 23)


def test_another_interview_is_added_with_an_id_and_cancels_the_check_in(desk, case):
    heard = desk.heard_back(case.id, REPLY, FINAL)
    after = desk.open(case.id)
    assert [round.label for round in after.application.rounds] == ["Panel", "Final"]
    assert after.application.rounds[1].id == heard.round_id
    assert step_of(after, StepKind.CHECK_IN).state == State.CANCELLED
    assert step_of(after, StepKind.ASK).round.label == "Final"


def test_whatever_kind_of_entry_is_heard_becomes_a_reply(desk, case):
    desk.heard_back(case.id, entry(EntryKind.NOTE, NOW))
    assert desk.open(case.id).application.log[0].kind == EntryKind.REPLY


def test_a_reply_from_the_future_is_refused_and_logs_nothing(desk, case):
    with pytest.raises(InvalidApplication):
        desk.heard_back(case.id, replace(REPLY, at=at("2026-11-04 09:00")), FINAL)
    assert desk.open(case.id) == case


def test_an_interview_with_something_wrong_is_refused_and_its_reply_does_not_count(desk, case):
    with pytest.raises(InvalidApplication) as caught:
        desk.heard_back(case.id, REPLY, replace(FINAL, label=" "))
    assert [problem.path for problem in caught.value.problems] == ["rounds[1].label"]
    assert but_withdrawn(desk.open(case.id)) == case.application


@pytest.mark.parametrize(
    ("reply", "ahead"),
    [
        (REPLY, None),
        (replace(REPLY, promise=Promise(asked=True, reply_by=date(2026, 11, 20))), None),
        (REPLY, FINAL),
    ],
    ids=["courtesy", "new date", "another interview"],
)
def test_what_was_heard_can_be_taken_back_whole(desk, case, reply, ahead):
    heard = desk.heard_back(case.id, reply, ahead)
    assert but_withdrawn(desk.open(case.id)) != case.application
    desk.take_back(heard)
    after = desk.open(case.id)
    assert but_withdrawn(after) == case.application
    assert after.plan == case.plan
    assert [entry.withdrawn_at for entry in after.application.log] == [NOW]


@pytest.mark.parametrize("ahead", [None, FINAL, replace(FINAL, id="r9")])
def test_a_reply_heard_by_a_repeated_click_counts_once_with_its_interview(desk, case, ahead):
    reply = replace(REPLY, id="e1")
    heard = desk.heard_back(case.id, reply, ahead)
    once = desk.open(case.id)
    assert desk.heard_back(case.id, reply, ahead) == heard
    assert desk.open(case.id) == once
    desk.take_back(heard)
    taken_back = desk.open(case.id)
    assert desk.heard_back(case.id, reply, ahead) == heard
    assert desk.open(case.id) == taken_back


def test_taking_back_keeps_what_was_done_and_edited_since(desk, case):
    heard = desk.heard_back(case.id, REPLY, FINAL)
    desk.tick(case.id, step_of(desk.open(case.id)).id)
    now = desk.open(case.id)
    desk.correct(replace(now.application, role="Planner"), now.version)
    desk.take_back(heard)
    after = desk.open(case.id)
    assert after.application.role == "Planner"
    assert [round.label for round in after.application.rounds] == ["Panel"]
    assert step_of(after).state == State.DONE


@pytest.mark.parametrize("unticked", [False, True])
def test_an_interview_can_be_taken_back_after_its_question_was_ticked(desk, case, unticked):
    heard = desk.heard_back(case.id, REPLY, FINAL)
    ask = step_of(desk.open(case.id), StepKind.ASK)
    desk.tick(case.id, ask.id)
    if unticked:
        desk.untick(case.id, ask.id)
    desk.take_back(heard)
    after = desk.open(case.id)
    assert but_withdrawn(after) == case.application
    assert after.plan == case.plan


# Outcomes


@pytest.mark.parametrize("result", [result for result in Result if result != Result.OFFER])
def test_an_outcome_closes_the_application_and_can_be_taken_back(desk, case, result):
    heard = desk.close(case.id, Outcome(result=result, at=NOW))
    assert desk.open(case.id).plan.status == Status.CLOSED
    desk.take_back(heard)
    after = desk.open(case.id)
    assert after.application == case.application
    assert after.plan == case.plan


def test_an_offer_leaves_it_open_with_its_answer_to_give(desk, case):
    desk.close(case.id, Outcome(result=Result.OFFER, at=NOW, answer_by=date(2026, 11, 9)))
    after = desk.open(case.id)
    assert after.plan.status == Status.DUE
    assert [(s.kind, s.due) for s in after.to_do] == [(StepKind.ANSWER_OFFER, date(2026, 11, 9))]


def test_taking_an_answer_back_leaves_the_offer_it_answered(desk, case):
    offer = Outcome(result=Result.OFFER, at=NOW, answer_by=date(2026, 11, 9))
    desk.close(case.id, offer)
    answered = desk.close(case.id, Outcome(result=Result.ACCEPTED, at=NOW))
    desk.take_back(answered)
    assert desk.open(case.id).application.outcome == offer


def test_a_closed_application_can_be_reopened_and_its_plan_goes_on(desk, case):
    desk.close(case.id, Outcome(result=Result.NO_ANSWER, at=NOW))
    reopened = desk.reopen(case.id)
    assert reopened.application == case.application
    assert reopened.plan == case.plan


def test_a_reply_after_no_answer_opens_the_application_again(desk, case, clock):
    desk.close(case.id, Outcome(result=Result.NO_ANSWER, at=NOW))
    clock.set("2026-11-05 10:00")
    desk.heard_back(case.id, replace(REPLY, at=clock.now()))
    assert desk.open(case.id).plan.status != Status.CLOSED


def test_an_outcome_with_something_wrong_is_refused(desk, case):
    with pytest.raises(InvalidApplication) as caught:
        desk.close(case.id, Outcome(result=Result.OFFER, at=NOW, answer_by=date(1926, 11, 9)))
    assert [problem.path for problem in caught.value.problems] == ["outcome.answer_by"]
    assert desk.open(case.id) == case


# Editing, and two at once


def test_a_correction_moves_every_date_and_counts_the_version_up(desk, case):
    later = Promise(asked=True, reply_by=date(2026, 11, 20))
    corrected = replace(
        case.application, rounds=(replace(case.application.rounds[0], promise=later),), role="Planner"
    )
    after = desk.correct(corrected, case.version)
    assert after.version == case.version + 1
    assert (after.application.role, after.plan.quiet_until) == ("Planner", date(2026, 11, 22))
    assert desk.open(case.id) == after


def test_a_correction_gives_ids_to_what_is_new_and_leaves_the_others(desk, case):
    after = desk.correct(
        replace(case.application, rounds=(*case.application.rounds, FINAL)), case.version
    ).application
    assert after.rounds[0] == case.application.rounds[0]
    assert after.rounds[1].id


def test_a_correction_of_an_old_version_is_refused_and_changes_nothing(desk, case):
    first = desk.correct(replace(case.application, role="Planner"), case.version)
    with pytest.raises(SomebodyWasFirst):
        desk.correct(replace(case.application, role="Editor"), case.version)
    assert desk.open(case.id) == first


def test_a_tick_between_opening_a_form_and_saving_it_is_kept(desk, case):
    logged = desk.tick(case.id, step_of(case).id)
    desk.correct(replace(case.application, role="Planner"), case.version)
    assert desk.open(case.id).application.log == (logged,)


def test_an_application_that_is_not_there_can_be_neither_corrected_nor_closed(desk, case):
    with pytest.raises(UnknownApplication):
        desk.correct(replace(case.application, id="no such application"), case.version)
    with pytest.raises(UnknownApplication):
        desk.close("no such application", Outcome(result=Result.REJECTED, at=NOW))
    with pytest.raises(UnknownApplication):
        desk.reopen("no such application")
    assert len(desk.today().cases) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda desk, case: desk.close(case.id, Outcome(result=Result.REJECTED, at=NOW)),
        lambda desk, case: desk.heard_back(case.id, REPLY, FINAL),
        lambda desk, case: desk.reopen(case.id),
    ],
    ids=["close", "another interview", "reopen"],
)
def test_a_change_survives_that_somebody_else_edits_at_the_same_time(change):
    repository = Contested()
    desk = desk_of(ALICE, repository, SetClock())
    case = desk.add(replace(FERNBRIDGE, outcome=Outcome(result=Result.OFFER, at=NOW)))
    plain = desk_of(ALICE, MemoryRepository(), SetClock())
    plain.add(case.application)
    change(plain, case)
    repository.times = 2
    change(desk, case)
    after, wanted = (d.open(case.id).application for d in (desk, plain))
    assert after.notes == "edited elsewhere;edited elsewhere;"
    assert after.outcome == wanted.outcome
    assert [round.label for round in after.rounds] == [round.label for round in wanted.rounds]


def test_taking_back_survives_that_somebody_else_edits_at_the_same_time():
    repository = Contested()
    desk = desk_of(ALICE, repository, SetClock())
    case = desk.add(FERNBRIDGE)
    heard = desk.heard_back(case.id, REPLY, FINAL)
    repository.times = 1
    desk.take_back(heard)
    after = desk.open(case.id).application
    assert (after.notes, after.rounds) == ("edited elsewhere;", case.application.rounds)


def test_a_change_that_loses_every_time_says_so():
    repository = Contested()
    desk = desk_of(ALICE, repository, SetClock())
    case = desk.add(FERNBRIDGE)
    repository.times = 100
    with pytest.raises(SomebodyWasFirst):
        desk.close(case.id, Outcome(result=Result.REJECTED, at=NOW))
    assert desk.open(case.id).application.outcome is None


def test_a_reply_does_not_count_where_its_interview_could_not_be_added():
    repository = Contested()
    desk = desk_of(ALICE, repository, SetClock())
    case = desk.add(FERNBRIDGE)
    repository.times = 100
    with pytest.raises(SomebodyWasFirst):
        desk.heard_back(case.id, REPLY, FINAL)
    assert but_withdrawn(desk.open(case.id)).log == ()
