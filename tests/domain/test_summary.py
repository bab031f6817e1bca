"""The summary of a workshop: counts alone, and from all of it nobody can work out what a small group answered."""

from dataclasses import dataclass, replace
from datetime import date, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.errors import RoomStillOpen
from afterword.domain.summary import SMALLEST, STRETCH, summary_of
from afterword.domain.workshop import ENDS_BY_ITSELF_AFTER, Tally, choices_of
from tests.desk.cast import HANDBOOK
from tests.domain.test_workshop import AGENDA, CASE, ENDED, MINUTE, NO, NOON, ROOM, VOTE, YES

LATER = NOON + 30 * MINUTE
QUESTIONS = {block.id: choices_of(block, HANDBOOK.scenarios) for block in (VOTE, CASE)}


@dataclass(frozen=True)
class World:
    """How many are in a room, and how often each choice of each of its questions was made."""

    members: int
    counts: dict[str, tuple[int, ...]]

    @property
    def summary(self):
        tallies = [
            Tally(block=block, counts=tuple(zip(QUESTIONS[block], counts, strict=True)))
            for block, counts in self.counts.items()
        ]
        return summary_of(ENDED, AGENDA, HANDBOOK.scenarios, self.members, tallies, LATER)

    @property
    def is_possible(self):
        """Whether nobody answered a question twice."""
        return all(sum(counts) <= self.members for counts in self.counts.values())

    def but(self, block, counts, members):
        """The same world, but for the answers to one question and for how many there are."""
        return World(members, self.counts | {block: counts})


def world(members, vote=(0, 0), case=(0, 0, 0, 0)):
    return World(members, {"vote": vote, "case": case})


def told(world):
    """The counts of each question that the summary tells, None for those it hides."""
    return {q.block: tuple(counted.count for counted in q.counts) for q in world.summary.questions}


@st.composite
def worlds(draw):
    """A room of any size in which some or all answered, often with just as many in a group as may be told."""
    counts = {}
    for block, choices in QUESTIONS.items():
        few = st.one_of(st.integers(0, SMALLEST + 1), st.integers(0, 40))
        counts[block] = tuple(draw(few) for _ in choices)
    most = max(sum(one) for one in counts.values())
    return World(most + draw(st.one_of(st.just(0), st.integers(0, 30))), counts)


# What it has


def test_it_has_every_question_in_order_with_its_words_and_the_right_answer():
    vote, case = world(30).summary.questions
    scenario = next(scenario for scenario in HANDBOOK.scenarios if scenario.id == CASE.scenario)
    assert (vote.title, vote.question, [c.choice for c in vote.counts]) == ("Vote", "Yes?", [YES, NO])
    assert not any(counted.right for counted in vote.counts)
    assert case.question == scenario.question
    assert [counted.right for counted in case.counts] == [option.right for option in scenario.options]


def test_groups_of_five_and_more_are_counted_and_smaller_ones_are_not_nor_are_empty_ones():
    assert told(world(30, (5, 4), (20, 1, 0, 9))) == {"vote": (5, None), "case": (20, None, None, 9)}


def test_its_day_is_the_leaders():
    tokyo = timezone(timedelta(hours=9))
    late = replace(ENDED, opened_at=NOON + timedelta(hours=6))
    assert summary_of(late, AGENDA, (), 0, (), LATER).day == date(2026, 11, 5)
    assert summary_of(late, AGENDA, (), 0, (), LATER.astimezone(tokyo)).day == date(2026, 11, 6)


@pytest.mark.parametrize(
    ("members", "vote", "stretch"),
    [
        (0, (0, 0), (0, 9)),
        (9, (4, 4), (0, 9)),
        (10, (4, 4), (10, 19)),
        (12, (12, 0), (12, 21)),
        (30, (17, 5), (22, 31)),
        (200, (90, 60), (200, 209)),
    ],
)
def test_how_many_came_is_told_as_a_stretch_of_ten(members, vote, stretch):
    summary = world(members, vote).summary
    assert (summary.fewest, summary.most) == stretch


# Of which room there is one


def test_as_long_as_answers_may_change_there_is_no_summary():
    with pytest.raises(RoomStillOpen):
        summary_of(ROOM, AGENDA, (), 9, (), LATER)


def test_of_a_room_that_ended_by_itself_there_is_one():
    assert summary_of(ROOM, AGENDA, (), 9, (), NOON + ENDS_BY_ITSELF_AFTER).questions


# What cannot be worked out


def hidden_in(world):
    """Each hidden count: its question, and its place there."""
    return [(b, p) for b, counts in told(world).items() for p, count in enumerate(counts) if count is None]


@settings(deadline=None, max_examples=200)
@given(worlds())
def test_each_hidden_count_may_be_any_number_below_five_whoever_knows_all_that_the_summary_tells(seen):
    for block, place in hidden_in(seen):
        shown = tuple(count or 0 for count in told(seen)[block])
        for value in range(SMALLEST):
            counts = (*shown[:place], value, *shown[place + 1 :])
            other = seen.but(block, counts, seen.summary.most)
            assert other.is_possible
            assert other.summary == seen.summary


@settings(deadline=None, max_examples=200)
@given(worlds())
def test_how_many_came_and_so_how_many_did_not_answer_may_be_any_of_ten_numbers(seen):
    least = {block: tuple(count or 0 for count in counts) for block, counts in told(seen).items()}
    for members in range(seen.summary.fewest, seen.summary.most + 1):
        other = World(members, least)
        assert other.is_possible
        assert other.summary == seen.summary
    assert seen.summary.most - seen.summary.fewest == STRETCH - 1


@settings(deadline=None, max_examples=200)
@given(worlds())
def test_the_number_of_members_lies_in_its_stretch_and_no_small_count_is_told(seen):
    assert seen.summary.fewest <= seen.members <= seen.summary.most
    assert all(count >= SMALLEST for counts in told(seen).values() for count in counts if count is not None)
