"""What a plan comes to where nobody answers: each step in its turn, done on the first day it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from afterword.domain.entries import entry_for
from afterword.domain.facts import end_of, read_facts, zone_named
from afterword.domain.handbook import Handbook
from afterword.domain.model import Application, StepKind
from afterword.domain.plan import make_plan
from afterword.domain.step import Plan, Step
from afterword.domain.workdays import Workdays

MORNING = time(9)
A_MOMENT = timedelta(microseconds=1)
LAST = frozenset({StepKind.MOVE_ON, StepKind.ANSWER_OFFER})


def if_silent(
    application: Application, now: datetime, handbook: Handbook, workdays: Workdays, zone: str = "UTC"
) -> Iterator[Step]:
    """Each step that the plan puts next from `now` on, if every one is done once it may be and nobody answers.

    Each step stands as it is planned when the one before it was done; the last is the one that closes.
    """
    there, told = zone_named(application.zone or zone), set[str]()
    while True:
        step = make_plan(application, now, handbook, workdays, zone).next
        if step is None:
            ahead = read_facts(application, now, handbook, workdays, zone).rounds_ahead
            if not ahead:
                return
            now = ahead[0].ended_at
            continue
        if step.id in told:
            return
        yield step
        if step.kind in LAST:
            return
        told.add(step.id)
        now = max(now, datetime.combine(step.opens, MORNING, there))
        application = replace(application, log=(*application.log, entry_for(step, now)))


class StageKind(StrEnum):
    """What a stretch of a worked example is for."""

    INTERVIEW = "interview"
    THANK_YOU = "thank_you"
    QUIET = "quiet"
    PROMISED = "promised"
    CHECK_IN = "check_in"
    SECOND_CHECK_IN = "second_check_in"
    MOVE_ON = "move_on"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stretch of days, both ends among them, dates in the application's zone.

    `step` is the plan's step that sets them, None for what they themselves set.
    """

    kind: StageKind
    begins: date
    ends: date
    step: Step | None = None


def stages(
    example: Application, handbook: Handbook, workdays: Workdays, zone: str = "UTC"
) -> tuple[Stage, ...]:
    """A worked example from the end of its last interview to moving on, as the rules' own numbers make it."""
    there = zone_named(example.zone or zone)
    ended = max(end_of(round, there, 17) for round in example.rounds)
    plan = make_plan(example, ended, handbook, workdays, zone)
    steps = if_silent(example, ended, handbook, workdays, zone)
    found = [Stage(StageKind.INTERVIEW, ended.date(), ended.date()), *waits(plan, ended.date())]
    checks = 0
    for step in steps:
        checks += step.kind == StepKind.CHECK_IN
        found.append(stage_of(step, second=checks > 1))
    order = list(StageKind)
    return tuple(sorted(found, key=lambda stage: order.index(stage.kind)))


def waits(plan: Plan, day: date) -> Iterator[Stage]:
    """The quiet period from that day on, and the date they named."""
    if plan.quiet_until is not None:
        held = next(step for step in plan.steps if step.kind == StepKind.CHECK_IN)
        yield Stage(StageKind.QUIET, day, plan.quiet_until, held)
    if plan.date_in_force is not None:
        yield Stage(StageKind.PROMISED, plan.date_in_force, plan.date_in_force)


def stage_of(step: Step, *, second: bool) -> Stage:
    """The days of a step: from the first on which it may be done to the last on which it is not late."""
    kind = StageKind.SECOND_CHECK_IN if second and step.kind == StepKind.CHECK_IN else StageKind(step.kind)
    last = (step.overdue_at - A_MOMENT).date() if step.overdue_at else step.due
    return Stage(kind, step.opens, last, step)
