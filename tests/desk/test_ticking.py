"""What is done: ticked, taken back, corrected, and logged by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from afterword.domain.checklist import own_tick
from afterword.domain.errors import InvalidApplication, UnknownApplication, UnknownEntry
from afterword.domain.model import (
    Channel,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Promise,
    PromisedChannel,
    Result,
    RivalOffer,
    StepKind,
    ThanksBy,
)
from afterword.domain.problems import MOST
from afterword.domain.step import State, Status
from tests.desk.cast import (
    ADA,
    ENDED,
    FERNBRIDGE,
    HANDBOOK,
    JO,
    NOW,
    PANEL,
    at,
    entry,
    note,
    step_of,
    with_round,
)

LUIS = Interviewer(name="Luis Prado", phone="+1 212 555 0143")


def kinds(case):
    return [entry.kind for entry in case.application.log]


def ticked(desk, case, kind=StepKind.THANK_YOU, number=0):
    """Tick the step of that kind and say what was logged and what the plan says of it then."""
    step = step_of(desk.open(case.id), kind, number)
    logged = desk.tick(case.id, step.id)
    after = desk.open(case.id)
    return logged, next(s for s in after.plan.steps if s.id == step.id)


# Ticking


def test_a_ticked_thank_you_logs_kind_channel_person_round_and_moment(desk, case):
    logged, step = ticked(desk, case)
    panel = case.application.rounds[0]
    assert logged.kind == EntryKind.THANK_YOU
    assert logged.channel == Channel.EMAIL
    assert (logged.to, logged.round) == (panel.interviewers[0].id, panel.id)
    assert logged.at == NOW
    assert (step.state, step.entry) == (State.DONE, logged)
    assert desk.open(case.id).application.log == (logged,)


def test_a_ticked_call_logs_the_phone(desk, clock):
    case = desk.add(with_round(thanks_by=ThanksBy.PHONE, interviewers=(LUIS,)))
    clock.set("2026-11-04 10:00")
    logged, step = ticked(desk, case)
    assert logged.channel == Channel.PHONE
    assert step.state == State.DONE


def test_a_ticked_check_in_logs_the_channel_they_named_and_the_contact(desk, clock):
    case = desk.add(with_round(promise=Promise(reply_by=date(2026, 11, 6), channel=PromisedChannel.PHONE)))
    clock.set("2026-11-09 10:00")
    logged, step = ticked(desk, case, StepKind.CHECK_IN)
    assert (logged.kind, logged.channel) == (EntryKind.CHECK_IN, Channel.PHONE)
    assert logged.to == case.application.contact.id
    assert logged.round == case.application.rounds[0].id
    assert step.state == State.DONE


def test_a_ticked_question_logs_the_round_it_was_asked_in(desk):
    case = desk.add(with_round(ended_at=at("2026-11-05 15:00"), promise=None))
    logged, step = ticked(desk, case, StepKind.ASK)
    assert (logged.kind, logged.channel, logged.to) == (EntryKind.ASK, None, None)
    assert logged.round == case.application.rounds[0].id
    assert step.state == State.DONE


def test_ticking_that_they_were_told_of_another_offer_logs_it(desk):
    case = desk.add(replace(FERNBRIDGE, rival_offer=RivalOffer(deadline=date(2026, 11, 20))))
    logged, step = ticked(desk, case, StepKind.TELL_THEM)
    assert (logged.kind, logged.to) == (EntryKind.TELL_THEM, case.application.contact.id)
    assert step.state == State.DONE


def test_thanks_after_a_no_can_be_ticked(desk, case, clock):
    desk.tick(case.id, step_of(case).id)
    clock.set("2026-11-10 09:00")
    desk.close(case.id, Outcome(result=Result.REJECTED, at=at("2026-11-10 08:00")))
    after = desk.open(case.id)
    logged = desk.tick(case.id, after.plan.next.id)
    assert (logged.kind, logged.round) == (EntryKind.THANK_YOU, None)
    assert desk.open(case.id).plan.next is None


def test_of_two_people_only_the_one_who_was_thanked_is_ticked(desk):
    case = desk.add(with_round(interviewers=(ADA, replace(LUIS, email="luis@fernbridge.example"))))
    ticked(desk, case, number=1)
    states = [s.state for s in desk.open(case.id).plan.steps if s.kind == StepKind.THANK_YOU]
    assert states == [State.OPEN, State.DONE]


def test_an_overdue_step_can_still_be_ticked(desk, case, clock):
    clock.set("2026-11-05 09:00")
    assert step_of(desk.open(case.id)).state == State.OVERDUE
    assert ticked(desk, case)[1].state == State.DONE


def test_a_second_tick_of_the_same_step_logs_nothing(desk, case):
    logged, step = ticked(desk, case)
    assert desk.tick(case.id, step.id) is None
    assert desk.open(case.id).application.log == (logged,)


def test_a_step_that_is_not_in_the_plan_is_not_ticked(desk, case):
    assert desk.tick(case.id, "thank_you-0123456789abcdef") is None
    assert desk.tick(case.id, "") is None
    assert desk.open(case.id).application.log == ()


@pytest.mark.parametrize("result", [Result.OFFER, Result.WITHDRAWN])
def test_a_step_that_an_outcome_answers_is_not_ticked(desk, case, result):
    desk.close(case.id, Outcome(result=result, at=NOW))
    steps = desk.open(case.id).plan.steps
    answered = [step for step in steps if step.kind in {StepKind.ANSWER_OFFER, StepKind.MOVE_ON}]
    assert [desk.tick(case.id, step.id) for step in answered] == [None] * len(answered)
    assert len(answered) == (result == Result.OFFER)
    assert desk.open(case.id).application.log == ()


@pytest.mark.parametrize("result", [Result.WITHDRAWN, Result.OFFER])
def test_a_step_that_an_outcome_cancelled_is_not_ticked(desk, case, result):
    desk.close(case.id, Outcome(result=result, at=NOW))
    step = step_of(desk.open(case.id))
    assert step.state == State.CANCELLED
    assert desk.tick(case.id, step.id) is None
    assert desk.open(case.id).application.log == ()


def test_a_step_that_may_not_be_done_yet_is_not_ticked(desk, case):
    step = step_of(case, StepKind.CHECK_IN)
    assert step.state == State.WITHHELD
    assert desk.tick(case.id, step.id) is None
    assert desk.open(case.id).application.log == ()


def test_thanks_that_were_missed_can_still_be_logged(desk, case, clock):
    clock.set("2026-11-20 10:00")
    assert step_of(desk.open(case.id)).state == State.MISSED
    assert ticked(desk, case)[1].state == State.DONE


# Skipping


def test_a_skipped_step_is_cancelled_and_its_skip_can_be_taken_back(desk, case):
    step = step_of(case)
    skip = desk.skip(case.id, step.id)
    assert (skip.kind, skip.step, skip.channel, skip.at) == (EntryKind.SKIP, step.kind, None, NOW)
    assert (skip.to, skip.round) == (step.to.id, step.round.id)
    skipped = step_of(desk.open(case.id))
    assert (skipped.state, skipped.ended_by, skipped.entry) == (State.CANCELLED, "skipped", skip)
    desk.untick(case.id, step.id)
    assert step_of(desk.open(case.id)).state == State.OPEN


def test_what_is_over_already_is_not_skipped(desk, case):
    ticked(desk, case)
    assert desk.skip(case.id, step_of(case).id) is None
    assert desk.skip(case.id, "no such step") is None
    assert len(desk.open(case.id).application.log) == 1


@pytest.mark.parametrize("kind", [StepKind.THANK_YOU, StepKind.CHECK_IN])
def test_a_second_skip_of_the_same_step_logs_nothing(desk, case, kind):
    step = step_of(case, kind)
    assert desk.skip(case.id, step.id) is not None
    assert desk.skip(case.id, step.id) is None
    assert kinds(desk.open(case.id)) == [EntryKind.SKIP]


# Items of the checklist without a step


OWN = next(item for phase in HANDBOOK.phases for item in phase.items if item.step is None)


def test_an_item_without_a_step_is_ticked_once_and_unticked(desk, case):
    logged = desk.tick_item(case.id, OWN)
    assert own_tick(OWN, desk.open(case.id).application) == logged
    assert desk.tick_item(case.id, OWN) is None
    assert desk.open(case.id).plan == case.plan
    taken_back = desk.untick_item(case.id, OWN)
    assert taken_back == replace(logged, withdrawn_at=NOW)
    assert own_tick(OWN, desk.open(case.id).application) is None
    assert desk.untick_item(case.id, OWN) is None
    assert desk.open(case.id).application.log == (taken_back,)


# Taking back


def test_an_unticked_step_is_open_again_and_its_entry_stays_marked(desk, case, clock):
    logged, step = ticked(desk, case)
    clock.set("2026-11-03 17:00")
    taken_back = desk.untick(case.id, step.id)
    assert taken_back == replace(logged, withdrawn_at=clock.now())
    after = desk.open(case.id)
    assert step_of(after).state == State.OPEN
    assert after.application.log == (taken_back,)


def test_unticking_what_is_not_done_changes_nothing(desk, case):
    assert desk.untick(case.id, step_of(case).id) is None
    assert desk.untick(case.id, "no such step") is None
    assert desk.open(case.id) == case


def test_a_step_can_be_ticked_again_after_it_was_unticked(desk, case):
    first, step = ticked(desk, case)
    desk.untick(case.id, step.id)
    second = desk.tick(case.id, step.id)
    assert second is not None
    assert second.id != first.id
    log = desk.open(case.id).application.log
    assert {entry.id for entry in log} == {first.id, second.id}
    assert sum(entry.withdrawn_at is None for entry in log) == 1


def test_withdrawing_twice_keeps_the_first_moment(desk, case, clock):
    logged, _ = ticked(desk, case)
    first = desk.withdraw(case.id, logged.id)
    clock.set("2026-11-04 12:00")
    assert desk.withdraw(case.id, logged.id) == first


def test_an_entry_that_is_not_there_can_be_neither_withdrawn_nor_found(desk, case):
    for act in (desk.withdraw, desk.entry):
        with pytest.raises(UnknownEntry):
            act(case.id, "no such entry")


# Correcting what was logged


def test_a_corrected_time_moves_every_later_date(desk, case, clock):
    clock.set("2026-11-10 10:00")
    logged, _ = ticked(desk, case, StepKind.CHECK_IN)
    second = step_of(desk.open(case.id), StepKind.CHECK_IN, 1)
    assert (second.opens, second.due) == (date(2026, 11, 18), date(2026, 11, 20))  # the 11th is a holiday
    desk.amend(case.id, replace(logged, at=at("2026-11-09 09:00")))
    moved = step_of(desk.open(case.id), StepKind.CHECK_IN, 1)
    assert (moved.opens, moved.due) == (date(2026, 11, 17), date(2026, 11, 19))


def test_a_corrected_channel_and_person_stand_in_the_log(desk, case):
    logged, _ = ticked(desk, case)
    changed = replace(logged, channel=Channel.IN_PERSON, to=None)
    desk.amend(case.id, changed)
    assert desk.open(case.id).application.log == (changed,)
    assert step_of(desk.open(case.id)).state == State.DONE


def test_a_time_in_the_future_is_refused_and_changes_nothing(desk, case):
    logged, _ = ticked(desk, case)
    with pytest.raises(InvalidApplication) as caught:
        desk.amend(case.id, replace(logged, at=NOW + timedelta(minutes=1)))
    assert [problem.path for problem in caught.value.problems] == ["log[0].at"]
    assert "future" in caught.value.problems[0].sentence
    assert desk.open(case.id).application.log == (logged,)


def test_the_present_moment_is_not_the_future(desk, case):
    logged, _ = ticked(desk, case)
    desk.amend(case.id, replace(logged, at=NOW, text="now"))
    assert desk.open(case.id).application.log[0].text == "now"


def test_a_correction_is_checked_like_a_new_entry(desk, case):
    logged, _ = ticked(desk, case)
    with pytest.raises(InvalidApplication):
        desk.amend(case.id, replace(logged, round="no such round"))
    assert desk.open(case.id).application.log == (logged,)


def test_what_is_not_in_the_log_cannot_be_corrected(desk, case):
    with pytest.raises(UnknownEntry):
        desk.amend(case.id, note("no such entry"))
    with pytest.raises(UnknownApplication):
        desk.amend("no such application", note("e1"))
    assert desk.open(case.id).application.log == ()


# Logging by hand


def test_an_entry_logged_by_hand_gets_an_id_and_counts(desk, case):
    logged = desk.log(case.id, entry(EntryKind.THANK_YOU, NOW, to="ada  okafor"))
    assert logged.id
    assert step_of(desk.open(case.id)).entry == logged


def test_the_same_entry_logged_twice_stands_there_once(desk, case):
    first = desk.log(case.id, note("e1"))
    desk.log(case.id, note("e1", text="again"))
    assert desk.open(case.id).application.log == (first,)


@pytest.mark.parametrize(
    ("bad", "path"),
    [
        (entry(EntryKind.SKIP, NOW), "log[0].step"),
        (entry(EntryKind.NOTE, NOW, round="no such round"), "log[0].round"),
        (entry(EntryKind.NOTE, NOW, promise=Promise(asked=True)), "log[0].promise"),
        (entry(EntryKind.REPLY, NOW, promise=Promise(reply_by=date(2026, 11, 2))), "log[0].promise.reply_by"),
        (entry(EntryKind.NOTE, NOW, text="x" * 20_001), "log[0].text"),
        (entry(EntryKind.NOTE, NOW, to="x" * 201), "log[0].to"),
        (entry(EntryKind.THANK_YOU, NOW + timedelta(seconds=1)), "log[0].at"),
        (entry(EntryKind.THANK_YOU, ENDED.replace(year=1969)), "log[0].at"),
    ],
)
def test_a_bad_entry_is_refused_with_its_place_and_logs_nothing(desk, case, bad, path):
    with pytest.raises(InvalidApplication) as caught:
        desk.log(case.id, bad)
    assert path in [problem.path for problem in caught.value.problems]
    assert desk.open(case.id).application.log == ()


def test_every_problem_of_an_entry_is_told_at_once(desk, case):
    bad = entry(EntryKind.SKIP, NOW, round="no such round", text="x" * 20_001)
    with pytest.raises(InvalidApplication) as caught:
        desk.log(case.id, bad)
    assert [p.path for p in caught.value.problems] == ["log[0].text", "log[0].step", "log[0].round"]


def test_nothing_can_be_logged_for_an_application_that_is_not_there(desk, case):
    for act in (lambda: desk.log("no such", note("e1")), lambda: desk.tick("no such", "step")):
        with pytest.raises(UnknownApplication):
            act()
    assert desk.open(case.id).application.log == ()


def test_a_skip_logged_by_hand_cancels_the_step(desk, case):
    desk.log(case.id, Entry(kind=EntryKind.SKIP, at=NOW, step=StepKind.THANK_YOU))
    after = desk.open(case.id)
    assert (step_of(after).state, step_of(after).ended_by) == (State.CANCELLED, "skipped")
    assert after.plan.status == Status.QUIET
    assert kinds(after) == [EntryKind.SKIP]


def test_an_entry_whose_time_has_no_offset_is_taken_to_be_in_the_applications_zone(desk, case):
    desk.log(case.id, Entry(kind=EntryKind.THANK_YOU, at=NOW.replace(tzinfo=None)))
    assert step_of(desk.open(case.id)).state == State.DONE


def test_the_cast_can_be_reached_as_the_tests_say(case):
    assert case.application.contact.email == JO.email
    assert case.application.rounds[0].interviewers[0].email == ADA.email


# As much as can be kept


@pytest.fixture
def full(desk):
    """An application of Alice's with as many entries as can be kept."""
    return desk.add(replace(FERNBRIDGE, log=tuple(note(f"e{n}") for n in range(MOST["log"]))))


FULL = {
    "log": lambda desk, case: desk.log(case.id, note("one more")),
    "tick": lambda desk, case: desk.tick(case.id, step_of(case).id),
    "skip": lambda desk, case: desk.skip(case.id, step_of(case).id),
    "hear of another interview": lambda desk, case: desk.heard_back(case.id, note("one more"), PANEL),
}


@pytest.mark.parametrize("act", FULL)
def test_one_entry_more_than_can_be_kept_is_refused_and_changes_nothing(desk, full, act):
    with pytest.raises(InvalidApplication) as caught:
        FULL[act](desk, full)
    assert [str(problem) for problem in caught.value.problems] == [
        "log: has 2,000 in it already; no more can be kept"
    ]
    assert desk.open(full.id) == full


def test_what_is_in_a_full_log_can_still_be_logged_again_corrected_and_taken_back(desk, full):
    assert desk.log(full.id, note("e1")) == note("e1")
    desk.amend(full.id, note("e1", text="Corrected."))
    desk.withdraw(full.id, "e1")
    assert desk.put_back(full.id, "e1") == note("e1", text="Corrected.")
