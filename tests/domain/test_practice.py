"""Practice: a wrong answer comes back after one, three and seven days of the owner's calendar, a right one does not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.content import load_handbook
from afterword.domain.handbook import Parameter
from afterword.domain.model import StepKind
from afterword.domain.practice import (
    MOST_ANSWERS,
    Answer,
    in_order,
    practice_on,
    standings_of,
    united,
    worked_out,
)
from afterword.domain.scenario import WAIT

HANDBOOK = load_handbook()
SCENARIOS = HANDBOOK.scenarios
FIRST, SECOND, THIRD = SCENARIOS[:3]
TOKYO, NEW_YORK = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 2)


def day(number):
    return MONDAY + timedelta(days=number)


def answer(scenario, right, on, id=None, hour=12):
    """An answer at that hour, in universal time, of so many days after Monday."""
    option = next(option for option in scenario.options if option.right == right)
    at = datetime(2026, 11, 2, hour, tzinfo=UTC) + timedelta(days=on)
    return Answer(id=id or f"{scenario.id}-{on}-{hour}", at=at, scenario=scenario.id, option=option.id)


def begun_anew(on, **more):
    return Answer(id=f"anew-{on}", at=datetime(2026, 11, 2, 12, tzinfo=UTC) + timedelta(days=on), **more)


def on(number, *answers, zone=UTC, handbook=HANDBOOK):
    return practice_on(day(number), handbook, answers, zone)


def due(*answers, zone=UTC):
    """On which day the first scenario comes back, counted from Monday; None where it does not."""
    found = on(0, *answers, zone=zone).returning
    return next(((one.day - MONDAY).days for one in found if one.scenario == FIRST), None)


# When one comes back


def test_before_the_first_answer_the_first_scenario_comes_and_nothing_is_counted():
    practice = on(0)
    assert (practice.next, practice.seen, practice.right, practice.returning) == (FIRST, 0, 0, ())
    assert practice.total == len(SCENARIOS)


def test_a_scenario_answered_right_at_first_does_not_return():
    practice = on(30, answer(FIRST, True, on=0))
    assert (practice.next, practice.seen, practice.right, practice.returning) == (SECOND, 1, 1, ())


def test_a_wrong_one_comes_back_after_one_day_then_three_then_seven_and_then_no_more():
    wrong = answer(FIRST, False, on=0)
    assert due(wrong) == 1
    once = answer(FIRST, True, on=1)
    assert due(wrong, once) == 1 + 3
    twice = answer(FIRST, True, on=4)
    assert due(wrong, once, twice) == 4 + 7
    assert due(wrong, once, twice, answer(FIRST, True, on=11)) is None


def test_it_is_asked_on_its_day_and_not_the_day_before():
    wrong = (answer(FIRST, False, on=0), answer(FIRST, True, on=1))
    assert on(3, *wrong).next == SECOND
    assert on(4, *wrong).next == FIRST
    assert on(400, *wrong).next == FIRST


def test_a_return_that_is_late_counts_from_the_day_on_which_it_was_answered():
    assert due(answer(FIRST, False, on=0), answer(FIRST, True, on=9)) == 9 + 3


def test_wrong_on_a_return_begins_the_three_returns_anew():
    answers = [answer(FIRST, False, on=0), answer(FIRST, True, on=1), answer(FIRST, False, on=4)]
    assert due(*answers) == 5
    assert due(*answers, answer(FIRST, True, on=5)) == 8


def test_a_right_answer_before_its_day_moves_nothing():
    wrong = answer(FIRST, False, on=0, hour=12)
    assert due(wrong, answer(FIRST, True, on=0, hour=13)) == 1


def test_a_wrong_answer_to_one_that_was_right_lets_it_come_back_and_it_stays_right_at_first():
    answers = (answer(FIRST, True, on=0), answer(FIRST, False, on=2))
    assert due(*answers) == 3
    assert on(2, *answers).right == 1


def test_a_second_click_a_moment_later_changes_nothing():
    for right in (True, False):
        once = answer(FIRST, right, on=0, id="a")
        twice = replace(once, id="b", at=once.at + timedelta(seconds=1))
        assert on(0, once, twice) == on(0, once)


def test_days_are_those_of_the_owners_calendar():
    late = answer(FIRST, False, on=0, hour=23)  # already Tuesday in Tokyo, still Monday in New York
    assert (due(late, zone=TOKYO), due(late, zone=NEW_YORK)) == (2, 1)


def test_the_numbers_in_force_on_the_day_of_the_answer_count():
    later = Parameter(name="first", unit="days", value=2, valid_from=day(10))
    changed = replace(HANDBOOK, returns=(*HANDBOOK.returns, later))
    before, after = answer(FIRST, False, on=9), answer(SECOND, False, on=10)
    days = {one.scenario.id: one.day for one in on(9, before, after, handbook=changed).returning}
    assert days == {FIRST.id: day(10), SECOND.id: day(12)}


# Which comes next


def test_those_due_again_come_before_the_unseen_the_longest_due_first():
    answers = (answer(SECOND, False, on=0), answer(FIRST, False, on=1))
    assert on(1, *answers).next == SECOND
    assert on(2, *answers, answer(SECOND, True, on=1)).next == FIRST
    assert on(1, answer(FIRST, False, on=1)).next == SECOND


def test_when_all_are_answered_nothing_comes_until_a_return():
    answers = [answer(scenario, scenario != THIRD, on=0) for scenario in SCENARIOS]
    assert on(0, *answers).next is None
    assert on(0, *answers).seen == on(0, *answers).total == on(0, *answers).right + 1
    assert on(1, *answers).next == THIRD


# Begun anew, taken back, gone


def test_begun_anew_nothing_before_it_counts_until_that_is_taken_back():
    before = answer(FIRST, False, on=0)
    assert on(5, before, begun_anew(1)) == on(5)
    assert on(5, before, begun_anew(1, withdrawn_at=begun_anew(2).at)) == on(5, before)
    assert on(5, before, begun_anew(1), answer(SECOND, True, on=2)).seen == 1


@pytest.mark.parametrize("gone", [{"scenario": "gone"}, {"option": "gone"}])
def test_an_answer_to_what_is_there_no_more_is_passed_over(gone):
    assert on(5, replace(answer(FIRST, False, on=0), **gone)) == on(5)


# Whatever was answered


ANSWERS = st.lists(
    st.one_of(
        st.builds(
            answer, st.sampled_from(SCENARIOS[:4]), st.booleans(), st.integers(0, 40), hour=st.integers(0, 23)
        ),
        st.builds(begun_anew, st.integers(0, 40)),
    ),
    max_size=40,
    unique_by=lambda one: one.id,
)


@given(ANSWERS, st.randoms())
def test_it_does_not_matter_in_which_order_answers_are_read(answers, random):
    shuffled = random.sample(answers, len(answers))
    assert on(20, *shuffled, zone=NEW_YORK) == on(20, *answers, zone=NEW_YORK)


@given(ANSWERS)
def test_what_returns_was_seen_and_returns_one_three_or_seven_days_after_some_answer(answers):
    practice = on(20, *answers)
    standings = standings_of(HANDBOOK, answers, UTC)
    assert practice.seen == len(standings) >= max(practice.right, len(practice.returning))
    for one in practice.returning:
        days = [a.at.date() for a in answers if a.scenario == one.scenario.id]
        assert {(one.day - given).days for given in days} & {1, 3, 7}
    assert practice.next is not None or practice.seen == practice.total


@given(ANSWERS, st.integers(0, 60))
def test_answering_what_comes_next_right_brings_it_nearer_to_its_end(answers, number):
    known = [a for a in answers if a.at.date() <= day(number)]
    practice = on(number, *known)
    after = on(number, *known, answer(practice.next, True, on=number, id="now", hour=23))
    assert after.next != practice.next
    assert after.seen in {practice.seen, practice.seen + 1}


@given(ANSWERS, ANSWERS)
def test_two_lists_brought_together_hold_every_answer_once_whoever_begins(mine, theirs):
    both = united(mine, theirs)
    assert both == united(both, theirs) == united(mine, both) == in_order(both)
    assert {one.id for one in both} == {one.id for one in (*mine, *theirs)}


def test_one_that_either_side_took_back_is_taken_back_at_the_first_moment():
    plain, sooner, later = (
        begun_anew(0, withdrawn_at=moment) for moment in (None, begun_anew(1).at, begun_anew(2).at)
    )
    assert united((plain,), (later,)) == united((later,), (plain,)) == (later,)
    assert united((sooner,), (later,)) == united((later,), (sooner,)) == (sooner,)


def test_of_very_many_the_latest_are_kept():
    many = [answer(FIRST, True, on=number) for number in range(MOST_ANSWERS + 3)]
    assert united(many, ()) == tuple(many[3:])


# What the engine says


def test_the_day_the_channel_and_the_kind_are_those_of_the_plan():
    by_id = {scenario.id: scenario for scenario in SCENARIOS}
    assert worked_out(by_id["date-passed"], "opens", HANDBOOK) == date(2026, 11, 16)
    assert worked_out(by_id["their-channel"], "channel", HANDBOOK) == "phone"
    assert worked_out(by_id["before-the-date"], "kind", HANDBOOK) == WAIT
    assert worked_out(by_id["rival-offer"], "kind", HANDBOOK) == StepKind.TELL_THEM
    assert worked_out(replace(by_id["before-the-date"], of=StepKind.TELL_THEM), "opens", HANDBOOK) is None
