"""A guest's applications in the guest's own browser: read when a session begins, written with every change."""

from __future__ import annotations

from typing import Any

import streamlit as st

from afterword.ids import new_id
from afterword.ui import keys, wiring
from afterword.ui.scripts import fetched
from afterword.ui.wiring import GuestRepository

PART = "keeper"
_component = st.components.v2.component("afterword_keeper", js=fetched("keeper.js"))


def has_answered() -> bool:
    """Whether the browser has said what it keeps, or that it keeps nothing."""
    return keys.GUEST in st.session_state


@st.fragment(key=PART)
def place() -> None:
    """Put the component on the page; it takes a row of one pixel. What it says is taken in, and the page drawn anew."""
    repository = st.session_state.get(keys.GUEST)
    if repository is not None and not isinstance(repository, GuestRepository):
        return  # a session that was begun without a browser
    said = _component(key="guest-keeper", data=orders(repository), height=1, **LISTENERS)
    if repository is None:
        first_answer(said)
    else:
        later_answer(said, repository)


LISTENERS: dict[str, Any] = {
    f"on_{name}_change": lambda: None for name in ("kept", "others", "gap", "refused", "fine", "taken")
}


def orders(repository: GuestRepository | None) -> dict[str, Any]:
    """What the browser has to do: answer, or keep what has changed since it was last told."""
    session = st.session_state.setdefault(keys.SESSION, new_id(wiring.clock().now()))
    nothing: dict[str, Any] = {"session": session, "turn": 0, "since": 0, "texts": {}, "ends_after": None}
    counted = {"erased": keys.ERASED, "heard": keys.HEARD, "chosen": keys.ENDS_CHOSEN}
    nothing |= {name: st.session_state.get(key, 0) for name, key in counted.items()}
    if repository is None:
        return {**nothing, "asks": True}
    since = st.session_state.get(keys.KEPT_TURN, 0)
    st.session_state[keys.KEPT_TURN] = repository.turn
    return {
        **nothing,
        "asks": False,
        "turn": repository.turn,
        "since": since,
        "texts": repository.changes(since),
        "ends_after": st.session_state.get(keys.ENDS_AFTER),
    }


def first_answer(said: Any) -> None:
    """Begin the session with what the browser keeps; with nothing where it refuses."""
    kept, refused = said.get("kept"), said.get("refused")
    if kept is None and refused is None:
        return
    repository = GuestRepository()
    if kept is not None:
        st.session_state[keys.UNREAD] = repository.take_in(kept["texts"])
        st.session_state[keys.ENDS_AFTER] = int(kept["ends_after"] or 0)
    st.session_state[keys.REFUSED] = refused["why"] if refused else None
    st.session_state[keys.GUEST] = repository
    st.rerun()


def later_answer(said: Any, repository: GuestRepository) -> None:
    """Take in what another tab changed, send what was missed, and note where the browser keeps no more."""
    others, gap, refused, fine = (said.get(name) for name in ("others", "gap", "refused", "fine"))
    if gap is not None:
        st.session_state[keys.KEPT_TURN] = min(int(gap["turn"]), repository.turn)
        st.rerun(scope="fragment")
    before = st.session_state.get(keys.REFUSED)
    if refused is not None:
        st.session_state[keys.REFUSED] = refused["why"]
    elif fine is not None:
        st.session_state[keys.REFUSED] = None
    if others is not None and others["told"] > st.session_state.get(keys.HEARD, 0):
        st.session_state[keys.HEARD] = others["told"]
        st.session_state[keys.ENDS_AFTER] = int(others["ends_after"] or 0)
        if others["cleared"]:
            st.session_state[keys.GUEST] = GuestRepository()
            st.session_state[keys.KEPT_TURN] = 0
        else:
            repository.take_in(others["texts"])
    # A browser that refuses says so each time: what was just said on the page would go with a run for nothing.
    if others is not None or st.session_state.get(keys.REFUSED) != before:
        st.rerun()


def go_without() -> None:
    """Begin with nothing, and keep nothing, where the browser does not answer."""
    st.session_state[keys.GUEST] = GuestRepository()
    st.session_state[keys.REFUSED] = "refused"


def is_behind() -> bool:
    """Whether there is something that the browser was not told yet."""
    repository = st.session_state.get(keys.GUEST)
    return isinstance(repository, GuestRepository) and repository.turn > st.session_state.get(
        keys.KEPT_TURN, 0
    )


def end_after(minutes: int) -> None:
    """Have the browser erase everything once nobody has touched it for that long; never for 0."""
    st.session_state[keys.ENDS_AFTER] = minutes
    st.session_state[keys.ENDS_CHOSEN] = st.session_state.get(keys.ENDS_CHOSEN, 0) + 1


def erase() -> None:
    """Forget everything here and in the browser, also what was only shown or about to be undone."""
    forget_session()
    st.session_state[keys.GUEST] = GuestRepository()
    st.session_state[keys.KEPT_TURN] = 0
    st.session_state[keys.ERASED] = st.session_state.get(keys.ERASED, 0) + 1


def forget_session() -> None:
    """Drop what this session remembers of what was entered; a new number gives each form, and each file, a new field."""
    number = st.session_state.get(keys.FORM_NUMBER, 0) + 1
    for key in set(st.session_state) - STAYS:
        del st.session_state[key]
    st.session_state[keys.FORM_NUMBER] = number


STAYS = frozenset(
    {keys.GUEST, keys.SESSION, keys.KEPT_TURN, keys.ERASED, keys.HEARD, keys.ENDS_AFTER, keys.ENDS_CHOSEN}
    | {"guest-keeper", "focus-keeper", keys.TIDIED, keys.NARROW, keys.FOCUS, keys.FOCUS_PLACED, keys.SHELF}
)
