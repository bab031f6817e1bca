"""What stands where nobody expects it is kept, told or asked about; no cell and no row is lost without a word."""

from datetime import date, datetime

import pytest

from afterword.domain.errors import InvalidApplication
from tests.formats.tables.kept_by_people import Table, text, xlsx
from tests.formats.tables.test_kept_by_people import read


def notes_of(found):
    return [application.notes for _, application in found.applications]


def test_a_cell_right_of_the_last_heading_is_kept_in_the_notes():
    def write(book):
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["Company", "Role"])
        sheet.write_row("A2", ["Fernbridge", "Data analyst", "called Jo twice"])

    assert notes_of(read(Table(xlsx(write)))[1]) == ["Column C: called Jo twice"]


def test_what_follows_a_comma_without_quotes_is_kept_too():
    _, found = read(Table(text("Company,Role,Notes", "Fernbridge,Data analyst,kind people, call back")))
    assert notes_of(found) == ["kind people\nColumn D: call back"]


def test_separators_at_the_ends_of_lines_make_no_columns():
    sheet, _ = read(Table(text("Company,Role,", "Fernbridge,Data analyst,,,")))
    assert sheet.laid.headings == ("Company", "Role", "Column C")


def test_a_column_that_is_filled_late_is_read():
    lines = (f"Company {number},Data analyst," for number in range(300))
    _, found = read(Table(text("Company,Role,Notes", *lines, "Fernbridge,Data analyst,a friend works there")))
    assert notes_of(found)[-1] == "a friend works there"


def test_a_row_without_its_company_is_told_also_after_its_doubts_are_answered():
    table = Table(text("Company,Role,Interview", "Fernbridge,Data analyst,13 Nov 2026", ",Planner,next tues"))
    _, found = read(table, {"3-2": "note"})
    assert [str(problem) for problem in found.problems] == ["row 3, Company: is empty; a row needs a company"]


def test_the_year_of_one_day_is_not_taken_for_that_of_another():
    table = Table(
        text("Company,Interview", "Fernbridge,15 Dec 2025", "Harbour,12 Jan"), answers={"1-year": "2026"}
    )
    (doubt,) = read(table)[1].doubts
    assert str(doubt) == "Interview: which year is “12 Jan” of?"
    assert doubt.choices == ("2025", "2026", "2027")
    _, found = read(table, table.answers)
    assert [a.rounds[0].ended_at.isoformat() for _, a in found.applications] == ["2025-12-15", "2026-01-12"]


def test_whose_decline_it_was_is_asked():
    _, found = read(Table(text("Company,Role,Status", "Fernbridge,Data analyst,Decline")))
    assert [str(doubt) for doubt in found.doubts] == [
        "row 2, Status: does “Decline” mean that it ended, and how?"
    ]


SMALL, WIDE = ("Company,Role", "Fernbridge,Analyst"), ("Role,Company,Status", "Planner,Harbour,open")


@pytest.mark.parametrize(("lines", "row"), [((*SMALL, "", *WIDE), 4), ((*WIDE, "", *SMALL), 4)])
def test_a_second_table_under_the_first_is_told_and_no_row_of_either_is_dropped(lines, row):
    sheet, found = read(Table(text(*lines)))
    assert sheet.laid.remarks == ()
    assert [str(problem) for problem in found.problems] == [
        f"row {row}: holds headings, as of a second table; put that table on a sheet or in a file of its own",
        f"row {row + 1}: stands under other headings, those of row {row}",
    ]


def test_a_total_with_words_or_lines_after_it_is_asked_about():
    lines = (
        "Company,Role,Salary",
        "Fernbridge,Analyst,40",
        "Total,2 applications,90",
        "Average,,45",
        "by me,,",
    )
    _, found = read(Table(text(*lines)))
    assert [str(doubt) for doubt in found.doubts] == [
        "row 3, Company: is this a company, or does the row only count?",
        "row 4, Company: is this a company, or does the row only count?",
    ]


def test_a_company_whose_name_begins_as_a_total_is_asked_about_and_not_left_out():
    table = Table(text("Company,Role,Salary", "Fernbridge,Analyst,40", "Total Wine,,50"))
    sheet, found = read(table, {"3-0": "company"})
    assert sheet.laid.remarks == ()
    assert [application.company for _, application in found.applications] == ["Fernbridge", "Total Wine"]


def test_two_questions_about_one_cell_have_an_answer_each():
    table = Table(text("Company,Role,Status", "Fernbridge,Analyst,open", "Planner @ Harbour,,"))
    answers = {"3-0": "company", "3-0-too": "role-first"}
    _, found = read(table, answers)
    assert found.open_doubts(answers) == ()
    assert [(a.company, a.role) for _, a in found.applications][-1] == ("Harbour", "Planner")


@pytest.mark.parametrize("company", ["Müll", "Köln Bäder", "Crédit"])
def test_a_short_file_with_one_accent_is_not_read_as_chinese(company):
    _, found = read(Table(text("Firma;Rolle", f"{company};Planner", encoding="cp1252")))
    assert [application.company for _, application in found.applications] == [company]


