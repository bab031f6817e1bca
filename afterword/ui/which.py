"""Which should I use? Four questions with quick answers, and what the plan says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.errors import InvalidApplication, Problem
from afterword.domain.handbook import Rule
from afterword.domain.model import Application, Contact, PromisedChannel, StepKind
from afterword.domain.promises import Answer, date_of
from afterword.domain.step import Step
from afterword.domain.which import Answers, Reach, Since, day_of, draft, rules_behind
from afterword.domain.workdays import Workdays
from afterword.ui import focus, guide, keys, wiring, words
from afterword.ui.forms import Form, date_format, text
from afterword.ui.typed import as_typed

T = TypeVar("T")
FORM = "which"
CHANNELS = {
    PromisedChannel.EMAIL: "Email",
    PromisedChannel.PHONE: "Phone",
    PromisedChannel.OTHER: "Another way",
    None: "They did not say",
}
REACH = {
    Reach.EMAIL: "An email address",
    Reach.PHONE: "A phone number",
    Reach.BOTH: "Both",
    Reach.NEITHER: "Neither",
}
SINCE = {
    Since.TODAY: "Today",
    Since.YESTERDAY: "Yesterday",
    Since.SOME_DAYS: "2 or 3 days ago",
    Since.A_WEEK: "About a week ago",
    Since.TWO_WEEKS: "About two weeks ago",
    Since.A_MONTH: "About a month ago",
    Since.ON_A_DAY: "On a day I choose",
    Since.AHEAD: "It is still ahead",
}
SAID = {
    Answer.NOBODY_SAID: "No",
    Answer.A_DAY: "In a day",
    Answer.THIS_WEEK: "That week",
    Answer.NEXT_WEEK: "The week after",
    Answer.TWO_WEEKS: "In two weeks",
    Answer.ON_A_DATE: "On a date I choose",
}


@st.fragment
def helper() -> None:
    """The questions and the answer to them; each answer draws this part again and nothing else."""
    desk = wiring.desk()
    answers, workdays = questions(desk), desk.workdays()
    drafted = draft(answers, desk.today_here(), workdays)
    st.header("What to do", anchor=False)
    if drafted is None:
        st.info("Say how long ago the interview was, and the answer appears here.")
        return
    try:
        case = desk.preview(drafted)
    except InvalidApplication as error:
        st.error(" ".join(as_typed(f"The date they gave {problem.sentence}.") for problem in error.problems))
        return
    answer(case, desk)
    save_form(drafted, answers, case, desk)


def questions(desk: Desk) -> Answers:
    """The four questions, and what was answered to them so far."""
    form, today = Form(FORM), desk.today_here().date()
    named = pick("Did they say how they would reach you?", CHANNELS, "channel")
    reach = pick("What do you have to reach them by?", REACH, "reach")
    since = pick("When was the interview?", SINCE, "since")
    day = None
    if since == Since.ON_A_DAY:
        day = st.date_input("Which day?", today, key=form.key("day"), format=date_format())
    so_far = Answers(channel=named, reach=reach, since=since, day=day)
    met = day_of(so_far, today, desk.workdays())
    said = pick("Did they give a date?", dated(met, desk.workdays()), "said")
    reply_by = None
    if said == Answer.ON_A_DATE:
        reply_by = st.date_input("Which date?", met or today, key=form.key("reply-by"), format=date_format())
    return replace(so_far, said=said, reply_by=reply_by)


def pick(question: str, options: Mapping[T, str], name: str) -> T | None:
    """One question with its quick answers; None while it is open."""
    place: int | None = st.radio(
        question,
        range(len(options)),
        index=None,
        format_func=list(options.values()).__getitem__,
        horizontal=True,
        key=keys.field(FORM, name),
    )
    return None if place is None else list(options)[place]


def dated(met: date | None, workdays: Workdays) -> dict[Answer, str]:
    """The answers about a date, each with the day that it becomes once the interview's is known."""
    becomes = {said: date_of(said, met, workdays) if met else None for said in SAID}
    return {
        said: f"{label} ({words.plain_day(day, met)})" if met and (day := becomes[said]) else label
        for said, label in SAID.items()
    }


def open_questions() -> int:
    """How many questions nobody has answered yet."""
    asked = {"channel": CHANNELS, "reach": REACH, "since": SINCE, "said": SAID}
    return sum(st.session_state.get(keys.field(FORM, name)) is None for name in asked)


