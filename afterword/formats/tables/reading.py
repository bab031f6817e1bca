"""The rows of a foreign table as applications: what can mean one thing only is read, the rest is asked about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from afterword.domain.errors import Problem
from afterword.domain.model import Application, Contact, Interviewer, Outcome, Promise, Result, Round
from afterword.domain.problems import problems_of
from afterword.domain.table import (
    A_COMPANY,
    LEAVE_OUT,
    NOTE,
    OF_DAYS,
    Answers,
    Column,
    Doubt,
    Field,
    Half,
    Order,
    RowProblem,
    RowRead,
    Split,
)
from afterword.formats.formulas import is_formula
from afterword.formats.people import people_in
from afterword.formats.tables.cells import ERRORS, text_in
from afterword.formats.tables.dates import Custom, Parts, custom_of, day_of, is_far, parts_of, years_around
from afterword.formats.tables.grid import Cell
from afterword.formats.tables.headings import bare
from afterword.formats.tables.layout import Laid, Row, beneath, is_only_headings, may_count
from afterword.formats.tables.statuses import hinted_results, said_result

TWO_THINGS = re.compile(r"\s+(?:[-–—|/@·]|at|bei|chez)\s+|\s*\|\s*|:\s+|\n+", re.IGNORECASE)
SEVERAL = re.compile(r"\s*(?:;|\n|&|\band\b|\bund\b|\bet\b)\s*")
UNDATED = frozenset({"tbd", "tba", "tbc", "?", "??", "unknown", "offen", "not yet", "none yet", "open"})
GENERIC = frozenset(
    {"interview", "interview date", "interviewed", "interview on", "date of interview", "interview day"}
)
HEADINGS_AGAIN = "holds headings, as of a second table; put that table on a sheet or in a file of its own"
A_HEADING = 3  # so many columns must be known before a row with one cell looks like a heading
AN_EXCEPTION = 2  # so many days of a far year, written short, may be slips
PLAIN = {
    Field.LOCATION: "location",
    Field.LINK: "link",
    Field.SOURCE: "source",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a table is to be read: its columns, the person's answers, the moment and the person's zone."""

    columns: tuple[Column, ...]
    answers: Answers
    now: datetime
    zone: str = "UTC"

    def of(self, field: Field) -> Column | None:
        """The first column that holds that."""
        return next((column for column in self.columns if column.field == field), None)


@dataclass(slots=True)
class Draft:
    """A row as it is being read."""

    row: Row
    asked: frozenset[str] = frozenset()  # the keys of what is asked once for a whole column
    notes: list[str] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def text(self, column: Column | None) -> str:
        """What stands in a column; a formula or an error of a spreadsheet is a problem."""
        text = text_in(self.row.at(column.place)) if column else ""
        if column and is_formula(text):
            self.problem(column, "is a formula; put its result there, or an apostrophe before it")
        elif column and text.upper() in ERRORS:
            self.problem(column, f"is an error of the spreadsheet ({text}); mend it there")
        return text

    def problem(self, column: Column, sentence: str) -> None:
        """Note what is wrong in a column, once."""
        found = RowProblem(self.row.number, column.heading, sentence)
        if found not in self.problems:
            self.problems.append(found)

    def keep(self, column: Column, text: str) -> None:
        """Keep the words of a cell in the notes, after its heading."""
        self.notes.append(f"{column.heading}: {text}")

    def doubt(
        self, column: Column, text: str, question: str, choices: tuple[str, ...], day: bool = False
    ) -> str:
        """Note what only the person can know about a cell; its key."""
        key = f"{self.row.number}-{column.place}"
        if any(doubt.key == key for doubt in self.doubts):
            key += "-too"  # a second question about one cell has its own answer
        self.doubts.append(Doubt(key, self.row.number, column.heading, text, question, choices, day))
        return key


# What is asked once a column


def column_doubts(laid: Laid, wanted: Wanted) -> tuple[Doubt, ...]:
    """What has to be known of whole columns before their rows can be read, answered or not."""
    return tuple(
        doubt
        for column in wanted.columns
        for doubt in (*day_doubts(laid, column, wanted.now), *split_doubts(laid, column, wanted))
    )


