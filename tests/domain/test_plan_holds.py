"""Until when a plan holds: at every moment till then it is the same, whatever the clocks do."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.lane import lane_of
from afterword.domain.model import Application, Entry, EntryKind, Outcome, Result, Round
from afterword.domain.step import State, Status
from afterword.domain.workdays import Workdays
from tests.domain.strategies import HANDBOOK, Situation, situations

MICROSECOND = timedelta(microseconds=1)
NEW_YORK = ZoneInfo("America/New_York")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).astimezone(UTC)


def interviewed(ended_at, now, **more):
    """An application in New York with one interview."""
    round = Round(label="Panel", ended_at=ended_at)
    return Situation(Application(company="Fernbridge", zone="America/New_York", rounds=(round,), **more), now)


def lane_on(situation):
    workdays = Workdays(situation.application.country or situation.country)
    return lane_of(situation.application, situation.plan(), situation.now, HANDBOOK, workdays, situation.zone)


@given(situations(), st.floats(0, 1), st.lists(st.floats(0, 1), max_size=3))
@settings(deadline=None)
def test_till_then_plan_and_lane_are_the_same_at_every_moment(situation, last, others):
    plan, lane = situation.plan(), lane_on(situation)
    holds = plan.holds_until - situation.now.astimezone(UTC)
    assert holds > timedelta()
    for part in (last, *others):
        now = situation.now.astimezone(UTC) + part * (holds - MICROSECOND)
        later = replace(situation, now=now)
        assert later.plan() == plan
        assert lane_on(later) == lane
    end = replace(situation, now=plan.holds_until - MICROSECOND)
    assert end.plan() == plan
    assert lane_on(end) == lane


@given(situations(), st.timedeltas(timedelta(), timedelta(days=40)))
@settings(deadline=None)
def test_a_plan_is_carried_to_any_later_moment_in_steps_as_long_as_each_holds(situation, ahead):
    target = situation.now.astimezone(UTC) + ahead
    carried = situation
    while carried.plan().holds_until <= target:
        carried = replace(carried, now=carried.plan().holds_until)
    assert carried.plan() == replace(situation, now=target).plan()


def test_it_holds_until_midnight_where_nothing_else_comes_first():
    thanked = Entry(kind=EntryKind.THANK_YOU, at=at("2026-11-03 16:00"))
    plan = interviewed(at("2026-11-03 15:00"), at("2026-11-03 16:10"), log=(thanked,)).plan()
    assert plan.status == Status.QUIET
    assert plan.holds_until == at("2026-11-04 00:00")


def test_it_holds_until_a_thank_you_is_overdue():
    plan = interviewed(at("2026-11-03 15:00"), at("2026-11-04 09:00")).plan()
    assert plan.holds_until == at("2026-11-04 15:00")
    assert interviewed(at("2026-11-03 15:00"), plan.holds_until).plan().status == Status.OVERDUE


def test_it_holds_until_an_interview_ends():
    plan = interviewed(at("2026-11-03 15:00"), at("2026-11-03 14:00")).plan()
    assert plan.status == Status.UPCOMING
    assert plan.holds_until == at("2026-11-03 15:00")


def test_it_holds_until_an_interview_with_a_bare_date_counts_as_over():
    plan = interviewed(date(2026, 11, 3), at("2026-11-03 14:00")).plan()
    assert plan.holds_until == at("2026-11-03 17:00")


def test_it_holds_until_an_entry_or_an_outcome_becomes_known():
    reply = Entry(kind=EntryKind.REPLY, at=at("2026-11-03 20:00"))
    no = Outcome(result=Result.REJECTED, at=at("2026-11-03 19:00"))
    logged = interviewed(at("2026-11-03 15:00"), at("2026-11-03 16:00"), log=(reply,), outcome=no)
    assert logged.plan().holds_until == at("2026-11-03 19:00")
    assert logged.changed(outcome=None).plan().holds_until == at("2026-11-03 20:00")
    withdrawn = replace(reply, withdrawn_at=at("2026-11-03 16:00"))
    assert logged.changed(outcome=None, log=(withdrawn,)).plan().holds_until == at("2026-11-04 00:00")


def test_what_is_overdue_in_the_hour_before_clocks_go_back_stays_so_in_the_hour_after():
    ended = datetime.fromisoformat("2026-10-31 01:45").replace(tzinfo=NEW_YORK)
    overdue = datetime.fromisoformat("2026-11-01T01:50:00-04:00")
    later = datetime.fromisoformat(
        "2026-11-01T01:10:00-05:00"
    )  # by the clock earlier than the moment it is due
    for now in (overdue, later):
        (step, *_) = interviewed(ended, now).plan().steps
        assert step.state == State.OVERDUE
