"""A row of fields for each person: added, changed, put in order, taken out."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import streamlit as st

from afterword.domain.model import Contact, Interviewer
from afterword.ui import focus, shelf
from afterword.ui.forms import Form, text
from afterword.ui.typed import in_label

Person = TypeVar("Person", bound=Contact)


def rows(form: Form, known: tuple[Interviewer, ...], case_id: str) -> tuple[Interviewer, ...]:
    """A row for each person, and a button for one more. A check-in goes to the first who can be reached."""
    before = {str(person.id): person for person in known}
    order: list[str] = st.session_state.setdefault(form.key("rows"), list(before))
    found = tuple(
        row(form, one, place, before.get(one) or Interviewer(name=""), case_id)
        for place, one in enumerate(order)
    )
    add_key = form.key("add-person")
    st.button("Add a person", key=add_key, icon=":material/person_add:", on_click=add, args=(form, case_id))
    return found


def row(form: Form, one: str, place: int, before: Interviewer, case_id: str) -> Interviewer:
    """One person's fields, and the buttons that move or remove the row."""
    with st.container(border=True):
        person = fields(form, one, before, "rounds.interviewers")
        order: list[str] = st.session_state[form.key("rows")]
        who = in_label(person.name) or f"person {place + 1}"
        with st.container(horizontal=True):
            if place > 0:
                button(form, f"Move {who} up", one, "up", case_id, -1)
            if place < len(order) - 1:
                button(form, f"Move {who} down", one, "down", case_id, 1)
            button(form, f"Remove {who}", one, "remove", case_id, 0)
    return person


def fields(form: Form, one: str, before: Person, place: str) -> Person:
    """Name, title, address, number and notes of anybody; `place` is where they stand in the data."""
    left, right = st.columns(2)
    name = left.text_input("Name", before.name, key=form.key(f"name-{one}"))
    title = right.text_input("Title", before.title or "", key=form.key(f"title-{one}"))
    email = left.text_input("Email", before.email or "", key=form.key(f"email-{one}"), autocomplete="off")
    phone = right.text_input("Phone", before.phone or "", key=form.key(f"phone-{one}"), autocomplete="off")
    notes = st.text_area("Notes on the talk", before.notes or "", key=form.key(f"notes-{one}"))
    for field, label in FIELDS.items():
        form.spot(label, f"{place}.{field}", field=f"{field}-{one}")
    return replace(
        before, name=name.strip(), title=text(title), email=text(email), phone=text(phone), notes=text(notes)
    )


FIELDS = {
    "name": "A person's name",
    "title": "A person's title",
    "email": "An email address",
    "phone": "A phone number",
    "notes": "The notes",
}


def button(form: Form, label: str, one: str, what: str, case_id: str, by: int) -> None:
    """A button that moves or removes a row."""
    st.button(label, key=form.key(f"{what}-{one}"), on_click=change, args=(form, one, what, case_id, by))


def change(form: Form, one: str, what: str, case_id: str, by: int) -> None:
    """Move a row, or take it out."""
    order: list[str] = st.session_state[form.key("rows")]
    place = order.index(one)
    order.pop(place)
    if what == "remove":
        focus.move_to(form.key("add-person"))
    else:
        order.insert(place + by, one)
        at_the_end = {0: "down", len(order) - 1: "up"}.get(place + by, what)
        focus.move_to(form.key(f"{at_the_end}-{one}"))
    shelf.redraw_part(case_id, shelf.INTERVIEWS)


def add(form: Form, case_id: str) -> None:
    """One more row, with the hand in it."""
    order: list[str] = st.session_state[form.key("rows")]
    number = st.session_state.get(form.key("added"), 0) + 1
    st.session_state[form.key("added")] = number
    order.append(f"new-{number}")
    focus.move_to(form.key(f"name-new-{number}"))
    shelf.redraw_part(case_id, shelf.INTERVIEWS)


def contact(form: Form, before: Contact | None) -> Contact | None:
    """The fields of the contact; none where the name stays empty and nothing else was typed."""
    found = fields(form, "contact", before or Contact(name=""), "contact")
    return None if found == replace(Contact(name=""), id=found.id) else found
