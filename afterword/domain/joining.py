"""An application from a table joined to the one that is here already: nothing of either is lost.

What is here stands; what the table adds is added; where both say different things, the table's goes to the notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from afterword.domain.model import Application, Contact, Entry, Interviewer, Round, folded, same_name

Somebody = TypeVar("Somebody", bound=Contact)
LINES = {"company": "Company", "role": "Role", "location": "Location", "link": "Link", "source": "Source"}


def key_of(application: Application) -> tuple[str, str]:
    """What is the same in two applications for the same job."""
    return folded(application.company), folded(application.role or "")


def joined(mine: Application, theirs: Application) -> Application:
    """My application with what theirs adds to it."""
    rounds, same = joined_rounds(mine.rounds, theirs.rounds)
    lines = (*differing(mine, theirs), *(theirs.notes or "").split("\n"))
    return replace(
        mine,
        **{key: getattr(mine, key) or getattr(theirs, key) for key in (*LINES, "zone", "country")},
        contact=joined_contact(mine.contact, theirs.contact),
        rounds=rounds,
        log=(*mine.log, *new_entries(mine, theirs, same)),
        rival_offer=mine.rival_offer or theirs.rival_offer,
        outcome=mine.outcome or theirs.outcome,
        notes=with_lines(mine.notes, lines),
    )


def differing(mine: Application, theirs: Application) -> Iterator[str]:
    """What theirs says otherwise, as lines for the notes."""
    for key, name in LINES.items():
        one, other = getattr(mine, key), getattr(theirs, key)
        if one and other and folded(one) != folded(other):
            yield f"{name}: {other}"
    if mine.contact and theirs.contact and not same_name(mine.contact.name, theirs.contact.name):
        known = (theirs.contact.name, theirs.contact.email, theirs.contact.phone)
        yield "Contact: " + ", ".join(part for part in known if part)
    if mine.outcome and theirs.outcome and mine.outcome.result != theirs.outcome.result:
        yield f"Outcome: {theirs.outcome.result.value.replace('_', ' ')}"
    for round in theirs.rounds:
        mine_too = next((other for other in mine.rounds if is_same_round(other, round)), None)
        yield from differing_round(mine_too, round) if mine_too else ()


def differing_round(mine: Round, theirs: Round) -> Iterator[str]:
    """What theirs says otherwise of the same interview."""
    if moment_of(mine.ended_at) != moment_of(theirs.ended_at):
        yield f"{theirs.label}: ended {theirs.ended_at.isoformat()}"
    for key in ("kind", "thanks_by"):
        one, other = getattr(mine, key), getattr(theirs, key)
        if one and other and one != other:
            yield f"{theirs.label}: {other.value}"
    if mine.promise and theirs.promise and mine.promise != theirs.promise:
        by, how = theirs.promise.reply_by, theirs.promise.channel
        yield f"{theirs.label}: they answer by {by or 'no day named'}{f', {how.value}' if how else ''}"


def moment_of(when: date) -> tuple[date, str]:
    """A day and its hour, where one is named, so that a day can be compared with a moment."""
    if isinstance(when, datetime):
        aware = when.astimezone(UTC) if when.tzinfo else when
        return aware.date(), aware.isoformat()
    return when, ""


def with_lines(notes: str | None, lines: Iterable[str]) -> str | None:
    """The notes with those lines that do not stand there yet."""
    there = (notes or "").split("\n")
    new = [line for line in dict.fromkeys(lines) if line.strip() and line not in there]
    return "\n".join((*([notes] if notes else []), *new)) or None


def joined_contact(mine: Contact | None, theirs: Contact | None) -> Contact | None:
    """My contact, with what theirs knows of the same person."""
    if mine is None or theirs is None or not same_name(mine.name, theirs.name):
        return mine or theirs
    return filled_up(mine, theirs)


def filled_up(mine: Somebody, theirs: Contact) -> Somebody:
    """A person, with what the other knows of them and I do not."""
    keys = ("title", "email", "phone", "notes")
    return replace(mine, **{key: getattr(mine, key) or getattr(theirs, key) for key in keys})


def joined_rounds(
    mine: tuple[Round, ...], theirs: tuple[Round, ...]
) -> tuple[tuple[Round, ...], dict[str | None, str | None]]:
    """My interviews with what theirs adds, and which of theirs is which of mine, by their ids."""
    kept, same = list(mine), dict[str | None, str | None]()
    for round in theirs:
        place = next((n for n, other in enumerate(mine) if is_same_round(other, round)), None)
        if place is None:
            kept.append(round)
            continue
        same[round.id] = kept[place].id or kept[place].label
        kept[place] = joined_round(kept[place], round)
    return tuple(kept), same


def is_same_round(mine: Round, theirs: Round) -> bool:
    """Whether two interviews are one: by their id, else by their name and day."""
    if mine.id and mine.id == theirs.id:
        return True
    return same_name(mine.label, theirs.label) and day_of(mine.ended_at) == day_of(theirs.ended_at)


def day_of(when: date) -> date:
    """The day of a day or a moment."""
    return when.date() if isinstance(when, datetime) else when


def joined_round(mine: Round, theirs: Round) -> Round:
    """My interview, with what theirs adds."""
    keys = ("kind", "thanks_by", "promise")
    return replace(
        mine,
        **{key: getattr(mine, key) or getattr(theirs, key) for key in keys},
        interviewers=joined_people(mine.interviewers, theirs.interviewers),
        notes=with_lines(mine.notes, (theirs.notes or "").split("\n")),
    )


def joined_people(mine: tuple[Interviewer, ...], theirs: tuple[Interviewer, ...]) -> tuple[Interviewer, ...]:
    """Everybody that either names, each once."""
    by_name = {folded(person.name): person for person in theirs}
    known = {folded(person.name) for person in mine}
    more = (by_name.get(folded(person.name)) for person in mine)
    filled = (filled_up(person, other) if other else person for person, other in zip(mine, more, strict=True))
    return (*filled, *(person for person in theirs if folded(person.name) not in known))


def new_entries(
    mine: Application, theirs: Application, same: dict[str | None, str | None]
) -> Iterator[Entry]:
    """Entries that I do not have, with the interviews they name under my ids."""
    known = {entry.id for entry in mine.log if entry.id}
    for entry in theirs.log:
        if entry.id not in known:
            yield replace(entry, round=same.get(entry.round, entry.round) if entry.round else None)
