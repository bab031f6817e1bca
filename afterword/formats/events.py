"""A plan's steps as events of a calendar, so that a person's own calendar reminds them; ics.py writes the file.

An event keeps its UID, and carries on from what the last file said (see noted.py): imported again, it moves and
cancels what changed.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from afterword.domain.facts import end_of, placed, zone_named
from afterword.domain.model import Application, StepKind
from afterword.domain.step import Plan, State, Step

MORNING, LONG = time(9), timedelta(minutes=30)
AFTERWARDS, BEFOREHAND = timedelta(minutes=15), timedelta(hours=1)
HOUR_OF_A_BARE_DATE = 17  # what content/rules.toml has as bare_date_hour
OVER = frozenset({State.DONE, State.MISSED, State.CANCELLED})
FROM_OUTCOME = frozenset({"answer-offer", "thank-after-no"})

LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
UNWRITABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f\ud800-\udfff]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of a calendar. `begins` and `ends` are aware, both in the application's zone.

    The alarm of one that is not cancelled rings as it begins.
    """

    uid: str
    sequence: int
    summary: str
    description: str
    begins: datetime
    ends: datetime
    cancelled: bool
    url: str | None = None


class Say(Protocol):
    """The words for a step: plain text, no Markdown, and no "today", for a calendar is read on other days.

    A step that may be done any day comes here as one that opens on the day by which it is due.
    """

    def title(self, step: Step) -> str:
        """What to do, in a few words, without the company."""

    def when(self, step: Step) -> str:
        """From which day and by which day, with dates; empty where there is nothing to say."""

    def why(self, step: Step) -> str:
        """The rule that set the days, and why there is one; empty where there is nothing to say."""


def events_of(
    application: Application, plan: Plan, version: int, say: Say, zone: str = "UTC"
) -> tuple[Event, ...]:
    """One event for each step of the plan, in its order; nothing in them depends on the moment they are made.

    `version` is the application's, `zone` stands in where it names none.
    Raises ZoneInfoNotFoundError or ValueError where there is no such zone.
    """
    return tuple(event_of(step, application, version, say, zone) for step in plan.steps)


def event_of(step: Step, application: Application, version: int, say: Say, zone: str = "UTC") -> Event:
    """The event of one step: half an hour in the application's zone, cancelled once the step is over."""
    step = settled(step, application)
    begins = begins_at(step, application, zone_named(application.zone or zone))
    said = (say.when(step).strip(), say.why(step).strip())
    return Event(
        uid=uid_of(step, application),
        sequence=sequence_of(application, version),
        summary=writable(f"{say.title(step)} · {application.company}"),
        description=writable("\n\n".join(part for part in said if part)),
        begins=begins,
        ends=elapsed(begins, LONG),
        cancelled=step.state in OVER,
        url=web_address(application.link),
    )


def uid_of(step: Step, application: Application) -> str:
    """The UID of a step's event: the step's id, with what tells its application from every other.

    An id that came from a file may be any text, so its digest stands for it.
    """
    whose = hashlib.blake2s((application.id or "").encode("utf-8", "replace"), digest_size=8).hexdigest()
    return f"{step.id}-{whose}@afterword"


def sequence_of(application: Application, version: int) -> int:
    """The version, which the log does not raise, plus one for each entry and one more for each taken back.

    The log moves dates as well, so it has to count. Putting an entry back lowers the number by one: what was
    written last is noted, and the next file carries on from there.
    """
    return version + len(application.log) + sum(e.withdrawn_at is not None for e in application.log)


# When an event begins


def begins_at(step: Step, application: Application, zone: ZoneInfo) -> datetime:
    """Nine in the morning of the day the step opens, in `zone`, but a quarter of an hour after what it answers."""
    morning = placed(datetime.combine(step.opens, MORNING), zone)
    if step.kind == StepKind.ASK:
        return before_the_end(step, morning, zone)
    answers = what_it_answers(step, application, zone)
    if answers is None:
        return morning
    return max(morning, elapsed(answers, AFTERWARDS), key=datetime.timestamp)


def settled(step: Step, application: Application) -> Step:
    """The step, but one that may be done any day, and so opens anew each day, on the day by which it is due."""
    offer = application.rival_offer
    came_some_day = step.kind == StepKind.TELL_THEM and offer is not None and offer.at is None
    return replace(step, opens=step.due) if step.kind == StepKind.ASK or came_some_day else step


def before_the_end(step: Step, morning: datetime, zone: ZoneInfo) -> datetime:
    """When to be reminded of a question: that morning, or an hour before the end of an early interview."""
    if step.round is None:
        return morning
    ends = end_of(step.round, zone, HOUR_OF_A_BARE_DATE)
    return min(morning, elapsed(ends, -BEFOREHAND), key=datetime.timestamp)


def what_it_answers(step: Step, application: Application, zone: ZoneInfo) -> datetime | None:
    """The moment of what a step answers: an outcome, a rival offer, a round's end; None where none is known."""
    outcome, offer = application.outcome, application.rival_offer
    if step.reason in FROM_OUTCOME:
        return placed(outcome.at, zone) if outcome else None
    if step.kind == StepKind.TELL_THEM:
        return placed(offer.at, zone) if offer and isinstance(offer.at, datetime) else None
    return end_of(step.round, zone, HOUR_OF_A_BARE_DATE) if step.round else None


def elapsed(moment: datetime, by: timedelta) -> datetime:
    """The moment when that much time has passed, whatever the clocks did meanwhile."""
    return (moment.astimezone(UTC) + by).astimezone(moment.tzinfo)


# What can be written


def writable(text: str) -> str:
    """The text without what no calendar file may hold; every kind of line break becomes one newline."""
    return UNWRITABLE.sub("", LINE_BREAK.sub("\n", text))


def web_address(link: str | None) -> str | None:
    """The link where it is a web address, else None: it is written as it stands."""
    return link if link and WEB_ADDRESS.fullmatch(link) else None
