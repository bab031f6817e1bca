"""Timeline, and what of it stands on Today: the chart, what narrows and moves it, the table, the phone's list."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from afterword.domain.model import EntryKind, Outcome, Result
from afterword.domain.step import Status
from afterword.ui import chart, keys
from afterword.ui.browse import ALL
from afterword.ui.chart import NAMES, TIMELINE
from afterword.ui.chart_rows import window_around
from afterword.ui.timeline import A_PAGE, ON_TODAY, SHIFT
from tests.browser.test_bad_input import ODD_NAMES
from tests.desk.cast import FERNBRIDGE, NOW, PANEL, at, entry
from tests.pages.conftest import Visit, as_read

FIRST_TURN = f"{keys.part('timeline', 'page')}-0"  # of the pages, until something else is looked for
CLOSED = replace(FERNBRIDGE, company="Closed", outcome=Outcome(result=Result.REJECTED, at=NOW))
THANKED = replace(
    FERNBRIDGE, company="Thanked", log=(entry(EntryKind.THANK_YOU, at("2026-11-03 15:30"), to="Ada Okafor"),)
)


def companies(count):
    return [replace(FERNBRIDGE, company=f"Company {number:03}") for number in range(count)]


def elements(page, kind):
    return [element.proto for element in page.at.main if element.type == kind]


def drawn(page):
    """The chart's rows by the names of their layers."""
    (proto,) = elements(page, "vega_lite_chart")
    layers = json.loads(proto.spec)["layer"]
    return {name: layer["data"]["values"] for name, layer in zip(NAMES, layers, strict=True)}


def lanes(page):
    return [row["text"] for row in drawn(page)["company"]]


def first_monday(page):
    return min(drawn(page)["weeks"], key=lambda row: row["x"])["text"]


def table(page):
    page.open("table-timeline")
    return page.at.table[0].value


def phone(*applications):
    """A visit whose browser has said that its window is narrow."""
    page = Visit(*applications)
    page.at.session_state[keys.NARROW] = True
    return page.run()


def links(page):
    return [as_read(proto.label) for proto in elements(page, "page_link")]


def test_without_an_application_there_is_only_the_way_to_add_one(visit):
    page = visit().go_to("timeline")
    assert page.title == "Timeline"
    assert "Nothing to draw yet" in page.text
    assert elements(page, "vega_lite_chart") == []
    assert "Add an application" in links(page)


def test_the_chart_shows_a_lane_each_under_a_sentence_that_is_also_its_alternative(visit):
    page = visit(FERNBRIDGE, CLOSED, THANKED).go_to("timeline")
    said = "Three applications: one due, one in the quiet period and one closed. Begin with Fernbridge."
    assert said in page.text
    assert lanes(page) == ["Fernbridge", "Thanked", "Closed"]
    assert [row["id"] for row in drawn(page)["lanes"]] == ["a0", "a2", "a1"]
    (proto,) = elements(page, "vega_lite_chart")
    assert proto.alt == said


def test_drawing_the_page_leaves_the_kept_form_as_it_was(visit):
    before = deepcopy(chart.form(TIMELINE.name, "light", 42))
    form = chart.form(TIMELINE.name, "light", 42)
    visit(FERNBRIDGE, CLOSED).go_to("timeline").run()
    assert chart.form(TIMELINE.name, "light", 42) is form
    assert form == before


def test_a_status_narrows_chart_table_and_what_can_be_opened(visit):
    page = visit(FERNBRIDGE, CLOSED, THANKED).go_to("timeline")
    page.fill("Status", Status.CLOSED)
    assert lanes(page) == ["Closed"]
    assert page.labelled("Open an application").options == ["Closed · Data analyst · They said no"]
    assert list(table(page).index) == ["Closed"]
    assert "Three applications" in page.text  # the sentence speaks of all
    page.fill("Status", Status.OVERDUE)
    assert "No application has this status now." in page.text
    assert elements(page, "vega_lite_chart") == []
    page.fill("Status", ALL)
    assert len(lanes(page)) == 3


