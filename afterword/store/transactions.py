"""Transactions: in each, those who write to one owner's applications take turns.

In SQLite they do of themselves, since one at a time may write. In PostgreSQL each asks for the owner's turn first:
else of two who write to the same rows in another order neither could go on, and two who write on a condition
might both find it holding. See docs/decisions/027-turns-in-postgresql.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, Engine, String, bindparam, text
from sqlalchemy.exc import DataError, SQLAlchemyError

from afterword.domain.errors import StoreUnavailable

TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:owner, 0))").bindparams(
    bindparam("owner", type_=String)
)

IMMEDIATE = "BEGIN IMMEDIATE"  # SQLite's for a transaction that may write from its beginning on


@contextmanager
def writing(engine: Engine, owner: str) -> Iterator[Connection]:
    """A transaction in which the owner's applications are written to.

    Raises StoreUnavailable where the database cannot hold something, else what SQLAlchemy raises.
    """
    with told_plainly(DataError), engine.begin() as connection:
        if takes_turns(engine):
            connection.execute(TURN, {"owner": owner})
        yield connection


@contextmanager
def reading_first(engine: Engine, owner: str) -> Iterator[Connection]:
    """A transaction in which one reads before one writes, and nobody else writes to what is the owner's.

    SQLite's driver begins none before the first write, so there it is begun in so many words.
    Raises StoreUnavailable, and then nothing is changed.
    """
    with told_plainly():
        if engine.dialect.name == "sqlite":
            with begun(engine, IMMEDIATE) as connection:
                yield connection
        else:
            with writing(engine, owner) as connection:
                yield connection


@contextmanager
def at_one_moment(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads everything as it was at one moment. Raises StoreUnavailable."""
    with told_plainly():
        if engine.dialect.name == "sqlite":
            with begun(engine, "BEGIN") as connection:
                yield connection
        else:
            with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
                yield connection


def takes_turns(engine: Engine) -> bool:
    """Whether those who write must ask for their turn."""
    return engine.dialect.name == "postgresql"


@contextmanager
def begun(engine: Engine, begin: str) -> Iterator[Connection]:
    """A transaction begun by hand, and rolled back by hand whatever is raised within."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(begin)
        try:
            yield connection
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            with suppress(SQLAlchemyError):  # SQLite itself rolled back, as it does when the disk is full
                connection.exec_driver_sql("ROLLBACK")
            raise


@contextmanager
def told_plainly(kind: type[SQLAlchemyError] = SQLAlchemyError) -> Iterator[None]:
    """What the database raises of that kind, as a sentence. Raises StoreUnavailable."""
    try:
        yield
    except kind as error:
        raise StoreUnavailable(f"Your store is as it was, since it failed: {reason_of(error)}") from error


def reason_of(error: Exception) -> str:
    """Why the database or the disk failed, in a line."""
    return str(getattr(error, "orig", None) or error).partition("\n")[0]
