"""One's own numbers: what was sent in time, how long answers took, and nothing claimed of too little."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.model import Entry, EntryKind, Outcome, Result, Round, ThanksBy
from afterword.domain.numbers import FEW, Numbers, numbers_of
from afterword.domain.plan import make_plan
from afterword.domain.workdays import Workdays
from tests.desk.cast import ADA, FERNBRIDGE, HANDBOOK, PANEL, at, entry, with_round
from tests.domain.strategies import situations

HOUR = 17
NOTHING = Numbers(0, 0, ())
IN_TIME, LATE = at("2026-11-03 20:00"), at("2026-11-05 10:00")


def counted(*applications, moment="2026-12-20 12:00"):
    now = at(moment)
    plans = [make_plan(a, now, HANDBOOK, Workdays(a.country)) for a in applications]
    return numbers_of(((a, plan, now) for a, plan in zip(applications, plans, strict=True)), HOUR)


def thanked(moment, **more):
    return replace(FERNBRIDGE, log=(entry(EntryKind.THANK_YOU, moment, to="Ada Okafor", **more),))


def heard(*moments, **changes):
    return replace(FERNBRIDGE, log=tuple(entry(EntryKind.REPLY, at(m)) for m in moments), **changes)


def days(*applications, **more):
    return counted(*applications, **more).days_to_answers


# Thank-yous


def test_nothing_is_counted_where_nothing_was_done():
    assert counted() == NOTHING
    assert counted(FERNBRIDGE) == NOTHING
    assert NOTHING.usual_days is None


def test_thanks_within_their_time_are_told_from_late_ones():
    found = counted(thanked(IN_TIME), thanked(LATE), thanked(IN_TIME))
    assert (found.thanks_sent, found.thanks_on_time) == (3, 2)


def test_thanks_are_late_from_the_moment_at_which_their_step_is():
    thanks = next(s for s in make_plan(FERNBRIDGE, IN_TIME, HANDBOOK, Workdays("US")).steps)
    last = thanks.overdue_at
    assert counted(thanked(last - timedelta(minutes=1))).thanks_on_time == 1
    late = counted(thanked(last))
    assert (late.thanks_sent, late.thanks_on_time) == (1, 0)


def test_thanks_count_in_the_zone_they_were_written_down_in():
    assert counted(thanked(IN_TIME.astimezone(UTC))) == counted(thanked(IN_TIME))
    assert counted(thanked(IN_TIME.replace(tzinfo=None))) == counted(thanked(IN_TIME))


def test_each_person_thanked_counts_and_nobody_else():
    both = with_round(interviewers=(ADA, replace(ADA, name="Mei Tan", email=None)))
    log = [entry(EntryKind.THANK_YOU, IN_TIME, to=name) for name in ("Ada Okafor", "Mei Tan", "A stranger")]
    assert counted(replace(both, log=tuple(log))).thanks_sent == 2
    assert counted(replace(both, log=tuple(log[:1]))).thanks_sent == 1


def test_thanks_taken_back_skipped_or_still_to_come_do_not_count():
    skip = Entry(kind=EntryKind.SKIP, step="thank_you", at=IN_TIME, to="Ada Okafor")
    assert counted(thanked(IN_TIME, withdrawn_at=LATE)) == NOTHING
    assert counted(replace(FERNBRIDGE, log=(skip,))) == NOTHING
    assert counted(thanked(LATE), moment="2026-11-04 09:00") == NOTHING


def test_a_note_by_post_has_its_own_time():
    posted = with_round(thanks_by=ThanksBy.POST)
    step = make_plan(posted, at("2026-11-03 16:10"), HANDBOOK, Workdays("US")).steps[0]
    sent = replace(
        posted, log=(Entry(kind=EntryKind.THANK_YOU, at=IN_TIME, channel="post", to="Ada Okafor"),)
    )
    assert counted(sent).thanks_on_time == (step.overdue_at > IN_TIME)


# Days until an answer


def test_the_days_run_from_the_interview_to_the_first_answer_after_it():
    assert days(heard("2026-11-10 09:00")) == (7,)
    assert days(heard("2026-11-12 09:00", "2026-11-10 09:00")) == (7,)
    assert days(heard("2026-11-03 15:30")) == (0,)


def test_what_was_heard_before_the_interview_or_after_the_moment_is_no_answer_to_it():
    assert days(heard("2026-11-02 09:00", "2026-11-03 14:59")) == ()
    assert days(heard("2026-11-10 09:00"), moment="2026-11-09 09:00") == ()


def test_each_interview_has_its_own_answer():
    final = Round(label="Final", ended_at=at("2026-11-12 15:00"))
    two = {"rounds": (final, PANEL)}
    assert days(heard("2026-11-05 09:00", "2026-11-20 09:00", **two)) == (2, 8)
    assert days(heard("2026-11-20 09:00", **two)) == (8,)
    assert days(heard("2026-11-05 09:00", **two)) == (2,)


def test_an_interview_that_lies_ahead_was_not_answered():
    ahead = Round(label="Final", ended_at=at("2026-12-24 15:00"))
    assert days(heard("2026-11-05 09:00", rounds=(PANEL, ahead))) == (2,)
    assert days(heard("2026-11-05 09:00", rounds=(ahead,))) == ()


@pytest.mark.parametrize("result", Result)
def test_an_offer_and_a_no_are_answers_and_what_one_decides_oneself_is_none(result):
    outcome = Outcome(result=result, at=at("2026-11-13 09:00"))
    said = result in {Result.OFFER, Result.REJECTED}
    assert days(replace(FERNBRIDGE, outcome=outcome)) == ((10,) if said else ())
    assert days(replace(FERNBRIDGE, outcome=outcome), moment="2026-11-12 09:00") == ()


def test_a_reply_taken_back_and_anything_else_written_down_is_no_answer():
    others = [entry(kind, at("2026-11-10 09:00")) for kind in EntryKind if kind != EntryKind.REPLY]
    taken_back = entry(EntryKind.REPLY, at("2026-11-10 09:00"), withdrawn_at=at("2026-11-10 10:00"))
    assert days(replace(FERNBRIDGE, log=(*others, taken_back))) == ()


def test_an_interview_of_which_only_the_day_is_known_ended_at_the_hour_given():
    bare = with_round(ended_at=date(2026, 11, 3), promise=None).rounds
    assert days(heard("2026-11-03 16:59", rounds=bare)) == ()
    assert days(heard("2026-11-03 17:00", rounds=bare)) == (0,)
    assert days(heard("2026-11-05 09:00", rounds=bare)) == (2,)


def test_days_are_counted_by_the_calendar_where_the_application_is():
    late_evening = with_round(ended_at=at("2026-11-03 23:30"), promise=None).rounds
    assert days(heard("2026-11-04 00:30", rounds=late_evening)) == (1,)


def test_the_usual_is_the_median_and_needs_enough_answers():
    replies = [heard(f"2026-11-{day:02} 09:00") for day in (30, 4, 6, 5, 11, 8)]
    for some in range(FEW):
        assert counted(*replies[:some]).usual_days is None
    assert counted(*replies[:FEW]).days_to_answers == (1, 2, 3, 8, 27)
    assert counted(*replies[:FEW]).usual_days == 3
    assert counted(*replies).usual_days == 4  # between three and five


# Every store

interviewed = situations()


@settings(deadline=None, max_examples=100)
@given(st.lists(interviewed, max_size=3))
def test_numbers_never_exceed_what_was_written_down(found):
    cases = [(s.application, s.plan(), s.now.astimezone(s.there)) for s in found]
    numbers = numbers_of(cases, HOUR)
    logs = [e for s in found for e in s.application.log if e.withdrawn_at is None]
    assert 0 <= numbers.thanks_on_time <= numbers.thanks_sent
    assert (numbers.thanks_sent == 0) or any(e.kind == EntryKind.THANK_YOU for e in logs)
    assert len(numbers.days_to_answers) <= sum(len(s.application.rounds) for s in found)
    assert all(day >= 0 for day in numbers.days_to_answers)
    assert list(numbers.days_to_answers) == sorted(numbers.days_to_answers)
    assert (numbers.usual_days is None) == (len(numbers.days_to_answers) < FEW)


@settings(deadline=None, max_examples=50)
@given(st.lists(interviewed, max_size=3), st.randoms(use_true_random=False))
def test_numbers_do_not_depend_on_the_order_of_applications(found, random):
    cases = [(s.application, s.plan(), s.now.astimezone(s.there)) for s in found]
    shuffled = random.sample(cases, len(cases))
    assert numbers_of(cases, HOUR) == numbers_of(shuffled, HOUR)
