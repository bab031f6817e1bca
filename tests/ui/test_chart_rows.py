"""What fills the chart: where each lane's bars, marks and words stand."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.lane import Mark, MarkKind
from afterword.domain.model import EntryKind, Outcome, Result
from afterword.ui import chart_rows
from afterword.ui.chart import BAR, ROW, TOP
from afterword.ui.chart_rows import (
    Group,
    Lanes,
    Window,
    by_status,
    rows_of,
    step_along,
    step_aside,
    window_around,
)
from afterword.ui.statuses import GROUNDS, MARKS, look_of
from afterword.ui.timeline import WEEKS
from tests.browser.test_bad_input import ODD_NAMES
from tests.desk.cast import (
    ALICE,
    CHARLIE,
    FERNBRIDGE,
    HANDBOOK,
    NOW,
    PANEL,
    PROMISE,
    SetClock,
    at,
    desk_of,
    entry,
    with_round,
)

TODAY = NOW.date()
APART = 12
SIX = window_around(TODAY, 6)


def shown(*applications, window=SIX, theme="light", grouped=False, moment=None):
    """The rows of these applications, their height, and the cases in the order shown."""
    desk = desk_of(ALICE, clock=SetClock(at(moment)) if moment else None)
    for application in applications:
        desk.add(application)
    cases = desk.today().cases
    groups = by_status(cases) if grouped else [Group("", cases)]
    rows, height = rows_of(groups, window, desk, theme, desk.today_here().date())
    return rows, height, cases


def companies(*names):
    return [replace(FERNBRIDGE, company=name) for name in names]


# The window


def test_a_window_begins_on_a_monday_and_today_stands_in_its_second_half():
    assert Window(date(2026, 10, 12), 42) == SIX
    assert date(2026, 11, 22) == SIX.ends
    assert SIX.holds(SIX.begins)
    assert SIX.holds(SIX.ends)
    assert not SIX.holds(SIX.begins - timedelta(days=1))
    assert not SIX.holds(SIX.ends + timedelta(days=1))
    assert (SIX.x(SIX.begins), SIX.x(SIX.ends)) == (0, 41)


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.sampled_from(WEEKS), st.integers(-60, 60))
def test_a_window_moves_by_whole_weeks_wherever_it_is(today, weeks, shift):
    window, moved = window_around(today, weeks), window_around(today, weeks, shift)
    assert window.begins.weekday() == 0
    assert window.days == 7 * weeks
    assert window.x(today) >= window.days / 2
    assert window.holds(today)
    assert moved.begins - window.begins == timedelta(weeks=shift)
    assert moved.days == window.days


@pytest.mark.parametrize("weeks", WEEKS)
def test_mondays_are_named_as_far_as_there_is_room(weeks):
    window = window_around(TODAY, weeks)
    rows = shown(FERNBRIDGE, window=window)[0]["weeks"]
    assert len(rows) in {weeks, weeks // 2}
    assert rows[0]["text"] == f"{window.begins.day} {window.begins:%b}"
    assert all(row["x"] % 7 == 0 for row in rows)
    width = 768 / window.days  # pixels a day on a page of 1280
    assert all((after["x"] - before["x"]) * width >= 60 for before, after in pairwise(rows))


# A lane


def test_a_lane_has_its_bars_marks_and_words():
    rows, height, (case,) = shown(FERNBRIDGE)
    middle = TOP + ROW / 2
    assert height == TOP + ROW
    assert rows["quiet"] == [{"x": 22, "x2": 28, "y": middle - BAR / 2, "y2": middle + BAR / 2}]
    assert rows["window"] == [{"x": 28, "x2": 30, "y": middle - BAR / 2, "y2": middle + BAR / 2}]
    assert rows["marks"] == [
        {"x": 22.5, "y": middle, "kind": "interview"},
        {"x": 25.5, "y": middle, "kind": "promised"},
    ]
    assert [row["text"] for name in ("company", "role", "next") for row in rows[name]] == [
        "Fernbridge",
        "Data analyst",
        "Say thanks by email, now",
    ]
    look = look_of(case)
    assert rows["status"] == [
        {"y": middle - 8, "text": f"{look.shape} {look.words}", "ink": look.ink("light")}
    ]
    (lane,) = rows["lanes"]
    assert {name: lane[name] for name in ("x", "x2", "y", "y2", "id")} == {
        "x": 0,
        "x2": 42,
        "y": TOP,
        "y2": TOP + ROW,
        "id": case.id,
    }


def test_a_lane_tells_the_step_by_when_why_and_what_happened():
    (lane,) = shown(FERNBRIDGE)[0]["lanes"]
    assert lane["application"] == "Fernbridge · Data analyst"
    assert lane["state"] == "Due"
    assert lane["step"] == "Email your thanks to Ada Okafor"
    assert lane["when"] == "Due today."
    assert lane["why"] == HANDBOOK.rules["email-at-once"].title
    assert lane["happened"] == "Interview today; The date they named Fri 6 Nov"
    (empty,) = shown(replace(FERNBRIDGE, role=None, rounds=()))[0]["lanes"]
    assert (empty["application"], empty["happened"], empty["step"]) == ("Fernbridge", "–", "Nothing for now")
    assert (empty["when"], empty["why"]) == ("–", "–")


def test_without_a_role_the_company_stands_in_the_middle():
    rows = shown(replace(FERNBRIDGE, role=None))[0]
    assert rows["role"] == []
    assert rows["company"] == [{"y": TOP + ROW / 2, "text": "Fernbridge"}]


def test_of_a_bar_only_what_is_shown_is_drawn():
    window = Window(date(2026, 11, 5), 4)  # 5 to 8 November, in the middle of the quiet period
    rows = shown(FERNBRIDGE, window=window)[0]
    assert [(row["x"], row["x2"]) for row in rows["quiet"]] == [(0, 4)]
    assert rows["window"] == []
    assert [row["kind"] for row in rows["marks"]] == ["promised"]


@pytest.mark.parametrize(("weeks", "text"), [(-20, "later ▶"), (20, "◀ earlier")])
def test_a_lane_with_nothing_to_show_says_where_its_days_are(weeks, text):
    window = window_around(TODAY, 6, weeks)
    rows = shown(FERNBRIDGE, window=window)[0]
    (said,) = [row for row in rows["weeks"] if row["y"] > TOP]
    assert said["text"] == text
    assert 0 < said["x"] < window.days
    assert (rows["marks"], rows["quiet"], rows["window"]) == ([], [], [])
    assert len(rows["lanes"]) == 1


def test_a_lane_without_days_says_nothing_of_where_they_are():
    rows = shown(replace(FERNBRIDGE, rounds=()), window=window_around(TODAY, 6, 20))[0]
    assert [row for row in rows["weeks"] if row["y"] > TOP] == []


def test_lanes_lie_beneath_each_other_most_urgent_first():
    long_ago = replace(PANEL, ended_at=at("2026-10-20 15:00"), promise=None)
    late = replace(FERNBRIDGE, company="Late", rounds=(long_ago,))
    rows, height, cases = shown(*companies("B", "A"), late)
    assert [row["text"] for row in rows["company"]] == ["Late", "A", "B"]
    assert [row["id"] for row in rows["lanes"]] == [case.id for case in cases]
    assert [row["y"] for row in rows["lanes"]] == [TOP, TOP + ROW, TOP + 2 * ROW]
    assert height == TOP + 3 * ROW
    assert {row["y2"] for row in rows["shade"] if row["y2"] > TOP + ROW} >= {height}


def test_groups_have_a_head_each_and_hold_the_lanes_of_one_look():
    closed = replace(FERNBRIDGE, company="C", outcome=Outcome(result=Result.REJECTED, at=NOW))
    rows, height, cases = shown(*companies("A", "B"), closed, grouped=True)
    heads = [row["text"] for row in rows["heads"]]
    assert heads == [group.head for group in by_status(cases)] == ["Due", "They said no"]
    assert [case for group in by_status(cases) for case in group.cases] == list(cases)
    tops = [row["y"] for row in rows["lanes"]]
    first, second = (row["y"] for row in rows["heads"])
    assert first < tops[0] < tops[1] < second < tops[2]
    assert height == tops[2] + ROW
    assert shown(*companies("A"))[0]["heads"] == []
    assert by_status([]) == []


# What lies behind


def test_weekends_are_shaded_over_the_whole_height_and_holidays_on_their_lane_only():
    abroad = replace(FERNBRIDGE, company="Abroad", country=None)
    rows, height, _ = shown(FERNBRIDGE, abroad, theme="dark")
    weekends = [row for row in rows["shade"] if row["fill"] == GROUNDS["dark"].weekend]
    holidays = [row for row in rows["shade"] if row["fill"] == GROUNDS["dark"].holiday]
    assert [row["x"] for row in weekends] == [5, 12, 19, 26, 33, 40]
    assert {(row["x2"] - row["x"], row["y"], row["y2"]) for row in weekends} == {(2, TOP, height)}
    assert {row["x"] for row in holidays} == {0, 30}  # Columbus Day and Veterans Day
    (lane_of_holidays,) = {(row["y"], row["y2"]) for row in holidays}
    assert lane_of_holidays[1] - lane_of_holidays[0] == ROW


def test_today_has_its_word_and_its_line_while_it_is_shown():
    rows, height, _ = shown(FERNBRIDGE)
    (word,), (line,) = rows["now"], rows["today"]
    assert (word["text"], word["x"]) == ("today", 22.5)
    assert (line["x"] + line["x2"]) / 2 == pytest.approx(22.5)
    assert line["y2"] == height
    elsewhere = shown(FERNBRIDGE, window=window_around(TODAY, 6, 10))[0]
    assert (elsewhere["now"], elsewhere["today"]) == ([], [])


# Several marks of one day


def test_up_to_three_marks_of_one_day_stand_apart_and_within_their_lane():
    for of_day in (1, 2, 3):
        places = [step_aside(Mark(MarkKind.REPLY, TODAY, place, of_day)) for place in range(of_day)]
        assert all(after - before >= APART for before, after in pairwise(places))
        assert all(abs(place) + APART / 2 <= ROW / 2 for place in places)


@given(st.integers(4, len(MarkKind)))
def test_more_marks_of_one_day_still_have_a_place_each_within_their_lane(of_day):
    marks = [Mark(MarkKind.REPLY, TODAY, place, of_day) for place in range(of_day)]
    assert len({(step_along(mark), step_aside(mark)) for mark in marks}) == of_day
    assert all(abs(step_aside(mark)) + APART / 2 <= ROW / 2 for mark in marks)
    assert all(0 < step_along(mark) < 1 for mark in marks)


def test_what_happened_within_one_day_is_drawn_in_as_many_places():
    logged = (
        entry(EntryKind.THANK_YOU, at("2026-11-03 15:30")),
        entry(EntryKind.REPLY, at("2026-11-03 15:40")),
    )
    rows = shown(replace(FERNBRIDGE, log=logged))[0]
    of_today = [row["y"] for row in rows["marks"] if row["x"] == 22.5]
    assert len(of_today) == 3
    assert all(after - before >= APART for before, after in pairwise(of_today))


# Odd names


@pytest.mark.parametrize(
    "name", [*ODD_NAMES, "x" * 200, "two\nlines\tand  spaces", "‮gnp.exe", "=1+1", "null"]
)
def test_a_name_stands_on_the_chart_as_it_was_typed_on_one_line(name):
    rows = shown(replace(FERNBRIDGE, company=name, role=name))[0]
    on_one_line = " ".join(name.split())
    assert rows["company"][0]["text"] == rows["role"][0]["text"] == on_one_line
    assert rows["lanes"][0]["application"] == f"{on_one_line} · {on_one_line}"
    assert json.loads(json.dumps(rows)) == rows


def test_the_words_for_what_happened_are_those_of_the_legend():
    rows = shown(with_round(promise=replace(PROMISE, reply_by=date(2026, 11, 4))))[0]
    said = [part.rsplit(" ", 1)[0] for part in rows["lanes"][0]["happened"].split("; ")]
    assert said == [MARKS[MarkKind.INTERVIEW][0], MARKS[MarkKind.PROMISED][0]]


# Every lane


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(-40, 40), min_size=1, max_size=4),
    st.sampled_from(WEEKS),
    st.integers(-8, 8),
    st.booleans(),
)
def test_nothing_is_drawn_outside_the_window_or_the_height(ends, weeks, shift, grouped):
    rounds = [replace(PANEL, ended_at=TODAY + timedelta(days=day), promise=None) for day in ends]
    applications = [replace(FERNBRIDGE, company=f"C{n}", rounds=(r,)) for n, r in enumerate(rounds)]
    window = window_around(TODAY, weeks, shift)
    rows, height, _ = shown(*applications, window=window, grouped=grouped)
    for name, found in rows.items():
        for row in found:
            across, down = (
                [row[k] for k in ("x", "x2") if k in row],
                [row[k] for k in ("y", "y2") if k in row],
            )
            assert all(0 <= x <= window.days for x in across), (name, row)
            assert all(0 <= y <= height for y in down), (name, row)
            assert row.get("x2", window.days) > row.get("x", 0) or name == "marks", (name, row)
    assert len(rows["lanes"]) == len(rows["status"]) == len(rows["next"]) == len(applications)
    assert chart_rows.HEAD * len(rows["heads"]) + TOP + ROW * len(applications) == height


# Lanes that are as they were


@pytest.fixture
def two():
    """A desk with two applications."""
    desk = desk_of(ALICE)
    for company in ("Fernbridge", "Tidewater"):
        desk.add(replace(FERNBRIDGE, company=company))
    return desk


@pytest.fixture
def made(monkeypatch):
    """The applications whose lanes were made, in their order."""
    companies, one_lane = [], chart_rows.one_lane

    def noted(case, *rest):
        companies.append(case.application.company)
        return one_lane(case, *rest)

    monkeypatch.setattr(chart_rows, "one_lane", noted)
    return companies


def drawn(desk, known, theme="light"):
    """The rows of all applications, with the lanes that are known."""
    return rows_of([Group("", desk.today().cases)], SIX, desk, theme, TODAY, known)


def thank_the_last(desk):
    """Thank the last of them; which that is."""
    last = desk.today().cases[-1]
    desk.tick(last.id, last.plan.next.id)
    return last.application.company


def test_a_lane_that_is_as_it_was_is_not_made_again(two, made):
    known = Lanes()
    first = drawn(two, known)
    assert len(made) == 2
    assert drawn(two, known) == first
    assert len(made) == 2


def test_of_two_lanes_the_one_that_changed_is_made_again(two, made):
    known = Lanes()
    drawn(two, known)
    thanked = thank_the_last(two)
    made.clear()
    rows = drawn(two, known)
    assert made == [thanked]
    assert rows == drawn(two, Lanes())


def test_lanes_are_made_again_for_another_theme(two, made):
    known = Lanes()
    drawn(two, known)
    rows = drawn(two, known, "dark")
    assert len(made) == 4
    assert rows == drawn(two, Lanes(), "dark")


def test_lanes_are_forgotten_with_their_plans(two):
    known = Lanes()
    drawn(two, known)
    assert len(known._made) == 2
    thank_the_last(two)
    two.today()
    assert len(known._made) == 1
    two.erase()
    two.today()
    assert known._made == {}


def test_no_more_than_so_many_lanes_are_known(two, made):
    known = Lanes(1)
    assert drawn(two, known) == drawn(two, known)
    assert len(made) == 4
    assert len(known._made) == 1


def test_charlie_is_not_shown_a_lane_of_alices_application_of_the_same_id(two):
    known, charlies = Lanes(), desk_of(CHARLIE)
    drawn(two, known)
    for case in two.today().cases:
        charlies.add(replace(case.application, company="Oakbridge"))
    rows, _ = drawn(charlies, known)
    assert {row["text"] for row in rows["company"]} == {"Oakbridge"}
