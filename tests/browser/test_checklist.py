"""The checklist on an application's page: after a tick nothing on screen contradicts the store."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from afterword.domain.model import Application, Channel, Entry, EntryKind, RivalOffer
from tests.browser.acts import (
    PHASES,
    add_interview,
    address_of,
    button,
    dated,
    desk_on,
    press,
    reach,
    settled,
    unfold,
)
from tests.browser.conftest import Server
from tests.desk.cast import ADA, FERNBRIDGE, PROMISE, at, with_round

Opened = Callable[..., Page]
PLAN = "The whole plan"
SECONDS_TO_DRAW = 20
THANKS = "Say thanks to each person who interviewed you: Mei Tan"


def opened_application(server: Server, new_page: Opened, width: int = 1280) -> Page:
    page = new_page(server.url, width)
    add_interview(page, "Tidewater", people="Mei Tan\nLuis Prado")
    case = page.locator("[class*=st-key-card-]").first.get_attribute("class") or ""
    page.goto(f"{server.url}/application?id={case.partition('st-key-card-')[2].partition(' ')[0]}")
    expect(page.get_by_role("heading", name="Checklist")).to_be_visible()
    settled(page)
    unfold(page, PLAN)
    expect(page.get_by_text("Rule: ").first).to_be_visible()
    return page


def test_a_tick_changes_card_checklist_and_plan_together_and_keeps_the_focus(
    server: Server, new_page: Opened
) -> None:
    page = opened_application(server, new_page)
    box = page.get_by_role("checkbox", name=THANKS)
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("Thanked by email today")).to_have_count(3)  # card, checklist, plan
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    expect(page.get_by_text("1 of 6 done")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_text("Thanked by email today")).to_have_count(0)
    expect(box).not_to_be_checked()
    expect(page.get_by_role("button", name="I've thanked Mei Tan")).to_be_visible()


def test_a_step_ticked_on_the_card_is_ticked_on_the_checklist(server: Server, new_page: Opened) -> None:
    page = opened_application(server, new_page)
    page.get_by_role("button", name="I've thanked Mei Tan").click()
    expect(page.get_by_role("checkbox", name=THANKS)).to_be_checked()
    page.get_by_role("button", name="Undo: Mei Tan").click()
    expect(page.get_by_role("checkbox", name=THANKS)).not_to_be_checked()


def test_an_item_without_a_step_is_kept_over_a_reload(server: Server, new_page: Opened) -> None:
    page = opened_application(server, new_page, 375)
    page.get_by_role("checkbox", name="Keep a copy of the job posting").press("Space")
    expect(page.get_by_text("1 of 6 done")).to_be_visible()
    page.reload()
    expect(page.get_by_role("checkbox", name="Keep a copy of the job posting")).to_be_checked()


def test_what_the_quiet_period_forbids_says_until_when_and_has_no_box(
    server: Server, new_page: Opened
) -> None:
    page = opened_application(server, new_page)
    unfold(page, "When the date has passed")
    expect(page.get_by_text("Until then it is their turn.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Check in by the channel they named")).to_have_count(0)


# A page that was ticked on, and a fresh one beside it

OVERDUE = replace(
    with_round(ended_at=at("2026-10-26 15:00"), promise=replace(PROMISE, reply_by=date(2026, 10, 30))),
    log=(Entry(kind=EntryKind.THANK_YOU, at=at("2026-10-26 16:00"), channel=Channel.EMAIL),),
)
TWO_PEOPLE = with_round(interviewers=(ADA, replace(ADA, name="Mei Tan")))
AHEAD = with_round(ended_at=at("2026-11-05 15:00"), promise=None)
RIVAL = replace(FERNBRIDGE, rival_offer=RivalOffer(deadline=date(2026, 11, 20)))


@pytest.fixture(scope="module")
def dated_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = dated(tmp_path_factory.mktemp("data"))
    yield started
    started.stop()


def opened_by_address(server: Server, new_page: Opened, application: Application) -> Page:
    page = new_page(address_of(server, desk_on(server).add(application).id))
    expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
    unfold(page, *PHASES)
    return page


@pytest.mark.parametrize(
    ("application", "item", "said", "times"),  # on the card, on the checklist and in the plan
    [
        (TWO_PEOPLE, THANKS, "Thanked by email today", 3),
        (TWO_PEOPLE, "Keep a copy of the job posting", "1 of ", 1),
        (OVERDUE, "Check in by the channel they named", "Checked in by email today", 3),
        (AHEAD, "Ask when you will hear back, and how", "Asked today", 3),
        (
            RIVAL,
            "Tell them if another offer comes with a deadline",
            "Told them by email today",
            6,
        ),  # a check-in, too
    ],
    ids=["a thank-you", "an item of one's own", "a check-in", "a question", "news of an offer"],
)
def test_after_a_tick_and_its_undo_the_page_says_what_a_fresh_one_says(
    dated_server: Server, new_page: Opened, application: Application, item: str, said: str, times: int
) -> None:
    page = opened_by_address(dated_server, new_page, application)
    fresh = new_page(page.url)
    press(page, PLAN)
    expect(page.get_by_text("Rule: ").first).to_be_visible()
    box = page.get_by_role("checkbox", name=item)
    reach(page, box)
    for ticked in (True, False, True):
        page.keyboard.press("Space")
        expect(box).to_be_checked(checked=ticked)
        expect(box).to_be_focused()
        expect(page.get_by_text(said)).to_have_count(times if ticked else 0)
        settled(page)
        fresh.reload()
        expect(fresh.get_by_role("heading", name="How it ended")).to_be_visible()
        unfold(fresh, PLAN, *PHASES)
        expect(fresh.get_by_text("Rule: ").first).to_be_visible()
        agreed(page, fresh)


def agreed(page: Page, fresh: Page) -> None:
    """Wait until two pages say the same, as each may still be drawing."""
    until = time.monotonic() + SECONDS_TO_DRAW
    while said_on(page) != said_on(fresh) and time.monotonic() < until:
        page.wait_for_timeout(200)
    assert said_on(page) == said_on(fresh)


def said_on(page: Page) -> str:
    return page.locator("[data-testid=stMainBlockContainer]").inner_text()


def test_a_tick_on_the_card_its_change_and_its_undo_keep_the_hand(
    dated_server: Server, new_page: Opened
) -> None:
    page = opened_by_address(dated_server, new_page, TWO_PEOPLE)
    press(page, "I've thanked Ada Okafor")
    expect(button(page, "Undo: Ada Okafor")).to_be_focused()
    expect(page.get_by_role("checkbox", name=f"{THANKS[:-7]}Ada Okafor")).to_be_checked()
    change = page.locator("[class*=st-key-card-]").get_by_role("button", name="Change: Ada Okafor")
    reach(page, change)
    page.keyboard.press("Enter")
    way = page.get_by_role("combobox", name="How?")
    reach(page, way)
    page.keyboard.type("Phone")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    press(page, "Save the change")
    expect(page.get_by_text("Thanked by phone today")).to_have_count(2)  # on the card and on the checklist
    expect(change).to_be_focused()
    press(page, "Undo: Ada Okafor")
    expect(button(page, "I've thanked Ada Okafor")).to_be_focused()
    expect(page.get_by_text("Thanked by phone today")).to_have_count(0)


def test_a_tick_on_the_checklist_is_corrected_there(dated_server: Server, new_page: Opened) -> None:
    page = opened_by_address(dated_server, new_page, TWO_PEOPLE)
    box = page.get_by_role("checkbox", name=THANKS)
    reach(page, box)
    page.keyboard.press("Space")
    expect(page.get_by_text("Thanked by email today")).to_have_count(2)
    expect(box).to_be_focused()
    change = page.get_by_role("button", name="Change: Mei Tan").last
    reach(page, change)
    page.keyboard.press("Enter")
    hour = page.get_by_role("group", name="When was it?").get_by_role("spinbutton", name="hour")
    reach(page, hour)
    page.keyboard.type("15")
    page.keyboard.press("Tab")
    press(page, "Save the change")
    expect(page.get_by_text("Thanked by email today at 15:")).to_have_count(2)
