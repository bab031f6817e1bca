"""What the last calendar file said, so that the next one moves and cancels what has changed."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.formats.events import LONG, Event, elapsed
from afterword.formats.noted import (
    MOST,
    cancellation,
    carried_on,
    dump_noted,
    noted,
    raised,
    read_noted,
    remembered,
)

NEW_YORK = ZoneInfo("America/New_York")
BEGINS = datetime(2026, 11, 3, 9, tzinfo=NEW_YORK)
TEXTS = st.text(max_size=8)


def event(uid="thank-ada@afterword", begins=BEGINS, **more):
    told = {"sequence": 1, "summary": "Thank Ada", "description": "Within a day.", "cancelled": False} | more
    return Event(uid=uid, begins=begins, ends=elapsed(begins, LONG), **told)


EVENTS = st.builds(
    event,
    uid=st.sampled_from(["a", "b", "c", "d"]),
    begins=st.integers(0, 365 * 24).map(lambda hours: elapsed(BEGINS, timedelta(hours=hours))),
    sequence=st.integers(1, 9),
    summary=TEXTS,
    description=TEXTS,
    cancelled=st.booleans(),
)
FILES = st.lists(st.lists(EVENTS, max_size=4, unique_by=lambda e: e.uid), min_size=1, max_size=6)


def said(event):
    """What somebody sees of an event."""
    return replace(event, sequence=0)


def test_the_first_file_says_what_the_plan_says():
    assert carried_on([event()], ()) == (event(),)


def test_what_is_the_same_keeps_its_number():
    assert carried_on([event(sequence=4)], [noted(event(sequence=7))]) == (event(sequence=7),)


@pytest.mark.parametrize(
    "change",
    [
        {"summary": "Thank Ada Okafor"},
        {"description": "Within two days."},
        {"cancelled": True},
        {"begins": BEGINS + timedelta(days=1)},
        {"url": "https://fernbridge.example"},
    ],
)
def test_what_says_something_new_has_a_higher_number_even_where_the_plans_own_has_fallen(change):
    assert raised(event(sequence=4, **change), noted(event(sequence=7))).sequence == 8


def test_the_plans_own_number_counts_where_it_is_higher():
    assert raised(event(sequence=9, summary="Another"), noted(event(sequence=7))).sequence == 9


def test_an_event_whose_step_is_gone_is_cancelled_where_it_stood():
    gone = event("check-in@afterword", BEGINS + timedelta(days=5), summary="Check in")
    written = carried_on([event()], [noted(event()), noted(gone)])
    assert written[0] == event()
    assert written[1] == replace(gone, sequence=2, description="", cancelled=True)


def test_one_that_was_cancelled_so_keeps_its_number_and_comes_back_with_a_higher_one():
    first = carried_on((), [noted(event())])
    again = carried_on((), remembered((), first))
    assert again == first
    back = carried_on([event()], remembered((), again))
    assert (back[0].sequence, back[0].cancelled) == (3, False)


def test_one_step_alone_leaves_the_others_remembered():
    both = (noted(event("a")), noted(event("b")))
    newer = event("a", sequence=5)
    assert remembered(both, [newer]) == (noted(event("b")), noted(newer))


def test_of_what_is_gone_only_the_latest_are_remembered():
    old = [noted(event(str(number))) for number in range(MOST + 50)]
    kept = remembered(old, [event("new")])
    assert [one.uid for one in kept] == [*(str(number) for number in range(50, MOST + 50)), "new"]


@given(FILES)
def test_over_any_files_numbers_never_fall_and_rise_with_every_change(files):
    last, seen = (), {}
    for events in files:
        written = carried_on(events, last)
        assert {e.uid for e in written} == {e.uid for e in events} | set(seen)
        for one in written:
            if one.uid in seen:
                before = seen[one.uid]
                assert one.sequence >= before.sequence
                if said(one) != said(before) and not (one.cancelled and before.cancelled):
                    assert one.sequence > before.sequence
            seen[one.uid] = one
        assert {e.uid for e in written if not e.cancelled} <= {e.uid for e in events}
        last = read_noted(dump_noted(remembered(last, written)))


@pytest.mark.parametrize(
    "text", ["", "null", "{", "7", "[7]", "[[]]", '[["a", 1, "b", "no day", "UTC", false, "x"]]', "[" * 9000]
)
def test_what_cannot_be_read_counts_as_nothing(text):
    assert read_noted(text) == ()


def test_a_zone_that_is_no_more_counts_as_nothing():
    gone = replace(noted(event()), zone="Mars/Olympus")
    assert read_noted(dump_noted([gone])) == ()


def test_a_cancellation_lies_where_the_event_lay_in_an_hour_the_clock_shows_twice():
    twice = event(begins=datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=NEW_YORK))
    assert cancellation(noted(twice)).begins.utcoffset() == twice.begins.utcoffset()
