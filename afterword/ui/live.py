"""An application's page in parts that are each drawn again alone, when what they show has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    headings,
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
MORE: dict[str, tuple[str, Callable[[OpenCase], None]]] = {
    shelf.PLAN: ("The whole plan", lists.whole_plan),
    shelf.DIARY: ("Into your calendar", diary.part),
    shelf.INTERVIEWS: ("Interviews and people", interviews.part),
    shelf.HISTORY: ("History", history.part),
}
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
            cards.step_title(step)
            part(shelf.step_part(step), seen, partial(one_step, seen, step.id))
        part(shelf.LATER, seen, cards.later)
        part(shelf.ACTIONS, seen, lambda newest: cards.actions(newest, seen.desk))


def one_step(seen: Seen, step_id: str, case: OpenCase) -> None:
    """What stands under the title of a step of the card, as long as it is there."""
    for step in shelf.shown_steps(case):
        if step.id == step_id:
            cards.step_body(step, case, seen.desk)


def phases(seen: Seen, case: OpenCase) -> None:
    """The checklist by phase. What is for another time is sent once it is chosen: every element costs with each click."""
    headings.second("Checklist")
    every = phases_of(seen, case)
    choice(shelf.PHASES, case.id, {one.phase.id: one.phase.title for one in every})
    for phase in shelf.open_phases(case.id, every):
        headings.third(phase.phase.title)
        one_phase(seen, phase)


def choice(name: str, case_id: str, titles: Mapping[str, str]) -> None:
    """A button for each that opens and shuts it: with each click a browser passes over them, not over expanders."""
    standing = shelf.standing(case_id, name)
    with st.container(horizontal=True, gap="xsmall"):
        for which, title in titles.items():
            is_open = which in standing
            st.button(
                f"Close: {title}" if is_open else title,
                key=keys.part(case_id, f"open-{which}"),
                icon=":material/expand_less:" if is_open else ":material/expand_more:",
                on_click=shelf.open_or_shut,
                args=(case_id, name, which),
            )


def one_phase(seen: Seen, phase: PhaseLines) -> None:
    """How far a phase has come, and its items, each line a part of its own."""
    bar = st.empty()
    for item in phase.phase.items:
        with st.container(horizontal=True, vertical_alignment="center"):
            with beside_its_link(item):
                for name, _ in shelf.named_lines(phase, item):
                    part(name, seen, partial(one_line, seen, item, name, bar))
            checklist.guide_link(item)


def beside_its_link(item: Item) -> AbstractContextManager[object]:
    """What holds an item's lines: one of a step may come to have several, and must not lose the hand by that."""
    return st.container() if item.step else nullcontext()


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


def more(seen: Seen, case: OpenCase) -> None:
    """What is looked up now and then, each sent once it is chosen."""
    headings.second("Plan, people and history")
    choice(shelf.MORE, case.id, {name: title for name, (title, _) in MORE.items()})
    for name, (title, draw) in MORE.items():
        if shelf.is_open(case.id, name):
            headings.third(title)
            part(name, seen, draw)


def end(seen: Seen) -> None:
    """How it ended."""
    headings.second("How it ended")
    part(shelf.ENDING, seen, ending.part)


def part(name: str, seen: Shelf[T], draw: Callable[[T], None]) -> None:
    """A part that reads the desk itself, so that it never shows what is no longer kept."""

    def drawn() -> None:
        try:
            draw(seen.take(name))
        except UnknownApplication:
            st.warning(GONE)

    st.fragment(drawn, key=name)()
