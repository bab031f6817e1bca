"""A file with a table: what it is recognised as, how it is to be read, and what all its rows come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from afterword.domain.model import Application, Entry
from afterword.domain.table import Answers, Column, Doubt, Field, RowProblem, RowRead, TableForm
from afterword.formats.tables.columns import columns_of, is_jobsync
from afterword.formats.tables.grid import Grid, read_grids
from afterword.formats.tables.layout import Laid, laid_out
from afterword.formats.tables.own import OwnRows, read_own
from afterword.formats.tables.reading import Wanted, column_doubts, read_rows, unanswered

JOBSYNC = "JobSync"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it was first understood; `known_as` names the form it was recognised by."""

    name: str
    laid: Laid
    columns: tuple[Column, ...]
    known_as: str = ""
    answers: Answers = field(default_factory=dict)

    @property
    def fields_known(self) -> int:
        """How many of its columns are taken for something."""
        return sum(column.field not in {Field.KEEP, Field.LEAVE} for column in self.columns)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it was first understood: our own rows, or the sheets of somebody else's.

    `remark` says what of our own was not read; sheets have their own.
    """

    own: OwnRows | None
    sheets: tuple[Sheet, ...] = ()
    remark: str = ""

    @property
    def likeliest(self) -> int:
        """Which sheet holds most of what can be taken up."""
        return max(range(len(self.sheets)), key=lambda n: (self.sheets[n].fields_known, -n), default=0)


@dataclass(slots=True)
class Found:
    """What the rows that were read so far come to."""

    applications: list[tuple[int, Application]] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    rows: int = 0

    def add(self, read: RowRead) -> None:
        """Count one more row."""
        self.rows += 1
        if read.application is not None and not read.problems:
            self.applications.append((read.row, read.application))
        self.problems.extend(read.problems)
        self.doubts.extend(read.doubts)

    def open_doubts(self, answers: Answers) -> tuple[Doubt, ...]:
        """The doubts that nobody has answered yet, those of whole columns first."""
        return unanswered(self.doubts, answers)


def understood(data: bytes, zone: str, kept: Iterable[TableForm] = ()) -> Incoming:
    """A file as far as it explains itself. Raises InvalidApplication with a sentence for what cannot be read."""
    grids = read_grids(data)
    own = read_own(grids, zone)
    if own is not None:
        return Incoming(own, remark=grids[0].remark)
    return Incoming(None, tuple(sheet_of(grid, tuple(kept)) for grid in grids))


def sheet_of(grid: Grid, kept: tuple[TableForm, ...]) -> Sheet:
    """One sheet, read by a form that was kept where its headings are the same."""
    laid = laid_out(grid)
    columns = columns_of(laid)
    form = next((form for form in kept if form.headings == laid.headings), None)
    if form is not None:
        as_kept = tuple(
            Column(c.place, c.heading, f, c.examples) for c, f in zip(columns, form.fields, strict=True)
        )
        return Sheet(grid.name, laid, as_kept, form.name, dict(form.answers))
    return Sheet(grid.name, laid, columns, JOBSYNC if is_jobsync(laid) else "")


def rows_read(
    sheet: Sheet, columns: tuple[Column, ...], answers: Answers, now: datetime, zone: str
) -> Iterator[Found]:
    """What the rows come to: the same thing again and again, with one more row in it each time."""
    wanted = Wanted(columns, answers, now, zone)
    found = Found(doubts=list(column_doubts(sheet.laid, wanted)))
    yield found
    for read in read_rows(sheet.laid, wanted):
        found.add(read)
        yield found


def all_of_own(own: OwnRows) -> Found:
    """What our own rows come to."""
    found = Found(entries=own.entries, problems=list(own.problems))
    for read in own.rows:
        found.add(read)
    return found


def whole(sheet: Sheet, columns: tuple[Column, ...], answers: Answers, now: datetime, zone: str) -> Found:
    """What all rows come to."""
    found = Found()
    for found in rows_read(sheet, columns, answers, now, zone):  # noqa: B007 - the last one is it
        pass
    return found


def lacks_company(columns: Iterable[Column]) -> bool:
    """Whether no column holds the company."""
    return not any(column.field in {Field.COMPANY, Field.COMPANY_AND_ROLE} for column in columns)


def kept_form(name: str, columns: Iterable[Column], answers: Answers) -> TableForm:
    """How a table was read, to be kept under a name; answers about single cells are of this file alone."""
    every = tuple(columns)
    lasting = tuple((k, a) for k, a in answers.items() if k.endswith(("-order", "-split")))
    return TableForm(
        name=name,
        headings=tuple(c.heading for c in every),
        fields=tuple(c.field for c in every),
        answers=lasting,
    )
