"""Alice in two windows: what is done at the same moment is done once, and of two edits neither is lost."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest

from afterword.domain.errors import InvalidApplication, SomebodyWasFirst, UnknownApplication
from afterword.domain.merging import Conflict
from afterword.domain.model import Channel, Entry, EntryKind, Promise, Round, StepKind
from afterword.domain.step import State
from tests.desk.cast import (
    ADA,
    ALICE,
    CHARLIE,
    HANDBOOK,
    NOW,
    Meanwhile,
    SetClock,
    at,
    desk_of,
    note,
    step_of,
)

ITEM, OTHER_ITEM = [item for phase in HANDBOOK.phases for item in phase.items if item.step is None][:2]
FINAL = Round(label="Final", ended_at=at("2026-11-12 11:00"))


@pytest.fixture
def meanwhile(repository, clock):
    """A second window of Alice's, in which something happens in the first just before its store is asked to."""

    def window(method, act, times=1):
        return desk_of(ALICE, Meanwhile(repository, method, act, times), clock)

    return window


@pytest.fixture
def other(repository, clock):
    """A second window of Alice's."""
    return desk_of(ALICE, repository, clock)


def log_of(desk, case):
    return desk.open(case.id).application.log


# Ticking at the same moment

TWICE = {
    "tick": lambda desk, case: desk.tick(case.id, step_of(case).id),
    "skip": lambda desk, case: desk.skip(case.id, step_of(case).id),
    "tick an item": lambda desk, case: desk.tick_item(case.id, ITEM),
}


@pytest.mark.parametrize("act", TWICE)
def test_what_two_windows_do_at_the_same_moment_is_logged_once(desk, case, meanwhile, act):
    first = []
    late = meanwhile("append", lambda: first.append(TWICE[act](desk, case)))
    assert TWICE[act](late, case) is None
    assert log_of(desk, case) == tuple(first)


@pytest.mark.parametrize("act", TWICE)
def test_what_is_done_while_something_else_is_logged_is_logged_as_well(desk, case, meanwhile, act):
    late = meanwhile("append", lambda: desk.log(case.id, note("e1")))
    logged = TWICE[act](late, case)
    assert {entry.id for entry in log_of(desk, case)} == {"e1", logged.id}


@pytest.mark.parametrize("act", TWICE)
def test_what_is_done_while_something_else_is_taken_back_is_logged_once(desk, case, meanwhile, act):
    desk.log(case.id, note("e1"))
    late = meanwhile("append", lambda: desk.withdraw(case.id, "e1"))
    logged = TWICE[act](late, case)
    assert [entry.id for entry in log_of(desk, case) if entry.withdrawn_at is None] == [logged.id]


def test_a_tick_logs_nothing_where_the_step_was_skipped_at_the_same_moment(desk, case, meanwhile):
    late = meanwhile("append", lambda: desk.skip(case.id, step_of(case).id))
    assert late.tick(case.id, step_of(case).id) is None
    assert [entry.kind for entry in log_of(desk, case)] == [EntryKind.SKIP]


def test_a_tick_that_loses_every_time_says_so_and_logs_nothing(desk, case, meanwhile):
    late = meanwhile("append", lambda: desk.log(case.id, Entry(kind=EntryKind.NOTE, at=NOW)), times=100)
    with pytest.raises(SomebodyWasFirst):
        late.tick(case.id, step_of(case).id)
    assert {entry.kind for entry in log_of(desk, case)} == {EntryKind.NOTE}


def test_ticks_of_different_steps_at_the_same_moment_are_both_logged(desk, case, meanwhile):
    late = meanwhile("append", lambda: desk.tick_item(case.id, OTHER_ITEM))
    late.tick_item(case.id, ITEM)
    found = {entry.text for entry in log_of(desk, case)}
    assert found == {f"checklist:{ITEM.id}", f"checklist:{OTHER_ITEM.id}"}


NAMES_AN_INTERVIEW = {
    "tick": lambda desk, case: desk.tick(case.id, step_of(case).id),
    "skip": lambda desk, case: desk.skip(case.id, step_of(case).id),
    "log": lambda desk, case: desk.log(case.id, note("e1", round=case.application.rounds[0].id)),
}


