"""Spreadsheets to take along: a row an application, a step, a log entry, and nothing in them that runs."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from python_calamine import load_workbook

from afterword.formats.spreadsheet import LONGEST_CELL, Table, csv_table, workbook
from tests.desk.cast import ALICE, FERNBRIDGE, desk_of, step_of
from tests.formats.test_formulas import WOULD_RUN


def cases_of(*applications):
    desk = desk_of(ALICE, zone="America/New_York")
    for application in applications:
        case = desk.add(application)
        if case.application.rounds:
            desk.tick(case.id, step_of(case).id)
    return desk.today().cases


def rows_in(data):
    """The rows of a CSV, by their headings."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet(data, table):
    """The rows of a sheet, by their headings."""
    headings, *rows = load_workbook(io.BytesIO(data)).get_sheet_by_name(table.value).to_python()
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_a_row_an_application_has_its_status_and_its_next_step():
    (row,) = rows_in(csv_table(cases_of(FERNBRIDGE), Table.APPLICATIONS))
    assert (row["Company"], row["Role"], row["Status"]) == ("Fernbridge", "Data analyst", "quiet")
    assert (row["Next step"], row["Next step due"]) == ("check in by email, Jo Lind", "2026-11-10")
    assert (row["Interview 1"], row["Interview 1 ended"]) == ("Panel", "2026-11-03T15:00:00-05:00")
    assert (row["Interview 1 people"], row["Interview 1 reply by"]) == (
        "Ada Okafor,,ada@fernbridge.example",
        "2026-11-06",
    )


def test_a_row_a_step_says_what_by_when_and_by_which_rule():
    first, second = rows_in(csv_table(cases_of(FERNBRIDGE), Table.STEPS))
    assert (first["Step"], first["To"], first["State"]) == ("thank_you", "Ada Okafor", "done")
    assert (second["Opens"], second["Due"], second["Rule"]) == (
        "2026-11-09",
        "2026-11-10",
        "check-in-after-promise",
    )


def test_a_row_a_log_entry_names_its_person_and_its_interview():
    (row,) = rows_in(csv_table(cases_of(FERNBRIDGE), Table.LOG))
    assert (row["Kind"], row["To"], row["Interview"]) == ("thank_you", "Ada Okafor", "Panel")
    assert row["At"] == "2026-11-03T21:10:00+00:00"


def test_excel_is_told_the_encoding():
    assert csv_table(cases_of(FERNBRIDGE), Table.APPLICATIONS).startswith(b"\xef\xbb\xbf")


def test_xlsx_holds_all_three_as_sheets_with_days_as_days():
    data = workbook(cases_of(FERNBRIDGE))
    assert load_workbook(io.BytesIO(data)).sheet_names == ["Applications", "Steps", "Log"]
    (row,) = sheet(data, Table.APPLICATIONS)
    assert row["Next step due"] == date(2026, 11, 10)
    assert [row["Kind"] for row in sheet(data, Table.LOG)] == ["thank_you"]


@pytest.mark.parametrize("text", WOULD_RUN)
def test_no_cell_of_a_csv_begins_like_a_formula(text):
    (row,) = rows_in(csv_table(cases_of(replace(FERNBRIDGE, role=text)), Table.APPLICATIONS))
    assert row["Role"] == f"'{text}"


@pytest.mark.parametrize("text", WOULD_RUN)
def test_xlsx_stores_such_a_text_as_text_and_as_it_is(text):
    data = workbook(cases_of(replace(FERNBRIDGE, role=text, notes=f"{text}\nhttps://x.example")))
    (row,) = sheet(data, Table.APPLICATIONS)
    assert (row["Role"], row["Notes"]) == (text, f"{text}\nhttps://x.example")


def test_interviews_are_numbered_columns_as_many_as_anybody_has():
    panel = FERNBRIDGE.rounds[0]
    two = replace(FERNBRIDGE, company="Two", rounds=(panel, replace(panel, label="Final")))
    rows = rows_in(csv_table(cases_of(FERNBRIDGE, two), Table.APPLICATIONS))
    assert {row["Company"]: row["Interview 2"] for row in rows} == {"Fernbridge": "", "Two": "Final"}


def test_a_text_longer_than_a_cell_says_where_it_was_cut():
    ada = replace(FERNBRIDGE.rounds[0].interviewers[0], notes="n" * 20_000)
    crowded = replace(FERNBRIDGE.rounds[0], interviewers=(ada, replace(ada, name="Bo")))
    (row,) = sheet(workbook(cases_of(replace(FERNBRIDGE, rounds=(crowded,)))), Table.APPLICATIONS)
    assert len(row["Interview 1 people"]) == LONGEST_CELL
    assert row["Interview 1 people"].endswith("(cut here; a backup holds all of it)")


def test_where_there_is_nothing_the_tables_are_empty():
    assert csv_table((), Table.LOG).decode("utf-8-sig") == '"Company"\r\n'
    assert load_workbook(io.BytesIO(workbook(()))).sheet_names == ["Applications", "Steps", "Log"]
