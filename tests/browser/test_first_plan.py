"""A newcomer's first quarter of an hour, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.acts import add_interview, settled, tab_to, thank_and_kill
from tests.browser.conftest import Server

Opened = Callable[..., Page]


def test_the_first_plan_takes_three_fields_and_one_button_by_keyboard_alone(
    server: Server, new_page: Opened
) -> None:
    page = new_page(server.url)
    expect(page.get_by_role("button", name="Show my plan")).to_be_visible()
    settled(page)
    tab_to(page, "Company")
    page.keyboard.type("Fernbridge")
    page.keyboard.press("Enter")
    settled(page)
    tab_to(page, "When did it end", 12)  # it offers the present moment, which may stay
    tab_to(page, "In a day", 20)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    settled(page)
    tab_to(page, "Show my plan")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved. This is your plan.")).to_be_visible()
    expect(page.get_by_role("heading", name="Email your thanks")).to_be_visible()
    expect(page.get_by_text("Due today.")).to_be_visible()
    expect(page.get_by_text(re.compile("Quiet until .* do not chase"))).to_be_visible()
    expect(page.get_by_text("Nothing reminds you while Afterword is closed")).to_be_visible()


def test_a_thank_you_is_logged_changed_and_undone_in_place_with_the_focus_kept(
    server: Server, new_page: Opened
) -> None:
    page = new_page(server.url)
    add_interview(page, "Tidewater", people="Mei Tan, mei@tidewater.example\nLuis Prado")
    page.get_by_role("button", name="I've thanked Mei Tan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"Thanked by email today at \d\d:\d\d\."))).to_be_visible()
    expect(page.get_by_role("button", name="Undo: Mei Tan")).to_be_focused()
    expect(page.get_by_role("button", name="I've thanked Luis Prado")).to_be_visible()

    page.get_by_role("button", name="Change: Mei Tan").click()
    page.get_by_label("How?").click()
    page.get_by_role("option", name="Phone").click()
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_text(re.compile(r"Thanked by phone today"))).to_be_visible()
    expect(page.get_by_role("button", name="Change: Mei Tan")).to_be_focused()

    page.get_by_role("button", name="Undo: Mei Tan").click()
    expect(page.get_by_role("button", name="I've thanked Mei Tan")).to_be_visible()
    expect(page.get_by_role("button", name="I've thanked Mei Tan")).to_be_focused()
    expect(page.get_by_text("Thanked by phone")).to_have_count(0)


def test_a_double_click_logs_once(server: Server, new_page: Opened) -> None:
    page = new_page(server.url)
    add_interview(page, "Tidewater", people="Mei Tan")
    page.get_by_role("button", name="I've thanked Mei Tan").dblclick()
    expect(page.get_by_text("Thanked by email today")).to_have_count(1)
    settled(page)
    page.get_by_role("button", name="Undo: Mei Tan").click()
    expect(page.get_by_role("button", name="I've thanked Mei Tan")).to_be_visible()


def test_a_corrected_date_moves_every_date(server: Server, new_page: Opened) -> None:
    page = new_page(server.url)
    add_interview(page, "Northlight", said="In a day")
    before = page.get_by_text(re.compile("Quiet until")).inner_text()
    page.get_by_role("button", name="Correct Northlight").click()
    page.get_by_text("In two weeks").click()
    settled(page)
    page.get_by_role("button", name="Save and plan anew").click()
    expect(page.get_by_text("In two weeks")).to_have_count(0)
    after = page.get_by_text(re.compile("Quiet until")).inner_text()
    assert before != after
    dates = re.compile(r"\d+ \w{3}|tomorrow|today")
    assert not set(dates.findall(before)) & set(dates.findall(after))


def test_a_confirmed_tick_survives_a_killed_server(server: Server, new_page: Opened) -> None:
    page = new_page(server.url)
    thank_and_kill(server, page)
    again = new_page(server.url)
    expect(again.get_by_text("Thanked by email today")).to_be_visible()
    expect(again.get_by_text("Fernbridge").first).to_be_visible()


def test_hearing_back_makes_a_new_plan_which_can_be_taken_back(server: Server, new_page: Opened) -> None:
    page = new_page(server.url)
    add_interview(page, "Harrow", said="In a day")
    page.get_by_role("button", name="I heard from Harrow").click()
    page.get_by_text("Another interview").click()
    settled(page)
    page.get_by_role("button", name="Save and plan anew").click()
    expect(page.get_by_role("heading", name="Ask when and how you will hear")).to_be_visible()
    expect(page.get_by_text("Quiet until")).to_have_count(0)
    page.get_by_role("button", name="Undo what I noted").click()
    expect(page.get_by_text("Quiet until")).to_be_visible()
    expect(page.get_by_role("heading", name="Ask when and how you will hear")).to_have_count(0)


def test_why_gives_the_rule_its_source_and_its_ground_in_one_click(server: Server, new_page: Opened) -> None:
    page = new_page(server.url)
    add_interview(page, "Quay Street")
    page.get_by_role("button", name="Why thank Quay Street now?").click()
    expect(page.get_by_text("Send a thank-you email straight away")).to_be_visible()
    expect(page.get_by_text("From the article").first).to_be_visible()
    expect(page.get_by_text("Outside guidance").first).to_be_visible()


def test_samples_are_marked_and_go_with_one_click(server: Server, new_page: Opened) -> None:
    page = new_page(server.url)
    page.get_by_role("button", name="Look around with samples").click()
    expect(page.get_by_text("These are samples")).to_be_visible()
    expect(page.get_by_text("Orrin Health").first).to_be_visible()
    page.get_by_role("button", name="Leave the samples").click()
    expect(page.get_by_text("Orrin Health")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Just out of an interview?")
