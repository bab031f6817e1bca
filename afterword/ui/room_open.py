"""Opening a room: the leader's key, and the agenda it goes by."""

from __future__ import annotations

import streamlit as st

from afterword.domain.errors import AfterwordError
from afterword.domain.workshop import Agenda, BlockKind
from afterword.ui import focus, handouts, keys, wiring
from afterword.ui.callbacks import sentence_for
from afterword.ui.typed import as_typed

PART = "open-room"
KEY, AGENDA, REFUSED = (keys.part(PART, name) for name in ("key", "agenda", "refused"))
LONGEST_KEY = 60
KINDS = {
    BlockKind.GUIDE: "a page of the guide",
    BlockKind.POLL: "a question to the room",
    BlockKind.SCENARIO: "a situation to answer",
    BlockKind.PLAN: "a plan of one's own",
    BlockKind.DISCUSSION: "talk",
    BlockKind.BREAK: "a break",
}
READ_BY_OTHERS = (
    "Over plain HTTP, whoever is in the same network can read what is sent, the leader's link too. "
    "No names are sent, but a plan that somebody writes here is."
)


def form() -> None:
    """The key, the agendas with their blocks, and the button."""
    agendas = wiring.words().handbook.agendas
    st.title("Lead a workshop", anchor=False)
    st.markdown("Open a room, and others join it on their phones by a code. Nobody needs an account.")
    plain_http()
    if not agendas:
        st.warning("There is no agenda: content/workshops/ is empty.")
        return
    with st.form(keys.part(PART, "form"), border=False):
        st.text_input(
            "Leader's key",
            key=KEY,
            type="password",
            max_chars=LONGEST_KEY,
            autocomplete="off",
            help="It stands in the terminal that started the workshop.",
        )
        if st.session_state.get(REFUSED):
            st.error(as_typed(st.session_state[REFUSED]))
        st.radio(
            "Agenda",
            list(agendas),
            format_func=lambda one: agendas[one].title,
            captions=[told(agenda) for agenda in agendas.values()],
            key=AGENDA,
        )
        st.form_submit_button("Open a room", key=keys.part(PART, "send"), type="primary", on_click=open_room)
    for agenda in agendas.values():
        with st.expander(f"The blocks of “{agenda.title}”"):
            st.markdown(blocks(agenda))
    handouts.of_agendas()


def told(agenda: Agenda) -> str:
    """An agenda in a line."""
    return f"{agenda.minutes} minutes, {len(agenda.blocks)} blocks. {agenda.words}"


def blocks(agenda: Agenda) -> str:
    """The blocks in their order, with their minutes."""
    return "\n".join(f"1. {one.title}: {KINDS[one.kind]}, {one.minutes} min" for one in agenda.blocks)


def plain_http() -> None:
    """That others may read along, where nothing keeps them from it."""
    if wiring.room_address().startswith("http://"):
        st.markdown(f":material/lock_open: {READ_BY_OTHERS}")


def open_room() -> None:
    """Open the room and go to it; what is wrong is said, and what was typed stays."""
    key, agenda = str(st.session_state.get(KEY) or ""), str(st.session_state[AGENDA])
    st.session_state.pop(REFUSED, None)
    try:
        room, secret = wiring.hall().open_room(key, agenda, wiring.visitor_address())
    except AfterwordError as error:
        st.session_state[REFUSED] = sentence_for(error)
        focus.move_to(KEY)
    else:
        st.session_state[keys.JUST_OPENED] = room.id
        st.query_params.from_dict({"room": room.id, "leader": secret})
        focus.move_to(keys.part("lead", "next"))