def answer(case: OpenCase, desk: Desk) -> None:
    """What to do, by which channel and when; what comes after; and the reasons."""
    first = case.plan.next
    st.success(answer_line(case), icon=":material/check:")
    still_open = open_questions()
    if still_open:
        noun = "question is" if still_open == 1 else "questions are"
        st.markdown(f"{words.number(still_open).capitalize()} {noun} open, so this may still change.")
    if first and (first.to or case.application.contact is None):  # else the person has what it takes
        st.markdown(words.reach_line(first, case))
    after(first, [step for step in desk.if_silent(case) if first is None or step.id != first.id], case)
    st.subheader("Why", anchor=False)
    for rule in rules_behind(first):
        reason(wiring.words().handbook.rules[rule], case)


def answer_line(case: OpenCase) -> str:
    """The next step and its day; none before an interview of which the person knows when they will hear."""
    step = case.plan.next
    if step is None:
        return "**Nothing to do before the interview is over.** You know when you will hear."
    return f"**{words.step_title(step)}.** {words.when_line(step, case)}"


def reason(rule: Rule, case: OpenCase) -> None:
    """One rule with its numbers of today, the way to its page of the guide, and on whose word it rests."""
    st.markdown(f"**{rule.title}.** {rule.said(case.today)} {rule.because}")
    if rule.guide is not None:
        guide.link_to(rule.guide)
    with st.expander(f"On whose word: {rule.title}"):
        sources = (f"- {words.source_line(wiring.words().handbook.sources[cite])}" for cite in rule.cites)
        st.markdown("\n\n".join(filter(None, (rule.disagree, "\n".join(sources)))))


def after(first: Step | None, later: list[Step], case: OpenCase) -> None:
    """The steps that follow if each is done at once and nobody answers."""
    if not later:
        return
    st.subheader("What comes after, if nobody answers", anchor=False)
    if first and first.kind == StepKind.THANK_YOU:
        st.markdown("If you have said thanks already, go on from here.")
    quiet = case.plan.quiet_until
    lines = [f"Until {words.day(quiet, case.today)}: keep quiet."] if quiet else []
    lines += [f"{words.days_line(step, case.today)}: {words.step_title(step)}." for step in later]
    st.markdown("\n".join(f"- {line}" for line in lines))


def save_form(drafted: Application, answers: Answers, case: OpenCase, desk: Desk) -> None:
    """Keep what was answered as an application; not among samples, which are dropped."""
    if wiring.mode() == wiring.Mode.SAMPLES:
        return
    st.subheader("Save this as an application", anchor=False)
    with st.form(keys.part(FORM, "save"), border=False):
        form = Form(FORM)
        company = st.text_input("Company", key=form.key("company"))
        form.spot("Company", "company", field="company")
        contact = contact_fields(form, answers.reach)
        day = words.plain_day(case.application.rounds[0].ended_at, case.today)
        st.markdown(f"The interview is saved as that of {day}. You can change all of it later.")
        sent = st.form_submit_button("Save and show its plan", type="primary", key=form.key("send"))
    if sent:
        whole = replace(drafted, company=company.strip(), contact=contact, zone=desk.you().zone)
        save(form, whole, case, desk)


def contact_fields(form: Form, reach: Reach | None) -> Contact | None:
    """How to reach them, as far as the person said they know."""
    email = phone = None
    if reach in {Reach.EMAIL, Reach.BOTH}:
        email = text(st.text_input("Their email address (can wait)", key=form.key("email")))
        form.spot("The email address", "contact.email", field="email")
    if reach in {Reach.PHONE, Reach.BOTH}:
        wait = "" if reach == Reach.PHONE else " (can wait)"
        phone = text(st.text_input(f"Their phone number{wait}", key=form.key("phone")))
        form.spot("The phone number", "contact.phone", field="phone")
    return Contact(name="Your contact", email=email, phone=phone) if email or phone else None


def save(form: Form, whole: Application, shown: OpenCase, desk: Desk) -> None:
    """Take the application up and open its page, or say what is missing."""
    problems = desk.problems(whole) or other_channel(whole, shown, desk)
    if problems:
        form.refuse(problems)
        form.show_first(problems)
    else:
        case = desk.add(whole)
        st.session_state[keys.ADDED] = st.session_state[keys.SAVED] = case.id
        focus.move_to(keys.part(case.id, "card"))
        st.switch_page("pages/application.py", query_params={"id": case.id})


def other_channel(whole: Application, shown: OpenCase, desk: Desk) -> tuple[Problem, ...]:
    """What is missing where the plan, with what was typed, would name another channel than the answer did."""
    was, becomes = desk.if_silent(shown), desk.if_silent(desk.preview(whole))
    if [step.channel for step in was] == [step.channel for step in becomes]:
        return ()
    missing = "phone" if whole.contact is None else "email"
    return (Problem(f"contact.{missing}", "is needed: without it the plan would name another channel"),)
