"""The owner's applications are the owner's: not a guest's, not a tunnel's visitor's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import add_interview
from tests.browser.conftest import Server

Opened = Callable[..., Page]


@pytest.fixture
def alices_server(server: Server, new_page: Opened) -> Server:
    """A server on which Alice, its owner, has an application."""
    add_interview(new_page(server.url), "Alice's secret company")
    return server


def test_charlie_who_comes_by_another_host_sees_a_guests_empty_today(
    alices_server: Server, new_page: Opened
) -> None:
    charlie = new_page(f"http://afterword.example:{alices_server.port}")
    expect(charlie.get_by_text("You are a guest here.")).to_be_visible()
    expect(charlie.get_by_role("heading", level=1)).to_have_text("Just out of an interview?")
    assert "secret" not in charlie.content()


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Real-IP"])
def test_charlie_behind_a_proxy_sees_a_guests_empty_today(
    alices_server: Server, new_page: Opened, header: str
) -> None:
    charlie = new_page(alices_server.url, extra_http_headers={header: "203.0.113.7"})
    expect(charlie.get_by_text("You are a guest here.")).to_be_visible()
    assert "secret" not in charlie.content()


def test_charlie_cannot_open_alices_application_by_its_address(
    alices_server: Server, new_page: Opened
) -> None:
    alice = new_page(alices_server.url)
    alice.get_by_role("button", name="I've thanked").click()
    expect(alice.get_by_text("Thanked by email today")).to_be_visible()
    case = alice.locator("[class*=st-key-card-]").first.get_attribute("class") or ""
    case_id = case.partition("st-key-card-")[2].partition(" ")[0]
    address = f"/application?id={case_id}"
    expect(new_page(alices_server.url + address).get_by_role("heading", level=1)).to_contain_text("secret")
    charlie = new_page(f"http://afterword.example:{alices_server.port}{address}")
    expect(charlie.get_by_role("heading", level=1)).to_have_text("No such application")


def test_two_guests_know_nothing_of_each_other_and_the_disk_of_neither(
    server: Server, new_page: Opened
) -> None:
    bob = new_page(f"http://afterword.example:{server.port}")
    add_interview(bob, "Bob's marker company")
    charlie = new_page(f"http://afterword.example:{server.port}")
    expect(charlie.get_by_role("heading", level=1)).to_have_text("Just out of an interview?")
    written = [f for f in server.folder.rglob("*") if f.is_file() and b"marker company" in f.read_bytes()]
    assert written == []


def test_a_server_started_for_guests_never_shows_the_owners_data(
    alices_server: Server, new_page: Opened
) -> None:
    alices_server.stop()
    alices_server.environment["AFTERWORD_GUEST"] = "1"
    alices_server.start()
    visitor = new_page(alices_server.url)
    expect(visitor.get_by_text("You are a guest here.")).to_be_visible()
    assert "secret" not in visitor.content()
