"""Statements that every click needs, run by the database's driver itself.

SQLAlchemy builds each once, and opens and keeps the connections. To have it run them as well takes twice as long:
between two clicks a processor has done other things, and what SQLAlchemy does around a statement is much to fetch.
See docs/decisions/026-a-tick-goes-straight-to-the-driver.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import ClauseElement, Engine
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DataError, DBAPIError

from afterword.store.transactions import TURN, takes_turns, told_plainly


class Straight:
    """A transaction in which the driver runs statements, as `engine` would."""

    def __init__(self, engine: Engine, cursor: DBAPICursor) -> None:
        self._engine = engine
        self._cursor = cursor

    def run(self, statement: ClauseElement, values: Mapping[str, Any]) -> DBAPICursor:
        """The cursor once a statement was run. Raises what SQLAlchemy raises."""
        text, names = compiled(statement, self._engine.dialect)
        given = values if names is None else [values[name] for name in names]
        try:
            self._cursor.execute(text, given)
        except self._engine.dialect.loaded_dbapi.Error as error:
            raise wrapped(error, text, self._engine) from error
        return self._cursor


@contextmanager
def straight(engine: Engine, owner: str) -> Iterator[Straight]:
    """A transaction in which the owner's applications are written to, committed at the end.

    The pool takes it back where anything is raised within. Raises StoreUnavailable where the database cannot hold
    something, else what SQLAlchemy raises.
    """
    try:
        connection = engine.raw_connection()
    except engine.dialect.loaded_dbapi.Error as error:
        raise wrapped(error, "", engine) from error
    try:
        transaction = Straight(engine, connection.cursor())
        with told_plainly(DataError):
            if takes_turns(engine):
                transaction.run(TURN, {"owner": owner})
            yield transaction
        connection.info["commits"] = True  # as an engine's own commit says to whoever flushes it
        try:
            connection.commit()
        except engine.dialect.loaded_dbapi.Error as error:
            raise wrapped(error, "COMMIT", engine) from error
    finally:
        connection.close()


@lru_cache(maxsize=64)
def compiled(statement: ClauseElement, dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
    """A statement in a database's own words, and the names of its values in their order where it asks for that."""
    found: Any = statement.compile(dialect=dialect)
    return str(found), tuple(found.positiontup) if found.positional else None


def wrapped(error: Exception, text: str, engine: Engine) -> BaseException:
    """What SQLAlchemy raises for an error of the driver's."""
    dialect = engine.dialect
    return DBAPIError.instance(text, None, error, dialect.loaded_dbapi.Error, dialect=dialect)
