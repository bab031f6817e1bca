"""Whose data a session works on: the owner's only at this very computer, asked for by its own name."""

import os

import pytest
import streamlit as st

from afterword.domain.model import Application
from afterword.store.database import open_database
from afterword.store.sql import SqlRepository
from afterword.ui.wiring import host_name, is_loopback, visitor_is_owner, warm
from tests.desk.cast import NOW

LOCAL = "127.0.0.1"
FORWARDED = (
    "Forwarded",
    "FORWARDED",
    "x-forwarded-for",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-IP",
    "Via",
    "CF-Connecting-IP",
    "cf-ray",
    "Cf-Visitor",
    "True-Client-IP",
    "Fly-Client-IP",
    "X-Original-Host",
    "Tailscale-User-Login",
)
HERE = ("localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1")
ELSEWHERE = (
    "",
    " ",
    "unknown",
    "0.0.0.0",  # noqa: S104 - as a server that anybody can reach is bound
    "::",
    "192.168.1.7",
    "10.0.0.1",
    "evil.example",
    "localhost.evil.example",
    "localhost.localdomain",
    "127.0.0.1.evil.example",
    "notlocalhost",
    "127.0.0.1.nip.io",
    "2130706433",
    "0x7f000001",
    "127.1",
    "127.0.0.1@evil.example",
    "evil.example@127.0.0.1",
    "afterword",
)


@pytest.mark.parametrize("name", HERE)
def test_this_means_this_very_computer(name):
    assert is_loopback(name)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_this_does_not(name):
    assert not is_loopback(name)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost", "localhost"),
        ("localhost:8501", "localhost"),
        ("127.0.0.1:8501", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]:8501", "::1"),
        ("[::1]", "::1"),
        ("::1", ""),
        ("[::1].evil.example", ""),
        ("localhost:evil.example", ""),
        ("alice@localhost", ""),
        ("localhost/evil.example", ""),
        ("evil.example:80", "evil.example"),
        ("", ""),
        (":8501", ""),
    ],
)
def test_a_host_is_named_without_its_port(host, name):
    assert host_name(host) == name


@pytest.mark.parametrize("bound", HERE)
@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:8501", "[::1]:8501", "127.8.8.8"])
def test_whoever_asks_this_computer_by_its_own_name_is_the_owner(bound, host):
    assert visitor_is_owner(bound, {"Host": host}, {})


@pytest.mark.parametrize("name", ["Host", "host", "HOST"])
def test_headers_are_read_in_any_case(name):
    assert visitor_is_owner(LOCAL, {name: "localhost"}, {})
    assert not visitor_is_owner(LOCAL, {name: "evil.example"}, {})


@pytest.mark.parametrize("bound", ELSEWHERE)
def test_on_a_server_bound_elsewhere_or_nobody_knows_where_nobody_is_the_owner(bound):
    assert not visitor_is_owner(bound, {"Host": "localhost:8501"}, {})


@pytest.mark.parametrize("host", [*ELSEWHERE, "evil.example:8501", "localhost.evil.example:8501", ":8501"])
def test_whoever_asks_by_another_name_is_no_owner(host):
    assert not visitor_is_owner(LOCAL, {"Host": host}, {})


def test_whoever_asks_by_no_name_at_all_is_no_owner():
    assert not visitor_is_owner(LOCAL, {}, {})


@pytest.mark.parametrize("header", FORWARDED)
@pytest.mark.parametrize("value", ["127.0.0.1", "203.0.113.7", ""])
def test_whoever_was_forwarded_is_no_owner_whatever_the_header_says(header, value):
    assert not visitor_is_owner(LOCAL, {"Host": "localhost", header: value}, {})


def test_other_headers_make_no_difference():
    sent = {
        "Host": "localhost",
        "User-Agent": "Forwarded",
        "Accept": "*/*",
        "Origin": "http://localhost:8501",
    }
    assert visitor_is_owner(LOCAL, sent, {})


@pytest.mark.parametrize("flag", ["1", "true", "yes", "no"])
def test_on_a_server_started_for_guests_nobody_is_the_owner(flag):
    assert not visitor_is_owner(LOCAL, {"Host": "localhost"}, {"AFTERWORD_GUEST": flag})


@pytest.mark.parametrize("flag", ["1", "true", "yes", "no"])
def test_on_a_server_started_for_a_workshop_nobody_is_the_owner(flag):
    assert not visitor_is_owner(LOCAL, {"Host": "localhost"}, {"AFTERWORD_ROOM": flag})


@pytest.mark.parametrize(
    "environment", [{}, {"AFTERWORD_ROOM": "0"}, {"AFTERWORD_GUEST": ""}, {"AFTERWORD_GUEST": "0"}]
)
def test_without_that_flag_the_owner_is(environment):
    assert visitor_is_owner(LOCAL, {"Host": "localhost"}, environment)


@pytest.mark.parametrize("host", ["[::1].evil.example", "[::1]evil.example:80", "localhost:evil.example"])
def test_a_host_that_is_no_host_at_all_is_no_owners(host):
    assert not visitor_is_owner(LOCAL, {"Host": host}, {})


# What a start prepares


@pytest.fixture
def started(tmp_path, monkeypatch):
    """A process that has just started, with a data folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for name in [name for name in os.environ if name.startswith("AFTERWORD_")]:
        monkeypatch.delenv(name, raising=False)
    st.cache_resource.clear()
    yield tmp_path / "afterword"
    st.cache_resource.clear()


def test_a_start_for_the_owner_opens_the_store(started, monkeypatch):
    monkeypatch.setenv("AFTERWORD_BOUND", LOCAL)
    warm()
    url = f"sqlite:///{started / 'afterword.sqlite3'}"
    repository = SqlRepository(open_database(url, NOW))
    assert repository.add("me", Application(id="a1", company="Fernbridge"), NOW).version == 1


@pytest.mark.parametrize(
    "environment",
    [
        {"AFTERWORD_BOUND": "unknown"},
        {"AFTERWORD_BOUND": LOCAL, "AFTERWORD_GUEST": "1"},
        {"AFTERWORD_BOUND": LOCAL, "AFTERWORD_ROOM": "1"},
    ],
)
def test_a_start_for_guests_makes_no_store(started, monkeypatch, environment):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    warm()
    assert not list(started.glob("*.sqlite3*"))
