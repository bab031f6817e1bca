"""What uvicorn serves: the app with its headers, to its owner or to guests, and a log that tells on nobody."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from afterword.ui import wiring
from tests.server.conftest import ROOT

pytestmark = pytest.mark.xdist_group("server")  # one process starts these servers, and once

SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
}
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Real-IP", "Via", "CF-Connecting-IP")


def files_with(server, text):
    """The files of a server's data folder that hold that text."""
    return [path.name for path in server.folder.rglob("*") if path.is_file() and text in path.read_bytes()]


# What every answer carries


def test_the_server_says_that_it_is_well(unbound):
    status, _, text = unbound.get("/_stcore/health")
    assert (status, text) == (200, "ok")


@pytest.mark.parametrize("path", ["/_stcore/health", "/", "/about_you", "/static/no-such-file.js"])
def test_every_answer_carries_the_safe_headers_once(unbound, path):
    _, headers, _ = unbound.get(path)
    assert {name: headers.get(name) for name in SAFE} == SAFE


def test_the_page_itself_is_served(unbound):
    status, headers, text = unbound.get("/")
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert "<title>" in text


def test_the_interface_for_programs_is_off_unless_it_is_switched_on(unbound):
    status, _, text = unbound.get("/_stcore/agent/openapi.json")
    assert status == 200
    assert '"x-streamlit-agent-api":"disabled"' in text.replace(" ", "")


# Whose data it is


@pytest.fixture(scope="module")
def alices(owners):
    """A server on which Alice, its owner, has an application."""
    owners.visit().add_interview("Alices marker company")
    return owners


def test_the_owner_finds_again_what_was_entered_and_it_lies_in_the_owners_file(alices):
    again = alices.visit()
    assert not again.is_a_guest
    assert "Alices marker company" in again.text
    with closing(sqlite3.connect(alices.folder / "afterword" / "afterword.sqlite3")) as store:
        documents = [row[0] for row in store.execute("select document from applications")]
    assert len(documents) == 1
    assert "Alices marker company" in documents[0]


@pytest.mark.parametrize("header", FORWARDED)
def test_charlie_behind_a_proxy_is_a_guest_who_sees_nothing_of_the_owners(alices, header):
    charlie = alices.visit(**{header: "127.0.0.1"})
    assert charlie.is_a_guest
    assert "marker company" not in charlie.text


@pytest.mark.parametrize("host", ["afterword.example", "afterword.example:8501", "127.0.0.1.evil.example"])
def test_charlie_who_asks_by_another_name_is_a_guest_who_sees_nothing_of_the_owners(alices, host):
    charlie = alices.visit(Host=host)
    assert charlie.is_a_guest
    assert "marker company" not in charlie.text


@pytest.mark.parametrize("host", ["localhost:{}", "127.0.0.1:{}", "[::1]:{}", "LOCALHOST"])
def test_the_owner_may_ask_by_any_name_of_this_computer(alices, host):
    owner = alices.visit(Host=host.format(alices.port))
    assert not owner.is_a_guest
    assert "Alices marker company" in owner.text


def test_without_a_word_on_where_it_is_bound_nobody_is_the_owner(start_server):
    server = start_server()
    assert server.visit().is_a_guest
    assert server.visit().is_a_guest
    assert not list(server.folder.rglob("*.sqlite3"))


def test_a_server_that_was_not_told_where_it_is_bound_takes_it_to_be_unknown():
    code = "import server; from afterword.ui import wiring; print(wiring.server_address())"
    environment = {name: value for name, value in os.environ.items() if name != "AFTERWORD_BOUND"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "unknown\n"
    assert not wiring.visitor_is_owner("unknown", {"Host": "127.0.0.1"}, {})


@pytest.mark.parametrize("page", ["about_you"])
def test_the_first_visitor_after_a_start_may_come_by_any_address(start_server, page):
    first = start_server().visit(page)
    assert first.is_a_guest
    assert [page["title"] for page in first.answer["pages"]][:1] == ["Today"]


# What the log tells


def test_the_log_of_a_session_holds_nothing_personal(start_server):
    server = start_server(AFTERWORD_BOUND="127.0.0.1")
    owner = server.visit().fill("Whom did you meet?", "Marker Person, marker@person.example")
    owner.add_interview("Marker Company").press("I've thanked Marker Person").press("Undo: Marker Person")
    about = server.visit("about_you")
    named = {about.key_of("Your full name"): "Marker Owner"}
    about.send({"widget_state": named, "trigger": {"key": about.key_of("Save")}})
    assert files_with(server, b"Marker Company") != []
    assert files_with(server, b"Marker Owner") != []
    assert "marker" not in server.log.lower()
    assert server.log == ""
