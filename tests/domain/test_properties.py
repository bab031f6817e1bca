"""What holds of every plan, whatever the application."""

from dataclasses import replace
from datetime import UTC, date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from afterword.domain.entries import entry_for
from afterword.domain.model import Entry, EntryKind, Promise, Result, StepKind
from afterword.domain.problems import problems_of
from afterword.domain.step import TO_DO, State, Status
from afterword.formats.application_json import dump_application, parse_application
from afterword.formats.plan_json import plan_as_json
from tests.domain.strategies import entries, moment_of, outcomes, promised_situations, situations

checked = settings(deadline=None, max_examples=100)
ENTERED = {StepKind.THANK_YOU, StepKind.CHECK_IN, StepKind.ASK, StepKind.TELL_THEM}


def check_ins(plan):
    return {step.id: step for step in plan.steps if step.kind == StepKind.CHECK_IN}


def known_log(situation, kind):
    """The entries of that kind that count now, by time, with the moment of each."""
    log = [(moment_of(e.at, situation.there), e) for e in situation.application.log if e.kind == kind]
    kept = [(at, entry) for at, entry in log if at <= situation.now and entry.withdrawn_at is None]
    return sorted(kept, key=lambda pair: pair[0])


def givers(situation):
    """Whoever may have given the date in force: the latest ended round, then the replies since."""
    ends = [(moment_of(r.ended_at, situation.there), r) for r in situation.application.rounds]
    ended = sorted((pair for pair in ends if pair[0] <= situation.now), key=lambda pair: pair[0])
    if not ended:
        return []
    replies = [(at, e) for at, e in known_log(situation, EntryKind.REPLY) if at >= ended[-1][0]]
    assume(len({at for at, _ in replies}) == len(replies))  # of two replies of one moment none is the last
    assume(len({at for at, _ in ended}) == len(ended))
    return [ended[-1], *replies]


def giver_of_date(situation):
    """The round or reply whose date is in force, or None."""
    giver = None
    for at, said in givers(situation):
        if said.promise and said.promise.reply_by:
            giver = said
        elif giver and giver.promise.reply_by < at.date():
            giver = None
    return giver


def nothing_happens_just_now(situation):
    """No outcome of this very moment, and no rival offer expected later today: there what is logged now is too early."""
    offer, outcome, there = situation.application.rival_offer, situation.application.outcome, situation.there
    came = outcome is None or moment_of(outcome.at, there) != situation.now
    known = not offer or not hasattr(offer.at, "hour") or moment_of(offer.at, there) <= situation.now
    return came and known


def with_other(items, old, new):
    return tuple(new if item is old else item for item in items)


def with_later_promise(situation, giver, days):
    promise = replace(giver.promise, reply_by=giver.promise.reply_by + timedelta(days=days))
    moved, application = replace(giver, promise=promise), situation.application
    return situation.changed(
        rounds=with_other(application.rounds, giver, moved), log=with_other(application.log, giver, moved)
    )


def rewritten(application, time):
    """The application with every time of day put through `time`."""
    offer, outcome = application.rival_offer, application.outcome
    return replace(
        application,
        rounds=tuple(replace(r, ended_at=time(r.ended_at)) for r in application.rounds),
        log=tuple(replace(entry, at=time(entry.at)) for entry in application.log),
        rival_offer=offer and replace(offer, at=offer.at and time(offer.at)),
        outcome=outcome and replace(outcome, at=time(outcome.at)),
    )


@checked
@given(situations())
def test_the_situations_tried_here_are_all_valid_applications(situation):
    assert problems_of(situation.application, situation.zone) == ()


@checked
@given(promised_situations())
def test_no_check_in_opens_on_or_before_a_promised_date_in_force(situation):
    giver = giver_of_date(situation)
    assume(giver is not None)
    assert all(step.opens > giver.promise.reply_by for step in check_ins(situation.plan()).values())


@checked
@given(situations())
def test_logging_a_step_never_leaves_the_same_step_open(situation):
    assume(nothing_happens_just_now(situation))
    to_do = [step for step in situation.plan().steps if step.state in TO_DO and step.kind in ENTERED]
    for step in to_do:
        after = situation.logged(entry_for(step, situation.now)).plan()
        assert [s for s in after.steps if s.id == step.id and s.state in TO_DO] == []


@checked
@given(situations())
def test_skipping_a_step_never_leaves_the_same_step_open(situation):
    assume(nothing_happens_just_now(situation))
    for step in situation.plan().steps:
        skip = Entry(
            kind=EntryKind.SKIP,
            step=step.kind,
            at=situation.now,
            to=(step.to.id or step.to.name) if step.to else None,
            round=(step.round.id or step.round.label) if step.round else None,
        )
        after = situation.logged(skip).plan()
        assert [s for s in after.steps if s.id == step.id and s.state in TO_DO] == []


@checked
@given(promised_situations(), st.integers(1, 20))
def test_moving_the_promised_date_later_never_brings_a_check_in_forward(situation, days):
    giver = giver_of_date(situation)
    assume(giver is not None)
    before = check_ins(situation.plan())
    after = check_ins(with_later_promise(situation, giver, days).plan())
    assert before.keys() == after.keys()
    assert all(after[id].opens >= step.opens for id, step in before.items())


