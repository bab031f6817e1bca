"""axe-core on every page: nothing beyond what a bare Streamlit page of this version shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from afterword.domain.model import EntryKind, Outcome, Result
from tests.browser.acts import (
    PHASES,
    add_interview,
    address_of,
    button,
    choose,
    dated,
    desk_on,
    settled,
    shuts,
    unfold,
)
from tests.browser.axe import LOOKS, Bare, beyond, violations
from tests.browser.conftest import Server
from tests.desk.cast import ADA, FERNBRIDGE, NOW, PANEL, entry

Opened = Callable[..., Page]
PAGES = (
    "/",
    "/applications",
    "/write",
    "/timeline",
    "/guide",
    "/guide?page=timing",
    "/guide?page=email-or-phone",
    "/guide?page=which",
    "/practice",
    "/about_you",
    "/data",
)


@pytest.fixture(scope="module")
def full_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with sixty applications that wait, an offer, and one that was deleted."""
    started = dated(tmp_path_factory.mktemp("full"))
    desk = desk_on(started)
    for number in range(60):
        desk.add(replace(FERNBRIDGE, company=f"Company {number}"))
    two = (replace(PANEL, interviewers=(ADA, replace(ADA, name="Mei Tan"))), replace(PANEL, label="Screen"))
    offer = Outcome(result=Result.OFFER, at=NOW)
    log = (entry(EntryKind.THANK_YOU, NOW, to="Ada Okafor"), entry(EntryKind.NOTE, NOW, text="A note"))
    desk.add(replace(FERNBRIDGE, id="open", rounds=two, log=log))
    desk.add(replace(FERNBRIDGE, id="offer", company="Pell Labs", outcome=offer))
    desk.delete(desk.add(replace(FERNBRIDGE, company="Quay Street")).id)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def dated_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a day and at an hour of its own: what of the samples is due depends on both."""
    started = dated(tmp_path_factory.mktemp("dated"))
    yield started
    started.stop()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_breaks_no_rule_that_a_bare_page_keeps(
    shared_server: Server, bare: Bare, new_page: Opened, address: str, width: int, scheme: str
) -> None:
    page = new_page(shared_server.url + address, width, scheme)
    settled(page)
    assert beyond(page, bare(width, scheme)) == {}
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_today_and_an_application_with_everything_open_break_none_either(
    dated_server: Server, bare: Bare, new_page: Opened, width: int, scheme: str
) -> None:
    known = bare(width, scheme)
    page = new_page(f"http://afterword.example:{dated_server.port}", width, scheme)
    page.get_by_role("button", name="Look around with samples").click()
    page.get_by_role("button", name="I've thanked Mei Tan").click()
    page.get_by_role("button", name="Change: Mei Tan").click()
    page.get_by_role("button", name="Correct Orrin Health").click()
    expect(page.get_by_label("When did it end?").first).to_be_visible()
    settled(page)
    assert beyond(page, known) == {}
    assert page.locator("h1").count() == 1
    page.get_by_role("button", name="I heard from Pell Labs").click()
    page.get_by_text("A new date for their answer").click()
    settled(page)
    assert beyond(page, known) == {}
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("link", name="Open Fernbridge").click()
    expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
    settled(page)
    assert beyond(page, known) == {}
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_message_with_everything_found_and_a_call_break_none(
    full_server: Server, bare: Bare, new_page: Opened, width: int, scheme: str
) -> None:
    known = bare(width, scheme)
    steps = desk_on(full_server).open("open").plan.steps
    step = next(step for step in steps if step.kind == "thank_you" and step.entry is None)
    page = new_page(f"{full_server.url}/write?id=open&step={step.id}", width, scheme)
    expect(page.get_by_role("combobox", name="Which message?")).to_be_visible()
    choose(page, "Thank-you email")  # another look at it may have left it at the call
    expect(button(page, "Copy the subject")).to_be_visible()
    page.get_by_label("Subject", exact=True).fill("Hello!!!")
    page.keyboard.press("Tab")
    expect(page.get_by_text("There are many exclamation marks")).to_be_visible()
    shuts(page, "On whose word").click()
    settled(page)
    found = {rule: nodes for rule, nodes in violations(page).items() if rule not in known}
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    choose(page, "Thank-you call")
    expect(page.get_by_label("If you reach their voicemail")).to_be_visible()
    settled(page)
    found |= {rule: nodes for rule, nodes in violations(page).items() if rule not in known}
    assert found == {}


def test_the_first_plan_of_a_phone_breaks_none(shared_server: Server, bare: Bare, new_page: Opened) -> None:
    page = new_page(f"http://afterword.example:{shared_server.port}", 375)
    add_interview(page, "Tidewater", people="Mei Tan\nLuis Prado")
    assert beyond(page, bare(375, "light")) == {}
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_sixty_applications_to_choose_from_break_none(
    full_server: Server, bare: Bare, new_page: Opened, width: int, scheme: str
) -> None:
    page = new_page(f"{full_server.url}/applications", width, scheme)
    expect(page.locator("[class*=st-key-line-]")).to_have_count(20)
    button(page, "Select several").click()
    expect(page.get_by_role("checkbox")).to_have_count(20)
    shuts(page, "Deleted in the last 30 days").click()
    expect(button(page, "Bring Quay Street back")).to_be_visible()
    settled(page)
    assert beyond(page, bare(width, scheme)) == {}
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


FORMS = {  # the button that opens each, and what of it is drawn last
    "Edit job and contact: Fernbridge": "Cancel",
    "Edit or move Panel": "Cancel",
    "Notes on Panel": "Cancel",
    "Add an interview at Fernbridge": "Cancel",
    "Add a note about Fernbridge": "Cancel",
    "Say how it ended: Fernbridge": "Cancel",
    "I heard from Fernbridge": "Cancel",
    "Correct Fernbridge": "Cancel",
    "Change: Ada Okafor": "Save the change",
}


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_an_application_with_each_of_its_forms_open_breaks_none(
    full_server: Server, bare: Bare, new_page: Opened, width: int, scheme: str
) -> None:
    known = bare(width, scheme)
    page = new_page(address_of(full_server, "open"), width, scheme)
    expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
    unfold(page, "The whole plan", *PHASES, "Interviews and people", "History")
    expect(page.get_by_text("lines, the latest first.")).to_be_visible()
    broken = {}
    for opener, last in FORMS.items():
        button(page, opener).first.click()
        # For a moment the part that was drawn before may stand beside it.
        expect(button(page, last).last).to_be_visible()
        settled(page)
        expect(button(page, last)).to_have_count(1)
        if opener.startswith("Say how"):
            page.get_by_text("They made me an offer").click()
            expect(button(page, "Save how it ended")).to_be_visible()
            settled(page)
        found = {rule: nodes for rule, nodes in violations(page).items() if rule not in known}
        broken |= {opener: found} if found else {}
        assert page.locator("h1").count() == 1
        button(page, opener).first.click() if last == "Save the change" else button(page, "Cancel").click()
        expect(button(page, last)).to_have_count(0)
    page.goto(address_of(full_server, "offer"))
    expect(page.get_by_text("You have an offer, and 61 others still wait.")).to_be_visible()
    expect(page.get_by_role("combobox", name="Whom do you want to tell?")).to_be_visible()
    settled(page)
    found = {rule: nodes for rule, nodes in violations(page).items() if rule not in known}
    assert broken | ({"whom to tell": found} if found else {}) == {}


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_answer_to_which_should_i_use_breaks_none(
    shared_server: Server, bare: Bare, new_page: Opened, width: int, scheme: str
) -> None:
    page = new_page(f"{shared_server.url}/guide?page=which", width, scheme)
    page.get_by_text("Yesterday", exact=True).click()
    expect(page.get_by_role("heading", name="Save this as an application")).to_be_visible()
    settled(page)
    assert beyond(page, bare(width, scheme)) == {}
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_spreadsheet_with_doubts_and_problems_breaks_none(
    server: Server, bare: Bare, new_page: Opened, width: int, scheme: str
) -> None:
    page = new_page(f"{server.url}/spreadsheet", width, scheme)
    table = b"Company,Role,Interview\nFernbridge,Clerk,next tues\nQuay,=1+1,3/11/2026\nquay,,\nQuay,,\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": table}
    )
    expect(page.get_by_role("heading", name="What it comes to")).to_be_visible()
    settled(page)
    assert beyond(page, bare(width, scheme)) == {}
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
