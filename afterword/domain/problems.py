"""What can be wrong with an application as a whole: each problem with its path and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from afterword.domain.errors import Problem
from afterword.domain.facts import end_of, placed, zone_named
from afterword.domain.model import Application, Entry, EntryKind, Promise, Round, same_name
from afterword.domain.workdays import known_countries

YEARS = range(1970, 2201)
LONG_TEXTS = frozenset({"notes", "text"})
MOST = {"rounds": 100, "interviewers": 50, "log": 2_000}
LONGEST_TEXT, LONGEST_LINE, LONGEST_LINK = 20_000, 200, 2_000


def problems_of(application: Application, zone: str = "UTC") -> tuple[Problem, ...]:
    """Everything that is wrong with it, in the order of its keys; `zone` stands in where it names none."""
    return tuple(
        problem
        for found in (
            field_problems(application, ""),
            place_problems(application.zone, application.country),
            round_problems(application, usable_zone(application.zone, zone)),
            entry_problems(application, usable_zone(application.zone, zone)),
        )
        for problem in found
    )


def problems_of_entry(application: Application, entry: Entry, zone: str = "UTC") -> tuple[Problem, ...]:
    """Everything that is wrong with an entry alone, as if it were the only one in the application's log."""
    alone = replace(application, log=(entry,))
    return (*field_problems(entry, "log[0]"), *entry_problems(alone, usable_zone(application.zone, zone)))


def usable_zone(named: str | None, fallback: str) -> ZoneInfo:
    """The application's zone if it exists, so that one wrong zone does not hide what else is wrong."""
    return zone_named(named) if named and zone_exists(named) else zone_named(fallback)


def zone_exists(name: str) -> bool:
    """Whether there is a time zone of that name."""
    return name in available_zones()


@lru_cache(maxsize=1)
def available_zones() -> frozenset[str]:
    """The names of all time zones."""
    return frozenset(available_timezones())


def field_problems(part: Any, path: str) -> Iterator[Problem]:
    """Lines that are empty or too long, and years out of reach, anywhere within."""
    for field in fields(part):
        value, place = getattr(part, field.name), f"{path}.{field.name}" if path else field.name
        if isinstance(value, str):
            yield from text_problems(field.name, value, place)
        elif isinstance(value, date):
            yield from year_problems(value, place)
        elif is_dataclass(value):
            yield from field_problems(value, place)
        elif isinstance(value, tuple):
            if len(value) > MOST[field.name]:
                yield Problem(place, f"has {len(value):,} in it; at most {MOST[field.name]:,} can be kept")
            for index, item in enumerate(value):
                yield from field_problems(item, f"{place}[{index}]")


def text_problems(name: str, value: str, place: str) -> Iterator[Problem]:
    """A required line that is empty, or a text that is too long."""
    if name in {"company", "label", "name"} and not value.strip():
        yield Problem(place, "must not be empty")
    longest = LONGEST_TEXT if name in LONG_TEXTS else LONGEST_LINK if name == "link" else LONGEST_LINE
    if len(value) > longest:
        yield Problem(place, f"is {len(value):,} characters long; at most {longest:,} can be kept")


def year_problems(value: date, place: str) -> Iterator[Problem]:
    """A year that no interview of a living person has."""
    if value.year not in YEARS:
        yield Problem(place, f"{value.year} is not a year between {YEARS[0]} and {YEARS[-1]}")


def place_problems(zone: str | None, country: str | None) -> Iterator[Problem]:
    """A time zone or a country that does not exist."""
    if zone is not None and not zone_exists(zone):
        yield Problem("zone", f"{shortened(zone)} is not a known time zone; one looks like Europe/Berlin")
    if country is not None and country.upper() not in known_countries():
        yield Problem("country", f"{shortened(country)} is not a known country; use two letters such as US")


def shortened(text: str) -> str:
    """A text short enough to be quoted in a sentence."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def round_problems(application: Application, zone: ZoneInfo) -> Iterator[Problem]:
    """An id that stands twice, and a promised date before the interview it belongs to."""
    yield from twice((round.id for round in application.rounds), "rounds", "an interview")
    for index, round in enumerate(application.rounds):
        if round.promise is not None and in_reach(round.ended_at):
            day, place = end_of(round, zone, 17).date(), f"rounds[{index}].promise"
            yield from promise_problems(round.promise, day, place, "the interview")


def twice(ids: Iterable[str | None], path: str, what: str) -> Iterator[Problem]:
    """An id that one before it bears already."""
    seen: set[str | None] = set()
    for index, id in enumerate(ids):
        if id is not None and id in seen:
            yield Problem(f"{path}[{index}].id", f"{shortened(id)} is the id of {what} before it")
        seen.add(id)


def promise_problems(promise: Promise, day: date, place: str, what: str) -> Iterator[Problem]:
    """A reply-by date before the day on which it was given."""
    if promise.reply_by is not None and promise.reply_by < day:
        yield Problem(f"{place}.reply_by", f"{promise.reply_by} is before {what} on {day}")


def in_reach(when: date | datetime) -> bool:
    """Whether its year can be reckoned with in every zone."""
    return when.year in YEARS


def entry_problems(application: Application, zone: ZoneInfo) -> Iterator[Problem]:
    """What is wrong with log entries: promises, skips, and rounds that are not there."""
    yield from twice((entry.id for entry in application.log), "log", "an entry")
    for index, entry in enumerate(application.log):
        place = f"log[{index}]"
        yield from entry_promise_problems(entry, zone, place)
        if entry.kind == EntryKind.SKIP and entry.step is None:
            yield Problem(f"{place}.step", "is missing; a skip must name the step that is skipped")
        counts = entry.round is not None and entry.withdrawn_at is None
        if (
            entry.round is not None
            and counts
            and not any(is_named(r, entry.round) for r in application.rounds)
        ):
            yield Problem(f"{place}.round", f"there is no round {shortened(entry.round)!r}")


def entry_promise_problems(entry: Entry, zone: ZoneInfo, place: str) -> Iterator[Problem]:
    """A promise on an entry that is no reply, or one with a date before the reply."""
    if entry.promise is None:
        return
    if entry.kind != EntryKind.REPLY:
        yield Problem(f"{place}.promise", "only a round or a reply can carry a promise")
    elif in_reach(entry.at):
        day = placed(entry.at, zone).date()
        yield from promise_problems(entry.promise, day, f"{place}.promise", "the reply")


def is_named(round: Round, name: str) -> bool:
    """Whether a round has that id or label."""
    return round.id == name or same_name(round.label, name)
