"""Which should I use? What a few quick answers say of an application, so that its plan can answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from afterword.domain.model import Application, Contact, Promise, PromisedChannel, Round, StepKind, ThanksBy
from afterword.domain.promises import Answer, date_of
from afterword.domain.step import Step
from afterword.domain.workdays import DAY, Workdays

NOT_NAMED = "their company"
KNOWN = "known"


class Reach(StrEnum):
    """What the person has to reach them by."""

    EMAIL = "email"
    PHONE = "phone"
    BOTH = "both"
    NEITHER = "neither"


class Since(StrEnum):
    """How long ago the interview was."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    SOME_DAYS = "some_days"
    A_WEEK = "a_week"
    TWO_WEEKS = "two_weeks"
    A_MONTH = "a_month"
    ON_A_DAY = "on_a_day"
    AHEAD = "ahead"


ABOUT_SO_MANY_DAYS = {Since.SOME_DAYS: 3, Since.A_WEEK: 7, Since.TWO_WEEKS: 14, Since.A_MONTH: 28}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered so far; None is a question still open. `day` and `reply_by` are dates chosen exactly."""

    channel: PromisedChannel | None = None
    reach: Reach | None = None
    since: Since | None = None
    said: Answer | None = None
    day: date | None = None
    reply_by: date | None = None


def day_of(answers: Answers, today: date, workdays: Workdays) -> date | None:
    """The day of the interview; "about a week ago" means a working day. None while that is open. Grounds: I."""
    since = answers.since
    if since == Since.ON_A_DAY:
        return answers.day
    if since == Since.AHEAD:
        return workdays.nth_after(today, 1)
    if since in ABOUT_SO_MANY_DAYS:
        return workdays.nth_before(today - (ABOUT_SO_MANY_DAYS[since] - 1) * DAY, 1)
    return {Since.TODAY: today, Since.YESTERDAY: today - DAY}.get(since) if since else None


def promise_of(answers: Answers, day: date, workdays: Workdays) -> Promise:
    """What they said, with the date that the answer becomes; without one nothing is known of whether they were asked."""
    exact = answers.reply_by if answers.said == Answer.ON_A_DATE else None
    reply_by = exact or (date_of(answers.said, day, workdays) if answers.said else None)
    return Promise(asked=True if reply_by else None, reply_by=reply_by, channel=answers.channel)


def contact_of(reach: Reach | None) -> Contact | None:
    """Somebody who can be reached by what the person has; nobody where that is nothing."""
    if reach in {None, Reach.NEITHER}:
        return None
    email = KNOWN if reach in {Reach.EMAIL, Reach.BOTH} else None
    phone = KNOWN if reach in {Reach.PHONE, Reach.BOTH} else None
    return Contact(name="your contact", email=email, phone=phone)


def draft(answers: Answers, now: datetime, workdays: Workdays) -> Application | None:
    """The application that the answers describe at `now`, a moment where the person is.

    None while nobody said when the interview was: then no day can be reckoned.
    """
    day = day_of(answers, now.date(), workdays)
    if day is None:
        return None
    round = Round(
        label="Interview",
        ended_at=now if day == now.date() else day,
        thanks_by=ThanksBy.PHONE if answers.reach == Reach.PHONE else ThanksBy.EMAIL,
        promise=promise_of(answers, day, workdays),
    )
    return Application(company=NOT_NAMED, rounds=(round,), contact=contact_of(answers.reach))


def rules_behind(step: Step | None) -> tuple[str, ...]:
    """The ids of the rules that answer when and by which channel: the one that set the days, and that of the channel.

    Without a step the interview lies ahead, and what there was to ask is answered.
    """
    if step is None:
        return ("ask-when-and-how",)
    by = "use-their-channel" if step.kind in {StepKind.CHECK_IN, StepKind.TELL_THEM} else None
    channel = "any-channel-counts" if step.kind == StepKind.THANK_YOU else by
    return (step.reason, channel) if channel else (step.reason,)
