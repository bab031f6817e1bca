"""Getting into a room: by the address that a QR code holds, or by the code typed in."""

from __future__ import annotations

import streamlit as st

from afterword.domain.errors import AfterwordError
from afterword.ui import focus, keys, poster, wiring
from afterword.ui.callbacks import sentence_for
from afterword.ui.typed import as_typed

CODE = keys.part("join", "code")
REFUSED = keys.part("join", "refused")
BY_CODE, BY_ROOM = "code", "room"  # in the address
LONGEST_CODE = 20  # with the spaces that people put in


def room_here() -> str | None:
    """The room that this visitor is in or was in: by the address, or since this session began; None at the door."""
    code = st.query_params.get(BY_CODE)
    if code is not None:
        st.query_params.pop(BY_CODE)
        st.session_state[CODE] = code[:LONGEST_CODE]
        enter(code)
    named = st.query_params.get(BY_ROOM) or st.session_state.get(keys.ROOM)
    if named and is_in(named):
        remember(named)
        return str(named)
    return None


def is_in(room_id: str) -> bool:
    """Whether the visitor is in that room, or was until it was erased in this very session."""
    return wiring.hall().member(room_id, wiring.visitor()) is not None or is_remembered(room_id)


def is_remembered(room_id: str) -> bool:
    """Whether this session has been in that room."""
    return bool(st.session_state.get(keys.ROOM) == room_id)


def remember(room_id: str) -> None:
    """Have the address and the session name the room, so that a reload and a look at another page come back to it."""
    st.session_state[keys.ROOM] = room_id
    if st.query_params.get(BY_ROOM) != room_id:
        st.query_params.from_dict({BY_ROOM: room_id})


def enter(code: str) -> None:
    """Become a member of the room of that code; what keeps one out is said at the door, and the code stays there."""
    st.session_state.pop(REFUSED, None)
    hall = wiring.hall()
    try:
        room = hall.room_of(code, wiring.visitor_address())
        hall.join(room, wiring.visitor())
    except AfterwordError as error:
        st.session_state[REFUSED] = sentence_for(error)
        focus.move_to(CODE)
    else:
        remember(room.id)


def door() -> None:
    """The field for the code; on a workshop's own server also how others get here, and where its leader begins."""
    st.title("Join the workshop", anchor=False)
    st.markdown("Type the six letters from the screen in front. Nobody asks for your name.")
    with st.form(keys.part("join", "form"), border=False):
        st.text_input("Join code", key=CODE, max_chars=LONGEST_CODE, autocomplete="off")
        refused = st.session_state.get(REFUSED)
        if refused:
            st.error(as_typed(refused))
        st.form_submit_button("Join", key=keys.part("join", "send"), type="primary", on_click=try_code)
    if wiring.is_for_a_workshop():
        st.header("Let others in", anchor=False)
        poster.of_address()
    st.page_link("pages/workshop.py", label="You lead the workshop? Open a room")


def try_code() -> None:
    """Take the code as it was typed."""
    typed = str(st.session_state.get(CODE) or "")
    if typed.strip():
        enter(typed)
    else:
        st.session_state[REFUSED] = "Type the join code first."
        focus.move_to(CODE)
