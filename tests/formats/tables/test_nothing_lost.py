"""What stands where nobody expects it is kept, told or asked about; no cell and no row is lost without a word."""

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
