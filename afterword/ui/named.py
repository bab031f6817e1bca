"""What parts of an application are called, and their values in words, where two edits are set side by side."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum

from afterword.domain.merging import Path
from afterword.domain.model import Application

NAMES = {
    "company": "the company",
    "role": "the role",
    "location": "the place",
    "link": "the link",
    "source": "where it was found",
    "zone": "the time zone",
    "country": "the country",
    "contact": "the contact",
    "rounds": "the interviews",
    "interviewers": "the people",
    "promise": "what they said",
    "rival_offer": "the other offer",
    "outcome": "how it ended",
    "notes": "the notes",
    "label": "its name",
    "kind": "its kind",
    "ended_at": "when it ended",
    "thanks_by": "how to say thanks",
    "name": "the name",
    "title": "the title",
    "email": "the email address",
    "phone": "the phone number",
    "reply_by": "the date they named",
    "channel": "the channel they named",
    "asked": "whether you asked",
    "deadline": "the deadline",
    "answer_by": "the day to answer by",
    "result": "the result",
    "at": "the time",
}


def place(path: Path, *applications: Application) -> str:
    """What a part is called, from the outside in: "Panel: Ada Okafor: the email address"."""
    labels = {part_id: name for application in applications for part_id, name in ids_of(application).items()}
    known = [labels[step] for step in path if step in labels]
    last = NAMES.get(path[-1])
    parts = [*known, last] if last else known
    said = ": ".join(part for part in parts if part) or "the application"
    return f"{said[:1].upper()}{said[1:]}"


def ids_of(application: Application) -> dict[str, str]:
    """The name of each round and person by its id."""
    people = (person for round in application.rounds for person in round.interviewers)
    return {
        **{str(round.id): round.label for round in application.rounds},
        **{str(person.id): person.name for person in people},
    }


def value(what: object) -> str:
    """A value in words."""
    if what is None or what == ():
        return "nothing"
    if isinstance(what, Enum):
        return str(what.value).replace("_", " ")
    if isinstance(what, bool):
        return "yes" if what else "no"
    if isinstance(what, datetime):
        return f"{what:%Y-%m-%d %H:%M}"
    if isinstance(what, date):
        return what.isoformat()
    if isinstance(what, tuple):
        return "; ".join(value(part) for part in what)
    return record(what) if is_dataclass(what) and not isinstance(what, type) else str(what)


def record(what: object) -> str:
    """A record, field by field, without its id."""
    pairs = ((f.name, getattr(what, f.name)) for f in fields(what))  # type: ignore[arg-type]
    known = [
        value(part)
        if name in {"name", "label"}
        else f"{NAMES.get(name, name).removeprefix('the ')} {value(part)}"
        for name, part in pairs
        if name != "id" and part is not None and part != ()
    ]
    return ", ".join(known)
