"""After the thanks: how long to keep quiet, when to check in, and when to move on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from afterword.domain.facts import Facts, PlacedEntry, PlacedRound
from afterword.domain.model import Contact, EntryKind, PromisedChannel, StepKind
from afterword.domain.rules.thanking import last_thanks_due
from afterword.domain.rules.timing import Dates, cancelled, missed, state_by_dates
from afterword.domain.step import State, Step, StepChannel, step_id


@dataclass(frozen=True, slots=True)
class Wait:
    """The time from the end of the latest round, or from the latest reply after it, until you may check in."""

    round: PlacedRound
    started: datetime
    date_in_force: date | None
    quiet_since: date
    check_ins: tuple[PlacedEntry, ...]

    def not_before_promise(self, day: date) -> date:
        """That day, or the date in force if it is later."""
        return max(day, self.date_in_force or day)


@dataclass(frozen=True, slots=True)
class Address:
    """By which channel a message goes, and to whom."""

    channel: StepChannel
    to: Contact | None


def latest_round(facts: Facts) -> PlacedRound | None:
    """The round that waits and check-ins belong to: the latest that has ended. Grounds: I."""
    return facts.ended_rounds[-1] if facts.ended_rounds else None


def replies_since(round: PlacedRound, facts: Facts) -> tuple[PlacedEntry, ...]:
    """The replies heard after a round, earliest first."""
    return tuple(e for e in facts.of_kind(EntryKind.REPLY) if e.at >= round.ended_at)


def reply_resets(facts: Facts) -> Wait | None:
    """The wait that runs now: each reply ends one and starts the next; None before any round. Grounds: I."""
    round = latest_round(facts)
    if round is None:
        return None
    replies = replies_since(round, facts)
    started = replies[-1].at if replies else round.ended_at
    asks = (e.at for e in facts.of_kind(EntryKind.ASK) if e.at >= started)
    return Wait(
        round=round,
        started=started,
        date_in_force=date_in_force(round, replies),
        quiet_since=max(asks, default=started).date(),
        check_ins=one_a_day(e for e in check_ins_made(facts) if e.at >= started),
    )


def date_in_force(round: PlacedRound, replies: tuple[PlacedEntry, ...]) -> date | None:
    """The date given last; a reply that names none ends one that had passed by then. Grounds: A7, I."""
    promise = round.round.promise
    day = promise.reply_by if promise else None
    for reply in replies:
        given = reply.entry.promise.reply_by if reply.entry.promise else None
        if given is not None:
            day = given
        elif day is not None and day < reply.day:
            day = None
    return day


def check_ins_made(facts: Facts) -> tuple[PlacedEntry, ...]:
    """Every check-in logged; word of a rival offer, given since it came, counts as one. Grounds: O."""
    told = offer_told(facts)
    return tuple(e for e in facts.entries if e.kind == EntryKind.CHECK_IN or e in told)


def offer_told(facts: Facts) -> tuple[PlacedEntry, ...]:
    """The entries that told them about the rival offer since it came."""
    offer = facts.application.rival_offer
    if offer is None or offer.deadline is None:
        return ()
    told = facts.of_kind(EntryKind.TELL_THEM)
    if offer.at is None:
        return told
    return tuple(e for e in told if e.at >= facts.moment(offer.at))


def one_a_day(entries: Iterable[PlacedEntry]) -> tuple[PlacedEntry, ...]:
    """The first entry of each day: check-ins of one day count as one. Grounds: O."""
    days: dict[date, PlacedEntry] = {}
    for entry in entries:
        days.setdefault(entry.day, entry)
    return tuple(days.values())


def check_in_dates(wait: Wait, facts: Facts) -> Dates:
    """The days of the first check-in, by whichever rule sets them."""
    by_promise = check_in_after_promise(wait, facts)
    return thanks_first(by_promise or no_date_wait(wait, facts), wait, facts)


def check_in_after_promise(wait: Wait, facts: Facts) -> Dates | None:
    """Opens on the next working day after the date in force, due on the 2nd. Grounds: A7, A19 (calls), I, O."""
    rule, after = "check-in-after-promise", wait.date_in_force
    if after is None:
        return None
    return working_days_after(after, rule, facts)


def no_date_wait(wait: Wait, facts: Facts) -> Dates:
    """Opens on the 5th working day after the last word between you, due on the 7th. Grounds: O."""
    return working_days_after(wait.quiet_since, "no-date-wait", facts)


def working_days_after(day: date, rule: str, facts: Facts) -> Dates:
    """The days that the rule's `opens_after` and `due_after` give, counted in working days."""
    opens = facts.workdays.nth_after(day, facts.number(rule, "opens_after"))
    return Dates(opens, facts.workdays.nth_after(day, facts.number(rule, "due_after")), rule)


def thanks_first(dates: Dates, wait: Wait, facts: Facts) -> Dates:
    """No check-in opens before the working day after the last thank-you of its round was due. Grounds: I."""
    thanks = last_thanks_due(wait.round, facts)
    if thanks is None:
        return dates
    earliest = facts.workdays.nth_after(thanks.due, facts.number("thanks-first", "after"))
    if earliest <= dates.opens:
        return dates
    return Dates(earliest, max(dates.due, earliest), "thanks-first")


