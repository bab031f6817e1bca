"""The timeline as it is seen, clicked, typed into, and held in one hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations

import pytest
from playwright.sync_api import Locator, Page, expect

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.model import Application, EntryKind, Outcome, Result
from afterword.domain.step import Status
from afterword.ui.chart_rows import by_status
from afterword.ui.statuses import GROUNDS, LOOKS, RESULT_LOOKS
from afterword.ui.timeline import A_PAGE
from tests.browser import axe
from tests.browser.acts import button, dated, desk_on, press, reach, settled, shuts
from tests.browser.conftest import Server
from tests.browser.test_bad_input import ODD_NAMES
from tests.desk.cast import ENDED, FERNBRIDGE, HANDBOOK, NOW, PANEL, PROMISE, entry

Opened = Callable[..., Page]
CHART = "[data-testid=stVegaLiteChart]"
LONG = "Interstellar Widgets and Sprockets of Wolverhampton, Sons and Daughters"
ROLE = "Senior principal analyst for everything that can be counted, weighed or told"
YESTERDAY = NOW - timedelta(days=1)

THANKED = replace(
    FERNBRIDGE, company="Tidewater", log=(entry(EntryKind.THANK_YOU, NOW - timedelta(minutes=9)),)
)
CLOSED = replace(FERNBRIDGE, company="Harrow Press", outcome=Outcome(result=Result.REJECTED, at=YESTERDAY))
THREE = (FERNBRIDGE, THANKED, replace(CLOSED, rounds=(replace(PANEL, ended_at=ENDED - timedelta(days=9)),)))


def varied(count: int) -> list[Application]:
    """Applications in every state, with names too long for their place."""
    return [one_of_many(number) for number in range(count)]


def one_of_many(number: int) -> Application:
    results = (None, None, None, *Result)
    ended, result = ENDED - timedelta(days=(number * 5) % 60 - 4), results[number % len(results)]
    date = (ended + timedelta(days=number % 13)).date()
    round = replace(PANEL, ended_at=ended, promise=replace(PROMISE, reply_by=date) if number % 2 else None)
    over = result is not None and ended < YESTERDAY
    return replace(
        FERNBRIDGE,
        company=f"No. {number} {LONG}",
        role=ROLE,
        country=(None, "US", "JP", "DE")[number % 4],
        rounds=(round,),
        outcome=Outcome(result=result, at=YESTERDAY) if result and over else None,
    )


@dataclass
class Stocked:
    """A server whose store holds what a test asks for."""

    server: Server
    held: list[Application]

    def desk(self, applications: Iterable[Application]) -> Desk:
        """The owner's desk with exactly these applications on it."""
        desk, wanted = desk_on(self.server), list(applications)
        if wanted != self.held:
            for case in desk.today().cases:
                desk.delete(case.id)
            for application in wanted:
                desk.add(application)
            self.held = wanted
        return desk


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stocked]:
    server = dated(tmp_path_factory.mktemp("data"))
    yield Stocked(server, [])
    server.stop()


def opened_timeline(stocked: Stocked, new_page: Opened, lanes: int, **more: str) -> Page:
    page = new_page(f"{stocked.server.url}/timeline", **more)
    expect(glass(page)).to_have_count(lanes)
    settled(page)
    return page


def glass(page: Page) -> Locator:
    """What lies over each lane, and takes the clicks."""
    return page.locator(f"{CHART} [class*='role-mark']").last.locator("path")


def said_on_chart(page: Page, words: str) -> Locator:
    return page.locator(CHART).get_by_text(words, exact=True)


def choose(page: Page, field: str, option: str) -> None:
    """Choose an option of a field by typing it."""
    page.get_by_role("combobox", name=field).click()
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def group(page: Page) -> None:
    page.get_by_role("checkbox", name="Group by status").press("Space")
    settled(page)


def expect_opened(page: Page, case: OpenCase) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(case.application.company)
    expect(page).to_have_url(re.compile(rf"/application\?id={case.id}$"))
    settled(page)


def grouped(desk: Desk) -> list[OpenCase]:
    """The cases in the order in which they stand under their heads."""
    return [case for one in by_status(desk.today().cases) for case in one.cases]


# What is seen

