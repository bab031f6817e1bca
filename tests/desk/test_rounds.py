"""Interviews: moved among the others, taken out with what was logged for them, and put back."""

from dataclasses import replace
from datetime import date

import pytest

from afterword.domain.checklist import own_tick
from afterword.domain.errors import InvalidApplication, UnknownApplication, UnknownEntry, UnknownRound
from afterword.domain.model import Application, EntryKind, Round, StepKind
from afterword.domain.step import State
from tests.desk.cast import (
    ALICE,
    CHARLIE,
    FERNBRIDGE,
    HANDBOOK,
    NOW,
    PANEL,
    Meanwhile,
    SetClock,
    at,
    desk_of,
    entry,
    note,
    step_of,
)

SCREEN = Round(id="r1", label="Screen", ended_at=date(2026, 10, 20))
MIDDLE = replace(PANEL, id="r2", label="Panel")
FINAL = Round(id="r3", label="Final", ended_at=at("2026-11-12 11:00"))
TWIN = replace(FINAL, id="r4", label="pan el")
OWN_ITEM = next(item for phase in HANDBOOK.phases for item in phase.items if item.step is None)


@pytest.fixture
def three(desk):
    """Alice's application with three interviews."""
    return desk.add(replace(FERNBRIDGE, rounds=(SCREEN, MIDDLE, FINAL)))


def order(case):
    return [round.id for round in case.application.rounds]


def withdrawn(desk, case):
    return [e.id for e in desk.open(case.id).application.log if e.withdrawn_at is not None]


# Moving


@pytest.mark.parametrize(
    ("id", "by", "moved"),
    [
        ("r1", 1, ["r2", "r1", "r3"]),
        ("r1", 2, ["r2", "r3", "r1"]),
        ("r3", -1, ["r1", "r3", "r2"]),
        ("r3", -2, ["r3", "r1", "r2"]),
        ("r2", 0, ["r1", "r2", "r3"]),
        ("r1", -1, ["r1", "r2", "r3"]),
        ("r3", 1, ["r1", "r2", "r3"]),
        ("r2", 99, ["r1", "r3", "r2"]),
        ("r2", -99, ["r2", "r1", "r3"]),
    ],
)
def test_an_interview_moves_as_far_as_the_list_goes(desk, three, id, by, moved):
    after = desk.move_round(three.id, id, by)
    assert order(after) == order(desk.open(three.id)) == moved
    assert set(after.application.rounds) == set(three.application.rounds)


def test_moving_an_interview_changes_nothing_in_the_plan(desk, three):
    desk.tick(three.id, step_of(three).id)
    before = desk.open(three.id).plan
    assert desk.move_round(three.id, "r3", -2).plan == before


def test_moving_there_and_back_restores_exactly(desk, three):
    desk.move_round(three.id, "r1", 2)
    assert desk.move_round(three.id, "r1", -2).application == three.application


def test_an_interview_that_is_not_there_can_be_neither_moved_nor_removed(desk, three):
    for act in (lambda: desk.move_round(three.id, "r9", 1), lambda: desk.remove_round(three.id, "r9")):
        with pytest.raises(UnknownRound):
            act()
    for act in (lambda: desk.move_round("no such", "r1", 1), lambda: desk.remove_round("no such", "r1")):
        with pytest.raises(UnknownApplication):
            act()
    assert desk.open(three.id) == three


def test_an_edit_elsewhere_survives_that_an_interview_is_moved_at_the_same_moment(
    desk, three, repository, clock
):
    def edit():
        desk.correct(replace(three.application, role="Planner"), three.version)

    slow = desk_of(ALICE, Meanwhile(repository, "replace", edit), clock)
    after = slow.move_round(three.id, "r1", 1)
    assert (after.application.role, order(after)) == ("Planner", ["r2", "r1", "r3"])


# Taking out


def test_a_removed_interview_takes_what_was_logged_for_it_along_and_nothing_else(desk, three):
    logged = (
        note("by id", round="r2"),
        note("by label", round="Panel"),
        note("by label in other letters", round="pa NEL"),
        note("of another", round="r3"),
        note("of none"),
    )
    for one in logged:
        desk.log(three.id, one)
    removed = desk.remove_round(three.id, "r2")
    assert set(removed.entries) == {"by id", "by label", "by label in other letters"}
    assert set(withdrawn(desk, three)) == set(removed.entries)
    assert order(desk.open(three.id)) == ["r1", "r3"]
    assert len(desk.open(three.id).application.log) == len(logged)


