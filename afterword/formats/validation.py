"""What pydantic found wrong, as problems with a path and a sentence that a person understands."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from afterword.domain.errors import Problem

SENTENCES = {
    "missing": "is missing",
    "unexpected_keyword_argument": "is not a known key",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "dataclass_type": "must be an object with keys",
    "dataclass_exact_type": "must be an object with keys",
    "date_type": "must be a date such as 2026-11-06",
    "date_from_datetime_inexact": "must be a date such as 2026-11-06, without an hour",
    "datetime_type": "must be a time such as 2026-11-03T15:00:00-05:00",
}
NEEDS_AN_HOUR = "must be a date with an hour, such as 2026-11-03T15:00:00-05:00"
NEEDS_A_DATE = "must be a date such as 2026-11-06"


def problems_in(error: ValidationError) -> tuple[Problem, ...]:
    """Every problem of that error, one for each place."""
    by_place: dict[str, Problem] = {}
    for detail in error.errors(include_url=False):
        problem = problem_of(detail)
        by_place.setdefault(problem.path, problem)
    return tuple(by_place.values())


def problem_of(detail: ErrorDetails) -> Problem:
    """One problem in our own words, with its path."""
    return Problem(path_of(place_of(detail)), sentence_of(detail))


def place_of(detail: ErrorDetails) -> list[int | str]:
    """Where it stands, without the types that were tried there."""
    return [part for part in detail["loc"] if part not in {"datetime", "date"}]


def path_of(location: list[int | str]) -> str:
    """A location as people write it: rounds[0].promise.reply_by."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return path.removeprefix(".")


def sentence_of(detail: ErrorDetails) -> str:
    """What is wrong, in a sentence that says what would be right."""
    kind = detail["type"]
    if kind == "json_invalid":
        return f"this is not JSON: {detail['ctx']['error']}"
    if kind == "enum":
        return f"must be one of {detail['ctx']['expected'].replace(chr(39), '')}"
    if kind.startswith("datetime_"):
        return NEEDS_AN_HOUR if detail["loc"][-1] != "datetime" else NEEDS_A_DATE
    if kind.startswith("date_"):
        return NEEDS_A_DATE
    return SENTENCES.get(kind, detail["msg"])
