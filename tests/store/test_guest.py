"""What a guest's session and the guest's browser tell each other, and that two tabs come to agree."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from afterword.domain.model import Application
from afterword.store.guest import CALENDAR, CASE, GuestRepository, text_of
from afterword.store.repository import OWNER, Kept
from tests.desk.cast import FERNBRIDGE, note
from tests.store.examples import NOW, everything

A1 = replace(FERNBRIDGE, id="a1")


class Tab:
    """A session beside a browser's storage, which it shares with other tabs."""

    def __init__(self, storage):
        self.storage, self.told, self.repository = storage, 0, GuestRepository()
        self.repository.take_in(dict(storage))

    def writes(self):
        """Send what changed to the browser; what other tabs then hear of."""
        texts = self.repository.changes(self.told)
        self.told = self.repository.turn
        for name, text in texts.items():
            if text is None:
                self.storage.pop(name, None)
            else:
                self.storage[name] = text
        return texts

    def company(self):
        return self.repository.get(OWNER, "a1").application.company


def two_tabs():
    storage = {}
    first = Tab(storage)
    first.repository.add(OWNER, A1, NOW)
    first.writes()
    return storage, first, Tab(storage)


def test_two_edits_at_the_same_moment_end_as_one_in_both_tabs_and_in_the_browser():
    storage, first, second = two_tabs()
    first.repository.replace(OWNER, replace(A1, company="Alder"), 1, NOW)
    second.repository.replace(OWNER, replace(A1, company="Birch"), 1, NOW)
    from_first, from_second = first.writes(), second.writes()
    for _ in range(3):
        second.repository.take_in(from_first)
        first.repository.take_in(from_second)
        from_first, from_second = first.writes(), second.writes()
    assert first.company() == second.company()
    assert (from_first, from_second) == ({}, {})
    assert json.loads(storage["application/a1"])["application"]["company"] == first.company()


def test_the_entries_of_both_tabs_are_kept():
    _, first, second = two_tabs()
    first.repository.append(OWNER, "a1", note("e1"))
    second.repository.append(OWNER, "a1", note("e2"))
    from_first, from_second = first.writes(), second.writes()
    first.repository.take_in(from_second)
    second.repository.take_in(from_first)
    assert [len(tab.repository.get(OWNER, "a1").application.log) for tab in (first, second)] == [2, 2]


@pytest.mark.parametrize(
    "application", [A1, replace(everything(), log=()), Application(id="x", company="Bare")]
)
def test_what_one_session_writes_the_next_one_reads_whole(application):
    text = text_of(Kept(application, 7), None)
    guest = GuestRepository()
    assert guest.take_in({CASE + str(application.id): text}) == 0
    assert guest.get(OWNER, str(application.id)).version == 7
    assert {e.id for e in guest.get(OWNER, str(application.id)).application.log} == {
        e.id for e in application.log
    }


def test_an_application_that_only_time_has_made_late_is_read_all_the_same():
    later = replace(A1, log=(replace(note("e1"), at=NOW + timedelta(days=1)),))
    guest = GuestRepository()
    assert guest.take_in({"application/a1": text_of(Kept(later, 1), None)}) == 0
    assert len(guest.all(OWNER)) == 1


def test_what_a_calendar_said_goes_to_the_browser_and_back_and_is_forgotten_there_too():
    storage, first, _ = two_tabs()
    first.repository.note(OWNER, {"a1": "[1]", "gone": "[2]"}, NOW)
    first.writes()
    assert Tab(storage).repository.noted(OWNER) == {"a1": "[1]", "gone": "[2]"}
    first.repository.purge(OWNER, NOW + timedelta(days=1))
    assert first.writes() == {CALENDAR + "gone": None}
    assert set(storage) == {CASE + "a1", CALENDAR + "a1"}
    other = Tab(dict(storage))
    assert other.repository.take_in({CALENDAR + "a1": None}) == 0
    assert other.repository.noted(OWNER) == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *product(["application/x", "you", "calendar/x"], ["", "{", "null", "[]", "7", "[" * 100_000]),
        *product(["application/x", "calendar/x"], ['{"version": 1}', '{"application": null}']),
    ],
)
def test_what_nobody_can_read_is_counted_and_changes_nothing(name, text):
    guest = GuestRepository()
    guest.take_in({"application/a1": text_of(Kept(A1, 1), None)})
    assert guest.take_in({name: text}) == 1
    assert [kept.application for kept in guest.all(OWNER)] == [A1]
