"""The screen that the whole room sees: how to join, the block in large letters, and results once they are shown."""

from __future__ import annotations

import streamlit as st

from afterword.domain.errors import AfterwordError
from afterword.domain.workshop import ASKS, Block, Room, choices_of, is_over
from afterword.telling import words_of
from afterword.ui import poster, room_chart, room_line, room_result, viewport, wiring, words
from afterword.ui.callbacks import sentence_for
from afterword.ui.typed import as_typed

PART = "screen"
HTML = '<div class="wall"><p class="words"></p><h2 class="question"></h2><ol class="options"></ol></div>'
CSS = """
.wall { font-family: var(--st-font); color: var(--st-text-color); font-size: 1.8rem; line-height: 1.3 }
.words, .question, .options { margin: 0 0 0.75rem }
.question { font-size: 2.1rem; font-weight: 600; font-family: var(--st-heading-font); color: var(--st-heading-color) }
.options { padding-left: 1.4em }
.options li { margin-bottom: 0.3rem }
[hidden] { display: none }
"""
SCRIPT = """
export default function ({ data, parentElement }) {
  const part = name => parentElement.querySelector("." + name)
  for (const name of ["words", "question"]) {
    part(name).textContent = data[name]
    part(name).hidden = !data[name]
  }
  part("options").hidden = !data.options.length
  part("options").replaceChildren(...data.options.map(words => {
    const item = document.createElement("li")
    item.textContent = words
    return item
  }))
}
"""

_component = st.components.v2.component("afterword_wall", html=HTML, css=CSS, js=SCRIPT)


def page(code: str) -> None:
    """The screen of the room of that code, which is no secret: everybody in the room sees it."""
    try:
        room = wiring.hall().room_of(code, wiring.visitor_address())
    except AfterwordError as error:
        st.title("No room to show", anchor=False)
        st.error(as_typed(sentence_for(error)))
        return
    part(room.id)


@st.fragment(key=PART)
def part(room_id: str) -> None:
    """What there is to see now; drawn again alone with all that comes in."""
    hall = wiring.hall()
    room, pulse = hall.room(room_id), hall.pulse(room_id)
    if room is None or pulse is None or is_over(room, wiring.clock().now()):
        over()
        return
    agenda = hall.agenda(room)
    block = agenda.block(room.block)
    poster.of_room(room, large=True, low=block.id in room.revealed)
    st.title(block.title, anchor=False)
    answered = f" · {pulse.answered} answered" if block.kind in ASKS else ""
    counts = f"{pulse.members} here{answered}"
    room_line.listen(room, agenda, words_of(pulse), large=True, beside=counts)
    the_block(block, room)


def the_block(block: Block, room: Room) -> None:
    """The words, the question and its answers; after that its result."""
    handbook = wiring.words().handbook
    is_shown = block.id in room.revealed
    choices = choices_of(block, handbook.scenarios) if block.kind in ASKS and not is_shown else ()
    scenario = room_result.scenario_of(block, handbook)
    said = scenario.situation if scenario else words.unmarked(block.words)
    data = {
        "words": "" if is_shown else said,
        "question": room_result.question_of(block, handbook) if block.kind in ASKS else "",
        "options": [choice.words for choice in choices],
    }
    _component(key="wall", data=data, height="content")
    if is_shown:
        tally = wiring.hall().results_in(room, block.id)
        room_result.chart(tally, scenario, room_chart.PHONE if viewport.is_narrow() else room_chart.WALL)


def over() -> None:
    """What stands there after the end."""
    st.title("The workshop is over", anchor=False)
    data = {"words": "Thank you. Your own plan stays on your phone.", "question": "", "options": []}
    _component(key="wall", data=data, height="content")
