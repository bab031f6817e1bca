"""The form of one interview, with a row for each person; and a short one for notes right after the talk."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.model import Application, Round, RoundKind
from afterword.ui import both, edit, focus, keys, people, shelf, told
from afterword.ui.edit import Stage
from afterword.ui.forms import Form, text
from afterword.ui.typed import in_label


def form(case: OpenCase, desk: Desk, round_id: str | None, opener: str) -> None:
    """Add or change an interview; moved to another time, it moves every date of the plan."""
    began = both.begun(case)
    if both.asked(case, desk, opener):
        return
    before = round_of(began.application, round_id)
    form = Form(f"{opener}-{case.id}-{began.version}")
    draft = with_round(began.application, before, fields(form, began.application, before, case, desk), case)
    edit.foreseen(draft, desk)
    with st.container(horizontal=True):
        sent = edit.send(form, "Save and plan anew", desk.problems(draft))
        cancel(form, case.id, opener)
    if sent and both.kept(form, began, draft, desk):
        close(case.id, opener)
        st.rerun()


def fields(form: Form, whole: Application, before: Round | None, case: OpenCase, desk: Desk) -> Round:
    """The fields, and the interview they make of what was there before."""
    zone = str(case.now.tzinfo)
    met = before or Round(label="Next interview" if whole.rounds else "Interview", ended_at=case.now)
    label = st.text_input("What is this interview called?", met.label, key=form.key("label"))
    form.spot("The interview's name", "rounds.label", field="label")
    kinds = [None, *told.KINDS]
    kind = st.selectbox(
        "What kind is it?",
        kinds,
        index=kinds.index(met.kind),
        format_func=lambda one: told.KINDS[RoundKind(one)] if one else "Not said",
        key=form.key("kind"),
    )
    stages = (Stage.OVER, Stage.AHEAD)
    ended = edit.when_it_ends(form, before, zone, desk.now(), stages) or met.ended_at
    promise = edit.what_they_said(form, before, ended, desk)
    met = edit.channels(form, replace(met, label=label.strip(), kind=kind, ended_at=ended, promise=promise))
    st.markdown(
        "**Whom did you meet?**"
        if before is None or told.end_of(met, case) <= case.now
        else "**Whom will you meet?**"
    )
    met = replace(met, interviewers=people.rows(form, met.interviewers, case.id))
    notes = st.text_area("Notes on this interview", met.notes or "", key=form.key("notes"))
    form.spot("The notes", "rounds.notes", field="notes")
    return replace(met, notes=text(notes))


def round_of(whole: Application, round_id: str | None) -> Round | None:
    """The interview of that id."""
    return next((round for round in whole.rounds if round_id is not None and round.id == round_id), None)


def with_round(whole: Application, before: Round | None, new: Round, case: OpenCase) -> Application:
    """The application with the interview in its place, a new one where it belongs by its time."""
    if before is not None:
        return replace(whole, rounds=tuple(new if r.id == before.id else r for r in whole.rounds))
    end = told.end_of(new, case)
    earlier = sum(told.end_of(round, case) <= end for round in whole.rounds)
    return replace(whole, rounds=(*whole.rounds[:earlier], new, *whole.rounds[earlier:]))


def notes_form(case: OpenCase, desk: Desk, round_id: str, opener: str) -> None:
    """A field for each person met, to be filled right after the talk."""
    began = both.begun(case)
    if both.asked(case, desk, opener):
        return
    before = round_of(began.application, round_id)
    if before is None:
        st.markdown("This interview was removed in another window.")
        return
    form = Form(f"{opener}-{case.id}-{began.version}")
    noted = []
    for person in before.interviewers:
        said = st.text_area(
            f"Notes on {in_label(person.name)}", person.notes or "", key=form.key(f"notes-{person.id}")
        )
        noted.append(replace(person, notes=text(said)))
    form.spot("The notes", "rounds.interviewers")
    draft = with_round(began.application, before, replace(before, interviewers=tuple(noted)), case)
    with st.container(horizontal=True):
        sent = edit.send(form, "Save the notes", desk.problems(draft))
        cancel(form, case.id, opener)
    if sent and both.kept(form, began, draft, desk):
        close(case.id, opener)
        st.rerun()


def cancel(form: Form, case_id: str, opener: str) -> None:
    """A button that closes the form without saving."""
    st.button("Cancel", key=form.key("cancel"), on_click=close_here, args=(case_id, opener))


def close_here(case_id: str, opener: str) -> None:
    """Close the form by its own button."""
    close(case_id, opener)
    shelf.redraw_part(case_id, shelf.INTERVIEWS)


def close(case_id: str, opener: str) -> None:
    """Close the form, and let the hand be where it opened it."""
    st.session_state[keys.opened(case_id)] = None
    both.forget(case_id)
    focus.move_to(keys.part(case_id, opener))
