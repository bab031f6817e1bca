"""A guest's repository: in this session's memory, and in step with the guest's own browser, never on the disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from afterword.domain.draft import Draft
from afterword.domain.errors import InvalidApplication, Problem
from afterword.domain.model import Application, Entry
from afterword.domain.practice import Answer
from afterword.domain.practice import united as answers_of_both
from afterword.domain.you import You
from afterword.formats.application_json import dump_application, dump_you, read_kept_you
from afterword.formats.backup import MOST_VERSION, Saved, saved_in
from afterword.formats.drafts import dump_draft, read_kept_draft
from afterword.formats.practice_json import answer_in, dump_answer
from afterword.store.memory import MemoryRepository, by_time
from afterword.store.repository import OWNER, Kept

YOU = "you"
CASE = "application/"
CALENDAR = "calendar/"
PRACTICE = "practice/"
DRAFT = "draft/"


class GuestRepository(MemoryRepository):
    """Counts its turns: each change is one, and what changed since any turn can be told as texts by name."""

    def __init__(self) -> None:
        super().__init__()
        self.turn = 0
        self._changed: dict[str, int] = {}

    def changes(self, since: int) -> dict[str, str | None]:
        """What the browser has to keep that changed after that turn: a text for each name, None for what is gone."""
        return {name: self._text(name) for name, turn in self._changed.items() if turn > since}

    def take_in(self, texts: dict[str, str | None]) -> int:
        """Take in what the browser keeps, or another tab has changed; how many texts could not be read.

        What is here already is brought together with it: the newer document, the entries of both.
        """
        unread = 0
        for name, text in texts.items():
            try:
                self._take(name, text)
            except (InvalidApplication, ValueError, KeyError, TypeError, RecursionError):
                unread += 1
        return unread

    def _take(self, name: str, text: str | None) -> None:
        if text is None:
            self._forget(name)
        elif name == YOU:
            super().keep_you(OWNER, read_kept_you(text))
        elif name.startswith(CALENDAR):
            found = json.loads(text)
            key = (OWNER, name.removeprefix(CALENDAR))
            self._noted[key] = (str(found["said"]), datetime.fromisoformat(found["at"]))
        elif name.startswith(PRACTICE):
            self._take_answer(answer_of_text(text))
        elif name.startswith(DRAFT):
            self._take_draft(name, read_kept_draft(text))
        else:
            self._take_case(saved_of_text(text))

    def _take_answer(self, theirs: Answer) -> None:
        key = (OWNER, theirs.id)
        mine = self._answers.get(key)
        (both,) = answers_of_both((mine,) if mine else (), (theirs,))
        self._answers[key] = both
        if both != theirs:
            self._note(PRACTICE + theirs.id)

    def _take_case(self, saved: Saved) -> None:
        application, deleted = saved.application, saved.deleted_at
        key = (OWNER, saved.id)
        theirs = Kept(replace(application, log=by_time(application.log)), saved.version)
        mine = self._kept.pop(key, None) or self._deleted.pop(key, (None, None))[0]
        both = united(mine, theirs) if mine else theirs
        if deleted:
            self._deleted[key] = (both, deleted)
        else:
            self._kept[key] = both
        if both != theirs:
            self._note(CASE + key[1])

    def _take_draft(self, name: str, theirs: Draft) -> None:
        """Take in the newer of both; of two of the same version both tabs have to choose the same one."""
        id, application_id = draft_named(name)
        if id != theirs.id:
            raise ValueError(name)
        mine = self._drafts.get((OWNER, application_id), {}).get(id, theirs)
        newer = max(mine, theirs, key=lambda draft: (draft.version, dump_draft(draft)))
        super()._put_draft(OWNER, application_id, newer)
        if newer != theirs:
            self._note(name)

    def _forget(self, name: str) -> None:
        if name == YOU:
            self._you.pop(OWNER, None)
        if name.startswith(CALENDAR):
            self._noted.pop((OWNER, name.removeprefix(CALENDAR)), None)
        if name.startswith(PRACTICE):
            self._answers.pop((OWNER, name.removeprefix(PRACTICE)), None)
        if name.startswith(DRAFT):
            id, application_id = draft_named(name)
            self._drafts.get((OWNER, application_id), {}).pop(id, None)
            return
        key = (OWNER, name.removeprefix(CASE))
        self._kept.pop(key, None)
        self._deleted.pop(key, None)

    def _text(self, name: str) -> str | None:
        if name == YOU:
            return dump_you(self.you(OWNER))
        if name.startswith(CALENDAR):
            said = self._noted.get((OWNER, name.removeprefix(CALENDAR)))
            return json.dumps({"said": said[0], "at": said[1].isoformat()}) if said else None
        if name.startswith(PRACTICE):
            answer = self._answers.get((OWNER, name.removeprefix(PRACTICE)))
            return dump_answer(answer) if answer else None
        if name.startswith(DRAFT):
            id, application_id = draft_named(name)
            draft = self._drafts.get((OWNER, application_id), {}).get(id)
            return dump_draft(draft) if draft else None
        key = (OWNER, name.removeprefix(CASE))
        if key in self._kept:
            return text_of(self._kept[key], None)
        if key in self._deleted:
            return text_of(*self._deleted[key])
        return None

    def _note(self, name: str) -> None:
        self.turn += 1
        self._changed[name] = self.turn

    # Every change is noted

    def add(self, owner: str, application: Application, now: datetime) -> Kept:
        """Keep a new application; the same one again changes nothing. Raises DeletedApplication."""
        kept = super().add(owner, application, now)
        self._note(f"{CASE}{application.id}")
        return kept

    def delete(self, owner: str, application_id: str, now: datetime) -> None:
        """Put an application aside. Raises UnknownApplication."""
        super().delete(owner, application_id, now)
        self._note(CASE + application_id)

    def restore(self, owner: str, application_id: str) -> None:
        """Bring a deleted application back. Raises UnknownApplication."""
        super().restore(owner, application_id)
        self._note(CASE + application_id)

    def purge(self, owner: str, before: datetime) -> int:
        """Erase what was put aside before that moment; how many there were."""
        there, noted = set(self._deleted), set(self._noted)
        count = super().purge(owner, before)
        for _, application_id in noted - set(self._noted):
            self._note(CALENDAR + application_id)
        for _, application_id in there - set(self._deleted):
            self._note(CASE + application_id)
        return count

    def keep_you(self, owner: str, you: You) -> None:
        """Keep what the owner says about themselves."""
        super().keep_you(owner, you)
        self._note(YOU)

    def note(self, owner: str, texts: Mapping[str, str], now: datetime) -> None:
        """Remember what a calendar file said of each of these applications."""
        super().note(owner, texts, now)
        for application_id in texts:
            self._note(CALENDAR + application_id)

    def _put_answers(self, owner: str, answers: tuple[Answer, ...]) -> None:
        before = {answer.id: answer for answer in self.answers(owner)}
        super()._put_answers(owner, answers)
        after = {answer.id: answer for answer in answers}
        for id in before.keys() | after.keys():
            if before.get(id) != after.get(id):
                self._note(PRACTICE + id)

    def _put_draft(self, owner: str, application_id: str, draft: Draft) -> Draft:
        self._note(name_of_draft(draft.id, application_id))
        return super()._put_draft(owner, application_id, draft)

    def _drop_drafts(self, owner: str, application_id: str) -> None:
        for draft in self._drafts_of(owner, application_id):
            self._note(name_of_draft(draft.id, application_id))
        super()._drop_drafts(owner, application_id)

    def _put(self, owner: str, kept: Kept) -> Kept:
        self._note(f"{CASE}{kept.application.id}")
        return super()._put(owner, kept)


def name_of_draft(id: str, application_id: str) -> str:
    """By what name a browser keeps a draft; its id has no slash in it, an application's may."""
    return f"{DRAFT}{id}/{application_id}"


