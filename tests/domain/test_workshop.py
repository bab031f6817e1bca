"""A workshop: what its leader does to a room, what follows from it, and how answers are counted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from afterword.domain.errors import RoomEnded, UnknownBlock
from afterword.domain.workshop import (
    ASKS,
    CODE_LENGTH,
    CODE_LETTERS,
    ENDS_BY_ITSELF_AFTER,
    KEPT_AFTER_END,
    Agenda,
    Block,
    BlockKind,
    Choice,
    Given,
    asked_again,
    block_ends_at,
    choices_of,
    ended,
    erase_at,
    extended,
    is_over,
    may_answer,
    moved,
    normal_code,
    opened,
    paced,
    revealed,
    tally_of,
    went_to,
)
from tests.desk.cast import HANDBOOK

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
YES, NO = Choice(id="yes", words="Yes"), Choice(id="no", words="No")
VOTE = Block(id="vote", kind=BlockKind.POLL, title="Vote", minutes=3, question="Yes?", options=(YES, NO))
RULES = Block(id="rules", kind=BlockKind.GUIDE, title="Rules", minutes=5, page="two-minutes")
CASE = Block(id="case", kind=BlockKind.SCENARIO, title="Case", minutes=4, scenario="last-minutes")
REST = Block(id="rest", kind=BlockKind.BREAK, title="Break", minutes=10)
WRITE = Block(id="write", kind=BlockKind.PLAN, title="Plan", minutes=6)
BLOCKS = (VOTE, RULES, CASE, REST, WRITE)
AGENDA = Agenda(id="small", title="Small", words="", minutes=28, cites=(), blocks=BLOCKS)
ROOM = opened("r1", "BCDFGH", AGENDA, NOON)
ENDED = ended(ROOM, NOON + MINUTE)
ACTS = {
    "on": lambda room: moved(room, AGENDA, 1, NOON),
    "back": lambda room: moved(room, AGENDA, -1, NOON),
    "to": lambda room: went_to(room, AGENDA, "write", NOON),
    "reveal": lambda room: revealed(room, AGENDA, "vote"),
    "ask again": lambda room: asked_again(room, AGENDA, "vote"),
    "extend": lambda room: extended(room, 5),
    "pace": lambda room: paced(room, True),
}


def at(block, **more):
    return replace(ROOM, block=block, **more)


def may(room, block, now=NOON):
    return may_answer(room, AGENDA, block, now)


# What its leader does


def test_a_room_opens_at_the_first_block_of_its_agenda():
    assert (ROOM.agenda, ROOM.block, ROOM.moved_at, ROOM.turn) == ("small", "vote", NOON, 1)
    assert not ROOM.revealed
    assert ROOM.ended_at is None


def test_it_goes_on_and_back_block_by_block():
    on = moved(ROOM, AGENDA, 1, NOON + MINUTE)
    assert (on.block, on.moved_at) == ("rules", NOON + MINUTE)
    assert moved(on, AGENDA, -1, NOON + 2 * MINUTE).block == "vote"


def test_at_both_ends_it_stays_where_it_is_and_nobody_is_told_of_a_move():
    assert moved(ROOM, AGENDA, -1, NOON + MINUTE) == ROOM
    last = at("write")
    assert moved(last, AGENDA, 1, NOON + MINUTE) == last


def test_it_goes_to_any_block_but_to_none_that_is_not_there():
    assert went_to(ROOM, AGENDA, "case", NOON).block == "case"
    with pytest.raises(UnknownBlock):
        went_to(ROOM, AGENDA, "lunch", NOON)


@pytest.mark.parametrize("act", [revealed, asked_again])
def test_a_question_that_is_not_there_is_neither_shown_nor_asked_again(act):
    with pytest.raises(UnknownBlock):
        act(ROOM, AGENDA, "lunch")


def test_added_minutes_last_as_long_as_the_block():
    longer = extended(extended(ROOM, 2), 1)
    assert block_ends_at(longer, AGENDA) == NOON + 6 * MINUTE
    assert moved(longer, AGENDA, 1, NOON).more == 0


def test_a_question_asked_again_is_open_anew_and_says_how_often_it_was_asked():
    shown = revealed(ROOM, AGENDA, "vote")
    again = asked_again(shown, AGENDA, "vote")
    assert "vote" not in again.revealed
    assert asked_again(again, AGENDA, "vote").asked_again == {"vote": 2}


def test_ending_a_room_twice_changes_nothing():
    assert ended(ENDED, NOON + 9 * MINUTE) == ENDED


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_nothing_is_done_in_a_room_that_is_over(act):
    with pytest.raises(RoomEnded):
        act(ENDED)


@pytest.mark.parametrize("room", [at("vote"), at("write")], ids=["first", "last"])
def test_also_where_there_is_nowhere_to_go_a_room_that_is_over_says_so(room):
    with pytest.raises(RoomEnded):
        moved(ended(room, NOON), AGENDA, -1 if room.block == "vote" else 1, NOON)


# What follows from a room


def test_a_room_that_nobody_leads_any_more_ends_by_itself():
    assert not is_over(ROOM, NOON + ENDS_BY_ITSELF_AFTER - MINUTE)
    assert is_over(ROOM, NOON + ENDS_BY_ITSELF_AFTER)


def test_a_room_is_erased_a_day_after_its_end():
    assert erase_at(ENDED) == NOON + MINUTE + KEPT_AFTER_END
    assert erase_at(ROOM) == NOON + ENDS_BY_ITSELF_AFTER + KEPT_AFTER_END
    assert timedelta(hours=24) == KEPT_AFTER_END


def test_a_question_takes_answers_where_the_room_is_until_its_result_is_shown():
    assert may(ROOM, "vote")
    assert not may(ROOM, "case")
    assert not may(revealed(ROOM, AGENDA, "vote"), "vote")
    assert may(asked_again(revealed(ROOM, AGENDA, "vote"), AGENDA, "vote"), "vote")


def test_when_its_time_is_up_a_question_still_takes_answers():
    assert may(ROOM, "vote", block_ends_at(ROOM, AGENDA) + MINUTE)


def test_at_their_own_pace_members_answer_every_question_that_is_not_shown_yet():
    alone = revealed(paced(ROOM, True), AGENDA, "vote")
    assert [block.id for block in BLOCKS if may(alone, block.id)] == ["case"]


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.kind not in ASKS], ids=lambda b: b.id)
def test_a_block_that_asks_nothing_takes_no_answer(block):
    assert not may(at(block.id), block.id)
    assert not may(at(block.id, self_paced=True), block.id)


def test_a_room_that_is_over_takes_no_answer():
    assert not may(ENDED, "vote", NOON + MINUTE)
    assert not may(ROOM, "vote", NOON + ENDS_BY_ITSELF_AFTER)


# Choices and counts


def test_a_poll_offers_its_options_a_scenario_those_of_practice_and_others_nothing():
    scenario = next(scenario for scenario in HANDBOOK.scenarios if scenario.id == CASE.scenario)
    assert choices_of(VOTE, HANDBOOK.scenarios) == (YES, NO)
    assert [choice.id for choice in choices_of(CASE, HANDBOOK.scenarios)] == [o.id for o in scenario.options]
    assert choices_of(RULES, HANDBOOK.scenarios) == ()
    assert choices_of(replace(CASE, scenario="gone"), HANDBOOK.scenarios) == ()


answers = st.lists(
    st.builds(Given, member=st.sampled_from("abcdef"), block=st.sampled_from(["vote", "case"]),
              choice=st.sampled_from(["yes", "no", "gone"])), max_size=30)  # fmt: skip


@given(answers)
def test_of_each_member_the_last_answer_to_a_question_counts_once(every):
    tally = tally_of(VOTE, (YES, NO), every)
    last = {one.member: one.choice for one in every if one.block == "vote"}
    assert dict(tally.counts) == {choice: list(last.values()).count(choice.id) for choice in (YES, NO)}
    assert tally.answered == sum(choice != "gone" for choice in last.values())


def test_a_code_has_no_two_letters_that_look_alike_and_spells_no_word():
    assert not set(CODE_LETTERS) & set("AEIOULY0123456789")
    assert len(set(CODE_LETTERS)) ** CODE_LENGTH > 40_000_000


@pytest.mark.parametrize("typed", ["bcd fgh", " BCD-FGH ", "b.c.d.f.g.h"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert normal_code(typed) == "BCDFGH"


# Whatever its leader does, in whatever order


class Leading(RuleBasedStateMachine):
    """A leader at work, beside a plain model of where the room is."""

    def __init__(self):
        super().__init__()
        self.room, self.now = ROOM, NOON
        self.place, self.shown, self.more, self.alone, self.over, self.again = 0, set(), 0, False, False, {}

    def act(self, act, moves=True):
        """Do it a minute later; the turn grows by one, if there is anything to be told of."""
        self.now += MINUTE
        before = self.room
        if self.over:
            with pytest.raises(RoomEnded):
                act()
            return False
        self.room = act()
        assert self.room.turn == before.turn + moves
        return True

    def moved_to(self, place):
        self.place, self.more = place, 0
        assert self.room.moved_at == self.now

    @rule(by=st.sampled_from([-1, 1]))
    def step(self, by):
        there = self.place + by
        inside = 0 <= there < len(BLOCKS)
        if self.act(lambda: moved(self.room, AGENDA, by, self.now), inside) and inside:
            self.moved_to(there)

    @rule(place=st.integers(0, len(BLOCKS) - 1))
    def jump(self, place):
        if self.act(lambda: went_to(self.room, AGENDA, BLOCKS[place].id, self.now)):
            self.moved_to(place)

    @rule(block=st.sampled_from(["vote", "case"]))
    def show(self, block):
        if self.act(lambda: revealed(self.room, AGENDA, block)):
            self.shown.add(block)

    @rule(block=st.sampled_from(["vote", "case"]))
    def ask_anew(self, block):
        if self.act(lambda: asked_again(self.room, AGENDA, block)):
            self.shown.discard(block)
            self.again[block] = self.again.get(block, 0) + 1

    @rule(minutes=st.integers(1, 15))
    def add(self, minutes):
        if self.act(lambda: extended(self.room, minutes)):
            self.more += minutes

    @rule(alone=st.booleans())
    def let_go(self, alone):
        if self.act(lambda: paced(self.room, alone)):
            self.alone = alone

    @precondition(lambda self: self.room.turn > 4)
    @rule()
    def end(self):
        before = self.room
        self.room = ended(self.room, self.now)
        assert self.room.turn == before.turn + (not self.over)
        self.over = True

    @invariant()
    def it_is_where_the_model_is(self):
        room = self.room
        assert (room.block, room.more, room.self_paced) == (BLOCKS[self.place].id, self.more, self.alone)
        assert (room.revealed, room.asked_again) == (self.shown, self.again)
        assert (room.id, room.code, room.agenda, room.opened_at) == ("r1", "BCDFGH", "small", NOON)
        assert is_over(room, self.now) == self.over

    @invariant()
    def answers_are_taken_exactly_where_they_should_be(self):
        for place, block in enumerate(BLOCKS):
            here = self.alone or place == self.place
            wanted = block.id in {"vote", "case"} - self.shown and here and not self.over
            assert may(self.room, block.id, self.now) == wanted


TestLeading = Leading.TestCase
TestLeading.settings = settings(deadline=None, max_examples=60, stateful_step_count=30)