@pytest.mark.parametrize("act", NAMES_AN_INTERVIEW)
def test_nothing_is_logged_for_an_interview_that_is_removed_at_the_same_moment(desk, case, meanwhile, act):
    late = meanwhile("append", lambda: desk.remove_round(case.id, case.application.rounds[0].id))
    with suppress(InvalidApplication):  # by hand it is said that the interview is gone
        assert NAMES_AN_INTERVIEW[act](late, case) is None
    after = desk.open(case.id).application
    assert (after.rounds, after.log) == ((), ())
    assert desk.problems(after) == ()


@pytest.mark.parametrize("act", NAMES_AN_INTERVIEW)
def test_what_is_logged_while_its_interview_is_removed_goes_and_comes_back_with_it(
    desk, case, meanwhile, act
):
    logged = []
    late = meanwhile("replace", lambda: logged.append(NAMES_AN_INTERVIEW[act](desk, case)))
    removed = late.remove_round(case.id, case.application.rounds[0].id)
    assert removed.entries == (logged[0].id,)
    assert [entry.withdrawn_at for entry in log_of(desk, case)] == [NOW]
    assert desk.problems(desk.open(case.id).application) == ()
    desk.put_round_back(removed)
    assert log_of(desk, case) == tuple(logged)


def test_what_is_put_back_while_its_interview_is_removed_goes_with_it(desk, case, meanwhile):
    logged = desk.tick(case.id, step_of(case).id)
    desk.withdraw(case.id, logged.id)
    late = meanwhile("replace", lambda: desk.put_back(case.id, logged.id))
    assert late.remove_round(case.id, case.application.rounds[0].id).entries == (logged.id,)
    assert [entry.withdrawn_at for entry in log_of(desk, case)] == [NOW]


def test_nothing_is_put_back_for_an_interview_that_is_removed_at_the_same_moment(desk, case, meanwhile):
    logged = desk.tick(case.id, step_of(case).id)
    desk.withdraw(case.id, logged.id)
    late = meanwhile("amend", lambda: desk.remove_round(case.id, case.application.rounds[0].id))
    with pytest.raises(InvalidApplication):
        late.put_back(case.id, logged.id)
    assert [entry.withdrawn_at for entry in log_of(desk, case)] == [NOW]


def test_an_interview_that_cannot_be_removed_keeps_what_was_logged_for_it(desk, case, meanwhile):
    logged = desk.tick(case.id, step_of(case).id)

    def edit():
        now = desk.open(case.id)
        desk.correct(now.application, now.version)

    with pytest.raises(SomebodyWasFirst):
        meanwhile("replace", edit, times=100).remove_round(case.id, case.application.rounds[0].id)
    assert log_of(desk, case) == (logged,)


def test_what_is_logged_while_its_interview_is_taken_back_does_not_count(desk, case, meanwhile):
    heard = desk.heard_back(case.id, Entry(id="e1", kind=EntryKind.REPLY, at=NOW), FINAL)
    late = meanwhile("replace", lambda: desk.log(case.id, note("e2", round=heard.round_id)))
    late.take_back(heard)
    assert [entry.withdrawn_at for entry in log_of(desk, case)] == [NOW, NOW]


def test_a_tick_of_what_was_deleted_at_the_same_moment_is_refused(desk, case, meanwhile):
    late = meanwhile("append", lambda: desk.delete(case.id))
    with pytest.raises(UnknownApplication):
        late.tick(case.id, step_of(case).id)
    assert desk.restore(case.id).application.log == ()


# Taking back and correcting at the same moment


def test_an_entry_corrected_while_it_is_taken_back_is_both(desk, case, meanwhile):
    logged = desk.tick(case.id, step_of(case).id)
    corrected = replace(logged, channel=Channel.PHONE)
    late = meanwhile("amend", lambda: desk.amend(case.id, corrected, logged))
    assert late.withdraw(case.id, logged.id) == replace(corrected, withdrawn_at=NOW)
    assert log_of(desk, case) == (replace(corrected, withdrawn_at=NOW),)


