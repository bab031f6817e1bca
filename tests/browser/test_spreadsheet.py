"""A spreadsheet brought in by hand: asked about, looked at, taken up and taken back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.acts import settled
from tests.browser.conftest import Server
from tests.browser.test_data import downloaded, dropped, guests

Opened = Callable[..., Page]
DOUBTFUL = (
    "Company,Role,Interview date,Status\n"
    "Fernbridge,Data analyst,next tues,pending\n"
    "Harbour,Planner,3/11/2026,rejected\n"
    "Quay,=1+1,,\n"
)


def choose(page: Page, field: str, answer: str) -> None:
    """Answer a field by the keyboard alone."""
    box = page.get_by_role("combobox", name=field)
    box.focus()
    page.keyboard.type(answer)
    page.keyboard.press("Enter")
    settled(page)


def brought(page: Page, name: str, data: bytes) -> None:
    dropped(page, name, data, "text/csv")
    settled(page)


def test_what_is_doubtful_is_answered_by_keyboard_and_all_of_it_is_taken_up_and_back(
    server: Server, new_page: Opened
) -> None:
    page = new_page(f"{server.url}/spreadsheet")
    brought(page, "jobs.csv", DOUBTFUL.encode())
    take = page.get_by_role("button", name="Bring in 2 applications")
    expect(take).to_be_disabled()
    expect(page.get_by_text("row 4, Role: is a formula")).to_be_visible()
    choose(page, "All of Interview date", "The day")
    choose(page, "Row 2, Interview date", "2026-11-10")
    page.get_by_text("Leave out this row").click()
    settled(page)
    expect(page.get_by_role("cell", name="Interview 2026-11-10")).to_be_visible()
    expect(page.get_by_role("cell", name="Interview 2026-11-03")).to_be_visible()
    expect(take).to_be_enabled()
    take.press("Enter")
    expect(page.get_by_text("Your spreadsheet is in: 2 new, 0 added to.")).to_be_visible()
    page.get_by_role("button", name="Undo the import").press("Enter")
    expect(page.get_by_text("The import is undone.")).to_be_visible()
    page.goto(f"{server.url}/applications")
    expect(page.get_by_text("Nothing is here yet.")).to_be_visible()


def test_what_is_here_already_is_shown_and_merged_on_the_persons_choice(
    server: Server, new_page: Opened
) -> None:
    page = new_page(f"{server.url}/spreadsheet")
    for expected in ("1 new, 0 added to.", "0 new, 1 added to."):
        brought(page, "jobs.csv", f"Company,City\nWharf,{expected[:1]}th Street\n".encode())
        if expected.startswith("0"):
            expect(page.get_by_role("heading", name="Already here?")).to_be_visible()
        page.get_by_role("button", name="Bring in 1 application").click()
        expect(page.get_by_text(f"Your spreadsheet is in: {expected}")).to_be_visible()


def test_a_way_of_reading_that_was_given_a_name_is_recognised_next_time(
    server: Server, new_page: Opened
) -> None:
    page = new_page(f"{server.url}/spreadsheet")
    brought(page, "mine.csv", b"Where,What\nMole End,Digger\n")
    expect(page.get_by_text("Say which column holds the company")).to_be_visible()
    choose(page, "Where", "Company")
    page.get_by_label("Keep this way of reading").fill("My list")
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name="Bring in 1 application").click()
    expect(page.get_by_text("Your spreadsheet is in")).to_be_visible()
    brought(page, "mine.csv", b"Where,What\nToad Hall,Driver\n")
    expect(page.get_by_text("Recognised: My list")).to_be_visible()
    expect(page.get_by_role("cell", name="Toad Hall")).to_be_visible()


def test_a_file_that_cannot_be_read_is_one_sentence(server: Server, new_page: Opened) -> None:
    page = new_page(f"{server.url}/spreadsheet")
    brought(page, "jobs.xlsx", b"PK no zip")
    expect(page.get_by_text("This file cannot be brought in, and nothing was changed:")).to_be_visible()
    expect(page.get_by_text("is damaged or cut off")).to_be_visible()


def test_a_guest_takes_a_workbook_along_and_brings_it_back(
    server: Server, new_page: Opened, tmp_path
) -> None:
    page = new_page(guests(server, "/spreadsheet"))
    brought(page, "jobs.csv", b"Company,Role\nRiverbank,Rat\n")
    page.get_by_role("button", name="Bring in 1 application").click()
    expect(page.get_by_text("Your spreadsheet is in: 1 new")).to_be_visible()
    page.get_by_role("link", name="Back to your data").click()
    book = downloaded(page, "All three (XLSX)", tmp_path)
    page.get_by_role("link", name="Bring in a spreadsheet").click()
    expect(page.get_by_text("Your spreadsheet: CSV, XLSX, XLS or ODS")).to_be_visible()
    settled(page)
    brought(page, "again.xlsx", book.read_bytes())
    expect(page.get_by_text("Recognised: a spreadsheet from Afterword.")).to_be_visible()
    page.get_by_role("button", name="Bring in 1 application").click()
    expect(page.get_by_text("Your spreadsheet is in: 0 new, 0 added to.")).to_be_visible()
