"""Calendar files as they leave the page: each carries on from the last, also from what is gone since."""

from dataclasses import replace
from itertools import pairwise

import pytest
import streamlit as st
from icalendar import Calendar

from afterword.domain.errors import StoreUnavailable
from afterword.domain.step import TO_DO
from afterword.store.memory import MemoryRepository
from afterword.ui import diary
from tests.desk.cast import ALICE, FERNBRIDGE, PANEL, SetClock, at, desk_of


@pytest.fixture(autouse=True)
def words_of_this_process(tmp_path, monkeypatch):
    """A process that has just started, with a data folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture
def desk(clock):
    return desk_of(ALICE, clock=clock)


def events(data):
    """Each event's number and whether it is cancelled, by its UID."""
    found = Calendar.from_ical(data).walk("VEVENT")
    return {str(e["UID"]): (int(e["SEQUENCE"]), str(e["STATUS"]) == "CANCELLED") for e in found}


def alive(data):
    return {uid for uid, (_, cancelled) in events(data).items() if not cancelled}


def raised(before, after):
    """The UIDs whose number is higher than before."""
    return {uid for uid in before if after[uid][0] > before[uid][0]}


def with_two_rounds(desk):
    case = desk.add(replace(FERNBRIDGE, rounds=(PANEL, replace(PANEL, label="Second", promise=None))))
    return case, case.application.rounds[1].id


def test_an_interview_that_is_taken_out_is_taken_out_of_the_calendar_too(desk):
    case, second = with_two_rounds(desk)
    before = diary.of_one(case.id, desk)
    desk.remove_round(case.id, second)
    after = diary.of_one(case.id, desk)
    lost = alive(before) - alive(after)
    assert lost
    assert lost <= raised(events(before), events(after))
    assert events(diary.of_one(case.id, desk)) == events(after)


def test_a_deleted_application_leaves_the_calendar_and_comes_back(desk):
    case = desk.add(FERNBRIDGE)
    before = diary.of_everything(desk)
    desk.delete(case.id)
    gone = diary.of_everything(desk)
    assert set(events(gone)) == set(events(before))
    assert alive(gone) == set()
    assert alive(before) <= raised(events(before), events(gone))
    desk.restore(case.id)
    back = diary.of_everything(desk)
    assert alive(back) == alive(before)
    assert alive(before) <= raised(events(gone), events(back))


def test_a_tick_taken_back_has_a_higher_number_each_time(desk):
    case = desk.add(FERNBRIDGE)
    step = next(step for step in case.plan.steps if step.state in TO_DO)
    uid = sorted(events(diary.of_one(case.id, desk)))
    numbers = []
    for _ in range(3):
        desk.tick(case.id, step.id)
        numbers.append(events(diary.of_one(case.id, desk)))
        desk.untick(case.id, step.id)
        numbers.append(events(diary.of_one(case.id, desk)))
    for one, other in pairwise(numbers):
        changed = {u for u in uid if one[u][1] != other[u][1]}
        assert changed
        assert changed <= raised(one, other)


def test_a_step_alone_and_then_everything_agree(desk, clock):
    case = desk.add(FERNBRIDGE)
    step = next(step for step in case.plan.steps if step.state in TO_DO)
    ((uid, (number, _)),) = events(diary.of_step(step, case, desk)).items()
    assert events(diary.of_everything(desk))[uid] == (number, False)
    desk.tick(case.id, step.id)
    clock.moment = at("2026-11-03 17:00")
    assert events(diary.of_everything(desk))[uid][1]
    assert events(diary.of_everything(desk))[uid][0] > number


class FullStore(MemoryRepository):
    """A store whose disk is full."""

    def note(self, *_):
        raise StoreUnavailable("the disk is full")


def test_a_store_that_cannot_be_written_keeps_nobody_from_the_file(clock):
    desk = desk_of(ALICE, FullStore(), clock)
    case = desk.add(FERNBRIDGE)
    assert alive(diary.of_one(case.id, desk)) == alive(diary.of_everything(desk))
