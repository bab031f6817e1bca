"""A calendar file of events, made anew from the plan each time.

It is imported where a file is made: its library takes 80 modules along.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as CalendarEvent

from afterword.domain.facts import zone_named
from afterword.formats.events import Event

PRODUCT = "-//Afterword//Afterword//EN"


def calendar_file(events: Iterable[Event], now: datetime) -> bytes:
    """A calendar file (RFC 5545, UTF-8) with these events and their zones; `now` is aware.

    The same events give the same bytes, but for `now`, which is each one's DTSTAMP.
    """
    kept = tuple(events)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.subcomponents = [written(event, now) for event in kept]
    calendar.subcomponents[:0] = zones_of(calendar, kept)
    data: bytes = calendar.to_ical()
    return data


def written(event: Event, now: datetime) -> CalendarEvent:
    """One event as the library writes it; it does not make anybody appear busy."""
    part = CalendarEvent()
    part.add("uid", event.uid)
    part.add("dtstamp", now.astimezone(UTC))
    part.add("sequence", event.sequence)
    part.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    part.add("summary", event.summary)
    part.add("description", event.description)
    part.add("dtstart", unmistakable(event.begins, event))
    part.add("dtend", unmistakable(event.ends, event))
    part.add("transp", "TRANSPARENT")
    if event.url:
        part.add("url", event.url)
    if not event.cancelled:
        part.add_component(alarm(event))
    return part


def unmistakable(when: datetime, event: Event) -> datetime:
    """That time of the event, but in UTC where the clock shows an hour twice: a file cannot say which it means."""
    return when.astimezone(UTC) if event.begins.fold or event.ends.fold else when


def alarm(event: Event) -> Alarm:
    """What rings as the event begins."""
    part = Alarm()
    part.add("action", "DISPLAY")
    part.add("description", event.summary)
    part.add("trigger", timedelta(0))
    return part


def zones_of(calendar: Calendar, events: Iterable[Event]) -> list[Timezone]:
    """The zones that its events name, in alphabetical order, for the years in which any of them lies."""
    years = [when.year for event in events for when in (event.begins, event.ends)]
    return [zone_of(name, min(years), max(years)) for name in sorted(calendar.get_missing_tzids())]


@lru_cache(maxsize=256)
def zone_of(name: str, first: int, last: int) -> Timezone:
    """The zone's rules for these years, kept for the next file.

    Each change of the clock stands for itself: the library's own way, with lists of dates, names an hour too
    late in spring, and some programs read the first of each list only.
    """
    zone, begins = zone_named(name), datetime(first, 1, 1, tzinfo=UTC)
    part = Timezone()
    part.add("tzid", name)
    before = begins - timedelta(days=1)  # it is the new year already to the east
    part.add_component(observance(before, before, zone))
    for change in changes(zone, before, datetime(last + 1, 1, 2, tzinfo=UTC)):
        part.add_component(observance(change - timedelta(seconds=1), change, zone))
    return part


def observance(before: datetime, since: datetime, zone: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    """What holds in the zone since that moment; it is written as the clock showed it until then."""
    there, was = since.astimezone(zone), before.astimezone(zone).utcoffset() or timedelta()
    part = TimezoneDaylight() if there.dst() else TimezoneStandard()
    part.add("dtstart", since.replace(tzinfo=None) + was)
    part.add("tzoffsetfrom", was)
    part.add("tzoffsetto", there.utcoffset())
    part.add("tzname", there.tzname())
    return part


def changes(zone: ZoneInfo, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The moments in UTC at which the zone's clocks change, at most one a day, from `begins` to `ends`."""
    day = timedelta(days=1)
    while begins < ends:
        if clock(begins, zone) != clock(begins + day, zone):
            yield change_after(begins, zone)
        begins += day


def change_after(day: datetime, zone: ZoneInfo) -> datetime:
    """The second within that day from which on the clock shows what it shows a day later."""
    later = range(24 * 60 * 60 + 1)
    wanted = clock(day + timedelta(days=1), zone)
    found = bisect_left(
        later, True, key=lambda second: clock(day + timedelta(seconds=second), zone) == wanted
    )
    return day + timedelta(seconds=found)


def clock(moment: datetime, zone: ZoneInfo) -> tuple[timedelta | None, timedelta | None]:
    """How far the zone's clock is from UTC at that moment, and how much of it is summer time."""
    there = moment.astimezone(zone)
    return there.utcoffset(), there.dst()
