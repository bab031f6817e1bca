"""Links that open a new event, filled in, in somebody's calendar on the web."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from afterword.formats.events import Event

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"
OUTLOOK_AT_WORK = "https://outlook.office.com/calendar/0/deeplink/compose"
LONGEST_LINK = 2_000  # what every browser and mail program still takes


def google_link(event: Event) -> str:
    """A link that adds the event to a Google calendar. Times are in UTC; the description may be shortened."""
    times = f"{event.begins.astimezone(UTC):%Y%m%dT%H%M%SZ}/{event.ends.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    fields = {"action": "TEMPLATE", "text": event.summary, "dates": times}
    return link_to(GOOGLE, fields, "details", event.description)


def outlook_link(event: Event, at_work: bool = False) -> str:
    """The same for Outlook's calendar: a personal one, or one that an employer or a school runs."""
    fields = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": event.summary,
        "startdt": in_utc(event.begins),
        "enddt": in_utc(event.ends),
    }
    return link_to(OUTLOOK_AT_WORK if at_work else OUTLOOK, fields, "body", event.description)


def in_utc(moment: datetime) -> str:
    """A moment in UTC, as in 2026-11-04T14:00:00Z."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def link_to(address: str, fields: dict[str, str], name: str, text: str) -> str:
    """The address with the fields and as much of the text, under that name, as a link can hold.

    A space is %20, for Outlook takes a plus for itself. The fields are never shortened.
    """
    begin = f"{address}?{urlencode(fields, quote_via=quote, safe='')}&{name}="
    return begin + fitting(text, LONGEST_LINK - len(begin))


def fitting(text: str, room: int) -> str:
    """The text percent-encoded, in so many characters; where it does not fit, its beginning and an ellipsis."""
    whole = quote(text, safe="")
    if len(whole) <= room:
        return whole
    kept, left = [], room - len(quote("…"))
    for character in text:
        coded = quote(character, safe="")
        left -= len(coded)
        if left < 0:
            break
        kept.append(coded)
    return "".join([*kept, quote("…")]) if kept else ""