def test_an_entry_taken_back_by_two_keeps_the_first_moment(desk, case, meanwhile, clock):
    logged = desk.tick(case.id, step_of(case).id)

    def first():
        desk.withdraw(case.id, logged.id)
        clock.set("2026-11-03 17:00")

    late = meanwhile("amend", first)
    assert late.untick(case.id, step_of(case).id) == replace(logged, withdrawn_at=NOW)
    assert log_of(desk, case) == (replace(logged, withdrawn_at=NOW),)


UNTICKED = {
    "a step": (
        lambda desk, case: desk.tick(case.id, step_of(case).id),
        lambda desk, case: desk.untick(case.id, step_of(case).id),
    ),
    "an item": (
        lambda desk, case: desk.tick_item(case.id, ITEM),
        lambda desk, case: desk.untick_item(case.id, ITEM),
    ),
}


@pytest.mark.parametrize("line", UNTICKED)
def test_a_window_that_knew_of_a_tick_finds_nothing_to_take_back_once_another_has(desk, case, other, line):
    tick, untick = UNTICKED[line]
    tick(other, case)
    taken_back = untick(desk, case)
    assert taken_back.withdrawn_at == NOW
    assert untick(other, case) is None
    assert log_of(desk, case) == (taken_back,)


@pytest.mark.parametrize(
    "repository", ["sqlite", "postgresql"], indirect=True
)  # which tell what was written since
@pytest.mark.parametrize("line", UNTICKED)
def test_an_undo_that_another_window_has_done_takes_no_earlier_tick_back(desk, case, other, clock, line):
    tick, untick = UNTICKED[line]
    first = tick(desk, case)
    clock.set("2026-11-03 17:00")
    second = desk.log(case.id, replace(first, id="twice", at=clock.now()))
    other.open(case.id)
    taken_back = untick(desk, case)
    assert taken_back == replace(second, withdrawn_at=clock.now())
    untick(other, case)
    assert log_of(desk, case) == (first, taken_back)


def test_taking_back_what_is_corrected_again_and_again_says_so(desk, case, meanwhile):
    logged = desk.tick(case.id, step_of(case).id)
    texts = iter(range(100))

    def correct():
        desk.amend(case.id, replace(desk.entry(case.id, logged.id), text=str(next(texts))))

    with pytest.raises(SomebodyWasFirst):
        meanwhile("amend", correct, times=100).withdraw(case.id, logged.id)
    assert desk.entry(case.id, logged.id).withdrawn_at is None


def test_an_entry_corrected_while_it_is_put_back_is_both(desk, case, meanwhile):
    logged = desk.tick(case.id, step_of(case).id)
    taken_back = desk.withdraw(case.id, logged.id)
    corrected = replace(taken_back, channel=Channel.PHONE)
    late = meanwhile("amend", lambda: desk.amend(case.id, corrected, taken_back))
    assert late.put_back(case.id, logged.id) == replace(logged, channel=Channel.PHONE)
    assert log_of(desk, case) == (replace(logged, channel=Channel.PHONE),)


def test_an_interview_comes_back_whole_while_what_was_logged_for_it_is_corrected(desk, case, meanwhile):
    logged = desk.tick(case.id, step_of(case).id)
    removed = desk.remove_round(case.id, case.application.rounds[0].id)
    corrected = replace(desk.entry(case.id, logged.id), channel=Channel.PHONE)
    late = meanwhile("amend", lambda: desk.amend(case.id, replace(corrected, round=None)))
    late.put_round_back(removed)
    (kept,) = log_of(desk, case)
    assert (kept.channel, kept.withdrawn_at) == (Channel.PHONE, None)


def test_a_correction_of_what_was_taken_back_since_is_refused_and_brings_nothing_back(desk, case, other):
    logged = desk.tick(case.id, step_of(case).id)
    taken_back = other.withdraw(case.id, logged.id)
    with pytest.raises(SomebodyWasFirst):
        desk.amend(case.id, replace(logged, channel=Channel.PHONE), logged)
    assert log_of(desk, case) == (taken_back,)


