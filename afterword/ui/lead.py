"""A room as its leader sees it: what to do next, the block with its notes, and what comes in from the room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from afterword.domain.errors import AfterwordError, UnknownRoom
from afterword.domain.workshop import ASKS, Agenda, Block, Room, is_over
from afterword.hall import Hall
from afterword.ui import (
    copying,
    keys,
    lead_over,
    live_room,
    poster,
    room_open,
    room_result,
    shelf,
    sure,
    wiring,
)
from afterword.ui.callbacks import spoken, what_is_said
from afterword.ui.typed import in_label

PART = "lead"
JUMP = keys.part(PART, "jump")
MORE = (2, 5)  # minutes


@dataclass(frozen=True, slots=True)
class Led:
    """A room, its leader's secret, and where its acts are done."""

    room: Room
    secret: str
    agenda: Agenda
    hall: Hall

    @property
    def block(self) -> Block:
        """Where the room is."""
        return self.agenda.block(self.room.block)


def page(room_id: str, secret: str) -> None:
    """The whole page of a leader; a sentence where the link is not the leader's."""
    try:
        wiring.hall().lead(room_id, secret)
    except UnknownRoom:
        lead_over.erased()
    except AfterwordError:
        st.title("Lead a workshop", anchor=False)
        st.error(
            "This is not a leader's link, so it leads no room. Open the one you kept, or open another room."
        )
        st.page_link("pages/workshop.py", label="Open another room")
    else:
        part(room_id, secret)


@st.fragment(key=PART)
def part(room_id: str, secret: str) -> None:
    """Everything but what comes in by itself; drawn again with each act."""
    led = read(room_id, secret)
    if led is None:
        lead_over.erased()
    elif is_over(led.room, wiring.clock().now()):
        what_is_said()
        lead_over.part(led.room, led.secret, led.agenda)
    else:
        going_on(led)


def read(room_id: str, secret: str) -> Led | None:
    """The room as it is now; None once it is erased."""
    hall = wiring.hall()
    try:
        room = hall.lead(room_id, secret)
    except AfterwordError:
        return None
    return Led(room, secret, hall.agenda(room), hall)


def going_on(led: Led) -> None:
    """The agenda's title, the acts, the block, and beside them how to join."""
    st.title(led.agenda.title, anchor=False)
    what_is_said()
    acts, beside = st.columns([5, 3], gap="large")
    with acts:
        moves(led)
        more_acts(led)
        the_block(led)
        live_room.part(led.room.id, led.secret, led.room.turn)
        last_acts(led)
    with beside:
        join_here(led)
        notes(led)
        leaders_link(led)
        room_open.plain_http()


def moves(led: Led) -> None:
    """On, the result of a question, and back: the hand is on the first of them."""
    place, blocks = led.agenda.place(led.room.block), led.agenda.blocks
    st.markdown(
        f"Block {place + 1} of {len(blocks)}"
        + (", everybody at their own pace" if led.room.self_paced else "")
    )
    with st.container(horizontal=True):
        is_last = place + 1 == len(blocks)
        label = "This is the last block" if is_last else f"Next: {in_label(blocks[place + 1].title)}"
        button(label, "next", led, led.hall.go_on, led.room.turn, type="primary", disabled=is_last)
        if led.block.kind in ASKS:
            is_shown = led.block.id in led.room.revealed
            label = "The result is shown" if is_shown else "Show the result"
            button(label, "reveal", led, led.hall.reveal, led.block.id, disabled=is_shown)
        label = f"Back: {in_label(blocks[place - 1].title)}" if place else "This is the first block"
        button(label, "back", led, led.hall.go_back, led.room.turn, disabled=not place)


def the_block(led: Led) -> None:
    """What the members read."""
    block, handbook = led.block, wiring.words().handbook
    st.header(block.title, anchor=False)
    if block.words:
        st.markdown(f"**On their phones:** {block.words}")
    scenario = room_result.scenario_of(block, handbook)
    if scenario is not None:
        st.markdown(scenario.situation)


