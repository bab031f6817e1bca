"""Which pages there are, and which of them stand in the menu."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from afterword.ui import wiring

# Each page: its script, its title, and what it is for. No icons: Streamlit repeats the list with every click.
Named = tuple[str, str, str | None]
NAMED: tuple[Named, ...] = (
    ("today", "Today", "What to do today about each interview, by when and why."),
    ("applications", "Applications", "All of them: search, open, add, close."),
    ("write", "Write", "The thank-you, the check-in, the call: from your own notes, and looked over."),
    ("timeline", "Timeline", "Where every application stands, on one chart."),
    ("guide", "Guide", "Short pages: what to do, when, by which channel, and why."),
    ("practice", "Practice", "Short situations to answer, with the reason for every option."),
    ("about_you", "About you", "Your name, where you are, and whose public holidays count."),
    ("data", "Your data", "What is kept and where; a backup, a calendar file, erasing."),
)
HIDDEN: tuple[Named, ...] = (
    ("application", "Application", None),
    ("spreadsheet", "Bring in a spreadsheet", None),
)
JOIN: Named = ("join", "Join", "The workshop: where the room is, and your answers.")
LEAD: Named = ("workshop", "Lead", None)
AT_A_WORKSHOP = frozenset({"today", "write", "guide", "practice", "data"})
WIDE = frozenset({"Timeline", "Write", "Lead"})


def pages(folder: Path) -> Iterator[StreamlitPage]:
    """The pages of this server, the first one by default; their scripts lie in that folder.

    Those of a workshop exist only where rooms can be opened, so that no other server sends them with every click.
    """
    if wiring.is_for_a_workshop():
        yield from at_a_workshop(folder)
        return
    yield from (page(folder, one, is_seen=True, is_first=one is NAMED[0]) for one in NAMED)
    if wiring.rooms_are_open():
        yield page(folder, JOIN, is_seen=True)
        yield page(folder, LEAD)
    yield from (page(folder, one) for one in HIDDEN)


def at_a_workshop(folder: Path) -> Iterator[StreamlitPage]:
    """The same with its door first. A first page has no address but /, and codes lead to /join, so that it is both."""
    if wiring.rooms_are_open():
        name, title, told = JOIN
        yield st.Page(folder / f"{name}.py", title=title, url_path="start", default=True, help=told)
        yield page(folder, JOIN)
        yield page(folder, LEAD)
    yield from (page(folder, one, is_seen=one[0] in AT_A_WORKSHOP) for one in (*NAMED, *HIDDEN))


def page(folder: Path, named: Named, *, is_seen: bool = False, is_first: bool = False) -> StreamlitPage:
    """One page, in the menu or only at its address."""
    return copy(made(folder, named, is_seen, is_first))


@lru_cache(maxsize=64)
def made(folder: Path, named: Named, is_seen: bool, is_first: bool) -> StreamlitPage:
    """What a page is made from, and nobody runs: Streamlit looks for its file link by link, with every page opened."""
    name, title, told = named
    return st.Page(
        folder / f"{name}.py",
        title=title,
        default=is_first,
        help=told,
        visibility="visible" if is_seen else "hidden",
    )
