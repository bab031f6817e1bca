"""What a server holds in memory: at its start, for each open session, and after many have come and gone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from bench.asked import Asked
from bench.client import visiting
from bench.figure import Figure
from bench.process import megabytes
from bench.serving import Server, served
from bench.stock import ZONE, Stock, stocked

A_CROWD = 100
THIRD = 3
CALM = 1.0  # seconds in which the server ends what it was left to do
LOADED = 4.0  # seconds after its first answer in which a server loads the rest


@dataclass
class Held:
    """The memory of one server, in megabytes, as it was found."""

    server: Server
    at_start: float = 0.0
    a_session: float = 0.0
    rounds: list[float] = field(default_factory=list)

    async def now(self) -> float:
        """What it holds once it is at rest. Raises RuntimeError where the system does not tell."""
        await asyncio.sleep(CALM)
        found = megabytes(self.server.process.pid)
        if found is None:
            raise RuntimeError("This system does not tell what memory a process holds")
        return found

    async def measure(self, size: int, rounds: Iterator[int]) -> None:
        """At the start, for each of so many open sessions, and after each round of them."""
        await asyncio.sleep(LOADED)
        self.at_start = await self.now()
        await self.one()
        before = await self.now()
        async with AsyncExitStack() as stack:
            for _ in range(size):
                visitor = await stack.enter_async_context(visiting(self.server.address, ZONE))
                await visitor.open()
            self.a_session = (await self.now() - before) / size
        for _ in rounds:
            for _ in range(size):
                await self.one()
            self.rounds.append(await self.now())

    async def one(self) -> None:
        """A session that is opened and closed."""
        async with visiting(self.server.address, ZONE) as visitor:
            await visitor.open()


def until(minutes: float) -> Iterator[int]:
    """Rounds for so long, four at least: the first ones fill what stays filled."""
    ends, number = time.monotonic() + minutes * 60, 0
    while number <= THIRD or time.monotonic() < ends:
        yield number
        number += 1


def held(asked: Asked, stock: Stock) -> Held:
    """What was found of a server with a stock, everything on Today."""
    with served("server", stock.folder, **stock.settings) as server:
        server.wait()
        found = Held(server)
        size, minutes = (4, 0.0) if asked.quick else (A_CROWD, asked.minutes)
        asyncio.run(found.measure(size, until(minutes)))
    return found


def measure(asked: Asked) -> list[Figure]:
    """At the start, an open session, and the last round beside the third."""
    with stocked(asked.folder / "held") as stock:
        found = held(asked, stock)
    rounds = found.rounds
    return [
        Figure("Memory at the start", "MB", found.at_start, 180),
        Figure("Memory of an open session", "MB", found.a_session, 0.25),
        Figure(
            f"Memory after {len(rounds)} rounds of {A_CROWD} sessions, beside the third round",
            "MB",
            rounds[-1],
            1.05,
            rounds[THIRD - 1],
            count=len(rounds),
        ),
    ]
