"""The log entries that stand for what is done about a step."""

from __future__ import annotations

from datetime import datetime

from afterword.domain.handbook import Addressee, Message, MessageChannel, Occasion
from afterword.domain.model import Application, Channel, Entry, EntryKind
from afterword.domain.step import Step, StepChannel


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


KINDS = {
    Occasion.THANKS: EntryKind.THANK_YOU,
    Occasion.AFTER_NO: EntryKind.THANK_YOU,
    Occasion.ASK: EntryKind.ASK,
    Occasion.CHECK_IN: EntryKind.CHECK_IN,
    Occasion.SECOND_CHECK_IN: EntryKind.CHECK_IN,
    Occasion.TELL_THEM: EntryKind.TELL_THEM,
    Occasion.NEW_DATE: EntryKind.NOTE,
    Occasion.ANSWER_OFFER: EntryKind.NOTE,  # an offer is answered by an outcome
}


def sent_entry(message: Message, step: Step | None, at: datetime, text: str) -> Entry:
    """The entry that records a message as sent. A note that is passed on thanks everybody of its round."""
    shared = message.to == Addressee.CONTACT or step is None
    return Entry(
        kind=KINDS[message.occasion],
        at=at,
        channel=channel_of(message, step),
        to=None if shared or step is None else person_of(step),
        round=round_of(step) if step else None,
        text=text,
    )


def channel_of(message: Message, step: Step | None) -> Channel:
    """By which channel a message goes: by post where that is how the step is to be done, for it is written too."""
    by_post = step is not None and step.channel == StepChannel.POST
    return (
        Channel.POST
        if by_post and message.channel == MessageChannel.EMAIL
        else Channel(message.channel.value)
    )


def was_logged(entry: Entry, application: Application) -> bool:
    """Whether the same message was logged already and still counts."""
    alike = (e for e in application.log if e.withdrawn_at is None and e.text == entry.text)
    return any((e.kind, e.to, e.round) == (entry.kind, entry.to, entry.round) for e in alike)


def person_of(step: Step) -> str | None:
    """How an entry names the step's person."""
    return (step.to.id or step.to.name) if step.to else None


def round_of(step: Step) -> str | None:
    """How an entry names the step's round."""
    return (step.round.id or step.round.label) if step.round else None
