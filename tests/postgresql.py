"""A real PostgreSQL for tests: a server of its own, heard on a socket in its own folder and on no network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL

USER = "afterword"
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "listen_addresses": ""}
PATIENCE = 30  # seconds until the server must have answered


@cache
def program(name: str) -> str | None:
    """Where one of PostgreSQL's programs lies, None on a computer that has none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *map(str, folders)]))


def is_there() -> bool:
    """Whether this computer has a PostgreSQL to start."""
    return program("initdb") is not None and program("postgres") is not None


@contextmanager
def serving() -> Iterator[Callable[[], URL]]:
    """A server as long as the block lasts; what it gives makes a new, empty database at each call."""
    with tempfile.TemporaryDirectory(prefix="afterword-pg-") as folder:
        owner = owner_of(folder)
        made = [program("initdb"), "-D", f"{folder}/data", "-U", USER, "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run(made, check=True, capture_output=True, cwd=folder, **owner)
        settings = SETTINGS | {"unix_socket_directories": folder}
        told = [f"-c{name}={value}" for name, value in settings.items()]
        with Path(folder, "log").open("wb") as log:
            run = [program("postgres"), "-D", f"{folder}/data", *told]
            server = subprocess.Popen(run, stdout=log, stderr=log, cwd=folder, **owner)
        try:
            with connected(folder) as connection:
                yield partial(new_database, connection, folder, count(1))
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            server.wait(PATIENCE)


def owner_of(folder: str) -> dict[str, Any]:
    """As whom to run it: the server refuses to be run by root, so then the folder is given to nobody."""
    if os.geteuid():
        return {}
    shutil.chown(folder, "nobody")
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def new_database(connection: psycopg.Connection[Any], folder: str, numbers: Iterator[int]) -> URL:
    """Make a new, empty database; where it is."""
    name = f"test{next(numbers)}"
    connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return URL.create("postgresql+psycopg", username=USER, database=name, query={"host": folder})


def connected(folder: str) -> psycopg.Connection[Any]:
    """A connection to the server, once it answers."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return psycopg.connect(host=folder, user=USER, dbname="postgres", autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
