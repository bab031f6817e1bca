"""What is shown has an address: it outlives a reload, and the way back leads through it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server

Opened = Callable[..., Page]


def title(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1, name=words, exact=True)).to_be_visible()


def test_a_link_within_one_page_changes_the_address_and_can_be_gone_back(
    shared_server: Server, new_page: Opened
) -> None:
    page = new_page(f"{shared_server.url}/guide")
    page.get_by_role("link", name="When to write or call").first.click()
    title(page, "When to write or call")
    expect(page).to_have_url(f"{shared_server.url}/guide?page=timing")
    page.reload()
    title(page, "When to write or call")
    page.get_by_role("link", name="All pages of the guide").click()
    title(page, "Guide")
    expect(page).to_have_url(f"{shared_server.url}/guide")
    page.go_back()
    title(page, "When to write or call")
