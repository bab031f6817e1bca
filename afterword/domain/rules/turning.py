"""Turning points: a rival offer, an offer, a no, any other end, and a step that is skipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from afterword.domain.facts import Facts, PlacedEntry, people_of
from afterword.domain.model import EntryKind, Outcome, Result, StepKind
from afterword.domain.rules.timing import cancelled, state_by_dates
from afterword.domain.rules.waiting import Wait, offer_told, use_their_channel
from afterword.domain.step import TO_DO, State, Step, StepChannel, step_id

ALWAYS = datetime.min.replace(tzinfo=UTC)
FROM_OUTCOME = frozenset({"answer-offer", "thank-after-no"})


def tell_about_offer(facts: Facts) -> tuple[Step, ...]:
    """Tell them of a rival offer by the last working day before its deadline, or today. Grounds: O.

    Opens when the offer came, today where that is not known; never overdue; cancelled after the deadline.
    """
    offer = facts.application.rival_offer
    if offer is None or offer.deadline is None:
        return ()
    before = facts.workdays.nth_before(offer.deadline, facts.number("tell-about-offer", "days_before"))
    opens = facts.moment(offer.at).date() if offer.at else facts.today
    address, told = use_their_channel(facts), offer_told(facts)
    step = Step(
        id=step_id(StepKind.TELL_THEM),
        kind=StepKind.TELL_THEM,
        channel=address.channel,
        to=address.to,
        opens=opens,
        due=max(before, facts.today),
        state=State.DONE if told else state_by_dates(facts, opens, None),
        reason="tell-about-offer",
        entry=told[-1].entry if told else None,
    )
    over = step.state != State.DONE and last_known_day(facts) > offer.deadline
    return (cancelled(step, "tell-about-offer") if over else step,)


def last_known_day(facts: Facts) -> date:
    """Today, or the day of the outcome: what passes after that changes nothing."""
    return facts.moment(facts.outcome.at).date() if facts.outcome else facts.today


def answer_offer(facts: Facts) -> tuple[Step, ...]:
    """Answer an offer by the day they named, else thank them and ask by when on the next working day. Grounds: I."""
    outcome = facts.outcome
    if outcome is None or outcome.result != Result.OFFER:
        return ()
    came = facts.moment(outcome.at).date()
    due = outcome.answer_by or facts.workdays.nth_after(came, facts.number("answer-offer", "due_after"))
    overdue_at, address = facts.after_day(due), use_their_channel(facts)
    return (
        Step(
            id=step_id(StepKind.ANSWER_OFFER),
            kind=StepKind.ANSWER_OFFER,
            channel=address.channel,
            to=address.to,
            opens=came,
            due=due,
            overdue_at=overdue_at,
            state=state_by_dates(facts, came, overdue_at),
            reason="answer-offer",
        ),
    )


def thank_after_no(facts: Facts) -> tuple[Step, ...]:
    """One optional thank-you by email on the day of a rejection, if a round had ended; never overdue. Grounds: O."""
    came = facts.rejected_at
    return (thanks_for_a_no(came, facts),) if came is not None else ()


def thanks_for_a_no(came: datetime, facts: Facts) -> Step:
    """The thank-you itself: done by one logged since, let go after the 5th working day."""
    thanked = [entry.entry for entry in facts.of_kind(EntryKind.THANK_YOU) if entry.at > came]
    last_day = facts.workdays.nth_after(came.date(), facts.number("thank-after-no", "until_after"))
    step = Step(
        id=step_id(StepKind.THANK_YOU),
        kind=StepKind.THANK_YOU,
        channel=StepChannel.EMAIL,
        to=use_their_channel(facts).to,
        opens=came.date(),
        due=came.date(),
        state=State.DONE if thanked else State.OPEN,
        reason="thank-after-no",
        entry=thanked[-1] if thanked else None,
    )
    over = not thanked and facts.today > last_day
    return cancelled(step, "thank-after-no") if over else step


def outcome_ends(step: Step, outcome: Outcome | None) -> Step:
    """A step not done, missed ones too, cancelled by the outcome: an offer leaves its answer, a no its thanks.

    What was cancelled before keeps the rule that did it. Grounds: I.
    """
    if outcome is None or step.state in {State.DONE, State.CANCELLED}:
        return step
    if step.reason in FROM_OUTCOME:
        return step
    return cancelled(step, "answer-offer" if outcome.result == Result.OFFER else "outcome-ends")


def offer_overrides(step: Step, tell_them: tuple[Step, ...]) -> Step:
    """A check-in that could be made now, cancelled while they are still to be told of an offer. Grounds: O."""
    telling = any(other.state == State.OPEN for other in tell_them)
    could_be_made = step.kind == StepKind.CHECK_IN and step.state in TO_DO
    return cancelled(step, "tell-about-offer") if telling and could_be_made else step


def skipped(step: Step, facts: Facts, wait: Wait | None) -> Step:
    """A step not done, cancelled where a skip was logged for it. Grounds: I."""
    if step.state == State.DONE:
        return step
    skips = (s.entry for s in facts.of_kind(EntryKind.SKIP) if skip_means(s, step, facts, wait))
    skip = next(skips, None)
    return replace(cancelled(step, "skipped"), entry=skip) if skip else step


def skip_means(skip: PlacedEntry, step: Step, facts: Facts, wait: Wait | None) -> bool:
    """Whether a skip means this step: its kind, its person, and its round or its time."""
    if skip.entry.step != step.kind or ended_before(skip, step, facts):
        return False
    named = facts.round_meant(skip)
    if named is not None and step.kind in {StepKind.ASK, StepKind.THANK_YOU}:
        fits = named.round is step.round
    else:
        fits = skip.at >= since_when(step, facts, wait)
    return fits and names_its_person(skip, step, facts)


def names_its_person(skip: PlacedEntry, step: Step, facts: Facts) -> bool:
    """Whether it names the step's person, or nobody. Of other steps there is one: there only another bars it."""
    if skip.to is None or step.to is None:
        return True
    round = next((r for r in facts.rounds if r.round is step.round), None)
    if step.kind == StepKind.THANK_YOU and round is not None:
        return any(met is step.to for met in round.met(skip))
    return skip.names(step.to) or not any(skip.names(p) for p in people_of(facts.application))


def ended_before(skip: PlacedEntry, step: Step, facts: Facts) -> bool:
    """Whether the outcome had ended the step before it was skipped."""
    if facts.outcome is None or step.reason in FROM_OUTCOME:
        return False
    return skip.at > facts.moment(facts.outcome.at)


def since_when(step: Step, facts: Facts, wait: Wait | None) -> datetime:
    """The moment from which a skip may mean this step: those of an earlier round, wait or offer are spent."""
    if step.kind in {StepKind.CHECK_IN, StepKind.MOVE_ON} and wait is not None:
        return wait.started
    if step.kind == StepKind.THANK_YOU and step.round is not None:
        return next(r.ended_at for r in facts.rounds if r.round is step.round)
    if step.reason in {"thank-after-no", "answer-offer"} and facts.outcome is not None:
        return facts.moment(facts.outcome.at)
    offer = facts.application.rival_offer
    if step.kind == StepKind.TELL_THEM and offer is not None and offer.at is not None:
        return facts.moment(offer.at)
    return ALWAYS