@checked
@given(situations(), st.randoms(use_true_random=False))
def test_the_order_in_which_entries_are_stored_does_not_matter(situation, random):
    log = list(situation.application.log)
    random.shuffle(log)
    assert situation.changed(log=tuple(log)).plan() == situation.plan()


@checked
@given(
    situations(),
    st.permutations([Promise(), Promise(reply_by=date(2031, 1, 1)), Promise(reply_by=date(2032, 1, 1))]),
)
def test_replies_of_one_moment_are_read_alike_in_whatever_order_they_are_stored(situation, promises):
    def heard(promise):
        return Entry(kind=EntryKind.REPLY, at=situation.now, promise=promise)

    in_one_order = situation.logged(*map(heard, promises)).plan()
    assert in_one_order == situation.logged(*map(heard, reversed(promises))).plan()


@checked
@given(situations())
def test_every_application_gets_a_plan_and_exactly_the_first_status_that_holds(situation):
    plan = situation.plan()
    outcome = situation.application.outcome
    known = outcome is not None and moment_of(outcome.at, situation.there) <= situation.now
    replied = known and any(
        at > moment_of(outcome.at, situation.there) for at, _ in known_log(situation, EntryKind.REPLY)
    )
    lifted = known and outcome.result == Result.NO_ANSWER and replied
    rounds = situation.application.rounds
    ahead = [r for r in rounds if moment_of(r.ended_at, situation.there) > situation.now]
    holds = {
        Status.CLOSED: known and not lifted and outcome.result != Result.OFFER,
        Status.OVERDUE: any(s.state == State.OVERDUE for s in plan.steps),
        Status.DUE: any(s.state == State.OPEN and s.kind != StepKind.ASK for s in plan.steps),
        Status.QUIET: any(s.state == State.WITHHELD and s.kind == StepKind.CHECK_IN for s in plan.steps),
        Status.UPCOMING: bool(ahead),
        Status.NEW: not rounds,
        Status.AWAITING_REPLY: True,
    }
    assert plan.status == next(status for status in Status if holds[status])
    assert plan.next is None or plan.next in plan.steps


@checked
@given(situations(), st.data())
def test_a_fact_learned_later_changes_nothing_before(situation, data):
    day = situation.now.astimezone(situation.there).date()
    labels = [r.label for r in situation.application.rounds]
    later = situation.now + timedelta(minutes=data.draw(st.integers(1, 40_000)))
    entry = replace(data.draw(entries(day, situation.there, labels)), at=later, promise=None)
    assert situation.logged(entry).plan() == situation.plan()
    if situation.application.outcome is None:
        outcome = replace(data.draw(outcomes(day, situation.there)), at=later)
        assert situation.changed(outcome=outcome).plan() == situation.plan()


@checked
@given(situations())
def test_step_ids_are_unique_within_a_plan(situation):
    ids = [step.id for step in situation.plan().steps]
    assert len(set(ids)) == len(ids)


@checked
@given(situations())
def test_a_withdrawn_entry_is_as_if_never_made(situation):
    kept = tuple(entry for entry in situation.application.log if entry.withdrawn_at is None)
    assert situation.changed(log=kept).plan() == situation.plan()


@checked
@given(situations())
def test_dumping_and_parsing_an_application_gives_an_equal_one(situation):
    assert parse_application(dump_application(situation.application), situation.zone) == situation.application


@checked
@given(situations())
def test_quiet_until_lies_the_day_before_the_withheld_check_in_opens(situation):
    plan = situation.plan()
    withheld = [step.opens for step in check_ins(plan).values() if step.state == State.WITHHELD]
    assert [plan.quiet_until] == ([opens - timedelta(days=1) for opens in withheld] or [None])


@checked
@given(situations(with_outcome=True))
def test_a_closed_application_has_no_step_overdue(situation):
    since = max(situation.now, moment_of(situation.application.outcome.at, situation.there))
    plan = replace(situation, now=since).plan()
    assume(plan.status == Status.CLOSED)
    assert {step.state for step in plan.steps} <= {State.DONE, State.CANCELLED, State.OPEN}
    assert {step.reason for step in plan.steps if step.state == State.OPEN} <= {"thank-after-no"}


@checked
@given(situations(naive=True))
def test_times_without_an_offset_equal_the_same_times_with_the_zones_offset(situation):
    def placed(when):
        return when.replace(tzinfo=situation.there).astimezone(UTC) if hasattr(when, "hour") else when

    aware = replace(situation, application=rewritten(situation.application, placed))
    assert plan_as_json(aware.plan()) == plan_as_json(situation.plan())


@checked
@given(situations(), st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York"]))
def test_the_zone_in_which_now_is_told_does_not_matter(situation, name):
    zone = replace(situation, application=replace(situation.application, zone=name)).there
    assert replace(situation, now=situation.now.astimezone(zone)).plan() == situation.plan()