def draft_named(name: str) -> tuple[str, str]:
    """The ids of a draft and of its application, from the name by which a browser keeps it."""
    id, _, application_id = name.removeprefix(DRAFT).partition("/")
    return id, application_id


def text_of(kept: Kept, deleted_at: datetime | None) -> str:
    """An application as the browser keeps it: in the form of a backup's."""
    head = {
        "version": min(kept.version, MOST_VERSION),
        "deleted_at": deleted_at.isoformat() if deleted_at else None,
    }
    return f'{json.dumps(head)[:-1]}, "application": {dump_application(kept.application)}}}'


def saved_of_text(text: str) -> Saved:
    """An application as text_of wrote it. Raises InvalidApplication, ValueError."""
    found: list[Problem] = []
    saved = next(saved_in(json.loads(text), "application", found), None)
    if saved is None or not saved.application.id:
        raise InvalidApplication(tuple(found))
    return saved


def answer_of_text(text: str) -> Answer:
    """An answer as dump_answer wrote it. Raises InvalidApplication, ValueError."""
    found: list[Problem] = []
    answer = next(answer_in(json.loads(text), "answer", found), None)
    if answer is None:
        raise InvalidApplication(tuple(found))
    return answer


def united(mine: Kept, theirs: Kept) -> Kept:
    """The newer document with the entries of both; one taken back in either is taken back.

    Of two edits at the same moment both tabs have to choose the same one.
    """
    newer = max(mine, theirs, key=lambda kept: (kept.version, document_of(kept)))
    entries = {str(entry.id): entry for entry in mine.application.log}
    for entry in theirs.application.log:
        entries[str(entry.id)] = newer_entry(entries.get(str(entry.id)), entry)
    return replace(newer, application=replace(newer.application, log=by_time(tuple(entries.values()))))


def document_of(kept: Kept) -> str:
    """Everything but the log, as text."""
    return dump_application(replace(kept.application, log=()))


def newer_entry(mine: Entry | None, theirs: Entry) -> Entry:
    """Theirs, unless only mine is taken back."""
    return mine if mine and mine.withdrawn_at and not theirs.withdrawn_at else theirs