def test_of_two_corrections_of_one_entry_the_second_is_refused(desk, case, other):
    logged = desk.tick(case.id, step_of(case).id)
    first = replace(logged, channel=Channel.PHONE)
    other.amend(case.id, first, logged)
    with pytest.raises(SomebodyWasFirst):
        desk.amend(case.id, replace(logged, at=NOW - timedelta(minutes=5)), logged)
    assert log_of(desk, case) == (first,)
    desk.amend(case.id, replace(first, at=NOW - timedelta(minutes=5)), first)
    assert log_of(desk, case) == (replace(first, at=NOW - timedelta(minutes=5)),)


def test_a_correction_of_what_is_taken_back_at_the_same_moment_is_refused(desk, case, meanwhile):
    logged = desk.tick(case.id, step_of(case).id)
    late = meanwhile("amend", lambda: desk.withdraw(case.id, logged.id))
    with pytest.raises(SomebodyWasFirst):
        late.amend(case.id, replace(logged, channel=Channel.PHONE), logged)
    assert log_of(desk, case) == (replace(logged, withdrawn_at=NOW),)


def test_one_window_sees_at_once_what_the_other_did(desk, case, other):
    logged = desk.tick(case.id, step_of(case).id)
    assert other.open(case.id) == desk.open(case.id)
    other.untick(case.id, step_of(case).id)
    assert step_of(desk.open(case.id)).state == State.OPEN
    assert desk.put_back(case.id, logged.id) == logged
    assert step_of(other.open(case.id)).state == State.DONE


# Two edits brought together


@pytest.fixture
def theirs(case, other):
    """The same application, edited in the other window and logged in."""
    panel = replace(case.application.rounds[0], label="Panel interview")
    edited = replace(case.application, role="Planner", rounds=(panel,), notes="from the other window")
    other.correct(edited, case.version)
    other.tick(case.id, step_of(case).id)
    return other.open(case.id)


def test_edits_of_different_things_are_both_kept_with_the_log(desk, case, theirs):
    panel = replace(case.application.rounds[0], promise=Promise(reply_by=date(2026, 11, 20)))
    mine = replace(case.application, location="New York", rounds=(panel, FINAL))
    found = desk.reconcile(case.application, mine)
    both, (first, final) = found.case.application, found.case.application.rounds
    assert found.conflicts == ()
    assert (both.role, both.notes, both.location) == ("Planner", "from the other window", "New York")
    assert (first.label, first.promise) == ("Panel interview", panel.promise)
    assert final == replace(FINAL, id=final.id)
    assert final.id
    assert both.log == theirs.application.log != ()
    assert desk.open(case.id) == found.case
    assert (found.version, found.theirs) == (theirs.version + 1, theirs.application)


def test_edits_of_the_same_thing_wait_for_a_choice_and_nothing_is_kept(desk, case, theirs):
    mine = replace(case.application, role="Editor", notes="mine", location="New York")
    found = desk.reconcile(case.application, mine)
    assert found.case is None
    assert (found.theirs, found.version) == (theirs.application, theirs.version)
    assert set(found.conflicts) == {
        Conflict(("role",), "Editor", "Planner"),
        Conflict(("notes",), "mine", "from the other window"),
    }
    assert desk.open(case.id) == theirs


@pytest.mark.parametrize(
    ("chosen", "role", "notes"),
    [
        ((), "Editor", "mine"),
        ((("role",),), "Planner", "mine"),
        ((("notes",),), "Editor", "from the other window"),
        ((("role",), ("notes",)), "Planner", "from the other window"),
    ],
    ids=["mine", "their role", "their notes", "theirs"],
)
def test_what_was_chosen_is_kept_and_so_is_what_only_one_edited(desk, case, theirs, chosen, role, notes):
    mine = replace(case.application, role="Editor", notes="mine", location="New York")
    found = desk.reconcile(case.application, mine, chosen)
    kept = desk.open(case.id).application
    assert found.case.application == kept
    assert (kept.role, kept.notes, kept.location) == (role, notes, "New York")
    assert kept.rounds == theirs.application.rounds
    assert kept.log == theirs.application.log


