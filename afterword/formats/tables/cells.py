"""A cell as the text that a person sees in it."""

from __future__ import annotations

from datetime import date, datetime, time

from afterword.formats.formulas import unguarded
from afterword.formats.tables.grid import Cell

NOTHING = frozenset({"n/a", "na", "-", "–", "—", "none", "null", "#n/a", "k.a.", "k. a."})
ERRORS = (
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NULL!",
    "#NUM!",
    "#BEZUG!",
    "#WERT!",
    "#NOMBRE?",
    "#NOM?",
)


def text_in(cell: Cell) -> str:
    """The text of a foreign cell, empty where it says that there is nothing."""
    text = shown(cell).strip()
    return "" if text.casefold() in NOTHING else text


def shown(cell: Cell) -> str:
    """A cell as a person sees it: a whole number without its point, a day in ISO 8601."""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return unguarded(str(cell))
