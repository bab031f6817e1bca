"""Stores filled with samples, told from a fixed day, so that the same things are measured on any day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path

from afterword.domain.model import Application
from afterword.formats.backup import Saved
from afterword.samples import Days, sample_applications, thanks_due
from afterword.store.database import open_database
from afterword.store.repository import OWNER
from afterword.store.sql import SqlRepository

DAY = "2026-11-05T16:30:00-05:00"
NOW = datetime.fromisoformat(DAY)
ZONE = "America/New_York"
USUAL = 200  # applications, unless said otherwise


class Stock:
    """An owner's store of so many applications, two of them for ticking.

    One is an interview that ended an hour ago, to be ticked on its own page; the other, a week ago, stands first
    on Today, where the same two people are still to be thanked. A store of one has only the first.
    """

    def __init__(self, folder: Path, size: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.url = f"sqlite:///{folder / 'afterword.sqlite3'}"
        self._engine = open_database(self.url, NOW)
        self._store = SqlRepository(self._engine)
        kept = tuple(
            Saved(version=1, application=application) for application in islice(samples(), max(size - 2, 0))
        )
        self._store.exchange(OWNER, lambda backup: replace(backup, applications=kept), NOW)
        self.to_tick = self._add_one_to_tick()
        self.first = self._add_first() if size > 1 else self.to_tick

    @property
    def settings(self) -> dict[str, str]:
        """What a server's environment must say to serve it to its owner, on that day."""
        return {"AFTERWORD_DATABASE": self.url, "AFTERWORD_NOW": DAY, "AFTERWORD_BOUND": "127.0.0.1"}

    def renew(self) -> None:
        """Put a new application in the place of the one for ticking, so that no log grows with the measuring."""
        self._erase(self.to_tick)
        self.to_tick = self._add_one_to_tick()

    def renew_first(self) -> None:
        """The same for the one that stands first on Today."""
        self._erase(self.first)
        self.first = self._add_first()

    def logged(self) -> list[str]:
        """What stands in the log of the one for ticking: the kind of each entry that counts."""
        return self._kinds(self.to_tick)

    def logged_first(self) -> list[str]:
        """The same of the one that stands first on Today."""
        return self._kinds(self.first)

    def __len__(self) -> int:
        return self._store.count(OWNER)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _kinds(self, application: Application) -> list[str]:
        log = self._store.get(OWNER, str(application.id)).application.log
        return [str(entry.kind) for entry in log if entry.withdrawn_at is None]

    def _erase(self, application: Application) -> None:
        self._store.delete(OWNER, str(application.id), NOW)
        self._store.purge(OWNER, NOW + timedelta(seconds=1))

    def _add_one_to_tick(self) -> Application:
        return self._store.add(OWNER, thanks_due(Days(NOW, ZONE)), NOW).application

    def _add_first(self) -> Application:
        long_ago = thanks_due(Days(NOW, ZONE))
        rounds = (replace(long_ago.rounds[0], ended_at=NOW - timedelta(days=7)),)
        first = replace(long_ago, company="Aldgate Clinic", rounds=rounds)
        return self._store.add(OWNER, first, NOW).application


@contextmanager
def stocked(folder: Path, size: int = USUAL) -> Iterator[Stock]:
    """A store of so many applications, let go of with the block."""
    stock = Stock(folder, size)
    try:
        yield stock
    finally:
        stock.close()


def samples() -> Iterator[Application]:
    """The samples over and over, each time with other names of companies."""
    for number in count(1):
        for application in sample_applications(NOW, ZONE):
            yield replace(application, company=f"{application.company} {number}")