def second_check_in(first: Dates, wait: Wait, facts: Facts) -> Dates:
    """Opens on the 5th working day after the first one made, due on the 7th, never before the first. Grounds: O."""
    dates = working_days_after(wait.check_ins[0].day, "second-check-in", facts)
    opens = max(dates.opens, first.opens)
    return replace(dates, opens=opens, due=max(dates.due, opens))


def use_their_channel(facts: Facts) -> Address:
    """The channel they named last, else email unless only a number is known; and whom to. Grounds: A6, O."""
    people = reachable_people(facts)
    named = channel_named_last(facts)
    only_phone = any(p.phone for p in people) and not any(p.email for p in people)
    usual = StepChannel.PHONE if only_phone else StepChannel.EMAIL
    channel = named or usual
    reached = (p for p in people if (p.email if channel == StepChannel.EMAIL else p.phone))
    return Address(channel, next(reached, None) or next(iter(people), None))


def reachable_people(facts: Facts) -> tuple[Contact, ...]:
    """The contact, then the interviewers of the latest round."""
    contact, round = facts.application.contact, latest_round(facts)
    return (*((contact,) if contact else ()), *(round.round.interviewers if round else ()))


def channel_named_last(facts: Facts) -> StepChannel | None:
    """The channel they named last, in the latest round or a reply since; None unless email or phone."""
    round = latest_round(facts)
    replies = replies_since(round, facts) if round else facts.of_kind(EntryKind.REPLY)
    promises = [round.round.promise if round else None, *(reply.entry.promise for reply in replies)]
    named = [promise.channel for promise in promises if promise and promise.channel]
    usable = {PromisedChannel.EMAIL: StepChannel.EMAIL, PromisedChannel.PHONE: StepChannel.PHONE}
    return usable.get(named[-1]) if named else None


def check_ins(wait: Wait, facts: Facts) -> tuple[Step, ...]:
    """The first check-in of the wait and, once that is made, the second. There is no third. Grounds: O."""
    address, first = use_their_channel(facts), check_in_dates(wait, facts)
    steps = [check_in(1, first, address, wait, facts)]
    if wait.check_ins:
        steps.append(check_in(2, second_check_in(first, wait, facts), address, wait, facts))
    return tuple(steps)


def check_in(ordinal: int, dates: Dates, address: Address, wait: Wait, facts: Facts) -> Step:
    """One check-in of the wait, with the state that its dates give it."""
    overdue_at = facts.after_day(dates.due)
    before = State.WITHHELD if ordinal == 1 else State.UPCOMING
    step = Step(
        id=step_id(StepKind.CHECK_IN, wait.round.reference, ordinal=ordinal),
        kind=StepKind.CHECK_IN,
        channel=address.channel,
        to=address.to,
        round=wait.round.round,
        opens=dates.opens,
        due=dates.due,
        overdue_at=overdue_at,
        state=state_by_dates(facts, dates.opens, overdue_at, before=before),
        reason=dates.reason,
    )
    if len(wait.check_ins) >= ordinal:
        return replace(step, state=State.DONE, entry=wait.check_ins[ordinal - 1].entry)
    given_up = step.state == State.OVERDUE and facts.today >= given_up_on(step, facts)
    return missed(step, "move-on") if given_up else step


def given_up_on(check_in: Step, facts: Facts) -> date:
    """The day on which a check-in that was never made is given up. Grounds: I."""
    return facts.workdays.nth_after(check_in.due, facts.number("move-on", "given_up_after"))


def move_on(wait: Wait, check_ins: tuple[Step, ...], facts: Facts) -> tuple[Step, ...]:
    """The step to mark it "no answer" and keep searching, once its day is known; never overdue. Grounds: O, I."""
    dates = move_on_dates(wait, check_ins[-1], facts)
    if dates is None:
        return ()
    return (
        Step(
            id=step_id(StepKind.MOVE_ON, wait.round.reference),
            kind=StepKind.MOVE_ON,
            round=wait.round.round,
            opens=dates.opens,
            due=dates.due,
            state=state_by_dates(facts, dates.opens, None),
            reason=dates.reason,
        ),
    )


def move_on_dates(wait: Wait, last: Step, facts: Facts) -> Dates | None:
    """After the last check-in: made, skipped, or given up; None while it is still to be made."""
    if last.state == State.DONE:
        return days_after_the_last(wait, wait.check_ins[1].day, "move-on", facts)
    if last.ended_by == "skipped" and last.entry is not None:
        return days_after_the_last(wait, facts.moment(last.entry.at).date(), "skipped", facts)
    if last.state == State.MISSED:
        day = given_up_on(last, facts)
        return Dates(day, day, "move-on")
    return None


def days_after_the_last(wait: Wait, day: date, rule: str, facts: Facts) -> Dates:
    """So many working days after that day or the date in force, whichever is later."""
    day = facts.workdays.nth_after(wait.not_before_promise(day), facts.number(rule, "after"))
    return Dates(day, day, rule)


def round_ahead_is_the_answer(step: Step, facts: Facts) -> Step:
    """A check-in or move_on, cancelled while a later round lies ahead. Grounds: I (`latest-round`)."""
    if not facts.rounds_ahead or step.state == State.DONE or step.ended_by == "skipped":
        return step
    return cancelled(step, "latest-round")
