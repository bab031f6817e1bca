"""The first visit: three facts for a plan, or samples to look around in."""

from __future__ import annotations

import streamlit as st

from afterword.desk import Desk
from afterword.ui import focus, keys, wiring, words
from afterword.ui.edit import new_form


def first_run(desk: Desk) -> None:
    """The page of somebody who has entered nothing yet."""
    st.title("Just out of an interview?", anchor=False)
    st.markdown(
        "Or is it still ahead? Tell Afterword three facts. "
        "It tells you what to do next, when, by email or by phone, and why."
    )
    new_form(desk)
    st.markdown(words.NO_REMINDERS)
    if wiring.mode() != wiring.Mode.SAMPLES:
        st.button(
            "Look around with samples",
            key=keys.part("samples", "look"),
            icon=":material/science:",
            on_click=wiring.look_around,
        )


def another(desk: Desk, then: str | None = None, *, at_once: bool = False) -> None:
    """A button for the next interview, and its form once it is pressed; none among samples, which are dropped.

    `then` is the page that shows what was added, this one where none is named; `at_once` has no button first.
    """
    if wiring.mode() == wiring.Mode.SAMPLES:
        return
    key = keys.opened("another")
    if at_once or st.session_state.get(key) == st.session_state.get(keys.FORM_NUMBER, 0):
        st.header("Another interview" if not at_once else "Your first one", anchor=False)
        new_form(desk, then)
        if not at_once:
            st.button("Cancel", key=keys.part("another", "cancel"), on_click=close_form, args=(key,))
        return
    st.button(
        "Add an application",
        key=keys.part("another", "open"),
        icon=":material/add:",
        on_click=open_form,
        args=(key,),
    )


def just_saved(case_id: str) -> None:
    """A word on the page of what was added just now."""
    if st.session_state.pop(keys.SAVED, None) == case_id:
        st.success("Saved. This is your plan.", icon=":material/check:")


def open_form(key: str) -> None:
    """Open the form for the next interview; it closes once that is saved."""
    number = st.session_state.get(keys.FORM_NUMBER, 0)
    st.session_state[key] = number
    focus.move_to(keys.field(f"new-{number}", "company"))


def close_form(key: str) -> None:
    """Close the form again, and let the hand be where it opened it."""
    st.session_state.pop(key, None)
    focus.move_to(keys.part("another", "open"))
