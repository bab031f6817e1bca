"""A real server, a real database file and a real Chromium."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.axe import Bare, found_bare, write_bare_app

ROOT = Path(__file__).resolve().parents[2]
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page lives for seconds here: to optimise its code costs more than it brings, a tenth of all processor time.
    "--js-flags=--no-opt --no-maglev",
    # A visitor from elsewhere, who asks for this computer by another name.
    "--host-resolver-rules=MAP afterword.example 127.0.0.1",
)
NEW_YORK = "America/New_York"


HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a browser's test once more where it failed on a machine for CI; the report counts every such try."""
    if os.environ.get("CI") != "true":
        return
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


@dataclass
class Server:
    """One uvicorn on a free port of loopback, with a data folder of its own."""

    folder: Path
    script: str = "server:app"
    cwd: Path = ROOT
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        self.port = self.port or free_port()
        command = [
            sys.executable,
            "-m",
            "uvicorn",
            self.script,
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        command += [
            "--no-proxy-headers",
            "--no-access-log",
            "--log-level",
            "warning",
            "--app-dir",
            str(self.cwd),
        ]
        environment = {
            **os.environ,
            "XDG_DATA_HOME": str(self.folder),
            "AFTERWORD_BOUND": "127.0.0.1",
            "PYTHONPATH": str(ROOT),
        }
        environment.pop("AFTERWORD_DATABASE", None)
        environment |= self.environment
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(command, cwd=self.cwd, env=environment, stdout=log, stderr=log)
        wait_for(self.url + "/_stcore/health")
        return self

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.kill()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_for(url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = os.environ.get("AFTERWORD_BROWSER") or None
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def bare(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bare]:
    """What axe finds on a bare Streamlit page, by width and scheme."""
    folder = tmp_path_factory.mktemp("bare")
    write_bare_app(folder)
    started = Server(folder, script="bare_server:app", cwd=folder).start()
    yield found_bare(browser, started.url)
    started.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of this test alone, with an empty store."""
    started = Server(tmp_path).start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for tests that leave nothing behind, or don't mind what others left."""
    started = Server(tmp_path_factory.mktemp("data")).start()
    yield started
    started.stop()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser context of its own, as another visitor would."""
    contexts: list[BrowserContext] = []

    def opened(url: str, width: int = 1280, scheme: str = "light", **more: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            timezone_id=NEW_YORK,
            locale="en-GB",
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(url)
        page.get_by_role("heading", level=1).wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
