"""After a round: one thank-you for each person, by the channel chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from afterword.domain.facts import Facts, PlacedEntry, PlacedRound, hours_later
from afterword.domain.model import Contact, EntryKind, Round, RoundKind, StepKind, ThanksBy
from afterword.domain.rules.timing import Dates, missed, state_by_dates
from afterword.domain.step import TO_DO, State, Step, StepChannel, step_id

CHANNELS = {by: StepChannel(by.value) for by in ThanksBy}


def thank_yous(facts: Facts) -> tuple[Step, ...]:
    """The thank-yous of every round that has ended: the written ones, then the calls, by rounds and people."""
    thanked = any_channel_counts(facts)
    steps = [
        thank_you(round, person, ordinal, facts, thanked)
        for round in facts.ended_rounds
        for person, ordinal in numbered(one_each(round))
    ]
    return tuple(sorted(steps, key=lambda step: step.channel == StepChannel.PHONE))


def one_each(round: PlacedRound) -> tuple[Contact | None, ...]:
    """Whom to thank: each interviewer; nobody recorded, the round as a whole, an assessment not. Grounds: O."""
    if round.round.interviewers:
        return round.round.interviewers
    return () if round.round.kind == RoundKind.ASSESSMENT else (None,)


def numbered(people: tuple[Contact | None, ...]) -> Iterator[tuple[Contact | None, int]]:
    """Each person with 1, or more for those who share id and name with somebody before them."""
    seen = Counter[str]()
    for person in people:
        called = (person.id or person.name) if person else ""
        seen[called] += 1
        yield person, seen[called]


def thank_you(
    round: PlacedRound, person: Contact | None, ordinal: int, facts: Facts, thanked: tuple[Thanks, ...]
) -> Step:
    """The step to thank one person of a round (None: the round), by the channel chosen for it."""
    channel = channel_of_thanks(round, person)
    dates, overdue_at = when_to_thank(round, channel, facts)
    done = [thanks.entry.entry for thanks in thanked if thanks.covers(round, person)]
    before = State.WITHHELD if channel == StepChannel.PHONE else State.UPCOMING
    return Step(
        id=step_id(StepKind.THANK_YOU, round.reference, person, ordinal),
        kind=StepKind.THANK_YOU,
        channel=channel,
        to=person,
        round=round.round,
        opens=dates.opens,
        due=dates.due,
        overdue_at=overdue_at,
        state=State.DONE if done else state_by_dates(facts, dates.opens, overdue_at, before=before),
        reason=dates.reason,
        entry=done[-1] if done else None,
    )


def channel_of_thanks(round: PlacedRound, person: Contact | None) -> StepChannel:
    """The channel chosen for the round; of several people only those with a known number are called."""
    chosen = round.round.thanks_by or ThanksBy.EMAIL
    several = len(round.round.interviewers) > 1
    if chosen == ThanksBy.PHONE and several and not (person and person.phone):
        return StepChannel.EMAIL
    return CHANNELS[chosen]


def when_to_thank(round: PlacedRound, channel: StepChannel, facts: Facts) -> tuple[Dates, datetime]:
    """The days of a thank-you, and the moment at which it becomes overdue."""
    if channel == StepChannel.PHONE:
        return call_next_day(round, facts)
    return email_at_once(round, facts)


def email_at_once(round: PlacedRound, facts: Facts) -> tuple[Dates, datetime]:
    """Due the day the round ended, overdue when 24 hours have elapsed; post likewise. Grounds: A15, A16, O."""
    hours = facts.number("email-at-once", "overdue_after")
    return Dates(round.day, round.day, "email-at-once"), hours_later(round.ended_at, hours)


def call_next_day(round: PlacedRound, facts: Facts) -> tuple[Dates, datetime]:
    """A call opens and is due on the next working day, overdue once it is over. Grounds: A17, A18, I."""
    day = facts.workdays.nth_after(round.day, facts.number("call-next-day", "opens_after"))
    return Dates(day, day, "call-next-day"), facts.after_day(day)


@dataclass(frozen=True, slots=True)
class Thanks:
    """A logged thank-you with the round it belongs to."""

    entry: PlacedEntry
    round: PlacedRound

    def covers(self, round: PlacedRound, person: Contact | None) -> bool:
        """Whether it thanks this person: naming nobody it thanks everyone, and a round of nobody takes any."""
        if round is not self.round:
            return False
        if self.entry.to is None or person is None:
            return True
        return any(met is person for met in round.met(self.entry))


def any_channel_counts(facts: Facts) -> tuple[Thanks, ...]:
    """The logged thank-yous, by whatever channel, each with its round. Grounds: A22, O."""
    entries = (e for e in facts.of_kind(EntryKind.THANK_YOU) if not belongs_to_a_no(e, facts))
    found = ((entry, round_thanked(entry, facts)) for entry in entries)
    return tuple(Thanks(entry, round) for entry, round in found if round is not None)


def belongs_to_a_no(entry: PlacedEntry, facts: Facts) -> bool:
    """Whether it was logged after a rejection: then it answers that one and counts for nothing else."""
    came = facts.rejected_at
    return came is not None and entry.at > came


def round_thanked(entry: PlacedEntry, facts: Facts) -> PlacedRound | None:
    """The round a thank-you is for: the one it names, else by the person it names, else by its time."""
    if entry.entry.round is not None:
        return facts.round_meant(entry)
    return round_with_person(entry, facts) or round_by_time(entry, facts)


def round_with_person(entry: PlacedEntry, facts: Facts) -> PlacedRound | None:
    """The latest round with the person it names that had ended by then, else that person's first of that day."""
    theirs = [r for r in facts.rounds if r.met(entry)]
    ended = [r for r in theirs if r.ended_at <= entry.at]
    return ended[-1] if ended else next((r for r in theirs if r.day == entry.day), None)