def notes(led: Led) -> None:
    """What the leader is told of the block."""
    if led.block.notes:
        with st.container(border=True):
            st.markdown(led.block.notes)


def more_acts(led: Led) -> None:
    """More time, another block, another pace."""
    with st.container(horizontal=True):
        for minutes in MORE:
            button(f"{minutes} more minutes", f"more-{minutes}", led, led.hall.extend, minutes)
        pace = "Together again" if led.room.self_paced else "Let everybody go at their own pace"
        button(pace, "pace", led, led.hall.set_pace, not led.room.self_paced)
        jump(led)


def last_acts(led: Led) -> None:
    """A question anew, and the end: each asked once more."""
    if led.block.kind in ASKS:
        ask_again(led)
    end(led)


def jump(led: Led) -> None:
    """Straight to any block."""
    titles = {
        block.id: f"{number}. {in_label(block.title)} ({block.minutes} min)"
        for number, block in enumerate(led.agenda.blocks, start=1)
    }
    st.menu_button(
        "Go to a block",
        list(titles),
        format_func=titles.__getitem__,
        key=JUMP,
        on_click=go_there,
        args=(led,),
    )


def go_there(led: Led) -> None:
    """Go to the block that was picked."""
    picked = st.session_state.get(JUMP)
    if picked is not None:
        do(led.hall.go_to, led.room.id, led.secret, picked)


def ask_again(led: Led) -> None:
    """A question anew, once it is confirmed."""
    sure.asked(
        sure.Question(
            "Ask again",
            "Every answer to this question is dropped, and everybody can answer anew.",
            "Drop the answers and ask again",
        ),
        keys.part(PART, "again"),
        partial(do, led.hall.ask_again, led.room.id, led.secret, led.block.id),
        PART,
    )


def end(led: Led) -> None:
    """The end, once it is confirmed."""
    sure.asked(
        sure.Question(
            "End the workshop",
            "The code lets nobody in any more, and no answer is taken. Members keep their own plans. "
            "You get a summary; everything in the room is erased a day later.",
            "End it for everybody",
        ),
        keys.part(PART, "end"),
        partial(do, led.hall.end, led.room.id, led.secret),
        PART,
    )


def button(
    label: str, name: str, led: Led, act: Callable[..., object], *args: object, **look: object
) -> None:
    """A button that lets the leader do something."""
    given = (act, led.room.id, led.secret, *args)
    st.button(label, key=keys.part(PART, name), on_click=do, args=given, **look)  # type: ignore[arg-type]


def do(act: Callable[..., object], *args: object) -> None:
    """One act of the leader, and what shows it drawn again, whether it was done or refused."""

    @spoken
    def done() -> None:
        act(*args)

    done()
    shelf.draw([PART, *shelf.frame_parts()])


def join_here(led: Led) -> None:
    """The code, the screen for everybody to see, and the leader's link, once."""
    poster.of_room(led.room)
    st.page_link(
        "pages/workshop.py",
        label="The screen for the projector",
        icon=":material/present_to_all:",
        query_params={"screen": led.room.code},
    )


def leaders_link(led: Led) -> None:
    """The link back to this room, while it was just opened: it stands nowhere else."""
    if st.session_state.get(keys.JUST_OPENED) != led.room.id:
        return
    link = f"{wiring.room_address()}/workshop?room={led.room.id}&leader={led.secret}"
    with st.container(border=True):
        st.markdown(
            "**Your leader's link.** It brings you back here from any browser, and it is shown only now. "
            "Whoever has it can lead."
        )
        st.code(link, language=None, wrap_lines=True)
        copying.buttons({"Copy the leader's link": link}, keys.part(PART, "link"))
        st.button("I have kept it", key=keys.part(PART, "kept"), on_click=hide_link)


def hide_link() -> None:
    """Show the leader's link no more."""
    st.session_state.pop(keys.JUST_OPENED, None)
    shelf.draw([PART, *shelf.frame_parts()])
