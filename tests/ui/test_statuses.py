"""Every state, mark and bar can be told without colour, and read on every ground."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, product

import pytest

from afterword.domain.lane import MarkKind, SpanKind
from afterword.domain.model import EntryKind, Outcome, Result
from afterword.domain.step import Status
from afterword.ui.statuses import GROUNDS, LOOKS, MARKS, RESULT_LOOKS, SPANS, look_of
from tests.desk.cast import ALICE, FERNBRIDGE, SetClock, at, desk_of, entry

READABLE = 4.5  # WCAG 2.2, 1.4.3: text
SEEN = 1.4  # of two areas that lie side by side
THEMES = list(GROUNDS)
TWELVE = {**{s: look for s, look in LOOKS.items() if s != Status.CLOSED}, **RESULT_LOOKS}
VEGA_SHAPES = {
    "circle",
    "square",
    "cross",
    "diamond",
    "triangle-up",
    "triangle-down",
    "triangle-right",
    "triangle-left",
}


def luminance(colour):
    """The relative luminance of a colour written #RRGGBB, as WCAG defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def grey(colour):
    """The grey that is as bright as a colour, to the nearest of 256."""
    bright = luminance(colour)
    part = 12.92 * bright if bright <= 0.0031308 else 1.055 * bright ** (1 / 2.4) - 0.055
    return f"#{round(part * 255):02X}" + f"{round(part * 255):02X}" * 2


def contrast(one, other):
    """How far two colours stand apart once they are turned to grey."""
    brighter, darker = sorted((luminance(grey(one)), luminance(grey(other))), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_greys_keep_their_brightness_and_black_on_white_is_the_most_there_is():
    assert grey("#FF0000") == "#7F7F7F"
    assert grey("#777777") == "#777777"
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_every_status_and_every_result_has_a_look():
    assert set(LOOKS) == set(Status)
    assert set(RESULT_LOOKS) == set(Result)
    assert len(TWELVE) == 12


def test_the_states_differ_by_shape_and_by_words():
    for one, other in combinations(TWELVE.values(), 2):
        assert one.shape != other.shape, (one, other)
        assert one.words.casefold() != other.words.casefold(), (one, other)
    assert all(len(look.shape) == 1 and look.words.strip() for look in TWELVE.values())
    assert len({look.words for look in LOOKS.values()}) == len(LOOKS)
    assert len({look.shape for look in LOOKS.values()}) == len(LOOKS)


def test_a_badge_holds_shape_and_words():
    for look in (*LOOKS.values(), *RESULT_LOOKS.values()):
        assert look.badge == f":{look.colour}-badge[{look.shape} {look.words}]"


@pytest.mark.parametrize("theme", THEMES)
def test_the_ink_of_every_state_can_be_read_in_grey_wherever_it_stands(theme):
    ground = GROUNDS[theme]
    for look in (*LOOKS.values(), *RESULT_LOOKS.values()):
        assert re.fullmatch("#[0-9A-F]{6}", look.ink(theme))
        assert contrast(look.ink(theme), ground.paper) >= READABLE, look


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("part", ["ink", "soft", "today"])
def test_words_on_the_chart_can_be_read_on_paper_weekends_and_holidays(theme, part):
    ground = GROUNDS[theme]
    for behind in (ground.paper, ground.weekend, ground.holiday):
        assert contrast(getattr(ground, part), behind) >= READABLE, (part, behind)


@pytest.mark.parametrize("theme", THEMES)
def test_marks_stand_out_from_all_that_lies_behind_them(theme):
    ground = GROUNDS[theme]
    for behind in (ground.paper, ground.weekend, ground.holiday, ground.quiet, ground.window):
        assert contrast(ground.ink, behind) >= 3, behind  # WCAG 2.2, 1.4.11: graphics


@pytest.mark.parametrize("theme", THEMES)
def test_bars_differ_from_each_other_and_stand_out_by_their_edge(theme):
    ground = GROUNDS[theme]
    fills, edges = (ground.quiet, ground.window), (ground.quiet_edge, ground.window_edge)
    assert max(contrast(*fills), contrast(*edges)) >= SEEN
    for edge, behind in product(edges, (ground.paper, ground.weekend)):
        assert contrast(edge, behind) >= SEEN, (edge, behind)
    for edge in edges:
        assert contrast(edge, ground.paper) >= 3, edge


def test_the_marks_differ_by_glyph_words_and_drawn_shape():
    assert set(MARKS) == set(MarkKind)
    for each in zip(*MARKS.values(), strict=True):
        assert len(set(each)) == len(MARKS)
    assert {shape for _, _, shape in MARKS.values()} <= VEGA_SHAPES
    assert set(SPANS) == set(SpanKind)
    assert len(set(SPANS.values())) == len(SPANS)


def case_of(application, moment="2026-11-20 12:00"):
    return desk_of(ALICE, clock=SetClock(at(moment))).add(application)


@pytest.mark.parametrize("result", [result for result in Result if result != Result.OFFER])
def test_what_is_closed_looks_like_its_outcome(result):
    case = case_of(replace(FERNBRIDGE, outcome=Outcome(result=result, at=at("2026-11-12 10:00"))))
    assert look_of(case) is RESULT_LOOKS[result]


def test_an_offer_looks_like_one_while_it_may_be_answered_and_overdue_once_that_is_late():
    offer = replace(FERNBRIDGE, outcome=Outcome(result=Result.OFFER, at=at("2026-11-12 10:00")))
    assert look_of(case_of(offer, "2026-11-12 12:00")) is RESULT_LOOKS[Result.OFFER]
    assert look_of(case_of(offer)) is LOOKS[Status.OVERDUE]


def test_what_has_no_outcome_looks_like_its_status():
    for moment in ("2026-11-03 16:10", "2026-11-05 12:00", "2026-11-20 12:00"):
        case = case_of(FERNBRIDGE, moment)
        assert look_of(case) is LOOKS[case.plan.status]
    assert look_of(case_of(replace(FERNBRIDGE, rounds=()))) is LOOKS[Status.NEW]


def test_an_outcome_that_a_reply_has_lifted_is_no_longer_looked_like():
    silent = Outcome(result=Result.NO_ANSWER, at=at("2026-11-12 10:00"))
    reply = entry(EntryKind.REPLY, silent.at + timedelta(days=1))
    case = case_of(replace(FERNBRIDGE, outcome=silent, log=(reply,)))
    assert case.plan.status != Status.CLOSED
    assert look_of(case) is LOOKS[case.plan.status]
