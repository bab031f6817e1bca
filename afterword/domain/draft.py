"""What a person has begun to write: answers to the prompts, and texts of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

from afterword.domain.errors import Problem
from afterword.domain.problems import LONGEST_TEXT

LONGEST_SUBJECT = 500
LONGEST_BODY = LONGEST_TEXT - LONGEST_SUBJECT - 100  # so that a log entry can hold both
MOST_TEXTS = 100
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Length(StrEnum):
    """In how many words a message is to be said."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the prompts were answered with. None is no answer yet, an empty text one that was taken out."""

    talked: str | None = None
    remember: str | None = None
    correct: str | None = None
    concern: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A person's own text in the place of what a message offers in one length."""

    message: str
    length: Length
    body: str
    subject: str | None = None
    voicemail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was begun about one step, or about none. `id` is made by drafting.draft_id.

    `version` counts how often it was kept; `message` and `length` are what was chosen last.
    """

    id: str
    version: int = 0
    message: str | None = None
    length: Length | None = None
    answers: Answers = field(default_factory=Answers)
    texts: tuple[Written, ...] = ()

    def own(self, message: str, length: Length) -> Written | None:
        """The person's own text for that message in that length, None where there is none."""
        return next((w for w in self.texts if (w.message, w.length) == (message, length)), None)


def with_text(draft: Draft, written: Written) -> Draft:
    """The draft with that text in the place of what stood there."""
    others = without_text(draft, written.message, written.length)
    return replace(others, texts=(*others.texts, written))


def without_text(draft: Draft, message: str, length: Length) -> Draft:
    """The draft without a text of the person's own for that message in that length."""
    left = tuple(w for w in draft.texts if (w.message, w.length) != (message, length))
    return replace(draft, texts=left)


def problems_of_draft(draft: Draft) -> tuple[Problem, ...]:
    """Everything that is wrong with it."""
    return tuple(found_in(draft))


def found_in(draft: Draft) -> Iterator[Problem]:
    """An id that is none, too many texts, and texts that are too long."""
    if not ID.fullmatch(draft.id):
        yield Problem("id", "must be letters, digits, hyphens and underscores, at most 64")
    if len(draft.texts) > MOST_TEXTS:
        yield Problem("texts", f"has {len(draft.texts):,} in it; at most {MOST_TEXTS} can be kept")
    for name in (answer.name for answer in fields(draft.answers)):
        yield from too_long(f"answers.{name}", getattr(draft.answers, name), LONGEST_TEXT)
    for index, written in enumerate(draft.texts):
        for name, most in (("subject", LONGEST_SUBJECT), ("body", LONGEST_BODY), ("voicemail", LONGEST_BODY)):
            yield from too_long(f"texts[{index}].{name}", getattr(written, name), most)


def too_long(place: str, text: str | None, most: int) -> Iterator[Problem]:
    """A text with more characters than can be kept."""
    if len(text or "") > most:
        yield Problem(place, f"is {len(text or ''):,} characters long; at most {most:,} can be kept")
