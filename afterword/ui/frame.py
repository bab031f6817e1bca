"""What stands around every page: whose data this is, whether the words are the newest, and the focus keeper."""

from __future__ import annotations

from datetime import date

import streamlit as st

from afterword.ui import focus, keeper, keys, shelf, wiring
from afterword.ui.callbacks import what_is_said
from afterword.ui.typed import as_typed
from afterword.ui.wiring import Mode

PATIENCE = 4  # seconds


def above(path: str) -> None:
    """What stands over every page; `path` is the page's own in its address."""
    shelf.leave()
    keep_address(path)
    mode = wiring.mode()
    if mode == Mode.SAMPLES:
        st.warning(
            "These are samples to look around in. They are not kept, not counted and never leave this page.",
            icon=":material/science:",
        )
        st.button("Leave the samples", key=keys.part("samples", "leave"), on_click=wiring.stop_looking_around)
    elif mode == Mode.GUEST:
        st.info(
            "You are a guest here. What you enter is kept in this browser alone, on this device. "
            "Is it a shared computer? Then erase it before you leave, on the page Your data.",
            icon=":material/no_accounts:",
        )
        trouble()
    what_is_said()
    broken = wiring.words().problems
    if broken:
        with st.expander("The newest words cannot be used; the last good ones are shown."):
            st.markdown("\n".join(f"- {as_typed(str(problem))}" for problem in broken))


def keep_address(path: str) -> None:
    """Have the browser's address name what is shown: a link within one page leaves it as it was.

    Told only then, since each time it is told it becomes a step back.
    """
    now = (path, st.query_params.to_dict())
    before = st.session_state.get(keys.ADDRESS, now)
    st.session_state[keys.ADDRESS] = now
    if before[0] != path:
        st.session_state.pop(keys.CARDS, None)  # they are put in order anew
    elif before[1] != now[1]:
        st.query_params.from_dict(now[1])


TROUBLE = {
    "full": "This browser has no room left: what you entered last is kept only until you close this tab.",
    "refused": "This browser keeps nothing for this page: what you enter is gone once you close this tab.",
}


def trouble() -> None:
    """What this browser does not keep, and what to do about it."""
    why, unread = st.session_state.get(keys.REFUSED), st.session_state.get(keys.UNREAD)
    if why:
        st.warning(f"{TROUBLE[why]} The page Your data has a file to take along.")
    if unread:
        st.warning(
            f"{unread} of the things kept in this browser could not be read. They were left as they are."
        )


def is_ready() -> bool:
    """Whether the page can be drawn: for a guest once the browser has said what it keeps."""
    if not wiring.is_guest() or keeper.has_answered():
        tidy()
        return True
    waiting()
    return False


def tidy() -> None:
    """Erase what was deleted long ago: of the owner once a day, of any other once a session."""
    if st.session_state.get(keys.TIDIED):
        return
    st.session_state[keys.TIDIED] = True
    if wiring.mode() == Mode.PERSONAL:
        erase_of(wiring.clock().now().date())
    else:
        wiring.desk().purge()


@st.cache_resource(max_entries=1, show_spinner=False)
def erase_of(day: date) -> None:  # noqa: ARG001 - what it is done once for
    """Erase what the owner deleted long ago, once a day: a write in each first answer is felt."""
    wiring.desk().purge()


@st.fragment(run_every=PATIENCE)
def waiting() -> None:
    """What stands there until the browser has answered; a way on without it where the answer does not come."""
    if keeper.has_answered():
        st.rerun()
    st.markdown("Looking for what you have kept in this browser …")
    if st.session_state.setdefault(keys.WAITING, False):
        st.markdown("It has not answered yet. Without it, what you enter is gone once you close this tab.")
        st.button("Go on without it", key=keys.part("browser", "without"), on_click=keeper.go_without)
    st.session_state[keys.WAITING] = True


def below() -> None:
    """What stands under every page."""
    focus.place()
    if wiring.is_guest():
        keeper.place()
