"""The clocks, and the ids that are made of their moments."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from afterword.clock import ShiftedClock, SystemClock, process_clock
from afterword.ids import new_id

START = datetime(2026, 11, 3, 15, 0, tzinfo=timezone(timedelta(hours=-5)))
A_WHILE = timedelta(seconds=60)


def test_the_computers_clock_tells_an_aware_moment_in_utc():
    before, told, after = datetime.now(UTC), SystemClock().now(), datetime.now(UTC)
    assert told.utcoffset() == timedelta(0)
    assert before <= told <= after


def test_a_shifted_clock_starts_at_the_moment_it_was_set_to():
    told = ShiftedClock(START).now()
    assert told.utcoffset() == timedelta(0)
    assert START <= told < START + A_WHILE


def test_a_shifted_clock_runs_on():
    clock = ShiftedClock(START)
    first = clock.now()
    time.sleep(0.01)
    assert timedelta(seconds=0.01) <= clock.now() - first < A_WHILE


def test_a_shifted_clock_does_not_care_what_the_computers_clock_does(monkeypatch):
    clock = ShiftedClock(START)
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert START <= clock.now() < START + A_WHILE


@pytest.mark.parametrize("unset", [True, False])
def test_the_process_has_the_computers_clock_unless_a_moment_is_named(monkeypatch, unset):
    if unset:
        monkeypatch.delenv("AFTERWORD_NOW", raising=False)
    else:
        monkeypatch.setenv("AFTERWORD_NOW", "")
    assert isinstance(process_clock(), SystemClock)


def test_the_process_has_a_clock_set_to_the_moment_that_is_named(monkeypatch):
    monkeypatch.setenv("AFTERWORD_NOW", "2026-11-03T15:00:00-05:00")
    assert START <= process_clock().now() < START + A_WHILE


def test_ids_sort_by_the_moment_they_were_made_at_to_the_millisecond():
    ids = [new_id(START + timedelta(milliseconds=n)) for n in range(200)]
    assert ids == sorted(ids)


def test_ids_of_one_moment_differ():
    ids = {new_id(START) for _ in range(1000)}
    assert len(ids) == 1000
    assert {(len(id), id[14]) for id in ids} == {(36, "7")}


def test_an_id_does_not_depend_on_the_zone_its_moment_is_told_in():
    assert new_id(START)[:13] == new_id(START.astimezone(UTC))[:13]
