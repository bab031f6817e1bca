"""When a room ends by itself, when it is erased, and that its file then holds nothing of it."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from afterword.domain.errors import NotTheLeader, RoomEnded, UnknownRoom
from tests.desk.cast import NOW
from tests.hall.rooms import HERE

A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def held(alices):
    """Alice's room, in which Bob has answered."""
    alices.do("go_to", "channel")
    alices.joined("bob")
    alices.hall.answer(alices.id, "bob", "channel", "email")
    return alices


def everything(file):
    """All bytes that lie on the disk for the rooms."""
    return b"".join(path.read_bytes() for path in file.parent.iterdir())


def rows(file):
    """How many rows each table has."""
    with closing(sqlite3.connect(file)) as found:
        return {
            name: found.execute(f"select count(*) from {name}").fetchone()[0]  # noqa: S608 - our own tables
            for name in ("rooms", "members", "answers")
        }


def test_an_ended_room_is_kept_for_a_day_and_then_erased(held, clock):
    held.do("end")
    clock.moment = NOW + timedelta(hours=24) - A_MOMENT
    assert held.hall.sweep() == 0
    assert held.counts("channel") == {"email": 1, "phone": 0}
    clock.moment = NOW + timedelta(hours=24)
    assert held.hall.sweep() == 1
    assert held.now is None
    with pytest.raises(UnknownRoom):
        held.do("lead")


def test_a_room_that_nobody_leads_for_twelve_hours_is_over_before_anybody_marks_it(held, clock):
    clock.moment = NOW + timedelta(hours=12)
    with pytest.raises(RoomEnded):
        held.do("go_on")
    with pytest.raises(UnknownRoom):
        held.hall.room_of(held.code, HERE)
    assert held.hall.sweep() == 0
    assert held.now.ended_at == NOW + timedelta(hours=12)


def test_a_room_that_ended_by_itself_is_erased_a_day_later(held, clock):
    clock.moment = NOW + timedelta(hours=36) - A_MOMENT
    assert held.hall.sweep() == 0
    clock.moment = NOW + timedelta(hours=36)
    assert held.hall.sweep() == 1
    assert held.now is None


def test_a_server_that_slept_for_days_erases_everything_at_once(held, clock, file):
    clock.moment = NOW + timedelta(days=9)
    assert held.hall.sweep() == 1
    assert set(rows(file).values()) == {0}


def test_a_move_puts_the_end_off(held, clock):
    clock.moment = NOW + timedelta(hours=11)
    held.do("go_on")
    clock.moment = NOW + timedelta(hours=22)
    held.hall.sweep()
    assert held.now.ended_at is None


def test_deleting_now_leaves_nothing_of_the_room_on_the_disk(held, file):
    member = held.hall.member(held.id, "bob")
    assert held.id.encode() in everything(file)
    held.do("delete_now")
    for trace in (held.id, held.code, member.id):
        assert trace.encode() not in everything(file)
    assert held.now is None
    assert set(rows(file).values()) == {0}


def test_what_lies_in_the_file_names_no_visitor_and_no_secret(held, file):
    kept = everything(file)
    for secret in (b"bob", held.secret.encode(), HERE.encode(), held.hall.members(held.id)[0].alias.encode()):
        assert secret not in kept


def test_only_the_leader_deletes(held):
    with pytest.raises(NotTheLeader):
        held.hall.delete_now(held.id, "bob")
    assert held.now is not None
