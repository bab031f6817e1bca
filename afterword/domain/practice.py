"""Practice: which scenario comes next, and when one comes back. Derived from the answers, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from afterword.domain.handbook import Handbook
from afterword.domain.model import StepKind
from afterword.domain.plan import make_plan
from afterword.domain.scenario import WAIT, Named, NextKind, Scenario
from afterword.domain.step import STILL_AHEAD, TO_DO, Plan, Step, StepChannel
from afterword.domain.workdays import Workdays

MOST_ANSWERS = 2_000  # the latest that are kept of one owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to a scenario, given at an aware moment; without a scenario, that practice was begun anew.

    One that was taken back stays, marked, and never counts.
    """

    id: str
    at: datetime
    scenario: str | None = None
    option: str | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one scenario stands. `returns` counts those since the last wrong answer; `due` is the day of the next."""

    right_at_first: bool
    returns: int = 0
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """A scenario that comes back, and from which day on in the owner's zone."""

    scenario: Scenario
    day: date


@dataclass(frozen=True, slots=True)
class Practice:
    """How practice stands on one day. `seen` counts the scenarios answered, `right` those right at first.

    `returning` is in the order of the days; `next` is None where nothing is left for that day.
    """

    today: date
    total: int
    seen: int
    right: int
    returning: tuple[Return, ...]
    next: Scenario | None


def practice_on(today: date, handbook: Handbook, answers: Iterable[Answer], zone: tzinfo) -> Practice:
    """How practice stands: what was answered wrong and is due again comes first, then what was never seen.

    Both in the order of the days, then of the file. Days are the owner's, in `zone`. That a wrong answer comes
    back spaced by days rests on Latimier 2021; which comes first is our own choice.
    """
    standings = standings_of(handbook, answers, zone)
    known = [
        (scenario, standings[scenario.id]) for scenario in handbook.scenarios if scenario.id in standings
    ]
    coming = [Return(scenario, standing.due) for scenario, standing in known if standing.due is not None]
    returning = tuple(sorted(coming, key=lambda one: one.day))
    again = (one.scenario for one in returning if one.day <= today)
    unseen = (scenario for scenario in handbook.scenarios if scenario.id not in standings)
    return Practice(
        today=today,
        total=len(handbook.scenarios),
        seen=len(known),
        right=sum(standing.right_at_first for _, standing in known),
        returning=returning,
        next=next((scenario for group in (again, unseen) for scenario in group), None),
    )


def standings_of(handbook: Handbook, answers: Iterable[Answer], zone: tzinfo) -> dict[str, Standing]:
    """Where each answered scenario stands, by its id.

    Answers to a scenario or with an option that is there no more are passed over.
    """
    scenarios = {scenario.id: scenario for scenario in handbook.scenarios}
    standings: dict[str, Standing] = {}
    for answer in since_begun_anew(answers):
        scenario = scenarios.get(answer.scenario or "")
        chosen = scenario.option(answer.option or "") if scenario else None
        if scenario and chosen:
            day = answer.at.astimezone(zone).date()
            standing = standings.get(scenario.id)
            standings[scenario.id] = after_answer(standing, chosen.right, day, handbook.returns_on(day))
    return standings


def since_begun_anew(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers that count, in the order of time: those since practice was last begun anew."""
    counting = [answer for answer in in_order(answers) if answer.withdrawn_at is None]
    begun = max((place for place, answer in enumerate(counting) if answer.scenario is None), default=-1)
    return tuple(counting[begun + 1 :])


def after_answer(before: Standing | None, right: bool, day: date, returns: tuple[int, ...]) -> Standing:
    """Where a scenario stands after an answer on that day; `returns` are the days until each return.

    1. A wrong answer lets it come back after the first of them, whatever was before. 2. One that is right at
    first does not return. 3. A right answer on its day or later moves it to the next return, and after the last
    it is done. 4. A right answer before its day changes nothing: remembered from yesterday, it shows little.
    The spacing rests on Latimier 2021, by which fixed and growing intervals hardly differ; 4 is our own choice.
    """
    first = right if before is None else before.right_at_first
    if not right:
        return Standing(first, 0, later(day, returns[:1]))
    if before is None or before.due is None:
        return before or Standing(first)
    if day < before.due:
        return before
    done = before.returns + 1
    return replace(before, returns=done, due=later(day, returns[done : done + 1]))


def later(day: date, days: tuple[int, ...]) -> date | None:
    """The day so many days on; None where no number is left."""
    return day + timedelta(days=days[0]) if days else None


def in_order(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers in the order of time, as every store keeps them."""
    return tuple(sorted(answers, key=lambda answer: (answer.at.astimezone(UTC), answer.id)))


def united(mine: Iterable[Answer], theirs: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers of both in the order of time, the latest that are kept; one that either took back is taken back.

    Of two moments at which it was taken back the first holds, so that whoever brings both together agrees.
    """
    both: dict[str, Answer] = {}
    for answer in (*theirs, *mine):
        other = both.get(answer.id, answer)
        moments = [one.withdrawn_at for one in (answer, other) if one.withdrawn_at]
        both[answer.id] = replace(answer, withdrawn_at=min(moments, default=None))
    return in_order(both.values())[-MOST_ANSWERS:]


# What the engine says to a scenario


def worked_out(scenario: Scenario, name: Named, handbook: Handbook) -> date | StepChannel | NextKind | None:
    """What the plan made from a scenario's facts says: a day, a channel, or the kind of what can be done next.

    None where the plan has no such step, so that a scenario cannot disagree with the rules.
    """
    application = scenario.application
    plan = make_plan(application, scenario.now, handbook, Workdays(application.country), "UTC")
    if name == "kind":
        return plan.next.kind if plan.next and plan.next.state in TO_DO else WAIT
    step = step_asked(plan, scenario.of)
    value: date | StepChannel | None = getattr(step, name) if step else None
    return value


def step_asked(plan: Plan, kind: StepKind | None) -> Step | None:
    """The first step of that kind that is not over, the plan's next one where no kind is named."""
    if kind is None:
        return plan.next
    return next((s for s in plan.steps if s.kind == kind and s.state in TO_DO | STILL_AHEAD), None)
