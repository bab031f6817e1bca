"""An offer came, and others still wait: whether to tell them, asked where the offer stands."""

from __future__ import annotations

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.changes import Heard
from afterword.domain.model import Result, RivalOffer
from afterword.ui import focus, keys, shelf
from afterword.ui.callbacks import spoken
from afterword.ui.typed import as_typed


def question(case: OpenCase, desk: Desk) -> None:
    """Ask which of the others are to be told, until it is answered; then what was done, with its undo."""
    told: tuple[Heard, ...] = st.session_state.get(keys.part(case.id, "told"), ())
    if told:
        done(told, case, desk)
    outcome = case.application.outcome
    refused = st.session_state.get(keys.part(case.id, "told-nobody"))
    if outcome is None or outcome.result != Result.OFFER or refused or told:
        return
    others = desk.waiting_beside(case.id)
    if not others:
        return
    names = {other.id: other.application.company for other in others}
    count = "one other application still waits" if len(names) == 1 else f"{len(names)} others still wait"
    st.markdown(f"**You have an offer, and {count}.** Told of it and its date, they may answer sooner.")
    chosen = st.multiselect(
        "Whom do you want to tell?",
        list(names),
        default=list(names),
        format_func=names.__getitem__,  # what is chosen here is no Markdown
        key=keys.part(case.id, "rivals"),
    )
    with st.container(horizontal=True):
        st.button(
            "Add “tell them” to their plans",
            key=keys.part(case.id, "tell"),
            disabled=not chosen,
            on_click=tell,
            args=(desk, case.id, RivalOffer(deadline=outcome.answer_by, at=outcome.at)),
        )
        st.button("Tell nobody", key=keys.part(case.id, "tell-nobody"), on_click=tell_nobody, args=(case.id,))


@spoken
def tell(desk: Desk, case_id: str, offer: RivalOffer) -> None:
    """Let the chosen applications know of the offer."""
    chosen = st.session_state[keys.part(case_id, "rivals")]
    st.session_state[keys.part(case_id, "told")] = desk.tell_others(chosen, offer)
    focus.move_to(keys.part(case_id, "tell-undo"))
    shelf.redraw_part(case_id, shelf.ACTIONS)


def tell_nobody(case_id: str) -> None:
    """Ask no more in this session."""
    st.session_state[keys.part(case_id, "told-nobody")] = True
    focus.move_to(keys.part(case_id, "hear"))
    shelf.redraw_part(case_id, shelf.ACTIONS)


def done(told: tuple[Heard, ...], case: OpenCase, desk: Desk) -> None:
    """Whose plans now say to tell them, with its undo."""
    ids = {heard.application_id for heard in told}
    names = [as_typed(one.application.company) for one in desk.today().cases if one.id in ids]
    st.success(f"Added to the plan of {', '.join(names)}." if names else "They were deleted meanwhile.")
    st.button(
        "Undo: tell them",
        key=keys.part(case.id, "tell-undo"),
        icon=":material/undo:",
        on_click=undo,
        args=(desk, case.id, told),
    )


@spoken
def undo(desk: Desk, case_id: str, told: tuple[Heard, ...]) -> None:
    """Take the step out of their plans again."""
    for heard in told:
        desk.take_back(heard)
    st.session_state.pop(keys.part(case_id, "told"), None)
    focus.move_to(keys.part(case_id, "tell"))
    shelf.redraw_part(case_id, shelf.ACTIONS)
