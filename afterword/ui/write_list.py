"""What there is to write: what is due, and what fits besides."""

from __future__ import annotations

import streamlit as st

from afterword.domain.case import OpenCase
from afterword.domain.drafting import messages_for, other_messages
from afterword.domain.ranking import Today
from afterword.domain.step import Status, Step
from afterword.ui import keys, lists, wiring, words
from afterword.ui.typed import in_label

DUE, OTHERS = "write-due", "write-others"


def part(today: Today) -> None:
    """A line for each message that is due, then those that fit an application besides."""
    due = [(case, step) for case in today.cases for step in case.to_do if is_written(step, case)]
    st.header("Due now", anchor=False)
    if not due:
        st.markdown("Nothing is due to be written today.")
    for case, step in lists.first_of(due, DUE):
        with st.container(border=True, key=keys.part(case.id, f"write-line-{step.id}")):
            st.markdown(f"{words.company_line(case.application)}  \n{words.when_line(step, case)}")
            link(case, step)
    lists.more_button(due, DUE)
    besides([case for case in today.cases if case.plan.status != Status.CLOSED])


def is_written(step: Step, case: OpenCase) -> bool:
    """Whether there is a message for a step."""
    return bool(messages_for(step, case, wiring.words().handbook.messages))


def link(case: OpenCase, step: Step) -> None:
    """The way to a step's message, where there is one."""
    if is_written(step, case):
        st.page_link(
            "pages/write.py",
            label=words.write_label(step, case.application),
            icon=":material/edit:",
            query_params={"id": case.id, "step": step.id},
        )


def besides(cases: list[OpenCase]) -> None:
    """Messages that no step asks for: a question, an answer to a new date."""
    fitting = [(c, m) for c in cases for m in other_messages(c, wiring.words().handbook.messages)]
    if not fitting:
        return
    st.header("When you need it", anchor=False)
    for case, message in lists.first_of(fitting, OTHERS):
        st.page_link(
            "pages/write.py",
            label=f"{in_label(case.application.company)}: {message.title}",
            icon=":material/edit_note:",
            query_params={"id": case.id, "message": message.id},
        )
    lists.more_button(fitting, OTHERS)
