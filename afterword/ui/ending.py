"""How an application ended: every outcome on one form, with its undo."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.errors import InvalidApplication
from afterword.domain.model import Outcome, Result
from afterword.ui import focus, keys, shelf, told, wiring, words
from afterword.ui.cards import toggle
from afterword.ui.edit import send
from afterword.ui.forms import Form, date_format, lately
from afterword.ui.typed import in_label

ANSWERS = {
    Result.OFFER: "They made me an offer",
    Result.ACCEPTED: "I accepted their offer",
    Result.DECLINED: "I declined their offer",
    Result.REJECTED: "They said no",
    Result.WITHDRAWN: "I withdrew",
    Result.NO_ANSWER: "No answer ever came",
}
OPENER = "ending"


def part(case: OpenCase) -> None:
    """What came of it so far, and the form that says so."""
    outcome, desk = case.application.outcome, wiring.desk()
    st.markdown(told.outcome(outcome, case) if outcome else "It is still open.")
    label = "Change how it ended" if outcome else "Say how it ended"
    st.button(
        f"{label}: {in_label(case.application.company)}",
        key=keys.part(case.id, OPENER),
        icon=":material/flag:",
        on_click=toggle,
        args=(case.id, OPENER, shelf.ENDING),
        kwargs={"enter": True},
    )
    if st.session_state.get(keys.opened(case.id)) == OPENER:
        with st.container(key=keys.part(case.id, "form")):
            form(case, desk)


def form(case: OpenCase, desk: Desk) -> None:
    """Ask how it ended, and when that was known."""
    form = Form(f"ending-{case.id}-{case.version}")
    before = case.application.outcome
    results = list(ANSWERS)
    result = st.radio(
        f"How did it end with {in_label(case.application.company)}?",
        results,
        index=results.index(before.result) if before else None,
        format_func=lambda one: ANSWERS[one],
        key=form.key("result"),
    )
    pressed, outcome = False, None
    if result is not None:
        outcome = Outcome(result=result, at=when(form, case), answer_by=answer_by(form, case, result))
    with st.container(horizontal=True):
        if outcome is not None:
            pressed = send(form, "Save how it ended", ())
        st.button("Cancel", key=form.key("cancel"), on_click=cancel, args=(case.id,))
    if pressed and outcome is not None:
        save(form, case, desk, outcome)


def cancel(case_id: str) -> None:
    """Close the form, and let the hand be where it opened it."""
    focus.move_to(keys.part(case_id, OPENER))
    toggle(case_id, OPENER, shelf.ENDING)


def when(form: Form, case: OpenCase) -> datetime:
    """The moment at which it was known, offered as now."""
    before = case.application.outcome
    shown = (
        case.there(before.at).replace(tzinfo=None, second=0, microsecond=0) if before else lately(case.now)
    )
    at = st.datetime_input("When was that?", shown, step=300, key=form.key("at"), format=date_format())
    form.spot("The time", "outcome.at", field="at")
    if at is None or at == shown:
        return before.at if before else case.now
    return at.replace(tzinfo=case.now.tzinfo)


def answer_by(form: Form, case: OpenCase, result: Result) -> date | None:
    """The day by which they want an answer to an offer."""
    if result != Result.OFFER:
        return None
    before = case.application.outcome
    by: date | None = st.date_input(
        "By when do they want an answer? Leave it empty if they did not say",
        before.answer_by if before else None,
        min_value=case.today - timedelta(days=365),
        key=form.key("answer-by"),
        format=date_format(),
    )
    form.spot("The day", "outcome.answer_by", field="answer-by")
    return by


def save(form: Form, case: OpenCase, desk: Desk, outcome: Outcome) -> None:
    """Keep it, in a way that can be taken back; what is wrong with it is said at its field."""
    try:
        heard = desk.close(case.id, outcome)
    except InvalidApplication as error:
        form.refuse(error.problems)
        return
    st.session_state[keys.part(case.id, "heard")] = heard
    st.session_state[keys.part(case.id, "news")] = words.RESULTS[outcome.result]
    st.session_state[keys.opened(case.id)] = None
    focus.move_to(keys.part(case.id, "take-back"))
    st.rerun()
