"""Answers of practice in every store: each owner's own, each once, the latest of very many."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from afterword.domain import practice
from afterword.domain.practice import Answer
from afterword.store.guest import PRACTICE, GuestRepository
from afterword.store.memory import MemoryRepository
from afterword.store.repository import OWNER
from afterword.store.sql import SqlRepository
from afterword.store.tables import ANSWERS
from tests.desk.cast import ALICE, BOB, CHARLIE
from tests.store.examples import KOLKATA, NOW, ODD_TEXTS
from tests.store.test_guest import Tab

FIRST = Answer(id="p1", at=NOW, scenario="email-when", option="friday")
SECOND = Answer(
    id="p2", at=NOW.astimezone(KOLKATA) + timedelta(minutes=1), scenario="email-when", option="tuesday"
)
ANEW = Answer(id="p3", at=NOW + timedelta(hours=1))
TAKEN_BACK = replace(ANEW, withdrawn_at=NOW + timedelta(hours=2))


@pytest.fixture(params=["memory", "sqlite", "guest"])
def repository(request):
    if request.param == "sqlite":
        return SqlRepository(request.getfixturevalue("engine"))
    return MemoryRepository() if request.param == "memory" else GuestRepository()


def keep(repository, owner, *answers):
    for answer in answers:
        repository.keep_answer(owner, answer)


def test_answers_come_back_equal_in_the_order_of_time(repository):
    keep(repository, ALICE, ANEW, SECOND, FIRST)
    assert repository.answers(ALICE) == (FIRST, SECOND, ANEW)
    assert repository.answers(ALICE)[1].at.utcoffset() == KOLKATA.utcoffset(None)


def test_an_answer_kept_twice_is_there_once_and_stays_as_it_was(repository):
    keep(repository, ALICE, FIRST, FIRST, replace(FIRST, option="week"))
    assert repository.answers(ALICE) == (FIRST,)


def test_what_is_taken_back_is_so_and_stays_so(repository):
    keep(repository, ALICE, ANEW, TAKEN_BACK, ANEW)
    assert repository.answers(ALICE) == (TAKEN_BACK,)


def test_charlie_sees_nothing_of_alices_answers_and_touches_none(repository):
    keep(repository, ALICE, FIRST)
    keep(repository, BOB, replace(FIRST, option="week"))
    assert repository.answers(CHARLIE) == ()
    keep(repository, CHARLIE, replace(FIRST, option="tuesday"))
    repository.erase(CHARLIE)
    assert repository.answers(CHARLIE) == ()
    assert repository.answers(ALICE) == (FIRST,)
    assert [answer.option for answer in repository.answers(BOB)] == ["week"]


def test_of_very_many_the_latest_are_kept(repository, monkeypatch):
    monkeypatch.setattr(practice, "MOST_ANSWERS", 3)
    many = [replace(FIRST, id=f"p{number}", at=NOW + timedelta(hours=number)) for number in range(5)]
    keep(repository, ALICE, *many)
    assert repository.answers(ALICE) == tuple(many[2:])


def test_a_backup_holds_them_and_an_exchange_puts_others_in_their_place(repository):
    keep(repository, ALICE, FIRST, ANEW)
    assert repository.backup(ALICE, NOW).practice == (FIRST, ANEW)
    repository.exchange(ALICE, lambda kept: replace(kept, practice=(SECOND, TAKEN_BACK)), NOW)
    assert repository.answers(ALICE) == (SECOND, TAKEN_BACK)


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_letters_stay_as_they_are(repository, text):
    odd = Answer(id=text, at=NOW, scenario=text, option=text)
    keep(repository, ALICE, odd)
    assert repository.answers(ALICE) == (odd,)


def test_what_was_erased_leaves_no_row_behind(engine):
    repository = SqlRepository(engine)
    keep(repository, ALICE, FIRST, SECOND)
    keep(repository, BOB, FIRST)
    repository.erase(ALICE)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(ANSWERS)) == 1


# A guest's browser


def test_an_answer_goes_to_the_browser_alone_and_is_read_by_the_next_session():
    storage = {}
    tab = Tab(storage)
    keep(tab.repository, OWNER, FIRST)
    assert set(tab.writes()) == {PRACTICE + "p1"}
    keep(tab.repository, OWNER, ANEW)
    assert set(tab.writes()) == {PRACTICE + "p3"}
    assert Tab(storage).repository.answers(OWNER) == (FIRST, ANEW)


def test_two_tabs_agree_on_what_was_answered_and_taken_back():
    storage = {}
    first = Tab(storage)
    keep(first.repository, OWNER, ANEW)
    first.writes()
    second = Tab(storage)
    keep(first.repository, OWNER, FIRST, replace(ANEW, withdrawn_at=NOW + timedelta(hours=3)))
    keep(second.repository, OWNER, SECOND, TAKEN_BACK)
    from_first, from_second = first.writes(), second.writes()
    for _ in range(3):
        second.repository.take_in(from_first)
        first.repository.take_in(from_second)
        from_first, from_second = first.writes(), second.writes()
    assert (from_first, from_second) == ({}, {})
    assert first.repository.answers(OWNER) == second.repository.answers(OWNER) == (FIRST, SECOND, TAKEN_BACK)
    assert Tab(storage).repository.answers(OWNER) == first.repository.answers(OWNER)


def test_what_is_gone_from_the_browser_is_gone_here_and_what_is_too_much_is_gone_there(monkeypatch):
    monkeypatch.setattr(practice, "MOST_ANSWERS", 1)
    storage = {}
    tab = Tab(storage)
    keep(tab.repository, OWNER, FIRST)
    tab.writes()
    keep(tab.repository, OWNER, SECOND)
    assert tab.writes()[PRACTICE + "p1"] is None
    assert set(storage) == {PRACTICE + "p2"}
    tab.repository.take_in({PRACTICE + "p2": None})
    assert tab.repository.answers(OWNER) == ()


@pytest.mark.parametrize(
    "text", ["", "{", "null", "[]", "7", "{}", '{"id": "p1", "at": "soon"}', "[" * 100_000]
)
def test_what_nobody_can_read_is_counted_and_changes_nothing(text):
    guest = GuestRepository()
    keep(guest, OWNER, FIRST)
    assert guest.take_in({PRACTICE + "p1": text}) == 1
    assert guest.answers(OWNER) == (FIRST,)
