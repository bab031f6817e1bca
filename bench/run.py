"""Measures how quick the running app is, beside a bare Streamlit app: `python3 start.py bench`."""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import platform
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import streamlit as st

from afterword.content import load_handbook
from bench.client import Answer, NoSuchPage, visiting
from bench.serving import ROOT, served
from bench.stock import ZONE, Stock
from bench.table import Row, table_of, write_between

PAPER = ROOT / "docs" / "bench.md"
FEW, MANY = 3, 60
USUAL_COUNT, USUAL_MINUTES = 200, 10.0
UNCOUNTED = 2  # rounds in which everything is met for the first time
PAUSE = 0.02  # seconds between two requests, in which a server ends what the last one left it to do
LETTER = "e"  # finds nearly everything, so that as much as possible is drawn again
ITEM, THANKS = "notes-per-person", "send-thanks"  # of content/checklist.toml
LOGGED = ["note", "thank_you"]


class Bench:
    """The servers to measure, by their addresses, and what was found about them so far."""

    def __init__(self, bare: str, few: str, many: str, stock: Stock) -> None:
        self.bare, self.few, self.many, self.stock = bare, few, many, stock
        self.found: defaultdict[Row, list[Answer]] = defaultdict(list)
        self.words = {item.id: item.words for phase in load_handbook().phases for item in phase.items}
        self.has_timeline = True

    async def measure(self, count: int, seconds: float) -> None:
        """So many rounds, or as many as can be begun in that time but one at least."""
        self.has_timeline = await self.finds_timeline()
        for _ in range(UNCOUNTED):
            await self.round()
        self.found.clear()
        until = time.monotonic() + seconds
        for number in range(count):
            if number and time.monotonic() > until:
                break
            await self.round()

    async def round(self) -> None:
        """Everything once, so that a machine that slows down slows the bare app down as well."""
        await self.use_bare_app()
        await self.open_page(Row.TODAY_FEW, f"{self.few}/")
        await self.open_page(Row.TODAY_MANY, f"{self.many}/")
        await self.search()
        if self.has_timeline:
            await self.open_page(Row.TIMELINE, f"{self.many}/timeline")
        await self.tick()

    async def use_bare_app(self) -> None:
        """Open the bare app, tick its box, click its button."""
        async with visiting(self.bare, ZONE) as visitor:
            await self.note(Row.BARE_OPENING, visitor.open())
            await self.note(Row.BARE_TICK, visitor.tick("Tick"))
            await self.note(Row.BARE_CLICK, visitor.click("Click"))

    async def open_page(self, row: Row, address: str) -> None:
        """Open a page in a new session."""
        async with visiting(address, ZONE) as visitor:
            await self.note(row, visitor.open())

    async def search(self) -> None:
        """Open Applications and type a letter."""
        async with visiting(f"{self.many}/applications", ZONE) as visitor:
            await self.note(Row.APPLICATIONS, visitor.open())
            await self.note(Row.SEARCH, visitor.type("Search", LETTER))

    async def tick(self) -> None:
        """Open an application that is new, tick an item and a thank-you. Raises RuntimeError if that was in vain."""
        self.stock.renew()
        async with visiting(f"{self.many}/application?id={self.stock.to_tick.id}", ZONE) as visitor:
            await self.note(Row.APPLICATION, visitor.open())
            await self.note(Row.ITEM_TICK, visitor.tick(self.words[ITEM]))
            await self.note(Row.THANKS_TICK, visitor.tick(self.words[THANKS].rstrip(".")))
        if self.stock.logged() != LOGGED:
            raise RuntimeError(f"Two boxes were ticked, and the log holds {self.stock.logged()}")

    async def note(self, row: Row, asked: Awaitable[Answer]) -> None:
        """Wait a moment, ask, and keep what the answer cost."""
        await asyncio.sleep(PAUSE)
        self.found[row].append(await asked)

    async def finds_timeline(self) -> bool:
        """Whether this app has its page Timeline."""
        async with visiting(f"{self.many}/timeline", ZONE) as visitor:
            try:
                await visitor.open()
            except NoSuchPage:
                return False
        return True

    def report(self) -> str:
        """What was found: in how many rounds and on what, then the table."""
        rounds = len(self.found[Row.BARE_OPENING])
        on = f"{cores(os.cpu_count() or 1)}, Python {platform.python_version()}, Streamlit {st.__version__}"
        said = f"Rounds: {rounds}, on a machine with {on}."
        without = "" if self.has_timeline else "\n\nThere is no page Timeline yet, so it was left out."
        return f"{said}\n\n{table_of(self.found)}{without}"


def cores(count: int) -> str:
    """How many cores, in words."""
    return {1: "one core", 2: "two cores", 4: "four cores"}.get(count, f"{count} cores")


@contextmanager
def started() -> Iterator[Bench]:
    """The bare app and the app with few and with many applications, all serving, and gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bare = stack.enter_context(served("bench.bare_server", folder / "bare"))
        stock_of_few = stack.enter_context(closing(Stock(folder / "few", FEW)))
        stock = stack.enter_context(closing(Stock(folder / "many", MANY)))
        few, many = (
            stack.enter_context(served("server", one.folder, **one.settings)) for one in (stock_of_few, stock)
        )
        for server in (bare, few, many):
            server.wait()
        yield Bench(bare.address, few.address, many.address, stock)


def read_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="start.py bench", description="Measure how quick the app is.")
    parser.add_argument("--count", type=rounds, default=USUAL_COUNT, help="rounds, %(default)s if not given")
    parser.add_argument(
        "--minutes",
        type=float,
        default=USUAL_MINUTES,
        help="begin no round after these, %(default)s if not given",
    )
    parser.add_argument("--write", action="store_true", help="put the table into docs/bench.md as well")
    return parser.parse_args(argv)


def rounds(text: str) -> int:
    """Read --count."""
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f'"{text}" is no number of rounds')
    return int(text)


def say(words: str) -> None:
    """Tell the person something at once."""
    print(words, flush=True)  # noqa: T201 - a command that prints what it found


def measured(count: int, minutes: float) -> str:
    """The report on so many rounds, or on as many as can be begun in so many minutes."""
    with started() as bench:
        gc.collect()
        gc.freeze()  # a collection of our own would be taken for the server's time
        asyncio.run(bench.measure(count, minutes * 60))
    return bench.report()


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write if asked to; the result is the exit status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that no server is left behind either way
    args = read_arguments(argv)
    say(f"Measuring {args.count} rounds, in {args.minutes:g} minutes at most ...")
    try:
        report = measured(args.count, args.minutes)
    except KeyboardInterrupt:
        return 130
    say(report)
    if args.write:
        write_between(PAPER, report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
