"""The form that corrects a logged step: when, by which channel, with whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.errors import InvalidApplication, SomebodyWasFirst
from afterword.domain.facts import people_of
from afterword.domain.model import Channel, Contact, Entry, EntryKind, Promise, same_name
from afterword.ui import focus, keys, told
from afterword.ui.forms import Form, date_format

CHANNELS = {
    Channel.EMAIL: "Email",
    Channel.PHONE: "Phone",
    Channel.POST: "Post",
    Channel.IN_PERSON: "In person",
    Channel.OTHER: "Another way",
}


def change_form(entry: Entry, case: OpenCase, desk: Desk, opener: str) -> None:
    """Correct what an entry says, so that a late tick does not bend the later dates.

    `opener` is the key of the button that opened it, where the hand goes back to.
    """
    form = Form(f"form-{opener}-{entry.id}")
    seen: Entry = st.session_state.setdefault(form.key("seen"), entry)
    with st.form(form.name, border=False):
        changed = fields(form, seen, case)
        sent = st.form_submit_button("Save the change", key=form.key("send"), type="primary")
    if sent and is_kept(form, seen, changed, case, desk):
        st.session_state.pop(form.key("seen"), None)
        st.session_state.setdefault(keys.DONE_HERE, {})[entry.id] = case.id
        st.session_state[keys.opened(case.id)] = None
        focus.move_to(opener)
        st.rerun()


def is_kept(form: Form, seen: Entry, changed: Entry, case: OpenCase, desk: Desk) -> bool:
    """Keep the change; what is wrong, or was changed in another window meanwhile, is said and nothing is lost."""
    try:
        desk.amend(case.id, changed, seen)
    except InvalidApplication as error:
        form.refuse(error.problems)
        return False
    except SomebodyWasFirst:
        newest = desk.entry(case.id, str(seen.id))
        st.session_state[form.key("seen")] = newest
        theirs = told.entry(newest, case)
        st.warning(f"Another window changed this meanwhile. It now reads: {theirs} Save again to keep yours.")
        return False
    return True


def fields(form: Form, entry: Entry, case: OpenCase) -> Entry:
    """The fields of an entry, and what they make of it."""
    shown = case.there(entry.at).replace(tzinfo=None, second=0, microsecond=0)
    at = st.datetime_input("When was it?", shown, step=60, key=form.key("at"), format=date_format())
    form.spot("The time", "log.at")
    moment = entry.at if at == shown or at is None else at.replace(tzinfo=case.now.tzinfo)
    if entry.kind == EntryKind.NOTE:
        words = st.text_area("Your note", entry.text or "", key=form.key("text"))
        form.spot("Your note", "log.text")
        return replace(entry, at=moment, text=words.strip())
    channel = st.selectbox(
        "How?",
        list(CHANNELS),
        index=list(CHANNELS).index(entry.channel) if entry.channel else None,
        format_func=lambda c: CHANNELS[c],
        key=form.key("channel"),
    )
    promise = date_named(form, entry) if entry.kind == EntryKind.REPLY else entry.promise
    return replace(entry, at=moment, channel=channel, to=whom(form, entry, case), promise=promise)


def date_named(form: Form, entry: Entry) -> Promise | None:
    """What they promised in a reply, with the date they named."""
    was = entry.promise.reply_by if entry.promise else None
    by: date | None = st.date_input(
        "Which date did they name, if any?", was, key=form.key("reply-by"), format=date_format()
    )
    form.spot("The date they named", "log.promise.reply_by")
    if by == was:
        return entry.promise
    return replace(entry.promise or Promise(asked=True), reply_by=by)


def whom(form: Form, entry: Entry, case: OpenCase) -> str | None:
    """The person it was to, among those of the application; nobody in particular where none is known."""
    people: list[Contact | None] = [None, *people_of(case.application)]
    if len(people) == 1:
        return entry.to
    named = [p for p in people if p and entry.to and (entry.to == p.id or same_name(entry.to, p.name))]
    now = next(iter(named), None)
    chosen = st.selectbox(
        "To whom?",
        people,
        index=people.index(now),
        format_func=lambda p: p.name if p else "Nobody in particular",
        key=form.key("to"),
    )
    return (chosen.id or chosen.name) if chosen else None
