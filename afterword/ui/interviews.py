"""The interviews of one application with everybody met there, the contact, and the job itself."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.changes import Removed
from afterword.domain.model import Contact, Promise, Round
from afterword.ui import focus, headings, job_form, keys, round_form, shelf, told, wiring, words
from afterword.ui.callbacks import spoken
from afterword.ui.cards import toggle
from afterword.ui.typed import as_typed, in_label

NEW = "round-new"
JOB = "job"


def part(case: OpenCase) -> None:
    """The job and its contact, then each interview, each with what can be changed about it."""
    desk = wiring.desk()
    job(case, desk)
    for place, round in enumerate(case.application.rounds):
        with st.container(border=True, key=keys.part(case.id, f"interview-{round.id}")):
            one_interview(round, place, case, desk)
    removed_line(case, desk)
    with st.container(horizontal=True):
        opener(f"Add an interview at {company_of(case)}", NEW, case)
    if is_open(NEW, case):
        in_its_place(case, lambda: round_form.form(case, desk, None, NEW))


def company_of(case: OpenCase) -> str:
    """The company as a label names it."""
    return in_label(case.application.company)


def job(case: OpenCase, desk: Desk) -> None:
    """The job, its contact, and the form that changes both."""
    lines = [
        line for line in (place_line(case), contact_line(case), rival_line(case), notes_line(case)) if line
    ]
    if lines:
        st.markdown("  \n".join(lines))
    opener(f"Edit job and contact: {company_of(case)}", JOB, case)
    if is_open(JOB, case):
        in_its_place(case, lambda: job_form.form(case, desk, JOB))


def place_line(case: OpenCase) -> str:
    """Role, place, source and link."""
    job = case.application
    parts = [as_typed(part) for part in (job.role, job.location, job.source) if part]
    if job.link:
        parts.append(f"[The posting]({job.link})" if is_link(job.link) else as_typed(job.link))
    return " · ".join(parts)


def is_link(link: str) -> bool:
    """Whether it is an address of the web that Markdown can hold."""
    return link.startswith(("https://", "http://")) and not any(sign in link for sign in "()[]<>` \\\"'")


def contact_line(case: OpenCase) -> str:
    """Whom one usually writes to."""
    contact = case.application.contact
    return f"Contact: {person_line(contact)}" if contact else "No contact is written down yet."


def person_line(person: Contact) -> str:
    """A person with title, address, number and notes."""
    parts = [person.name, person.title, person.email, person.phone]
    notes = f"  \n_Notes:_ {as_typed(person.notes)}" if person.notes else ""
    return " · ".join(as_typed(part) for part in parts if part) + notes


def rival_line(case: OpenCase) -> str:
    """The offer from elsewhere, if there is one."""
    rival = case.application.rival_offer
    if rival is None:
        return ""
    until = f", to be answered by {words.day(rival.deadline, case.today)}" if rival.deadline else ""
    return f"You have an offer from another company{until}."


def notes_line(case: OpenCase) -> str:
    """The notes on the application."""
    return f"_Notes:_ {as_typed(case.application.notes)}" if case.application.notes else ""


def one_interview(round: Round, place: int, case: OpenCase, desk: Desk) -> None:
    """One interview in words, the buttons, and the form that stands open."""
    headings.third(as_typed(round.label))
    st.markdown(said_of(round, case))
    edit, notes = f"round-{round.id}", f"notes-{round.id}"
    label = in_label(round.label)
    with st.container(horizontal=True):
        opener(f"Edit or move {label}", edit, case, ":material/edit:")
        if round.interviewers:
            opener(f"Notes on {label}", notes, case, ":material/edit_note:")
        if place > 0:
            button(f"Move {label} up", f"up-{round.id}", move, desk, case, str(round.id), -1)
        if place < len(case.application.rounds) - 1:
            button(f"Move {label} down", f"down-{round.id}", move, desk, case, str(round.id), 1)
        button(f"Remove {label}", f"remove-{round.id}", remove, desk, case, str(round.id))
    if is_open(edit, case):
        in_its_place(case, lambda: round_form.form(case, desk, str(round.id), edit))
    if is_open(notes, case):
        in_its_place(case, lambda: round_form.notes_form(case, desk, str(round.id), notes))


def said_of(round: Round, case: OpenCase) -> str:
    """When an interview was, who was there, what they said, and what was noted."""
    kind = f"{told.KINDS[round.kind]}. " if round.kind else ""
    end = told.end_of(round, case)
    verb = "Ended" if end <= case.now else "Ends"
    lines = [f"{kind}{verb} {told.moment(end, case)}.{promise_line(round.promise, case)}"]
    lines += [f"- {person_line(person)}" for person in round.interviewers]
    if not round.interviewers:
        lines.append("Nobody is written down yet.")
    if round.notes:
        lines.append(f"\n_Notes:_ {as_typed(round.notes)}")
    return "\n".join((lines[0], "", *lines[1:]))


def promise_line(promise: Promise | None, case: OpenCase) -> str:
    """What they said about when and how the person will hear."""
    if promise is None:
        return ""
    by = f" by {words.day(promise.reply_by, case.today)}" if promise.reply_by else ""
    how = f" {told.CHANNEL_NAMED[promise.channel.value]}" if promise.channel else ""
    if by or how:
        return f" They said you would hear{by}{how}."
    return {True: " You asked, and no date was named.", False: " You did not ask when you would hear."}.get(
        bool(promise.asked), ""
    )


def opener(label: str, name: str, case: OpenCase, icon: str | None = None) -> None:
    """A button that opens a form and closes it again."""
    st.button(
        label,
        key=keys.part(case.id, name),
        icon=icon,
        on_click=toggle,
        args=(case.id, name, shelf.INTERVIEWS),
        kwargs={"enter": True},
    )


def button(
    label: str, name: str, action: Callable[..., None], desk: Desk, case: OpenCase, *args: object
) -> None:
    """A button that does something to an interview at once."""
    st.button(label, key=keys.part(case.id, name), on_click=action, args=(desk, case.id, *args))


def is_open(name: str, case: OpenCase) -> bool:
    """Whether the form of that name stands open."""
    return bool(st.session_state.get(keys.opened(case.id)) == name)


def in_its_place(case: OpenCase, draw: Callable[[], None]) -> None:
    """Draw a form where its button is, so that the hand can be put into it."""
    with st.container(key=keys.part(case.id, "form")):
        draw()


@spoken
def move(desk: Desk, case_id: str, round_id: str, by: int) -> None:
    """Let an interview stand one place further up or down."""
    after = desk.move_round(case_id, round_id, by).application.rounds
    place = [str(round.id) for round in after].index(round_id)
    ends = {0: "down", len(after) - 1: "up"}
    focus.move_to(keys.part(case_id, f"{ends.get(place, 'up' if by < 0 else 'down')}-{round_id}"))
    shelf.redraw(case_id, shelf.INTERVIEWS)


@spoken
def remove(desk: Desk, case_id: str, round_id: str) -> None:
    """Take an interview out, in a way that can be undone."""
    st.session_state[keys.part(case_id, "removed")] = desk.remove_round(case_id, round_id)
    focus.move_to(keys.part(case_id, "put-back"))
    shelf.redraw(case_id, shelf.INTERVIEWS)


def removed_line(case: OpenCase, desk: Desk) -> None:
    """The interview that was taken out just now, and its undo."""
    removed: Removed | None = st.session_state.get(keys.part(case.id, "removed"))
    if removed is None:
        return
    logged = " What was logged for it is taken back." if removed.entries else ""
    st.success(f"{as_typed(removed.round.label)} was removed.{logged}")
    st.button(
        f"Undo: bring {in_label(removed.round.label)} back",
        key=keys.part(case.id, "put-back"),
        icon=":material/undo:",
        on_click=put_back,
        args=(desk, removed),
    )


@spoken
def put_back(desk: Desk, removed: Removed) -> None:
    """Undo that an interview was taken out."""
    desk.put_round_back(removed)
    st.session_state.pop(keys.part(removed.application_id, "removed"), None)
    focus.move_to(keys.part(removed.application_id, f"round-{removed.round.id}"))
    shelf.redraw(removed.application_id, shelf.INTERVIEWS)
