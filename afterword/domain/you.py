"""What people say about themselves: the name that stands in messages, and where they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afterword.domain.errors import Problem
from afterword.domain.problems import place_problems, text_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class You:
    """The owner. `zone` and `country` stand in for applications that name none."""

    name: str | None = None
    phone: str | None = None
    zone: str | None = None
    country: str | None = None


def problems_of_you(you: You) -> tuple[Problem, ...]:
    """Everything that is wrong with it."""
    return tuple(
        problem for found in (lines(you), place_problems(you.zone, you.country)) for problem in found
    )


def lines(you: You) -> Iterator[Problem]:
    """A name or a number that is too long."""
    for place, value in (("name", you.name), ("phone", you.phone)):
        yield from text_problems("line", value or "", place)
