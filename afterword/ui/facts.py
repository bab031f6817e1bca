"""What is known of an application at one moment, in short lines; its days are told by their dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from afterword.domain.case import OpenCase
from afterword.domain.model import Channel, Contact, Promise, Round
from afterword.domain.workdays import country_names
from afterword.ui import told, words
from afterword.ui.typed import as_typed


def lines(case: OpenCase, now: datetime) -> list[str]:
    """Every fact of an application as Markdown, beginning with the moment as the person's own clock shows it."""
    elsewhere = ", where you are" if now.utcoffset() != case.now.utcoffset() else ""
    return [
        f"**Now{elsewhere}:** {now:%A} {now.day} {now:%B %Y}, {now:%H:%M}",
        f"**Where they are:** {place(case)}",
        *(line for round in case.application.rounds for line in round_lines(round, case)),
        *contact_lines(case.application.contact),
        *(f"**{on(e.at, case)}:** {first_large(told.what(e, case))}" for e in case.application.log),
        *turning_lines(case),
    ]


def place(case: OpenCase) -> str:
    """The zone and whose holidays count."""
    application = case.application
    zone = (application.zone or "UTC").replace("_", " ")
    country = country_names().get(application.country or "")
    return f"{zone}; public holidays: {country or 'not known'}"


def round_lines(round: Round, case: OpenCase) -> Iterator[str]:
    """One interview: when it ends or ended, how thanks are planned, who was met, what was said, what was noted."""
    end = told.end_of(round, case)
    ends = "ended" if end <= case.now else "ends"
    by = round.thanks_by
    thanks = f"; thanks planned {words.CHANNELS[Channel(by.value)]}" if by else ""
    yield f"**{as_typed(round.label)}:** {ends} {on(end, case)}{thanks}"
    if round.interviewers:
        yield f"**Met:** {', '.join(map(person, round.interviewers))}"
    if round.promise:
        yield f"**They said:** {promised(round.promise, case)}"
    if round.notes:
        yield f"**Noted:** {as_typed(round.notes)}"


def contact_lines(contact: Contact | None) -> Iterator[str]:
    """Whom one usually writes to."""
    if contact:
        yield f"**Contact:** {person(contact)}"


def person(one: Contact) -> str:
    """A name, with what is known to reach it by."""
    known = [name for name, value in (("address", one.email), ("number", one.phone)) if value]
    return f"{as_typed(one.name)} ({' and '.join(known) or 'no address, no number'})"


def promised(promise: Promise, case: OpenCase) -> str:
    """What they said about when and how one will hear."""
    by = f"an answer by {day(promise.reply_by, case)}" if promise.reply_by else "no date"
    how = f", {told.CHANNEL_NAMED[promise.channel.value]}" if promise.channel else ""
    return f"{by}{how}"


def turning_lines(case: OpenCase) -> Iterator[str]:
    """An offer from somewhere else, and what came of the application."""
    offer, outcome = case.application.rival_offer, case.application.outcome
    if offer and offer.deadline:
        yield f"**Other offer:** an answer is wanted by {day(offer.deadline, case)}"
    if outcome:
        by = f"; answer wanted by {day(outcome.answer_by, case)}" if outcome.answer_by else ""
        yield f"**{on(outcome.at, case)}:** {words.RESULTS[outcome.result]}{by}."


def on(at: datetime, case: OpenCase) -> str:
    """A moment where they are: Tue 10 Nov at 15:00."""
    there = case.there(at)
    return f"{day(there.date(), case)} at {there:%H:%M}"


def day(when: date, case: OpenCase) -> str:
    """A day by its date, never as today or tomorrow: those belong to whoever reads."""
    return words.plain_day(when, case.today)


def first_large(sentence: str) -> str:
    """A sentence with a capital at its beginning."""
    return f"{sentence[:1].upper()}{sentence[1:]}"
