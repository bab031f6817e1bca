"""What the rules have in common: a pair of days with its reason, and the state that follows from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from afterword.domain.facts import Facts, has_come
from afterword.domain.step import State, Step


@dataclass(frozen=True, slots=True)
class Dates:
    """The first day a step may be done, the day it is due, and the rule that set both."""

    opens: date
    due: date
    reason: str


def state_by_dates(
    facts: Facts, opens: date, overdue_at: datetime | None, *, before: State = State.UPCOMING
) -> State:
    """The state of a step that is neither done nor ended; `before` is what it is until it opens."""
    if facts.today < opens:
        return before
    if overdue_at is not None and has_come(overdue_at, facts.now):
        return State.OVERDUE
    return State.OPEN


def cancelled(step: Step, rule: str) -> Step:
    """The step, ended by that rule."""
    return replace(step, state=State.CANCELLED, ended_by=rule)


def missed(step: Step, rule: str) -> Step:
    """The step, too late by that rule."""
    return replace(step, state=State.MISSED, ended_by=rule)
