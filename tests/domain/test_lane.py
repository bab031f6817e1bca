"""A lane: what happened on which day, and which days are for keeping quiet or for checking in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings

from afterword.domain.lane import Mark, MarkKind, Span, SpanKind, apart, lane_of
from afterword.domain.model import Entry, EntryKind, Outcome, Result, Round, StepKind
from afterword.domain.plan import make_plan
from afterword.domain.workdays import Workdays
from tests.desk.cast import FERNBRIDGE, HANDBOOK, PANEL, PROMISE, at, entry, with_round
from tests.domain.strategies import moment_of, situations

INTERVIEW, PROMISED, REPLY, CHECK_IN, OUTCOME = (
    MarkKind.INTERVIEW,
    MarkKind.PROMISED,
    MarkKind.REPLY,
    MarkKind.CHECK_IN,
    MarkKind.OUTCOME,
)
checked = settings(deadline=None, max_examples=200)


def lane_at(application, moment, zone="UTC", country=None):
    now = at(moment) if isinstance(moment, str) else moment
    workdays = Workdays(application.country or country)
    plan = make_plan(application, now, HANDBOOK, workdays, zone)
    return lane_of(application, plan, now, HANDBOOK, workdays, zone)


def nov(day):
    return date(2026, 11, day)


def marks(lane):
    return [(mark.kind, mark.day.day) for mark in lane.marks]


def spans(lane):
    return [(span.kind.value, span.begins.day, span.ends.day) for span in lane.spans]


def with_log(*log, **changes):
    return replace(FERNBRIDGE, log=log, **changes)


def closed(result, moment, **changes):
    return replace(FERNBRIDGE, outcome=Outcome(result=result, at=at(moment)), **changes)


# One application


def test_after_an_interview_with_a_promise_it_is_quiet_until_the_day_after_the_weekend():
    lane = lane_at(FERNBRIDGE, "2026-11-03 16:10")
    assert lane.marks == (Mark(INTERVIEW, nov(3)), Mark(PROMISED, nov(6)))
    assert lane.spans == (Span(SpanKind.QUIET, nov(3), nov(8)), Span(SpanKind.WINDOW, nov(9), nov(10)))
    assert set(lane.days) == {nov(3), nov(6), nov(8), nov(9), nov(10)}


def test_without_a_promise_a_few_working_days_are_quiet():
    lane = lane_at(with_round(promise=None), "2026-11-03 16:10")
    assert marks(lane) == [(INTERVIEW, 3)]
    assert spans(lane) == [("quiet", 3, 9), ("window", 10, 13)]  # Veterans Day counts for nothing


def test_a_reply_begins_the_wait_anew():
    lane = lane_at(with_log(entry(EntryKind.REPLY, at("2026-11-09 10:00"))), "2026-11-09 12:00")
    assert marks(lane) == [(INTERVIEW, 3), (REPLY, 9)]  # the date they named has passed and is no more
    assert spans(lane) == [("quiet", 9, 16), ("window", 17, 19)]


def test_a_reply_with_another_date_moves_the_mark_of_the_promise():
    later = entry(EntryKind.REPLY, at("2026-11-05 10:00"), promise=replace(PROMISE, reply_by=nov(13)))
    lane = lane_at(with_log(later), "2026-11-05 12:00")
    assert marks(lane) == [(INTERVIEW, 3), (REPLY, 5), (PROMISED, 13)]
    assert spans(lane) == [("quiet", 5, 15), ("window", 16, 17)]


def test_a_check_in_that_was_made_opens_a_second_window():
    lane = lane_at(with_log(entry(EntryKind.CHECK_IN, at("2026-11-10 10:00"))), "2026-11-10 12:00")
    assert marks(lane) == [(INTERVIEW, 3), (PROMISED, 6), (CHECK_IN, 10)]
    assert spans(lane) == [("quiet", 3, 8), ("window", 9, 10), ("window", 18, 20)]


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        ("2026-11-03 15:30", [("quiet", 3, 3)]),
        ("2026-11-05 10:00", [("quiet", 3, 5)]),
        ("2026-11-09 10:00", [("quiet", 3, 8), ("window", 9, 9)]),
        ("2026-11-20 10:00", [("quiet", 3, 8), ("window", 9, 10)]),
    ],
)
@pytest.mark.parametrize("result", [Result.REJECTED, Result.WITHDRAWN, Result.NO_ANSWER, Result.OFFER])
def test_every_span_ends_with_the_outcome(result, moment, left):
    lane = lane_at(closed(result, moment), "2026-11-20 12:00")
    assert (OUTCOME, int(moment[8:10])) in marks(lane)
    assert spans(lane) == left


def test_an_outcome_that_is_not_known_yet_neither_stands_there_nor_ends_anything():
    unknown = closed(Result.REJECTED, "2026-11-05 10:00")
    assert lane_at(unknown, "2026-11-04 12:00") == lane_at(FERNBRIDGE, "2026-11-04 12:00")


def test_a_round_ahead_is_marked_and_leaves_no_days_to_wait():
    final = Round(label="Final", ended_at=at("2026-11-12 15:00"))
    lane = lane_at(replace(FERNBRIDGE, rounds=(PANEL, final)), "2026-11-04 12:00")
    assert marks(lane) == [(INTERVIEW, 3), (PROMISED, 6), (INTERVIEW, 12)]
    assert lane.spans == ()
    assert spans(lane_at(replace(FERNBRIDGE, rounds=(PANEL, final)), "2026-11-12 16:00"))[0][:2] == (
        "quiet",
        12,
    )


def test_an_application_without_an_interview_has_an_empty_lane():
    lane = lane_at(replace(FERNBRIDGE, rounds=()), "2026-11-03 16:10")
    assert (lane.marks, lane.spans, lane.days) == ((), (), ())


def test_what_was_taken_back_is_not_shown():
    taken_back = [
        replace(entry(kind, at("2026-11-05 10:00")), withdrawn_at=at("2026-11-05 11:00"))
        for kind in EntryKind
        if kind != EntryKind.SKIP
    ]
    assert lane_at(with_log(*taken_back), "2026-11-06 12:00") == lane_at(FERNBRIDGE, "2026-11-06 12:00")


def test_notes_questions_and_skips_leave_no_mark_and_word_of_another_offer_looks_like_a_check_in():
    silent = (entry(EntryKind.NOTE, at("2026-11-04 10:00")), entry(EntryKind.ASK, at("2026-11-04 11:00")))
    assert marks(lane_at(with_log(*silent), "2026-11-05 12:00")) == [(INTERVIEW, 3), (PROMISED, 6)]
    told = with_log(entry(EntryKind.TELL_THEM, at("2026-11-04 10:00")))
    assert (CHECK_IN, 4) in marks(lane_at(told, "2026-11-05 12:00"))


def test_a_check_in_that_was_skipped_is_no_days_to_wait_for():
    skip = Entry(kind=EntryKind.SKIP, step=StepKind.CHECK_IN, at=at("2026-11-09 10:00"))
    assert lane_at(with_log(skip), "2026-11-09 12:00").spans == ()


def test_a_day_is_a_day_where_the_application_is():
    tokyo = replace(with_round(ended_at=at("2026-11-03 23:00"), promise=None), zone="Asia/Tokyo")
    assert marks(lane_at(tokyo, "2026-11-04 00:10"))[0] == (INTERVIEW, 4)
    nowhere = replace(FERNBRIDGE, zone=None)
    assert marks(lane_at(nowhere, "2026-11-04 00:10", "Pacific/Kiritimati"))[0] == (INTERVIEW, 4)


def test_a_round_of_which_only_the_day_is_known_stands_on_it():
    assert marks(lane_at(with_round(ended_at=nov(3), promise=None), "2026-11-05 12:00")) == [(INTERVIEW, 3)]


# Several marks of one day


def test_marks_of_one_day_have_places_and_those_of_one_kind_are_one():
    busy = with_log(
        entry(EntryKind.THANK_YOU, at("2026-11-03 15:10"), to="Ada Okafor"),
        entry(EntryKind.THANK_YOU, at("2026-11-03 15:20"), to="Jo Lind"),
        entry(EntryKind.REPLY, at("2026-11-03 15:30")),
    )
    lane = lane_at(busy, "2026-11-03 16:10")
    assert lane.marks == (
        Mark(INTERVIEW, nov(3), 0, 3),
        Mark(MarkKind.THANK_YOU, nov(3), 1, 3),
        Mark(REPLY, nov(3), 2, 3),
        Mark(PROMISED, nov(6), 0, 1),
    )


def test_marks_come_by_day_and_those_of_one_day_in_the_order_of_their_kinds():
    found = [(nov(5), kind) for kind in reversed(MarkKind)] + [(nov(4), OUTCOME)]
    told = apart(found)
    assert [mark.day for mark in told] == [nov(4), *[nov(5)] * len(MarkKind)]
    assert [mark.kind for mark in told[1:]] == list(MarkKind)
    assert [mark.place for mark in told[1:]] == list(range(len(MarkKind)))
    assert apart([]) == ()


# Every application


def lane_in(situation):
    return lane_at(situation.application, situation.now, situation.zone, situation.country)


def known_log(situation):
    """The entries that count now, each with its day."""
    placed = [(moment_of(e.at, situation.there), e) for e in situation.application.log]
    return [(when, e) for when, e in placed if when <= situation.now and e.withdrawn_at is None]


def known_outcome(situation):
    """When the outcome came, if it counts now."""
    outcome = situation.application.outcome
    came = moment_of(outcome.at, situation.there) if outcome else None
    if came is None or came > situation.now:
        return None
    replied = any(e.kind == EntryKind.REPLY and when > came for when, e in known_log(situation))
    return None if outcome.result == Result.NO_ANSWER and replied else came


def days_of(situation, kind):
    return {when.date() for when, e in known_log(situation) if e.kind == kind}


@checked
@given(situations())
def test_every_mark_lies_where_the_facts_say_and_none_is_missing(situation):
    came = known_outcome(situation)
    named = situation.plan().date_in_force
    expected = {
        INTERVIEW: {moment_of(r.ended_at, situation.there).date() for r in situation.application.rounds},
        MarkKind.THANK_YOU: days_of(situation, EntryKind.THANK_YOU),
        PROMISED: {named} if named else set(),
        CHECK_IN: days_of(situation, EntryKind.CHECK_IN) | days_of(situation, EntryKind.TELL_THEM),
        REPLY: days_of(situation, EntryKind.REPLY),
        OUTCOME: {came.date()} if came else set(),
    }
    lane = lane_in(situation)
    assert {kind: {m.day for m in lane.marks if m.kind == kind} for kind in MarkKind} == expected
    assert len({(m.kind, m.day) for m in lane.marks}) == len(lane.marks)


@checked
@given(situations())
def test_the_marks_of_a_day_fill_its_places_one_each(situation):
    lane = lane_in(situation)
    assert [m.day for m in lane.marks] == sorted(m.day for m in lane.marks)
    for day in {mark.day for mark in lane.marks}:
        of_day = [mark for mark in lane.marks if mark.day == day]
        assert [mark.place for mark in of_day] == list(range(len(of_day)))
        assert {mark.of_day for mark in of_day} == {len(of_day)}


@checked
@given(situations())
def test_spans_begin_and_end_where_the_plan_says_and_never_end_before_they_begin(situation):
    lane, plan, came = lane_in(situation), situation.plan(), known_outcome(situation)
    assert all(span.begins <= span.ends for span in lane.spans)
    assert [span.begins for span in lane.spans] == sorted(span.begins for span in lane.spans)
    if came:
        assert all(span.ends <= came.date() for span in lane.spans)
    quiet = [span for span in lane.spans if span.kind == SpanKind.QUIET]
    checks = [step for step in plan.steps if step.kind == StepKind.CHECK_IN]
    assert quiet in ([], list(lane.spans[:1]))
    for span in quiet:
        ended = [moment_of(r.ended_at, situation.there) for r in situation.application.rounds]
        last = max(when for when in ended if when <= situation.now)
        replies = [w for w, e in known_log(situation) if e.kind == EntryKind.REPLY and w >= last]
        assert span.begins == max([last, *replies]).date()
        assert span.ends == min(checks[0].opens - timedelta(days=1), came.date() if came else date.max)
    for span in lane.spans[len(quiet) :]:
        assert span.kind == SpanKind.WINDOW
        days = {(s.opens, min(s.due, came.date() if came else date.max)) for s in checks}
        assert (span.begins, span.ends) in days


@checked
@given(situations())
def test_a_quiet_period_that_runs_ends_on_the_day_until_which_the_plan_is_quiet(situation):
    plan = situation.plan()
    if plan.quiet_until is not None:
        (quiet, *_) = lane_in(situation).spans
        assert (quiet.kind, quiet.ends) == (SpanKind.QUIET, plan.quiet_until)


@checked
@given(situations())
def test_while_a_round_lies_ahead_no_days_to_wait_are_shown(situation):
    ended = [moment_of(r.ended_at, situation.there) for r in situation.application.rounds]
    made = [step for step in situation.plan().steps if step.kind == StepKind.CHECK_IN and step.entry]
    if any(when > situation.now for when in ended) and not made:
        assert lane_in(situation).spans == ()


@checked
@given(situations())
def test_a_lane_is_the_same_wherever_now_is_told_from(situation):
    assert lane_in(situation) == lane_in(replace(situation, now=situation.now.astimezone(UTC)))
    assert all(type(day) is date and not isinstance(day, datetime) for day in lane_in(situation).days)
