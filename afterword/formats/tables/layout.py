"""Where in a grid the table is: its headings, its rows, and what around it is no part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from afterword.domain.table import Field
from afterword.formats.tables.dates import parts_of, plain
from afterword.formats.tables.grid import Cell, Grid
from afterword.formats.tables.headings import field_named

LOOKED_AT = 25  # rows from the top in which headings are looked for
LONGEST_HEADING = 60
TOTALS = re.compile(
    r"^(grand )?(total|totals|totale|sum|summe|gesamt|gesamtsumme|insgesamt|anzahl|count|somme|suma|average|durchschnitt|moyenne|promedio)\b"
)
COUNTED = re.compile(
    r"[\s:]*((applications?|jobs?|companies|bewerbungen|candidatures|solicitudes)[\s:]*)?\d*"
)
BENEATH = re.compile(
    r"(last |zuletzt )?(updated|printed|source|page|exported|generated|stand|aktualisiert|gedruckt|quelle|seite"
    r"|mis a jour|imprime|fuente|pagina|actualizado)\b"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number as in the file, from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, place: int) -> Cell:
        """The cell in that column; an empty text where the row is shorter."""
        return self.cells[place] if place < len(self.cells) else ""

    @property
    def filled(self) -> tuple[Cell, ...]:
        """Its cells that are not empty."""
        return tuple(cell for cell in self.cells if not is_blank(cell))


@dataclass(frozen=True, slots=True)
class Laid:
    """A table as it lies in a grid; `remarks` say what was left out of it and why."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell."""
    return isinstance(cell, str) and not cell.strip()


def laid_out(grid: Grid) -> Laid:
    """The table in a grid."""
    rows = [Row(number, cells) for number, cells in enumerate(grid.rows, start=1)]
    filled = [row for row in rows if row.filled]
    top = heading_row(filled)
    if top is None:
        width = max((len(row.cells) for row in filled), default=0)
        names = tuple(f"Column {letters(place)}" for place in range(width))
        return Laid(names, tuple(filled), ("No headings were found; say what each column holds.",))
    last = top + 1 if is_second_heading(filled, top) else top
    headings = joined(filled[top], filled[last]) if last > top else names_of(filled[top])
    body = [row for row in filled[last + 1 :] if names_of(row) != names_of(filled[last])]
    kept, total = without_total(body)
    above = above_remark(filled[:top])
    headings += tuple(f"Column {letters(place)}" for place in range(len(headings), width_of(kept)))
    return Laid(headings, tuple(kept), tuple(remark for remark in (grid.remark, above, total) if remark))


def width_of(rows: list[Row]) -> int:
    """How many columns have something in them, also right of the last heading."""
    return max((place + 1 for row in rows for place, c in enumerate(row.cells) if not is_blank(c)), default=0)


def above_remark(above: list[Row]) -> str:
    """What is said of the rows over the headings."""
    if not above:
        return ""
    words = "; ".join(str(row.filled[0])[:LONGEST_HEADING] for row in above[:3])
    return f"Over the headings stood, and was left out: {words}."


def heading_row(rows: list[Row]) -> int | None:
    """Which of the first rows holds the headings: the one in which most cells name a field."""
    best = max(range(min(len(rows), LOOKED_AT)), key=lambda n: (named_in(rows[n]), -n), default=None)
    if best is None or named_in(rows[best]) == 0:
        return None
    sure = named_in(rows[best]) >= 2 or len(rows[best].filled) == 1
    if not sure or not looks_like_headings(rows[best]):
        return None
    # A table that stands over another with more headings is not what stands over the headings.
    return next((n for n in range(best - 1) if is_only_headings(rows[n])), best)


def is_only_headings(row: Row) -> bool:
    """Whether each of several cells is the name of another field, the company among them."""
    named = [field_named(str(cell)) for cell in row.filled] if looks_like_headings(row) else []
    fields = {found[0] for found in named if found and found[1]}
    return len(named) > 1 and len(fields) == len(named) and Field.COMPANY in fields


