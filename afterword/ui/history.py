"""The log of one application as a history in plain sentences, and a note at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.checklist import item_ticked
from afterword.domain.errors import InvalidApplication, Problem
from afterword.domain.model import Entry, EntryKind
from afterword.ui import focus, keys, shelf, told, wiring
from afterword.ui.callbacks import spoken
from afterword.ui.cards import toggle
from afterword.ui.change import change_form
from afterword.ui.forms import Form, date_format, lately
from afterword.ui.lists import first_of, more_button
from afterword.ui.typed import in_label


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history: when, what, and the entry behind it if a log entry is."""

    at: datetime
    sentence: str
    entry: Entry | None = None


def part(case: OpenCase) -> None:
    """A note to add, and everything there was."""
    note(case, wiring.desk())
    everything(case)


def everything(case: OpenCase) -> None:
    """The whole history, the latest first, some of it at a time."""
    lines, name = lines_of(case), f"history-{case.id}"
    st.markdown("One line." if len(lines) == 1 else f"{len(lines)} lines, the latest first.")
    for line in first_of(lines, name):
        line_part(line, case)
    more_button(lines, name, shelf.HISTORY, case.id)


def lines_of(case: OpenCase) -> list[Line]:
    """Everything that happened, the latest first: the log, the interviews that are over, and how it ended."""
    log = case.application.log
    found = [Line(case.there(entry.at), told.entry(entry, case), entry) for entry in log]
    ends = [(told.end_of(round, case), round) for round in case.application.rounds]
    found += [Line(end, told.interview(round, case)) for end, round in ends if end <= case.now]
    if case.application.outcome is not None:
        came = case.there(case.application.outcome.at)
        found.append(Line(came, told.outcome(case.application.outcome, case)))
    return sorted(found, key=lambda line: line.at, reverse=True)


def line_part(line: Line, case: OpenCase) -> None:
    """One line, with what can be done about its entry."""
    if line.entry is None:
        st.markdown(line.sentence)
        return
    entry, about = line.entry, told.about(line.entry, case)
    opener = f"change-{entry.id}-{case.id}"
    st.markdown(line.sentence)
    if told.is_message(entry):
        with st.expander(f"What went out: {about}", key=keys.part(case.id, f"sent-{entry.id}")):
            st.code(entry.text, language=None, wrap_lines=True)
    with st.container(horizontal=True, gap="small"):
        if entry.withdrawn_at is None:
            change_buttons(entry, about, opener, case)
        else:
            button(f"Put back: {about}", put_back, entry, case)
    if st.session_state.get(keys.opened(case.id)) == opener:
        change_form(entry, case, wiring.desk(), opener)


def change_buttons(entry: Entry, about: str, opener: str, case: OpenCase) -> None:
    """Change an entry, or take it back."""
    if item_ticked(entry) is None:
        where = (case.id, opener, shelf.HISTORY)
        st.button(f"Change: {about}", key=opener, type="tertiary", on_click=toggle, args=where)
    button(f"Take back: {about}", take_back, entry, case)


def button(label: str, action: Callable[[Desk, str, str], None], entry: Entry, case: OpenCase) -> None:
    """A button that does something to one entry."""
    args = (wiring.desk(), case.id, str(entry.id))
    key = turn_key(case.id, str(entry.id))
    st.button(label, key=key, type="tertiary", on_click=action, args=args)


def turn_key(case_id: str, entry_id: str) -> str:
    """The key of the button that takes an entry back, or puts it back: one key, so that the hand stays on it."""
    return f"turn-{entry_id}-{case_id}"


@spoken
def take_back(desk: Desk, case_id: str, entry_id: str) -> None:
    """Let an entry count no more; it stays in the history."""
    desk.withdraw(case_id, entry_id)
    focus.move_to(turn_key(case_id, entry_id))
    shelf.redraw(case_id, shelf.HISTORY)


@spoken
def put_back(desk: Desk, case_id: str, entry_id: str) -> None:
    """Let an entry count again."""
    desk.put_back(case_id, entry_id)
    focus.move_to(turn_key(case_id, entry_id))
    shelf.redraw(case_id, shelf.HISTORY)


def note(case: OpenCase, desk: Desk) -> None:
    """A button for a note, and its form once it is pressed."""
    opener = keys.part(case.id, "note")
    if st.session_state.get(keys.opened(case.id)) != opener:
        label = f"Add a note about {in_label(case.application.company)}"
        where = (case.id, opener, shelf.HISTORY)
        st.button(
            label,
            key=opener,
            icon=":material/edit_note:",
            on_click=toggle,
            args=where,
            kwargs={"enter": True},
        )
        return
    form = Form(f"note-{case.id}-{len(case.application.log)}")
    with st.container(key=keys.part(case.id, "form")), st.form(form.name, border=False):
        text = st.text_area("Your note", key=form.key("text"))
        form.spot("Your note", "log.text", field="text")
        shown = lately(case.now)
        at = st.datetime_input("When was it?", shown, step=300, key=form.key("at"), format=date_format())
        form.spot("The time", "log.at")
        sent = st.form_submit_button("Save the note", type="primary", key=form.key("send"))
    st.button("Cancel", key=form.key("cancel"), on_click=cancel, args=(case.id, opener))
    if sent:
        moment = case.now if at is None or at == shown else at.replace(tzinfo=case.now.tzinfo)
        save_note(form, case, desk, Entry(kind=EntryKind.NOTE, at=moment, text=text.strip()))


def cancel(case_id: str, opener: str) -> None:
    """Close the form of a note, and let the hand be where it opened it."""
    focus.move_to(opener)
    toggle(case_id, opener, shelf.HISTORY)


def save_note(form: Form, case: OpenCase, desk: Desk, entry: Entry) -> None:
    """Keep the note; what is wrong with it is said at its field."""
    if not entry.text:
        form.refuse((Problem("log.text", "must not be empty"),))
        return
    try:
        desk.log(case.id, entry)
    except InvalidApplication as error:
        form.refuse(error.problems)
        return
    st.session_state[keys.opened(case.id)] = None
    focus.move_to(keys.part(case.id, "note"))
    st.rerun()
