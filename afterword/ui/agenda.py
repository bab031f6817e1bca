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
from afterword.ui import cards, keys, lists, shelf, timeline, wiring, words
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
    having, _ = lists.split(today)
    for name, count in ((CARDS, FEW), (OTHERS, FEW if len(having) <= FEW else 0)):
        st.session_state.setdefault(keys.part(name, "shown"), count)
    about: Seen = Shelf(desk, None, lambda: wiring.desk().today(), contents, read=today)
    with shelf.whole(about) as seen:
        yield seen
    st.session_state[keys.CARDS] = [case.id for case in split(seen, today).shown]


def contents(today: Today) -> Contents:
    """What each part of Today depends on: two equal ones look the same."""
    both = split_of(today)
    found: Contents = {SUMMARY: words.summary(today), CHART: timeline.active_contents(today)}
    for case in both.shown:
        bare = replace(case.application, log=())
        found[shelf.card_part(case.id)] = tuple(shelf.card_contents(case, bare).items())
    lines = tuple((case.application, case.plan, case.today) for case in lists.first_of(both.lines, OTHERS))
    return {**found, SPLIT: both, shelf.PAGE: (tuple(found), len(both.cards), lines, len(both.lines))}


def split_of(today: Today) -> Split:
    """Who has a card and who a line."""
    having, others = lists.split(today)
    return Split(having, in_place(today, having, st.session_state.get(keys.CARDS, [])), others)


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
    case = next((case for case in split(seen, today).shown if case.id == case_id), None)
    if case is None:
        raise UnknownApplication(case_id)
    cards.card(case, seen.desk, just_added=just_added)


def nothing_to_do(seen: Seen, today: Today) -> None:
    """A line for each of the others."""
    lists.other_applications(split(seen, today).lines)


def chart(seen: Seen) -> None:
    """The chart of what is active."""
    part(CHART, seen, lambda today: timeline.active(today, seen.desk))
