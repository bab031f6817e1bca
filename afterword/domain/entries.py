"""The log entries that stand for what is done about a step."""

from __future__ import annotations

from datetime import datetime

from afterword.domain.model import Channel, Entry, EntryKind
from afterword.domain.step import Step


def entry_for(step: Step, at: datetime) -> Entry:
    """The entry that records a step as done at that moment, by its channel and to its person."""
    return Entry(
        kind=EntryKind(step.kind.value),
        at=at,
        channel=Channel(step.channel.value) if step.channel else None,
        to=person_of(step),
        round=round_of(step),
    )


def skip_of(step: Step, at: datetime) -> Entry:
    """The entry that records a step as skipped at that moment."""
    return Entry(kind=EntryKind.SKIP, step=step.kind, at=at, to=person_of(step), round=round_of(step))


def person_of(step: Step) -> str | None:
    """How an entry names the step's person."""
    return (step.to.id or step.to.name) if step.to else None


def round_of(step: Step) -> str | None:
    """How an entry names the step's round."""
    return (step.round.id or step.round.label) if step.round else None