def test_what_names_a_label_that_another_interview_bears_stays(desk):
    case = desk.add(replace(FERNBRIDGE, rounds=(MIDDLE, TWIN)))
    desk.log(case.id, note("by label", round="Panel"))
    desk.log(case.id, note("by id", round="r2"))
    assert desk.remove_round(case.id, "r2").entries == ("by id",)
    assert withdrawn(desk, case) == ["by id"]
    assert desk.remove_round(case.id, "r4").entries == ("by label",)


def test_a_removed_interview_is_in_the_plan_no_more(desk, three):
    assert "r2" in {step.round.id for step in three.plan.steps if step.round}
    desk.remove_round(three.id, "r2")
    assert "r2" not in {step.round.id for step in desk.open(three.id).plan.steps if step.round}


def test_nothing_can_be_logged_for_a_removed_interview_nor_put_back(desk, three):
    desk.log(three.id, note("e1", round="r2"))
    desk.remove_round(three.id, "r2")
    with pytest.raises(InvalidApplication):
        desk.log(three.id, note("e2", round="r2"))
    with pytest.raises(InvalidApplication):
        desk.put_back(three.id, "e1")
    assert withdrawn(desk, three) == ["e1"]


def test_an_edit_elsewhere_survives_that_an_interview_is_removed_at_the_same_moment(
    desk, three, repository, clock
):
    def edit():
        desk.correct(replace(three.application, role="Planner"), three.version)

    slow = desk_of(ALICE, Meanwhile(repository, "replace", edit), clock)
    slow.remove_round(three.id, "r2")
    after = desk.open(three.id)
    assert (after.application.role, order(after)) == ("Planner", ["r1", "r3"])


# Putting back


@pytest.mark.parametrize("id", ["r1", "r2", "r3"])
def test_a_removed_interview_comes_back_at_its_place_with_everything_logged_for_it(desk, three, id, clock):
    round = next(r for r in three.application.rounds if r.id == id)
    desk.log(three.id, note("by id", round=id))
    desk.log(three.id, note("by label", round=round.label))
    desk.log(three.id, note("of none"))
    before = desk.open(three.id)
    removed = desk.remove_round(three.id, id)
    clock.set("2026-11-03 16:20")
    after = desk.put_round_back(removed)
    assert after.application == before.application
    assert desk.open(three.id).plan == after.plan


def test_a_thank_you_counts_again_when_its_interview_is_back(desk, three):
    desk.tick(three.id, step_of(three, number=1).id)
    assert step_of(desk.open(three.id), number=1).state == State.DONE
    removed = desk.remove_round(three.id, "r2")
    assert step_of(desk.put_round_back(removed), number=1).state == State.DONE


def test_what_was_taken_back_before_does_not_count_again_with_its_interview(desk, three):
    for id in ("e1", "e2"):
        desk.log(three.id, note(id, round="r2"))
    desk.withdraw(three.id, "e1")
    removed = desk.remove_round(three.id, "r2")
    assert removed.entries == ("e2",)
    desk.put_round_back(removed)
    assert withdrawn(desk, three) == ["e1"]


def test_putting_an_interview_back_keeps_what_was_done_and_edited_since(desk, three):
    removed = desk.remove_round(three.id, "r2")
    now = desk.open(three.id)
    desk.correct(replace(now.application, role="Planner"), now.version)
    desk.log(three.id, entry(EntryKind.CHECK_IN, NOW, id="e1"))
    after = desk.put_round_back(removed)
    assert (after.application.role, order(after)) == ("Planner", ["r1", "r2", "r3"])
    assert [e.id for e in after.application.log] == ["e1"]


def test_an_interview_comes_back_at_the_end_where_the_others_have_become_fewer(desk, three):
    last, middle = (desk.remove_round(three.id, id) for id in ("r3", "r2"))
    assert order(desk.put_round_back(last)) == ["r1", "r3"]
    assert order(desk.put_round_back(middle)) == ["r1", "r2", "r3"]


def test_putting_an_interview_back_twice_does_not_double_it(desk, three):
    desk.log(three.id, note("e1", round="r2"))
    before = desk.open(three.id).application
    removed = desk.remove_round(three.id, "r2")
    desk.put_round_back(removed)
    assert desk.put_round_back(removed).application == before


