"""What people say about themselves: the name that stands in messages, and where they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afterword.domain.errors import Problem
from afterword.domain.problems import place_problems, text_problems
from afterword.domain.table import TableForm

MOST_TABLES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class You:
    """The owner. `zone` and `country` stand in for applications that name none.

    `tables` says how the owner's own spreadsheets are read.
    """

    name: str | None = None
    phone: str | None = None
    zone: str | None = None
    country: str | None = None
    tables: tuple[TableForm, ...] | None = None


def problems_of_you(you: You) -> tuple[Problem, ...]:
    """Everything that is wrong with it."""
    return tuple(
        problem
        for found in (lines(you), place_problems(you.zone, you.country), table_problems(you))
        for problem in found
    )


def lines(you: You) -> Iterator[Problem]:
    """A name or a number that is too long."""
    for place, value in (("name", you.name), ("phone", you.phone)):
        yield from text_problems("line", value or "", place)


def table_problems(you: You) -> Iterator[Problem]:
    """Too many forms of tables, or one whose name is too long or whose columns do not fit its headings."""
    forms = you.tables or ()
    if len(forms) > MOST_TABLES:
        yield Problem("tables", f"has {len(forms):,} in it; at most {MOST_TABLES:,} can be kept")
    for place, form in enumerate(forms):
        yield from text_problems("name", form.name, f"tables[{place}].name")
        if len(form.headings) != len(form.fields):
            yield Problem(f"tables[{place}].fields", "must be as many as the headings")