def day_doubts(laid: Laid, column: Column, now: datetime) -> Iterator[Doubt]:
    """Which order, and which year, a column's days have, where its cells do not tell."""
    if column.field not in OF_DAYS:
        return
    cells = [row.at(column.place) for row in laid.rows]
    custom, parts = custom_of(cells), [found for cell in cells if (found := parts_of(cell))]
    unordered = next((text_in(c) for c in cells if (p := parts_of(c)) and p.needs_order), "")
    if custom.order is None and unordered:
        question = f"which comes first in “{unordered}”, the day or the month?"
        yield Doubt(f"{column.place}-order", None, column.heading, unordered, question, tuple(Order))
    if any(one.needs_year for one in parts):
        undated = next(text_in(c) for c in cells if (p := parts_of(c)) and p.needs_year)
        years = tuple(map(str, dict.fromkeys(([custom.year] if custom.year else []) + [*years_around(now)])))
        yield Doubt(
            f"{column.place}-year", None, column.heading, undated, f"which year is “{undated}” of?", years
        )
    yield from hour_doubts(cells, column)


def hour_doubts(cells: list[Cell], column: Column) -> Iterator[Doubt]:
    """Which half of the day a column's hours are in, where its cells do not tell."""
    unclear = next((text_in(c) for c in cells if (p := parts_of(c)) and p.needs_half), "")
    if (
        unclear and column.field != Field.REPLY_BY and custom_of(cells).half is None
    ):  # of it only the day is kept
        question = f"are hours such as “{unclear}” in the morning or in the afternoon?"
        yield Doubt(f"{column.place}-hours", None, column.heading, unclear, question, tuple(Half))


def split_doubts(laid: Laid, column: Column, wanted: Wanted) -> Iterator[Doubt]:
    """What stands first in a column that holds company and role."""
    alone = column.field == Field.COMPANY and wanted.of(Field.ROLE) is None
    if column.field != Field.COMPANY_AND_ROLE and not alone:
        return
    double = [text for row in laid.rows if len(parted(text := text_in(row.at(column.place)))) == 2]
    if double and (column.field == Field.COMPANY_AND_ROLE or len(double) > 1):
        question = f"what comes first in “{double[0]}”, the company or the role?"
        yield Doubt(f"{column.place}-split", None, column.heading, double[0], question, tuple(Split))


def custom_in(laid: Laid, column: Column, wanted: Wanted) -> Custom:
    """How a column writes its days, by its cells and the person's answers.

    The year of one cell says nothing of the next: December and January may stand in one column.
    """
    told, answers = custom_of(row.at(column.place) for row in laid.rows), wanted.answers
    order, year = answers.get(f"{column.place}-order"), answers.get(f"{column.place}-year")
    half = Half.MORNING if column.field == Field.REPLY_BY else answers.get(f"{column.place}-hours")
    return Custom(
        told.order or (Order(order) if order in tuple(Order) else None),
        int(year) if year and year.isdecimal() else None,
        told.half or (Half(half) if half in tuple(Half) else None),
        years_in(laid, column, wanted.now),
    )


def years_in(laid: Laid, column: Column, now: datetime) -> frozenset[int]:
    """The years that a column's days are about: this one, those written whole, and short ones that come again."""
    parts = [found for row in laid.rows if (found := parts_of(row.at(column.place)))]
    often = Counter(one.year_told for one in parts)
    sure = (one.year_told for one in parts if not one.short_year or often[one.year_told] > AN_EXCEPTION)
    return frozenset({now.year, *(year for year in sure if year)})


# What is read row by row


