"""How each status and each mark looks: words, shape and colour, defined once for badges, lists, charts and print."""

from __future__ import annotations

from dataclasses import dataclass

from afterword.domain.case import OpenCase
from afterword.domain.lane import MarkKind, SpanKind
from afterword.domain.model import Result
from afterword.domain.step import Status


@dataclass(frozen=True, slots=True)
class Look:
    """Words, a shape and a colour, so that none of them is needed alone. `light` and `dark` are for charts."""

    words: str
    shape: str
    colour: str
    light: str
    dark: str

    @property
    def badge(self) -> str:
        """The status as Markdown."""
        return f":{self.colour}-badge[{self.shape} {self.words}]"

    def ink(self, theme: str) -> str:
        """The colour on the ground of a theme, with a contrast of at least 4.5."""
        return self.dark if theme == "dark" else self.light


LOOKS = {
    Status.OVERDUE: Look("Overdue", "▲", "red", "#A3211C", "#FF9D94"),
    Status.DUE: Look("Due", "●", "orange", "#8A4700", "#FFBD6E"),
    Status.QUIET: Look("Quiet period", "○", "blue", "#1F5FA8", "#93C4FF"),
    Status.AWAITING_REPLY: Look("Awaiting a reply", "◷", "violet", "#5B3FA0", "#C5B3FF"),
    Status.UPCOMING: Look("Interview ahead", "◇", "green", "#14683F", "#83DDAE"),
    Status.NEW: Look("No interview yet", "＋", "gray", "#4A5254", "#C3CCCE"),
    Status.CLOSED: Look("Closed", "■", "gray", "#4A5254", "#C3CCCE"),
}
RESULT_LOOKS = {
    Result.OFFER: Look("Due: an offer", "★", "green", "#0B4F2E", "#A8F0C8"),
    Result.ACCEPTED: Look("Accepted", "✔", "green", "#0A3D24", "#C9F7DD"),
    Result.DECLINED: Look("Declined", "◁", "gray", "#3D4446", "#D6DDDF"),
    Result.REJECTED: Look("They said no", "✕", "gray", "#2F3536", "#E3E8E9"),
    Result.WITHDRAWN: Look("Withdrawn", "▽", "gray", "#555D5F", "#B4BEC0"),
    Result.NO_ANSWER: Look("No answer", "–", "gray", "#5F686A", "#A9B4B6"),
}
MARKS = {
    MarkKind.INTERVIEW: ("Interview", "●", "circle"),
    MarkKind.THANK_YOU: ("Thank-you sent", "▲", "triangle-up"),
    MarkKind.PROMISED: ("The date they named", "◆", "diamond"),
    MarkKind.CHECK_IN: ("Check-in made", "▶", "triangle-right"),
    MarkKind.REPLY: ("They replied", "✚", "cross"),
    MarkKind.OUTCOME: ("Outcome", "■", "square"),
}
SPANS = {SpanKind.QUIET: "Quiet period", SpanKind.WINDOW: "Days for a check-in"}


@dataclass(frozen=True, slots=True)
class Ground:
    """The colours of a chart's ground on one theme."""

    ink: str
    soft: str
    quiet: str
    quiet_edge: str
    window: str
    window_edge: str
    weekend: str
    holiday: str
    today: str
    paper: str


GROUNDS = {
    "light": Ground(
        "#101415",
        "#4A5254",
        "#CFDBE0",
        "#7C959F",
        "#F2C069",
        "#9A6A00",
        "#F1EEE7",
        "#E2DCCB",
        "#2F5D62",
        "#FBFAF7",
    ),
    "dark": Ground(
        "#F3F1EC",
        "#C3CCCE",
        "#33454C",
        "#7C959F",
        "#8A6414",
        "#F2C069",
        "#1F2526",
        "#2E3434",
        "#8CC7CC",
        "#15191A",
    ),
}


def look_of(case: OpenCase) -> Look:
    """How an application stands: by its status, or by its outcome once that is known."""
    outcome, status = case.application.outcome, case.plan.status
    if outcome is None:
        return LOOKS[status]
    if status == Status.CLOSED:
        return RESULT_LOOKS[outcome.result]
    to_answer = outcome.result == Result.OFFER and status == Status.DUE
    return RESULT_LOOKS[Result.OFFER] if to_answer else LOOKS[status]
