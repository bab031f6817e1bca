"""What a visitor does, in words."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from afterword.desk import Desk
from afterword.store.database import open_database
from afterword.store.repository import OWNER
from afterword.store.sql import SqlRepository
from tests.browser.conftest import NEW_YORK, Server
from tests.desk.cast import HANDBOOK, NOW, SetClock

PHASES = [phase.title for phase in HANDBOOK.phases]

expect.set_options(timeout=20_000)  # a busy machine may take its time; a test that holds does not wait for it


def add_interview(page: Page, company: str, said: str = "Next week", people: str = "") -> None:
    """Fill the three facts and press the button; the plan is on screen afterwards."""
    page.get_by_label("Company", exact=True).fill(company)
    page.get_by_text(said).first.click()
    if people:
        page.get_by_text("More, now or later").click()
        page.get_by_label("Whom did you meet?").fill(people)
    page.get_by_role("button", name="Show my plan").click()
    expect(page.get_by_text("Saved. This is your plan.")).to_be_visible()
    settled(page)


def thank_and_kill(server: Server, page: Page) -> None:
    """Add an interview and thank its interviewer; once that is confirmed the server is killed and started again."""
    add_interview(page, "Fernbridge", people="Ada Okafor")
    page.get_by_role("button", name="I've thanked Ada Okafor").click()
    expect(page.get_by_text("Thanked by email today")).to_be_visible()
    server.kill()
    server.start()


def tab_to(page: Page, matches: str, most: int = 40) -> None:
    """Press Tab until the focused element's name holds the text."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if matches in focused(page):
            return
    raise AssertionError(f"no {matches!r} within {most} tabs; at {focused(page)!r}")


def focused(page: Page) -> str:
    """The name by which a screen reader would announce what has the focus."""
    name: str = page.evaluate(
        """() => {
            const e = document.activeElement
            if (!e || e === document.body) return ""
            const by = e.getAttribute("aria-labelledby")
            const named = by && by.split(" ").map(i => document.getElementById(i)?.innerText).join(" ")
            const own = e.matches("button, a, summary, [role]") ? e.innerText : ""
            return named || e.getAttribute("aria-label") || e.labels?.[0]?.innerText || own || ""
        }"""
    )
    return name


def settled(page: Page) -> None:
    """Wait until the page has answered: no run is under way."""
    page.wait_for_function(
        "() => { const app = document.querySelector('[data-testid=stApp]');"
        " return app && app.dataset.testScriptState === 'notRunning' }"
    )


def dated(folder: Path, script: str = "server:app", **more: str) -> Server:
    """A server whose clock began on the third of November 2026, at ten past four in New York."""
    return Server(folder, script=script, environment={"AFTERWORD_NOW": NOW.isoformat(), **more}).start()


def desk_on(server: Server) -> Desk:
    """The owner's desk on what a server keeps, as it stands there now."""
    file = server.folder / "afterword" / "afterword.sqlite3"
    store = SqlRepository(open_database(f"sqlite:///{file}", NOW))
    return Desk(OWNER, store, SetClock(), HANDBOOK, NEW_YORK)


def address_of(server: Server, case_id: str) -> str:
    """The address of an application's page."""
    return f"{server.url}/application?id={case_id}"


def reach(page: Page, target: Locator, most: int = 120) -> None:
    """Press Tab until the hand is on it."""
    expect(target).to_be_visible()
    settled(page)
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def press(page: Page, name: str) -> None:
    """Reach a button by Tab alone, and press it."""
    reach(page, button(page, name))
    page.keyboard.press("Enter")


def retype(page: Page, words: str) -> None:
    """Type in place of what the field holds in which the hand is, and leave it."""
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(words)
    page.keyboard.press("Tab")
    settled(page)


def button(page: Page, name: str) -> Locator:
    """The button of exactly that name, as it is drawn now: while a page is drawn anew, what goes is still there."""
    return page.locator("[data-stale=false]").get_by_role("button", name=name, exact=True)


def shuts(page: Page, name: str) -> Locator:
    """What opens and shuts a part of the page."""
    return page.locator("summary").filter(has_text=name)


def unfold(page: Page, *names: str) -> None:
    """Have these parts of an application's page stand open."""
    for name in names:
        settled(page)
        expect(button(page, name).or_(button(page, f"Close: {name}"))).to_be_visible()
        if not button(page, f"Close: {name}").count():
            button(page, name).click()
            expect(button(page, f"Close: {name}")).to_be_visible()
    settled(page)


def choose(page: Page, title: str) -> None:
    """Choose which message to write, by keyboard."""
    settled(page)
    which = page.get_by_role("combobox", name="Which message?")
    if which.input_value() == title:
        return
    which.press("ControlOrMeta+A")
    page.keyboard.type(title)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    settled(page)