def round_by_time(entry: PlacedEntry, facts: Facts) -> PlacedRound | None:
    """The latest round that had ended by then, but the first of that day where none of its day had."""
    ended = [r for r in facts.rounds if r.ended_at <= entry.at]
    if not any(r.day == entry.day for r in ended):
        later_that_day = next((r for r in facts.rounds if r.day == entry.day), None)
        return later_that_day or (ended[-1] if ended else None)
    return ended[-1]


def thanks_lapse(step: Step, facts: Facts, check_ins: tuple[PlacedEntry, ...], opened: Round | None) -> Step:
    """An overdue thank-you, missed once something later has taken its place. Grounds: I.

    `check_ins` are all that were ever made; `opened` is the round whose check-in has opened, if one has.
    """
    round = next((r for r in facts.ended_rounds if r.round is step.round), None)
    if step.state != State.OVERDUE or round is None:
        return step
    last_day = facts.workdays.nth_after(step.due, facts.number("thanks-lapse", "after"))
    lapsed = (
        facts.today > last_day
        or opened is round.round
        or any(later.ended_at > round.ended_at for later in facts.ended_rounds)
        or any(check_in.at >= round.ended_at for check_in in check_ins)
    )
    return missed(step, "thanks-lapse") if lapsed else step


def post_looks_dated(steps: tuple[Step, ...]) -> bool:
    """Whether a thank-you by post is still to be sent. Grounds: A13, A22, O."""
    return any(
        s.kind == StepKind.THANK_YOU and s.channel == StepChannel.POST and s.state in TO_DO for s in steps
    )


def last_thanks_due(round: PlacedRound, facts: Facts) -> Dates | None:
    """The days of the round's last thank-you, None where it has none."""
    dates = [when_to_thank(round, channel_of_thanks(round, p), facts)[0] for p in one_each(round)]
    return max(dates, key=lambda d: d.due, default=None)
