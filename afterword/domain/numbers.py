"""What can be counted about one's own search. Nothing is claimed as cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from afterword.domain.facts import end_of, placed, zone_named
from afterword.domain.model import Application, EntryKind, Result, StepKind
from afterword.domain.step import Plan, State

FEW = 5
ANSWERS = frozenset({Result.OFFER, Result.REJECTED})


@dataclass(frozen=True, slots=True)
class Numbers:
    """Thank-yous sent, those of them within their time, and how many days each answer took, fewest first."""

    thanks_sent: int
    thanks_on_time: int
    days_to_answers: tuple[int, ...]

    @property
    def usual_days(self) -> float | None:
        """The median of the days until an answer; None where there are too few to say."""
        return median(self.days_to_answers) if len(self.days_to_answers) >= FEW else None


def numbers_of(cases: Iterable[tuple[Application, Plan, datetime]], hour: int) -> Numbers:
    """The numbers over all applications with their plans for the moments given, each in its application's zone."""
    sent = on_time = 0
    days: list[int] = []
    for application, plan, now in cases:
        for step in plan.steps:
            if step.kind == StepKind.THANK_YOU and step.state == State.DONE and step.entry is not None:
                sent += 1
                on_time += (
                    step.overdue_at is None
                    or placed(step.entry.at, zone_named(str(now.tzinfo))) < step.overdue_at
                )
        days += days_until_answers(application, now, hour)
    return Numbers(sent, on_time, tuple(sorted(days)))


def days_until_answers(application: Application, now: datetime, hour: int) -> list[int]:
    """For each interview that was answered, the days from its end to the first answer after it."""
    zone = zone_named(str(now.tzinfo))
    ends = sorted(end_of(round, zone, hour) for round in application.rounds)
    answers = sorted(answered_at(application, now))
    found = []
    for end, following in zip(ends, (*ends[1:], now), strict=False):
        first = next(
            (placed(at, zone) for at in answers if end <= placed(at, zone) <= max(following, end)), None
        )
        if first is not None:
            found.append((first.date() - end.date()).days)
    return found


def answered_at(application: Application, now: datetime) -> list[datetime]:
    """When they were heard from: replies, and an outcome that is theirs to say."""
    zone = zone_named(str(now.tzinfo))
    replies = [
        placed(e.at, zone) for e in application.log if e.kind == EntryKind.REPLY and e.withdrawn_at is None
    ]
    outcome = application.outcome
    if outcome is not None and outcome.result in ANSWERS:
        replies.append(placed(outcome.at, zone))
    return [at for at in replies if at <= now]
