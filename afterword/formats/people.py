"""People as lines of text, one a line: "Ada Okafor, ada@fernbridge.example, +1 212 555 0100"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from afterword.domain.model import Contact, Interviewer, folded, same_name

NEARLY = 0.75
SEPARATOR = re.compile(r"[,;\t]")
NUMBER = re.compile(r"^\+?[\d\s()./-]{5,}(\s*(ext|x)\.?\s*\d+)?$", re.IGNORECASE)


def lines_of(people: Iterable[Contact]) -> str:
    """The people as text, one a line, with what is known of how to reach them."""
    return "\n".join(", ".join(part for part in (p.name, p.email, p.phone) if part) for p in people)


def people_in(text: str, known: Iterable[Interviewer] = ()) -> tuple[Interviewer, ...]:
    """The people that text names; who was `known` before keeps id, title and notes, also under a mended name.

    Somebody is known by name, else by address or number, else by a name that is nearly the same.
    """
    lines, left = [line.strip() for line in text.splitlines() if line.strip()], list(known)
    before: dict[int, Interviewer] = {}
    for place, line in enumerate(lines):
        take(place, (p for p in left if lines_of((p,)) == line), before, left)
    found = [before.get(place) or person_in(line) for place, line in enumerate(lines)]
    for alike in (has_name_of, is_reached_like, has_nearly_the_name_of):
        for place, person in enumerate(found):
            if place not in before:
                take(place, (p for p in left if alike(person, p)), before, left)
    return tuple(kept(person, before.get(place)) for place, person in enumerate(found))


def take(
    place: int, alike: Iterator[Interviewer], before: dict[int, Interviewer], left: list[Interviewer]
) -> None:
    """Note the first who is alike as the one of that place, and leave them to nobody else."""
    same = next(alike, None)
    if same is not None:
        before[place] = same
        left.remove(same)


def has_name_of(one: Interviewer, other: Interviewer) -> bool:
    """Whether both bear one name."""
    return same_name(one.name, other.name)


def is_reached_like(one: Interviewer, other: Interviewer) -> bool:
    """Whether both have one address or one number."""
    return bool((one.email and one.email == other.email) or (one.phone and one.phone == other.phone))


def person_in(line: str) -> Interviewer:
    """One person: what has an @ is the address, what is all digits the number, the rest the name."""
    parts = [part.strip() for part in SEPARATOR.split(line) if part.strip()]
    email = next((p for p in parts if "@" in p), None)
    phone = next((p for p in parts if NUMBER.match(p)), None)
    name = ", ".join(p for p in parts if p not in {email, phone})
    return Interviewer(name=name or email or phone or "", email=email, phone=phone)


def has_nearly_the_name_of(one: Interviewer, other: Interviewer) -> bool:
    """Whether one name is the other with its spelling mended."""
    return SequenceMatcher(None, folded(one.name), folded(other.name)).ratio() >= NEARLY


def kept(person: Interviewer, before: Interviewer | None) -> Interviewer:
    """The person, with the id, title and notes of who they were before; none of these for a new one."""
    if before is None:
        return replace(person, id=None, title=None, notes=None)
    return replace(person, id=before.id, title=before.title, notes=before.notes)
