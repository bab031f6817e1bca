"""The rooms' file: its own, private, replaced where it is of another form, and never taken for another."""

import os
import sqlite3
import stat
from contextlib import closing

import pytest
from sqlalchemy import event

from afterword.bell import Bell
from afterword.domain.errors import StoreUnavailable
from afterword.domain.workshop import ended, opened
from afterword.hall import Hall
from afterword.store import rooms
from afterword.store.rooms import open_rooms, rooms_file
from tests.desk.cast import SetClock
from tests.hall.rooms import AGENDA, BOOK, HERE, KEY
from tests.store.examples import NOW

ROOM = opened("r1", "BCDFGH", AGENDA, NOW)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "rooms.sqlite3"


def setting(file, name):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_it_lies_in_the_users_folder_unless_another_place_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv("AFTERWORD_ROOMS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert rooms_file().name == "rooms.sqlite3"
    monkeypatch.setenv("AFTERWORD_ROOMS", str(tmp_path / "elsewhere"))
    assert rooms_file() == tmp_path / "elsewhere"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_on_this_computer_can_read_it(file):
    open_rooms(file).add(ROOM, b"")
    for path in file.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_it_is_written_ahead_and_overwrites_what_is_erased(file):
    engine = open_rooms(file)._engine
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "secure_delete", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "secure_delete": 1, "foreign_keys": 1}


def test_opened_again_it_holds_what_it_held(file):
    open_rooms(file).add(ROOM, b"leader")
    assert open_rooms(file).led("r1") == (ROOM, b"leader")


def test_one_of_another_form_is_made_anew(file, monkeypatch):
    open_rooms(file).add(ROOM, b"")
    monkeypatch.setattr(rooms, "FORM", rooms.FORM + 1)
    assert open_rooms(file).get("r1") is None
    assert setting(file, "user_version") == rooms.FORM


def test_a_database_of_something_else_is_left_alone(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("create table precious (x)")
    before = file.read_bytes()
    with pytest.raises(StoreUnavailable, match="left alone"):
        open_rooms(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("text", [b"no database at all", b"x" * 5000])
def test_a_file_that_is_no_database_is_left_alone(file, text):
    file.write_bytes(text)
    with pytest.raises(StoreUnavailable):
        open_rooms(file)
    assert file.read_bytes() == text


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path):
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        open_rooms(tmp_path / "missing" / "rooms.sqlite3")


def test_an_open_room_keeps_its_code_to_itself_and_an_ended_one_gives_it_back(file):
    kept = open_rooms(file)
    again = opened("r2", ROOM.code, AGENDA, NOW)
    assert kept.add(ROOM, b"")
    assert not kept.add(again, b"")
    kept.change("r1", lambda room: ended(room, NOW))
    assert kept.add(again, b"")
    assert kept.with_code(ROOM.code, NOW).id == "r2"


def test_a_members_page_is_read_in_three_statements_and_the_pulse_in_one(file):
    kept = open_rooms(file)
    hall = Hall(kept, SetClock(), BOOK, KEY, Bell())
    room, _ = hall.open_room(KEY, "small", HERE)
    hall.join(room, "bob")
    statements = []
    event.listen(kept._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    hall.place(room.id, "bob")
    assert len(statements) == 3
    statements.clear()
    hall.pulse(room.id)
    assert len(statements) == 1
