"""Practice by keyboard alone, its feedback held against axe-core, and a guest's answers in the guest's browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import dated, press, reach, settled
from tests.browser.axe import LOOKS, Bare, beyond
from tests.browser.conftest import Server
from tests.browser.test_guest import guests, until_kept
from tests.desk.cast import HANDBOOK

Opened = Callable[..., Page]
FIRST, SECOND = HANDBOOK.scenarios[:2]


@pytest.fixture(scope="module")
def practice_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = dated(tmp_path_factory.mktemp("practice"))
    yield started
    started.stop()


def at_place(page: Page, number: int) -> None:
    """Choose the answer in that place, by Tab and the arrows alone."""
    reach(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    for _ in range(number):
        page.keyboard.press("ArrowDown")


def test_a_situation_is_answered_and_the_next_one_begun_by_keyboard_alone(
    server: Server, new_page: Opened
) -> None:
    page = new_page(f"{server.url}/practice")
    expect(page.get_by_role("heading", name=FIRST.title)).to_be_visible()
    wrong = [option.right for option in FIRST.options].index(False)
    at_place(page, wrong)
    press(page, "Check my answer")
    expect(page.get_by_role("alert").filter(has_text="Not quite.")).to_be_visible()
    for option in FIRST.options:
        expect(page.get_by_text(option.why)).to_be_visible()
    page.wait_for_function("document.activeElement.innerText.includes('On whose word this rests')")
    press(page, "Next scenario")
    expect(page.get_by_role("heading", name=SECOND.title)).to_be_visible()
    page.wait_for_function("document.activeElement.innerText.includes('What is known')")
    at_place(page, [option.right for option in SECOND.options].index(True))
    press(page, "Check my answer")
    expect(page.get_by_text("Right.", exact=True)).to_be_visible()
    expect(page.get_by_text("answered, 1 right at first. One comes back tomorrow.")).to_be_visible()
    page.wait_for_function("document.activeElement.innerText.includes('On whose word this rests')")
    page.reload()
    expect(page.get_by_role("heading", name=HANDBOOK.scenarios[2].title)).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_reasons_of_an_answer_break_no_rule_that_a_bare_page_keeps(
    practice_server: Server, bare: Bare, new_page: Opened, width: int, scheme: str
) -> None:
    page = new_page(f"{practice_server.url}/practice?scenario={FIRST.id}", width, scheme)
    page.get_by_text(FIRST.options[1].words).click()
    page.get_by_role("button", name="Check my answer").click()
    expect(page.get_by_role("button", name="Next scenario")).to_be_visible()
    settled(page)
    assert beyond(page, bare(width, scheme)) == {}
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_after_a_scenario_of_the_address_the_next_follows_and_the_address_names_none(
    server: Server, new_page: Opened
) -> None:
    page = new_page(f"{server.url}/practice?scenario={SECOND.id}")
    page.get_by_text(SECOND.options[0].words).click()
    page.get_by_role("button", name="Check my answer").click()
    page.get_by_role("button", name="Next scenario").click()
    expect(page.get_by_role("heading", name=FIRST.title)).to_be_visible()
    expect(page).to_have_url(f"{server.url}/practice")


def test_a_guests_answers_live_in_the_guests_browser_and_outlast_a_reload(
    shared_server: Server, new_page: Opened
) -> None:
    bob = new_page(guests(shared_server, "/practice"))
    bob.get_by_text(FIRST.options[1].words).click()
    bob.get_by_role("button", name="Check my answer").click()
    until_kept(bob, 1)
    bob.reload()
    expect(bob.get_by_text("One comes back tomorrow.")).to_be_visible()
    expect(bob.get_by_role("heading", name=SECOND.title)).to_be_visible()
    charlie = new_page(guests(shared_server, "/practice"))
    expect(charlie.get_by_role("heading", name=FIRST.title)).to_be_visible()