def test_grouped_by_status_the_lanes_have_heads(visit):
    page = visit(FERNBRIDGE, CLOSED, THANKED).go_to("timeline")
    assert drawn(page)["heads"] == []
    page.fill("Group by status", True)
    assert [row["text"] for row in drawn(page)["heads"]] == ["Due", "Quiet period", "They said no"]
    assert lanes(page) == ["Fernbridge", "Thanked", "Closed"]


def test_the_window_moves_by_half_its_width_and_back_to_today(visit):
    page = visit(FERNBRIDGE).go_to("timeline")
    assert first_monday(page) == "12 Oct"
    page.press("Earlier")
    assert first_monday(page) == "21 Sep"
    page.press("Later").press("Later")
    assert first_monday(page) == "2 Nov"
    page.press("Later")
    assert drawn(page)["now"] == []
    assert "◀ earlier" in [row["text"] for row in drawn(page)["weeks"]]
    page.press("To today")
    assert first_monday(page) == "12 Oct"
    assert page.at.session_state[SHIFT] == 0


def test_as_many_weeks_are_shown_as_are_chosen(visit):
    page = visit(FERNBRIDGE).go_to("timeline")
    for weeks in (4, 8, 12):
        page.fill("Weeks shown", weeks)
        begins = window_around(NOW.date(), weeks).begins
        assert first_monday(page) == f"{begins.day} {begins:%b}"
        assert drawn(page)["lanes"][0]["x2"] == weeks * 7


def test_of_four_hundred_fifty_are_drawn_a_page_and_all_can_be_opened(visit):
    page = visit(*companies(400)).go_to("timeline")
    assert len(lanes(page)) == A_PAGE == 50
    assert len(page.labelled("Open an application").options) == 400
    first = lanes(page)
    page.at.session_state[FIRST_TURN] = 8
    page.run()
    assert len(lanes(page)) == 50
    assert not set(first) & set(lanes(page))
    assert len(table(page)) == 50
    page.fill("Status", Status.DUE)
    assert lanes(page) == first  # what is looked for anew begins at the first page


def test_an_application_is_opened_by_its_name(visit):
    page = visit(FERNBRIDGE, CLOSED, THANKED).go_to("timeline")
    page.fill("Open an application", "a2")
    assert page.title == "Thanked"


def test_the_table_is_sent_once_it_is_opened_and_says_the_same(visit):
    page = visit(FERNBRIDGE, CLOSED, replace(THANKED, company="Thanked *twice*")).go_to("timeline")
    assert list(page.at.table) == []
    rows = table(page)
    assert [as_read(name) for name in rows.index] == lanes(page)
    assert [state.split()[0] for state in rows["Status"]] == [
        row["text"].split()[0] for row in drawn(page)["status"]
    ]
    assert [as_read(step) for step in rows["Next step"]] == [row["step"] for row in drawn(page)["lanes"]]
    assert list(rows["Why"]) == [row["why"] for row in drawn(page)["lanes"]]


def test_the_legend_names_every_mark_and_bar(visit):
    text = visit(FERNBRIDGE).go_to("timeline").text.casefold()
    for said in ("interview", "thank-you sent", "date they named", "check-in made", "replied", "outcome"):
        assert said in text
    assert "quiet period" in text
    assert "days for a check-in" in text


# A phone


def test_on_a_phone_it_is_a_list_of_small_bars_each_with_its_way_to_the_application():
    page = phone(FERNBRIDGE, CLOSED, THANKED).go_to("timeline")
    assert elements(page, "vega_lite_chart") == []
    assert not page.offers("Weeks shown")
    assert not page.offers("Earlier")
    assert not page.offers("Group by status")
    assert page.offers("Status")
    assert [label for label in links(page) if label.startswith("Open ")] == [
        "Open Fernbridge",
        "Open Thanked",
        "Open Closed",
    ]
    pictures = [image for proto in elements(page, "image") for image in proto.imgs]
    assert len(pictures) == 3
    for picture in pictures:
        assert picture.url.startswith("data:image/svg+xml,")
        ElementTree.fromstring(unquote(picture.url.partition(",")[2]))  # noqa: S314 - our own
    page.fill("Status", Status.CLOSED)
    assert len(elements(page, "image")) == 1


