"""Finding an application by what one remembers of it."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.domain.facts import people_of
from afterword.domain.model import Application, folded


def matches(application: Application, words: str) -> bool:
    """Whether every word typed is part of something written down about it; case and spacing aside."""
    wanted = [folded(word) for word in words.split()]
    if not wanted:
        return True
    text = "\n".join(folded(part) for part in written(application))
    return all(word in text for word in wanted)


def written(application: Application) -> Iterator[str]:
    """What is looked through: company, role, places, people, interviews, notes."""
    whole = (application.company, application.role, application.location, application.source)
    yield from (part for part in (*whole, application.link, application.notes) if part)
    for person in people_of(application):
        yield from (part for part in (person.name, person.title, person.email, person.notes) if part)
    for round in application.rounds:
        yield from (part for part in (round.label, round.notes) if part)
