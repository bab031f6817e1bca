"""What fills the chart: every lane's bars, marks and words, in days across and pixels down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from weakref import ref

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.lane import Lane, Mark, Span, SpanKind
from afterword.domain.step import Plan
from afterword.domain.workdays import SATURDAY
from afterword.ui import wiring, words
from afterword.ui.chart import BAR, ROW, TOP, Rows
from afterword.ui.statuses import GROUNDS, MARKS, look_of

HEAD = 30
STEPS = {1: (0,), 2: (-8, 8), 3: (-13, 0, 13)}
MOST_IN_A_COLUMN = 3
NOON = 0.5


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are shown, from a Monday on."""

    begins: date
    days: int

    @property
    def ends(self) -> date:
        """The last day shown."""
        return self.begins + timedelta(days=self.days - 1)

    def x(self, day: date) -> float:
        """How many days after the beginning a day begins."""
        return float((day - self.begins).days)

    def holds(self, day: date) -> bool:
        """Whether a day is shown."""
        return self.begins <= day <= self.ends


def window_around(today: date, weeks: int, shift: int = 0) -> Window:
    """A window of whole weeks, today in its second half, moved by so many weeks."""
    monday = today - timedelta(days=today.weekday())
    return Window(monday + timedelta(weeks=shift - (weeks + 1) // 2), weeks * 7)


@dataclass(frozen=True, slots=True)
class Group:
    """Lanes under one head; the head is empty where they are not grouped."""

    head: str
    cases: tuple[OpenCase, ...]


Place = tuple[str, date, Window, int, str]


class Lanes:
    """The rows of so many lanes as they were made last, each for as long as somebody holds the very plan it shows."""

    def __init__(self, most: int = 1_000) -> None:
        self._most = most
        self._made: dict[int, tuple[ref[Plan], Place, Rows]] = {}

    def rows(self, plan: Plan, place: Place) -> Rows | None:
        """The rows of a plan in its place, None where they are not known."""
        shown, before, rows = self._made.get(id(plan), (None, None, None))
        return rows if shown is not None and shown() is plan and before == place else None

    def keep(self, plan: Plan, place: Place, rows: Rows) -> None:
        """Know the rows of a plan until that is gone. Where that would be too many, the others are forgotten first."""
        if len(self._made) >= self._most:
            self._made.clear()
        self._made[id(plan)] = (ref(plan, partial(self._forget, id(plan))), place, rows)

    def _forget(self, number: int, gone: ref[Plan]) -> None:
        if self._made.get(number, (None,))[0] is gone:
            self._made.pop(number, None)


DRAWN = Lanes()  # in this process; each takes 8 KB


def rows_of(
    groups: Iterable[Group], window: Window, desk: Desk, theme: str, today: date, known: Lanes = DRAWN
) -> tuple[Rows, int]:
    """The rows of every layer, and the height of it all in pixels.

    Lanes that are as they were are taken from those that are known, and what is new is put there.
    """
    rows: Rows = {
        name: []
        for name in ("weeks", "quiet", "window", "marks", "company", "role", "status", "next", "lanes")
    }
    rows["heads"], rows["shade"], top = [], [], TOP
    for group in groups:
        if group.head:
            rows["heads"].append({"y": top + HEAD / 2, "text": group.head})
            top += HEAD
        for case in group.cases:
            for name, more in lane_rows(case, desk, window, top, theme, known).items():
                rows[name] += more
            top += ROW
    rows["shade"] = [*weekend_rows(window, top, theme), *rows["shade"]]
    rows["weeks"] += week_rows(window)
    rows["now"] = today_word(window, today)
    rows["today"] = today_rows(window, today, top)
    return rows, top


def lane_rows(case: OpenCase, desk: Desk, window: Window, top: int, theme: str, known: Lanes) -> Rows:
    """The rows of one application: those that are known, as long as they rest on this very plan."""
    place = (case.id, case.today, window, top, theme)
    rows = known.rows(case.plan, place)
    if rows is None:
        rows = one_lane(case, desk.lane(case), window, top, theme)
        known.keep(case.plan, place, rows)
    return rows


def one_lane(case: OpenCase, lane: Lane, window: Window, top: int, theme: str) -> Rows:
    """The rows of one application."""
    rows: Rows = defaultdict(list, shade=holiday_rows(case, window, top, theme))
    middle = top + ROW / 2
    for span in lane.spans:
        add_span(span, window, middle, rows)
    for mark in lane.marks:
        if window.holds(mark.day):
            rows["marks"].append(
                {
                    "x": window.x(mark.day) + step_along(mark),
                    "y": middle + step_aside(mark),
                    "kind": mark.kind,
                }
            )
    if lane.days and not any(window.holds(day) for day in lane.days):
        rows["weeks"].append(elsewhere(lane, window, middle))
    look = look_of(case)
    job = case.application
    rows["company"].append({"y": middle - (8 if job.role else 0), "text": plain(job.company)})
    if job.role:
        rows["role"].append({"y": middle + 10, "text": plain(job.role)})
    rows["status"].append({"y": middle - 8, "text": f"{look.shape} {look.words}", "ink": look.ink(theme)})
    rows["next"].append({"y": middle + 10, "text": next_words(case)})
    rows["lanes"].append(
        {"x": 0, "x2": window.days, "y": top, "y2": top + ROW, "id": case.id, **told(case, lane, look.words)}
    )
    return rows


def elsewhere(lane: Lane, window: Window, middle: float) -> dict[str, Any]:
    """Where a lane's days are, if none of them is shown."""
    before = max(lane.days) < window.begins
    return {"x": 2 if before else window.days - 2, "y": middle, "text": "◀ earlier" if before else "later ▶"}


def add_span(span: Span, window: Window, middle: float, rows: Rows) -> None:
    """Add as much of some days as is shown."""
    begins, ends = max(span.begins, window.begins), min(span.ends, window.ends)
    if begins <= ends:
        x2 = window.x(ends) + 1
        bar = {"x": window.x(begins), "x2": x2, "y": middle - BAR / 2, "y2": middle + BAR / 2}
        rows["quiet" if span.kind == SpanKind.QUIET else "window"].append(bar)


def step_aside(mark: Mark) -> float:
    """How far down a mark stands, so that those of one day do not cover each other."""
    if mark.of_day in STEPS:
        return STEPS[mark.of_day][mark.place]
    return STEPS[MOST_IN_A_COLUMN][mark.place // 2]


def step_along(mark: Mark) -> float:
    """How far across its day a mark stands: in the middle, in two columns where there are many."""
    return NOON if mark.of_day <= MOST_IN_A_COLUMN else NOON + (mark.place % 2 - 0.5) * 0.8


def told(case: OpenCase, lane: Lane, state: str) -> dict[str, str]:
    """What a lane tells when the hand is on it."""
    step = case.plan.next
    return {
        "application": " · ".join(
            plain(part) for part in (case.application.company, case.application.role) if part
        ),
        "state": state,
        "step": words.unmarked(words.step_title(step)) if step else "Nothing for now",
        "when": words.when_line(step, case) if step else "–",
        "why": wiring.words().handbook.rules[step.reason].title if step else "–",
        "happened": happened(lane, case) or "–",
    }


def happened(lane: Lane, case: OpenCase) -> str:
    """The marks of a lane in words."""
    return "; ".join(f"{MARKS[mark.kind][0]} {words.day(mark.day, case.today)}" for mark in lane.marks)


def next_words(case: OpenCase) -> str:
    """The next step as it stands at a lane's end: what, and when."""
    return words.unmarked(words.short_next(case))


def plain(text: str) -> str:
    """What was typed, on one line."""
    return " ".join(text.split())


def weekend_rows(window: Window, height: float, theme: str) -> list[dict[str, Any]]:
    """The weekends shown."""
    shown = [window.begins + timedelta(days=n) for n in range(window.days)]
    fill = GROUNDS[theme].weekend
    return [
        {"x": window.x(day), "x2": window.x(day) + 2, "y": TOP, "y2": height, "fill": fill}
        for day in shown
        if day.weekday() == SATURDAY
    ]


def holiday_rows(case: OpenCase, window: Window, top: float, theme: str) -> list[dict[str, Any]]:
    """The public holidays that count for one application, on its lane."""
    fill = GROUNDS[theme].holiday
    return [
        {"x": window.x(day), "x2": window.x(day) + 1, "y": top, "y2": top + ROW, "fill": fill}
        for day in case.workdays.holidays_between(window.begins, window.ends)
    ]


def week_rows(window: Window) -> list[dict[str, Any]]:
    """The Mondays, with as many of them named as there is room for."""
    every = 1 if window.days <= 7 * 8 else 2
    mondays = [window.begins + timedelta(days=n) for n in range(0, window.days, 7 * every)]
    return [{"x": window.x(day), "y": 10, "text": f"{day.day} {day:%b}"} for day in mondays]


def today_rows(window: Window, today: date, height: float) -> list[dict[str, Any]]:
    """The line of today."""
    if not window.holds(today):
        return []
    middle = window.x(today) + NOON
    width = window.days / 500
    return [{"x": middle - width / 2, "x2": middle + width / 2, "y": TOP - 8, "y2": height}]


def today_word(window: Window, today: date) -> list[dict[str, Any]]:
    """The word over the line of today."""
    return [{"x": window.x(today) + NOON, "y": TOP - 16, "text": "today"}] if window.holds(today) else []


def by_status(cases: Iterable[OpenCase]) -> list[Group]:
    """The cases under the words of their status, in the order they come."""
    heads: dict[str, list[OpenCase]] = {}
    for case in cases:
        heads.setdefault(look_of(case).words, []).append(case)
    return [Group(head, tuple(found)) for head, found in heads.items()]
