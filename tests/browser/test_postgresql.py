"""The owner's store in a real PostgreSQL, from the first plan to the erased store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import URL

from tests.browser.acts import settled, thank_and_kill
from tests.browser.conftest import Server

Opened = Callable[..., Page]


@pytest.fixture
def server(tmp_path: Path, postgresql_databases: Callable[[], URL]) -> Iterator[Server]:
    """A server of this test alone, with an empty database."""
    address = postgresql_databases().set(password="secret").render_as_string(hide_password=False)
    started = Server(tmp_path, environment={"AFTERWORD_DATABASE": address}).start()
    yield started
    started.stop()


def test_a_tick_survives_a_killed_server_and_everything_can_be_erased(
    server: Server, new_page: Opened
) -> None:
    page = new_page(server.url)
    thank_and_kill(server, page)
    again = new_page(server.url)
    expect(again.get_by_text("Thanked by email today")).to_be_visible()
    again.get_by_role("button", name="Undo: Ada Okafor").click()
    expect(again.get_by_role("button", name="I've thanked Ada Okafor")).to_be_visible()
    settled(again)

    again.goto(f"{server.url}/data")
    expect(
        again.get_by_text("in a database on a server, postgresql+psycopg://afterword:***@")
    ).to_be_visible()
    expect(again.get_by_text("its disk keeps traces until it tidies up")).to_be_visible()
    again.get_by_label("Type “erase” to go on").fill("erase")
    again.get_by_role("button", name="Erase everything").click()
    expect(again.get_by_text("Everything is erased.")).to_be_visible()
    again.goto(server.url)
    expect(again.get_by_role("heading", level=1)).to_have_text("Just out of an interview?")
    assert list(server.folder.rglob("*.sqlite3")) == []
