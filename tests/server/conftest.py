"""A real uvicorn on a free port of loopback, and visitors who need no browser.

Streamlit's own interface for programs, switched on for these servers alone, runs real sessions over HTTP.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60
DRIVEN = '''
"""The real server, with Streamlit's interface for programs switched on."""
from streamlit import config

config.get_config_options()
config.set_option("server.enableAgentApi", True)

from server import app
'''


@dataclass
class Server:
    """One server with a data folder of its own."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    module: str = "server"
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self):
        self.port = free_port()
        (self.folder / "driven.py").write_text(DRIVEN, "utf-8")
        options = ["--host", "127.0.0.1", "--port", str(self.port), "--log-level", "warning"]
        options += ["--no-proxy-headers", "--no-access-log", "--app-dir", str(self.folder)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AFTERWORD_")}
        environment |= {"XDG_DATA_HOME": str(self.folder), "PYTHONPATH": str(ROOT), **self.environment}
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "uvicorn", f"{self.module}:app", *options],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        self.wait()
        return self

    def wait(self):
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log
            try:
                self.get("/_stcore/health")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError(self.log)

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)

    @property
    def log(self):
        """Everything that the server said."""
        return (self.folder / "server.log").read_text("utf-8")

    def get(self, path, **headers):
        """One request of a browser: the status, the headers in lower case, the text."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, lowered(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, lowered(error.headers), error.read().decode()

    def visit(self, page=None, **headers):
        """Somebody's first visit, at that page or at the address alone."""
        return Visitor(self, headers).send({"page": page} if page else {})


class Visitor:
    """One session and what its page shows."""

    def __init__(self, server, headers):
        self.server, self.headers, self.session, self.answer = server, headers, None, {}

    def send(self, body):
        """Let the app run; what it shows then is in `answer`."""
        if self.session:
            body = {**body, "session_id": self.session}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.server.port}/_stcore/agent/interact",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", **self.headers},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            self.answer = json.load(answer)
        assert self.answer["status"] == "ready", self.answer
        self.session = self.answer["session_id"]
        return self

    def key_of(self, label):
        """The key of the first field or button whose label begins so."""
        found = [action["key"] for action in self.answer["actions"] if action["label"].startswith(label)]
        assert found, (label, self.answer["actions"])
        return found[0]

    def fill(self, label, value):
        return self.send({"widget_state": {self.key_of(label): value}})

    def press(self, label):
        return self.send({"trigger": {"key": self.key_of(label)}})

    def add_interview(self, company):
        """The three facts that make a plan, as far as one has to say them."""
        return self.fill("Company", company).press("Show my plan")

    @property
    def text(self):
        """The whole page, as one text."""
        return json.dumps(self.answer["tree"], ensure_ascii=False)

    @property
    def is_a_guest(self):
        return "You are a guest here." in self.text


def lowered(headers):
    return {name.lower(): value for name, value in headers.items()}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def start_server(tmp_path):
    """Starts servers, each with a folder of its own, and stops them all in the end."""
    started = []

    def start(**environment):
        folder = tmp_path / str(len(started))
        folder.mkdir()
        started.append(Server(folder, environment, module="driven").start())
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="module")
def owners(tmp_path_factory):
    """A server bound to loopback, as `start.py` starts it for the owner of this computer."""
    server = Server(
        tmp_path_factory.mktemp("owners"), {"AFTERWORD_BOUND": "127.0.0.1"}, module="driven"
    ).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def unbound(tmp_path_factory):
    """A server that nobody told where it is bound, as uvicorn alone starts it; nothing is switched on."""
    server = Server(tmp_path_factory.mktemp("unbound"), module="server").start()
    yield server
    server.stop()


@pytest.fixture
def until():
    """Waits for something that a server does in its own time."""

    def wait(holds):
        patience = time.monotonic() + SECONDS_TO_START
        while not holds():
            assert time.monotonic() < patience
            time.sleep(0.02)

    return wait
