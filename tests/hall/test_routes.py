"""What browsers hear from a room, over real connections to a server in this process."""

import asyncio
import socket
from contextlib import ExitStack, contextmanager
from threading import Thread

import httpx
import pytest
import uvicorn
from sqlalchemy import event
from starlette.applications import Starlette

from afterword import telling
from afterword.room_routes import routes_to
from afterword.telling import Teller


@pytest.fixture
def statements(hall):
    """What is asked of the rooms' file."""
    found = []
    event.listen(hall._rooms._engine, "before_cursor_execute", lambda *args: found.append(args[2]))
    return found


@pytest.fixture
def served(hall):
    """The address of a server with the two routes."""
    tellers = []

    def teller():
        if not tellers:
            tellers.append(Teller(hall.pulse, hall.bell))
        return tellers[0]

    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(
            Starlette(routes=routes_to(teller)), log_level="warning", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@contextmanager
def listening(address, room_id, query=""):
    """The lines of news of a room, as they come."""
    with httpx.stream("GET", f"{address}/room/{room_id}/events{query}", timeout=60) as stream:
        assert stream.status_code == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        yield (line for line in stream.iter_lines() if line.startswith(("data", "event")))


def test_whoever_comes_is_told_at_once_what_is(served, alices):
    alices.joined("bob", "eve")
    with listening(served, alices.id) as news:
        assert next(news) == "data: 1 2 0"


def test_the_same_can_be_asked_for_without_a_stream(served, alices):
    alices.joined("bob")
    answer = httpx.get(f"{served}/room/{alices.id}/now")
    assert (answer.status_code, answer.text) == (200, "1 1 0")
    assert answer.headers["cache-control"] == "no-store"


def test_a_move_a_join_and_an_answer_are_told(served, alices):
    with listening(served, alices.id) as news:
        assert next(news) == "data: 1 0 0"
        alices.do("go_on")
        assert next(news) == "data: 2 0 0"
        alices.joined("bob")
        assert next(news) == "data: 2 1 0"
        alices.hall.answer(alices.id, "bob", "channel", "email")
        assert next(news) == "data: 2 1 1"


def test_those_who_ask_for_moves_hear_of_nothing_else(served, alices):
    with listening(served, alices.id, "?moves") as moves, listening(served, alices.id) as news:
        assert next(moves).startswith("data: 1 ")
        assert next(news) == "data: 1 0 0"
        alices.joined("bob")
        assert next(news) == "data: 1 1 0"
        alices.do("go_on")
        assert next(moves).startswith("data: 2 ")


def test_many_who_listen_cost_one_reading(served, alices, statements):
    with ExitStack() as stack:
        heard = [stack.enter_context(listening(served, alices.id)) for _ in range(12)]
        assert {next(news) for news in heard} == {"data: 1 0 0"}
        statements.clear()
        alices.do("go_on")
        assert {next(news) for news in heard} == {"data: 2 0 0"}
        assert len([said for said in statements if "count" in said]) == 1


def test_a_room_never_hears_of_another(served, alices, open_room):
    bobs = open_room()
    with listening(served, alices.id) as news:
        assert next(news) == "data: 1 0 0"
        bobs.joined("eve")
        bobs.do("go_on")
        alices.do("go_on")
        assert next(news) == "data: 2 0 0"


def test_the_stream_of_a_room_that_is_erased_says_so_and_ends(served, alices):
    with listening(served, alices.id) as news:
        assert next(news) == "data: 1 0 0"
        alices.do("delete_now")
        assert list(news) == ["event: gone", "data:"]


@pytest.mark.parametrize("path", ["now", "events"])
def test_a_room_that_never_was_answers_as_one_that_is_erased(served, alices, path):
    alices.do("delete_now")
    for id in (alices.id, "nowhere"):
        answer = httpx.get(f"{served}/room/{id}/{path}")
        assert (answer.status_code, answer.text) == (404, "")


def test_nothing_can_be_done_through_these_addresses(served, alices):
    for path in ("now", "events"):
        assert httpx.post(f"{served}/room/{alices.id}/{path}").status_code == 405
    assert alices.now.turn == 1


def test_a_server_with_too_many_lines_asks_to_come_again(served, alices, monkeypatch):
    monkeypatch.setattr(telling, "MOST_LINES", 1)
    with listening(served, alices.id) as news:
        next(news)
        answer = httpx.get(f"{served}/room/{alices.id}/events")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