def read_rows(laid: Laid, wanted: Wanted) -> Iterator[RowRead]:
    """Each row with what came of it, in the order of the file."""
    customs = {c.place: custom_in(laid, c, wanted) for c in wanted.columns if c.field in OF_DAYS}
    known = sum(column.field not in {Field.KEEP, Field.LEAVE} for column in wanted.columns)
    asked = frozenset(doubt.key for doubt in column_doubts(laid, wanted))
    company, second = company_column(wanted) or wanted.columns[0], ""
    under = beneath(laid.rows, company.place)
    for row in laid.rows:
        if not row.filled:
            continue
        if is_only_headings(row):
            second = f"stands under other headings, those of row {row.number}"
            yield RowRead(row.number, None, (RowProblem(row.number, "", HEADINGS_AGAIN),))
            continue
        if second:
            yield RowRead(row.number, None, (RowProblem(row.number, "", second),))
            continue
        draft = Draft(row, asked)
        other = other_than_company(row, company, known=known, under=under)
        if other and is_left_out(draft, company, other, wanted):
            yield RowRead(row.number, None, (), tuple(draft.doubts))
            continue
        yield read_row(draft, wanted, customs)


def other_than_company(row: Row, company: Column, *, known: int, under: frozenset[int]) -> str:
    """What a row may be instead of a company's, as it is asked; nothing where it is sure to be one."""
    if may_count(row.at(company.place)):
        return "does the row only count"
    if row.number in under:
        return "a line under the table"
    return "a heading amid the rows" if known >= A_HEADING and len(row.filled) == 1 else ""


def is_left_out(draft: Draft, company: Column, other: str, wanted: Wanted) -> bool:
    """Whether a row is not to be read, or not yet, since it may be something else than a company's."""
    text = text_in(draft.row.at(company.place)) or text_in(draft.row.filled[0])
    key = draft.doubt(company, text, f"is this a company, or {other}?", (A_COMPANY, LEAVE_OUT))
    return wanted.answers.get(key) != A_COMPANY


def read_row(draft: Draft, wanted: Wanted, customs: dict[int, Custom]) -> RowRead:
    """One row as an application, with every problem and every doubt."""
    company, role = company_and_role(draft, wanted)
    whole = Application(
        company=company,
        role=role or None,
        **{key: draft.text(wanted.of(field)) or None for field, key in PLAIN.items()},  # type: ignore[arg-type]  # all are texts
        contact=contact_in(draft, wanted),
        rounds=rounds_in(draft, wanted, customs),
        outcome=outcome_in(draft, wanted),
    )
    keep_the_rest(draft, wanted, customs)
    whole = replace(whole, notes="\n".join(draft.notes) or None)
    if not company:
        draft.problems.append(
            RowProblem(draft.row.number, company_heading(wanted), "is empty; a row needs a company")
        )
    elif company:
        draft.problems.extend(row_problems(draft.row.number, problems_of(whole, wanted.zone), wanted))
    return RowRead(draft.row.number, whole if company else None, tuple(draft.problems), tuple(draft.doubts))


def company_heading(wanted: Wanted) -> str:
    """The heading of the column that holds the company."""
    column = company_column(wanted)
    return column.heading if column else "company"


def company_column(wanted: Wanted) -> Column | None:
    """The column that holds the company, alone or with the role."""
    return wanted.of(Field.COMPANY) or wanted.of(Field.COMPANY_AND_ROLE)


def company_and_role(draft: Draft, wanted: Wanted) -> tuple[str, str]:
    """The company and the role, asked about where one cell may hold both."""
    both = wanted.of(Field.COMPANY_AND_ROLE)
    column, role = both or wanted.of(Field.COMPANY), draft.text(wanted.of(Field.ROLE))
    text = draft.text(column)
    halves = parted(text)
    if column is None or role or len(halves) != 2:
        if column and both and len(halves) != 2 and len(halves) > 1 and not role:
            draft.doubt(column, text, "says more than a company and a role; write it with one dash", ())
        return text, role
    of_column = f"{column.place}-split"
    question = f"what comes first in “{text}”, the company or the role?"
    asked = of_column in draft.asked
    answer = wanted.answers.get(of_column if asked else draft.doubt(column, text, question, tuple(Split)))
    first, second = halves
    if answer == Split.ROLE_FIRST:
        return second, first
    return (first, second) if answer == Split.COMPANY_FIRST else (text, "")


def parted(text: str) -> list[str]:
    """The parts of a cell that holds several things."""
    return [part for part in TWO_THINGS.split(text) if part.strip()]


