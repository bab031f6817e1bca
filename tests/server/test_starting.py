"""What a visitor meets in the first second of a process, and what ends it where it cannot load what it needs."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from afterword import starting
from afterword.starting import OnceLoaded
from tests.server.conftest import ROOT, free_port
from tests.server.loop import in_a_loop

pytestmark = pytest.mark.xdist_group("server")


@pytest.fixture
def loading(monkeypatch):
    """A process that is loading still; set it, and all is loaded."""
    event = asyncio.Event()
    monkeypatch.setattr(starting, "loaded", event)
    return event


@pytest.fixture
def streamlit_there(monkeypatch):
    """Set it, and Streamlit is loaded."""
    event = asyncio.Event()
    monkeypatch.setattr(starting, "begun", event)
    return event


async def answered(path, kind="http", **headers):
    """Whether a request for that path has gone through by now; what came of it later is cancelled."""
    through = []
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]

    async def app(scope, *_):
        through.append(scope["path"])

    task = asyncio.create_task(OnceLoaded(app)({"type": kind, "path": path, "headers": sent}, None, None))
    for _ in range(5):
        await asyncio.sleep(0)
    task.cancel()
    return through == [path]


@pytest.mark.parametrize(("kind", "path"), [("websocket", "/_stcore/stream"), ("http", "/_stcore/health")])
def test_sessions_and_the_word_that_all_is_well_wait_until_all_is_loaded(loading, kind, path):
    async def before_and_after():
        before = await answered(path, kind)
        loading.set()
        return before, await answered(path, kind)

    assert in_a_loop(before_and_after()) == (False, True)


PAGES_OWN = {"sec_fetch_site": "same-origin"}


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config", "/coach/_stcore/health"])
def test_what_a_page_asks_before_its_session_waits_for_streamlit_alone(loading, streamlit_there, path):
    async def before_and_after():
        before = await answered(path, **PAGES_OWN)
        streamlit_there.set()
        return before, await answered(path, **PAGES_OWN)

    assert in_a_loop(before_and_after()) == (False, True)
    assert not loading.is_set()


@pytest.mark.parametrize(
    ("kind", "path", "site"),
    [
        ("websocket", "/_stcore/stream", "same-origin"),
        ("http", "/about_you", "same-origin"),
        ("http", "/_stcore/health", "cross-site"),
    ],
)
def test_nothing_else_goes_through_before_all_is_loaded(loading, streamlit_there, kind, path, site):
    async def before_and_after():
        streamlit_there.set()
        before = await answered(path, kind, sec_fetch_site=site)
        loading.set()
        return before, await answered(path, kind, sec_fetch_site=site)

    assert in_a_loop(before_and_after()) == (False, True)


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_ended_while_it_loads_ends_without_a_word(tmp_path, way):
    environment = {**os.environ, "AFTERWORD_BOUND": "127.0.0.1", "XDG_DATA_HOME": str(tmp_path)}
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "server:app", "--port", str(port), "--log-level", "warning"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        until_it_listens(port)
        process.send_signal(way)
        assert process.communicate(timeout=60)[0] == ""
    assert process.returncode in {0, -way}


def until_it_listens(port):
    """Return once somebody listens on that port."""
    while True:
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.005)


def test_a_server_whose_store_cannot_be_opened_says_so_and_ends(tmp_path):
    environment = {**os.environ, "AFTERWORD_BOUND": "127.0.0.1", "XDG_DATA_HOME": str(tmp_path)}
    environment["AFTERWORD_DATABASE"] = f"sqlite:///{tmp_path}/no/such/folder/file.sqlite3"
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "server:app",
        "--port",
        str(free_port()),
        "--log-level",
        "warning",
    ]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "Your store cannot be opened, and nothing in it was changed" in done.stderr


def test_the_collector_is_on_again_once_all_is_loaded(tmp_path):
    code = """
import asyncio, gc
import server
from afterword import starting

async def loaded():
    said = asyncio.Queue()
    await said.put({"type": "lifespan.startup"})
    task = asyncio.create_task(server.app({"type": "lifespan"}, said.get, asyncio.Queue().put))
    await starting.loaded.wait()
    await said.put({"type": "lifespan.shutdown"})
    await task

print(gc.isenabled())
asyncio.run(loaded())
print(gc.isenabled(), gc.get_freeze_count() > 10_000)
"""
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["False", "True True"]
