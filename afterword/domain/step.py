"""One thing to do, the plan that holds them, and the states they can be in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from afterword.domain.model import Contact, Entry, Round, StepKind


class State(StrEnum):
    """Where a step stands at the moment of the plan."""

    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"
    OPEN = "open"
    OVERDUE = "overdue"
    WITHHELD = "withheld"
    UPCOMING = "upcoming"


class Status(StrEnum):
    """Where an application stands: the first of these that holds."""

    CLOSED = "closed"
    OVERDUE = "overdue"
    DUE = "due"
    QUIET = "quiet"
    UPCOMING = "upcoming"
    NEW = "new"
    AWAITING_REPLY = "awaiting_reply"


class StepChannel(StrEnum):
    """By which channel a step is to be done."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"


TO_DO = frozenset({State.OPEN, State.OVERDUE})
STILL_AHEAD = frozenset({State.WITHHELD, State.UPCOMING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do. Days are dates in the application's zone; `overdue_at` is a moment there.

    `reason` is the id of the rule that set the dates, `ended_by` of the rule that ended the step;
    `entry` is the log entry that did or skipped it, where one did.
    """

    id: str
    kind: StepKind
    opens: date
    due: date
    state: State
    reason: str
    channel: StepChannel | None = None
    to: Contact | None = None
    round: Round | None = None
    overdue_at: datetime | None = None
    ended_by: str | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True)
class Plan:
    """What to do about one application, worked out for one moment and never stored.

    `date_in_force` is the day by which they last said the person would hear, while that still holds.
    `holds_until` is the first moment, in UTC, at which the plan may be another one, if nothing is written down till then.
    """

    status: Status
    steps: tuple[Step, ...]
    next: Step | None = None
    quiet_until: date | None = None
    date_in_force: date | None = None
    advisories: tuple[str, ...] = ()
    holds_until: datetime = field(compare=False)


def step_id(kind: StepKind, whose: str = "", person: Contact | None = None, ordinal: int = 1) -> str:
    """A stable id made of round, kind, person and ordinal, so that a tick and an undo mean the same step."""
    whom = (person.id or person.name) if person else ""
    digest = hashlib.blake2s(f"{whose}\x1f{whom}\x1f{ordinal}".encode(), digest_size=8)
    return f"{kind}-{digest.hexdigest()}"
