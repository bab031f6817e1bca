"""One application's lane as a small picture: well-formed, to scale, and with what it shows in words."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.lane import Lane, Mark, MarkKind, Span, SpanKind
from afterword.domain.model import EntryKind, Outcome, Result
from afterword.ui import small_lane
from afterword.ui.small_lane import HEIGHT, LEAST_DAYS, reach, svg, told
from afterword.ui.statuses import GROUNDS, MARKS, SPANS
from tests.browser.test_bad_input import ODD_NAMES
from tests.desk.cast import ADA, ALICE, FERNBRIDGE, NOW, PANEL, SetClock, at, desk_of, entry
from tests.domain.strategies import situations
from tests.domain.test_lane import lane_in

TODAY = NOW.date()
SVG = "{http://www.w3.org/2000/svg}"
HEAD = "data:image/svg+xml,"
LIGHT = GROUNDS["light"]


def lane_of(application, moment="2026-11-03 16:10"):
    desk = desk_of(ALICE, clock=SetClock(at(moment)))
    return desk.lane(desk.add(application))


def drawing(lane, today=TODAY, ground=LIGHT):
    return ElementTree.fromstring(svg(lane, today, ground))  # noqa: S314 - our own


def percent(text):
    return float(text.removesuffix("%"))


def marks_in(picture):
    """The shapes of a drawing without the line of today, which comes first."""
    return picture.findall(f"{SVG}svg")[1:]


@pytest.fixture
def pictures(monkeypatch):
    """What is drawn: its address, and the words beside it."""
    drawn = []
    image = SimpleNamespace(image=lambda address, alt, **_: drawn.append((address, alt)))
    monkeypatch.setattr(small_lane, "st", image)
    monkeypatch.setattr(small_lane.viewport, "theme", lambda: "light")
    return drawn


def test_a_lane_is_drawn_as_a_picture_of_its_own_with_its_words(pictures):
    small_lane.draw(lane_of(FERNBRIDGE), TODAY)
    ((address, words),) = pictures
    assert address.startswith(HEAD)
    assert not set(address) & set('#"&\n')  # an address ends at the first, an attribute at the second
    assert unquote(address.removeprefix(HEAD)) == svg(lane_of(FERNBRIDGE), TODAY, LIGHT)
    assert words == told(lane_of(FERNBRIDGE), TODAY)


def test_nothing_is_drawn_where_there_is_nothing_to_draw(pictures):
    small_lane.draw(Lane((), ()), TODAY)
    assert pictures == []


@pytest.mark.parametrize("name", [*ODD_NAMES, "x" * 200, "]]> <!-- &#0; '\"", "‮gnp.exe"])
def test_a_name_cannot_break_the_picture(pictures, name):
    odd = replace(PANEL, label=name, interviewers=(replace(ADA, name=name),))
    log = (entry(EntryKind.THANK_YOU, NOW - timedelta(minutes=5), to=name),)
    small_lane.draw(lane_of(replace(FERNBRIDGE, company=name, role=name, rounds=(odd,), log=log)), TODAY)
    ((address, words),) = pictures
    picture = ElementTree.fromstring(unquote(address.removeprefix(HEAD)))  # noqa: S314 - our own
    assert picture.tag == f"{SVG}svg"
    assert name not in "".join(picture.itertext())
    assert name not in words


def test_the_words_name_every_mark_every_bar_and_today():
    said = told(lane_of(FERNBRIDGE), TODAY)
    assert said == (
        "Interview today; The date they named Fri 6 Nov; Quiet period today to Sun 8 Nov; "
        "Days for a check-in Mon 9 Nov to Tue 10 Nov. Today is Tue 3 Nov."
    )


def test_bars_lie_to_scale_with_a_day_of_air_at_both_ends():
    lane = lane_of(FERNBRIDGE)
    assert reach(lane, TODAY) == (date(2026, 11, 2), LEAST_DAYS)
    quiet, window = drawing(lane).findall(f"{SVG}rect")
    day = 100 / LEAST_DAYS
    assert [percent(quiet.get("x")), percent(quiet.get("width"))] == pytest.approx([day, 6 * day], abs=0.1)
    assert [percent(window.get("x")), percent(window.get("width"))] == pytest.approx(
        [7 * day, 2 * day], abs=0.1
    )
    assert (quiet.get("fill"), window.get("fill")) == (LIGHT.quiet, LIGHT.window)
    assert (quiet.get("stroke"), window.get("stroke")) == (LIGHT.quiet_edge, LIGHT.window_edge)


def test_today_is_always_in_the_picture():
    for today in (TODAY - timedelta(days=20), TODAY, TODAY + timedelta(days=40)):
        begins, days = reach(lane_of(FERNBRIDGE), today)
        assert begins < today < begins + timedelta(days=days)
        line = drawing(lane_of(FERNBRIDGE), today).find(f"{SVG}svg")
        assert line.find(f"{SVG}path").get("stroke") == LIGHT.today
        assert 0 < percent(line.get("x")) < 100


def test_each_kind_of_mark_has_a_shape_of_its_own():
    lane = Lane((), tuple(Mark(kind, TODAY + timedelta(days=n)) for n, kind in enumerate(MarkKind)))
    drawn = [ElementTree.tostring(mark[0]) for mark in marks_in(drawing(lane))]
    assert len(set(drawn)) == len(drawn) == len(MarkKind)
    assert set(small_lane.SHAPES) == set(MarkKind)


def test_up_to_three_marks_of_one_day_stand_apart_in_the_picture():
    for of_day in (1, 2, 3):
        marks = tuple(Mark(kind, TODAY, n, of_day) for n, kind in zip(range(of_day), MarkKind, strict=False))
        places = [float(mark.get("y")) for mark in marks_in(drawing(Lane((), marks)))]
        assert len(places) == of_day
        assert all(later - earlier >= 12 for earlier, later in pairwise(places))
        assert all(0 < place < HEIGHT for place in places)


@pytest.mark.parametrize("theme", list(GROUNDS))
def test_the_picture_takes_its_colours_from_the_theme(theme):
    ground = GROUNDS[theme]
    text = svg(lane_of(FERNBRIDGE), TODAY, ground)
    assert set(re.findall("#[0-9A-F]{6}", text)) == {
        ground.ink,
        ground.today,
        ground.quiet,
        ground.quiet_edge,
        ground.window,
        ground.window_edge,
    }


def test_a_closed_lane_ends_with_its_outcome():
    closed = replace(FERNBRIDGE, outcome=Outcome(result=Result.REJECTED, at=at("2026-11-05 10:00")))
    lane = lane_of(closed, "2026-11-06 12:00")
    assert "Outcome yesterday" in told(lane, date(2026, 11, 6))
    assert len(drawing(lane, date(2026, 11, 6)).findall(f"{SVG}rect")) == 1


@settings(deadline=None, max_examples=100)
@given(situations(), st.sampled_from(list(GROUNDS)))
def test_every_lane_becomes_a_well_formed_picture_with_all_of_it_inside(situation, theme):
    lane, today = lane_in(situation), situation.now.astimezone(situation.there).date()
    if not lane.days:
        return
    picture = drawing(lane, today, GROUNDS[theme])
    assert len(marks_in(picture)) == len(lane.marks)
    bars = picture.findall(f"{SVG}rect")
    assert len(bars) == len(lane.spans)
    for bar in bars:
        assert percent(bar.get("width")) > 0
        assert 0 <= percent(bar.get("x")) <= percent(bar.get("x")) + percent(bar.get("width")) <= 100.1
    assert all(0 <= percent(mark.get("x")) <= 100 for mark in picture.findall(f"{SVG}svg"))
    said = told(lane, today)
    assert all(MARKS[mark.kind][0] in said for mark in lane.marks)
    assert all(SPANS[span.kind] in said for span in lane.spans)
    assert said.count("; ") == len(lane.marks) + len(lane.spans) - 1


def test_a_bar_alone_is_a_lane_too():
    lane = Lane((Span(SpanKind.QUIET, TODAY, TODAY),), ())
    assert told(lane, TODAY) == "Quiet period today to today. Today is Tue 3 Nov."
    assert len(drawing(lane)) == 4  # that nothing is cut off, the bar, today's line and its date