def test_an_interview_cannot_come_back_where_its_application_was_deleted(desk, three):
    removed = desk.remove_round(three.id, "r2")
    desk.delete(three.id)
    with pytest.raises(UnknownApplication):
        desk.put_round_back(removed)
    desk.restore(three.id)
    assert order(desk.put_round_back(removed)) == ["r1", "r2", "r3"]


# One entry put back


def test_an_entry_that_was_taken_back_counts_again_exactly_as_it_was(desk, case, clock):
    logged = desk.tick(case.id, step_of(case).id)
    before = desk.open(case.id)
    clock.set("2026-11-03 16:30")
    desk.withdraw(case.id, logged.id)
    assert step_of(desk.open(case.id)).state == State.OPEN
    assert desk.put_back(case.id, logged.id) == logged
    assert desk.open(case.id).application == before.application
    assert step_of(desk.open(case.id)).state == State.DONE


def test_putting_back_what_counts_already_changes_nothing(desk, case):
    logged = desk.tick(case.id, step_of(case).id)
    assert desk.put_back(case.id, logged.id) == logged
    assert desk.open(case.id).application.log == (logged,)


def test_what_was_done_once_more_since_stands_and_nothing_is_put_back_beside_it(desk, case, clock):
    first = desk.tick(case.id, step_of(case).id)
    clock.set("2026-11-03 16:30")
    desk.withdraw(case.id, first.id)
    clock.set("2026-11-03 16:40")
    second = desk.tick(case.id, step_of(case).id)
    before = desk.open(case.id)
    assert desk.put_back(case.id, first.id) == second
    assert desk.open(case.id).application == before.application
    desk.withdraw(case.id, second.id)
    assert desk.put_back(case.id, first.id) == first


def test_a_step_that_was_skipped_since_is_not_done_as_well(desk, case):
    ticked = desk.tick(case.id, step_of(case).id)
    desk.withdraw(case.id, ticked.id)
    skipped = desk.skip(case.id, step_of(case).id)
    assert desk.put_back(case.id, ticked.id) == skipped
    desk.withdraw(case.id, skipped.id)
    assert desk.put_back(case.id, ticked.id) == ticked


def test_an_item_that_was_ticked_once_more_since_is_ticked_once(desk, case):
    first = desk.tick_item(case.id, OWN_ITEM)
    desk.untick_item(case.id, OWN_ITEM)
    second = desk.tick_item(case.id, OWN_ITEM)
    assert desk.put_back(case.id, first.id) == second
    assert desk.untick_item(case.id, OWN_ITEM).id == second.id
    assert own_tick(OWN_ITEM, desk.open(case.id).application) is None


def test_something_else_done_since_does_not_keep_an_entry_from_coming_back(desk, case):
    ticked = desk.tick(case.id, step_of(case).id)
    desk.withdraw(case.id, ticked.id)
    desk.tick_item(case.id, OWN_ITEM)
    desk.log(case.id, note("e1"))
    assert desk.put_back(case.id, ticked.id) == ticked


def test_an_entry_that_is_not_there_cannot_be_put_back(desk, case):
    with pytest.raises(UnknownEntry):
        desk.put_back(case.id, "no such entry")
    with pytest.raises(UnknownApplication):
        desk.put_back("no such application", "e1")


# Whose it is


def test_charlie_can_do_nothing_to_alices_interviews(desk, three, repository):
    desk.log(three.id, note("e1", round="r2"))
    desk.withdraw(three.id, "e1")
    removed = desk.remove_round(three.id, "r1")
    before = desk.open(three.id)
    charlies = desk_of(CHARLIE, repository, SetClock())
    for act in (
        lambda: charlies.move_round(three.id, "r2", 1),
        lambda: charlies.remove_round(three.id, "r2"),
        lambda: charlies.put_round_back(removed),
        lambda: charlies.put_back(three.id, "e1"),
    ):
        with pytest.raises(UnknownApplication):
            act()
    assert desk.open(three.id) == before


def test_charlie_who_has_an_application_of_the_same_id_touches_no_interview_of_alices(
    desk, three, repository
):
    charlies = desk_of(CHARLIE, repository, SetClock())
    charlies.add(Application(id=three.id, company="Charlie's", rounds=(replace(FINAL, id="r2"),)))
    charlies.put_round_back(charlies.remove_round(three.id, "r2"))
    charlies.move_round(three.id, "r2", 5)
    assert desk.open(three.id) == three
    assert StepKind.ASK in {step.kind for step in charlies.open(three.id).plan.steps}
