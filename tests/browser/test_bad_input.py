"""Bad input gets a sentence at its field, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import add_interview, settled
from tests.browser.conftest import Server

Opened = Callable[..., Page]
ODD_NAMES = (
    "*Bold* _it_ & **sons**",
    "<b>Tags</b> &amp; <script>alert(1)</script>",
    ":red[Colour] :wave: :material/home: $x^2$",
    "# Head [link](http://x.example) `code`",
    "1. First -> second -- third",
    "👩‍🚀 Rocket 🚀 & Söhne",
    "שלום עולם (Ltd)",
    "شركة النور",
    "C:\\Path\\new ~~struck~~ | a > b",
)


def test_a_promised_date_before_the_interview_is_refused_at_its_field(
    server: Server, new_page: Opened
) -> None:
    page = new_page(server.url)
    page.get_by_label("Company", exact=True).fill("Fernbridge")
    page.get_by_text("On a date I choose").click()
    settled(page)
    field = page.get_by_role("group", name="Which date?")
    field.get_by_role("spinbutton").first.click()
    page.keyboard.type("01102026")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Show my plan").click()
    expect(page.get_by_text("The date they named 2026-10-01 is before the interview on")).to_be_visible()
    expect(page.get_by_label("Company", exact=True)).to_have_value("Fernbridge")
    expect(page.get_by_role("radio", name="On a date I choose")).to_be_checked()


def test_a_name_of_ten_thousand_characters_is_refused_and_stays_in_its_field(
    server: Server, new_page: Opened
) -> None:
    page = new_page(server.url)
    field, long = page.get_by_label("Company", exact=True), "x" * 10_000
    field.fill(long)
    page.get_by_role("button", name="Show my plan").click()
    expect(page.get_by_text("Company is 10,000 characters long; at most 200 can be kept.")).to_be_visible()
    expect(field).to_have_value(long)
    field.fill("Fernbridge")
    page.get_by_role("button", name="Show my plan").click()
    expect(page.get_by_text("Saved. This is your plan.")).to_be_visible()


def test_an_empty_form_says_that_the_company_is_missing(server: Server, new_page: Opened) -> None:
    page = new_page(server.url)
    page.get_by_role("button", name="Show my plan").click()
    expect(page.get_by_text("Company must not be empty.")).to_be_visible()


def test_an_unknown_zone_is_refused_at_its_field_and_the_rest_of_the_form_stays(
    server: Server, new_page: Opened
) -> None:
    page = new_page(f"{server.url}/about_you")
    page.get_by_label("Your full name").fill("Alice Ashby")
    zone = page.get_by_role("combobox", name="Your time zone")
    zone.fill("Mars/Olympus")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Mars/Olympus is not a known time zone")).to_be_visible()
    expect(page.get_by_label("Your full name")).to_have_value("Alice Ashby")


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_shown_exactly_as_typed(shared_server: Server, new_page: Opened, name: str) -> None:
    page = new_page(f"http://afterword.example:{shared_server.port}")  # a guest each: an empty Today
    add_interview(page, name)
    shown = page.locator("[class*=st-key-card-]").inner_text()
    plain = "".join(letter for letter in shown if letter not in "\u2060\u2068\u2069")
    assert name in plain
    assert f"I've thanked {name}" in plain
    assert page.locator("[class*=st-key-card-] script, [class*=st-key-card-] .katex").count() == 0
