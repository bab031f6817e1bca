"""Quick answers to "when did they say you would hear?", and the dates they become."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.model import Promise
from afterword.domain.problems import promise_problems
from afterword.domain.promises import Answer, date_of, end_of_week, promise_for
from afterword.domain.workdays import Workdays

ANYWHERE, GERMANY, USA = Workdays(), Workdays("DE"), Workdays("US")
TUESDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (3, 6, 7, 8))
WITH_A_DATE = (Answer.A_DAY, Answer.THIS_WEEK, Answer.NEXT_WEEK, Answer.TWO_WEEKS)

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
countries = st.sampled_from([None, "US", "DE", "GB", "JP", "CN"])


@pytest.mark.parametrize(
    ("answer", "day", "becomes"),
    [
        (Answer.A_DAY, TUESDAY, date(2026, 11, 4)),
        (Answer.A_DAY, FRIDAY, date(2026, 11, 9)),
        (Answer.A_DAY, SATURDAY, date(2026, 11, 9)),
        (Answer.A_DAY, SUNDAY, date(2026, 11, 9)),
        (Answer.THIS_WEEK, TUESDAY, FRIDAY),
        (Answer.THIS_WEEK, FRIDAY, FRIDAY),
        (Answer.THIS_WEEK, SATURDAY, date(2026, 11, 13)),
        (Answer.THIS_WEEK, SUNDAY, date(2026, 11, 13)),
        (Answer.NEXT_WEEK, TUESDAY, date(2026, 11, 13)),
        (Answer.NEXT_WEEK, FRIDAY, date(2026, 11, 13)),
        (Answer.NEXT_WEEK, SATURDAY, date(2026, 11, 20)),
        (Answer.TWO_WEEKS, TUESDAY, date(2026, 11, 17)),
        (Answer.TWO_WEEKS, FRIDAY, date(2026, 11, 20)),
        (Answer.TWO_WEEKS, SATURDAY, date(2026, 11, 20)),
        (Answer.TWO_WEEKS, SUNDAY, date(2026, 11, 20)),
    ],
)
def test_an_answer_becomes_a_working_day(answer, day, becomes):
    assert date_of(answer, day, ANYWHERE) == becomes


@pytest.mark.parametrize("answer", [Answer.ON_A_DATE, Answer.NOBODY_SAID, Answer.DID_NOT_ASK])
def test_an_answer_that_names_no_day_becomes_no_date(answer):
    assert date_of(answer, TUESDAY, ANYWHERE) is None


@pytest.mark.parametrize(
    ("answer", "day", "becomes"),
    [
        (Answer.A_DAY, date(2026, 12, 24), date(2026, 12, 28)),  # both days of Christmas, then a weekend
        (Answer.THIS_WEEK, date(2026, 12, 21), date(2026, 12, 24)),
        (Answer.THIS_WEEK, date(2026, 12, 24), date(2026, 12, 24)),
        (Answer.THIS_WEEK, date(2026, 12, 25), date(2026, 12, 31)),  # that week is over; the next ends early
        (Answer.NEXT_WEEK, date(2026, 12, 16), date(2026, 12, 24)),
        (Answer.TWO_WEEKS, date(2026, 12, 11), date(2026, 12, 24)),
        (Answer.A_DAY, date(2026, 4, 2), date(2026, 4, 7)),  # Good Friday to Easter Monday
    ],
)
def test_public_holidays_are_no_working_days(answer, day, becomes):
    assert date_of(answer, day, GERMANY) == becomes


def test_a_holiday_counts_only_where_it_is_kept():
    thanksgiving_eve = date(2026, 11, 25)
    assert date_of(Answer.A_DAY, thanksgiving_eve, USA) == date(2026, 11, 27)
    assert date_of(Answer.A_DAY, thanksgiving_eve, GERMANY) == date(2026, 11, 26)


def test_a_week_without_any_working_day_left_ends_with_the_next_one():
    golden_week = Workdays("CN")
    assert end_of_week(date(2026, 10, 1), golden_week) == end_of_week(date(2026, 10, 5), golden_week)
    assert golden_week.is_working_day(end_of_week(date(2026, 10, 1), golden_week))


@given(st.sampled_from(WITH_A_DATE), days, countries)
@settings(deadline=None, max_examples=200)
def test_no_answer_becomes_a_date_before_its_day(answer, day, country):
    becomes = date_of(answer, day, Workdays(country))
    assert becomes >= day
    assert not list(promise_problems(Promise(reply_by=becomes), day, "promise", "the interview"))


@given(st.sampled_from(WITH_A_DATE), days, countries)
@settings(deadline=None, max_examples=200)
def test_an_answer_becomes_a_working_day_unless_none_was_left(answer, day, country):
    workdays = Workdays(country)
    becomes = date_of(answer, day, workdays)
    assert workdays.is_working_day(becomes) or becomes == day


@given(days, countries)
@settings(deadline=None, max_examples=200)
def test_a_longer_answer_never_becomes_an_earlier_date(day, country):
    workdays = Workdays(country)
    this, following = (date_of(a, day, workdays) for a in (Answer.THIS_WEEK, Answer.NEXT_WEEK))
    assert this <= following
    assert following - day < timedelta(days=28)
    assert date_of(Answer.TWO_WEEKS, day, workdays) <= day + timedelta(days=14)


# What is kept of an answer


@pytest.mark.parametrize("answer", [*WITH_A_DATE, Answer.ON_A_DATE])
def test_an_answer_with_a_date_is_kept_with_that_date(answer):
    assert promise_for(answer, FRIDAY) == Promise(asked=True, reply_by=FRIDAY)


def test_that_nobody_said_is_kept_as_asked_without_a_date():
    assert promise_for(Answer.NOBODY_SAID, None) == Promise(asked=True)


def test_that_one_did_not_ask_is_kept_as_such_and_is_no_promise():
    kept = promise_for(Answer.DID_NOT_ASK, None)
    assert kept == Promise(asked=False)
    assert not kept.says_something


def test_no_answer_at_all_is_kept_as_nothing():
    assert promise_for(None, None) is None
