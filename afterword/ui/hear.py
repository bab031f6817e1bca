"""When they are heard from: what it was, and the plan that follows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.changes import Heard
from afterword.domain.errors import InvalidApplication
from afterword.domain.model import Channel, Entry, EntryKind, Outcome, Promise, Result, Round
from afterword.ui import focus, keys, shelf
from afterword.ui.callbacks import spoken
from afterword.ui.edit import cancel
from afterword.ui.forms import Form, date_format, lately
from afterword.ui.typed import in_label

HEARD_BY = {Channel.EMAIL: "Email", Channel.PHONE: "Phone", Channel.OTHER: "Another way"}


class News(StrEnum):
    """What was heard."""

    COURTESY = "Only a courtesy: we got it, thank you, still deciding"
    NEW_DATE = "A new date for their answer"
    INTERVIEW = "Another interview"
    OFFER = "An offer"
    NO = "A no"


def heard_form(case: OpenCase, desk: Desk) -> None:
    """Ask what was heard and when, then log it and plan anew."""
    form = Form(f"hear-{case.id}-{len(case.application.log)}-{case.version}")
    asked_of = f"What did you hear from {in_label(case.application.company)}?"
    news = st.radio(asked_of, list(News), index=None, key=form.key("news"))
    if news is None:
        cancel(form, case.id, "hear")
        return
    at = when_heard(form, case)
    channel = None
    if news not in {News.OFFER, News.NO}:
        channel = st.selectbox(
            "How?", list(HEARD_BY), format_func=lambda c: HEARD_BY[c], key=form.key("channel")
        )
    reply = Entry(kind=EntryKind.REPLY, at=at, channel=channel)
    asked = FIELDS[news](form, case, reply)
    with st.container(horizontal=True):
        sent = st.button("Save and plan anew", key=form.key("send"), type="primary")
        cancel(form, case.id, "hear")
    if sent:
        save(form, case, desk, news, asked)


def when_heard(form: Form, case: OpenCase) -> datetime:
    """The moment at which it was heard, offered as now."""
    shown = lately(case.now)
    at = st.datetime_input("When did you hear?", shown, step=300, key=form.key("at"), format=date_format())
    form.spot("The time", "log.at", "outcome.at")
    return case.now if at is None or at == shown else at.replace(tzinfo=case.now.tzinfo)


def courtesy(form: Form, case: OpenCase, reply: Entry) -> Entry:  # noqa: ARG001 - one of FIELDS
    """A reply that names no date."""
    return reply


def new_date(form: Form, case: OpenCase, reply: Entry) -> Entry:
    """A reply that moves the date."""
    offered = case.today + timedelta(days=7)
    by = st.date_input(
        "When will you hear, they say?", offered, key=form.key("reply-by"), format=date_format()
    )
    form.spot("The date they named", "log.promise.reply_by")
    promise = Promise(asked=True, reply_by=by)
    return Entry(kind=reply.kind, at=reply.at, channel=reply.channel, promise=promise)


def interview(form: Form, case: OpenCase, reply: Entry) -> tuple[Entry, Round]:
    """The next interview, by its start and length."""
    label = st.text_input("What is it called?", "Next interview", key=form.key("label"))
    form.spot("Its name", "rounds.label")
    offered = lately(case.now) + timedelta(days=2)
    start = st.datetime_input(
        "When does it start?", offered, step=300, key=form.key("start"), format=date_format()
    )
    form.spot("The interview", "rounds.ended_at")
    length = st.selectbox(
        "How long will it take, in minutes?", (30, 45, 60, 90, 120, 180), index=2, key=form.key("length")
    )
    ends = ((start or offered) + timedelta(minutes=length)).replace(tzinfo=case.now.tzinfo)
    return reply, Round(label=label.strip(), ended_at=ends)


def offer(form: Form, case: OpenCase, reply: Entry) -> Outcome:
    """An offer, with the day by which they want an answer if they named one."""
    by: date | None = st.date_input(
        "By when do they want an answer? Leave it empty if they did not say",
        None,
        min_value=case.today - timedelta(days=365),
        key=form.key("answer-by"),
        format=date_format(),
    )
    form.spot("The day", "outcome.answer_by")
    return Outcome(result=Result.OFFER, at=reply.at, answer_by=by)


def rejection(form: Form, case: OpenCase, reply: Entry) -> Outcome:  # noqa: ARG001 - one of FIELDS
    """A no."""
    st.markdown("That hurts, and it is no measure of you.")
    return Outcome(result=Result.REJECTED, at=reply.at)


FIELDS = {
    News.COURTESY: courtesy,
    News.NEW_DATE: new_date,
    News.INTERVIEW: interview,
    News.OFFER: offer,
    News.NO: rejection,
}


def save(form: Form, case: OpenCase, desk: Desk, news: News, asked: object) -> None:
    """Log what was heard; what is wrong with it is said at its field."""
    try:
        heard = log(case, desk, asked)
    except InvalidApplication as error:
        form.refuse(error.problems)
        return
    st.session_state[keys.part(case.id, "heard")] = heard
    st.session_state[keys.part(case.id, "news")] = news
    st.session_state[keys.opened(case.id)] = None
    focus.move_to(keys.part(case.id, "take-back"))
    st.rerun()


def log(case: OpenCase, desk: Desk, asked: object) -> Heard:
    """Do what the news asks for. Raises InvalidApplication."""
    if isinstance(asked, Outcome):
        return desk.close(case.id, asked)
    if isinstance(asked, tuple):
        reply, ahead = asked
        return desk.heard_back(case.id, reply, ahead)
    if isinstance(asked, Entry):
        return desk.heard_back(case.id, asked)
    raise TypeError(asked)


def heard_line(case: OpenCase, desk: Desk) -> None:
    """What was just heard, with a way to take it back."""
    heard: Heard | None = st.session_state.get(keys.part(case.id, "heard"))
    if heard is None:
        return
    news = st.session_state.get(keys.part(case.id, "news"))
    what = str(news).partition(":")[0]
    st.success(
        f"Noted: {what[:1].lower()}{what[1:]}. The plan is new." if news else "Noted. The plan is new."
    )
    st.button(
        "Undo what I noted",
        key=keys.part(case.id, "take-back"),
        icon=":material/undo:",
        on_click=take_back,
        args=(desk, heard),
    )


@spoken
def take_back(desk: Desk, heard: Heard) -> None:
    """Undo what was noted."""
    desk.take_back(heard)
    for name in ("heard", "news"):
        st.session_state.pop(keys.part(heard.application_id, name), None)
    focus.move_to(keys.part(heard.application_id, "hear"))
    shelf.redraw(heard.application_id)
