"""Quick answers to "when did they say you would hear?", and the dates they become."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from afterword.domain.model import Promise
from afterword.domain.workdays import Workdays

WEEK = timedelta(weeks=1)
SATURDAY_FROM_MONDAY = timedelta(days=5)


class Answer(StrEnum):
    """What people remember of what was said."""

    A_DAY = "a_day"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    TWO_WEEKS = "two_weeks"
    ON_A_DATE = "on_a_date"
    NOBODY_SAID = "nobody_said"
    DID_NOT_ASK = "did_not_ask"


def date_of(answer: Answer, day: date, workdays: Workdays) -> date | None:
    """The date that an answer given on `day` becomes, never before it; None where it names none. Grounds: I."""
    if answer == Answer.A_DAY:
        return workdays.nth_after(day, 1)
    if answer == Answer.THIS_WEEK:
        return end_of_week(day, workdays)
    if answer == Answer.NEXT_WEEK:
        return end_of_week(day + WEEK, workdays)
    if answer == Answer.TWO_WEEKS:
        return max(day, workdays.nth_before(day + 2 * WEEK + timedelta(days=1), 1))
    return None


def end_of_week(day: date, workdays: Workdays) -> date:
    """The last working day of that day's week; of a weekend's, the week that follows."""
    monday = day - timedelta(days=day.weekday())
    last = workdays.nth_before(monday + SATURDAY_FROM_MONDAY, 1)
    return last if last >= day else end_of_week(monday + WEEK, workdays)


def promise_for(answer: Answer | None, reply_by: date | None) -> Promise | None:
    """What to keep of an answer: "I did not ask" is kept as such, no answer at all as nothing."""
    if answer is None:
        return None
    if answer == Answer.DID_NOT_ASK:
        return Promise(asked=False)
    return Promise(asked=True, reply_by=reply_by)
