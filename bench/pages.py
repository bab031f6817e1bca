"""The other pages, opened and searched, beside the bare app."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack

from bench.asked import Asked
from bench.client import visiting
from bench.figure import Figure
from bench.series import Series
from bench.serving import Server, served
from bench.stock import ZONE, stocked

ROUNDS = 50
SECONDS = 60.0
LETTER = "e"  # finds nearly everything, so that as much as possible is drawn again
OPENED = ("applications", "timeline", "write", "guide", "practice")
Found = defaultdict[str, Series]


async def used(bare: Server, app: Server, rounds: Iterable[int]) -> Found:
    """Every page opened once a round, and a letter typed into the search; the first round does not count."""
    found: Found = defaultdict(Series)
    await use(bare, app, found)
    found.clear()
    for _ in rounds:
        await use(bare, app, found)
    return found


async def use(bare: Server, app: Server, found: Found) -> None:
    """One round."""
    async with visiting(bare.address, ZONE) as visitor:
        await found["bare"].note(bare, visitor.open())
        await found["click"].note(bare, visitor.click("Click"))
    for name in OPENED:
        async with visiting(f"{app.address}/{name}", ZONE) as visitor:
            await found[name].note(app, visitor.open())
            if name == "applications":
                await found["search"].note(app, visitor.type("Search", LETTER))


def measure(asked: Asked) -> list[Figure]:
    """Pages in personal mode with 200 applications; none of them has a goal."""
    with ExitStack() as stack:
        stock = stack.enter_context(stocked(asked.folder / "pages"))
        bare = stack.enter_context(served("bench.bare_server", asked.folder / "bare-pages"))
        app = stack.enter_context(served("server", stock.folder, **stock.settings))
        for server in (bare, app):
            server.wait()
        found = asyncio.run(used(bare, app, asked.rounds(min(ROUNDS, asked.count), SECONDS)))
    opened, clicked = found["bare"].ms, found["click"].ms
    figures = [
        found[name].ms.figure(f"{name.capitalize()} opened, server", "ms", None, opened) for name in OPENED
    ]
    return [
        *figures,
        found["search"].ms.figure("A letter typed into the search, server", "ms", None, clicked),
    ]
