"""What is asked once more before it is done: a button, then a sentence with a button that does it and one that does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from afterword.ui import focus, keys, shelf


@dataclass(frozen=True, slots=True)
class Question:
    """The words of the first button, of the sentence, and of the button that does it."""

    label: str
    words: str
    does: str


def asked(question: Question, key: str, act: Callable[[], None], part: str) -> None:
    """The button, or the question once it was pressed; `part` is the part of the page that it stands in."""
    if not st.session_state.get(keys.opened(key)):
        st.button(question.label, key=key, on_click=turn, args=(key, True, part))
        return
    with st.container(border=True):
        st.markdown(question.words)
        with st.container(horizontal=True):
            st.button(question.does, key=sure_key(key), type="primary", on_click=do, args=(key, act))
            st.button("Cancel", key=f"{key}-not", on_click=turn, args=(key, False, part))


def sure_key(key: str) -> str:
    """The key of the button that does it."""
    return f"{key}-sure"


def turn(key: str, is_asked: bool, part: str) -> None:
    """Ask the question, or take it back; the hand is on what came in the place of what it pressed."""
    st.session_state[keys.opened(key)] = is_asked
    focus.move_to(sure_key(key) if is_asked else key)
    shelf.draw([part, *shelf.frame_parts()])


def do(key: str, act: Callable[[], None]) -> None:
    """Do it, and ask no more."""
    st.session_state[keys.opened(key)] = False
    focus.move_to(key)
    act()
