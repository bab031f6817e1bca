"""Two edits of one application, brought together: neither is lost, and what both changed is told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.merging import Conflict, Merged, merged
from afterword.domain.model import (
    Application,
    Contact,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Promise,
    PromisedChannel,
    Result,
    RivalOffer,
    Round,
)
from tests.domain.strategies import situations

checked = settings(deadline=None, max_examples=100)
ENDED = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)

ADA, LUIS, MEI = (
    Interviewer(id=id, name=name) for id, name in (("p1", "Ada"), ("p2", "Luis"), ("p3", "Mei"))
)
PROMISE = Promise(asked=True, reply_by=date(2026, 11, 20))
FIRST, SECOND, THIRD, FOURTH = (Round(id=f"r{n}", label=f"Round {n}", ended_at=ENDED) for n in range(1, 5))
PANEL = replace(FIRST, interviewers=(ADA, LUIS), promise=PROMISE)
JO = Contact(id="c1", name="Jo")
BASE = Application(id="a1", company="Fernbridge", role="Analyst", contact=JO, rounds=(PANEL, SECOND))
THANKED = Entry(id="e1", kind=EntryKind.THANK_YOU, at=ENDED)


def panel(**changes):
    """The application with its first interview changed."""
    return replace(BASE, rounds=(replace(PANEL, **changes), SECOND))


def order(*rounds):
    """The application with these interviews."""
    return replace(BASE, rounds=rounds)


def ids(found):
    return [round.id for round in found.application.rounds]


# One thing


def test_what_only_one_changed_is_kept():
    mine, theirs = replace(BASE, role="Planner"), replace(BASE, company="Tidewater")
    both = Merged(replace(BASE, role="Planner", company="Tidewater"), ())
    assert merged(BASE, mine, theirs) == both
    assert merged(BASE, theirs, mine) == both


def test_what_both_changed_alike_is_no_conflict():
    same = replace(BASE, role="Planner", outcome=Outcome(result=Result.OFFER, at=ENDED))
    assert merged(BASE, same, same) == Merged(same, ())


def test_what_both_changed_differently_is_told_and_mine_stands_unless_theirs_was_chosen():
    mine, theirs = replace(BASE, role="Planner"), replace(BASE, role="Editor")
    conflict = Conflict(("role",), "Planner", "Editor")
    assert merged(BASE, mine, theirs) == Merged(mine, (conflict,))
    assert merged(BASE, mine, theirs, [("role",)]) == Merged(theirs, (conflict,))
    assert merged(BASE, mine, theirs, [("company",)]) == Merged(mine, (conflict,))


def test_what_one_emptied_stays_empty_where_the_other_left_it_alone():
    mine, theirs = replace(BASE, role=None), replace(BASE, notes="new")
    assert merged(BASE, mine, theirs).application == replace(BASE, role=None, notes="new")


def test_what_one_emptied_and_the_other_changed_is_a_conflict():
    found = merged(BASE, replace(BASE, role=None), replace(BASE, role="Editor"), [("role",)])
    assert found == Merged(replace(BASE, role="Editor"), (Conflict(("role",), None, "Editor"),))


def test_the_log_is_theirs_and_never_a_conflict():
    later = replace(THANKED, id="e2")
    mine, theirs = replace(BASE, role="Planner", log=(THANKED,)), replace(BASE, log=(THANKED, later))
    assert merged(BASE, mine, theirs) == Merged(replace(BASE, role="Planner", log=(THANKED, later)), ())
    assert merged(BASE, replace(BASE, log=(THANKED,)), BASE).application.log == ()


# Records


def test_different_fields_of_one_person_interview_or_promise_are_both_kept():
    mine = panel(label="Panel", interviewers=(replace(ADA, title="CTO"), LUIS))
    theirs = panel(promise=replace(PROMISE, channel=PromisedChannel.PHONE), interviewers=(ADA, LUIS, MEI))
    both = replace(
        PANEL,
        label="Panel",
        interviewers=(replace(ADA, title="CTO"), LUIS, MEI),
        promise=replace(PROMISE, channel=PromisedChannel.PHONE),
    )
    assert merged(BASE, mine, theirs) == Merged(order(both, SECOND), ())


def test_different_fields_of_the_contact_are_both_kept():
    mine, theirs = (replace(BASE, contact=replace(JO, **{name: "x"})) for name in ("phone", "email"))
    assert merged(BASE, mine, theirs).application.contact == replace(JO, phone="x", email="x")


def test_a_conflict_deep_within_is_named_by_its_path_with_the_ids():
    mine, theirs = (panel(interviewers=(replace(ADA, title=title), LUIS)) for title in ("CTO", "CEO"))
    path = ("rounds", "r1", "interviewers", "p1", "title")
    found = merged(BASE, mine, theirs, [path])
    assert found == Merged(theirs, (Conflict(path, "CTO", "CEO"),))


def test_a_contact_both_named_anew_is_one_conflict():
    nobody = replace(BASE, contact=None)
    sam, kim = (replace(nobody, contact=Contact(id=name, name=name)) for name in ("sam", "kim"))
    found = merged(nobody, sam, kim)
    assert found == Merged(sam, (Conflict(("contact",), sam.contact, kim.contact),))
    assert merged(nobody, sam, kim, [("contact",)]).application == kim


def test_an_offer_and_an_outcome_noted_by_one_each_are_both_kept():
    outcome = Outcome(result=Result.OFFER, at=ENDED)
    rival = RivalOffer(deadline=date(2026, 11, 20))
    found = merged(BASE, replace(BASE, outcome=outcome), replace(BASE, rival_offer=rival))
    assert found == Merged(replace(BASE, outcome=outcome, rival_offer=rival), ())


def test_a_day_made_a_moment_by_one_and_another_day_by_the_other_is_a_conflict():
    found = merged(BASE, panel(ended_at=date(2026, 11, 3)), panel(ended_at=date(2026, 11, 4)))
    assert found.conflicts == (Conflict(("rounds", "r1", "ended_at"), date(2026, 11, 3), date(2026, 11, 4)),)


# Lists


def test_parts_that_both_added_are_all_there():
    found = merged(BASE, order(PANEL, SECOND, THIRD), order(PANEL, SECOND, FOURTH))
    assert found.conflicts == ()
    assert sorted(ids(found)) == ["r1", "r2", "r3", "r4"]


def test_parts_that_both_added_to_an_empty_list_are_all_there():
    empty = order()
    found = merged(empty, order(FIRST, SECOND), order(THIRD))
    assert (sorted(ids(found)), found.conflicts) == (["r1", "r2", "r3"], ())


def test_the_very_same_part_added_by_both_is_there_once():
    found = merged(BASE, order(PANEL, SECOND, THIRD), order(PANEL, SECOND, THIRD, FOURTH))
    assert (ids(found), found.conflicts) == (["r1", "r2", "r3", "r4"], ())


@pytest.mark.parametrize("back", [False, True], ids=["by me", "by them"])
def test_what_one_removed_and_the_other_left_alone_stays_removed(back):
    without, edited = order(SECOND), replace(order(PANEL, replace(SECOND, notes="new")), role="Planner")
    mine, theirs = (edited, without) if back else (without, edited)
    found = merged(BASE, mine, theirs)
    assert found == Merged(replace(order(replace(SECOND, notes="new")), role="Planner"), ())


def test_what_both_removed_is_gone():
    assert merged(BASE, order(SECOND), order(SECOND, THIRD)) == Merged(order(SECOND, THIRD), ())


def test_what_one_removed_and_the_other_changed_is_a_conflict():
    without, edited = order(SECOND), panel(label="Panel")
    mine_gone = Conflict(("rounds", "r1"), None, edited.rounds[0])
    assert merged(BASE, without, edited) == Merged(without, (mine_gone,))
    assert merged(BASE, without, edited, [("rounds", "r1")]).application == edited
    theirs_gone = Conflict(("rounds", "r1"), edited.rounds[0], None)
    assert merged(BASE, edited, without) == Merged(edited, (theirs_gone,))
    assert merged(BASE, edited, without, [("rounds", "r1")]).application == without


def test_parts_without_an_id_are_told_apart_by_what_they_are():
    ada, luis, mei = (replace(person, id=None) for person in (ADA, LUIS, MEI))
    base = panel(interviewers=(ada,))
    mine, theirs = panel(interviewers=(ada, luis)), panel(interviewers=(ada, mei))
    found = merged(base, mine, theirs)
    assert found.conflicts == ()
    assert set(found.application.rounds[0].interviewers) == {ada, luis, mei}


# Their order

FOUR = order(FIRST, SECOND, THIRD, FOURTH)


@pytest.mark.parametrize("back", [False, True], ids=["mine", "theirs"])
def test_the_order_of_whoever_changed_it_holds(back):
    moved, edited = order(FOURTH, FIRST, SECOND, THIRD), replace(FOUR, role="Planner")
    mine, theirs = (edited, moved) if back else (moved, edited)
    assert merged(FOUR, mine, theirs) == Merged(replace(moved, role="Planner"), ())


def test_of_two_new_orders_mine_holds():
    mine, theirs = order(FOURTH, FIRST, SECOND, THIRD), order(SECOND, FIRST, THIRD, FOURTH)
    assert merged(FOUR, mine, theirs) == Merged(mine, ())


def test_a_part_that_one_added_stands_behind_its_neighbour_in_the_order_of_the_other():
    base, mine = order(FIRST, SECOND, THIRD), order(THIRD, SECOND, FIRST)
    assert ids(merged(base, mine, order(FIRST, FOURTH, SECOND, THIRD))) == ["r3", "r2", "r1", "r4"]
    assert ids(merged(base, mine, order(FOURTH, FIRST, SECOND, THIRD))) == ["r4", "r3", "r2", "r1"]
    assert ids(merged(base, order(FIRST, FOURTH, SECOND, THIRD), mine)) == ["r3", "r2", "r1", "r4"]


def test_a_part_that_one_removed_changes_no_order():
    mine, theirs = order(FIRST, THIRD, FOURTH), order(SECOND, FIRST, THIRD, FOURTH)
    assert ids(merged(FOUR, mine, theirs)) == ["r1", "r3", "r4"]
    assert ids(merged(FOUR, order(FIRST, THIRD, FOURTH), order(FOURTH, THIRD, SECOND, FIRST))) == [
        "r4",
        "r3",
        "r1",
    ]


# What holds of any two edits

TEXT = st.none() | st.sampled_from(["one", "two", "three"])
PLACES = (
    *((name,) for name in ("role", "location", "link", "source", "notes")),
    *(("contact", name) for name in ("title", "email", "phone", "notes")),
    ("rounds", "r1", "notes"),
    ("rounds", "r2", "notes"),
    ("rounds", "r2", "promise"),
    ("rounds", "r1", "promise", "channel"),
    *(("rounds", "r1", "interviewers", id, name) for id in ("p1", "p2") for name in ("title", "email")),
)
VALUES = {
    "promise": (None, Promise(asked=True), Promise(asked=False)),
    "channel": (None, *PromisedChannel),
}
ADDED = st.lists(st.sampled_from(["n1", "n2", "n3"]), unique=True)


def at(part, path):
    """What stands at a path."""
    for key in path:
        part = next((p for p in part if p.id == key), None) if isinstance(part, tuple) else getattr(part, key)
    return part


def put(part, path, value):
    """The part with that value at a path."""
    if not path:
        return value
    key, *rest = path
    if isinstance(part, tuple):
        return tuple(put(p, rest, value) if p.id == key else p for p in part)
    return replace(part, **{key: put(getattr(part, key), rest, value)})


@st.composite
def edits(draw, places=PLACES):
    """What somebody made of the application: new values at some of the places."""
    return {
        path: draw(st.sampled_from(VALUES.get(path[-1], (None, "one", "two", "three"))))
        for path in draw(st.lists(st.sampled_from(places), unique=True, max_size=6))
    }


def edited(edit, base=BASE):
    for path, value in edit.items():
        base = put(base, path, value)
    return base


@st.composite
def shapes(draw, whose):
    """The application with interviews removed, added and in another order."""
    kept = draw(st.lists(st.sampled_from(FOUR.rounds), unique=True))
    added = [Round(id=f"{whose} {id}", label=id, ended_at=ENDED) for id in draw(ADDED)]
    return order(*draw(st.permutations([*kept, *added])))


@checked
@given(situations(), edits())
def test_with_one_side_unchanged_the_other_is_the_result(situation, edit):
    for base, changed in ((BASE, edited(edit)), (BASE, situation.application), (situation.application, BASE)):
        assert merged(base, changed, base) == Merged(replace(changed, log=base.log), ())
        assert merged(base, base, changed) == Merged(changed, ())


@checked
@given(edits())
def test_an_edit_meets_itself_without_conflict(edit):
    assert merged(BASE, edited(edit), edited(edit)) == Merged(edited(edit), ())


@checked
@given(st.data())
def test_edits_of_different_places_never_conflict_and_both_survive(data):
    mine = data.draw(edits())
    theirs = data.draw(edits([path for path in PLACES if path not in mine]))
    both = Merged(edited(mine | theirs), ())
    assert merged(BASE, edited(mine), edited(theirs)) == both
    assert merged(BASE, edited(theirs), edited(mine)) == both


@checked
@given(edits(), edits(), st.data())
def test_exactly_what_both_changed_differently_conflicts_and_each_choice_holds(mine, theirs, data):
    changed = [{path: v for path, v in edit.items() if v != at(BASE, path)} for edit in (mine, theirs)]
    mine, theirs = changed
    disputed = {path for path in mine if path in theirs and mine[path] != theirs[path]}
    chosen = data.draw(st.lists(st.sampled_from(PLACES), unique=True))
    found = merged(BASE, edited(mine), edited(theirs), chosen)
    assert set(found.conflicts) == {Conflict(path, mine[path], theirs[path]) for path in disputed}
    assert len(found.conflicts) == len(disputed)
    taken = {path: theirs[path] for path in disputed if path in chosen}
    assert found.application == edited(theirs | mine | taken)


@checked
@given(shapes("my"), shapes("their"))
def test_parts_that_either_added_survive_once_and_what_either_removed_stays_removed(mine, theirs):
    found = merged(FOUR, mine, theirs)
    was, my, their = ({round.id for round in one.rounds} for one in (FOUR, mine, theirs))
    assert found.conflicts == ()
    assert len(ids(found)) == len(set(ids(found)))
    assert set(ids(found)) == (my & their) | (my - was) | (their - was)
    assert set(found.application.rounds) <= {*mine.rounds, *theirs.rounds}


@checked
@given(shapes("my"), shapes("their"))
def test_the_parts_of_one_side_at_least_stand_in_their_order(mine, theirs):
    found = ids(merged(FOUR, mine, theirs))
    my, their = ([round.id for round in one.rounds if round.id in found] for one in (mine, theirs))
    assert my == [id for id in found if id in my] or their == [id for id in found if id in their]


@checked
@given(shapes("my"), edits())
def test_what_was_edited_but_removed_elsewhere_is_never_dropped_unsaid(mine, edit):
    base = order(PANEL, SECOND, THIRD, FOURTH)
    theirs = edited(edit, base)
    mine = replace(mine, rounds=tuple(PANEL if round == FIRST else round for round in mine.rounds))
    touched = {r.id for r, now in zip(base.rounds, theirs.rounds, strict=True) if r != now}
    gone = {round.id for round in base.rounds} - {round.id for round in mine.rounds}
    found = merged(base, mine, theirs)
    assert {conflict.path[1] for conflict in found.conflicts} == touched & gone
    asked = [conflict.path for conflict in found.conflicts]
    kept = {round.id: round for round in merged(base, mine, theirs, asked).application.rounds}
    assert all(kept[id] == at(theirs, ("rounds", id)) for id in touched)


@checked
@given(situations(), situations(), situations())
def test_whatever_the_edits_each_side_can_be_chosen_at_every_conflict(one, other, another):
    base, mine, theirs = (s.application for s in (one, other, another))
    found = merged(base, mine, theirs)
    again = merged(base, mine, theirs, [conflict.path for conflict in found.conflicts])
    turned = merged(base, theirs, mine)
    assert again.conflicts == found.conflicts
    assert {c.path for c in turned.conflicts} == {c.path for c in found.conflicts}
    for name in ("company", "role", "zone", "country", "contact", "outcome", "rival_offer"):
        paths = [conflict.path for conflict in found.conflicts if conflict.path[0] == name]
        if paths == [(name,)]:
            assert getattr(found.application, name) == getattr(mine, name)
            assert getattr(again.application, name) == getattr(theirs, name)
    assert found.application.log == again.application.log == theirs.log
