"""The heart: an application, what was done so far and the moment go in, a plan comes out."""

from __future__ import annotations

from datetime import UTC, date, datetime

from afterword.domain.facts import Facts, has_come, read_facts
from afterword.domain.handbook import Handbook
from afterword.domain.model import Application, Result, StepKind
from afterword.domain.rules.asking import ask_when_and_how
from afterword.domain.rules.thanking import post_looks_dated, thank_yous, thanks_lapse
from afterword.domain.rules.turning import (
    answer_offer,
    offer_overrides,
    outcome_ends,
    skipped,
    tell_about_offer,
    thank_after_no,
)
from afterword.domain.rules.waiting import (
    Wait,
    check_ins,
    check_ins_made,
    move_on,
    reply_resets,
    round_ahead_is_the_answer,
)
from afterword.domain.step import STILL_AHEAD, TO_DO, Plan, State, Status, Step
from afterword.domain.workdays import DAY, Workdays


def make_plan(
    application: Application, now: datetime, handbook: Handbook, workdays: Workdays, zone: str = "UTC"
) -> Plan:
    """The plan at `now`, an aware moment; `zone` stands in where the application names none.

    1. Read the facts known by now. 2. Let each rule say its steps, in the rules' order.
    3. End those that a skip, an outcome, a later round or a rival offer ends. 4. Sum up.
    """
    facts = read_facts(application, now, handbook, workdays, zone)
    wait = reply_resets(facts)
    checks = check_ins(wait, facts) if wait else ()
    turns = turning(facts, wait)
    steps = (
        *asking(facts, wait),
        *thanks(facts, wait, checks),
        *waiting(facts, wait, checks, turns),
        *turns,
    )
    ended = tuple(outcome_ends(step, facts.outcome) for step in steps)
    return Plan(
        status=status_of(ended, facts),
        steps=ended,
        next=next_step(ended),
        quiet_until=quiet_until(ended),
        date_in_force=wait.date_in_force if wait else None,
        advisories=("post-looks-dated",) if post_looks_dated(ended) else (),
        holds_until=holds_until(ended, facts),
    )


def holds_until(steps: tuple[Step, ...], facts: Facts) -> datetime:
    """The first moment after now at which the plan may be another one, if nothing is written down till then.

    What rules compare with now are days, which change at midnight, and these moments. Whatever compares
    another one has to name it here.
    """
    ends = (step.overdue_at for step in steps if step.overdue_at is not None)
    turns = (*facts.to_be_known, *(end for end in ends if not has_come(end, facts.now)))
    return min(turn.astimezone(UTC) for turn in (facts.after_day(facts.today), *turns))


def asking(facts: Facts, wait: Wait | None) -> tuple[Step, ...]:
    """The questions to ask in rounds ahead, skipped where they are."""
    return tuple(skipped(step, facts, wait) for step in ask_when_and_how(facts))


def thanks(facts: Facts, wait: Wait | None, checks: tuple[Step, ...]) -> tuple[Step, ...]:
    """The thank-yous of all rounds, lapsed or skipped where they are."""
    opened = [step.round for step in checks[:1] if step.opens <= facts.today and not facts.rounds_ahead]
    made, round = check_ins_made(facts), next(iter(opened), None)
    lapsed = (thanks_lapse(step, facts, made, round) for step in thank_yous(facts))
    return tuple(skipped(step, facts, wait) for step in lapsed)


def waiting(
    facts: Facts, wait: Wait | None, checks: tuple[Step, ...], turns: tuple[Step, ...]
) -> tuple[Step, ...]:
    """The check-ins of the wait that runs and what follows them, ended where a skip, round or offer does."""
    if wait is None:
        return ()
    checks = tuple(skipped(step, facts, wait) for step in checks)
    moves = tuple(skipped(step, facts, wait) for step in move_on(wait, checks, facts))
    telling = () if facts.outcome else turns
    overridden = (offer_overrides(step, telling) for step in checks)
    return tuple(round_ahead_is_the_answer(step, facts) for step in (*overridden, *moves))


def turning(facts: Facts, wait: Wait | None) -> tuple[Step, ...]:
    """The steps of turning points, skipped where they are."""
    steps = (*tell_about_offer(facts), *answer_offer(facts), *thank_after_no(facts))
    return tuple(skipped(step, facts, wait) for step in steps)


def status_of(steps: tuple[Step, ...], facts: Facts) -> Status:
    """The first status that holds."""
    checks = (
        (Status.CLOSED, facts.outcome is not None and facts.outcome.result != Result.OFFER),
        (Status.OVERDUE, any(s.state == State.OVERDUE for s in steps)),
        (Status.DUE, any(s.state == State.OPEN and s.kind != StepKind.ASK for s in steps)),
        (Status.QUIET, quiet_until(steps) is not None),
        (Status.UPCOMING, bool(facts.rounds_ahead)),
        (Status.NEW, not facts.rounds),
    )
    return next((status for status, holds in checks if holds), Status.AWAITING_REPLY)


def next_step(steps: tuple[Step, ...]) -> Step | None:
    """What to do next: the earliest due of what can be done, asking last; else the first to open."""
    to_do = [s for s in steps if s.state in TO_DO]
    pressing = [s for s in to_do if s.kind != StepKind.ASK] or to_do
    if pressing:
        return min(pressing, key=lambda s: (s.due, s.opens))
    return min((s for s in steps if s.state in STILL_AHEAD), key=lambda s: s.opens, default=None)


def quiet_until(steps: tuple[Step, ...]) -> date | None:
    """The last day on which you do not chase; None where no check-in is withheld."""
    held = (s for s in steps if s.kind == StepKind.CHECK_IN and s.state == State.WITHHELD)
    first = next(held, None)
    return first.opens - DAY if first else None
