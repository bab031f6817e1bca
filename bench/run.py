"""Measures how quick the running app is, beside bare Streamlit apps: `python3 start.py bench`."""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from bench import clicks, many, memory, pages, plans, room, sessions, starting, ticks, visit
from bench.asked import Asked
from bench.figure import Figure
from bench.picture import picture_of
from bench.serving import ROOT
from bench.table import table_of, write_between

PAPER = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "pictures" / "performance.svg"
SHOWN = "![How much of what is allowed each figure takes](pictures/performance.svg)"
USUAL_COUNT, USUAL_MINUTES = 200, 20.0
Measure = Callable[[Asked], list[Figure]]

# In the order of the table; what needs calm first.
MEASURES: dict[str, Measure] = {
    "ticks": ticks.measure,
    "clicks": clicks.measure,
    "many": many.measure,
    "starting": starting.measure,
    "visit": visit.measure,
    "plans": plans.measure,
    "pages": pages.measure,
    "sessions": sessions.measure,
    "room": room.measure,
    "memory": memory.measure,
}


@dataclass
class Report:
    """The figures that were found, and which measurings failed and why."""

    asked: Asked
    file: Path | None = None
    figures: list[Figure] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    def fill(self, names: Iterable[str]) -> None:
        """Measure all of these; one that fails takes none of the others with it."""
        for name in names:
            began = time.monotonic()
            try:
                self.figures += MEASURES[name](self.asked)
            except Exception as error:
                traceback.print_exc()
                self.failed[name] = f"{type(error).__name__}: {error}".splitlines()[0]
            say(f"{name}: {time.monotonic() - began:.0f} s")
            gc.collect()
            self.keep()

    def keep(self) -> None:
        """Write what was found so far, if a file was named."""
        if self.file:
            found = [figure.as_json() for figure in self.figures]
            self.file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")

    def words(self) -> str:
        """On what it was found, and the table."""
        on = f"{cores(os.cpu_count() or 1)}, Python {platform.python_version()}, Streamlit {st.__version__}"
        lost = "".join(f"\n\nNot measured: {name} ({why})." for name, why in self.failed.items())
        return f"On a machine with {on}.\n\n{table_of(self.figures)}{lost}"


def cores(count: int) -> str:
    """How many cores, in words."""
    return {1: "one core", 2: "two cores", 4: "four cores"}.get(count, f"{count} cores")


def read_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="start.py bench", description="Measure how quick the app is.")
    parser.add_argument("--count", type=rounds, default=USUAL_COUNT, help="rounds, %(default)s if not given")
    parser.add_argument(
        "--minutes",
        type=float,
        default=USUAL_MINUTES,
        help="of sessions that come and go, %(default)s if not given",
    )
    parser.add_argument(
        "--only", nargs="+", choices=[*MEASURES], default=[*MEASURES], metavar="NAME", help="only these"
    )
    parser.add_argument("--quick", action="store_true", help="the least of everything, to see that it runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures for other programs")
    parser.add_argument("--write", action="store_true", help="put the table and its picture into docs/")
    return parser.parse_args(argv)


def rounds(text: str) -> int:
    """Read --count."""
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f'"{text}" is no number of rounds')
    return int(text)


def say(words: str) -> None:
    """Tell the person something at once."""
    print(words, flush=True)  # noqa: T201 - a command that prints what it found


def measured(args: argparse.Namespace) -> Report:
    """The report on what was asked for."""
    with tempfile.TemporaryDirectory() as folder:
        report = Report(Asked(Path(folder), args.count, args.minutes, args.quick), args.json)
        gc.collect()
        gc.freeze()  # a collection of our own would be taken for the server's time
        report.fill(name for name in MEASURES if name in args.only)
    return report


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write if asked to; the result is the exit status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that no server is left behind either way
    args = read_arguments(argv)
    say(f"Measuring {', '.join(args.only)} ...")
    try:
        report = measured(args)
    except KeyboardInterrupt:
        return 130
    say(report.words())
    if args.write:
        write_between(PAPER, f"{report.words()}\n\n{SHOWN}")
        PICTURE.write_text(picture_of(report.figures), "utf-8")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
