"""Today with 10,000 applications beside Today with 100."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field

from bench.asked import Asked
from bench.client import visiting
from bench.figure import Figure, Values
from bench.memory import LOADED
from bench.series import Series
from bench.serving import Server, served
from bench.stock import ZONE, Stock, stocked
from bench.ticks import THANKED

FEW, MANY = 100, 10_000
COLD = 5  # servers that are asked for their first page
SECONDS = 150.0


@dataclass
class Sizes:
    """Two servers by the number of their applications, and what was found about them."""

    servers: dict[int, tuple[Server, Stock]]
    opened: defaultdict[int, Series] = field(default_factory=lambda: defaultdict(Series))
    ticked: defaultdict[int, Series] = field(default_factory=lambda: defaultdict(Series))

    async def measure(self, rounds: Iterable[int]) -> None:
        """Both sizes once a round."""
        await self.round()
        self.opened.clear()
        self.ticked.clear()
        for _ in rounds:
            await self.round()

    async def round(self) -> None:
        """Open Today once nothing has changed since it was opened before, and tick what stands first."""
        for size, (server, stock) in self.servers.items():
            stock.renew_first()
            async with visiting(server.address, ZONE) as visitor:
                await visitor.open()
                await self.ticked[size].note(server, visitor.click(THANKED))
            async with visiting(server.address, ZONE) as visitor:
                await self.opened[size].note(server, visitor.open())


async def first_ms(server: Server) -> float:
    """How long the first Today of a server takes that has loaded what it needs, in milliseconds."""
    await asyncio.sleep(LOADED)
    async with visiting(server.address, ZONE) as visitor:
        return (await visitor.open()).ms


def cold(stock: Stock, asked: Asked) -> Values:
    """The first Today of servers that were just started."""
    found = []
    for _ in asked.rounds(COLD):
        with served("server", stock.folder, **stock.settings) as server:
            server.wait()
            found.append(asyncio.run(first_ms(server)))
    return Values(found)


def measure(asked: Asked) -> list[Figure]:
    """A tick and a warm opening of both sizes, and the cold one of the large."""
    with ExitStack() as stack:
        servers = {}
        for size in (FEW, FEW * 2 if asked.quick else MANY):
            stock = stack.enter_context(stocked(asked.folder / f"of-{size}", size))
            server = stack.enter_context(served("server", stock.folder, **stock.settings))
            server.wait()
            servers[size] = (server, stock)
        sizes = Sizes(servers)
        asyncio.run(sizes.measure(asked.rounds(seconds=SECONDS)))
        few, many = servers
        first = cold(servers[many][1], asked)
    return [
        sizes.ticked[many].ms.figure(
            "A tick on Today, 10,000 applications beside 100", "ms", 1.2, sizes.ticked[few].ms
        ),
        sizes.opened[many].ms.figure(
            "Today opened warm, 10,000 applications beside 100", "ms", 1.2, sizes.opened[few].ms
        ),
        first.figure("Today opened cold, 10,000 applications", "ms", 300),
    ]
