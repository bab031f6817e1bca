"""Which should I use?, by keyboard alone; the drawn timeline; and the page for the wall, printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import button, dated, desk_on, press, reach, settled
from tests.browser.conftest import Server

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the third of November."""
    started = dated(tmp_path_factory.mktemp("which"))
    yield started
    started.stop()


def choose(page: Page, question: str, down: int) -> None:
    """Go to a question by Tab alone and choose the answer so many below the first."""
    group = page.get_by_role("radiogroup", name=question)
    reach(page, group.get_by_role("radio").first)
    page.keyboard.press("Space")
    settled(page)
    for _ in range(down):
        page.keyboard.press("ArrowDown")
        settled(page)
    expect(group.get_by_role("radio").nth(down)).to_be_checked()
    expect(group.get_by_role("radio").nth(down)).to_be_focused()


def test_the_questions_are_answered_and_saved_by_keyboard_alone(here: Server, new_page: Opened) -> None:
    page = new_page(f"{here.url}/guide?page=email-or-phone")
    link = page.get_by_role("link", name="Which should I use?")
    reach(page, link)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Which should I use?")).to_be_visible()
    choose(page, "Did they say how they would reach you?", 1)
    choose(page, "What do you have to reach them by?", 2)
    choose(page, "When was the interview?", 0)
    expect(page.get_by_role("status").filter(has_text="Email your thanks. Due today.")).to_be_visible()
    choose(page, "Did they give a date?", 3)
    expect(page.get_by_text("Mon 16 Nov to Tue 17 Nov: Check in with your contact by phone.")).to_be_visible()
    reach(page, page.get_by_label("Company", exact=True))
    page.keyboard.type("Tidewater")
    press(page, "Save and show its plan")
    expect(page.get_by_role("heading", level=1, name="Tidewater")).to_be_visible()
    expect(page.get_by_text("Saved. This is your plan.")).to_be_visible()
    (case,) = desk_on(here).today().cases
    assert case.application.company == "Tidewater"
    expect(button(page, "I've thanked Tidewater")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_worked_example_is_drawn_within_the_page(
    here: Server, new_page: Opened, width: int, scheme: str
) -> None:
    page = new_page(f"{here.url}/guide?page=timing", width, scheme)
    drawing = page.get_by_test_id("stVegaLiteChart")
    drawing.locator("canvas, svg").first.wait_for()
    settled(page)
    assert page.get_by_test_id("stException").count() == 0
    box = drawing.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["height"] > 300
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
