"""A room as one of its members sees it: the block at which it is, one's own answer, and what remains after the end."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from afterword.domain.handbook import Handbook
from afterword.domain.scenario import Scenario
from afterword.domain.workshop import ASKS, Agenda, Block, BlockKind, Room, choices_of, is_over
from afterword.hall import Place
from afterword.ui import alone, facts, guide, join, keys, own_plan, room_line, room_result, wiring
from afterword.ui.callbacks import spoken, what_is_said
from afterword.ui.typed import as_typed

PART = "member"
ANSWERED = "Your answer is in. You can change it until the result is shown."


def page(room_id: str) -> None:
    """The whole page of a member."""
    with alone.whole(PART):
        part(room_id)


@st.fragment(key=PART)
def part(room_id: str) -> None:
    """Where the room is; drawn again alone with each move of its leader, and with each answer of one's own."""
    what_is_said()
    draw(room_id)
    alone.tell_frame(PART)


def draw(room_id: str) -> None:
    """The block, or what remains after the end."""
    place = wiring.hall().place(room_id, wiring.visitor())
    if place is None or place.member is None:
        gone()
        return
    room, agenda = place.room, wiring.hall().agenda(place.room)
    if is_over(room, wiring.clock().now()):
        over(room, agenda)
        return
    at = own_block(room, agenda)
    st.title(at.title, anchor=False)
    room_line.listen(room, agenda, counts=not room.self_paced)
    shown(at, place)
    if at.kind != BlockKind.PLAN and own_plan.is_being_written():
        st.header("Your own plan", anchor=False)
        own_plan.part()
    if room.self_paced:
        ways_on(at, agenda)
    who(place)


def own_block(room: Room, agenda: Agenda) -> Block:
    """The block that the member sees: the room's, or in a self-paced room the one they walked to."""
    if not room.self_paced:
        st.session_state.pop(keys.ROOM_AT, None)
    at: str = st.session_state.get(keys.ROOM_AT, room.block)
    return next((block for block in agenda.blocks if block.id == at), agenda.block(room.block))


def shown(block: Block, place: Place) -> None:
    """One block as its kind is shown."""
    handbook = wiring.words().handbook
    if block.words and block.id not in place.room.revealed:  # then they speak of answers still to be given
        st.markdown(block.words)
    if block.kind == BlockKind.GUIDE:
        guide_page(block, handbook)
    elif block.kind == BlockKind.PLAN:
        own_plan.part()
    elif block.kind in ASKS:
        asked(block, place, handbook)


def guide_page(block: Block, handbook: Handbook) -> None:
    """A page of the guide in its own short words."""
    page = guide.page_named(handbook.guide, block.page)
    if page is not None:
        st.markdown(guide.numbered(page))
        guide.link(page, f"On whose word, and more: {page.title}")


# A question


def asked(block: Block, place: Place, handbook: Handbook) -> None:
    """A question with one's own answer; its result and its reasons once they are shown to the room."""
    scenario = room_result.scenario_of(block, handbook)
    if scenario is not None:
        situation(scenario)
    st.header(room_result.question_of(block, handbook), anchor=False)
    mine = place.answers.get(block.id)
    if block.id in place.room.revealed:
        room_result.whole(block, wiring.hall().results_in(place.room, block.id), handbook, mine)
        return
    choices = {choice.id: as_typed(choice.words) for choice in choices_of(block, handbook.scenarios)}
    key = field(place.room, block)
    st.radio(
        room_result.question_of(block, handbook),
        list(choices),
        index=list(choices).index(mine) if mine in choices else None,
        format_func=choices.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=answer,
        args=(place.room.id, block.id, key),
    )
    if mine is not None:
        st.success(ANSWERED, icon=":material/check:")


def field(room: Room, block: Block) -> str:
    """The key of the field in which a question is answered; asked again it is another field, with nothing chosen."""
    return keys.field(f"{room.id[-keys.TAIL :]}-{block.id}", str(room.asked_again.get(block.id, 0)))


@spoken
def answer(room_id: str, block: str, key: str) -> None:
    """Keep what was chosen."""
    choice = st.session_state.get(key)
    if choice is not None:
        wiring.hall().answer(room_id, wiring.visitor(), block, choice)


def situation(scenario: Scenario) -> None:
    """What happened, and what is known."""
    st.markdown(scenario.situation)
    with st.expander("What is known"):
        st.markdown(known(scenario.id))


@lru_cache(maxsize=128)
def known(scenario_id: str) -> str:
    """The facts of a situation as a list; the same for everybody, so that they are put together once."""
    scenario = next(one for one in wiring.words().handbook.scenarios if one.id == scenario_id)
    return "\n".join(f"- {line}" for line in facts.lines(wiring.desk().case_of(scenario), scenario.now))


# At one's own pace


def ways_on(at: Block, agenda: Agenda) -> None:
    """To the block before and to the next one, as far as there are any."""
    place = agenda.place(at.id)
    st.markdown(f"Block {place + 1} of {len(agenda.blocks)}, at your own pace.")
    with st.container(horizontal=True):
        for by, name in ((1, "Next"), (-1, "Back")):
            if 0 <= place + by < len(agenda.blocks):
                there = agenda.blocks[place + by]
                st.button(
                    f"{name}: {as_typed(there.title)}",
                    key=keys.part("member", name.lower()),
                    type="primary" if by > 0 else "secondary",
                    on_click=walk,
                    args=(there.id,),
                )


def walk(block: str) -> None:
    """Go to a block alone."""
    st.session_state[keys.ROOM_AT] = block


# Who one is


def who(place: Place) -> None:
    """The alias that was given, and a way to another."""
    if place.member is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Here you are **{as_typed(place.member.alias)}**.", width="content")
        st.button(
            "Take another name",
            key=keys.part("member", "alias"),
            type="tertiary",
            on_click=another_alias,
            args=(place.room.id,),
        )


@spoken
def another_alias(room_id: str) -> None:
    """Be given another alias."""
    wiring.hall().another_alias(room_id, wiring.visitor())


# After the end


def over(room: Room, agenda: Agenda) -> None:
    """What happens now, and one's own plan, which stays."""
    st.title("The workshop is over", anchor=False)
    room_line.listen(room, agenda, counts=False)
    st.markdown(
        "What the room answered is erased within a day. No name was ever asked for. "
        "Your own plan lies in this browser alone, and stays there until you erase it."
    )
    own_plan.part()
    leave_button()


def gone() -> None:
    """The same for a room that is erased already."""
    st.title("The workshop is over", anchor=False)
    st.markdown(
        "The room and its answers are erased. Your own plan lies in this browser alone, and stays there."
    )
    own_plan.part()
    leave_button()


def leave_button() -> None:
    """The way back to the door."""
    st.button("Join another workshop", key=keys.part("member", "leave"), on_click=leave)


def leave() -> None:
    """Forget the room in this session and in the address."""
    st.session_state.pop(keys.ROOM, None)
    st.session_state.pop(join.CODE, None)
    st.query_params.clear()
    st.rerun()
