"""What a person tells us about one application: who was met, what was promised, what was done and heard."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class RoundKind(StrEnum):
    """What sort of interview a round was."""

    PHONE_SCREEN = "phone_screen"
    VIDEO = "video"
    ON_SITE = "on_site"
    PANEL = "panel"
    ASSESSMENT = "assessment"


class ThanksBy(StrEnum):
    """How the person means to say thanks."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"


class PromisedChannel(StrEnum):
    """How they said they would be in touch."""

    EMAIL = "email"
    PHONE = "phone"
    OTHER = "other"


class Channel(StrEnum):
    """How something was done or heard."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"
    IN_PERSON = "in_person"
    OTHER = "other"


class StepKind(StrEnum):
    """What a step asks for."""

    ASK = "ask"
    THANK_YOU = "thank_you"
    CHECK_IN = "check_in"
    MOVE_ON = "move_on"
    TELL_THEM = "tell_them"
    ANSWER_OFFER = "answer_offer"


class EntryKind(StrEnum):
    """What a log entry records."""

    THANK_YOU = "thank_you"
    CHECK_IN = "check_in"
    ASK = "ask"
    TELL_THEM = "tell_them"
    REPLY = "reply"
    SKIP = "skip"
    NOTE = "note"


class Result(StrEnum):
    """How an application ended, or an offer that asks for an answer."""

    OFFER = "offer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The recruiter or coordinator one usually writes to."""

    name: str
    id: str | None = None
    title: str | None = None
    email: str | None = None
    phone: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interviewer(Contact):
    """A person met in a round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What they said about when and how the person will hear."""

    asked: bool | None = None
    reply_by: date | None = None
    channel: PromisedChannel | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is a promise at all: "I did not ask" alone is none."""
        return bool(self.asked) or self.reply_by is not None or self.channel is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One interview. `ended_at` is when it ended or will end; a date alone where the hour is not known."""

    label: str
    ended_at: datetime | date
    id: str | None = None
    kind: RoundKind | None = None
    thanks_by: ThanksBy | None = None
    interviewers: tuple[Interviewer, ...] = ()
    promise: Promise | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing done or heard. `to` and `round` hold an id, or a name and a label."""

    kind: EntryKind
    at: datetime
    id: str | None = None
    channel: Channel | None = None
    to: str | None = None
    round: str | None = None
    step: StepKind | None = None
    promise: Promise | None = None
    text: str | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalOffer:
    """An offer from somebody else, and the day by which that one wants an answer."""

    deadline: date | None = None
    at: datetime | date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it, and when that was known. `answer_by` belongs to an offer."""

    result: Result
    at: datetime
    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One job at one company, with everything known about it."""

    company: str
    id: str | None = None
    role: str | None = None
    location: str | None = None
    link: str | None = None
    source: str | None = None
    zone: str | None = None
    country: str | None = None
    contact: Contact | None = None
    rounds: tuple[Round, ...] = ()
    log: tuple[Entry, ...] = ()
    rival_offer: RivalOffer | None = None
    outcome: Outcome | None = None
    notes: str | None = None


def same_name(one: str, other: str) -> bool:
    """Whether two names or labels are the same, case and spacing aside."""
    return folded(one) == folded(other)


def folded(name: str) -> str:
    """A name as it is compared: composed, without spacing, in one case."""
    return "".join(unicodedata.normalize("NFC", name).split()).casefold()