LABELS = """page => [...document.querySelectorAll("[data-testid=stVegaLiteChart] svg text")]
  .filter(text => text.textContent.trim())
  .map(text => { const box = text.getBoundingClientRect()
                 return [text.textContent, box.left, box.top, box.right, box.bottom] })"""
Label = tuple[str, float, float, float, float]


def labels(page: Page) -> list[Label]:
    """Every word on the chart with where it stands, once the letters of the page are there."""
    page.evaluate("document.fonts.ready.then(() => true)")
    settled(page)
    found: list[Label] = page.evaluate(LABELS)
    return found


def overlapping(found: list[Label]) -> list[tuple[str, str]]:
    return [
        (one[0], other[0])
        for one, other in combinations(found, 2)
        if min(one[3], other[3]) > max(one[1], other[1]) and min(one[4], other[4]) > max(one[2], other[2])
    ]


@pytest.mark.parametrize("count", [12, 60])
def test_no_two_labels_overlap_and_none_leaves_the_page(
    stocked: Stocked, new_page: Opened, count: int
) -> None:
    new = replace(FERNBRIDGE, company=LONG, role=ROLE, rounds=())
    stocked.desk([*varied(count - 1), new])
    lanes = min(count, A_PAGE)
    page = opened_timeline(stocked, new_page, lanes)
    each = 4  # company, role, status, next
    for weeks, first, gone in (
        ("6", "12 Oct", "21 Sep"),
        ("4", "19 Oct", "12 Oct"),
        ("12", "21 Sep", "26 Oct"),
    ):
        choose(page, "Weeks shown", weeks)
        expect(said_on_chart(page, first)).to_be_visible()
        expect(said_on_chart(page, gone)).to_have_count(0)
        found = labels(page)
        assert len(found) >= lanes * each + int(weeks) // 2
        assert {"today", first} <= {label[0] for label in found}
        assert overlapping(found) == []
        assert all(label[1] >= 0 and label[3] <= 1280 for label in found)
    group(page)
    expect(said_on_chart(page, LOOKS[Status.OVERDUE].words)).to_be_visible()
    found = labels(page)
    assert len(found) >= lanes * each + 12 // 2
    assert overlapping(found) == []


def test_of_four_hundred_fifty_lanes_are_drawn_a_page(stocked: Stocked, new_page: Opened) -> None:
    stocked.desk([replace(FERNBRIDGE, company=f"Company {number}") for number in range(400)])
    page = opened_timeline(stocked, new_page, A_PAGE)
    expect(page.get_by_text("400 applications: 400 due.")).to_be_visible()
    button(page, "Page 8").click()
    expect(said_on_chart(page, "Company 99")).to_be_visible()
    expect(said_on_chart(page, "Company 0")).to_have_count(0)
    expect(glass(page)).to_have_count(A_PAGE)
    assert overlapping(labels(page)) == []


def test_the_hand_on_a_lane_is_told_the_step_and_its_reason(stocked: Stocked, new_page: Opened) -> None:
    stocked.desk(THREE)
    page = opened_timeline(stocked, new_page, 3)
    glass(page).first.hover()
    told = page.locator("#vg-tooltip-element")
    expect(told).to_be_visible()
    for words in (
        "Fernbridge · Data analyst",
        "Due",
        "Email your thanks to Ada Okafor",
        HANDBOOK.rules["email-at-once"].title,
        "Interview today; The date they named Fri 6 Nov",
    ):
        expect(told).to_contain_text(words)


def test_chart_sentence_and_table_say_the_same(stocked: Stocked, new_page: Opened) -> None:
    desk = stocked.desk(THREE)
    page = opened_timeline(stocked, new_page, 3)
    said = "Three applications: one due, one in the quiet period and one closed. Begin with Fernbridge."
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.locator(CHART)).to_have_attribute("aria-label", said)
    shuts(page, "The same as a table").click()
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(4)
    looks = (LOOKS[Status.DUE], LOOKS[Status.QUIET], RESULT_LOOKS[Result.REJECTED])
    for number, (case, look) in enumerate(zip(desk.today().cases, looks, strict=True), start=1):
        assert case.plan.next is not None
        expect(rows.nth(number).get_by_role("rowheader")).to_have_text(case.application.company)
        expect(rows.nth(number)).to_contain_text(look.words)
        expect(rows.nth(number)).to_contain_text(HANDBOOK.rules[case.plan.next.reason].title)
        expect(said_on_chart(page, f"{look.shape} {look.words}")).to_have_count(1)


