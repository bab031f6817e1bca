"""Servers on loopback, each a process of its own with a data folder of its own."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
SECONDS_TO_START = 60
# As start.py serves; only who starts is another.
OPTIONS = (
    "--no-proxy-headers",
    "--log-level",
    "warning",
    "--no-access-log",
    "--timeout-graceful-shutdown",
    "3",
)
STEERS = ("AFTERWORD_", "STREAMLIT_")  # of the environment nothing of this reaches a server


@dataclass(frozen=True)
class Server:
    """A server that was started, perhaps just now, and the file that it writes its words to."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def address(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    def wait(self) -> None:
        """Return once it answers. Raises RuntimeError with its own words if it ended or takes a minute."""
        until = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"The server did not start: {self.log.read_text('utf-8')}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/_stcore/health")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def end(self) -> None:
        """End it, by force if it does not listen."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


@contextmanager
def served(module: str, folder: Path, **settings: str) -> Iterator[Server]:
    """A server of that module's `app`, with these settings in its environment, ended with the block.

    It may not answer yet; several can be started before the first is waited for.
    """
    options = ["--host", HOST, *OPTIONS, "--app-dir", str(ROOT)]
    with running(["uvicorn", f"{module}:app", *options], ROOT, folder, settings) as server:
        yield server


@contextmanager
def served_on_defaults(script: Path, folder: Path, **settings: str) -> Iterator[Server]:
    """Streamlit's own server for a script, with its own settings as in a folder without any, ended with the block."""
    options = ["--server.headless", "true", "--server.address", HOST]
    told = {"HOME": str(folder), **settings}
    with running(["streamlit", "run", str(script), *options], folder, folder, told) as server:
        yield server


@contextmanager
def running(
    command: Sequence[str], where: Path, folder: Path, settings: Mapping[str, str]
) -> Iterator[Server]:
    """A module of Python's that serves on a free port, with its data and its log in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    port, log = free_port(), folder / "server.log"
    option = "--server.port" if command[0] == "streamlit" else "--port"
    with log.open("wb") as words:
        process = subprocess.Popen(  # noqa: S603 - our own server
            [sys.executable, "-m", *command, option, str(port)],
            cwd=where,
            env=environment(folder, settings),
            stdout=words,
            stderr=words,
        )
    server = Server(port, process, log)
    try:
        yield server
    finally:
        server.end()


def environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """What a server is told: what this process was, but for what would steer it, and its settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(STEERS)}
    return {**kept, "XDG_DATA_HOME": str(folder), **settings}


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])
