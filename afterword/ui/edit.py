"""The form of an interview: three facts for a plan, the rest at once or later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.errors import Problem
from afterword.domain.facts import placed, zone_named
from afterword.domain.model import Application, Contact, Promise, PromisedChannel, Round, ThanksBy
from afterword.domain.problems import zone_exists
from afterword.domain.promises import Answer, date_of, promise_for
from afterword.domain.workdays import Workdays
from afterword.formats.people import lines_of, people_in, person_in
from afterword.ui import both, focus, invited, keys, shelf, small_lane, words
from afterword.ui.forms import Form, date_format, lately, text
from afterword.ui.places import country_field, zone_field

LENGTHS = (30, 45, 60, 90, 120, 180, 240)
USUAL_LENGTH = 60
SAID = {
    Answer.A_DAY: "In a day",
    Answer.THIS_WEEK: "This week",
    Answer.NEXT_WEEK: "Next week",
    Answer.TWO_WEEKS: "In two weeks",
    Answer.ON_A_DATE: "On a date I choose",
    Answer.NOBODY_SAID: "Nobody said",
    Answer.DID_NOT_ASK: "I did not ask",
}
AFTERWARDS = frozenset({Answer.NOBODY_SAID, Answer.DID_NOT_ASK})
THANKS = {ThanksBy.EMAIL: "Email", ThanksBy.PHONE: "Phone", ThanksBy.POST: "Post"}
NAMED = {
    None: "They did not say",
    PromisedChannel.EMAIL: "Email",
    PromisedChannel.PHONE: "Phone",
    PromisedChannel.OTHER: "Another way",
}


class Stage(StrEnum):
    """Whether the interview lies behind or ahead."""

    OVER = keys.STAGE_OVER
    AHEAD = keys.STAGE_AHEAD
    NONE = "None is planned yet"


def new_form(desk: Desk, then: str | None = None) -> None:
    """Take up a new application: three facts and a button. `then` is the page to show it on, else this one."""
    form = Form(f"new-{st.session_state.get(keys.FORM_NUMBER, 0)}")
    invited.drop(form, desk)
    draft = fields(form, Application(company="", zone=desk.you().zone), None, desk)
    if send(form, "Show my plan", desk.problems(draft)):
        case = desk.add(draft)
        st.session_state[keys.FORM_NUMBER] = st.session_state.get(keys.FORM_NUMBER, 0) + 1
        st.session_state[keys.ADDED] = st.session_state[keys.SAVED] = case.id
        focus.move_to(keys.part(case.id, "card"))
        if then:
            st.switch_page(then, query_params={"id": case.id})
        st.rerun()


def correct_form(case: OpenCase, desk: Desk) -> None:
    """Correct what was entered; every date of the plan follows."""
    began = both.begun(case)
    if both.asked(case, desk, "correct"):
        return
    name = f"edit-{case.id}-{began.version}"  # the version it was opened on, so that a newer one takes nothing away
    round = which_round(Form(name), began.application)
    form = Form(f"{name}-{round.id}" if round else name)  # another round, other fields
    draft = fields(form, began.application, round, desk)
    foreseen(draft, desk)
    with st.container(horizontal=True):
        sent = send(form, "Save and plan anew", desk.problems(draft))
        cancel(form, case.id, "correct")
    if sent and both.kept(form, began, draft, desk):
        close(case.id, "correct")
        st.rerun()


def foreseen(draft: Application, desk: Desk) -> None:
    """What the plan would be with what stands in the form, before it is saved."""
    if desk.problems(draft):
        return
    case = desk.preview(draft)
    then = words.ahead_line(case.plan, case) if case.to_do else ""
    st.markdown(f"**With this:** {words.next_line(case)} {then}")
    small_lane.draw(desk.lane(case), case.today)


def send(form: Form, label: str, problems: tuple[Problem, ...]) -> bool:
    """The form's button: true where it was pressed and nothing is wrong."""
    pressed = st.button(label, key=form.key("send"), type="primary")
    if problems and (pressed or form.was_tried):
        form.refuse(problems)
    if problems and pressed:
        form.show_first(problems)
    return pressed and not problems


def cancel(form: Form, case: str, name: str) -> None:
    """A button that closes a card's form without saving."""
    st.button("Cancel", key=form.key("cancel"), on_click=close_here, args=(case, name))


def close_here(case: str, name: str) -> None:
    """Close a card's form by its own button."""
    close(case, name)
    shelf.redraw_part(case, shelf.ACTIONS)


