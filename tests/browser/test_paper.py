"""Paper from the pages: each PDF is made when it is asked for, as the application stands then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
from playwright.sync_api import Page

from tests.browser.acts import add_interview, address_of, desk_on, settled
from tests.browser.conftest import Server
from tests.browser.test_data import downloaded

Opened = Callable[..., Page]


def title_of(page: Page, name: str, folder: Path) -> str:
    """The title of the PDF that a button on paper makes."""
    page.get_by_role("button", name="On paper").click()
    with pikepdf.open(downloaded(page, name, folder)) as made:
        return str(made.docinfo["/Title"])


def test_plan_checklist_timeline_and_guide_come_on_paper(
    server: Server, new_page: Opened, tmp_path: Path
) -> None:
    page = new_page(server.url)
    add_interview(page, "Wharf & Co")
    page.goto(f"{server.url}/applications")
    settled(page)
    assert title_of(page, "Timeline (PDF)", tmp_path) == "Timeline"
    page.goto(f"{server.url}/guide?page=timing")
    settled(page)
    assert title_of(page, "When to write or call (PDF)", tmp_path) == "When to write or call"
    (case,) = desk_on(server).today().cases
    page.goto(address_of(server, case.id))
    settled(page)
    assert title_of(page, "One-page plan: Wharf & Co (PDF)", tmp_path) == "What to do next: Wharf & Co"
