"""An application's page in parts that are each drawn again alone, when what they show has changed."""

from __future__ import annotations

from collections.abc import Callable, Sized
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TypeVar, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from afterword.domain.case import OpenCase
from afterword.domain.checklist import PhaseLines
from afterword.domain.errors import UnknownApplication
from afterword.domain.handbook import Item
from afterword.ui import (
    cards,
    checklist,
    diary,
    ending,
    history,
    interviews,
    keys,
    lists,
    shelf,
    small_lane,
)
from afterword.ui.shelf import Shelf

T = TypeVar("T")
Seen = Shelf[OpenCase]
GONE = "This application was deleted in another window. The page Applications can bring it back."


def now(seen: Seen) -> None:
    """The card with what to do now, and the lane."""
    part(shelf.NOW, seen, partial(card, seen))
    part(shelf.LANE, seen, lambda case: small_lane.draw(seen.desk.lane(case), case.today))


def card(seen: Seen, case: OpenCase) -> None:
    """The card as it stands on Today, but for each step a part of its own."""
    with st.container(border=True, key=keys.part(case.id, "card")):
        part(shelf.HEAD, seen, cards.head)
        for step in shelf.shown_steps(case):
            part(shelf.step_part(step), seen, partial(one_step, seen, step.id))
        part(shelf.LATER, seen, cards.later)
        part(shelf.ACTIONS, seen, lambda newest: cards.actions(newest, seen.desk))


def one_step(seen: Seen, step_id: str, case: OpenCase) -> None:
    """A step of the card, as long as it stands there."""
    for step in shelf.shown_steps(case):
        if step.id == step_id:
            cards.step_part(step, case, seen.desk)


def phases(seen: Seen, case: OpenCase) -> None:
    """The checklist by phase. What is for another time is sent once it is opened: every element costs with each click."""
    st.header("Checklist", anchor=False)
    for phase in phases_of(seen, case):
        key = keys.part(case.id, shelf.phase_part(phase))
        with st.expander(phase.phase.title, key=key, on_change="rerun") as opened:
            if opened.open:
                one_phase(seen, phase)


def one_phase(seen: Seen, phase: PhaseLines) -> None:
    """How far a phase has come, and its items, each line a part of its own."""
    bar = st.empty()
    for item in phase.phase.items:
        with st.container(horizontal=True, vertical_alignment="center"):
            with below_each_other(lines := shelf.named_lines(phase, item)):
                for name, _ in lines:
                    part(name, seen, partial(one_line, seen, item, name, bar))
            checklist.guide_link(item)


def below_each_other(lines: Sized) -> AbstractContextManager[object]:
    """What holds several lines beside a link; one needs nothing, and every container costs with each click."""
    return st.container() if len(lines) > 1 else nullcontext()


def one_line(seen: Seen, item: Item, name: str, bar: DeltaGenerator, case: OpenCase) -> None:
    """A line; and the bar over its phase, which a tick of the line moves, so that both take one run."""
    phase = next(phase for phase in phases_of(seen, case) if item in phase.phase.items)
    for other, line in shelf.named_lines(phase, item):
        if other == name:
            checklist.line_part(line, name, case, seen.desk)
    checklist.progress(phase, bar)


def phases_of(seen: Seen, case: OpenCase) -> tuple[PhaseLines, ...]:
    """Every phase of the checklist with its lines, as the page describes itself."""
    return cast("tuple[PhaseLines, ...]", seen.contents(case)[shelf.CHECKLIST])


def more(seen: Seen) -> None:
    """What is looked up now and then, each sent once it is opened."""
    st.header("Plan, people and history", anchor=False)
    part(shelf.PLAN, seen, lists.whole_plan)
    part(shelf.DIARY, seen, lambda case: diary.part(case, seen.desk))
    part(shelf.INTERVIEWS, seen, interviews.part)
    part(shelf.HISTORY, seen, history.part)


def end(seen: Seen) -> None:
    """How it ended."""
    st.header("How it ended", anchor=False)
    part(shelf.ENDING, seen, ending.part)


def part(name: str, seen: Shelf[T], draw: Callable[[T], None]) -> None:
    """A part that reads the desk itself, so that it never shows what is no longer kept."""

    def drawn() -> None:
        try:
            draw(seen.take(name))
        except UnknownApplication:
            st.warning(GONE)

    st.fragment(drawn, key=name)()
