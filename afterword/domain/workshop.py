"""A workshop: an agenda of blocks, a room that goes through them, and what its members answered, as counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from afterword.domain.errors import RoomEnded, UnknownBlock
from afterword.domain.scenario import Scenario

KEPT_AFTER_END = timedelta(hours=24)
ENDS_BY_ITSELF_AFTER = timedelta(hours=12)  # without a move of its leader
CODE_LETTERS = "BCDFGHJKMNPQRSTVWXZ"  # without L, which is read as I, and vowels, so that no code is a word
CODE_LENGTH = 6
MOST_MEMBERS = 250


class BlockKind(StrEnum):
    """What a room does in one block."""

    GUIDE = "guide"
    POLL = "poll"
    SCENARIO = "scenario"
    PLAN = "plan"
    DISCUSSION = "discussion"
    BREAK = "break"


ASKS = frozenset({BlockKind.POLL, BlockKind.SCENARIO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to a question of the room."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One stretch of a workshop. `words` is what its members read, `notes` what its leader is told, in Markdown.

    A guide block names a `page` of the guide, a scenario block a `scenario` of practice, a poll has a `question`
    with its `options`, none of which is right. `after` is what is said once a poll's result is shown. What a
    block advises rests on what it `cites`; a page and a scenario cite for themselves.
    """

    id: str
    kind: BlockKind
    title: str
    minutes: int
    words: str = ""
    notes: str = ""
    page: str | None = None
    scenario: str | None = None
    question: str | None = None
    options: tuple[Choice, ...] = ()
    after: str = ""
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The blocks of a workshop in their order, and how long it takes in minutes."""

    id: str
    title: str
    words: str
    minutes: int
    cites: tuple[str, ...]
    blocks: tuple[Block, ...]

    def block(self, id: str) -> Block:
        """The block of that id. Raises UnknownBlock."""
        found = next((block for block in self.blocks if block.id == id), None)
        if found is None:
            raise UnknownBlock
        return found

    def place(self, id: str) -> int:
        """At which place a block stands, from 0. Raises UnknownBlock."""
        return self.blocks.index(self.block(id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Aliases:
    """The words of which the aliases are made: one of the first, one of the second."""

    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One workshop as it is held. Moments are aware; `turn` grows with every act of its leader.

    `block` is where the room is since `moved_at`, `more` how many minutes were added to it. `asked_again` says
    how often a question was reset, by its block.
    """

    id: str
    code: str
    agenda: str
    opened_at: datetime
    block: str
    moved_at: datetime
    turn: int = 1
    more: int = 0
    revealed: frozenset[str] = frozenset()
    asked_again: Mapping[str, int] = field(default_factory=dict)
    self_paced: bool = False
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in a room, known by a given alias alone."""

    id: str
    alias: str
    joined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The answer of one member to the question of one block."""

    member: str
    block: str
    choice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often each choice of one question was made, in the order of the choices."""

    block: str
    counts: tuple[tuple[Choice, int], ...]

    @property
    def answered(self) -> int:
        """How many members have answered."""
        return sum(count for _, count in self.counts)


# What its leader does. Each returns the room with its turn grown, and raises RoomEnded where it is over.


def opened(id: str, code: str, agenda: Agenda, now: datetime) -> Room:
    """A room at the first block of its agenda."""
    return Room(id=id, code=code, agenda=agenda.id, opened_at=now, block=agenda.blocks[0].id, moved_at=now)


def went_to(room: Room, agenda: Agenda, block: str, now: datetime) -> Room:
    """The room at that block; a block's added minutes go with it. Raises UnknownBlock, RoomEnded."""
    return replace(turned(room), block=agenda.block(block).id, moved_at=now, more=0)


def moved(room: Room, agenda: Agenda, by: int, now: datetime) -> Room:
    """The room so many blocks on, or back; at the first and the last block it stays. Raises RoomEnded."""
    place = agenda.place(room.block) + by
    if not 0 <= place < len(agenda.blocks):
        check_open(room)
        return room
    return went_to(room, agenda, agenda.blocks[place].id, now)


def revealed(room: Room, agenda: Agenda, block: str) -> Room:
    """The room with a question's result shown, and no answer to it taken any more. Raises UnknownBlock, RoomEnded."""
    return replace(turned(room), revealed=room.revealed | {agenda.block(block).id})


def asked_again(room: Room, agenda: Agenda, block: str) -> Room:
    """The room with a question open anew; whoever keeps its answers drops them. Raises UnknownBlock, RoomEnded."""
    id = agenda.block(block).id
    times = {**room.asked_again, id: room.asked_again.get(id, 0) + 1}
    return replace(turned(room), revealed=room.revealed - {id}, asked_again=times)


def extended(room: Room, minutes: int) -> Room:
    """The room with more minutes for its block. Raises RoomEnded."""
    return replace(turned(room), more=room.more + minutes)


def paced(room: Room, by_members: bool) -> Room:
    """The room in which each member walks on alone, or all go with the leader. Raises RoomEnded."""
    return replace(turned(room), self_paced=by_members)


def ended(room: Room, now: datetime) -> Room:
    """The room closed; one that is closed already stays as it was."""
    return room if room.ended_at else replace(room, ended_at=now, turn=room.turn + 1)


def turned(room: Room) -> Room:
    """The room with its turn grown. Raises RoomEnded."""
    check_open(room)
    return replace(room, turn=room.turn + 1)


def check_open(room: Room) -> None:
    """Raises RoomEnded where the room is over."""
    if room.ended_at is not None:
        raise RoomEnded


# What follows from a room


def ends_at(room: Room) -> datetime:
    """When a room ended, or will end by itself since it was left alone for so long."""
    return room.ended_at or room.moved_at + ENDS_BY_ITSELF_AFTER


def is_over(room: Room, now: datetime) -> bool:
    """Whether a room was closed, or left alone for so long that it counts as closed."""
    return room.ended_at is not None or now >= ends_at(room)


def erase_at(room: Room) -> datetime:
    """When everything about a room is erased: a day after its end, whoever ended it."""
    return ends_at(room) + KEPT_AFTER_END


def block_ends_at(room: Room, agenda: Agenda) -> datetime:
    """When the room's block is meant to be over."""
    return room.moved_at + timedelta(minutes=agenda.block(room.block).minutes + room.more)


def may_answer(room: Room, agenda: Agenda, block: str, now: datetime) -> bool:
    """Whether an answer to a block's question is taken: it is where the room is, and not revealed yet.

    In a self-paced room every question may be answered until its result is shown to the whole room.
    """
    there = agenda.block(block)
    here = room.self_paced or room.block == block
    return there.kind in ASKS and here and block not in room.revealed and not is_over(room, now)


def choices_of(block: Block, scenarios: Iterable[Scenario]) -> tuple[Choice, ...]:
    """What can be answered to a block's question; nothing where it asks none."""
    if block.kind == BlockKind.SCENARIO:
        found = next((scenario for scenario in scenarios if scenario.id == block.scenario), None)
        return tuple(Choice(id=option.id, words=option.words) for option in (found.options if found else ()))
    return block.options


def tally_of(block: Block, choices: Iterable[Choice], given: Iterable[Given]) -> Tally:
    """How often each choice was made; of one member only one answer counts."""
    last = {answer.member: answer.choice for answer in given if answer.block == block.id}
    counts = Counter(last.values())
    return Tally(block=block.id, counts=tuple((choice, counts[choice.id]) for choice in choices))


def normal_code(typed: str) -> str:
    """A join code as it was given out: without the spaces and hyphens that people put in, in capitals."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())
