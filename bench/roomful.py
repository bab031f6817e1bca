"""A room with its leader and its members as real sessions, each with what their browser's component does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from bench.client import Client, visiting

KEEPER = "afterword_keeper"  # the component that a guest's own browser answers with
LINE = "afterword_room"  # the component that listens to a room
POSTER = "afterword_poster"  # the component that shows the join code
DOOR = "join"
IS_IN = "Your answer is in."


Somebody = TypeVar("Somebody", bound="Member")


class NotConfirmed(Exception):
    """The page did not say that an answer is in; the message is what it says."""


@dataclass
class Member:
    """Somebody in the room. `seen` says when which turn was on their screen, by time.perf_counter."""

    visitor: Client
    address: str
    seen: dict[int, float] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def turn(self) -> int:
        """The turn of the room that is on the screen."""
        return turn_of(self.visitor)

    def note(self) -> None:
        """Write down what is on the screen now."""
        turn, now = self.turn, time.perf_counter()
        if turn not in self.seen:
            self.seen[turn] = now
            self.changed.set()
            self.changed = asyncio.Event()

    async def at(self, turn: int) -> float:
        """When that turn of the room, or a later one, was on the screen."""
        while not (times := [when for seen, when in self.seen.items() if seen >= turn]):
            await self.changed.wait()
        return min(times)

    @property
    def options(self) -> list[str]:
        """What the question on the screen offers."""
        return list(self.visitor.page.widget("radio", "").content.options)

    async def answer(self, option: str) -> float:
        """Tap an option; how many seconds it took to be confirmed. Raises NotConfirmed where it was not."""
        tapped = time.perf_counter()
        await self.visitor.choose("", option)
        taken = time.perf_counter() - tapped
        self.note()
        if IS_IN not in self.visitor.page.text:
            raise NotConfirmed(self.visitor.page.text)
        return taken

    async def listen(self) -> None:
        """What the component does: have its part drawn again with all news that is not on the screen."""
        data = self.visitor.component(LINE).data
        moves = data["moves"]
        async for words in news(self.address, data["room"], "?moves" if moves else ""):
            # The component is gone while another page is drawn, and it waits for no answer.
            with suppress(LookupError, TimeoutError):
                drawn = self.visitor.component(LINE).data["drawn"]
                if drawn != (words.split()[0] if moves else words):
                    await self.visitor.component(LINE).trigger("news", words)
                    self.note()


class Leader(Member):
    """Who leads, at the page that opening the room led to; what comes in from the room is drawn there too."""

    @property
    def room(self) -> str:
        """The room's id, from the address."""
        return parse_qs(self.visitor.page.query)["room"][0]

    @property
    def code(self) -> str:
        """The join code, as the page shows it."""
        return str(self.visitor.component(POSTER).data["code"]).replace(" ", "")


def turn_of(visitor: Client) -> int:
    """The turn of the room that a page shows."""
    return int(visitor.component(LINE).data["drawn"].split()[0])


async def news(address: str, room: str, query: str = "") -> AsyncIterator[str]:
    """What the server tells of a room, line by line as it comes, until it is erased or the server ends."""
    where = urlsplit(address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    try:
        writer.write(f"GET /room/{room}/events{query} HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode())
        while line := await reader.readline():
            if line.startswith(b"data: "):
                yield line.decode().removeprefix("data: ").strip()
    finally:
        writer.close()


@asynccontextmanager
async def listening(member: Somebody) -> AsyncIterator[Somebody]:
    """The same, whose browser listens to the room meanwhile."""
    member.note()
    ear = asyncio.create_task(member.listen())
    try:
        yield member
    finally:
        ear.cancel()
        with suppress(asyncio.CancelledError):
            await ear


async def arrive(visitor: Client) -> None:
    """Open the page as a guest whose browser keeps nothing yet, and says so."""
    await visitor.open()
    await visitor.component(KEEPER).trigger("kept", {"texts": {}, "ends_after": 0})


@asynccontextmanager
async def leading(address: str, key: str, agenda: str = "") -> AsyncIterator[Leader]:
    """Somebody who opens a room with the leader's key; of the agenda whose title begins so, else the first one."""
    async with visiting(f"{address}/workshop") as visitor:
        await arrive(visitor)
        await visitor.type("Leader's key", key)
        if agenda:
            await visitor.choose("Agenda", agenda)
        await visitor.click("Open a room")
        async with listening(Leader(visitor, address)) as leader:
            yield leader


@asynccontextmanager
async def joining(address: str, code: str, cookie: str = "") -> AsyncIterator[Member]:
    """Somebody who joins by the address that the code to scan holds, and whose browser listens from then on."""
    async with visiting(f"{address}/{DOOR}?code={code}", cookie=cookie) as visitor:
        await arrive(visitor)
        async with listening(Member(visitor, address)) as member:
            yield member