def named_in(row: Row) -> int:
    """How many of its cells name a field."""
    if not looks_like_headings(row):
        return 0
    return sum(2 if found[1] else 1 for cell in row.filled if (found := field_named(str(cell))))


def looks_like_headings(row: Row) -> bool:
    """Whether all its cells are short texts, none of them a day."""
    texts = [cell for cell in row.filled if isinstance(cell, str)]
    return len(texts) == len(row.filled) and all(
        len(text) <= LONGEST_HEADING and parts_of(text) is None for text in texts
    )


def is_second_heading(rows: list[Row], top: int) -> bool:
    """Whether the next row goes on with the headings: it names fields where the first one leaves gaps."""
    if top + 1 >= len(rows):
        return False
    first, second = rows[top], rows[top + 1]
    gaps = any(
        is_blank(first.at(place)) and not is_blank(second.at(place)) for place in range(len(second.cells))
    )
    named = sum(1 for cell in second.filled if field_named(str(cell)) or plain(str(cell)) in SUBHEADINGS)
    return gaps and looks_like_headings(second) and named * 2 >= len(second.filled) and named >= 2


SUBHEADINGS = frozenset(
    {"name", "date", "when", "who", "with", "time", "type", "day"}
    | {"datum", "zeit", "wer", "wann", "art", "nom", "qui", "quand", "nombre", "quien", "fecha"}
)


def joined(first: Row, second: Row) -> tuple[str, ...]:
    """Two rows of headings as one: what stands over several columns goes on to the right."""
    names, over = [], ""
    for place in range(max(len(first.cells), len(second.cells))):
        over = str(first.at(place)).strip() or over
        under = str(second.at(place)).strip()
        alone = field_named(under) and plain(under) not in SUBHEADINGS
        names.append(under if alone else f"{over} {under}".strip() if under else str(first.at(place)).strip())
    return tuple(unlike(names))


def names_of(row: Row) -> tuple[str, ...]:
    """The headings in a row."""
    return tuple(unlike([" ".join(str(cell).split()) for cell in row.cells]))


def unlike(names: list[str]) -> Iterator[str]:
    """The same headings, with the column's letter where one is empty or stands there twice."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        own = f"{name} ({letters(place)})" if name in seen else name or f"Column {letters(place)}"
        seen.add(name)
        yield own


def letters(place: int) -> str:
    """A column's letters, as spreadsheets show them."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def without_total(rows: list[Row]) -> tuple[list[Row], str]:
    """The rows without a last one that only counts or adds up, and what is said of it."""
    if rows and is_total(rows[-1]):
        text = " ".join(map(str, rows[-1].filled))[:LONGEST_HEADING]
        return rows[:-1], f"Row {rows[-1].number} only counts (“{text}”) and was left out."
    return rows, ""


def is_total(row: Row) -> bool:
    """Whether a row says "total" and holds nothing but numbers beside it."""
    words = [
        cell for cell in row.filled if isinstance(cell, str) and not re.fullmatch(r"[\d.,\s%€$£-]+", cell)
    ]
    if len(words) != 1 or not (found := TOTALS.match(said := plain(words[0]))):
        return False
    return COUNTED.fullmatch(said, found.end()) is not None  # Total Wine is a company


def may_count(cell: Cell) -> bool:
    """Whether a company's cell begins as that of a row does which only counts."""
    return isinstance(cell, str) and TOTALS.match(plain(cell)) is not None


def beneath(rows: tuple[Row, ...], place: int) -> frozenset[int]:
    """The numbers of the last rows that may be lines under the table: one cell each, in that column."""
    filled = (row for row in reversed(rows) if row.filled)
    return frozenset(row.number for row in takewhile(lambda row: may_stand_beneath(row, place), filled))


def may_stand_beneath(row: Row, place: int) -> bool:
    """Whether its one cell holds a digit, or begins as such lines do."""
    cell = row.at(place)
    if len(row.filled) != 1 or is_blank(cell):
        return False
    words = plain(str(cell))
    return re.search(r"\d", words) is not None or BENEATH.match(words) is not None