def close(case: str, name: str) -> None:
    """Close a card's form, and let the hand be where it opened it."""
    st.session_state[keys.opened(case)] = None
    both.forget(case)
    focus.move_to(keys.part(case, name))


def which_round(form: Form, application: Application) -> Round | None:
    """The interview to correct, asked where there are several; the latest is offered first."""
    rounds = {str(r.id): r for r in reversed(application.rounds)}
    if len(rounds) < 2:
        return next(iter(rounds.values()), None)
    chosen = st.selectbox(
        "Which interview?",
        list(rounds),
        format_func=lambda one: f"{rounds[one].label}, {rounds[one].ended_at:%Y-%m-%d}",
        key=form.key("round"),
    )
    return rounds[chosen]


def fields(form: Form, before: Application, round: Round | None, desk: Desk) -> Application:
    """The fields, and the application they make of what was there before."""
    zone = zone_chosen(form, before, desk)
    company = st.text_input("Company", before.company, key=form.key("company"))
    form.spot("Company", "company", field="company")
    stages = stages_for(before, round)
    ended = when_it_ends(form, round, zone, desk.now(), stages)
    if ended is None:
        with st.expander("More, now or later: role, contact, place", key=form.key("more")):
            return details(form, replace(before, company=company.strip()), zone)
    promise = what_they_said(form, round, ended, desk)
    base = round or Round(label="Interview", ended_at=ended)
    met = replace(base, ended_at=ended, promise=promise)
    with st.expander("More, now or later: role, people, channel, place", key=form.key("more")):
        met = round_details(form, met, round)
        whole = details(form, replace(before, company=company.strip()), zone)
    return replace(whole, rounds=with_round(before, round, met))


def zone_chosen(form: Form, before: Application, desk: Desk) -> str:
    """The zone in which times are read: the one chosen in this form, else the one there was."""
    names = (st.session_state.get(form.key("zone")), before.zone, desk.you().zone)
    return next((name for name in names if name and zone_exists(name)), "UTC")


def with_round(before: Application, old: Round | None, new: Round) -> tuple[Round, ...]:
    """The rounds with the edited one in its place."""
    if old is None:
        return (*before.rounds, new)
    return tuple(new if r is old else r for r in before.rounds)


def stages_for(before: Application, round: Round | None) -> tuple[Stage, ...]:
    """Where the interview may lie, the likeliest first; there may be none yet."""
    if round is not None:
        return Stage.OVER, Stage.AHEAD
    return (Stage.NONE, Stage.OVER, Stage.AHEAD) if before.id else (Stage.OVER, Stage.AHEAD, Stage.NONE)


def when_it_ends(
    form: Form, round: Round | None, zone: str, now: datetime, stages: tuple[Stage, ...]
) -> datetime | date | None:
    """When the interview ended; for one ahead, asked as start and length; None where none is planned."""
    there, here = zone_named(zone), now.astimezone(zone_named(zone))
    shown = lately(here) if round is None else bare(round.ended_at, there)
    first = Stage.AHEAD if shown > here.replace(tzinfo=None) else stages[0]
    stage = st.radio(
        "The interview", stages, index=stages.index(first), horizontal=True, key=form.key("stage")
    )
    if stage == Stage.NONE:
        return None
    if stage == Stage.AHEAD:
        return start_and_length(form, shown, there, zone, first)
    given = st.datetime_input(
        f"When did it end? (time in {zone})", shown, step=300, key=form.key("ended"), format=date_format()
    )
    form.spot("The end of the interview", "rounds.ended_at")
    if round is not None and given == shown:
        return round.ended_at
    return (given or shown).replace(tzinfo=there)


def start_and_length(form: Form, shown: datetime, there: ZoneInfo, zone: str, first: Stage) -> datetime:
    """The end of an interview that lies ahead, from its start and its length."""
    usual = timedelta(minutes=USUAL_LENGTH)
    offered = shown - usual if first == Stage.AHEAD else shown + timedelta(days=1)
    left, right = st.columns(2)
    start = left.datetime_input(
        f"When does it start? (time in {zone})",
        offered,
        step=300,
        key=form.key("start"),
        format=date_format(),
    )
    lengths = sorted({*LENGTHS, int(st.session_state.get(form.key("length")) or USUAL_LENGTH)})
    length = right.selectbox(
        "How long will it take?",
        lengths,
        index=lengths.index(USUAL_LENGTH),
        format_func=lambda minutes: f"{minutes} minutes",
        key=form.key("length"),
    )
    form.spot("The interview", "rounds.ended_at")
    return ((start or offered) + timedelta(minutes=length)).replace(tzinfo=there)


