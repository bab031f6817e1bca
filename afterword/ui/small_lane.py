"""One application's lane as a small drawing of its own: light enough to be drawn again with every tick."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import quote

import streamlit as st

from afterword.domain.lane import Lane, Mark, MarkKind, SpanKind
from afterword.ui import viewport, words
from afterword.ui.statuses import GROUNDS, MARKS, SPANS, Ground

HEIGHT, MIDDLE, BAR = 52, 18, 12
SEEN = "<style>svg{overflow:visible}</style>"  # said once for all the marks
LEAST_DAYS = 14
SHAPES = {
    MarkKind.INTERVIEW: "<circle r='5.5'/>",
    MarkKind.THANK_YOU: "<path d='M0-6L6 5H-6Z'/>",
    MarkKind.PROMISED: "<path d='M0-7L6 0 0 7-6 0Z'/>",
    MarkKind.CHECK_IN: "<path d='M-5-6L6 0-5 6Z'/>",
    MarkKind.REPLY: "<path d='M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z'/>",
    MarkKind.OUTCOME: "<path d='M-5-5H5V5H-5Z'/>",
}


def draw(lane: Lane, today: date) -> None:
    """The lane from its first day to its last, today among them, with what it shows in words for who cannot see it."""
    if lane.days:
        drawing = svg(lane, today, GROUNDS[viewport.theme()])
        st.image(f"data:image/svg+xml,{quote(drawing, safe=PLAIN)}", width="stretch", alt=told(lane, today))


PLAIN = " ='/:;,.-()!+*@$<>"  # what an address may hold as it is: the less is spelled out, the less is sent


def svg(lane: Lane, today: date, ground: Ground) -> str:
    """The drawing, in as few letters as it takes."""
    begins, days = reach(lane, today)
    at = Scale(begins, days)
    parts = [
        *(bar(at, span.begins, span.ends, look_of(span.kind, ground)) for span in lane.spans),
        f"<path d='M0 2V31' stroke='{ground.today}' stroke-width='2'/>".join(at.place(today, "0")),
        *(mark(at, one) for one in lane.marks),
        *dates(at, lane, today),
    ]
    head = f"<svg xmlns='http://www.w3.org/2000/svg' height='{HEIGHT}' fill='{ground.ink}'"
    return f"{head} font-family='sans-serif' font-size='12'>{SEEN}{''.join(parts)}</svg>"


class Scale:
    """Where days stand across the drawing, in percent."""

    def __init__(self, begins: date, days: int) -> None:
        self.begins, self.days = begins, days

    def part(self, day: date, part: float = 0) -> float:
        """Which part of the width lies before a day, or before some part of it."""
        return ((day - self.begins).days + part) / self.days

    def percent(self, day: date, part: float = 0) -> str:
        """The same in percent."""
        return share(self.part(day, part))

    def place(self, day: date, y: str, part: float = 0.5) -> tuple[str, str]:
        """What stands before and behind something drawn on a day, in its middle or at some part of it."""
        return f"<svg x='{self.percent(day, part)}' y='{y}'>", "</svg>"


def share(part: float) -> str:
    """A part of the width, in percent."""
    return f"{part * 100:.3g}%"


def reach(lane: Lane, today: date) -> tuple[date, int]:
    """The first day drawn and how many there are, a day of air at both ends."""
    begins = min((*lane.days, today)) - timedelta(days=1)
    ends = max((*lane.days, today)) + timedelta(days=1)
    return begins, max((ends - begins).days + 1, LEAST_DAYS)


def look_of(kind: SpanKind, ground: Ground) -> tuple[str, str]:
    """Fill and edge of a bar."""
    return (
        (ground.quiet, ground.quiet_edge) if kind == SpanKind.QUIET else (ground.window, ground.window_edge)
    )


def bar(at: Scale, begins: date, ends: date, look: tuple[str, str]) -> str:
    """A bar from one day to another."""
    width = share(((ends - begins).days + 1) / at.days)
    where = f"x='{at.percent(begins)}' y='{MIDDLE - BAR // 2}' width='{width}' height='{BAR}' rx='3'"
    return f"<rect {where} fill='{look[0]}' stroke='{look[1]}'/>"


def mark(at: Scale, one: Mark) -> str:
    """A mark on its day; of several of one day each a little aside."""
    down = {1: (0,), 2: (-6, 6), 3: (-12, 0, 12)}.get(one.of_day)
    y = down[one.place] if down else (-12, 0, 12)[one.place // 2]
    along = 0.5 if down else 0.2 + 0.6 * (one.place % 2)
    return SHAPES[one.kind].join(at.place(one.day, f"{MIDDLE + y}", along))


A_LABEL, TODAYS = 0.24, 0.06  # of the width of a phone's picture: a date, and half the word "today"


def dates(at: Scale, lane: Lane, today: date) -> list[str]:
    """The first day in words, the last and today as far as there is room for them."""
    first, last = min(lane.days), max(lane.days)
    begins, ends, now = at.part(first, 0), at.part(last, 1), at.part(today, 0.5)
    labels = [(begins, "start", first)]
    if ends - begins > 2 * A_LABEL:
        labels.append((ends, "end", last))
    taken = begins + A_LABEL, ends - A_LABEL if len(labels) > 1 else 2.0
    free = taken[0] + TODAYS < now < taken[1] - TODAYS or now > ends + 2 * TODAYS > taken[0] + TODAYS
    free = free or now < begins - 2 * TODAYS
    if free and today not in {first, last}:
        edge = now > 1 - TODAYS
        labels.append((1.0 if edge else now, "end" if edge else "middle", today))
    return [
        f"<text x='{share(x)}' y='48' text-anchor='{anchor}'>{words.day(day, today)}</text>"
        for x, anchor, day in labels
    ]


def told(lane: Lane, today: date) -> str:
    """The lane in words."""
    spans = [
        f"{SPANS[span.kind]} {words.day(span.begins, today)} to {words.day(span.ends, today)}"
        for span in lane.spans
    ]
    marks = [f"{MARKS[one.kind][0]} {words.day(one.day, today)}" for one in lane.marks]
    return f"{'; '.join((*marks, *spans))}. Today is {words.plain_day(today, today)}."