def test_odd_names_stand_on_the_chart_in_its_words_and_in_the_table_as_typed(
    stocked: Stocked, new_page: Opened
) -> None:
    odd = [*ODD_NAMES, "x" * 200]
    desk = stocked.desk([replace(FERNBRIDGE, company=name, role=None) for name in odd])
    page = opened_timeline(stocked, new_page, len(odd))
    shown = [label[0] for label in labels(page)]
    for name in odd:
        assert name in shown or any(text.endswith("…") and name.startswith(text[:-1]) for text in shown)
    first = desk.today().cases[0].application.company
    glass(page).first.hover()
    told = page.locator("#vg-tooltip-element")
    expect(told.locator("td.value").first).to_have_text(first)
    shuts(page, "The same as a table").click()
    heads = page.get_by_role("table").get_by_role("rowheader")
    expect(heads).to_have_count(len(odd))
    plain = ["".join(c for c in head if c not in "\u2060\u2068\u2069") for head in heads.all_inner_texts()]
    assert sorted(plain) == sorted(odd)
    assert page.locator(f"{CHART} script, #vg-tooltip-element script, table script, table b").count() == 0


# What is done


def test_a_click_on_a_lane_opens_its_application_in_each_grouping_and_on_every_page(
    stocked: Stocked, new_page: Opened
) -> None:
    desk = stocked.desk(varied(60))
    page = opened_timeline(stocked, new_page, A_PAGE)
    glass(page).nth(3).click()
    expect_opened(page, desk.today().cases[3])
    page.go_back()
    expect(glass(page)).to_have_count(A_PAGE)
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Timeline")

    button(page, "Page 2").click()
    expect(glass(page)).to_have_count(10)
    settled(page)
    glass(page).nth(7).click()
    expect_opened(page, desk.today().cases[A_PAGE + 7])

    page.get_by_role("link", name="Timeline").click()
    expect(glass(page)).to_have_count(A_PAGE)
    group(page)
    expect(said_on_chart(page, grouped_head(desk))).to_be_visible()
    settled(page)
    glass(page).nth(20).click()
    expect_opened(page, grouped(desk)[20])


def grouped_head(desk: Desk) -> str:
    """The first head of the chart as it is grouped."""
    return by_status(desk.today().cases)[0].head


def test_the_same_application_can_be_opened_twice(stocked: Stocked, new_page: Opened) -> None:
    desk = stocked.desk(THREE)
    page = opened_timeline(stocked, new_page, 3)
    for _ in range(2):
        glass(page).nth(1).click()
        expect_opened(page, desk.today().cases[1])
        page.get_by_role("link", name="Timeline").click()
        expect(glass(page)).to_have_count(3)
        settled(page)


def test_an_application_is_opened_by_the_keyboard_alone(stocked: Stocked, new_page: Opened) -> None:
    desk = stocked.desk(varied(60))
    page = opened_timeline(stocked, new_page, A_PAGE)
    case = desk.today().cases[A_PAGE + 4]  # not on the page that is drawn
    number = case.application.company.removesuffix(LONG)
    reach(page, page.get_by_role("combobox", name="Open an application"))
    page.keyboard.type(number)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect_opened(page, case)


def test_the_window_is_moved_and_comes_back_to_today(stocked: Stocked, new_page: Opened) -> None:
    stocked.desk(THREE)
    page = opened_timeline(stocked, new_page, 3)
    expect(said_on_chart(page, "12 Oct")).to_be_visible()
    expect(said_on_chart(page, "today")).to_be_visible()
    press(page, "Earlier")
    expect(said_on_chart(page, "21 Sep")).to_be_visible()
    expect(said_on_chart(page, "today")).to_have_count(0)
    expect(said_on_chart(page, "later ▶")).to_have_count(2)
    press(page, "To today")
    expect(said_on_chart(page, "12 Oct")).to_be_visible()
    expect(button(page, "To today")).to_be_focused()
    for monday in ("2 Nov", "23 Nov"):
        press(page, "Later")
        expect(said_on_chart(page, monday)).to_be_visible()
        settled(page)
    expect(said_on_chart(page, "◀ earlier")).to_have_count(3)
    assert overlapping(labels(page)) == []


