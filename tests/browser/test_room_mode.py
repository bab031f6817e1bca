"""A server started for a workshop keeps nothing that anybody types, and never opens its owner's store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.acts import add_interview
from tests.browser.conftest import Server
from tests.browser.test_guest import MARKER, holding_the_marker, until_kept

ROOM_MODE = {"AFTERWORD_ROOM": "1", "AFTERWORD_LEADER_KEY": "QUIET-OTTER-7K3M"}
Opened = Callable[..., Page]


def opened_by(server: Server) -> set[str]:
    """The names of the databases that a watched server has opened, with the files beside them."""
    lines = (server.folder / "opened.log").read_text("utf-8").splitlines()
    return {Path(line).name for line in lines}


def test_the_owners_store_is_never_opened_and_what_a_guest_types_stays_in_the_guests_browser(
    tmp_path: Path, new_page: Opened
) -> None:
    server = Server(tmp_path, script="tests.watched:app", environment=ROOM_MODE).start()
    try:
        bob = new_page(f"{server.url}/today")
        add_interview(bob, MARKER)
        bob.get_by_role("button", name="I've thanked").click()
        expect(bob.get_by_text("Thanked by email today")).to_be_visible()
        until_kept(bob, 1)
    finally:
        server.stop()
    assert {name for name in opened_by(server) if name.endswith(".sqlite3")} == {"rooms.sqlite3"}
    assert list(server.folder.rglob("afterword.sqlite3*")) == []
    assert holding_the_marker(server) == []
