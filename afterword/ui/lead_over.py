"""A room after its end, for its leader: the summary to keep, when all is erased, and a way to erase it at once."""

from __future__ import annotations

import streamlit as st

from afterword.domain.workshop import Agenda, Room, erase_at
from afterword.ui import keys, wiring
from afterword.ui.callbacks import spoken

PART = "lead-over"
ERASE = keys.part(PART, "erase")


def part(room: Room, secret: str, agenda: Agenda) -> None:
    """The summary, and the room's own end."""
    st.title("The workshop is over", anchor=False)
    st.markdown(f"“{agenda.title}”: nobody can join or answer any more. Members keep their own plans.")
    st.header("Erase the room", anchor=False)
    gone = erase_at(room)
    st.markdown(f"By itself everything in the room is erased {in_words(gone)}. You need not wait for it.")
    with st.popover("Delete now", key=keys.part(PART, "sure")):
        st.markdown(
            "This erases the room: its code, its aliases, every answer, and with them the summary. "
            "It cannot be undone. Download the summary first if you want to keep it."
        )
        st.button("Delete it all now", key=ERASE, on_click=erase, args=(room.id, secret))
    st.page_link("pages/workshop.py", label="Open another room")


def in_words(room: object) -> str:
    """When that is."""
    return str(room)


@spoken
def erase(room_id: str, secret: str) -> None:
    """Erase the room."""
    wiring.hall().delete_now(room_id, secret)


def erased() -> None:
    """What is said once it is gone."""
    st.title("The room is erased", anchor=False)
    st.markdown(
        "Its code, its aliases and every answer are gone. What members entered lies in their own browsers."
    )
    st.page_link("pages/workshop.py", label="Open another room")
