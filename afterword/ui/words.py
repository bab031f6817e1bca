"""The words on screen for steps, days, states and grounds; defined once for cards, lists and badges."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from afterword.domain.case import OpenCase
from afterword.domain.handbook import Ground, Source
from afterword.domain.model import Application, Channel, Entry, EntryKind, Outcome, Result, StepKind
from afterword.domain.ranking import Today
from afterword.domain.step import TO_DO, Plan, State, Status, Step, StepChannel
from afterword.ui.typed import JOINER, as_typed, in_label

UNESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

GROUNDS = {
    Ground.ARTICLE: ":green-badge[From the article]",
    Ground.OUTSIDE: ":blue-badge[Outside guidance]",
    Ground.INFERENCE: ":gray-badge[Our own inference]",
}
RESULTS = {
    Result.OFFER: "They made an offer",
    Result.ACCEPTED: "You accepted their offer",
    Result.DECLINED: "You declined their offer",
    Result.REJECTED: "They said no",
    Result.WITHDRAWN: "You withdrew",
    Result.NO_ANSWER: "Closed without an answer",
}
CHANNELS = {
    Channel.EMAIL: "by email",
    Channel.PHONE: "by phone",
    Channel.POST: "by post",
    Channel.IN_PERSON: "in person",
    Channel.OTHER: "another way",
}
NO_REMINDERS = (
    "Nothing reminds you while Afterword is closed. Look in each morning, "
    "or put the next date into your own calendar."
)


def company_line(application: Application) -> str:
    """Company and role, as typed."""
    parts = [f"**{as_typed(application.company)}**"]
    if application.role:
        parts.append(as_typed(application.role))
    return " · ".join(parts)


def step_title(step: Step) -> str:
    """What to do, in a few words."""
    who, by = (as_typed(step.to.name) if step.to else None), by_channel(step)
    if step.kind == StepKind.ASK:
        return "Ask when and how you will hear"
    if step.reason == "thank-after-no":
        return f"Thank {who or 'them'} all the same, by email"
    if step.kind == StepKind.THANK_YOU:
        return thanks_title(step, who)
    if step.kind == StepKind.CHECK_IN:
        return f"Check in with {who} {by}" if who else f"Check in {by}"
    if step.kind == StepKind.TELL_THEM:
        return f"Tell {who or 'them'} about your other offer, {by}"
    if step.kind == StepKind.ANSWER_OFFER:
        return f"Answer the offer, {by}"
    return "Mark it “no answer” and keep searching"


def thanks_title(step: Step, who: str | None) -> str:
    """What to do to say thanks, by the channel chosen."""
    if step.channel == StepChannel.PHONE:
        return f"Call {who or 'them'} to say thanks"
    if step.channel == StepChannel.POST:
        return f"Post a thank-you note to {who}" if who else "Post a thank-you note"
    return f"Email your thanks to {who}" if who else "Email your thanks"


def by_channel(step: Step) -> str:
    """By which channel a step is to be done."""
    return CHANNELS[Channel(step.channel.value)] if step.channel else ""


def step_label(step: Step, application: Application) -> str:
    """The label of the button that says a step is done; it names the person or the company."""
    company = in_label(application.company)
    who = in_label(step.to.name) if step.to else company
    labels = {
        StepKind.ASK: f"I've asked {company}",
        StepKind.THANK_YOU: f"I've thanked {who}",
        StepKind.CHECK_IN: f"I've checked in with {who}",
        StepKind.TELL_THEM: f"I've told {who}",
        StepKind.MOVE_ON: f"Mark {company} “no answer”",
    }
    return labels[step.kind]


def why_label(step: Step, application: Application) -> str:
    """The label of the button that gives the reason; it names what it is about."""
    about = in_label(step.to.name) if step.to else in_label(application.company)
    asks = {
        StepKind.ASK: "Why ask",
        StepKind.THANK_YOU: "Why thank",
        StepKind.CHECK_IN: "Why check in with",
        StepKind.TELL_THEM: "Why tell",
        StepKind.MOVE_ON: "Why move on from",
        StepKind.ANSWER_OFFER: "Why answer",
    }
    when = " now" if step.state in {State.OPEN, State.OVERDUE} else " then"
    return f"{asks[step.kind]} {about}{when if step.kind != StepKind.MOVE_ON else ''}?"


def write_label(step: Step, application: Application) -> str:
    """The label of the link to a step's message; it names what is written, and to whom."""
    who = in_label(step.to.name) if step.to else in_label(application.company)
    things = {
        StepKind.ASK: "question",
        StepKind.THANK_YOU: "thank-you",
        StepKind.CHECK_IN: "check-in",
        StepKind.TELL_THEM: "news",
        StepKind.ANSWER_OFFER: "answer",
    }
    if step.channel == StepChannel.PHONE:
        return f"Prepare the {things[step.kind]} call to {who}"
    return f"Write the {things[step.kind]} to {who}"


