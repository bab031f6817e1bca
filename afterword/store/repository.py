"""What the desk asks of a store. Every method takes the owner first; nobody sees another owner's data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from afterword.domain.draft import Draft
from afterword.domain.model import Application, Entry
from afterword.domain.practice import Answer
from afterword.domain.you import You
from afterword.formats.backup import Backup

OWNER = "me"  # the one owner of a personal store, and of a guest's memory


@dataclass(frozen=True, slots=True)
class Kept:
    """An application as it is kept. `version` counts the edits of everything but the log.

    `as_of` is how far the store had come when it was read, None where the store does not count that.
    """

    application: Application
    version: int
    as_of: object = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class News:
    """What became of an owner's applications since somebody read them, and what the owner said about themselves.

    `everything` says that nothing known before counts: `kept` is all there is. `until` is where to read on.
    """

    you: You
    until: object
    kept: tuple[Kept, ...] = ()
    gone: tuple[str, ...] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class PutAside:
    """A deleted application without its log, and when it was deleted."""

    application: Application
    at: datetime


class Repository(Protocol):
    """A store of applications and their logs, and of what was answered in practice."""

    def all(self, owner: str) -> tuple[Kept, ...]:
        """Every application of the owner that is not deleted, in the order of their ids."""

    def news(self, owner: str, since: object = None) -> News:
        """What is new since the moment of that `until`, everything where none is given or too much went by."""

    def count(self, owner: str) -> int:
        """How many applications of the owner there are that are not deleted."""

    def get(self, owner: str, application_id: str) -> Kept:
        """One application. Raises UnknownApplication, also for somebody else's and for a deleted one."""

    def open(self, owner: str, application_id: str) -> tuple[Kept, You]:
        """One application with what its owner said about themselves, read at once. Raises UnknownApplication."""

    def add(self, owner: str, application: Application, now: datetime) -> Kept:
        """Keep a new application, which has an id. Adding the same one again changes nothing.

        Raises DeletedApplication where it was put aside; it stays so.
        """

    def replace(self, owner: str, application: Application, version: int, now: datetime) -> Kept:
        """Keep everything but the log anew. Raises SomebodyWasFirst unless `version` is the kept one's."""

    def append(
        self,
        owner: str,
        application_id: str,
        entry: Entry,
        seen: int | None = None,
        version: int | None = None,
        as_of: object = None,
    ) -> object:
        """Add an entry to a log; one with an id that is there already changes nothing.

        `seen` is how many entries the log had when the entry was thought of, `version` the application's
        version, on which its interviews depend, `as_of` how far the store had come: raises SomebodyWasFirst if
        any of them is another now. How far the store has come by this, None where more was written than this.
        """

    def amend(
        self,
        owner: str,
        application_id: str,
        entry: Entry,
        before: Entry | None = None,
        version: int | None = None,
        as_of: object = None,
    ) -> object:
        """Put an entry in the place of the one with its id. Raises UnknownEntry.

        `before` is what stood there when the change was thought of, `version` the application's version then,
        `as_of` how far the store had come: raises SomebodyWasFirst if any of them is another now. How far the
        store has come by this, None where more was written than this.
        """

    def delete(self, owner: str, application_id: str, now: datetime) -> None:
        """Put an application aside. Raises UnknownApplication."""

    def deleted(self, owner: str) -> tuple[PutAside, ...]:
        """Every application of the owner that was put aside, the latest first."""

    def restore(self, owner: str, application_id: str) -> None:
        """Bring a deleted application back. Raises UnknownApplication."""

    def purge(self, owner: str, before: datetime) -> int:
        """Erase with their logs what was put aside before that moment; how many there were.

        What calendar files said by then of applications that are gone is forgotten too.
        """

    def you(self, owner: str) -> You:
        """What the owner said about themselves."""

    def keep_you(self, owner: str, you: You) -> None:
        """Keep what the owner says about themselves."""

    def noted(self, owner: str) -> dict[str, str]:
        """What the last calendar files said: a text for each application, also for those that are gone since."""

    def note(self, owner: str, texts: Mapping[str, str], now: datetime) -> None:
        """Remember what a calendar file said of each of these applications."""

    def answers(self, owner: str) -> tuple[Answer, ...]:
        """What the owner answered in practice, in the order of time."""

    def keep_answer(self, owner: str, answer: Answer) -> None:
        """Keep an answer; of one with an id that is there already only that it was taken back.

        Of very many the latest are kept, as many as MOST_ANSWERS says.
        """

    def drafts(self, owner: str, application_id: str) -> tuple[Draft, ...]:
        """What was begun to write for an application, in the order of ids; nothing for one that is not there."""

    def keep_draft(self, owner: str, application_id: str, draft: Draft, now: datetime) -> Draft:
        """Keep a draft, which goes with its application; returned with its new version.

        Raises SomebodyWasFirst unless its version is the kept one's, or 0 where none is; UnknownApplication.
        """

    def backup(self, owner: str, now: datetime) -> Backup:
        """Everything of the owner, also what was put aside, read at once at `now`."""

    def exchange(
        self, owner: str, change: Callable[[Backup], Backup], now: datetime
    ) -> tuple[Backup, Backup]:
        """Put in the place of everything of the owner what `change` makes of it: all of it, or nothing.

        Nobody else writes meanwhile. Returns what stood there and what stands there now.
        """

    def keep_backup(self, owner: str, data: bytes, reason: str, now: datetime) -> None:
        """Write an automatic backup; a store in memory writes none. Raises StoreUnavailable."""

    def erase(self, owner: str) -> None:
        """Erase everything of the owner for good, automatic backups and copies too. Raises StoreUnavailable."""
