"""What SQLite is sent, whoever sends it: SQLAlchemy tells only of what it sends itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

COUNTED = ("DELETE", "INSERT", "SELECT", "UPDATE", "WITH")


def listen_to(engine: Engine | type[Engine], hear: Callable[[str], None]) -> None:
    """Have told from now on what is sent to read or to write, of one engine or of all there will be."""

    def told(statement: str) -> None:
        if statement.lstrip().upper().startswith(COUNTED):
            hear(statement)

    event.listen(engine, "connect", lambda connection, _: connection.set_trace_callback(told))
    if isinstance(engine, Engine):
        engine.dispose()  # whose connections were made before


def statements_of(engine: Engine, act: Callable[[], Any]) -> list[str]:
    """What an act sends to the database."""
    sent: list[str] = []
    listen_to(engine, sent.append)
    act()
    return list(sent)