def when_line(step: Step, case: OpenCase) -> str:
    """By when a step is to be done, or when it may be."""
    today = case.today
    if step.state == State.OVERDUE:
        return f"This was due {day(step.due, today)}. Late is still worth doing."
    if step.state == State.OPEN and step.kind == StepKind.ASK:
        return f"The interview ends {day(step.due, today)}."
    if step.state == State.OPEN:
        return open_line(step, case)
    if step.opens == step.due:
        return "Tomorrow." if day(step.opens, today) == "tomorrow" else f"On {day(step.opens, today)}."
    return f"From {day(step.opens, today)}, by {day(step.due, today)}."


def days_line(step: Step, today: date) -> str:
    """The days of a step that comes later, at the beginning of a line."""
    opens, due = day(step.opens, today), day(step.due, today)
    line = opens if opens == due else f"{opens} to {due}"
    return line[0].upper() + line[1:]


def open_line(step: Step, case: OpenCase) -> str:
    """By when a step that can be done now is due."""
    if step.due > case.today:
        return f"Any day up to {day(step.due, case.today)}."
    if step.due == case.today:
        return "Due today."
    if step.overdue_at is not None:
        return f"Due by {step.overdue_at:%H:%M} today."
    return f"Since {day(step.due, case.today)}; any day is fine."


def fact_line(step: Step, case: OpenCase) -> str:
    """What was promised or done that the step's days rest on, where that says more than its rule."""
    named = case.plan.date_in_force
    if step.kind == StepKind.CHECK_IN and step.reason == "check-in-after-promise" and named:
        return f"They said you would hear by {day(named, case.today)}, and that has passed."
    offer = case.application.rival_offer
    if step.kind == StepKind.TELL_THEM and offer and offer.deadline:
        return f"Your other offer waits until {day(offer.deadline, case.today)}."
    return ""


def reach_line(step: Step, case: OpenCase) -> str:
    """How to get the address or the number that a step needs, where none is known; else nothing."""
    needed = {StepChannel.EMAIL: "email address", StepChannel.PHONE: "phone number"}.get(step.channel)  # type: ignore[arg-type]
    person, contact = step.to, case.application.contact
    if needed is None or (person and (person.email if step.channel == StepChannel.EMAIL else person.phone)):
        return ""
    whose = f"{needed} for {as_typed(person.name)}" if person else needed
    reachable = contact and contact is not person and (contact.email or contact.phone)
    whom = as_typed(contact.name) if contact and reachable else "the coordinator"
    return (
        f"No {whose} is written down yet. Look in the invitation, ask {whom}, or see the company's own page."
    )


def ahead_line(plan: Plan, case: OpenCase) -> str:
    """What comes after what can be done now: the quiet period and the steps still ahead."""
    parts = []
    if plan.quiet_until is not None and plan.quiet_until >= case.today:
        given = "" if plan.date_in_force else "No date is known, so a few working days are left to them. "
        parts.append(f"{given}Quiet until {day(plan.quiet_until, case.today)}: do not chase before that.")
    for step in sorted((s for s in plan.steps if s.state in LATER), key=lambda s: s.opens):
        days = day(step.opens, case.today)
        until = f", by {day(step.due, case.today)}" if step.due != step.opens else ""
        condition = " if you have heard nothing" if step.kind in IF_SILENT else ""
        parts.append(f"{step_title(step)} from {days}{until}{condition}.")
    return " ".join(parts)


def later_line(case: OpenCase) -> str:
    """What comes after what can be done now, or where the application stands if nothing can."""
    return ahead_line(case.plan, case) if case.to_do else status_line(case)


LATER = frozenset({State.WITHHELD, State.UPCOMING})
IF_SILENT = frozenset({StepKind.CHECK_IN, StepKind.MOVE_ON})


def status_line(case: OpenCase) -> str:
    """Where an application stands, in one line."""
    plan = case.plan
    if plan.status == Status.CLOSED and case.application.outcome:
        return outcome_line(case.application.outcome, case)
    if plan.status == Status.NEW:
        return "Add its first interview to get a plan."
    return ahead_line(plan, case) or "Nothing to do for now."


def next_line(case: OpenCase) -> str:
    """The next step in words, or where the application stands if there is none."""
    step = case.plan.next
    if step is None or step.state not in TO_DO:
        return status_line(case)
    more = len(case.to_do) - 1
    others = f" And {number(more)} more." if more > 0 else ""
    overdue = f"It was due {day(step.due, case.today)}."
    return f"{step_title(step)}. {overdue if step.state == State.OVERDUE else when_line(step, case)}{others}"