def test_the_same_edit_in_both_windows_is_no_conflict(desk, case, theirs):
    found = desk.reconcile(case.application, replace(case.application, role="Planner"))
    assert found.conflicts == ()
    assert found.case.application == theirs.application


def test_an_edit_of_what_nobody_else_touched_is_kept_as_it_is(desk, case):
    found = desk.reconcile(case.application, replace(case.application, role="Editor"))
    assert (found.case.version, found.conflicts) == (case.version + 1, ())
    assert desk.open(case.id).application == replace(case.application, role="Editor")


def test_interviews_and_people_added_in_both_windows_are_all_there(desk, case, other):
    panel, luis, mei = case.application.rounds[0], replace(ADA, name="Luis"), replace(ADA, name="Mei")

    def with_person(person, *more):
        return replace(
            case.application, rounds=(replace(panel, interviewers=(*panel.interviewers, person)), *more)
        )

    other.correct(with_person(luis, FINAL), case.version)
    found = desk.reconcile(case.application, with_person(mei, replace(FINAL, label="Second")))
    first, *rest = found.case.application.rounds
    assert {person.name for person in first.interviewers} == {"Ada Okafor", "Luis", "Mei"}
    assert {round.label for round in rest} == {"Final", "Second"}
    assert len(rest) == 2


def test_an_interview_removed_in_one_window_and_edited_in_the_other_waits_for_a_choice(desk, case, other):
    panel = replace(case.application.rounds[0], notes="went well")
    other.correct(replace(case.application, rounds=(panel,)), case.version)
    without = replace(case.application, rounds=())
    asked = desk.reconcile(case.application, without)
    assert asked.case is None
    assert asked.conflicts == (Conflict(("rounds", panel.id), None, panel),)
    kept = desk.reconcile(case.application, without, [("rounds", panel.id)])
    assert kept.case.application.rounds == (panel,)


def test_an_interview_for_which_something_was_logged_meanwhile_cannot_be_edited_away(desk, case, theirs):
    with pytest.raises(InvalidApplication) as caught:
        desk.reconcile(case.application, replace(case.application, rounds=()), ())
    assert [problem.path for problem in caught.value.problems] == ["log[0].round"]
    assert desk.open(case.id) == theirs


def test_two_edits_that_do_not_go_together_are_refused_and_nothing_is_kept(desk, case, other):
    panel = case.application.rounds[0]
    moved = replace(panel, ended_at=at("2026-11-10 15:00"), promise=None)
    other.correct(replace(case.application, rounds=(moved,)), case.version)
    before = desk.open(case.id)
    sooner = replace(panel, promise=Promise(reply_by=date(2026, 11, 5)))
    with pytest.raises(InvalidApplication) as caught:
        desk.reconcile(case.application, replace(case.application, rounds=(sooner,)), ())
    assert [problem.path for problem in caught.value.problems] == ["rounds[0].promise.reply_by"]
    assert desk.open(case.id) == before


def test_an_edit_that_comes_between_is_not_lost(desk, case, theirs, other, meanwhile):
    def between():
        other.correct(replace(theirs.application, source="a friend"), theirs.version)

    mine = replace(case.application, location="New York")
    with pytest.raises(SomebodyWasFirst):
        meanwhile("replace", between).reconcile(case.application, mine)
    assert desk.open(case.id).application.source == "a friend"
    both = desk.reconcile(case.application, mine).case.application
    assert (both.location, both.source, both.role) == ("New York", "a friend", "Planner")


def test_what_was_deleted_meanwhile_cannot_be_brought_together(desk, case, other):
    other.delete(case.id)
    with pytest.raises(UnknownApplication):
        desk.reconcile(case.application, replace(case.application, role="Editor"))
    assert desk.restore(case.id).application == case.application


def test_charlie_cannot_bring_an_edit_of_his_into_alices_application(desk, case, theirs, repository):
    charlies = desk_of(CHARLIE, repository, SetClock())
    with pytest.raises(UnknownApplication):
        charlies.reconcile(case.application, replace(case.application, role="Charlie's"), ())
    assert desk.open(case.id) == theirs
    assert StepKind.THANK_YOU in {step.kind for step in theirs.plan.steps}
