"""Keeps the keyboard's focus where the hand is when an action replaces what had it, and says how wide the page is."""

from __future__ import annotations

import streamlit as st

from afterword.ui import keys, viewport
from afterword.ui.scripts import fetched

_component = st.components.v2.component("afterword_focus", js=fetched("focus.js"))


PART = "focus"


def move_to(key: str) -> None:
    """Ask for the focus to be on the widget of that key after this run."""
    st.session_state[keys.FOCUS] = (key, placed_count() + 1)


def is_wanted() -> bool:
    """Whether the focus was asked for and has not been placed yet."""
    return bool(st.session_state.get(keys.FOCUS, ("", 0))[1] != placed_count())


def placed_count() -> int:
    """How often the focus was placed in this session."""
    count: int = st.session_state.get(keys.FOCUS_PLACED, 0)
    return count


@st.fragment(key=PART)
def place() -> None:
    """Put the component on the page; it takes a row of one pixel and must always be there."""
    key, count = st.session_state.get(keys.FOCUS, ("", 0))
    st.session_state[keys.FOCUS_PLACED] = count
    narrow = viewport.is_narrow()
    data = {"key": key, "count": count, "narrow": narrow}
    said = _component(
        key="focus-keeper", data=data, height=1, default={"narrow": narrow}, on_narrow_change=lambda: None
    ).get("narrow")
    if said is not None and said != narrow:
        st.session_state[keys.NARROW] = said
        st.rerun()
