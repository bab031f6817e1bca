"""What comes in from a room while its leader watches: who joined, what was answered; drawn again by itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from afterword.domain.workshop import ASKS, Room
from afterword.telling import words_of
from afterword.ui import keys, room_line, room_result, shelf, wiring
from afterword.ui.callbacks import spoken, what_is_said
from afterword.ui.typed import as_typed

PART, AROUND = "lead-live", "lead"
WHO, REMOVE = keys.part(PART, "who"), keys.part(PART, "remove")


@st.fragment(key=PART)
def part(room_id: str, secret: str, turn: int) -> None:
    """The time, how many are here and have answered, and the result so far; `turn` is what is drawn around it."""
    what_is_said()
    hall = wiring.hall()
    pulse, room = hall.pulse(room_id), hall.room(room_id)
    if pulse is None or room is None:
        return
    agenda = hall.agenda(room)
    room_line.listen(room, agenda, words_of(replace(pulse, turn=turn)), over=True, heard=partial(moved, turn))
    is_asked = agenda.block(room.block).kind in ASKS
    st.markdown(here(pulse.members, pulse.answered if is_asked else None))
    if is_asked:
        result(room)
    aliases(room_id, secret)


def moved(turn: int, heard: str) -> None:
    """After a move in another window have everything around drawn as well."""
    if not heard.startswith(f"{turn} "):
        shelf.draw([AROUND, *shelf.frame_parts()])


def here(members: int, answered: int | None) -> str:
    """How many are in the room, and how many have answered where something is asked."""
    joined = "Nobody has joined yet." if members == 0 else f"**{members}** joined."
    return joined if answered is None else f"{joined} **{answered}** answered."


def result(room: Room) -> None:
    """The counts so far, for the leader alone; with reasons and sources once they are shown to the room."""
    handbook, hall = wiring.words().handbook, wiring.hall()
    block, tally = hall.agenda(room).block(room.block), hall.results_in(room, room.block)
    st.subheader(room_result.question_of(block, handbook), anchor=False)
    if block.id in room.revealed:
        room_result.whole(block, tally, handbook)
        return
    room_result.chart(tally, None)
    st.markdown(room_result.counts(tally))


def aliases(room_id: str, secret: str) -> None:
    """Who is here, by their aliases, each of which can be taken away; read once it is opened."""
    with st.expander("Who is here, by alias", key=WHO, on_change="rerun") as opened:
        if not opened.open:
            return
        members = {member.id: member.alias for member in wiring.hall().members(room_id)}
        if not members:
            st.markdown("Nobody has joined yet.")
            return
        st.markdown(", ".join(as_typed(alias) for alias in members.values()))
        st.menu_button(
            "Take an alias away",
            list(members),
            format_func=lambda one: members.get(one, ""),
            key=REMOVE,
            on_click=remove,
            args=(room_id, secret),
        )


@spoken
def remove(room_id: str, secret: str) -> None:
    """Take the picked alias away; its member is given another one."""
    picked = st.session_state.get(REMOVE)
    if picked is not None:
        wiring.hall().rename(room_id, secret, picked)