# Today


def test_today_shows_what_is_active_and_the_way_to_all_of_it(visit):
    page = visit(FERNBRIDGE, CLOSED, THANKED)
    assert "What is active" in page.headers
    assert lanes(page) == ["Fernbridge", "Thanked"]
    assert "See all 2 on the timeline" in links(page)


def test_today_shows_the_most_urgent_of_many(visit):
    page = visit(*companies(ON_TODAY + 4))
    assert lanes(page) == [f"Company {number:03}" for number in range(ON_TODAY)]
    assert f"See all {ON_TODAY + 4} on the timeline" in links(page)


def test_today_has_no_chart_where_nothing_is_active_nor_on_a_phone(visit):
    page = visit(CLOSED, replace(FERNBRIDGE, company="New", rounds=()))
    assert "What is active" not in page.headers
    assert elements(page, "vega_lite_chart") == []
    page = phone(FERNBRIDGE)
    assert "What is active" in page.headers
    assert elements(page, "vega_lite_chart") == []
    assert "See it on the timeline" in links(page)


# One's own numbers


def answered_after(days):
    """An application that they declined on the day that many after its interview."""
    round = replace(PANEL, ended_at=PANEL.ended_at - timedelta(days=days), promise=None)
    return replace(CLOSED, rounds=(round,))


def test_the_numbers_claim_nothing_without_data(visit):
    page = visit(FERNBRIDGE).go_to("timeline")
    assert "Your numbers" in page.headers
    assert "Thank-yous: none sent yet." in page.text.replace("*", "")
    assert "Days until an answer: nobody has answered yet." in page.text.replace("*", "")
    assert "They do not say that one thing led to another." in page.text


def test_few_numbers_are_said_to_be_few(visit):
    text = visit(THANKED, *(answered_after(day) for day in (1, 4))).go_to("timeline").text.replace("*", "")
    assert "Thank-yous: 1 of 1 sent in time. Fewer than 5: too few to say what is usual." in text
    assert "Days until an answer: 1, 4. Fewer than 5: too few to say what is usual." in text


def test_enough_numbers_are_summed_up(visit):
    interviews = [
        replace(PANEL, ended_at=PANEL.ended_at - timedelta(days=day), promise=None)
        for day in (1, 2, 3, 9, 20)
    ]
    thanked = [replace(THANKED, company=f"T{n}") for n in range(5)]
    closed = [replace(CLOSED, rounds=(one,)) for one in interviews]
    text = visit(*thanked, *closed).go_to("timeline").text.replace("*", "")
    assert "Thank-yous: 5 of 5 sent in time.\n" in text
    assert "Days until an answer: 3 in the middle of 5, from 1 to 20." in text


# Odd names


@pytest.mark.parametrize("narrow", [False, True])
def test_odd_names_break_neither_chart_nor_table_nor_list(visit, narrow):
    odd = [*ODD_NAMES, "x" * 200]
    opened = phone if narrow else visit
    page = opened(*[replace(FERNBRIDGE, company=name, role=name) for name in odd]).go_to("timeline")
    if narrow:
        assert len(elements(page, "image")) == len(odd)
    else:
        assert sorted(lanes(page)) == sorted(odd)
    assert len(table(page)) == len(odd)


def test_the_page_stands_on_any_day(visit, on_day):
    for day in (date(2026, 12, 31), date(2028, 2, 29)):
        on_day(f"{day}T12:00:00-05:00")
        page = visit(FERNBRIDGE, CLOSED, THANKED).go_to("timeline")
        assert len(lanes(page)) == 3
        assert first_monday(page)
