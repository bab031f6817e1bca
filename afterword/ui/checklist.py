"""The interactive checklist of one application, by phase."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.checklist import Line, PhaseLines, Standing
from afterword.domain.handbook import Item
from afterword.domain.model import Application, Entry, StepKind
from afterword.domain.step import State, Step
from afterword.ui import guide, keys, shelf, words
from afterword.ui.callbacks import spoken
from afterword.ui.cards import toggle
from afterword.ui.change import change_form
from afterword.ui.typed import as_typed, in_label

CANNOT_BE_TICKED = frozenset({StepKind.MOVE_ON, StepKind.ANSWER_OFFER})


def progress(phase: PhaseLines, bar: DeltaGenerator) -> None:
    """How far a phase has come, in the place kept for that."""
    if phase.counted:
        bar.progress(phase.done / phase.counted, text=f"{phase.done} of {phase.counted} done")
    else:
        bar.empty()


def line_part(line: Line, part: str, case: OpenCase, desk: Desk) -> None:
    """One line of an item, and what was logged for it."""
    line_itself(line, part, case, desk)
    if line.standing == Standing.TICKED and line.step is not None and line.entry is not None:
        ticked_part(line.step, line.entry, part, case, desk)


def line_itself(line: Line, part: str, case: OpenCase, desk: Desk) -> None:
    """A box to tick where the line can be, else why not yet."""
    if line.standing == Standing.DOES_NOT_APPLY:
        st.markdown(f":gray-badge[Not for now] {line.item.words}")
    elif line.standing == Standing.OVER:
        st.markdown(f":gray-badge[✕ Not needed] {line_words(line)}")
    elif can_be_ticked(line):
        box(line, part, case, desk)
    else:
        st.markdown(f":blue-badge[○ Not yet] {line_words(line)}{not_yet(line, case)}")


def can_be_ticked(line: Line) -> bool:
    """Whether the line has a box: not for what an outcome answers, nor for what may not be done yet."""
    if line.step is None:
        return True
    return line.step.kind not in CANNOT_BE_TICKED and line.step.state in {
        State.DONE,
        State.OPEN,
        State.OVERDUE,
    }


def box(line: Line, part: str, case: OpenCase, desk: Desk) -> None:
    """The box of a line, seeded from the plan before it is drawn."""
    key = box_key(line, case)
    st.session_state[key] = line.standing == Standing.TICKED
    st.checkbox(
        line_words(line),
        key=key,
        on_change=toggled,
        args=(desk, case.id, line, key, part),
        wrap=True,
    )


def ticked_part(step: Step, entry: Entry, part: str, case: OpenCase, desk: Desk) -> None:
    """What was logged for a ticked line, and the form that corrects it once it is asked for."""
    about, opener = in_label(step.to.name if step.to else case.application.company), f"change-{part}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words.done_line(entry, case))
        st.button(f"Change: {about}", key=opener, on_click=toggle, args=(case.id, opener, part))
    if st.session_state.get(keys.opened(case.id)) == opener:
        change_form(entry, case, desk, opener)


def box_key(line: Line, case: OpenCase) -> str:
    """The key of a line's box: its step's id, or its item's."""
    return keys.box(case.id, line.step.id if line.step else line.item.id)


@spoken
def toggled(desk: Desk, case: str, line: Line, key: str, part: str) -> None:
    """Log or take back what a box stands for, as it stands now."""
    ticked = bool(st.session_state[key])
    if line.step is None:
        desk.tick_item(case, line.item) if ticked else desk.untick_item(case, line.item)
    elif ticked:
        entry = desk.tick(case, line.step.id)
        if entry is not None:
            st.session_state.setdefault(keys.DONE_HERE, {})[entry.id] = case
    else:
        desk.untick(case, line.step.id)
    shelf.redraw(case, part, desk.left)


def line_words(line: Line) -> str:
    """The line's words; a thank-you names its person."""
    if line.step is not None and line.step.to is not None and line.step.kind == StepKind.THANK_YOU:
        return f"{line.item.words.rstrip('.')}: {as_typed(line.step.to.name)}"
    return line.item.words


def not_yet(line: Line, case: OpenCase) -> str:
    """Until when a line has to wait, and why."""
    step = line.step
    if step is None or step.state not in {State.WITHHELD, State.UPCOMING}:
        return ""
    return f". {words.when_line(step, case)} {because(step, case.application)}"


def because(step: Step, application: Application) -> str:
    """Why a step has to wait."""
    if step.kind == StepKind.CHECK_IN:
        return "Until then it is their turn."
    if step.kind == StepKind.THANK_YOU:
        return "A call of thanks waits for the next working day."
    return f"It opens then for {as_typed(application.company)}."


def guide_link(item: Item) -> None:
    """A link to an item's page of the guide, where it has one."""
    if item.guide is not None:
        guide.link_to(item.guide)
