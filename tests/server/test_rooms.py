"""A server in room mode: everybody is a guest, the owner's store stays shut, and rooms have a file of their own."""

import sqlite3
from contextlib import closing

import pytest

from tests.desk.cast import SetClock
from tests.hall.rooms import BOOK
from tests.server.conftest import Server

pytestmark = pytest.mark.xdist_group("server")

KEY = {"AFTERWORD_LEADER_KEY": "QUIET-OTTER-7K3M"}
ROOM_MODE = {"AFTERWORD_BOUND": "127.0.0.1", "AFTERWORD_ROOM": "1", **KEY}


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A server as `start.py workshop` starts it."""
    server = Server(tmp_path_factory.mktemp("held"), ROOM_MODE, module="driven").start()
    yield server
    server.stop()


def test_in_room_mode_there_is_no_owner_even_at_this_very_computer(held):
    for host in ("localhost", "127.0.0.1", "192.168.1.7:8501"):
        assert held.visit("today", Host=host).is_a_guest


def test_a_browser_gets_its_cookie_with_the_page_and_keeps_it(held):
    _, headers, _ = held.get("/")
    cookie = headers["set-cookie"]
    assert cookie.startswith("afterword_visitor=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "set-cookie" not in held.get("/", Cookie=cookie.partition(";")[0])[1]
    assert "afterword" not in held.get("/_stcore/health")[1]["set-cookie"]


def test_a_server_without_a_leaders_key_has_no_rooms_no_cookie_and_no_file_of_them(unbound):
    _, headers, _ = unbound.get("/")
    assert "set-cookie" not in headers
    assert "text/html" in unbound.get("/room/any/now")[1]["content-type"]
    assert not list(unbound.folder.rglob("rooms.sqlite3"))


def test_a_room_that_never_was_is_told_so(held):
    for path in ("/room/nowhere/now", "/room/nowhere/events"):
        assert held.get(path)[0] == 404


@pytest.fixture
def left_over(tmp_path):
    """A rooms' file with a room that ended long ago."""
    from afterword.bell import Bell
    from afterword.hall import Hall
    from afterword.store.rooms import open_rooms

    file = tmp_path / "rooms.sqlite3"
    Hall(open_rooms(file), SetClock(), BOOK, "KEY", Bell()).open_room("KEY", "small", "")
    return file


def rooms_in(file):
    with closing(sqlite3.connect(file)) as found:
        return found.execute("select count(*) from rooms").fetchone()[0]


@pytest.mark.parametrize("key", [KEY, {}])
def test_rooms_whose_time_has_come_are_erased_at_a_start_whether_rooms_are_open_or_not(
    start_server, left_over, until, key
):
    assert rooms_in(left_over) == 1
    start_server(AFTERWORD_ROOMS=str(left_over), AFTERWORD_NOW="2027-03-01T12:00:00+00:00", **key)
    until(lambda: rooms_in(left_over) == 0)


def test_a_server_whose_rooms_cannot_be_opened_serves_the_rest(start_server, tmp_path):
    (tmp_path / "precious.sqlite3").write_bytes(b"no rooms")
    server = start_server(AFTERWORD_ROOMS=str(tmp_path / "precious.sqlite3"), **KEY)
    assert server.visit().is_a_guest
    assert server.get("/room/any/now")[0] == 503
    assert (tmp_path / "precious.sqlite3").read_bytes() == b"no rooms"


def test_the_log_of_a_server_with_rooms_is_empty(held):
    assert held.log == ""
