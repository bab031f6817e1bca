"""What the leader and the members of workshops do. Pages go through here, as they go through the desk for the rest."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2s
from hmac import compare_digest

from afterword.bell import Bell
from afterword.clock import Clock
from afterword.domain.errors import (
    AnswersClosed,
    NotTheLeader,
    RoomEnded,
    RoomFull,
    SomebodyWasFirst,
    UnknownChoice,
    UnknownRoom,
)
from afterword.domain.facts import zone_named
from afterword.domain.handbook import Handbook
from afterword.domain.summary import Summary, summary_of
from afterword.domain.workshop import (
    CODE_LENGTH,
    CODE_LETTERS,
    MOST_MEMBERS,
    Agenda,
    Block,
    Given,
    Member,
    Room,
    Tally,
    asked_again,
    choices_of,
    ended,
    ends_at,
    extended,
    is_over,
    may_answer,
    moved,
    normal_code,
    opened,
    paced,
    revealed,
    went_to,
)
from afterword.guesses import Guesses
from afterword.ids import new_id
from afterword.store.rooms import Alias, Pulse, Rooms, Seat

CODE, KEY = "code", "key"
BYTES_OF_A_SECRET = 16


@dataclass(frozen=True, slots=True)
class Place:
    """Where one visitor stands in a room: as which member, and what they answered, by block."""

    room: Room
    member: Member | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


class Hall:
    """All rooms of this server. Every act is kept before it returns, and rung to whoever waits for it."""

    def __init__(self, rooms: Rooms, clock: Clock, handbook: Handbook, key: str, bell: Bell) -> None:
        self._rooms = rooms
        self._clock = clock
        self._handbook = handbook
        self._key = normal_code(key)
        self.bell = bell
        self._guesses = Guesses()

    # Leading

    def open_room(self, key: str, agenda: str, address: str) -> tuple[Room, str]:
        """A new room and its leader's secret, which is kept nowhere. Raises NotTheLeader, TooManyTries."""
        if not self._guesses.tried(KEY, address, lambda: self._is_key(key) or None):
            raise NotTheLeader
        now, secret = self._clock.now(), secrets.token_urlsafe(BYTES_OF_A_SECRET)
        while True:
            room = opened(new_id(now), new_code(), self._handbook.agendas[agenda], now)
            if self._rooms.add(room, digest(secret)):
                return room, secret

    def lead(self, room_id: str, secret: str) -> Room:
        """The room, for its leader. Raises NotTheLeader, UnknownRoom once it is erased."""
        found = self._rooms.led(room_id)
        if found is None:
            raise UnknownRoom
        room, leader = found
        if not compare_digest(digest(secret), leader):
            raise NotTheLeader
        return room

    def go_on(self, room_id: str, secret: str, seen: int | None = None) -> Room:
        """The room at its next block. `seen` is the turn that the leader saw: see `act`."""
        return self._act(room_id, secret, lambda room, now: moved(room, self.agenda(room), 1, now), seen)

    def go_back(self, room_id: str, secret: str, seen: int | None = None) -> Room:
        """The room at the block before."""
        return self._act(room_id, secret, lambda room, now: moved(room, self.agenda(room), -1, now), seen)

    def go_to(self, room_id: str, secret: str, block: str) -> Room:
        """The room at that block. Raises UnknownBlock."""
        return self._act(room_id, secret, lambda room, now: went_to(room, self.agenda(room), block, now))

    def reveal(self, room_id: str, secret: str, block: str) -> Room:
        """The room with the result of a question shown; no answer to it is taken any more. Raises UnknownBlock."""
        return self._act(room_id, secret, lambda room, _: revealed(room, self.agenda(room), block))

    def ask_again(self, room_id: str, secret: str, block: str) -> Room:
        """The room with a question open anew; what was answered to it is dropped. Raises UnknownBlock."""
        return self._act(
            room_id, secret, lambda room, _: asked_again(room, self.agenda(room), block), drop=block
        )

    def extend(self, room_id: str, secret: str, minutes: int) -> Room:
        """The room with more minutes for its block."""
        return self._act(room_id, secret, lambda room, _: extended(room, minutes))

    def set_pace(self, room_id: str, secret: str, by_members: bool) -> Room:
        """The room in which each member walks on alone, or all go with the leader."""
        return self._act(room_id, secret, lambda room, _: paced(room, by_members))

    def rename(self, room_id: str, secret: str, member_id: str) -> None:
        """Take a member's alias away; another is given. Raises NotTheLeader, UnknownRoom."""
        self.lead(room_id, secret)
        self._rooms.change_alias(room_id, member_id, self._free_alias)
        self.bell.ring(room_id)

    def end(self, room_id: str, secret: str) -> Room:
        """The room closed. Ending it twice changes nothing. Raises NotTheLeader, UnknownRoom."""
        self.lead(room_id, secret)
        room = self._rooms.change(room_id, lambda room: ended(room, self._clock.now()))
        self.bell.ring(room_id, at_once=True)
        return room

    def delete_now(self, room_id: str, secret: str) -> None:
        """Erase the room and all that was answered in it. Raises NotTheLeader, UnknownRoom."""
        self.lead(room_id, secret)
        self._rooms.erase(room_id)
        self.bell.ring(room_id, at_once=True)

    def members(self, room_id: str) -> tuple[Member, ...]:
        """Who is in the room, in the order in which they came."""
        return tuple(self._member(seat) for seat in self._rooms.seats(room_id))

    def results(self, room_id: str, block: str) -> Tally:
        """How often each answer to a block's question was given. Raises UnknownRoom, UnknownBlock."""
        return self.results_in(self._open(room_id), block)

    def results_in(self, room: Room, block: str) -> Tally:
        """The same for a room that was read already, in one statement."""
        return self._tally(self.agenda(room).block(block), self._rooms.counts(room.id, block))

    def summary(self, room_id: str, secret: str, zone: str = "UTC") -> Summary:
        """What the leader may keep of a room that is over, its day being that of `zone`.

        Raises NotTheLeader, UnknownRoom, RoomStillOpen.
        """
        room = self.lead(room_id, secret)
        agenda, now = self.agenda(room), self._clock.now().astimezone(zone_named(zone))
        counts, members = self._rooms.all_counts(room_id), len(self._rooms.seats(room_id))
        tallies = [self._tally(block, counts.get(block.id, {})) for block in agenda.blocks]
        return summary_of(room, agenda, self._handbook.scenarios, members, tallies, now)

    # Joining

    def room_of(self, code: str, address: str) -> Room:
        """The open room of that code. Raises UnknownRoom, also for one that is over; TooManyTries."""
        room = self._guesses.tried(
            CODE, address, lambda: self._rooms.with_code(normal_code(code), self._clock.now())
        )
        if room is None:
            raise UnknownRoom
        return room

    def room(self, room_id: str) -> Room | None:
        """A room by its id, for one who is in it; None once it is erased."""
        return self._rooms.get(room_id)

    def join(self, room: Room, visitor: str) -> Member:
        """The visitor as a member; the same visitor again is the same one. Raises RoomEnded, RoomFull, UnknownRoom."""
        mine = member_id(visitor, room.id)
        seat = self._rooms.seat(room.id, mine)
        if seat is None:
            seat = self._rooms.take_seat(room.id, mine, self._clock.now(), self._alias_for_one_more)
            self.bell.ring(room.id)
        return self._member(seat)

    def member(self, room_id: str, visitor: str) -> Member | None:
        """The visitor as a member of that room; None for one who has not joined it."""
        seat = self._rooms.seat(room_id, member_id(visitor, room_id))
        return self._member(seat) if seat else None

    def place(self, room_id: str, visitor: str) -> Place | None:
        """Everything that a member's page begins with, in three statements; None once the room is erased."""
        room = self._rooms.get(room_id)
        if room is None:
            return None
        mine = member_id(visitor, room_id)
        seat = self._rooms.seat(room_id, mine)
        return Place(room, self._member(seat), self._rooms.answers_of(room_id, mine)) if seat else Place(room)

    def another_alias(self, room_id: str, visitor: str) -> Member:
        """The visitor with another alias. Raises RoomEnded, UnknownRoom."""
        seat = self._rooms.change_alias(room_id, member_id(visitor, room_id), self._free_alias)
        self.bell.ring(room_id)
        return self._member(seat)

    def answer(self, room_id: str, visitor: str, block: str, choice: str) -> None:
        """Keep what the visitor answers, in the place of a former answer.

        Raises AnswersClosed, UnknownChoice, RoomEnded; UnknownRoom also for one who has not joined, UnknownBlock.
        """
        given = Given(member=member_id(visitor, room_id), block=block, choice=choice)
        self._rooms.answer(room_id, given, lambda room: self._check_answer(room, given))
        self.bell.ring(room_id)

    def answer_of(self, room_id: str, visitor: str, block: str) -> str | None:
        """What the visitor answered to a block's question."""
        return self._rooms.answers_of(room_id, member_id(visitor, room_id)).get(block)

    # For all

    def agenda(self, room: Room) -> Agenda:
        """The agenda that a room goes by. Raises UnknownRoom where it is no longer among the words."""
        agenda = self._handbook.agendas.get(room.agenda)
        if agenda is None:
            raise UnknownRoom
        return agenda

    def pulse(self, room_id: str) -> Pulse | None:
        """What changes in a room, for those who wait for it; None once it is erased."""
        return self._rooms.pulse(room_id)

    def sweep(self) -> int:
        """End what was left alone for too long, and erase what is due; how many rooms were erased."""
        now = self._clock.now()
        for room_id in self._rooms.left_alone(now):
            with suppress(UnknownRoom):
                self._rooms.change(room_id, lambda room: over(room, now))
            self.bell.ring(room_id, at_once=True)
        return self._rooms.erase_due(now)

    # How

    def _is_key(self, key: str) -> bool:
        return bool(self._key) and compare_digest(normal_code(key).encode(), self._key.encode())

    def _act(
        self,
        room_id: str,
        secret: str,
        change: Callable[[Room, datetime], Room],
        seen: int | None = None,
        drop: str | None = None,
    ) -> Room:
        """One act of the leader, on the room as it stands then.

        Where `seen` names the turn of the room that the leader saw, the act is refused on any other, since two
        windows that both say "on" mean one block and not two. Raises NotTheLeader, UnknownRoom, RoomEnded,
        SomebodyWasFirst.
        """
        self.lead(room_id, secret)
        now = self._clock.now()

        def act(room: Room) -> Room:
            check_going_on(room, now)
            if seen not in {None, room.turn}:
                raise SomebodyWasFirst(room_id)
            return change(room, now)

        room = self._rooms.change(room_id, act, drop)
        self.bell.ring(room_id, at_once=True)
        return room

    def _open(self, room_id: str) -> Room:
        room = self._rooms.get(room_id)
        if room is None:
            raise UnknownRoom
        return room

    def _tally(self, block: Block, counts: Mapping[str, int]) -> Tally:
        """Those counts in the order of the block's choices."""
        choices = choices_of(block, self._handbook.scenarios)
        return Tally(block=block.id, counts=tuple((choice, counts.get(choice.id, 0)) for choice in choices))

    def _check_answer(self, room: Room, given: Given) -> None:
        """Raises RoomEnded, UnknownBlock, AnswersClosed, UnknownChoice where an answer is not to be taken."""
        now, agenda = self._clock.now(), self.agenda(room)
        check_going_on(room, now)
        if not may_answer(room, agenda, given.block, now):
            raise AnswersClosed
        choices = choices_of(agenda.block(given.block), self._handbook.scenarios)
        if all(choice.id != given.choice for choice in choices):
            raise UnknownChoice

    def _alias_for_one_more(self, room: Room, taken: frozenset[Alias]) -> Alias:
        """An alias for a new member. Raises RoomFull, RoomEnded."""
        if len(taken) >= MOST_MEMBERS:
            raise RoomFull
        return self._free_alias(room, taken)

    def _free_alias(self, room: Room, taken: frozenset[Alias]) -> Alias:
        """An alias that nobody in the room has. Raises RoomEnded."""
        check_going_on(room, self._clock.now())
        words = self._handbook.aliases
        every = ((a, b) for a in range(len(words.first)) for b in range(len(words.second)))
        return secrets.choice([alias for alias in every if alias not in taken])

    def _member(self, seat: Seat) -> Member:
        first, second = seat.alias
        words = self._handbook.aliases
        alias = f"{words.first[first % len(words.first)]} {words.second[second % len(words.second)]}"
        return Member(id=seat.id, alias=alias, joined_at=seat.joined_at)


def new_code() -> str:
    """A join code that nobody can foresee."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def digest(secret: str) -> bytes:
    """What is kept of a leader's secret."""
    return blake2s(secret.encode("utf-8", "replace")).digest()


def member_id(visitor: str, room_id: str) -> str:
    """As what a visitor is known in one room: nobody can tell that it is the same visitor as in another one."""
    return blake2s(f"{room_id}/{visitor}".encode("utf-8", "replace"), digest_size=16).hexdigest()


def check_going_on(room: Room, now: datetime) -> None:
    """Raises RoomEnded where a room is over, by its leader or by itself."""
    if is_over(room, now):
        raise RoomEnded


def over(room: Room, now: datetime) -> Room:
    """The room, marked as ended at the moment at which it ended by itself; unchanged where it goes on."""
    return ended(room, ends_at(room)) if is_over(room, now) else room
