"""Spreadsheets to take along: applications, steps and log entries, a row each, as CSV and as XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from afterword.domain.case import OpenCase
from afterword.formats.flat import Cells, application_cells, entry_cells, step_cells
from afterword.formats.formulas import guarded

if TYPE_CHECKING:
    import xlsxwriter

LONGEST_CELL = 32_767  # what a cell of XLSX holds
CUT = " … (cut here; a backup holds all of it)"
WIDTHS = {"Company": 24, "Role": 24, "Next step": 34, "Notes": 40, "Text": 40}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"


class Table(StrEnum):
    """One table of a spreadsheet, by the name of its sheet."""

    APPLICATIONS = "Applications"
    STEPS = "Steps"
    LOG = "Log"


def rows_of(cases: Iterable[OpenCase], table: Table) -> list[Cells]:
    """The rows of a table, in the order of the applications."""
    if table == Table.APPLICATIONS:
        return [application_cells(case) for case in cases]
    of_one = step_cells if table == Table.STEPS else entry_cells
    return [row for case in cases for row in of_one(case)]


def headings_of(rows: list[Cells]) -> list[str]:
    """Every heading there is: the widest row has them all."""
    widest: Cells = max(rows, key=len, default={"Company": ""})
    return list(widest)


def csv_table(cases: Iterable[OpenCase], table: Table) -> bytes:
    """One table as CSV in UTF-8 with a byte order mark, by which Excel knows the encoding.

    What a spreadsheet would run as a formula stands behind an apostrophe.
    """
    rows = rows_of(cases, table)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, headings_of(rows), restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows({heading: guarded(str(value)) for heading, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def workbook(cases: Iterable[OpenCase]) -> bytes:
    """All three tables as the sheets of one XLSX. Every text is stored as text, which no program runs."""
    import xlsxwriter  # no page needs it to be drawn

    every, data = list(cases), io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"title": "Applications, from Afterword"})
        for table in Table:
            write_sheet(book, table, rows_of(every, table))
    return data.getvalue()


def write_sheet(book: xlsxwriter.Workbook, table: Table, rows: list[Cells]) -> None:
    """One sheet, with headings that stay in sight and can be filtered by."""
    sheet, headings = book.add_worksheet(table.value), headings_of(rows)
    formats = {
        "text": book.add_format({"text_wrap": False}),
        "as typed": book.add_format({"quote_prefix": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
    }
    sheet.write_row(0, 0, headings, book.add_format({"bold": True}))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(headings) - 1)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, WIDTHS.get(heading, 14))
        for number, row in enumerate(rows, start=1):
            write_cell(sheet, number, column, row.get(heading, ""), formats)


def write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: str | date,
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    """A day as a day, text as text; an empty cell is left out."""
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["day"])
    elif value:
        style = "as typed" if guarded(value) != value else "text"
        sheet.write_string(row, column, fitting(value), formats[style])


def fitting(text: str) -> str:
    """The text as far as a cell can hold it: so long, and without what XML forbids."""
    held = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    return held if len(held) <= LONGEST_CELL else held[: LONGEST_CELL - len(CUT)] + CUT