def bare(when: datetime | date, zone: ZoneInfo) -> datetime:
    """A time as the form shows it: in the application's zone, without an offset."""
    if isinstance(when, datetime):
        return placed(when, zone).replace(tzinfo=None, second=0, microsecond=0)
    return datetime.combine(when, time(17))


def what_they_said(form: Form, round: Round | None, ended: datetime | date, desk: Desk) -> Promise | None:
    """When they said the person would hear: quick answers with the date that each becomes."""
    day, workdays = ended.date() if isinstance(ended, datetime) else ended, desk.workdays()
    before = round.promise if round else None
    ahead = isinstance(ended, datetime) and ended > desk.now()
    answers = [answer for answer in SAID if not (ahead and answer in AFTERWARDS)]
    now_said = answer_before(before) if before else None
    answer = st.radio(
        "When will you hear, if you know already?" if ahead else "When did they say you would hear?",
        answers,
        index=answers.index(now_said) if now_said in answers else None,
        format_func=lambda a: with_date(a, day, workdays),
        key=form.key("said"),
    )
    reply_by = date_of(answer, day, workdays) if answer else None
    if answer == Answer.ON_A_DATE:
        offered = before.reply_by if before and before.reply_by else day + timedelta(days=7)
        reply_by = st.date_input("Which date?", offered, key=form.key("reply-by"), format=date_format())
    form.spot("The date they named", "rounds.promise.reply_by", field="reply-by")
    if answer is None:
        return Promise(channel=before.channel) if before and before.channel else None
    given = promise_for(answer, reply_by)
    return replace(given, channel=before.channel) if given and before else given


def answer_before(promise: Promise) -> Answer | None:
    """The answer that a promise shows as when it is corrected."""
    if promise.reply_by is not None:
        return Answer.ON_A_DATE
    if promise.asked is None:
        return None
    return Answer.NOBODY_SAID if promise.asked else Answer.DID_NOT_ASK


def with_date(answer: Answer, day: date, workdays: Workdays) -> str:
    """An answer with the date it becomes."""
    becomes = date_of(answer, day, workdays)
    return f"{SAID[answer]} ({words.plain_day(becomes, day)})" if becomes else SAID[answer]


def round_details(form: Form, met: Round, before: Round | None) -> Round:
    """What else is known of the interview itself."""
    label = st.text_input("What is this interview called?", met.label, key=form.key("label"))
    form.spot("The interview's name", "rounds.label")
    people = st.text_area(
        "Whom did you meet?",
        lines_of(met.interviewers),
        key=form.key("people"),
        placeholder="One person a line: name, email, phone",
    )
    form.spot("A person", "rounds.interviewers")
    known = before.interviewers if before else ()
    named = replace(met, label=label.strip(), interviewers=people_in(people, known))
    return channels(form, named)


def channels(form: Form, met: Round) -> Round:
    """By which channel thanks are said, and by which they said they would be in touch."""
    ways = list(ThanksBy)
    thanks = st.radio(
        "How will you say thanks?",
        ways,
        index=ways.index(met.thanks_by or ThanksBy.EMAIL),
        horizontal=True,
        format_func=lambda by: THANKS[by],
        key=form.key("thanks"),
    )
    named = list(NAMED)
    channel = st.radio(
        "How did they say they would be in touch?",
        named,
        index=named.index(met.promise.channel if met.promise else None),
        format_func=lambda c: NAMED[c],
        horizontal=True,
        key=form.key("channel"),
    )
    promise = replace(met.promise or Promise(), channel=channel) if channel or met.promise else None
    return replace(met, thanks_by=thanks, promise=promise)


def details(form: Form, before: Application, zone: str) -> Application:
    """What else is known of the application: role, contact, place."""
    role = st.text_input("Role", before.role or "", key=form.key("role"))
    form.spot("The role", "role")
    contact = st.text_input(
        "Who is your contact there?",
        lines_of((before.contact,)) if before.contact else "",
        key=form.key("contact"),
        placeholder="Recruiter or coordinator: name, email, phone",
    )
    form.spot("The contact", "contact")
    place = zone_field(form, "Their time zone", zone)
    country = country_field(
        form, "Their country, for public holidays", before.country, "As on the page About you"
    )
    return replace(
        before,
        role=text(role),
        contact=contact_in(contact, before.contact),
        zone=place,
        country=country,
    )


def contact_in(line: str, before: Contact | None) -> Contact | None:
    """The contact that a line names; one who was there before keeps id and notes."""
    if not line.strip():
        return None
    found = person_in(line)
    kept = before or Contact(name="")
    return replace(kept, name=found.name, email=found.email, phone=found.phone)
