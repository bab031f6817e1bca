"""A repository in memory, for guests and for looking around: gone when it is dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from afterword.domain.draft import Draft
from afterword.domain.errors import DeletedApplication, SomebodyWasFirst, UnknownApplication, UnknownEntry
from afterword.domain.model import Application, Entry
from afterword.domain.practice import Answer, in_order, united
from afterword.domain.you import You
from afterword.formats.backup import Backup, Saved
from afterword.formats.backup import by_time as by_time
from afterword.store.repository import Kept, News, PutAside


class MemoryRepository:
    """Applications by owner and id; one session uses it at a time."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Kept] = {}
        self._deleted: dict[tuple[str, str], tuple[Kept, datetime]] = {}
        self._you: dict[str, You] = {}
        self._noted: dict[tuple[str, str], tuple[str, datetime]] = {}
        self._answers: dict[tuple[str, str], Answer] = {}
        self._drafts: dict[tuple[str, str], dict[str, Draft]] = {}

    def all(self, owner: str) -> tuple[Kept, ...]:
        """Every application of the owner, in the order of their ids."""
        return tuple(kept for (whose, _), kept in sorted(self._kept.items()) if whose == owner)

    def news(self, owner: str, since: object = None) -> News:
        """What is new since then; what was kept then is known by being the same still."""
        now = {id: kept for (whose, id), kept in self._kept.items() if whose == owner}
        then = since if isinstance(since, dict) else {}
        return News(
            you=self.you(owner),
            until=now,
            kept=tuple(kept for id, kept in now.items() if then.get(id) is not kept),
            gone=tuple(id for id in then if id not in now),
            everything=not isinstance(since, dict),
        )

    def count(self, owner: str) -> int:
        """How many applications of the owner there are."""
        return sum(whose == owner for whose, _ in self._kept)

    def get(self, owner: str, application_id: str) -> Kept:
        """One application. Raises UnknownApplication."""
        try:
            return self._kept[owner, application_id]
        except KeyError:
            raise UnknownApplication(application_id) from None

    def open(self, owner: str, application_id: str) -> tuple[Kept, You]:
        """One application with what its owner said about themselves. Raises UnknownApplication."""
        return self.get(owner, application_id), self.you(owner)

    def add(self, owner: str, application: Application, now: datetime) -> Kept:  # noqa: ARG002 - the interface's
        """Keep a new application; the same one again changes nothing. Raises DeletedApplication."""
        if (owner, application.id) in self._deleted:
            raise DeletedApplication
        whole = replace(application, log=by_time(application.log))
        return self._kept.setdefault((owner, str(application.id)), Kept(whole, 1))

    def replace(self, owner: str, application: Application, version: int, now: datetime) -> Kept:  # noqa: ARG002
        """Keep everything but the log anew. Raises SomebodyWasFirst."""
        kept = self.get(owner, str(application.id))
        if kept.version != version:
            raise SomebodyWasFirst(str(application.id))
        return self._put(owner, Kept(replace(application, log=kept.application.log), version + 1))

    def append(
        self,
        owner: str,
        application_id: str,
        entry: Entry,
        seen: int | None = None,
        version: int | None = None,
        as_of: object = None,  # noqa: ARG002 - the interface's: what lies in memory is read as quickly as it is told
    ) -> None:
        """Add an entry; one with an id that is there already changes nothing. Raises SomebodyWasFirst."""
        kept = self.get(owner, application_id)
        log = kept.application.log
        if any(entry.id == other.id for other in log):
            return
        if (seen is not None and seen != len(log)) or version not in {None, kept.version}:
            raise SomebodyWasFirst(application_id)
        self._log(owner, kept, (*log, entry))

    def amend(
        self,
        owner: str,
        application_id: str,
        entry: Entry,
        before: Entry | None = None,
        version: int | None = None,
        as_of: object = None,  # noqa: ARG002 - the interface's
    ) -> None:
        """Put an entry in the place of the one with its id. Raises UnknownEntry, SomebodyWasFirst."""
        kept = self.get(owner, application_id)
        stands = next((other for other in kept.application.log if other.id == entry.id), None)
        if stands is None:
            raise UnknownEntry(str(entry.id))
        if (before is not None and stands != before) or version not in {None, kept.version}:
            raise SomebodyWasFirst(application_id)
        self._log(owner, kept, tuple(entry if e.id == entry.id else e for e in kept.application.log))

    def delete(self, owner: str, application_id: str, now: datetime) -> None:
        """Put an application aside. Raises UnknownApplication."""
        self._deleted[owner, application_id] = (self.get(owner, application_id), now)
        del self._kept[owner, application_id]

    def deleted(self, owner: str) -> tuple[PutAside, ...]:
        """Every application of the owner that was put aside, the latest first."""
        mine = [(at, id, kept) for (whose, id), (kept, at) in self._deleted.items() if whose == owner]
        latest_first = sorted(mine, key=lambda one: one[:2], reverse=True)
        return tuple(PutAside(replace(kept.application, log=()), at) for at, _, kept in latest_first)

    def restore(self, owner: str, application_id: str) -> None:
        """Bring a deleted application back. Raises UnknownApplication."""
        if (owner, application_id) not in self._deleted:
            raise UnknownApplication(application_id)
        self._kept[owner, application_id] = self._deleted.pop((owner, application_id))[0]

    def purge(self, owner: str, before: datetime) -> int:
        """Erase what was put aside before that moment; how many there were."""
        old = [key for key, (_, at) in self._deleted.items() if key[0] == owner and at < before]
        for key in old:
            del self._deleted[key]
            self._drop_drafts(*key)
        for key in [key for key, (_, at) in self._noted.items() if key[0] == owner and at < before]:
            if key not in self._kept and key not in self._deleted:
                del self._noted[key]
        return len(old)

    def noted(self, owner: str) -> dict[str, str]:
        """What the last calendar files said: a text for each application."""
        return {id: text for (whose, id), (text, _) in self._noted.items() if whose == owner}

    def note(self, owner: str, texts: Mapping[str, str], now: datetime) -> None:
        """Remember what a calendar file said of each of these applications."""
        self._noted |= {(owner, id): (text, now) for id, text in texts.items()}

    def you(self, owner: str) -> You:
        """What the owner said about themselves."""
        return self._you.get(owner, You())

    def keep_you(self, owner: str, you: You) -> None:
        """Keep what the owner says about themselves."""
        self._you[owner] = you

    def answers(self, owner: str) -> tuple[Answer, ...]:
        """What the owner answered in practice, in the order of time."""
        return in_order(answer for (whose, _), answer in self._answers.items() if whose == owner)

    def keep_answer(self, owner: str, answer: Answer) -> None:
        """Keep an answer; of one with an id that is there already only that it was taken back."""
        self._put_answers(owner, united(self.answers(owner), (answer,)))

    def drafts(self, owner: str, application_id: str) -> tuple[Draft, ...]:
        """What was begun to write for an application, in the order of ids; nothing for one that is not there."""
        return self._drafts_of(owner, application_id) if (owner, application_id) in self._kept else ()

    def keep_draft(self, owner: str, application_id: str, draft: Draft, now: datetime) -> Draft:  # noqa: ARG002
        """Keep a draft; returned with its new version. Raises SomebodyWasFirst, UnknownApplication."""
        self.get(owner, application_id)
        stands = self._drafts.get((owner, application_id), {}).get(draft.id)
        if draft.version != (stands.version if stands else 0):
            raise SomebodyWasFirst(application_id)
        return self._put_draft(owner, application_id, replace(draft, version=draft.version + 1))

    def backup(self, owner: str, now: datetime) -> Backup:
        """Everything of the owner, also what was put aside."""
        aside = ((id, kept, at) for (whose, id), (kept, at) in self._deleted.items() if whose == owner)
        here = ((id, kept, None) for (whose, id), kept in self._kept.items() if whose == owner)
        mine = {
            id: replace(saved_of(kept, at), drafts=self._drafts_of(owner, id))
            for id, kept, at in (*aside, *here)
        }
        return Backup(
            made_at=now,
            you=self.you(owner),
            applications=tuple(mine[id] for id in sorted(mine)),
            practice=self.answers(owner),
        )

    def exchange(
        self, owner: str, change: Callable[[Backup], Backup], now: datetime
    ) -> tuple[Backup, Backup]:
        """Put in the place of everything of the owner what `change` makes of it. Returns both."""
        before = self.backup(owner, now)
        after = change(before)
        was, will = ({saved.id: saved for saved in side.applications} for side in (before, after))
        for id in was:
            if was[id] != will.get(id):
                self._drop(owner, id, now)
        for id, saved in will.items():
            if saved != was.get(id):
                self._take_up(owner, saved)
        if after.you and after.you != before.you:
            self.keep_you(owner, after.you)
        self._put_answers(owner, after.practice)
        return before, after

    def keep_backup(self, owner: str, data: bytes, reason: str, now: datetime) -> None:
        """Nothing: what is in memory is never written to a disk."""

    def erase(self, owner: str) -> None:
        """Erase everything of the owner."""
        nothing = Backup(made_at=None, you=You(), applications=())
        self.exchange(owner, lambda _: nothing, datetime.min.replace(tzinfo=UTC))
        self._you.pop(owner, None)
        self._noted = {key: value for key, value in self._noted.items() if key[0] != owner}

    def _put_answers(self, owner: str, answers: tuple[Answer, ...]) -> None:
        """Have these answers stand in the place of all of the owner's."""
        for key in [key for key in self._answers if key[0] == owner]:
            del self._answers[key]
        self._answers |= {(owner, answer.id): answer for answer in answers}

    # These two go through the methods above, to which a store that keeps in step with a browser listens.

    def _drop(self, owner: str, application_id: str, now: datetime) -> None:
        if (owner, application_id) not in self._kept:
            self.restore(owner, application_id)
        self.delete(owner, application_id, now)
        del self._deleted[owner, application_id]
        self._drop_drafts(owner, application_id)

    def _take_up(self, owner: str, saved: Saved) -> None:
        log = by_time(saved.application.log)
        self._put(owner, Kept(replace(saved.application, log=log), saved.version))
        for draft in saved.drafts:
            self._put_draft(owner, saved.id, draft)
        if saved.deleted_at:
            self.delete(owner, saved.id, saved.deleted_at)

    def _put_draft(self, owner: str, application_id: str, draft: Draft) -> Draft:
        self._drafts.setdefault((owner, application_id), {})[draft.id] = draft
        return draft

    def _drop_drafts(self, owner: str, application_id: str) -> None:
        self._drafts.pop((owner, application_id), None)

    def _drafts_of(self, owner: str, application_id: str) -> tuple[Draft, ...]:
        found = self._drafts.get((owner, application_id), {})
        return tuple(found[id] for id in sorted(found))

    def _log(self, owner: str, kept: Kept, log: tuple[Entry, ...]) -> None:
        self._put(owner, replace(kept, application=replace(kept.application, log=by_time(log))))

    def _put(self, owner: str, kept: Kept) -> Kept:
        self._kept[owner, str(kept.application.id)] = kept
        return kept


def saved_of(kept: Kept, deleted_at: datetime | None) -> Saved:
    """An application as a backup holds it."""
    return Saved(version=kept.version, application=kept.application, deleted_at=deleted_at)
