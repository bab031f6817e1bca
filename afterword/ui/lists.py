"""Lists of applications and of steps, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import streamlit as st

from afterword.domain.case import OpenCase
from afterword.domain.ranking import Cases, Today
from afterword.domain.step import State, Step
from afterword.ui import headings, keys, shelf, wiring, words
from afterword.ui.statuses import look_of
from afterword.ui.typed import in_label

T = TypeVar("T")
AT_ONCE = 10
LINE_WIDTH = 440  # pixels: leaves room for the link beside it, and shrinks on a phone
STATES = {
    State.DONE: ":green-badge[✓ Done]",
    State.MISSED: ":gray-badge[– Missed]",
    State.CANCELLED: ":gray-badge[✕ Not needed]",
    State.OPEN: ":orange-badge[● Now]",
    State.OVERDUE: ":red-badge[▲ Overdue]",
    State.WITHHELD: ":blue-badge[○ Not yet]",
    State.UPCOMING: ":blue-badge[◇ Later]",
}


def split(today: Today, standing: Iterable[str]) -> tuple[Cases, Cases]:
    """The applications with something to do now or just seen to, the newest addition first, and the others.

    `standing` are the ids of those of which a form may stand open.
    """
    added = st.session_state.get(keys.ADDED)
    here = {id for id in (added, *standing, *st.session_state.get(keys.DONE_HERE, {}).values()) if id}
    return today.apart(here, has_card, added)


def standing() -> list[str]:
    """The ids of the applications of which a form, or what was heard, stands open in this session."""
    found = (keys.case_opened(str(key)) for key in st.session_state)
    return [id for id in found if id]


def has_card(case: OpenCase) -> bool:
    """Whether an application belongs among today's cards."""
    standing_open = (
        st.session_state.get(keys.opened(case.id)) or keys.part(case.id, "heard") in st.session_state
    )
    is_new = case.id == st.session_state.get(keys.ADDED)
    return is_new or bool(shelf.shown_steps(case)) or bool(standing_open)


def other_applications(cases: Sequence[OpenCase]) -> None:
    """The applications with nothing to do now, a few lines each, with a link to their page."""
    shown = first_of(cases, "others")
    if shown:
        headings.second("Nothing to do now")
    for case in shown:
        with st.container(border=True, key=keys.part(case.id, "line")):
            line_of(case)
    more_button(cases, "others", of="" if shown else " with nothing to do now")


def line_of(case: OpenCase) -> None:
    """Where an application stands, its next step in words, and the way to its page."""
    head = f"{look_of(case).badge} &nbsp; {words.company_line(case.application)}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{head}  \n{words.next_line(case)}", width=LINE_WIDTH)
        st.page_link(
            "pages/application.py",
            label=f"Open {in_label(case.application.company)}",
            icon=":material/arrow_forward:",
            query_params={"id": case.id},
        )


def first_of(cases: Sequence[T], name: str) -> Sequence[T]:
    """As many of a list as are shown now; a page of cards must stay quick with sixty applications."""
    return cases[: st.session_state.get(keys.part(name, "shown"), AT_ONCE)]


def more_button(cases: Sequence[T], name: str, part: str = "", case_id: str = "", of: str = "") -> None:
    """A button that shows more of a list, where there is more; `part` is the part of a page that holds it.

    `of` says what it is a list of, where no heading does.
    """
    shown = len(first_of(cases, name))
    if shown < len(cases):
        st.button(
            more_label(shown, len(cases)) + of,
            key=keys.part(name, "more"),
            icon=":material/expand_more:",
            on_click=show_more,
            args=(name, part, case_id),
        )


def more_label(shown: int, count: int) -> str:
    """How many more the button shows, of how many."""
    more = min(count - shown, AT_ONCE)
    if shown:
        return f"Show {more} more of {count}"
    return f"Show {more} of {count}" if more < count else f"Show {'it' if count == 1 else f'all {count}'}"


def show_more(name: str, part: str, case_id: str) -> None:
    """Show another handful of a list."""
    key = keys.part(name, "shown")
    st.session_state[key] = st.session_state.get(key, AT_ONCE) + AT_ONCE
    shelf.redraw_part(case_id, part)


def whole_plan(case: OpenCase) -> None:
    """Every step of the plan with its days, its state, and the rules behind both."""
    st.markdown(plan_lines(case) or "Add its first interview to get a plan.")


def plan_lines(case: OpenCase) -> str:
    """Every step in words."""
    return "\n\n".join(
        f"{STATES[step.state]} &nbsp; **{words.step_title(step)}**  \n{step_line(step, case)}"
        for step in case.plan.steps
    )


def step_line(step: Step, case: OpenCase) -> str:
    """When a step was done or may be, by which rule."""
    handbook = wiring.words().handbook
    title = handbook.rules[step.reason].title
    if step.state == State.DONE and step.entry is not None:
        return f"{words.done_line(step.entry, case)} Rule: {title}."
    if step.ended_by is not None:
        return f"{handbook.rules[step.ended_by].title}."
    return f"{words.when_line(step, case)} Rule: {title}."
