"""Today in parts that are each drawn again alone, when what they show has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.errors import UnknownApplication
from afterword.domain.ranking import Today
from afterword.domain.step import Step
from afterword.ui import cards, headings, keys, lists, shelf, timeline, viewport, wiring, words
from afterword.ui.live import part
from afterword.ui.shelf import Contents, Shelf

Seen = Shelf[Today]
SUMMARY, CHART = "summary", "active"
CARDS, OTHERS, SPLIT = "cards", "others", "split"
FEW = 3  # what fits on a screen: the others are a click away, and do not hold these back


@dataclass(frozen=True, slots=True)
class Split:
    """The applications that have a card, those whose cards are shown, and those that have a line."""

    cards: Sequence[OpenCase]
    shown: list[OpenCase]
    lines: Sequence[OpenCase]


@contextmanager
def visit(today: Today, desk: Desk) -> Iterator[Seen]:
    """A visit to Today, while all of it is drawn."""
    st.session_state[keys.STANDING] = lists.standing()
    having, _ = lists.split(today, st.session_state[keys.STANDING])
    for name, count in ((CARDS, FEW), (OTHERS, FEW if len(having) <= FEW else 0)):
        st.session_state.setdefault(keys.part(name, "shown"), count)
    about: Seen = Shelf(
        desk, None, lambda: wiring.desk().today(), lambda today, _: contents(today), read=today
    )
    with shelf.whole(about) as seen:
        yield seen
    st.session_state[keys.CARDS] = [case.id for case in split(seen, today).shown]


def contents(today: Today) -> Contents:
    """What each part of Today depends on: two equal ones look the same."""
    both = split_of(today)
    found: Contents = {SUMMARY: words.summary(today), CHART: timeline.active_contents(today)}
    for case in both.shown:
        found |= contents_of_card(case)
    lines = tuple((case.application, case.plan, case.today) for case in lists.first_of(both.lines, OTHERS))
    page = (tuple(case.id for case in both.shown), len(both.cards), lines, len(both.lines), len(today.active))
    return {**found, SPLIT: both, shelf.PAGE: page}


def contents_of_card(case: OpenCase) -> Contents:
    """What a card depends on, and each of its steps that is a part of its own within it."""
    name, shown = shelf.card_part(case.id), shelf.card_contents(case, replace(case.application, log=()))
    steps = {f"{name}/{step}": shown.pop(step) for step in map(shelf.step_part, steps_apart(case))}
    titles = tuple(words.step_title(step) for step in steps_apart(case))
    return {name: (*shown.values(), titles), **steps}


def steps_apart(case: OpenCase) -> tuple[Step, ...]:
    """The steps of a card that are parts of their own; what is done about a single one changes its card as well."""
    steps = shelf.shown_steps(case)
    return steps if len(steps) > 1 else ()


def split_of(today: Today) -> Split:
    """Who has a card and who a line."""
    before = st.session_state.get(keys.CARDS, [])  # since the page was drawn a form can only open on a card
    having, others = lists.split(today, [*before, *st.session_state.get(keys.STANDING, ())])
    return Split(having, in_place(today, having, before), others)


def in_place(today: Today, having: Sequence[OpenCase], before: list[str]) -> list[OpenCase]:
    """The cards that are shown: what was done moves no card from under the hand until the page is left."""
    first = lists.first_of(having, CARDS)
    found = {case.id: case for case in first}
    for id in before:
        case = None if id in found else today.find(id)
        if case is not None and lists.has_card(case):
            found[id] = case
    new = [case for case in first if case.id not in before]
    leading = [case for case in new if case.id == st.session_state.get(keys.ADDED)]
    kept = [found[id] for id in before if id in found]
    return [*leading, *kept, *(case for case in new if case not in leading)][: len(first)]


def split(seen: Seen, today: Today) -> Split:
    """Who has a card and who a line, as the page describes itself."""
    return cast("Split", seen.contents(today)[SPLIT])


def summary(seen: Seen) -> None:
    """The day in a sentence."""
    part(SUMMARY, seen, one_sentence)


def one_sentence(today: Today) -> None:
    """What there is to see to, and with which to begin."""
    st.markdown(words.summary(today))


def to_do(seen: Seen, today: Today) -> None:
    """A card for each application with something to do now, the most urgent first."""
    both, saved = split(seen, today), st.session_state.pop(keys.SAVED, None)
    for case in both.shown:
        part(shelf.card_part(case.id), seen, partial(card, seen, case.id, case.id == saved))
    lists.more_button(both.cards, CARDS)


def card(seen: Seen, case_id: str, just_added: bool, today: Today) -> None:
    """The card of one application. Raises UnknownApplication."""
    case = shown_case(seen, case_id, today)
    draw = partial(step_apart, seen, case_id) if steps_apart(case) else None
    cards.card(case, seen.desk, just_added=just_added, draw=draw)


def step_apart(seen: Seen, case_id: str, step: Step) -> None:
    """A step of a card in a part of its own."""
    name = f"{shelf.card_part(case_id)}/{shelf.step_part(step)}"
    part(name, seen, partial(one_step, seen, case_id, step.id))


def one_step(seen: Seen, case_id: str, step_id: str, today: Today) -> None:
    """What stands under the title of a step of a card, as long as it is there. Raises UnknownApplication."""
    case = shown_case(seen, case_id, today)
    for step in shelf.shown_steps(case):
        if step.id == step_id:
            cards.step_body(step, case, seen.desk)


def shown_case(seen: Seen, case_id: str, today: Today) -> OpenCase:
    """An application that has a card. Raises UnknownApplication."""
    found = next((case for case in split(seen, today).shown if case.id == case_id), None)
    if found is None:
        raise UnknownApplication(case_id)
    return found


def nothing_to_do(seen: Seen, today: Today) -> None:
    """A line for each of the others."""
    lists.other_applications(split(seen, today).lines)


def chart(seen: Seen, today: Today) -> None:
    """The chart of what is active, and the way to all of it; on a phone only the way."""
    count = len(today.active)
    if not count:
        return
    headings.second("What is active")
    if not viewport.is_narrow():
        part(CHART, seen, lambda newest: timeline.active(newest, seen.desk))
    timeline.link(count)
