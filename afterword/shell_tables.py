"""A spreadsheet imported from the shell: every doubt is answered by an option, or the import is refused."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace

from afterword.desk import Desk
from afterword.domain.errors import InvalidApplication, Problem
from afterword.domain.table import A_COMPANY, LEAVE_OUT, NOTE, Column, Doubt, Field
from afterword.formats.tables.arrivals import Arrival, Way
from afterword.formats.tables.incoming import (
    Found,
    Incoming,
    Sheet,
    all_of_own,
    lacks_company,
    understood,
    whole,
)

FIELDS = ", ".join(field.value for field in Field)
OF_HEADINGS = {"leave-out": LEAVE_OUT, "companies": A_COMPANY}  # what --headings may say


def import_table(desk: Desk, data: bytes, chosen: argparse.Namespace) -> Iterator[str]:
    """Take up a table; what was done, line by line. Raises InvalidApplication with every problem and doubt."""
    you = desk.you()
    incoming = understood(data, you.zone or "UTC", you.tables or ())
    if incoming.own:
        if incoming.remark:
            yield incoming.remark
        found = all_of_own(incoming.own)
    else:
        sheet = sheet_chosen(incoming, chosen.sheet)
        columns = columns_chosen(sheet, chosen.column)
        yield from how_it_is_read(sheet, columns)
        yield from sheets_left_out(incoming, sheet)
        found = answered(desk, sheet, columns, chosen)
    refuse(found)
    taken = desk.import_table(arrivals(desk, found, chosen.same), found.entries)
    yield f"Imported: {len(taken.added):,} new, {len(taken.changed):,} added to."


def sheet_chosen(incoming: Incoming, name: str | None) -> Sheet:
    """The sheet of that name, else the one that holds most. Raises InvalidApplication."""
    if name is None:
        return incoming.sheets[incoming.likeliest]
    found = next((sheet for sheet in incoming.sheets if sheet.name == name), None)
    if found is None:
        names = ", ".join(sheet.name for sheet in incoming.sheets)
        raise InvalidApplication((Problem("--sheet", f"there is no sheet {name}; there are: {names}"),))
    return found


def columns_chosen(sheet: Sheet, said: list[str]) -> tuple[Column, ...]:
    """The columns, with what the options say of them. Raises InvalidApplication with every problem."""
    columns = {column.heading: column for column in sheet.columns}
    problems = []
    for one in said:
        heading, _, name = one.rpartition("=")
        if heading not in columns:
            problems.append(Problem("--column", f"there is no column {heading}"))
        elif name not in tuple(Field):
            problems.append(Problem("--column", f"{name} is none of {FIELDS}"))
        else:
            columns[heading] = replace(columns[heading], field=Field(name))
    if not problems and lacks_company(columns.values()):
        names = ", ".join(columns)
        problems.append(
            Problem("--column", f"say which column holds the company, as in NAME=company; there are: {names}")
        )
    if problems:
        raise InvalidApplication(tuple(problems))
    return tuple(columns.values())


def how_it_is_read(sheet: Sheet, columns: tuple[Column, ...]) -> Iterator[str]:
    """What the table was recognised as, and what each column is taken for."""
    if sheet.known_as:
        yield f"Recognised: {sheet.known_as}"
    yield from sheet.laid.remarks
    for column in columns:
        yield f"{column.heading}: {column.field.value}"


def sheets_left_out(incoming: Incoming, read: Sheet) -> Iterator[str]:
    """A line with the other sheets of the file, where there are any."""
    if others := ", ".join(sheet.name for sheet in incoming.sheets if sheet is not read):
        yield f"Read is the sheet {read.name}. Left out: {others}; choose one with --sheet."


def answered(desk: Desk, sheet: Sheet, columns: tuple[Column, ...], chosen: argparse.Namespace) -> Found:
    """What all rows come to, with the answers that the options give; answers raise no new doubts but once."""
    now, zone = desk.today_here(), desk.you().zone or "UTC"
    answers = dict(sheet.answers)
    found = whole(sheet, columns, answers, now, zone)
    for _ in range(2):
        answers |= {doubt.key: answer for doubt in found.doubts if (answer := answer_by(doubt, chosen))}
        found = whole(sheet, columns, answers, now, zone)
    found.doubts = list(found.open_doubts(answers))
    return found


def answer_by(doubt: Doubt, chosen: argparse.Namespace) -> str | None:
    """What the options answer to a doubt; None where they say nothing of it."""
    for said in (chosen.dates, chosen.year, chosen.hours, chosen.split):
        if said in doubt.choices:
            return str(said)
    if A_COMPANY in doubt.choices:
        return OF_HEADINGS.get(chosen.headings)
    return NOTE if chosen.as_notes and NOTE in doubt.choices else None


def refuse(found: Found) -> None:
    """Raise InvalidApplication where anything is wrong or still doubtful."""
    wrong = [Problem("", str(problem)) for problem in found.problems]
    hints = (Problem("", f"{doubt} Answer with {option_for(doubt)}") for doubt in found.doubts)
    if every := (*wrong, *hints):
        raise InvalidApplication(every)
    if not found.applications and not found.entries:
        raise InvalidApplication((Problem("", "no row in it is an application"),))


def option_for(doubt: Doubt) -> str:
    """The option that answers a doubt."""
    ends = {"order": "--dates", "year": "--year", "hours": "--hours", "split": "--split"}
    option = ends.get(doubt.key.rpartition("-")[2])
    if option:
        return f"{option} {' or '.join(doubt.choices)}"
    if A_COMPANY in doubt.choices:
        return f"--headings {' or '.join(OF_HEADINGS)}"
    split = "--split" if "company-first" in doubt.choices else ""
    return split or "--as-notes, or mend the cell"


def arrivals(desk: Desk, found: Found, same: str | None) -> tuple[Arrival, ...]:
    """What arrives, and what becomes of what seems to be here. Raises InvalidApplication where nobody said that."""
    alike = desk.twins(found.applications)
    if alike and same is None:
        by_row = dict(found.applications)
        raise InvalidApplication(
            tuple(
                Problem(
                    f"row {row}",
                    f"{by_row[row].company} seems to be there already ({where}); say --same merge, apart or leave",
                )
                for row, where in alike.items()
            )
        )
    return tuple(
        Arrival(row, application, Way(same) if same and row in alike else Way.MERGE)
        for row, application in found.applications
    )
