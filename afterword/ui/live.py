"""An application's page in parts that are each drawn again alone, when what they show has changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from afterword.domain.case import OpenCase
from afterword.domain.errors import UnknownApplication
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
    wiring,
)
from afterword.ui.shelf import Shelf

CHECKLIST = "checklist"
GONE = "This application was deleted in another window. The page Applications can bring it back."


def now(seen: Shelf) -> None:
    """The card with what to do now, the lane, and the whole plan behind it."""
    part(shelf.NOW, seen, partial(card, seen))
    part(shelf.LANE, seen, lambda case: small_lane.draw(wiring.desk().lane(case), case.today))
    part(shelf.PLAN, seen, lists.whole_plan)
    part(shelf.DIARY, seen, lambda case: diary.part(case, wiring.desk()))


def card(seen: Shelf, case: OpenCase) -> None:
    """The card as it stands on Today, but for each step a part of its own."""
    with st.container(border=True, key=keys.part(case.id, "card")):
        part(shelf.HEAD, seen, cards.head)
        for step in shelf.shown_steps(case):
            part(shelf.step_part(step), seen, partial(one_step, step.id))
        part(shelf.LATER, seen, cards.later)
        part(shelf.ACTIONS, seen, lambda newest: cards.actions(newest, wiring.desk()))


def one_step(step_id: str, case: OpenCase) -> None:
    """A step of the card, as long as it stands there."""
    for step in shelf.shown_steps(case):
        if step.id == step_id:
            cards.step_part(step, case, wiring.desk())


def phases(seen: Shelf) -> None:
    """The checklist by phase: how far each has come, and its items, each a part of its own."""
    st.header("Checklist", anchor=False)
    for phase in checklist.phases_of(seen.take(CHECKLIST)):
        st.subheader(phase.phase.title, anchor=False)
        part(shelf.progress_part(phase), seen, partial(checklist.progress, phase.phase.id))
        for item in phase.phase.items:
            with st.container(horizontal=True, vertical_alignment="center"):
                part(shelf.item_part(item), seen, partial(one_item, seen, item.id))
                checklist.guide_link(item)


def one_item(seen: Shelf, item_id: str, case: OpenCase) -> None:
    """An item's lines, each a part of its own: several where several people are to be thanked."""
    for line in checklist.lines_of(item_id, case):
        part(shelf.line_part(line), seen, partial(checklist.line_part, item_id, shelf.line_part(line)))


def whom_and_when(seen: Shelf) -> None:
    """The interviews, the people, and the job itself."""
    st.header("Interviews and people", anchor=False)
    part(shelf.INTERVIEWS, seen, interviews.part)


def end(seen: Shelf) -> None:
    """How it ended."""
    st.header("How it ended", anchor=False)
    part(shelf.ENDING, seen, ending.part)


def past(seen: Shelf) -> None:
    """What was done and heard."""
    st.header("History", anchor=False)
    part(shelf.HISTORY, seen, history.part)


def part(name: str, seen: Shelf, draw: Callable[[OpenCase], None]) -> None:
    """A part that reads the application itself, so that it never shows what is no longer kept."""

    def drawn() -> None:
        try:
            case = seen.take(name)
        except UnknownApplication:
            st.warning(GONE)
            return
        draw(case)

    st.fragment(drawn, key=name)()
