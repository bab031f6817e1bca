"""Telling browsers at once what changed in a room: one reading for all who listen to it, and none while nothing does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from afterword.bell import Bell
from afterword.domain.errors import StoreUnavailable

if TYPE_CHECKING:  # with the database's library, which a server loads after it has begun to serve
    from afterword.store.rooms import Pulse

REST = 0.5  # seconds: joins and answers are told twice a second at most, a leader's move at once
BREATH = 15  # seconds after which a line without news says that it is still there, and looks by itself
MOST_LINES = 2_000
ALIVE, GONE = ": still here\n\n", "event: gone\ndata:\n\n"


class TooManyLines(Exception):
    """The server holds as many lines as it can; the browser asks again by itself."""


class Line:
    """All who listen to one room."""

    def __init__(self) -> None:
        self.listeners = 0
        self.pulse: Pulse | None = None
        self.is_known = False
        self.changed = asyncio.Event()
        self.reader: asyncio.Task[None] | None = None

    def tell(self, pulse: Pulse | None) -> None:
        """Let everybody know what is."""
        self.pulse, self.is_known = pulse, True
        self.changed.set()
        self.changed = asyncio.Event()


class Teller:
    """The lines to all rooms. It lives in the server's loop; `read` may block, and is called in a thread."""

    def __init__(self, read: Callable[[str], Pulse | None], bell: Bell) -> None:
        self._read = read
        self._bell = bell
        self._lines: dict[str, Line] = {}
        self._held = 0

    async def look(self, room_id: str) -> Pulse | None:
        """What is in a room at the moment; None where it never was or is erased. Raises StoreUnavailable."""
        return await asyncio.to_thread(self._read, room_id)

    def events(self, room_id: str, only_moves: bool) -> AsyncIterator[str]:
        """An event at once and with each change, until the room is erased. Raises TooManyLines.

        Those who are told `only_moves` hear of another turn, and nothing of who joins or answers.
        """
        if self._held >= MOST_LINES:
            raise TooManyLines
        return self._events(room_id, only_moves)

    async def _events(self, room_id: str, only_moves: bool) -> AsyncIterator[str]:
        line, said = self._hold(room_id), ""
        try:
            while True:
                changed = line.changed
                if line.is_known and line.pulse is None:
                    yield GONE
                    return
                news = told(line.pulse, only_moves) if line.pulse else said
                if news != said and line.pulse:
                    said = news
                    yield f"data: {words_of(line.pulse)}\n\n"
                if not await happens(changed, BREATH):
                    yield ALIVE
        finally:
            self._let_go(room_id, line)

    def _hold(self, room_id: str) -> Line:
        self._held += 1
        line = self._lines.setdefault(room_id, Line())
        line.listeners += 1
        if line.reader is None:
            line.reader = asyncio.create_task(self._keep_reading(room_id, line))
        return line

    def _let_go(self, room_id: str, line: Line) -> None:
        self._held -= 1
        line.listeners -= 1
        if not line.listeners:
            self._lines.pop(room_id, None)
            if line.reader:
                line.reader.cancel()

    async def _keep_reading(self, room_id: str, line: Line) -> None:
        """Read once at first and after each ring; now and then without one, should another program have moved."""
        with self._bell.listening(room_id) as rung:
            while True:
                rung.forget()
                with suppress(StoreUnavailable):  # what was told last stays true until it can be read again
                    line.tell(await self.look(room_id))
                await rung.wait(BREATH, REST)


def words_of(pulse: Pulse) -> str:
    """What the browsers are told: the turn, how many joined, how many answered."""
    return f"{pulse.turn} {pulse.members} {pulse.answered}"


def told(pulse: Pulse, only_moves: bool) -> str:
    """What makes it news to a listener."""
    return str(pulse.turn) if only_moves else words_of(pulse)


async def happens(event: asyncio.Event, patience: float) -> bool:
    """Whether it happens within so many seconds."""
    try:
        async with asyncio.timeout(patience):
            await event.wait()
    except TimeoutError:
        return False
    return True
