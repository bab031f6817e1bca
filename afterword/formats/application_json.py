"""One application as JSON: the form of backups, of a guest's browser, of the store and of the shell."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import from_json

from afterword.domain import model
from afterword.domain.errors import InvalidApplication, Problem
from afterword.domain.problems import problems_of
from afterword.domain.you import You
from afterword.formats.mending import mended
from afterword.formats.validation import NEEDS_AN_HOUR, place_of, problems_in

# The domain knows no library; the readers here want to hear of keys they don't know.
PARTS = (
    model.Application,
    model.Contact,
    model.Interviewer,
    model.Round,
    model.Promise,
    model.Entry,
    model.RivalOffer,
    model.Outcome,
)
KEYS = frozenset(field.name for part in PARTS for field in fields(part))
for part in PARTS:
    setattr(part, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010 - mypy knows no such attribute

JSON = frozenset({str, int, float, bool, type(None)})
TIMES = frozenset({"ended_at", "at", "withdrawn_at"})
DATED = re.compile(r"\d{4}-\d\d-\d\d")
APPLICATION = TypeAdapter(model.Application)
YOU = TypeAdapter(You)
ENTRY = TypeAdapter(model.Entry)


def parse_application(data: bytes | str, zone: str = "UTC") -> model.Application:
    """The application that JSON text describes, sound in itself. Raises InvalidApplication with every problem."""
    whole = without_nulls(json_in(data))
    try:
        application = APPLICATION.validate_json(json.dumps(whole), strict=True)
    except ValidationError as error:
        raise InvalidApplication(every_problem(whole, error, zone)) from None
    found = (*number_times(whole), *problems_of(application, zone))
    if found:
        raise InvalidApplication(found)
    return application


def json_in(data: bytes | str) -> Any:
    """What the text holds. Raises InvalidApplication where it is no JSON."""
    text = data.removeprefix(codecs.BOM_UTF8) if isinstance(data, bytes) else data
    try:
        return from_json(text)
    except ValueError as error:
        raise InvalidApplication((Problem("", f"this is not JSON: {error}"),)) from None


def without_nulls(part: Any) -> Any:
    """The same without what is null under a known key: absent and null both mean unknown."""
    if isinstance(part, dict):
        return {k: without_nulls(v) for k, v in part.items() if v is not None or k not in KEYS}
    return [without_nulls(item) for item in part] if isinstance(part, list) else part


def number_times(part: Any, path: str = "") -> Iterator[Problem]:
    """Times given as a text of digits only, which would be read as seconds since 1970."""
    items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, value in items:
        place = f"{path}[{name}]" if isinstance(name, int) else f"{path}.{name}".removeprefix(".")
        if name in TIMES and isinstance(value, str) and not DATED.match(value):
            yield Problem(place, NEEDS_AN_HOUR)
        else:
            yield from number_times(value, place)


def every_problem(data: Any, error: ValidationError, zone: str) -> tuple[Problem, ...]:
    """What could not be read, and what is wrong with the rest all the same."""
    unreadable = problems_in(error)
    try:
        whole = mended(data, (place_of(detail) for detail in error.errors(include_url=False)))
        rest = APPLICATION.validate_json(json.dumps(whole), strict=True)
    except (ValueError, RecursionError):  # not JSON at all, or beyond mending
        return unreadable
    paths = {problem.path for problem in unreadable}
    names_lost = any(re.fullmatch(r"rounds(\[\d+\](\.label)?)?", path) for path in paths)
    found = (p for p in problems_of(rest, zone) if p.path not in paths)
    return (*unreadable, *(p for p in found if not (names_lost and p.path.endswith(".round"))))


def plain(value: Any) -> Any:
    """A domain value as what JSON can hold; what is not known is left out."""
    kind = type(value)
    if kind in JSON:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if kind is tuple:
        return [plain(item) for item in value]
    if not is_dataclass(kind):
        return value
    pairs = ((name, getattr(value, name)) for name in names_of(kind))
    return {name: plain(item) for name, item in pairs if item is not None and item != ()}


@cache
def names_of(kind: type) -> tuple[str, ...]:
    """The names of the fields of one of the domain's dataclasses."""
    return tuple(field.name for field in fields(kind))


def dump_application(application: model.Application) -> str:
    """The application as JSON text that parse_application reads back to an equal one."""
    return json.dumps(plain(application), ensure_ascii=False)


def dump_entry(entry: model.Entry) -> str:
    """One log entry as JSON text, as it stands in a log."""
    return json.dumps(plain(entry), ensure_ascii=False)


def read_kept_entry(document: str) -> model.Entry:
    """A log entry, from text that dump_entry wrote."""
    return ENTRY.validate_json(document, strict=True)


def read_kept_application(document: str, log: list[str]) -> model.Application:
    """An application that was checked when it was kept, from its document and its entries' documents."""
    whole = f'{document[:-1]},"log":[{",".join(log)}]}}' if log else document
    return APPLICATION.validate_json(whole, strict=True)


def dump_you(you: You) -> str:
    """What the owner says about themselves as JSON text."""
    return json.dumps(plain(you), ensure_ascii=False)


def read_kept_you(document: str) -> You:
    """What the owner said, from text that dump_you wrote."""
    return YOU.validate_json(document, strict=True)
