"""An application as it is known at one moment: every time placed in its zone, the log cut off at now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from afterword.domain.handbook import Handbook
from afterword.domain.model import (
    Application,
    Contact,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Result,
    Round,
    same_name,
)
from afterword.domain.workdays import DAY, Workdays


@dataclass(frozen=True, slots=True)
class PlacedRound:
    """A round with the moment it ended, in the application's zone. `twins` counts the like-named before it."""

    round: Round
    ended_at: datetime
    twins: int = 0

    @property
    def reference(self) -> str:
        """What steps of this round have in their ids: its id or label, told apart from its twins'."""
        return (self.round.id or self.round.label) + (f"\x1e{self.twins}" if self.twins else "")

    @property
    def day(self) -> date:
        """The day on which the round ended."""
        return self.ended_at.date()

    def met(self, entry: PlacedEntry) -> tuple[Interviewer, ...]:
        """The interviewers of this round whom the entry names, by id or by name."""
        people = self.round.interviewers
        by_id = tuple(p for p in people if p.id is not None and p.id == entry.entry.to)
        return by_id or tuple(p for p in people if entry.names(p))


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """A log entry with its moment in the application's zone, and the name of whom it was to."""

    entry: Entry
    at: datetime
    to: str | None

    def names(self, person: Contact) -> bool:
        """Whether it names this person."""
        return self.to is not None and same_name(self.to, person.name)

    @property
    def day(self) -> date:
        """The day on which it was done or heard."""
        return self.at.date()

    @property
    def kind(self) -> EntryKind:
        """What it records."""
        return self.entry.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at. Rounds and entries are in the order of time, withdrawn entries left out.

    `ended_rounds` and `rounds_ahead` are the rounds that have ended by now and those that have not.
    """

    application: Application
    now: datetime
    zone: ZoneInfo
    rounds: tuple[PlacedRound, ...]
    ended_rounds: tuple[PlacedRound, ...]
    rounds_ahead: tuple[PlacedRound, ...]
    entries: tuple[PlacedEntry, ...]
    outcome: Outcome | None
    workdays: Workdays
    handbook: Handbook

    @property
    def today(self) -> date:
        """The date of now in the application's zone."""
        return self.now.date()

    @property
    def to_be_known(self) -> Iterator[datetime]:
        """The moments, later than now, of what is written down already: rounds, entries, an outcome."""
        yield from (round.ended_at for round in self.rounds_ahead)
        outcome = self.application.outcome
        written = [entry.at for entry in self.application.log if entry.withdrawn_at is None]
        for when in (*written, *((outcome.at,) if outcome else ())):
            if not has_come(moment := placed(when, self.zone), self.now):
                yield moment

    @property
    def rejected_at(self) -> datetime | None:
        """When a no came that may be answered: one after a round had ended. Else None."""
        if self.outcome is None or self.outcome.result != Result.REJECTED:
            return None
        came = self.moment(self.outcome.at)
        return came if any(round.ended_at <= came for round in self.rounds) else None

    def number(self, rule: str, name: str) -> int:
        """The number of a rule that is in force today."""
        return self.handbook.number(rule, name, self.today)

    def of_kind(self, kind: EntryKind) -> tuple[PlacedEntry, ...]:
        """The known entries of one kind, earliest first."""
        return tuple(e for e in self.entries if e.kind == kind)

    def moment(self, when: datetime | date) -> datetime:
        """That time in the application's zone; a bare date means its first moment."""
        if isinstance(when, datetime):
            return placed(when, self.zone)
        return midnight(when, self.zone)

    def after_day(self, day: date) -> datetime:
        """The moment at which that day is over."""
        return midnight(day + DAY, self.zone)

    def round_meant(self, entry: PlacedEntry) -> PlacedRound | None:
        """The round an entry names by id or label: of several the latest ended by then, else the first."""
        who = entry.entry.round
        if who is None:
            return None
        named = [r for r in self.rounds if r.round.id == who]
        named = named or [r for r in self.rounds if same_name(r.round.label, who)]
        ended = [r for r in named if r.ended_at <= entry.at]
        return ended[-1] if ended else next(iter(named), None)