def contact_in(draft: Draft, wanted: Wanted) -> Contact | None:
    """Whom one writes to."""
    name, email, phone = (draft.text(wanted.of(f)) for f in (Field.CONTACT, Field.EMAIL, Field.PHONE))
    people = people_in(" ".join(name.split("\n"))) if name else ()
    found = people[0] if people else None
    if not (found or email or phone):
        return None
    column = wanted.of(Field.CONTACT)
    if (
        column
        and found
        and ((email and found.email not in {None, email}) or (phone and found.phone not in {None, phone}))
    ):
        draft.keep(column, name)  # it names another way to reach them than their own columns do
    named = (found.name if found else "") or email or phone
    return Contact(
        name=named,
        email=email or (found.email if found else None),
        phone=phone or (found.phone if found else None),
    )


def rounds_in(draft: Draft, wanted: Wanted, customs: dict[int, Custom]) -> tuple[Round, ...]:
    """The interviews of a row, the earliest first; who was met and what was promised belong to the latest."""
    days = [
        (c, day)
        for c in wanted.columns
        if c.field == Field.INTERVIEW and (day := day_in(draft, c, wanted, customs))
    ]
    names = wanted.of(Field.INTERVIEW_NAME)
    called = draft.text(names)
    if called and names and len(days) != 1:
        draft.keep(names, called)
    rounds = [Round(label=label_of(c, called if len(days) == 1 else ""), ended_at=day) for c, day in days]
    rounds.sort(key=lambda one: str(one.ended_at)[:16])
    met, promise = people_of(draft, wanted), promise_in(draft, wanted, customs)
    if rounds:
        rounds[-1] = replace(rounds[-1], interviewers=met, promise=promise)
        return tuple(rounds)
    keep_without_interview(draft, wanted, promise)
    return ()


def label_of(column: Column, called: str) -> str:
    """What an interview is called: by its own cell, else by its column, else simply so."""
    return called or ("Interview" if bare(column.heading) in GENERIC else column.heading)


def people_of(draft: Draft, wanted: Wanted) -> tuple[Interviewer, ...]:
    """Who was met."""
    text = draft.text(wanted.of(Field.PEOPLE))
    return tuple(
        person for part in SEVERAL.split(text) for one in by_commas(part) for person in people_in(one)
    )


def by_commas(text: str) -> list[str]:
    """Full names parted by commas; "Okafor, Ada" and a name with its address stay one."""
    parts = [part.strip() for part in text.split(",")]
    several = len(parts) > 1 and all(
        " " in part and "@" not in part and not part[:1].isdigit() for part in parts
    )
    return parts if several else [text]


def promise_in(draft: Draft, wanted: Wanted, customs: dict[int, Custom]) -> Promise | None:
    """By when they said to answer."""
    column = wanted.of(Field.REPLY_BY)
    day = day_in(draft, column, wanted, customs) if column else None
    return Promise(reply_by=day.date() if isinstance(day, datetime) else day) if day else None


def keep_without_interview(draft: Draft, wanted: Wanted, promise: Promise | None) -> None:
    """Keep in the notes what belongs to an interview where there is none."""
    people, reply = wanted.of(Field.PEOPLE), wanted.of(Field.REPLY_BY)
    if people and (text := draft.text(people)):
        draft.keep(people, text)
    if reply and promise:
        draft.keep(reply, str(promise.reply_by))


def day_in(draft: Draft, column: Column, wanted: Wanted, customs: dict[int, Custom]) -> date | None:
    """The day in a cell; None where there is none, or where only the person can tell it."""
    cell: Cell = draft.row.at(column.place)
    text = draft.text(column)
    if not text:
        return None
    if text.casefold() in UNDATED:
        draft.keep(column, text)
        return None
    custom, parts = customs[column.place], parts_of(cell if not isinstance(cell, str) else text)
    if parts is None or is_far(parts, custom):
        return answered_day(draft, column, text, wanted)
    if day := day_of(parts, custom):
        return day
    if waits_for_column(parts, custom):
        return None
    return answered_day(draft, column, text, wanted)


