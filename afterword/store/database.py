"""Opening the database: where it lies, how SQLite is set, and its migrations with a dated copy before each."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from time import sleep
from typing import Any

import platformdirs
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from afterword.domain.errors import StoreUnavailable
from afterword.store.backups import keep_last_copies
from afterword.store.transactions import writing

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
PRIVATE = 0o700
DATABASE = "afterword.sqlite3"
Flush = Callable[[str], None]
# Each statement sees what was written before it, on which turns rest; and a server may have been started anew.
SERVERS: dict[str, Any] = {"isolation_level": "READ COMMITTED", "pool_pre_ping": True}
SWITCHES, BETWEEN_SWITCHES = 100, 0.05  # seconds


def database_url() -> URL:
    """The database to use: what AFTERWORD_DATABASE names, else a SQLite file in the user's data folder.

    Raises StoreUnavailable.
    """
    named = os.environ.get("AFTERWORD_DATABASE")
    try:
        return make_url(named) if named else URL.create("sqlite", database=str(data_folder() / DATABASE))
    except (ArgumentError, OSError) as error:
        raise StoreUnavailable(f"There is no place for your store: {error}") from error


def data_folder() -> Path:
    """The user's own folder for Afterword, which nobody else may enter; made where it is missing."""
    folder = Path(platformdirs.user_data_dir("afterword", appauthor=False))
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    folder.chmod(PRIVATE)
    return folder


def open_database(url: URL | str, now: datetime, flush: Flush | None = None) -> Engine:
    """An engine on the database, migrated to the newest tables. A copy is made before a migration.

    `flush` has the disk take in a file, where whoever hears of a commit waits for that; else each commit waits for
    the disk itself. Raises StoreUnavailable.
    """
    try:
        is_server = make_url(url).get_backend_name() != "sqlite"
        engine = create_engine(url, **(SERVERS if is_server else {}))
        if engine.dialect.name == "postgresql":
            event.listen(engine, "connect", set_postgresql)
        if not is_server:
            event.listen(engine, "connect", set_sqlite)
            if flush is not None and engine.url.database:
                flush_beside(engine, partial(flush, f"{engine.url.database}-wal"))
        migrate(engine, now)
    except ModuleNotFoundError as error:
        said = f"Your store cannot be opened: its driver {error.name} is not installed"
        raise StoreUnavailable(f"{said}; install it, or correct AFTERWORD_DATABASE.") from error
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise StoreUnavailable(
            f"Your store cannot be opened, and nothing in it was changed: {reason}"
        ) from error
    return engine


def set_postgresql(connection: DBAPIConnection, _: object) -> None:
    """Wait for nobody for ever: not for somebody's turn to end, nor for who has begun something and went away."""
    with closing(connection.cursor()) as cursor:
        for setting in ("lock_timeout='10s'", "idle_in_transaction_session_timeout='60s'"):
            cursor.execute(f"SET SESSION {setting}")
    connection.commit()


def set_sqlite(connection: sqlite3.Connection, _: object) -> None:
    """Write ahead, so that readers never wait; flush each commit, so that a confirmed tick survives.

    What is erased is overwritten, so that nobody finds its text in the file.
    """
    connection.execute("PRAGMA busy_timeout=10000")
    write_ahead(connection)
    for pragma in ("synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def flush_beside(engine: Engine, flush: Callable[[], None]) -> None:
    """Have what is committed flushed once it is written, and no commit wait for that."""

    def set_normal(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA synchronous=NORMAL")

    def writes(connection: Connection) -> None:
        connection.info["commits"] = True

    def came_back(_: object, record: ConnectionPoolEntry) -> None:
        if record.info.pop("commits", False):
            flush()

    event.listen(engine, "connect", set_normal)
    event.listen(engine, "commit", writes)  # which is told before it is done
    event.listen(engine, "checkin", came_back)


def write_ahead(connection: sqlite3.Connection) -> None:
    """Have the file written ahead. Two that open a new file at once both want to switch; SQLite lets neither wait."""
    for _ in range(SWITCHES - 1):
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode=WAL")
            return
        sleep(BETWEEN_SWITCHES)
    connection.execute("PRAGMA journal_mode=WAL")


def migrate(engine: Engine, now: datetime) -> None:
    """Bring the tables up to date.

    1. Look without a lock, since most starts have nothing to do. 2. Copy what is there.
    3. Take the write lock, so that of two starts at once one migrates and the other finds it done.
    """
    with engine.connect() as connection:
        current = revision_of(connection)
    if current == newest_revision():
        return
    if current is not None and current not in known_revisions():
        raise StoreUnavailable(
            "This store was written by a newer Afterword; start that one, nothing was changed."
        )
    if current is not None:
        copy_database(engine.url, current, now)
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            upgrade(connection)
            connection.exec_driver_sql("COMMIT")
    else:
        with writing(engine, "") as connection:
            upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing on this connection."""
    from alembic import command  # most starts have nothing to migrate, and are the quicker without it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def revision_of(connection: Connection) -> str | None:
    """The migration the tables are at, None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return found


def known_revisions() -> frozenset[str]:
    """Every migration that this Afterword knows, by the number that its file's name begins with."""
    return frozenset(path.name.partition("_")[0] for path in MIGRATIONS.glob("versions/[0-9]*.py"))


def newest_revision() -> str | None:
    """The newest migration there is."""
    return max(known_revisions(), default=None)


def copy_database(url: URL | str, revision: str, now: datetime) -> Path | None:
    """A copy of a SQLite file beside it, named by revision and time; None for other databases.

    The last ten are kept.
    """
    path = make_url(url).database
    if make_url(url).get_backend_name() != "sqlite" or path is None:
        return None
    copy = Path(f"{path}.before-{revision}-{now:%Y%m%dT%H%M%SZ}.sqlite3")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    copy.chmod(0o600)
    keep_last_copies(Path(path))
    return copy