def short_next(case: OpenCase) -> str:
    """The next step in a few words, for the end of a lane."""
    step = case.plan.next
    if case.plan.status == Status.CLOSED:
        return day(latest_day(case), case.today)
    if step is None:
        return "Nothing for now"
    by = {
        StepKind.CHECK_IN: "Check in",
        StepKind.THANK_YOU: "Say thanks",
        StepKind.ASK: "Ask when you will hear",
    }
    by |= {StepKind.TELL_THEM: "Tell them", StepKind.MOVE_ON: "Move on", StepKind.ANSWER_OFFER: "Answer it"}
    how = f" {by_channel(step)}" if step.channel and step.kind != StepKind.ANSWER_OFFER else ""
    return f"{by[step.kind]}{how}, {short_when(step, case)}"


def short_when(step: Step, case: OpenCase) -> str:
    """When a step is to be done, in a few words."""
    late = (case.today - step.due).days
    if step.state == State.OVERDUE:
        return f"{late} days late" if late > 1 else "a day late" if late == 1 else "late"
    if step.state == State.OPEN:
        return f"by {day(step.due, case.today)}" if step.due > case.today else "now"
    return f"from {day(step.opens, case.today)}"


def latest_day(case: OpenCase) -> date:
    """The day on which the outcome was known."""
    outcome = case.application.outcome
    return case.there(outcome.at).date() if outcome else case.today


def unmarked(markdown: str) -> str:
    """Words of ours as they are read, without what makes Markdown show them as typed."""
    return UNESCAPED.sub(r"\1", markdown.replace(JOINER, ""))


def outcome_line(outcome: Outcome, case: OpenCase) -> str:
    """What came of it, and when."""
    came = case.there(outcome.at).date()
    return f"{RESULTS[outcome.result]}, {day(came, case.today)}."


def reopen_label(outcome: Outcome, company: str) -> str:
    """The label of the button that takes an outcome back."""
    return f"Take back the offer from {company}" if outcome.result == Result.OFFER else f"Reopen {company}"


def done_line(entry: Entry, case: OpenCase) -> str:
    """What was done, how and when: "Thanked by email today at 16:10."."""
    done = {
        EntryKind.THANK_YOU: "Thanked",
        EntryKind.CHECK_IN: "Checked in",
        EntryKind.ASK: "Asked",
        EntryKind.TELL_THEM: "Told them",
    }
    at = case.there(entry.at)
    by = f" {CHANNELS[entry.channel]}" if entry.channel else ""
    return f"{done.get(entry.kind, 'Done')}{by} {day(at.date(), case.today)} at {at:%H:%M}."


def day(when: date, today: date) -> str:
    """A day as people say it: today, tomorrow, Mon 9 Nov, with the year where it is another."""
    when = when.date() if isinstance(when, datetime) else when
    if when == today:
        return "today"
    if when == today + timedelta(days=1):
        return "tomorrow"
    if when == today - timedelta(days=1):
        return "yesterday"
    return plain_day(when, today)


@lru_cache(maxsize=1024)  # a page names the same few days again and again
def plain_day(when: date, today: date) -> str:
    """A day by its date, with the year where it is another."""
    year = "" if when.year == today.year else f" {when.year}"
    return f"{when:%a} {when.day} {when:%b}{year}"


def summary(today: Today) -> str:
    """One sentence that sums the day up."""
    if not today.cases:
        return "Nothing is entered yet."
    overdue, due = today.count(Status.OVERDUE), today.count(Status.DUE)
    if not overdue and not due:
        return f"Nothing is due today. {next_day_line(today)}".strip()
    counts = []
    if overdue:
        counts.append(f"{number(overdue)} {'is' if overdue == 1 else 'are'} overdue")
    if due:
        counts.append(f"{number(due)} {'is' if due == 1 else 'are'} due")
    noun = "application" if overdue + due == 1 else "applications"
    first = today.cases[0]
    begin = f" Begin with {as_typed(first.application.company)}." if overdue + due > 1 else ""
    return f"{number(overdue + due).capitalize()} {noun} to see to: {' and '.join(counts)}.{begin}"


def next_day_line(today: Today) -> str:
    """When the next step may be done, over all applications."""
    case = today.first_ahead()
    if case is None or case.plan.next is None:
        return ""
    return f"Next: {as_typed(case.application.company)}, {day(case.plan.next.opens, today.day)}."


def listed(parts: list[str]) -> str:
    """Parts of a sentence as a list: one, two and three."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def number(count: int) -> str:
    """A small number in words."""
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return small[count] if count < len(small) else str(count)


def source_line(source: Source) -> str:
    """A source with what kind of ground it is, and where it can be read."""
    link = f" [Read it]({source.url})" if source.url and "/" in source.url.removeprefix("https://") else ""
    return f"{GROUNDS[source.kind]} {as_typed(source.title.removesuffix('.'))}{where_in(source)}.{link}"


def where_in(source: Source) -> str:
    """The year of a source, where its title does not say it, and the paragraph."""
    year = f" ({source.year})" if source.year and str(source.year) not in source.title else ""
    return f"{year}, paragraph {source.paragraph}" if source.paragraph else year
