"""Working days: Monday to Friday, less one country's public holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.workdays import Workdays, country_names, known_countries, public_holidays

ANYWHERE = Workdays()
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 6, 5) + timedelta(days=n) for n in range(4))
some_days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def test_monday_to_friday_are_working_days_and_the_weekend_is_not():
    week = [MONDAY + timedelta(days=n) for n in range(7)]
    assert [ANYWHERE.is_working_day(day) for day in week] == [True] * 5 + [False] * 2


def test_without_a_country_even_christmas_is_a_working_day():
    assert ANYWHERE.is_working_day(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("GB", date(2026, 5, 4)),  # May Day
        ("DE", date(2026, 5, 14)),  # Ascension Day
        ("JP", date(2026, 10, 12)),  # Sports Day
        ("AU", date(2026, 1, 26)),  # Australia Day
        ("US", date(2026, 11, 26)),  # Thanksgiving
    ],
)
def test_a_countrys_public_holiday_is_no_working_day_there_and_one_elsewhere(country, day):
    assert not Workdays(country).is_working_day(day)
    assert ANYWHERE.is_working_day(day)


def test_a_holiday_of_one_part_of_a_country_is_a_working_day():
    assert Workdays("GB").is_working_day(date(2026, 4, 6))  # Easter Monday: not in Scotland


def test_a_holiday_that_falls_on_a_weekend_is_observed_where_the_country_does_so():
    assert not Workdays("GB").is_working_day(date(2026, 12, 28))  # Boxing Day, a Saturday in 2026
    assert Workdays("DE").is_working_day(date(2026, 12, 28))


def test_the_first_working_day_after_a_friday_is_monday():
    assert ANYWHERE.nth_after(FRIDAY, 1) == MONDAY


@pytest.mark.parametrize("weekend", [SATURDAY, SUNDAY])
def test_the_first_working_day_after_a_weekend_day_is_monday(weekend):
    assert ANYWHERE.nth_after(weekend, 1) == MONDAY
    assert ANYWHERE.nth_before(weekend, 1) == FRIDAY


def test_the_day_counted_from_never_counts_itself():
    assert ANYWHERE.nth_after(MONDAY, 1) == MONDAY + timedelta(days=1)
    assert ANYWHERE.nth_before(MONDAY, 1) == FRIDAY


def test_the_fifth_working_day_after_a_day_is_a_week_later():
    assert ANYWHERE.nth_after(FRIDAY, 5) == FRIDAY + timedelta(days=7)


def test_counting_passes_over_holidays_in_both_directions():
    day_before, day_after = date(2026, 10, 9), date(2026, 10, 13)  # Sports Day lies between
    assert Workdays("JP").nth_after(day_before, 1) == day_after
    assert Workdays("JP").nth_before(day_after, 1) == day_before


def test_counting_crosses_the_turn_of_the_year():
    assert Workdays("GB").nth_after(date(2026, 12, 31), 1) == date(2027, 1, 4)  # New Year's Day is a Friday
    assert Workdays("GB").nth_before(date(2027, 1, 4), 1) == date(2026, 12, 31)


def test_a_country_is_known_in_small_letters_too():
    assert public_holidays("gb", 2026) == public_holidays("GB", 2026)


def test_a_country_has_a_name_as_people_write_it():
    assert country_names()["GB"] == "United Kingdom"
    assert country_names()["BA"] == "Bosnia and Herzegovina"


def test_a_country_nobody_knows_is_a_key_error():
    with pytest.raises(KeyError, match="XX"):
        Workdays("XX").is_working_day(MONDAY)


def test_known_countries_are_two_letter_codes():
    assert {"GB", "DE", "JP", "AU", "US"} <= known_countries()
    assert all(len(code) == 2 and code.isupper() for code in known_countries())


@settings(deadline=None)
@given(some_days, st.integers(1, 30), st.sampled_from([None, "GB", "DE", "JP", "AU", "US"]))
def test_as_many_working_days_lie_between_as_were_counted(day, count, country):
    workdays = Workdays(country)
    found = workdays.nth_after(day, count)
    between = [day + timedelta(days=n + 1) for n in range((found - day).days)]
    assert workdays.is_working_day(found)
    assert sum(map(workdays.is_working_day, between)) == count


@settings(deadline=None)
@given(some_days, st.integers(1, 30), st.sampled_from([None, "GB", "JP", "US"]))
def test_counting_back_undoes_counting_on_from_a_working_day(day, count, country):
    workdays = Workdays(country)
    start = workdays.nth_after(day, 1)
    assert workdays.nth_before(workdays.nth_after(start, count), count) == start
