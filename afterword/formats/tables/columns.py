"""What each column of a table is taken for, by its heading and by what stands in it; the person may correct it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice

from afterword.domain.table import MANY, OF_DAYS, Column, Field
from afterword.formats.tables.cells import text_in
from afterword.formats.tables.dates import parts_of, plain
from afterword.formats.tables.headings import field_named
from afterword.formats.tables.layout import Laid

JOBSYNC = frozenset(
    {"createdAt", "applied", "appliedDate", "Company", "JobTitle", "jobType", "JobSource", "Status"}
)
OF_JOBSYNC = {
    "index": Field.LEAVE,  # a number that only its own table knows
    "createdAt": Field.LEAVE,  # when the row was made there, which is nothing about the job
    "applied": Field.LEAVE,  # yes exactly where there is a day
    "appliedDate": Field.APPLIED,
    "Company": Field.COMPANY,
    "JobTitle": Field.ROLE,
    "Location": Field.LOCATION,
    "Locations": Field.LOCATION,
    "JobSource": Field.SOURCE,
    "Status": Field.STATUS,
}
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
WEB = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
EXAMPLES, LOOKED_AT, MOSTLY = 3, 200, 0.8  # so many cells that are not empty, wherever they begin
YES_OR_NO = frozenset(
    {"yes", "no", "y", "n", "x", "ja", "nein", "oui", "non", "si", "true", "false", "✓", "✔"}
)


def is_jobsync(laid: Laid) -> bool:
    """Whether a table is an export of JobSync's."""
    return set(laid.headings) >= JOBSYNC


def columns_of(laid: Laid) -> tuple[Column, ...]:
    """Every column with what it is taken for; only one column holds the company, and so on."""
    cells = [cells_of(laid, place) for place in range(len(laid.headings))]
    if is_jobsync(laid):
        fields = [OF_JOBSYNC.get(heading, Field.KEEP) for heading in laid.headings]
    else:
        fields = once_each([taken_for(h, c) for h, c in zip(laid.headings, cells, strict=True)])
    return tuple(
        Column(place, heading, fields[place], tuple(cells[place][:EXAMPLES]))
        for place, heading in enumerate(laid.headings)
    )


def cells_of(laid: Laid, place: int) -> list[str]:
    """The first texts in a column that are not empty."""
    texts = (text_in(row.at(place)) for row in laid.rows)
    return list(islice((text for text in texts if text), LOOKED_AT))


def taken_for(heading: str, cells: list[str]) -> tuple[Field, bool]:
    """What a column is taken for, and whether its heading is sure of it."""
    if not cells:
        return Field.LEAVE, False
    field, sure = field_named(heading) or (by_contents(cells), False)
    if field in OF_DAYS and holds_no_days(cells):
        return Field.KEEP, False
    return field, sure


def by_contents(cells: list[str]) -> Field:
    """What a column holds whose heading says nothing."""
    tests: tuple[tuple[Field, Callable[[str], object]], ...] = (
        (Field.EMAIL, ADDRESS.fullmatch),
        (Field.LINK, WEB.fullmatch),
    )
    return next((field for field, test in tests if share(map(test, cells)) >= MOSTLY), Field.KEEP)


def holds_no_days(cells: list[str]) -> bool:
    """Whether a column that should hold days holds ticks, or whole sentences."""
    if any(parts_of(cell) for cell in cells):
        return False
    return share(plain(cell) in YES_OR_NO or len(cell) > 30 for cell in cells) >= MOSTLY


def share(holds: Iterable[object]) -> float:
    """The share of those that hold."""
    every = [bool(one) for one in holds]
    return sum(every) / len(every)


def once_each(found: list[tuple[Field, bool]]) -> list[Field]:
    """The fields, each but for a few held by one column: by the surest, else by the first; the others are kept."""
    fields: list[Field] = [Field.KEEP] * len(found)
    taken: set[Field] = set()
    for place in sorted(range(len(found)), key=lambda place: (not found[place][1], place)):
        field = found[place][0]
        if field in MANY or field not in taken:
            fields[place] = field
            taken.add(field)
    if Field.COMPANY_AND_ROLE in taken and Field.COMPANY in taken:
        fields = [Field.KEEP if field == Field.COMPANY_AND_ROLE else field for field in fields]
    return fields
