"""Several applications at once: chosen from the list, closed as "no answer", and opened again by one button."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.changes import Heard
from afterword.domain.model import Result
from afterword.domain.step import Status
from afterword.ui import focus, keys, wiring
from afterword.ui.callbacks import spoken
from afterword.ui.typed import in_label

CHOOSING, CHOSEN, CLOSED = (keys.part("several", name) for name in ("choosing", "chosen", "closed"))
BEGIN, CLOSE, UNDO = (keys.part("several", name) for name in ("begin", "close", "undo"))


def chosen() -> set[str]:
    """The ids of what was chosen."""
    found: set[str] = st.session_state.setdefault(CHOSEN, set())
    return found


def is_choosing() -> bool:
    """Whether boxes stand in the list."""
    return bool(st.session_state.get(CHOOSING))


def bar(found: list[OpenCase]) -> None:
    """What was just closed, with its undo; and the buttons for choosing."""
    just_closed()
    with st.container(horizontal=True, vertical_alignment="center"):
        if not is_choosing():
            st.button("Select several", key=BEGIN, icon=":material/checklist:", on_click=begin)
            return
        here = [case.id for case in found if case.id in chosen()]
        st.button(
            f"Close {len(here)} as “no answer”",
            key=CLOSE,
            type="primary",
            disabled=not here,
            on_click=close,
            args=(wiring.desk(), here),
        )
        still_open = [case.id for case in found if case.plan.status != Status.CLOSED]
        st.button(
            f"Select all {len(still_open)} open ones",
            key=keys.part("several", "all"),
            on_click=choose_all,
            args=(still_open,),
        )
        st.button("Stop selecting", key=keys.part("several", "stop"), on_click=stop)


def box(case: OpenCase) -> None:
    """The box that chooses an application; none for one that is closed already."""
    if is_choosing() and case.plan.status != Status.CLOSED:
        key = keys.part(case.id, "choose")
        st.session_state[key] = case.id in chosen()
        label = f"Select {in_label(case.application.company)}"
        st.checkbox(label, key=key, on_change=toggle, args=(case.id, key))


def toggle(case_id: str, key: str) -> None:
    """Choose an application or leave it out, as its box stands."""
    chosen().add(case_id) if st.session_state[key] else chosen().discard(case_id)


def begin() -> None:
    """Let boxes stand in the list."""
    st.session_state[CHOOSING], st.session_state[CHOSEN] = True, set()
    st.session_state.pop(CLOSED, None)


def stop() -> None:
    """Take the boxes away."""
    st.session_state[CHOOSING] = False
    chosen().clear()


def choose_all(case_ids: Iterable[str]) -> None:
    """Choose all of these."""
    chosen().update(case_ids)


@spoken
def close(desk: Desk, case_ids: list[str]) -> None:
    """Close what was chosen as "no answer", in a way that can be taken back."""
    st.session_state[CLOSED] = desk.close_all(case_ids, Result.NO_ANSWER)
    stop()
    focus.move_to(UNDO)
    st.rerun()


def just_closed() -> None:
    """How many were closed just now, and the button that opens them again."""
    closed: tuple[Heard, ...] = st.session_state.get(CLOSED, ())
    if not closed:
        return
    how_many = "One application is" if len(closed) == 1 else f"{len(closed)} applications are"
    st.success(f"{how_many} closed as “no answer”. A reply opens one again by itself.")
    st.button("Undo", key=UNDO, icon=":material/undo:", on_click=undo, args=(wiring.desk(), closed))


@spoken
def undo(desk: Desk, closed: tuple[Heard, ...]) -> None:
    """Open again what was closed."""
    for heard in closed:
        desk.take_back(heard)
    st.session_state.pop(CLOSED, None)
    focus.move_to(BEGIN)
    st.rerun()
