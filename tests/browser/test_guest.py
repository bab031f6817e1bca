"""A guest's applications live in the guest's own browser, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.acts import add_interview, settled
from tests.browser.conftest import Server

Opened = Callable[..., Page]
MARKER = "Bob's marker company"
FIRST_RUN = "Just out of an interview?"


def guests(server: Server, path: str = "/") -> str:
    """An address at which everybody is a guest."""
    return f"http://afterword.example:{server.port}{path}"


def kept(page: Page) -> list[str]:
    """What this browser keeps of applications."""
    names: list[str] = page.evaluate("Object.keys(localStorage).filter(n => n.startsWith('afterword/'))")
    return names


def until_kept(page: Page, count: int) -> None:
    """Wait until this browser keeps that many texts."""
    page.wait_for_function(
        "n => Object.keys(localStorage).filter(k => k.startsWith('afterword/')).length === n", arg=count
    )


def title(page: Page) -> object:
    return expect(page.get_by_role("heading", level=1))


def holding_the_marker(server: Server) -> list[Path]:
    """The files of the server that hold what a guest entered."""
    files = (file for file in server.folder.rglob("*") if file.is_file())
    return [file for file in files if b"marker company" in file.read_bytes()]


def test_a_reload_and_a_server_started_again_lose_nothing_and_the_disk_holds_nothing(
    server: Server, new_page: Opened
) -> None:
    bob = new_page(guests(server))
    add_interview(bob, MARKER)
    bob.get_by_role("button", name="I've thanked").click()
    expect(bob.get_by_text("Thanked by email today")).to_be_visible()
    until_kept(bob, 1)
    settled(bob)

    bob.reload()
    expect(bob.get_by_text("Thanked by email today")).to_be_visible()

    server.stop()
    server.start()
    bob.goto(guests(server))
    expect(bob.get_by_text("Thanked by email today")).to_be_visible()
    expect(bob.get_by_text(MARKER).first).to_be_visible()

    assert holding_the_marker(server) == []


@pytest.mark.parametrize(
    "environment", [{"AFTERWORD_BOUND": "127.0.0.1", "AFTERWORD_GUEST": "1"}, {"AFTERWORD_BOUND": ""}]
)
def test_a_server_for_guests_or_one_that_knows_not_where_it_is_bound_keeps_nothing(
    tmp_path: Path, new_page: Opened, environment: dict[str, str]
) -> None:
    server = Server(tmp_path, environment=environment).start()
    try:
        bob = new_page(server.url)
        add_interview(bob, MARKER)
        until_kept(bob, 1)
        title(new_page(server.url)).to_have_text(FIRST_RUN)
    finally:
        server.stop()
    assert holding_the_marker(server) == []
    assert list(server.folder.rglob("*.sqlite3")) == []


def test_where_the_browser_never_answers_there_is_a_way_on_and_it_says_what_is_lost(
    shared_server: Server, browser: Browser
) -> None:
    with browser.new_context() as context:
        bob = context.new_page()
        bob.add_init_script("URL.createObjectURL = () => 'data:text/plain,'")  # none of our scripts runs
        bob.goto(guests(shared_server))
        bob.get_by_role("button", name="Go on without it").click()
        title(bob).to_have_text(FIRST_RUN)
        expect(bob.get_by_text("is gone once you close this tab")).to_be_visible()


def test_a_tick_on_an_applications_page_is_kept_over_a_reload(
    shared_server: Server, new_page: Opened
) -> None:
    bob = new_page(guests(shared_server))
    add_interview(bob, MARKER)
    bob.goto(guests(shared_server, "/applications"))
    bob.get_by_role("link", name=f"Open {MARKER}").click()
    box = bob.get_by_role("checkbox", name="Keep a copy of the job posting")
    box.press("Space")
    expect(bob.get_by_text("1 of 5 done")).to_be_visible()
    bob.wait_for_function("Object.values(localStorage).join().includes('save-posting')")
    bob.reload()
    expect(box).to_be_checked()


def test_another_browser_knows_nothing_of_it(shared_server: Server, new_page: Opened) -> None:
    add_interview(new_page(guests(shared_server)), MARKER)
    charlie = new_page(guests(shared_server))
    title(charlie).to_have_text(FIRST_RUN)
    assert kept(charlie) == []


def test_two_tabs_of_one_browser_agree(shared_server: Server, new_page: Opened) -> None:
    bob = new_page(guests(shared_server))
    add_interview(bob, MARKER)
    until_kept(bob, 1)
    second = bob.context.new_page()
    second.goto(guests(shared_server))
    expect(second.get_by_role("button", name="I've thanked")).to_be_visible()
    settled(second)
    bob.get_by_role("button", name="I've thanked").click()
    expect(second.get_by_text("Thanked by email today")).to_be_visible()
    second.get_by_role("button", name=f"Undo: {MARKER}").click()
    expect(bob.get_by_role("button", name="I've thanked")).to_be_visible()


def test_what_the_browser_keeps_and_nobody_can_read_is_left_as_it_is_and_said(
    shared_server: Server, new_page: Opened
) -> None:
    bob = new_page(guests(shared_server))
    settled(bob)
    bob.evaluate("localStorage.setItem('afterword/application/x', '{\"broken')")
    bob.reload()
    expect(bob.get_by_text("could not be read")).to_be_visible()
    assert kept(bob) == ["afterword/application/x"]


def test_a_browser_that_refuses_is_said_and_the_page_works_all_the_same(
    shared_server: Server, new_page: Opened
) -> None:
    bob = new_page(guests(shared_server))
    settled(bob)
    bob.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    bob.reload()
    expect(bob.get_by_text("This browser keeps nothing for this page")).to_be_visible()
    add_interview(bob, MARKER)
    settled(bob)
    expect(bob.get_by_text(MARKER).first).to_be_visible()
    expect(bob.get_by_text("Saved. This is your plan.")).to_be_visible()  # though it has refused once more


def test_a_full_browser_is_said_and_nothing_is_lost_while_the_tab_is_open(
    shared_server: Server, new_page: Opened
) -> None:
    bob = new_page(guests(shared_server))
    settled(bob)
    bob.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    )
    add_interview(bob, MARKER)
    expect(bob.get_by_text("This browser has no room left")).to_be_visible()
    expect(bob.get_by_text(MARKER).first).to_be_visible()


def test_after_the_time_the_guest_chose_everything_is_gone(shared_server: Server, new_page: Opened) -> None:
    bob = new_page(guests(shared_server))
    add_interview(bob, MARKER)
    until_kept(bob, 1)
    bob.evaluate(
        "localStorage.setItem('afterword-ends-after', '15');"
        "localStorage.setItem('afterword-last-seen', String(Date.now() - 16 * 60000))"
    )
    title(bob).to_have_text(FIRST_RUN, timeout=30_000)
    until_kept(bob, 0)
    assert kept(bob) == []


def open_data(page: Page, server: Server) -> Page:
    page.goto(guests(server, "/data"))
    title(page).to_have_text("Your data")
    settled(page)
    return page


def test_another_tab_does_not_turn_off_the_end_that_was_chosen_and_shows_it(
    shared_server: Server, new_page: Opened
) -> None:
    bob = open_data(new_page(guests(shared_server)), shared_server)
    second = open_data(bob.context.new_page(), shared_server)
    chosen = bob.get_by_role("combobox", name="Erase it by itself")
    chosen.press("Enter")
    chosen.press_sequentially("After 15")
    expect(bob.get_by_role("option")).to_have_count(1)
    chosen.press("Enter")
    bob.wait_for_function("localStorage.getItem('afterword-ends-after') === '15'")
    expect(second.get_by_role("combobox", name="Erase it by itself")).to_have_value("After 15 minutes")
    second.get_by_role("link", name="About you").click()
    title(second).to_have_text("About you")
    settled(second)
    assert second.evaluate("localStorage.getItem('afterword-ends-after')") == "15"


def test_after_erasing_nothing_that_was_deleted_can_be_brought_back(
    shared_server: Server, new_page: Opened
) -> None:
    bob = new_page(guests(shared_server))
    add_interview(bob, MARKER)
    until_kept(bob, 1)
    bob.get_by_role("link", name="Applications").click()
    bob.get_by_role("link", name=f"Open {MARKER}").click()
    bob.get_by_role("button", name=f"Delete {MARKER}").first.click()
    expect(bob.get_by_text("It can be brought back")).to_be_visible()
    bob.get_by_role("link", name="Your data").click()
    bob.get_by_role("button", name="Erase everything in this browser").click()
    expect(bob.get_by_text("Everything in this browser is erased.")).to_be_visible()
    until_kept(bob, 0)
    bob.get_by_role("link", name="Applications").click()
    title(bob).to_have_text("Applications")
    settled(bob)
    expect(bob.get_by_text(MARKER)).to_have_count(0)


def test_what_was_said_about_oneself_leaves_every_tab_that_is_open(
    shared_server: Server, new_page: Opened
) -> None:
    bob = new_page(guests(shared_server, "/about_you"))
    bob.get_by_label("Your full name").fill("Bob Birch")
    bob.get_by_role("button", name="Save").click()
    until_kept(bob, 1)
    second = bob.context.new_page()
    second.goto(guests(shared_server, "/about_you"))
    expect(second.get_by_label("Your full name")).to_have_value("Bob Birch")
    open_data(bob, shared_server).get_by_role("button", name="Erase everything in this browser").click()
    until_kept(bob, 0)
    second.get_by_role("link", name="Today").click()
    title(second).to_have_text(FIRST_RUN)
    second.get_by_role("link", name="About you").click()
    expect(second.get_by_label("Your full name")).to_have_value("")


def test_the_browser_remembers_what_the_calendar_file_said(shared_server: Server, new_page: Opened) -> None:
    bob = new_page(guests(shared_server))
    add_interview(bob, MARKER)
    until_kept(bob, 1)
    open_data(bob, shared_server)
    with bob.expect_download():
        bob.get_by_role("button", name="Download a calendar file").click()
    bob.wait_for_function("Object.keys(localStorage).some(k => k.startsWith('afterword/calendar/'))")
    with bob.expect_download():
        bob.get_by_role("button", name="Download a calendar file").click()
