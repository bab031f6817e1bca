"""The table of what was measured, to print and to put into docs/bench.md."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from statistics import median

from bench.client import Answer

START, END = "<!-- measured by bench/run.py -->", "<!-- end of what was measured -->"
HEADINGS = (
    "",
    "median, ms",
    "95th percentile, ms",
    "times the bare app",
    "bytes down",
    "bytes up",
    "messages",
)
Line = tuple[str, ...]


class Row(StrEnum):
    """What is measured, in the order of the table."""

    BARE_OPENING = "The bare app: opening it"
    BARE_TICK = "The bare app: ticking its box"
    BARE_CLICK = "The bare app: clicking its button"
    ITEM_TICK = "An application's page: ticking an item of the checklist"
    THANKS_TICK = "An application's page: ticking a thank-you"
    APPLICATION = "Opening an application's page"
    TODAY_FEW = "Opening Today with 3 applications"
    TODAY_MANY = "Opening Today with 60"
    APPLICATIONS = "Opening Applications with 60"
    TIMELINE = "Opening Timeline with 60"
    SEARCH = "Typing a letter into the search of Applications with 60"


# What each is compared with: opening with opening, and what changes a page with the bare app's tick.
BESIDE = dict.fromkeys(Row, Row.BARE_OPENING) | dict.fromkeys(
    (Row.BARE_TICK, Row.BARE_CLICK, Row.ITEM_TICK, Row.THANKS_TICK, Row.SEARCH), Row.BARE_TICK
)


def table_of(found: Mapping[Row, Sequence[Answer]]) -> str:
    """The table in Markdown, its columns aligned so that it also reads as text."""
    lines = [HEADINGS, *(line_of(row, found) for row in Row if found.get(row))]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    aligned = [aligned_line(line, widths) for line in lines]
    return "\n".join((aligned[0], f"| {' | '.join(rule)} |", *aligned[1:]))


def aligned_line(line: Line, widths: Sequence[int]) -> str:
    """A line with its name to the left and its numbers to the right."""
    name, *numbers = line
    cells = [name.ljust(widths[0])] + [n.rjust(width) for n, width in zip(numbers, widths[1:], strict=True)]
    return f"| {' | '.join(cells)} |"


def line_of(row: Row, found: Mapping[Row, Sequence[Answer]]) -> Line:
    """The numbers of one row; bytes and messages are medians too."""
    answers, beside = found[row], found[BESIDE[row]]
    ms = [answer.ms for answer in answers]
    times = median(ms) / median(answer.ms for answer in beside)
    sizes = (
        median(a.down for a in answers),
        median(a.up for a in answers),
        median(a.messages for a in answers),
    )
    return (
        str(row),
        f"{median(ms):.1f}",
        f"{p95(ms):.1f}",
        f"{times:.1f}",
        *(f"{size:,.0f}" for size in sizes),
    )


def p95(values: Sequence[float]) -> float:
    """The smallest value that 95 of 100 do not exceed."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def write_between(file: Path, words: str) -> None:
    """Put words between the two markers of a file. Raises ValueError if it has not got them."""
    before, start, rest = file.read_text("utf-8").partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise ValueError(f"{file} lacks the lines {START} and {END}")
    file.write_text(f"{before}{START}\n\n{words}\n\n{END}{after}", "utf-8")
