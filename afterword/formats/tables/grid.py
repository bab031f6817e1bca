"""A file that somebody keeps a table in, as a grid of cells: CSV in any encoding, XLSX, XLS or ODS."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

from afterword.domain.errors import InvalidApplication, Problem
from afterword.formats.tables import apart
from afterword.formats.tables.text import rows_of_text

Cell: TypeAlias = str | int | float | bool | date  # a datetime is a date too
MOST_BYTES = 12 * 1024 * 1024
MOST_NAMED = 10  # hidden sheets that a remark names
LONGEST_WAIT = 30  # seconds; the reader ends itself after four of work, where the system lets it
READER = Path(apart.__file__)
ENDINGS = ("csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods")


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one sheet as they stand; `remark` says what had to be decided to read them."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    remark: str = ""


def is_workbook(data: bytes) -> bool:
    """Whether it begins as a packed or an old Excel file does."""
    return data.startswith((apart.ZIP, apart.OLE))


def read_grids(data: bytes) -> tuple[Grid, ...]:
    """Every sheet that has anything in it. Raises InvalidApplication with a sentence for what cannot be read."""
    if len(data) > MOST_BYTES:
        raise refused(f"is larger than {MOST_BYTES // 1024**2} MB, the most that can be read as a table")
    grids = sheets_of(data) if is_workbook(data) else (text_grid(data),)
    filled = tuple(grid for grid in grids if any(cell != "" for row in grid.rows for cell in row))
    if not filled:
        raise refused("has no table in it; nothing stands in its cells")
    return filled


def text_grid(data: bytes) -> Grid:
    """The one sheet that text is. Raises InvalidApplication."""
    rows, remark = rows_of_text(data)
    return Grid("", tuple(map(tuple, rows)), remark)


def sheets_of(data: bytes) -> tuple[Grid, ...]:
    """The sheets of a workbook, read by a program of its own. Raises InvalidApplication."""
    said = read_apart(data)
    if "problem" in said:
        raise refused(said["problem"])
    remark = hidden_remark(said["hidden"])
    sheets = tuple(
        Grid(sheet["name"], tuple(tuple(map(cell_of, row)) for row in sheet["rows"]), remark)
        for sheet in said["sheets"]
    )
    if remark and not any(grid.rows for grid in sheets):
        raise refused(f"has no table in the sheets that are shown. {remark}")
    return sheets


def hidden_remark(names: list[str]) -> str:
    """What is said of hidden sheets; nothing where there are none."""
    if not names:
        return ""
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    which = ", ".join(names[:MOST_NAMED]) + more
    return f"Hidden sheets were not read: {which}; show them in your spreadsheet program to bring them in."


def read_apart(data: bytes) -> dict[str, Any]:
    """What the program for workbooks says; a problem where it gave up or took too long."""
    try:
        done = subprocess.run(  # noqa: S603 - our own file, run by our own Python
            [sys.executable, "-I", str(READER)],
            input=data,
            capture_output=True,
            timeout=LONGEST_WAIT,
            check=False,
        )
        said: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return {"problem": apart.TOO_MUCH}
    return said


def cell_of(value: Any) -> Cell:
    """A cell as JSON held it."""
    if isinstance(value, list):
        kind, text = value
        return datetime.fromisoformat(text) if kind == "datetime" else date.fromisoformat(text)
    return value  # type: ignore[no-any-return]  # text, a number, or yes or no


def refused(sentence: str) -> InvalidApplication:
    """The exception for the one thing that is wrong with the whole file."""
    return InvalidApplication((Problem("", sentence),))
