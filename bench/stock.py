"""Stores filled with samples, told from a fixed day, so that the same things are measured on any day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path

from afterword.domain.model import Application
from afterword.samples import Days, sample_applications, thanks_due
from afterword.store.database import open_database
from afterword.store.repository import OWNER
from afterword.store.sql import SqlRepository

DAY = "2026-11-05T16:30:00-05:00"
NOW = datetime.fromisoformat(DAY)
ZONE = "America/New_York"


class Stock:
    """An owner's store of so many applications. One is for ticking: an interview that ended an hour ago."""

    def __init__(self, folder: Path, size: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.url = f"sqlite:///{folder / 'afterword.sqlite3'}"
        self._engine = open_database(self.url, NOW)
        self._store = SqlRepository(self._engine)
        for application in islice(samples(), size - 1):
            self._store.add(OWNER, application, NOW)
        self.to_tick = self._add_one_to_tick()

    @property
    def settings(self) -> dict[str, str]:
        """What a server's environment must say to serve it to its owner, on that day."""
        return {"AFTERWORD_DATABASE": self.url, "AFTERWORD_NOW": DAY, "AFTERWORD_BOUND": "127.0.0.1"}

    def renew(self) -> None:
        """Put a new application in the place of the one for ticking, so that no log grows with the measuring."""
        self._store.delete(OWNER, str(self.to_tick.id), NOW)
        self._store.purge(OWNER, NOW + timedelta(seconds=1))
        self.to_tick = self._add_one_to_tick()

    def logged(self) -> list[str]:
        """What stands in the log of the one for ticking: the kind of each entry that counts."""
        log = self._store.get(OWNER, str(self.to_tick.id)).application.log
        return [str(entry.kind) for entry in log if entry.withdrawn_at is None]

    def __len__(self) -> int:
        return self._store.count(OWNER)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _add_one_to_tick(self) -> Application:
        return self._store.add(OWNER, thanks_due(Days(NOW, ZONE)), NOW).application


def samples() -> Iterator[Application]:
    """The samples over and over, each time with other names of companies."""
    for number in count(1):
        for application in sample_applications(NOW, ZONE):
            yield replace(application, company=f"{application.company} {number}")
