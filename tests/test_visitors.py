"""The cookie by which rooms know a browser: random, out of reach of scripts, given with a page and nothing else."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse

from afterword.visitors import COOKIE, VisitorCookie, is_token, new_token, rooms_are_offered


def cookies_of(answer=None, scheme="http", **headers):
    """The cookies that a browser is given with an answer."""
    sent = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "scheme": scheme,
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }

    async def keep(message):
        sent.append(message)

    with ThreadPoolExecutor(
        1
    ) as elsewhere:  # a browser's test before this one leaves its loop in this thread
        elsewhere.submit(
            asyncio.run, VisitorCookie(answer or HTMLResponse("<p>"))(scope, None, keep)
        ).result()
    return [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]


def test_a_browser_without_one_gets_one_that_no_script_reads():
    (cookie,) = cookies_of()
    name, _, value = cookie.partition("=")
    token, *rest = value.split("; ")
    assert name == COOKIE
    assert is_token(token)
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(rest)
    assert "Secure" not in rest


def test_it_never_leaves_https_where_the_page_came_so():
    assert cookies_of(scheme="https")[0].endswith("; Secure")
    assert cookies_of(x_forwarded_proto="https")[0].endswith("; Secure")


def test_whoever_has_one_keeps_it():
    assert cookies_of(cookie=f"other=1; {COOKIE}={new_token()}") == []


@pytest.mark.parametrize("value", ["", "short", "x" * 500, "é" * 32, "a b" * 11])
def test_what_is_no_token_of_ours_is_replaced(value):
    assert len(cookies_of(cookie=f"{COOKIE}={value}")) == 1


def test_it_comes_with_pages_alone():
    assert cookies_of(PlainTextResponse("ok")) == []


def test_no_two_are_alike():
    assert len({new_token() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(("key", "offered"), [(None, False), ("", False), ("QUIET-OTTER", True)])
def test_rooms_are_offered_where_a_leader_has_a_key(key, offered):
    assert rooms_are_offered({"AFTERWORD_LEADER_KEY": key} if key is not None else {}) is offered
