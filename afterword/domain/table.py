"""A table that somebody kept elsewhere: what its columns are, what in it is doubtful, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from afterword.domain.model import Application


class Field(StrEnum):
    """What a column holds. KEEP puts "heading: text" into the notes, LEAVE leaves it out."""

    COMPANY = "company"
    ROLE = "role"
    COMPANY_AND_ROLE = "company-and-role"
    LOCATION = "location"
    LINK = "link"
    SOURCE = "source"
    CONTACT = "contact"
    EMAIL = "email"
    PHONE = "phone"
    INTERVIEW = "interview"
    INTERVIEW_NAME = "interview-name"
    PEOPLE = "people"
    REPLY_BY = "reply-by"
    APPLIED = "applied"
    STATUS = "status"
    NOTES = "notes"
    KEEP = "keep"
    LEAVE = "leave"


MANY = frozenset(
    {Field.INTERVIEW, Field.NOTES, Field.KEEP, Field.LEAVE}
)  # more than one column may hold these
OF_DAYS = frozenset({Field.INTERVIEW, Field.REPLY_BY, Field.APPLIED})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place (0 is the first), its heading, what it is taken for, and some of its cells."""

    place: int
    heading: str
    field: Field
    examples: tuple[str, ...] = ()


class Order(StrEnum):
    """In which order the parts of a day stand."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class Split(StrEnum):
    """What stands first in a cell that holds two things."""

    COMPANY_FIRST = "company-first"
    ROLE_FIRST = "role-first"
    COMPANY_ALONE = "company-alone"


class Half(StrEnum):
    """Which half of the day hours are in that say neither "am" nor "pm"."""

    AFTERNOON = "afternoon"
    MORNING = "morning"


NOTE = "note"  # the answer that keeps the words of a cell in the notes
LEAVE_OUT = "leave-out"  # the answer that leaves a row out
A_COMPANY = "company"  # the answer that a row with one cell is a company


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something only the person can know. `row` counts as in the file, from 1; None is the whole column.

    `choices` are the answers there are; a doubtful day may be answered by a day such as 2026-11-10 as well.
    """

    key: str
    row: int | None
    heading: str
    text: str
    question: str
    choices: tuple[str, ...]
    takes_a_day: bool = False

    def __str__(self) -> str:
        where = f"row {self.row}, {self.heading}" if self.row else self.heading
        return f"{where}: {self.question}"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something that is wrong in a row: its number as in the file, its column, and a sentence."""

    row: int
    heading: str
    sentence: str

    def __str__(self) -> str:
        where = f"row {self.row}, {self.heading}" if self.heading else f"row {self.row}"
        return f"{where}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class RowRead:
    """What came of one row: an application, or none where something is wrong or nothing is there."""

    row: int
    application: Application | None = None
    problems: tuple[RowProblem, ...] = ()
    doubts: tuple[Doubt, ...] = ()


Answers = Mapping[str, str]  # what the person said, by the key of a doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm:
    """How tables with these headings are read, under a name: what each column holds, and lasting answers."""

    name: str
    headings: tuple[str, ...]
    fields: tuple[Field, ...]
    answers: tuple[tuple[str, str], ...] = ()