def read_facts(
    application: Application, now: datetime, handbook: Handbook, workdays: Workdays, zone: str
) -> Facts:
    """What is known of the application at `now`; `zone` stands in where it names none."""
    there = zone_named(application.zone or zone)
    now = placed(now, there)
    hour = handbook.number("latest-round", "bare_date_hour", now.date())
    entries = known_entries(application, now, there)
    rounds = placed_rounds(application.rounds, there, hour)
    return Facts(
        application=application,
        now=now,
        zone=there,
        rounds=rounds,
        ended_rounds=tuple(r for r in rounds if has_come(r.ended_at, now)),
        rounds_ahead=tuple(r for r in rounds if not has_come(r.ended_at, now)),
        entries=entries,
        outcome=known_outcome(application.outcome, entries, now, there),
        workdays=workdays,
        handbook=handbook,
    )


def placed_rounds(rounds: Iterable[Round], zone: ZoneInfo, hour: int) -> tuple[PlacedRound, ...]:
    """The rounds in the order in which they end; one with a bare date ends at `hour`."""
    in_order = sorted(((end_of(r, zone, hour), r) for r in rounds), key=lambda pair: pair[0])
    seen = Counter[str]()
    found = []
    for ended_at, round in in_order:
        found.append(PlacedRound(round, ended_at, seen[round.id or round.label]))
        seen[round.id or round.label] += 1
    return tuple(found)


def end_of(round: Round, zone: ZoneInfo, hour: int) -> datetime:
    """The moment a round ended, in `zone`."""
    if isinstance(round.ended_at, datetime):
        return placed(round.ended_at, zone)
    return placed(datetime.combine(round.ended_at, time(hour)), zone)


def known_entries(application: Application, now: datetime, zone: ZoneInfo) -> tuple[PlacedEntry, ...]:
    """The entries made by `now` and not taken back, in an order that does not depend on how they are stored."""
    names = {p.id: p.name for p in people_of(application) if p.id is not None}
    kept = (
        PlacedEntry(entry, placed(entry.at, zone), names.get(entry.to or "", entry.to))
        for entry in application.log
        if entry.withdrawn_at is None
    )
    known = [entry for entry in kept if has_come(entry.at, now)]
    alike = len({entry.at for entry in known}) < len(known)
    return tuple(sorted(known, key=storage_free_order if alike else in_time))


def in_time(entry: PlacedEntry) -> datetime:
    """By time, where no two entries are of one moment."""
    return entry.at


def storage_free_order(entry: PlacedEntry) -> tuple[datetime, date, str]:
    """By time; of two replies of one moment the one with the later date is taken as the last word."""
    promise = entry.entry.promise
    given = promise.reply_by if promise and promise.reply_by else date.min
    return entry.at, given, repr(entry.entry)


def known_outcome(
    outcome: Outcome | None, entries: Iterable[PlacedEntry], now: datetime, zone: ZoneInfo
) -> Outcome | None:
    """The outcome, if it is known by `now`. A reply after "no answer" lifts that one. Grounds: I."""
    if outcome is None:
        return None
    came = placed(outcome.at, zone)
    if not has_come(came, now):
        return None
    replied = any(e.kind == EntryKind.REPLY and e.at > came for e in entries)
    return None if outcome.result == Result.NO_ANSWER and replied else outcome


def people_of(application: Application) -> tuple[Contact, ...]:
    """Everybody of the application: the contact and all interviewers."""
    met = (p for r in application.rounds for p in r.interviewers)
    return (*((application.contact,) if application.contact else ()), *met)


def placed(when: datetime, zone: ZoneInfo) -> datetime:
    """A time in `zone`; one without an offset is taken to be there already."""
    if when.tzinfo is None:
        when = when.replace(tzinfo=zone).astimezone(UTC)  # an hour the clocks skip becomes one that exists
    return when.astimezone(zone)


def has_come(moment: datetime, now: datetime) -> bool:
    """Whether a moment has come.

    Compared as time that elapses: of two times in one zone Python compares what the clocks show, and in autumn
    they show an hour twice.
    """
    return moment <= now.astimezone(UTC)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day in `zone`."""
    return placed(datetime.combine(day, time()), zone)


def hours_later(moment: datetime, hours: int) -> datetime:
    """The moment when that many hours have elapsed, whatever the clocks did meanwhile."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(moment.tzinfo)


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name. Raises ZoneInfoNotFoundError or ValueError."""
    return ZoneInfo(name)
