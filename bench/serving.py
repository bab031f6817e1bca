"""Servers on loopback, each a process of its own with a data folder of its own."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
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
    folder.mkdir(parents=True, exist_ok=True)
    port, log = free_port(), folder / "server.log"
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        f"{module}:app",
        "--host",
        HOST,
        "--port",
        str(port),
        *OPTIONS,
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(STEERS)}
    environment |= {"XDG_DATA_HOME": str(folder), **settings}
    with log.open("wb") as words:
        process = subprocess.Popen(  # noqa: S603 - our own server
            [*command, "--app-dir", str(ROOT)], cwd=ROOT, env=environment, stdout=words, stderr=words
        )
    server = Server(port, process, log)
    try:
        yield server
    finally:
        server.end()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])
