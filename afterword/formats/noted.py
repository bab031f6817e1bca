"""What the last calendar files said, event by event, so that the next one moves and cancels what has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from afterword.domain.facts import placed, zone_named
from afterword.formats.events import LONG, Event, elapsed

MOST = 200  # events an application that are not in the file just written


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One event as the last file had it. `begins` is what the clock in `zone` shows; `digest` tells the rest."""

    uid: str
    sequence: int
    summary: str
    begins: str
    zone: str
    cancelled: bool
    digest: str


def noted(event: Event) -> Noted:
    """What has to be remembered of an event."""
    rest = json.dumps([event.description, event.url, event.ends.isoformat()])
    return Noted(
        uid=event.uid,
        sequence=event.sequence,
        summary=event.summary,
        begins=event.begins.isoformat(),
        zone=str(event.begins.tzinfo),
        cancelled=event.cancelled,
        digest=hashlib.blake2s(rest.encode(), digest_size=6).hexdigest(),
    )


def carried_on(events: Iterable[Event], last: Iterable[Noted]) -> tuple[Event, ...]:
    """The events for the next file: what changed has a higher SEQUENCE than ever, what is gone is cancelled."""
    before = {one.uid: one for one in last}
    now = tuple(raised(event, before.get(event.uid)) for event in events)
    here = {event.uid for event in now}
    return now + tuple(cancellation(one) for one in before.values() if one.uid not in here)


def raised(event: Event, last: Noted | None) -> Event:
    """The event with a SEQUENCE that is never lower than the last file's, and higher where it says something new."""
    if last is None:
        return event
    least = last.sequence + (noted(replace(event, sequence=last.sequence)) != last)
    return replace(event, sequence=max(event.sequence, least))


def cancellation(gone: Noted) -> Event:
    """The event that takes one out of a calendar whose step the plan has no more."""
    begins = placed(datetime.fromisoformat(gone.begins), zone_named(gone.zone))
    return Event(
        uid=gone.uid,
        sequence=gone.sequence + (not gone.cancelled),
        summary=gone.summary,
        description="",
        begins=begins,
        ends=elapsed(begins, LONG),
        cancelled=True,
    )


def remembered(last: Iterable[Noted], written: Iterable[Event]) -> tuple[Noted, ...]:
    """What is to be remembered once these events were written; of others the latest, where there are too many."""
    now = {event.uid: noted(event) for event in written}
    others = tuple(one for one in last if one.uid not in now)
    return others[-MOST:] + tuple(now.values())


def dump_noted(all_of_them: Iterable[Noted]) -> str:
    """As JSON: a list of lists, in the order of the fields."""
    rows = [[n.uid, n.sequence, n.summary, n.begins, n.zone, n.cancelled, n.digest] for n in all_of_them]
    return json.dumps(rows, ensure_ascii=False)


def read_noted(text: str) -> tuple[Noted, ...]:
    """What dump_noted wrote; nothing where it is anything else, for then the plan alone says what is written."""
    try:
        return tuple(read_row(*row) for row in json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError):
        return ()


def read_row(
    uid: str, sequence: int, summary: str, begins: str, zone: str, cancelled: bool, digest: str
) -> Noted:
    """One event. Raises ValueError, TypeError, KeyError where a part is none."""
    datetime.fromisoformat(begins)
    zone_named(zone)
    return Noted(
        uid=str(uid),
        sequence=int(sequence),
        summary=str(summary),
        begins=begins,
        zone=zone,
        cancelled=bool(cancelled),
        digest=str(digest),
    )