def test_a_status_narrows_the_lanes_and_says_so_where_there_are_none(
    stocked: Stocked, new_page: Opened
) -> None:
    stocked.desk(THREE)
    page = opened_timeline(stocked, new_page, 3)
    choose(page, "Status", LOOKS[Status.CLOSED].words)
    expect(glass(page)).to_have_count(1)
    expect(said_on_chart(page, "Harrow Press")).to_be_visible()
    choose(page, "Status", LOOKS[Status.OVERDUE].words)
    expect(page.get_by_text("No application has this status now.")).to_be_visible()
    expect(page.locator(CHART)).to_have_count(0)
    choose(page, "Status", "All")
    expect(glass(page)).to_have_count(3)


# A phone


def test_in_a_narrow_window_it_is_a_list_of_small_bars_each_with_its_way(
    stocked: Stocked, new_page: Opened
) -> None:
    desk = stocked.desk(THREE)
    page = new_page(f"{stocked.server.url}/timeline", 375)
    bars = page.get_by_role("img", name="Interview ")
    expect(bars).to_have_count(3)
    expect(page.locator(CHART)).to_have_count(0)
    settled(page)
    expect(bars.first).to_have_accessible_name(
        "Interview today; The date they named Fri 6 Nov; Quiet period today to Sun 8 Nov; "
        "Days for a check-in Mon 9 Nov to Tue 10 Nov. Today is Tue 3 Nov."
    )
    for number in range(3):
        bars.nth(number).scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete", arg=bars.nth(number).element_handle())
        assert bars.nth(number).evaluate("image => image.naturalWidth") > 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for case in desk.today().cases:
        page.get_by_role("link", name=f"Open {case.application.company}").click()
        expect_opened(page, case)
        page.go_back()
        expect(bars).to_have_count(3)
        settled(page)


def test_a_window_made_narrow_and_wide_again_changes_its_form(stocked: Stocked, new_page: Opened) -> None:
    stocked.desk(THREE)
    page = opened_timeline(stocked, new_page, 3)
    page.set_viewport_size({"width": 375, "height": 900})
    expect(page.get_by_role("img", name="Interview ")).to_have_count(3)
    settled(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(glass(page)).to_have_count(3)
    expect(page.get_by_role("img", name="Interview ")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), axe.LOOKS)
def test_the_timeline_breaks_no_rule_that_a_bare_page_keeps(
    stocked: Stocked, bare: axe.Bare, new_page: Opened, width: int, scheme: str
) -> None:
    stocked.desk(THREE)
    page = new_page(f"{stocked.server.url}/timeline", width, scheme)
    wide = width > 640
    expect(glass(page) if wide else page.get_by_role("img", name="Interview ")).to_have_count(3)
    settled(page)
    if wide:  # a narrow page's table is scrolled sideways, in a box of Streamlit's that only a hand can reach
        shuts(page, "The same as a table").click()
        expect(page.get_by_role("table").get_by_role("row")).to_have_count(4)
        expect(said_on_chart(page, "Fernbridge")).to_have_attribute("fill", GROUNDS[scheme].ink)
        settled(page)
    assert axe.beyond(page, bare(width, scheme)) == {}
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


# Today


def test_today_shows_what_is_active_and_leads_to_the_timeline(stocked: Stocked, new_page: Opened) -> None:
    desk = stocked.desk(THREE)
    page = new_page(stocked.server.url)
    expect(page.get_by_role("heading", name="What is active")).to_be_visible()
    expect(glass(page)).to_have_count(2)
    settled(page)
    assert {"Fernbridge", "Tidewater"} <= {label[0] for label in labels(page)}
    assert overlapping(labels(page)) == []
    page.get_by_role("link", name="See all 2 on the timeline").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Timeline")
    expect(glass(page)).to_have_count(3)
    settled(page)
    page.go_back()
    expect(glass(page)).to_have_count(2)
    settled(page)
    glass(page).first.click()
    expect_opened(page, desk.today().cases[0])
