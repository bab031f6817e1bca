"""The table of what was measured, to print and to put into docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.figure import Figure

START, END = "<!-- measured by bench/run.py -->", "<!-- end of what was measured -->"
HEADINGS = ("", "median", "bare app", "ratio", "to reach", "reached", "95th percentile", "server's CPU", "n")
Line = tuple[str, ...]
MET = {True: "yes", False: "no", None: ""}


def table_of(figures: Sequence[Figure]) -> str:
    """The table in Markdown, its columns aligned so that it also reads as text."""
    lines = [HEADINGS, *(line_of(figure) for figure in figures)]
    # A column of Markdown takes three signs at least.
    widths = [max(3, *(len(line[column]) for line in lines)) for column in range(len(HEADINGS))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    aligned = [aligned_line(line, widths) for line in lines]
    return "\n".join((aligned[0], f"| {' | '.join(rule)} |", *aligned[1:]))


def aligned_line(line: Line, widths: Sequence[int]) -> str:
    """A line with its name to the left and its numbers to the right."""
    name, *numbers = line
    cells = [name.ljust(widths[0])] + [n.rjust(width) for n, width in zip(numbers, widths[1:], strict=True)]
    return f"| {' | '.join(cells)} |"


def line_of(figure: Figure) -> Line:
    """The cells of one figure."""
    return (
        figure.name,
        amount(figure.value, figure.unit),
        amount(figure.bare, figure.unit),
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        goal_of(figure),
        MET[figure.met],
        amount(figure.p95, figure.unit if figure.unit or figure.p95 is None else "ms"),
        amount(figure.cpu, "ms"),
        str(figure.count),
    )


def goal_of(figure: Figure) -> str:
    """What was to be reached, in words."""
    if figure.goal is None:
        return ""
    unit = "times" if figure.bare is not None else figure.unit
    return f"{'at least' if figure.at_least else 'at most'} {figure.goal:g} {unit}".strip()


def amount(value: float | None, unit: str) -> str:
    """A number as long as it tells something, with its unit; nothing where it is not known."""
    if value is None:
        return ""
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{digits}f} {unit}".strip()


def write_between(file: Path, words: str) -> None:
    """Put words between the two markers of a file. Raises ValueError if it has not got them."""
    before, start, rest = file.read_text("utf-8").partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise ValueError(f"{file} lacks the lines {START} and {END}")
    file.write_text(f"{before}{START}\n\n{words}\n\n{END}{after}", "utf-8")