def test_an_address_beside_the_name_is_kept_where_its_own_column_has_another():
    lines = ("Company,Contact,Email", 'Fernbridge,"Jo Lind, jo@fernbridge.example",jobs@fernbridge.example')
    ((_, application),) = read(Table(text(*lines)))[1].applications
    assert application.contact.email == "jobs@fernbridge.example"
    assert application.notes == "Contact: Jo Lind, jo@fernbridge.example"


def with_a_hidden_sheet(*shown):
    def write(book):
        for rows in shown:
            book.add_worksheet().write_column("A1", rows)
        archive = book.add_worksheet("Archive")
        archive.write_column("A1", ["Company", "Harbour"])
        archive.very_hidden() if shown == ([],) else archive.hide()

    return xlsx(write)


HIDDEN = "Hidden sheets were not read: Archive; show them in your spreadsheet program to bring them in."


def test_a_hidden_sheet_is_named():
    sheet, found = read(Table(with_a_hidden_sheet(["Company", "Fernbridge"])))
    assert sheet.laid.remarks == (HIDDEN,)
    assert [application.company for _, application in found.applications] == ["Fernbridge"]


def test_a_hidden_sheet_is_named_where_no_other_holds_anything():
    with pytest.raises(InvalidApplication) as told:
        read(Table(with_a_hidden_sheet([])))
    assert str(told.value.problems[0]) == f"has no table in the sheets that are shown. {HIDDEN}"


def interviews(*cells):
    """A table with an interview a row."""
    return Table(text("Company\tInterview", *(f"Company {n}\t{cell}" for n, cell in enumerate(cells))))


def days_of(found):
    return [application.rounds[0].ended_at for _, application in found.applications if application.rounds]


@pytest.mark.parametrize(("said", "hour"), [("afternoon", 14), ("morning", 2)])
def test_the_half_of_the_day_is_asked_once_a_column(said, hour):
    table = interviews("11/14/2026, 2:30", "11/16/2026 10:00am", "11/17/2026 3:00")
    (doubt,) = read(table)[1].doubts
    assert str(doubt) == (
        "Interview: are hours such as “11/14/2026, 2:30” in the morning or in the afternoon?"
    )
    _, found = read(table, {doubt.key: said})
    assert [day.hour for day in days_of(found)] == [hour, 10, hour + 1]
    assert found.open_doubts({doubt.key: said}) == ()


@pytest.mark.parametrize(
    "cells",
    [
        ("11/14/2026 2:30pm",),
        ("11/14/2026 2:30 a.m.",),
        ("11/14/2026 9:00", "11/15/2026 12:30"),
        ("11/14/2026 2:30", "11/15/2026 15:00"),
        ("2026-11-14T02:30:00Z",),
        ("11/14/2026",),
    ],
)
def test_an_hour_that_can_be_one_only_is_not_asked_about(cells):
    assert read(interviews(*cells))[1].doubts == []


def test_the_hour_of_an_answer_is_not_asked_about_since_only_its_day_is_kept():
    table = Table(text("Company,Interview,Hear back by", "Quay,11/14/2026,11/20/2026 2:30"))
    _, found = read(table)
    assert found.doubts == []
    assert found.applications[0][1].rounds[0].promise.reply_by == date(2026, 11, 20)


@pytest.mark.parametrize("cell", ["3 Nov 15", "13/11/15", "Nov 3, 29"])
def test_a_short_year_far_from_the_others_is_asked_about(cell):
    table = interviews("3 Nov 2026", cell)
    _, found = read(table)
    assert [str(doubt) for doubt in found.doubts] == [f"row 3, Interview: which day is “{cell}”?"]
    _, found = read(table, {"3-1": "2026-11-03T15:00"})
    assert days_of(found) == [date(2026, 11, 3), datetime(2026, 11, 3, 15)]  # noqa: DTZ001 - cells have no zone


@pytest.mark.parametrize(
    "cells",
    [("3 Nov 24",), ("3 Nov 28",), ("3 Nov 15", "4 Nov 2014"), ("3-Nov-15", "4-Nov-15", "9-Nov-15")],
)
def test_a_short_year_near_the_others_is_taken_as_it_stands(cells):
    assert read(interviews(*cells))[1].doubts == []


@pytest.mark.parametrize("line", ["Last updated 3 Nov", "Source: my own list", "Page 1 of 1", "3 Nov 2026"])
def test_a_line_under_a_small_table_is_asked_about(line):
    table = Table(text("Company;Role", "Fernbridge;Analyst", "Quay 7;", "Harbour;Planner", f"{line};"))
    _, found = read(table)
    assert [str(doubt) for doubt in found.doubts] == [
        "row 5, Company: is this a company, or a line under the table?"
    ]
    for answer, companies in (("leave-out", 3), ("company", 4)):
        assert len(read(table, {"5-0": answer})[1].applications) == companies


def test_each_of_several_lines_under_a_table_is_asked_about():
    table = Table(text("Firma;Rolle", "Fernbridge;Analyst", "Stand: heute;", "Seite 1;"))
    assert [doubt.row for doubt in read(table)[1].doubts] == [3, 4]


def test_a_last_company_without_a_digit_is_not_asked_about():
    assert read(Table(text("Company;Role", "Fernbridge;Analyst", "Pagemaster;")))[1].doubts == []
