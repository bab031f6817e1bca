"""What a chart shows of one application: its quiet period, its check-in windows, and what happened when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from afterword.domain.facts import Facts, read_facts
from afterword.domain.handbook import Handbook
from afterword.domain.model import Application, EntryKind, StepKind
from afterword.domain.step import Plan, State, Step
from afterword.domain.workdays import DAY, Workdays


class MarkKind(StrEnum):
    """What happened, or will."""

    INTERVIEW = "interview"
    THANK_YOU = "thank_you"
    PROMISED = "promised"
    CHECK_IN = "check_in"
    REPLY = "reply"
    OUTCOME = "outcome"


class SpanKind(StrEnum):
    """What some days are for."""

    QUIET = "quiet"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on one day, a date in the application's zone; of the marks of one day it is the `place`-th."""

    kind: MarkKind
    day: date
    place: int = 0
    of_day: int = 1


@dataclass(frozen=True, slots=True)
class Span:
    """Some days, both ends among them, dates in the application's zone."""

    kind: SpanKind
    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class Lane:
    """One application's lane, earliest first."""

    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """Every day on which something begins, ends or stands."""
        return (*(m.day for m in self.marks), *(d for s in self.spans for d in (s.begins, s.ends)))


KINDS = {
    EntryKind.THANK_YOU: MarkKind.THANK_YOU,
    EntryKind.CHECK_IN: MarkKind.CHECK_IN,
    EntryKind.TELL_THEM: MarkKind.CHECK_IN,
    EntryKind.REPLY: MarkKind.REPLY,
}


def lane_of(
    application: Application, plan: Plan, now: datetime, handbook: Handbook, workdays: Workdays, zone: str
) -> Lane:
    """The lane of an application as it is known at `now`, an aware moment; `zone` stands in where none is named."""
    facts = read_facts(application, now, handbook, workdays, zone)
    return Lane(tuple(spans_of(plan, facts)), apart(marks_of(plan, facts)))


def marks_of(plan: Plan, facts: Facts) -> list[tuple[date, MarkKind]]:
    """What happened and what was promised, without order."""
    found = [(round.day, MarkKind.INTERVIEW) for round in facts.rounds]
    found += [(entry.day, KINDS[entry.kind]) for entry in facts.entries if entry.kind in KINDS]
    if plan.date_in_force is not None:
        found.append((plan.date_in_force, MarkKind.PROMISED))
    if facts.outcome is not None:
        found.append((facts.moment(facts.outcome.at).date(), MarkKind.OUTCOME))
    return found


def apart(found: list[tuple[date, MarkKind]]) -> tuple[Mark, ...]:
    """The marks in order, those of one kind and day once, those of one day told apart by their places."""
    order = list(MarkKind)
    by_day: dict[date, list[MarkKind]] = {}
    for day, kind in sorted(set(found), key=lambda one: (one[0], order.index(one[1]))):
        by_day.setdefault(day, []).append(kind)
    return tuple(
        Mark(kind, day, place, len(kinds))
        for day, kinds in by_day.items()
        for place, kind in enumerate(kinds)
    )


def spans_of(plan: Plan, facts: Facts) -> list[Span]:
    """The quiet period of the wait that runs, and the days in which a check-in is due."""
    checks = [step for step in plan.steps if step.kind == StepKind.CHECK_IN and counts(step, facts)]
    begins = waiting_since(facts)
    if not checks or begins is None:
        return []
    end = facts.moment(facts.outcome.at).date() if facts.outcome else None
    quiet = Span(SpanKind.QUIET, begins, earlier(checks[0].opens - DAY, end))
    windows = (Span(SpanKind.WINDOW, step.opens, earlier(step.due, end)) for step in checks)
    return [span for span in (quiet, *windows) if span.begins <= span.ends]


def counts(step: Step, facts: Facts) -> bool:
    """Whether a check-in belongs on the lane: not one that a later round or a skip has cancelled."""
    if step.state != State.CANCELLED:
        return True
    return facts.outcome is not None and not facts.rounds_ahead and step.ended_by != "skipped"


def waiting_since(facts: Facts) -> date | None:
    """The day on which the wait began: of the latest interview that is over, or of the latest reply after it."""
    ended = [round.ended_at for round in facts.ended_rounds]
    if not ended:
        return None
    replies = [entry.at for entry in facts.of_kind(EntryKind.REPLY) if entry.at >= ended[-1]]
    return max([ended[-1], *replies]).date()


def earlier(day: date, end: date | None) -> date:
    """The day, or the end where that comes first."""
    return min(day, end) if end is not None else day
