"""A tick, and Today opened, beside the bare app in the same rounds."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field

from afterword.content import load_handbook
from bench.asked import Asked
from bench.client import visiting
from bench.figure import Figure
from bench.series import Series
from bench.serving import ROOT, Server, served, served_on_defaults
from bench.stock import ZONE, Stock, stocked

ITEM, THANKS = "notes-per-person", "send-thanks"  # of content/checklist.toml
LOGGED = ["note", "thank_you"]
THANKED, UNDO = "I've thanked Mei Tan", "Undo: Mei Tan"
UNCOUNTED = 3  # rounds in which everything is met for the first time


@dataclass
class Ticks:
    """The servers, and what was found about them by the names of the rows."""

    bare: Server
    defaults: Server
    app: Server
    stock: Stock
    found: defaultdict[str, Series] = field(default_factory=lambda: defaultdict(Series))

    def __post_init__(self) -> None:
        words = {item.id: item.words for phase in load_handbook().phases for item in phase.items}
        self.item, self.thanks = words[ITEM], words[THANKS].rstrip(".")

    async def measure(self, rounds: Iterable[int]) -> None:
        """Everything once a round, so that a machine that slows down slows the bare app down as well."""
        for _ in range(UNCOUNTED):
            await self.round()
        self.found.clear()
        for _ in rounds:
            await self.round()

    async def round(self) -> None:
        """One of each."""
        await self.use_bare(self.bare, "bare")
        await self.use_bare(self.defaults, "defaults")
        await self.tick()
        await self.use_today()

    async def use_bare(self, server: Server, name: str) -> None:
        """Open the bare app and click its button."""
        async with visiting(server.address, ZONE) as visitor:
            await self.found[f"{name} opened"].note(server, visitor.open())
            await self.found[f"{name} clicked"].note(server, visitor.click("Click"))

    async def tick(self) -> None:
        """Tick an item and a thank-you of an application that is new. Raises RuntimeError if that was in vain."""
        self.stock.renew()
        async with visiting(f"{self.app.address}/application?id={self.stock.to_tick.id}", ZONE) as visitor:
            await self.found["application opened"].note(self.app, visitor.open())
            await self.found["item ticked"].note(self.app, visitor.tick(self.item))
            await self.found["thanks ticked"].note(self.app, visitor.tick(self.thanks))
        if self.stock.logged() != LOGGED:
            raise RuntimeError(f"Two boxes were ticked, and the log holds {self.stock.logged()}")

    async def use_today(self) -> None:
        """Open Today once nothing has changed, and tick what stands first there."""
        async with visiting(self.app.address, ZONE) as visitor:
            await visitor.open()
        async with visiting(self.app.address, ZONE) as visitor:
            await self.found["today opened"].note(self.app, visitor.open())
            self.stock.renew_first()
            await visitor.rerun()
            await self.found["today ticked"].note(self.app, visitor.click(THANKED))
        if self.stock.logged_first() != ["thank_you"]:
            raise RuntimeError("The first tick on Today was not kept")

    def figures(self) -> list[Figure]:
        """The rows that these make."""
        found = self.found
        bare, opened = found["bare clicked"].ms, found["bare opened"].ms
        item, thanks = found["item ticked"], found["thanks ticked"]
        defaults, today = found["defaults clicked"].ms, found["today ticked"]
        return [
            item.ms.figure("A tick that changes no plan, server", "ms", 1.5, bare),
            thanks.ms.figure("A tick that changes the plan, server", "ms", 2.2, bare),
            item.ms.figure("The first, beside the bare button on defaults", "ms", 0.15, defaults),
            found["today opened"].ms.figure("Today opened, warm, server", "ms", 3.5, opened),
            today.ms.figure("A tick on Today, with its chart, server", "ms", None, bare),
            found["application opened"].ms.figure(
                "An application's page opened after a change, server", "ms", None, opened
            ),
            item.wire.figure("Bytes down of a tick that changes nothing else, on the line", "KB", 3),
            item.down.figure("The same before compression", "KB"),
            thanks.wire.figure("Bytes down of a tick that changes the plan, on the line", "KB"),
            today.wire.figure("Bytes down of a tick with a new chart, on the line", "KB", 35),
            today.down.figure("The same with its chart, before compression", "KB"),
        ]


def measure(asked: Asked) -> list[Figure]:
    """Ticks and openings in personal mode with 200 applications, and their bytes."""
    with ExitStack() as stack:
        stock = stack.enter_context(stocked(asked.folder / "app"))
        bare = stack.enter_context(served("bench.bare_server", asked.folder / "bare"))
        loaded = ROOT / "bench" / "bare_loaded.py"
        defaults = stack.enter_context(served_on_defaults(loaded, asked.folder / "defaults"))
        app = stack.enter_context(served("server", stock.folder, **stock.settings))
        for server in (bare, defaults, app):
            server.wait()
        ticks = Ticks(bare, defaults, app, stock)
        asyncio.run(ticks.measure(asked.rounds()))
    return ticks.figures()