def waits_for_column(parts: Parts, custom: Custom) -> bool:
    """Whether what a day lacks is asked once for its column."""
    return (
        (parts.needs_order and custom.order is None)
        or (parts.needs_year and custom.year is None)
        or (parts.needs_half and custom.half is None)
    )


def answered_day(draft: Draft, column: Column, text: str, wanted: Wanted) -> date | None:
    """The day that the person said a cell means; its words go to the notes where they said so."""
    key = draft.doubt(column, text, f"which day is “{text}”?", (NOTE,), day=True)
    answer = wanted.answers.get(key, "")
    if answer == NOTE:
        draft.keep(column, text)
    try:
        return datetime.fromisoformat(answer) if "T" in answer else date.fromisoformat(answer)
    except ValueError:
        return None


def outcome_in(draft: Draft, wanted: Wanted) -> Outcome | None:
    """How it ended, as known at this moment; what is no end goes to the notes."""
    column = wanted.of(Field.STATUS)
    text = draft.text(column)
    if not column or not text:
        return None
    result = said_result(text)
    if result is None:
        result = answered_result(draft, column, text, wanted)
        draft.keep(column, text)
    return Outcome(result=result, at=wanted.now) if result else None


def answered_result(draft: Draft, column: Column, text: str, wanted: Wanted) -> Result | None:
    """The result that the person said a cell means, where it hints at one."""
    hints = hinted_results(text)
    if not hints:
        return None
    key = draft.doubt(column, text, f"does “{text}” mean that it ended, and how?", (*hints, NOTE))
    answer = wanted.answers.get(key)
    return Result(answer) if answer in hints else None


def keep_the_rest(draft: Draft, wanted: Wanted, customs: dict[int, Custom]) -> None:
    """The notes, and in them what has no place of its own."""
    for column in wanted.columns:
        text = draft.text(column) if column.field in {Field.NOTES, Field.KEEP} else ""
        if text and column.field == Field.NOTES:
            draft.notes.insert(0, text)
        elif text:
            draft.keep(column, text)
        elif column.field == Field.APPLIED and (day := day_in(draft, column, wanted, customs)):
            draft.keep(
                column, day.isoformat(" ", "minutes") if isinstance(day, datetime) else day.isoformat()
            )


HEADING_OF = (
    (re.compile(r"^company"), Field.COMPANY),
    (re.compile(r"^role"), Field.ROLE),
    (re.compile(r"^contact\.name"), Field.CONTACT),
    (re.compile(r"^contact\.email"), Field.EMAIL),
    (re.compile(r"^contact\.phone"), Field.PHONE),
    (re.compile(r"interviewers"), Field.PEOPLE),
    (re.compile(r"reply_by"), Field.REPLY_BY),
    (re.compile(r"^rounds\[\d+\]\.label"), Field.INTERVIEW_NAME),
    (re.compile(r"^rounds"), Field.INTERVIEW),
    (re.compile(r"^location"), Field.LOCATION),
    (re.compile(r"^link"), Field.LINK),
    (re.compile(r"^source"), Field.SOURCE),
    (re.compile(r"^outcome"), Field.STATUS),
)


def row_problems(number: int, problems: Iterable[Problem], wanted: Wanted) -> Iterator[RowProblem]:
    """Problems of an application as problems of its row, at the columns they came from."""
    for problem in problems:
        field = next((field for pattern, field in HEADING_OF if pattern.search(problem.path)), Field.NOTES)
        column = wanted.of(field)
        yield RowProblem(number, column.heading if column else problem.path, problem.sentence)


def unanswered(doubts: Iterable[Doubt], answers: Answers) -> tuple[Doubt, ...]:
    """The doubts that still wait for the person."""
    return tuple(doubt for doubt in doubts if not is_answer(doubt, answers.get(doubt.key)))


def is_answer(doubt: Doubt, answer: str | None) -> bool:
    """Whether that answers a doubt."""
    if answer is None:
        return False
    if answer in doubt.choices:
        return True
    try:
        return doubt.takes_a_day and bool(datetime.fromisoformat(answer))
    except ValueError:
        return False
