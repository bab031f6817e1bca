"""The rooms of workshops in a SQLite file of their own: no name, no address, nothing that anybody typed.

A visitor is known by a digest that differs from room to room, an alias by two numbers, a leader's secret by its
digest. Nothing in the file outlives a day, so a file of an older form is replaced and never migrated.
"""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import (
    URL,
    Boolean,
    Column,
    Connection,
    Engine,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as put
from sqlalchemy.exc import SQLAlchemyError

from afterword.domain.errors import StoreUnavailable, UnknownRoom
from afterword.domain.workshop import Given, Room, ends_at, erase_at
from afterword.formats.room_json import dump_room, read_kept_room
from afterword.store.backups import remove_database
from afterword.store.database import data_folder, set_sqlite
from afterword.store.sql import stamp
from afterword.store.transactions import IMMEDIATE, begun, reason_of, told_plainly

FILE = "rooms.sqlite3"
FORM = 1  # of the tables below; count it up with every change to them
OURS = int.from_bytes(b"Room")  # in the file's head, so that no other file is ever taken for one of these
THREADS_AT_ONCE = 16

METADATA = MetaData()

ROOMS = Table(
    "rooms",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("code", String(16), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("block", String(64), nullable=False),
    Column("ends_at", String(32), nullable=False),
    Column("erase_at", String(32), nullable=False),
    Column("leader", LargeBinary(32), nullable=False),
    Column("document", Text, nullable=False),
)
Index("codes_of_open_rooms", ROOMS.c.code, unique=True, sqlite_where=ROOMS.c.is_open)

MEMBERS = Table(
    "members",
    METADATA,
    Column("room", ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("first", Integer, nullable=False),
    Column("second", Integer, nullable=False),
    Column("joined_at", String(32), nullable=False),
    UniqueConstraint("room", "first", "second"),
)

ANSWERS = Table(  # by their key one of each member to each question, whatever happens
    "answers",
    METADATA,
    Column("room", String(64), primary_key=True),
    Column("block", String(64), primary_key=True),
    Column("member", String(64), primary_key=True),
    Column("choice", String(64), nullable=False),
    ForeignKeyConstraint(["room", "member"], ["members.room", "members.id"], ondelete="CASCADE"),
    Index("answers_of_a_member", "room", "member"),
)

Alias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Seat:
    """A member as the file knows them: by a digest, with the numbers of the two words of their alias."""

    id: str
    alias: Alias
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """What changes in a room: its turn, how many have joined, how many have answered the block it is at."""

    turn: int
    members: int
    answered: int


class Rooms:
    """The rooms that are kept. Every write is one transaction; those of one process take turns without polling."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._one_writes = Lock()

    def add(self, room: Room, leader: bytes) -> bool:
        """Keep a new room with the digest of its leader's secret; False where an open room has its code."""
        with self._writing() as connection:
            if connection.scalar(select(ROOMS.c.id).where(ROOMS.c.code == room.code, ROOMS.c.is_open)):
                return False
            connection.execute(insert(ROOMS).values(id=room.id, leader=leader, **columns_of(room)))
        return True

    def get(self, room_id: str) -> Room | None:
        """One room; None where it never was or is erased."""
        with self._engine.connect() as connection:
            return room_in(connection, room_id)

    def led(self, room_id: str) -> tuple[Room, bytes] | None:
        """One room with the digest of its leader's secret."""
        with self._engine.connect() as connection:
            wanted = select(ROOMS.c.document, ROOMS.c.leader).where(ROOMS.c.id == room_id)
            found = connection.execute(wanted).one_or_none()
        return (read_kept_room(found.document), found.leader) if found else None

    def with_code(self, code: str, now: datetime) -> Room | None:
        """The room that is open under that code. One that is over is not even read, so that it takes no longer."""
        wanted = select(ROOMS.c.document).where(
            ROOMS.c.code == code, ROOMS.c.is_open, ROOMS.c.ends_at > stamp(now)
        )
        with self._engine.connect() as connection:
            found = connection.scalar(wanted)
        return read_kept_room(found) if found else None

    def change(self, room_id: str, change: Callable[[Room], Room], drop: str | None = None) -> Room:
        """Keep what `change` makes of a room while nobody else writes, and drop the answers to one of its blocks.

        Raises UnknownRoom, and whatever `change` raises; then nothing is changed.
        """
        with self._writing() as connection:
            before = known(room_in(connection, room_id))
            after = change(before)
            if after != before:
                connection.execute(update(ROOMS).where(ROOMS.c.id == room_id).values(columns_of(after)))
            if drop is not None:
                connection.execute(delete(ANSWERS).where(ANSWERS.c.room == room_id, ANSWERS.c.block == drop))
        return after

    def erase(self, room_id: str) -> None:
        """Erase a room with its members and answers for good; one that is gone already is no mistake."""
        with self._writing() as connection:
            connection.execute(delete(ROOMS).where(ROOMS.c.id == room_id))
        self._empty_the_log()

    def left_alone(self, now: datetime) -> tuple[str, ...]:
        """The ids of the rooms that count as ended since nobody led them, and are not marked so."""
        wanted = select(ROOMS.c.id).where(ROOMS.c.is_open, ROOMS.c.ends_at <= stamp(now))
        with self._engine.connect() as connection:
            return tuple(connection.scalars(wanted))

    def erase_due(self, now: datetime) -> int:
        """Erase every room whose time has come; how many there were."""
        with self._writing() as connection:
            erased = connection.execute(delete(ROOMS).where(ROOMS.c.erase_at <= stamp(now))).rowcount
        if erased:
            self._empty_the_log()
        return erased

    def seats(self, room_id: str) -> tuple[Seat, ...]:
        """Who is in a room, in the order in which they came."""
        wanted = select(MEMBERS).where(MEMBERS.c.room == room_id).order_by(MEMBERS.c.joined_at, MEMBERS.c.id)
        with self._engine.connect() as connection:
            return tuple(
                Seat(row.id, (row.first, row.second), datetime.fromisoformat(row.joined_at))
                for row in connection.execute(wanted)
            )

    def seat(self, room_id: str, member_id: str) -> Seat | None:
        """One member of a room."""
        with self._engine.connect() as connection:
            return seat_in(connection, room_id, member_id)

    def take_seat(
        self,
        room_id: str,
        member_id: str,
        now: datetime,
        choose: Callable[[Room, frozenset[Alias]], Alias],
    ) -> Seat:
        """The seat of a member, who has it already or takes a new one with an alias that `choose` finds.

        `choose` is told which are taken, and may refuse by raising. Raises UnknownRoom.
        """
        with self._writing() as connection:
            room, seat = known(room_in(connection, room_id)), seat_in(connection, room_id, member_id)
            if seat is None:
                seat = Seat(member_id, choose(room, aliases_in(connection, room_id)), now)
                connection.execute(insert(MEMBERS).values(room=room_id, **row_of(seat)))
        return seat

    def change_alias(
        self, room_id: str, member_id: str, choose: Callable[[Room, frozenset[Alias]], Alias]
    ) -> Seat:
        """The seat of a member with another alias, which `choose` finds. Raises UnknownRoom, also for no member."""
        with self._writing() as connection:
            room, seat = known(room_in(connection, room_id)), seat_in(connection, room_id, member_id)
            if seat is None:
                raise UnknownRoom
            first, second = choose(room, aliases_in(connection, room_id))
            mine = (MEMBERS.c.room == room_id, MEMBERS.c.id == member_id)
            connection.execute(update(MEMBERS).where(*mine).values(first=first, second=second))
        return Seat(member_id, (first, second), seat.joined_at)

    def answer(self, room_id: str, given: Given, check: Callable[[Room], None]) -> None:
        """Keep the answer of a member, in the place of a former one, unless `check` refuses by raising.

        Raises UnknownRoom, also for one who is no member of the room.
        """
        row = {"room": room_id, "block": given.block, "member": given.member, "choice": given.choice}
        keep = put(ANSWERS).values(row)
        keep = keep.on_conflict_do_update(
            index_elements=["room", "block", "member"], set_={"choice": given.choice}
        )
        with self._writing() as connection:
            check(known(room_in(connection, room_id)))
            if seat_in(connection, room_id, given.member) is None:
                raise UnknownRoom
            connection.execute(keep)

    def answers_of(self, room_id: str, member_id: str) -> dict[str, str]:
        """What a member answered, by block."""
        mine = (ANSWERS.c.room == room_id, ANSWERS.c.member == member_id)
        with self._engine.connect() as connection:
            found = connection.execute(select(ANSWERS.c.block, ANSWERS.c.choice).where(*mine))
            return {row.block: row.choice for row in found}

    def counts(self, room_id: str, block: str) -> dict[str, int]:
        """How often each choice was made that anybody made."""
        here = (ANSWERS.c.room == room_id, ANSWERS.c.block == block)
        wanted = select(ANSWERS.c.choice, func.count().label("times")).where(*here).group_by(ANSWERS.c.choice)
        with self._engine.connect() as connection:
            return {row.choice: row.times for row in connection.execute(wanted)}

    def all_counts(self, room_id: str) -> dict[str, dict[str, int]]:
        """The same for every question of a room, by its block."""
        times = func.count().label("times")
        wanted = select(ANSWERS.c.block, ANSWERS.c.choice, times).where(ANSWERS.c.room == room_id)
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        with self._engine.connect() as connection:
            for row in connection.execute(wanted.group_by(ANSWERS.c.block, ANSWERS.c.choice)):
                found[row.block][row.choice] = row.times
        return found

    def pulse(self, room_id: str) -> Pulse | None:
        """What changes in a room, in one query; None where it never was or is erased."""
        members = select(func.count()).where(MEMBERS.c.room == ROOMS.c.id).scalar_subquery()
        answered = select(func.count()).where(ANSWERS.c.room == ROOMS.c.id, ANSWERS.c.block == ROOMS.c.block)
        wanted = select(ROOMS.c.turn, members, answered.scalar_subquery()).where(ROOMS.c.id == room_id)
        with self._engine.connect() as connection:
            found = connection.execute(wanted).one_or_none()
        return Pulse(*found) if found else None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that is the only one to write. Threads queue up here: SQLite would have them poll."""
        with self._one_writes, told_plainly(), begun(self._engine, IMMEDIATE) as connection:
            yield connection

    def _empty_the_log(self) -> None:
        """Leave nothing of what was erased in the write-ahead file; a reader may put that off to the next time."""
        with self._one_writes, self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def rooms_file() -> Path:
    """Where the rooms are kept: the file that AFTERWORD_ROOMS names, else one in the user's data folder.

    Raises StoreUnavailable.
    """
    named = os.environ.get("AFTERWORD_ROOMS")
    try:
        return Path(named).expanduser() if named else data_folder() / FILE
    except (OSError, RuntimeError) as error:
        raise StoreUnavailable(f"There is no place for the rooms: {error}") from error


def open_rooms(file: Path) -> Rooms:
    """The rooms in that file, which is made or, where it is of another form, made anew. Raises StoreUnavailable."""
    try:
        if form_of(file) not in {None, FORM}:
            remove_database(file)
        file.touch(mode=0o600)
        file.chmod(0o600)
        engine = create_engine(URL.create("sqlite", database=str(file)), pool_size=THREADS_AT_ONCE)
        event.listen(engine, "connect", set_sqlite)
        with told_plainly(), begun(engine, IMMEDIATE) as connection:
            METADATA.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={FORM}")
            connection.exec_driver_sql(f"PRAGMA application_id={OURS}")
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StoreUnavailable(f"The rooms' file {file} cannot be opened: {reason_of(error)}") from error
    return Rooms(engine)


def form_of(file: Path) -> int | None:
    """The form of a rooms' file; None where there is none yet. Raises StoreUnavailable for any other file."""
    if not file.exists() or file.stat().st_size == 0:
        return None
    with closing(sqlite3.connect(file)) as connection:
        owner, form = (
            connection.execute(f"PRAGMA {p}").fetchone()[0] for p in ("application_id", "user_version")
        )
    if owner != OURS:
        raise StoreUnavailable(f"{file} is no rooms' file and was left alone; correct AFTERWORD_ROOMS.")
    return int(form)


def room_in(connection: Connection, room_id: str) -> Room | None:
    """One room as this transaction sees it."""
    found = connection.scalar(select(ROOMS.c.document).where(ROOMS.c.id == room_id))
    return read_kept_room(found) if found else None


def known(room: Room | None) -> Room:
    """The room. Raises UnknownRoom where there is none."""
    if room is None:
        raise UnknownRoom
    return room


def seat_in(connection: Connection, room_id: str, member_id: str) -> Seat | None:
    """One member as this transaction sees them."""
    wanted = select(MEMBERS).where(MEMBERS.c.room == room_id, MEMBERS.c.id == member_id)
    row = connection.execute(wanted).one_or_none()
    return Seat(row.id, (row.first, row.second), datetime.fromisoformat(row.joined_at)) if row else None


def aliases_in(connection: Connection, room_id: str) -> frozenset[Alias]:
    """The aliases that are taken in a room."""
    taken = select(MEMBERS.c.first, MEMBERS.c.second).where(MEMBERS.c.room == room_id)
    return frozenset((row.first, row.second) for row in connection.execute(taken))


def columns_of(room: Room) -> dict[str, object]:
    """A room's row, but for its id and its leader."""
    return {
        "code": room.code,
        "is_open": room.ended_at is None,
        "turn": room.turn,
        "block": room.block,
        "ends_at": stamp(ends_at(room)),
        "erase_at": stamp(erase_at(room)),
        "document": dump_room(room),
    }


def row_of(seat: Seat) -> dict[str, object]:
    """A member's row, but for the room."""
    first, second = seat.alias
    return {"id": seat.id, "first": first, "second": second, "joined_at": stamp(seat.joined_at)}
