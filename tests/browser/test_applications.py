"""The list of all applications, by keyboard alone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import insert

from afterword.domain.model import EntryKind, Outcome, Result
from afterword.domain.step import Status
from afterword.store.database import open_database
from afterword.store.repository import OWNER
from afterword.store.revisions import read_anew
from afterword.store.sql import document_of, stamp
from afterword.store.tables import APPLICATIONS
from tests.browser.acts import (
    address_of,
    button,
    dated,
    desk_on,
    press,
    reach,
    retype,
    settled,
    shuts,
    unfold,
)
from tests.browser.conftest import Server
from tests.desk.cast import ADA, FERNBRIDGE, NOW, PANEL, entry, with_round

NewPage = Callable[..., Page]
COMPANIES = ("Fernbridge", "Northlight", "Tidewater")
REFUSED = replace(FERNBRIDGE, company="Harrow Press", outcome=Outcome(result=Result.REJECTED, at=NOW))
SECONDS_TO_ANSWER = 2.0  # for a search; several times as long as it takes here


@pytest.fixture
def dated_server(tmp_path: Path) -> Iterator[Server]:
    started = dated(tmp_path)
    yield started
    started.stop()


@pytest.fixture
def four(dated_server: Server) -> Server:
    """A server with three open applications and a closed one."""
    desk = desk_on(dated_server)
    for company in COMPANIES:
        desk.add(replace(FERNBRIDGE, company=company))
    desk.add(REFUSED)
    return dated_server


def opened(server: Server, new_page: NewPage) -> Page:
    """The page with the list."""
    page = new_page(f"{server.url}/applications")
    expect(page.get_by_role("searchbox", name="Search")).to_be_visible()
    settled(page)
    return page


def test_the_list_is_searched_as_one_types_filtered_sorted_and_opened(
    four: Server, new_page: NewPage
) -> None:
    page = opened(four, new_page)
    lines = page.locator("[class*=st-key-line-]")
    expect(page.get_by_text("4 applications: 3 due, 1 closed.")).to_be_visible()
    expect(lines).to_contain_text([*COMPANIES, "Harrow Press"])
    search = page.get_by_role("searchbox", name="Search")
    reach(page, search)
    page.keyboard.type("ide", delay=50)
    expect(lines).to_contain_text(["Tidewater"])
    expect(search).to_be_focused()
    page.keyboard.type("x")
    expect(page.get_by_text("Nothing is found for “idex”.")).to_be_visible()
    expect(search).to_be_focused()
    expect(search).to_have_value("idex")
    press(page, "Show all")
    expect(lines).to_have_count(4)
    expect(search).to_have_value("")

    for field, value, found in (
        ("Status", "Closed", ["Harrow Press"]),
        ("Status", "Due", [*COMPANIES]),
        ("Sorted by", "Company", [*COMPANIES]),
        ("Status", "All", ["Fernbridge", "Harrow Press", "Northlight", "Tidewater"]),
    ):
        box = page.get_by_role("combobox", name=field)
        reach(page, box)
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type(value)
        expect(page.get_by_role("option").first).to_contain_text(value)
        page.keyboard.press("Enter")
        expect(lines).to_contain_text(found)
        expect(box).to_be_focused()

    reach(page, page.get_by_role("link", name="Open Northlight"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Northlight")


def test_one_without_an_interview_is_added_and_gets_its_first_one_later(
    dated_server: Server, new_page: NewPage
) -> None:
    page = new_page(f"{dated_server.url}/applications")
    expect(page.get_by_text("Nothing is here yet.")).to_be_visible()
    company = page.get_by_role("textbox", name="Company", exact=True)
    reach(page, company)
    retype(page, "Fernbridge")
    reach(page, page.get_by_role("radio", name="It is over"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="None is planned yet")).to_be_checked()
    expect(page.get_by_text("When did they say you would hear?")).to_have_count(0)
    press(page, "Show my plan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fernbridge")
    expect(page.get_by_text("Saved. This is your plan.")).to_be_visible()
    expect(page.get_by_text("Add its first interview to get a plan.")).to_be_visible()
    expect(button(page, "I heard from Fernbridge")).to_be_focused()

    press(page, "Add an interview at Fernbridge")
    expect(page.get_by_role("textbox", name="What is this interview called?")).to_be_focused()
    press(page, "Save and plan anew")
    expect(page.get_by_role("heading", name="Email your thanks")).to_be_visible()
    expect(button(page, "Add an interview at Fernbridge")).to_be_focused()
    settled(page)

    page.get_by_role("link", name="Applications").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Applications")
    press(page, "Add an application")
    expect(company).to_be_focused()
    press(page, "Cancel")
    expect(button(page, "Add an application")).to_be_focused()
    page.keyboard.press("Enter")
    expect(company).to_be_focused()
    retype(page, "Tidewater")
    press(page, "Show my plan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidewater")
    expect(page.get_by_text("Saved. This is your plan.")).to_be_visible()
    cases = desk_on(dated_server).today().cases
    assert {case.application.company: len(case.application.rounds) for case in cases} == {
        "Fernbridge": 1,
        "Tidewater": 1,
    }


def test_several_are_closed_at_once_and_opened_again(four: Server, new_page: NewPage) -> None:
    page = opened(four, new_page)
    press(page, "Select several")
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    expect(page.get_by_role("checkbox", name="Select Harrow Press")).to_have_count(0)
    expect(button(page, "Close 0 as “no answer”")).to_be_disabled()
    for count, company in enumerate(COMPANIES[1:], start=1):
        box = page.get_by_role("checkbox", name=f"Select {company}")
        reach(page, box)
        page.keyboard.press("Space")
        expect(button(page, f"Close {count} as “no answer”")).to_be_visible()
        expect(box).to_be_checked()
        expect(box).to_be_focused()
    press(page, "Close 2 as “no answer”")
    expect(page.get_by_text("2 applications are closed as “no answer”.")).to_be_visible()
    expect(page.get_by_text("4 applications: 1 due, 3 closed.")).to_be_visible()
    expect(button(page, "Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("4 applications: 3 due, 1 closed.")).to_be_visible()
    expect(page.get_by_text("are closed as “no answer”")).to_have_count(0)
    expect(button(page, "Select several")).to_be_focused()

    press(page, "Select several")
    press(page, "Select all 3 open ones")
    expect(button(page, "Close 3 as “no answer”")).to_be_visible()
    expect(button(page, "Select all 3 open ones")).to_be_focused()
    for company in COMPANIES:
        expect(page.get_by_role("checkbox", name=f"Select {company}")).to_be_checked()
    press(page, "Stop selecting")
    expect(boxes).to_have_count(0)
    statuses = [case.plan.status for case in desk_on(four).today().cases]
    assert statuses == [Status.DUE, Status.DUE, Status.DUE, Status.CLOSED]


def test_what_was_deleted_is_brought_back_at_once_or_later(four: Server, new_page: NewPage) -> None:
    page = opened(four, new_page)
    link, deleted = (
        page.get_by_role("link", name="Open Tidewater"),
        page.get_by_text("Tidewater was deleted."),
    )
    reach(page, link)
    page.keyboard.press("Enter")
    press(page, "Delete Tidewater")
    expect(page.get_by_role("heading", level=1)).to_have_text("Applications")
    expect(deleted).to_be_visible()
    expect(link).to_have_count(0)
    expect(button(page, "Undo: bring Tidewater back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(link).to_be_focused()
    expect(deleted).to_have_count(0)

    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidewater")
    press(page, "Delete Tidewater")
    expect(button(page, "Undo: bring Tidewater back")).to_be_focused()
    page.reload()
    expect(page.get_by_role("searchbox", name="Search")).to_be_visible()
    aside = shuts(page, "Deleted in the last 30 days (1)")
    reach(page, aside)
    page.keyboard.press("Enter")
    expect(page.get_by_text("deleted today")).to_be_visible()
    press(page, "Bring Tidewater back")
    expect(link).to_be_focused()
    expect(aside).to_have_count(0)
    assert len(desk_on(four).today().cases) == 4


def test_the_others_are_told_of_an_offer_where_any_still_waits(four: Server, new_page: NewPage) -> None:
    page = opened(four, new_page)
    desk = desk_on(four)

    def told() -> list[str]:
        return [case.application.company for case in desk.today().cases if case.application.rival_offer]

    reach(page, page.get_by_role("link", name="Open Fernbridge"))
    page.keyboard.press("Enter")
    press(page, "Say how it ended: Fernbridge")
    expect(page.get_by_role("radio", name="They made me an offer")).to_be_focused()
    page.keyboard.press("Space")
    press(page, "Save how it ended")
    expect(page.get_by_text("You have an offer, and 2 others still wait.")).to_be_visible()
    chosen, choice = page.get_by_label("Selected values"), page.get_by_role("combobox", name="Whom do you")
    expect(chosen).to_contain_text("Tidewater")
    reach(page, choice)
    page.keyboard.press("Backspace")
    expect(chosen).not_to_contain_text("Tidewater")
    expect(choice).to_be_focused()
    press(page, "Add “tell them” to their plans")
    expect(page.get_by_text("Added to the plan of Northlight.")).to_be_visible()
    expect(button(page, "Undo: tell them")).to_be_focused()
    assert told() == ["Northlight"]
    page.keyboard.press("Enter")
    expect(page.get_by_text("Added to the plan of")).to_have_count(0)
    expect(button(page, "Add “tell them” to their plans")).to_be_focused()
    assert told() == []
    press(page, "Tell nobody")
    expect(button(page, "I heard from Fernbridge")).to_be_focused()
    expect(page.get_by_text("others still wait")).to_have_count(0)
    assert told() == []


ODD_NAMES = (
    "*Bold* _it_ & **sons**",
    "<b>Tags</b> &amp; <script>alert(1)</script>",
    ":red[Colour] :material/home: $x^2$",
    "# Head [link](http://x.example) `code`",
    "1. First -> second -- third",
    "שלום עולם (Ltd)",
    "C:\\Path\\new ~~struck~~ | a > b",
    "x" * 200,
)


def test_odd_names_are_shown_as_typed_in_the_list_on_the_page_and_in_the_history(
    dated_server: Server, new_page: NewPage
) -> None:
    desk, ids = desk_on(dated_server), {}
    for name in ODD_NAMES:
        met = replace(ADA, name=name, title=name, notes=name)
        round = replace(PANEL, label=name, notes=name, interviewers=(met,))
        log = (entry(EntryKind.NOTE, NOW, text=name), entry(EntryKind.THANK_YOU, NOW, to=name))
        ids[name] = desk.add(
            replace(FERNBRIDGE, company=name, role=name, notes=name, rounds=(round,), log=log)
        ).id
    page = opened(dated_server, new_page)
    main = page.locator("[data-testid=stMainBlockContainer]")
    for name in ODD_NAMES:
        expect(main).to_contain_text(as_read(f"{name} · {name}"))
    for name, case_id in ids.items():
        page.goto(address_of(dated_server, case_id))
        expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
        unfold(page, "Interviews and people", "History")
        for words in (
            f"{name} · {name}",
            f"{name} · {name} · ada@fernbridge.example",
            f"Notes: {name}",
            f"thanked {name} by email.",
            f"noted “{name}”",
            f"Today at 15:00: {name} ended.",
        ):
            expect(main).to_contain_text(as_read(words))
        expect(page.get_by_role("heading", level=1)).to_have_text(as_read(name))
        expect(main.locator("script, .katex, b")).to_have_count(0)


def as_read(words: str) -> re.Pattern[str]:
    """These words, with any of the invisible signs among them that keep what was typed as it is."""
    return re.compile("[\u2060\u2068\u2069]*".join(re.escape(letter) for letter in words))


def test_a_search_among_a_thousand_answers_at_once(dated_server: Server, new_page: NewPage) -> None:
    keep_many(dated_server, 1_000)
    page = opened(dated_server, new_page)
    expect(page.get_by_text("1,000 applications: 1,000 overdue.")).to_be_visible()
    lines, search = page.locator("[class*=st-key-line-]"), page.get_by_role("searchbox", name="Search")
    expect(lines).to_have_count(20)
    reach(page, search)
    taken = []
    for letters, found in (("company 77", 19), ("7", 1)):
        page.keyboard.type(letters)
        began = time.monotonic()
        expect(lines).to_have_count(found)
        taken.append(time.monotonic() - began)
    assert min(taken) < SECONDS_TO_ANSWER, taken
    expect(lines).to_contain_text("Company 777")
    expect(search).to_be_focused()


def keep_many(server: Server, count: int) -> None:
    """Put so many applications into a server's store in one go."""
    engine = open_database(f"sqlite:///{server.folder / 'afterword' / 'afterword.sqlite3'}", NOW)
    rows = [
        {
            "owner": OWNER,
            "id": f"a{number:04}",
            "version": 1,
            "updated_at": stamp(NOW),
            "document": document_of(
                replace(
                    with_round(ended_at=NOW - timedelta(days=20), promise=None),
                    id=f"a{number:04}",
                    company=f"Company {number:03}",
                )
            ),
        }
        for number in range(count)
    ]
    with engine.begin() as connection:
        connection.execute(insert(APPLICATIONS), rows)
        read_anew(connection, OWNER)
    engine.dispose()
