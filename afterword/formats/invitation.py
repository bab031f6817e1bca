"""An invitation to an interview, read from the calendar file that came with it, as suggestions for a form.

A file comes from anybody, so little of it is looked at: lines this module does not need are dropped before the
library sees them, recurrences are never worked out, and zones that a file defines are reckoned with here,
because the library would keep them for every later file.
"""

from __future__ import annotations

import calendar
import codecs
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from icalendar.parser import Contentline
from icalendar.prop import vDatetime, vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from afterword.domain.errors import Problem
from afterword.domain.facts import placed, zone_named
from afterword.domain.model import Contact, Interviewer, folded
from afterword.domain.problems import LONGEST_LINE, YEARS, shortened, zone_exists

LARGEST = 1_000_000  # bytes; an invitation has a few thousand
LONGEST, DEEPEST = 2_000, 8  # of a line that is read, in characters; of parts within parts
MOST_EVENTS, MOST_ATTENDEES, MOST_RULES = 100, 50, 200
MOST_LINES = 1_000  # that may name somebody; who stands after them is not looked at
LONGEST_INTERVIEW = timedelta(days=31)

# What is read of each part of a file; all else is dropped.
WANTED = {
    "VCALENDAR": frozenset({"METHOD"}),
    "VTIMEZONE": frozenset({"TZID", "X-LIC-LOCATION"}),
    "STANDARD": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"}),
    "DAYLIGHT": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"}),
    "VEVENT": frozenset(
        {"SUMMARY", "DTSTART", "DTEND", "DURATION", "ORGANIZER", "ATTENDEE", "STATUS", "RRULE", "RDATE"}
    ),
}
FOLD, LINE_BREAK = re.compile(rb"(?:\r\n|\n|\r)[ \t]"), re.compile(r"\r\n|\n|\r")
NAME = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
DAY, OFFSET = re.compile(r"\d{8}", re.ASCII), re.compile(r"([+-])(\d\d)(\d\d)(?:\d\d)?", re.ASCII)
ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")
FORWARDED = re.compile(
    r"^\s*((updated )?invitation|accepted|tentative|declined|cancell?ed( event)?|new event|fwd?|re)\s*:\s*",
    re.IGNORECASE,
)
COMPANY_AT = re.compile(r"(?:\bat|@)\s+([^|:,;()–—]+?)(?=\s+[-/]\s|\s*[|:,;()–—]|$)", re.IGNORECASE)
YEARLY_DAY = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)")
UTC_NAMES = frozenset({"UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu"})
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

NOT_PEOPLE = frozenset({"ROOM", "RESOURCE", "GROUP"})
SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "ne", "net", "or", "org"})
# Whose addresses say nothing about where one applied: mail for everybody, and programs that arrange interviews.
FOR_EVERYBODY = re.compile(
    "aol|fastmail|gmail|gmx|googlemail|hey|hotmail|icloud|live|mac|mail|me|mailbox|msn|outlook|pm|posteo"
    "|proton|protonmail|t-online|web|yahoo|yandex|zoho"
    "|ashbyhq|calendly|cronofy|goodtime|greenhouse|greenhouse-mail|icims|jobvite|lever|modernloop|paradox"
    "|personio|recruitee|smartrecruiters|teamtailor|workable|zoom"
)

CANCELLATION = "This is a cancellation: they have called this interview off."
SEVERAL = "The file holds {count} appointments. The one that begins last was taken."
REPEATS = "It repeats. Only its first time was taken."
MANY = "It names more than {most} people. Only the first {most} were taken."
NO_ZONE = "It names no time zone, so its times were read as yours."
STRANGE_ZONE = "Its time zone, “{name}”, is not known, so its times were read as yours."
OWN_RULES = (
    "Its time zone, “{name}”, has no common name. Its times, {offset} from UTC, were turned into yours."
)
NO_END = "It names no end that can be used, so an hour was taken."
UNREADABLE_PERSON = "Somebody it names could not be read and was left out."


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What an invitation suggests. Both times are in the named zone, or in the reader's where `zone` is None.

    For an event of whole days `begins` and `ends` are dates, the last day among them. A zone without a common
    name gives times with its offset alone. `remarks` are sentences for the reader about what was left open.
    """

    label: str
    begins: datetime | date
    ends: datetime | date
    company: str | None = None
    zone: str | None = None
    contact: Contact | None = None
    interviewers: tuple[Interviewer, ...] = ()
    cancelled: bool = False
    remarks: tuple[str, ...] = ()


def read_invitation(
    data: bytes, own: Collection[str] = (), zone: str = "UTC"
) -> Invitation | tuple[Problem, ...]:
    """What the calendar file suggests, or why it cannot be read, in sentences; no file makes it raise anything.

    `own` are the reader's own addresses, which are left out; `zone` is the reader's own zone, which must exist.
    Of several events it is the one that begins last, called-off ones aside. A file of more than a million bytes
    is refused.
    """
    try:
        whole = parts_in(text_in(data))
        return invitation_in(whole, Reader(frozenset(map(folded, own)), zone_named(zone), rules_in(whole)))
    except Unreadable as problem:
        return (Problem("", str(problem)),)


class Unreadable(Exception):
    """Why nothing can be suggested, in a sentence."""


@dataclass(slots=True)
class Part:
    """One part of a calendar file with the lines that are wanted of it, and the parts within."""

    kind: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        """Every line of that name."""
        return [line for found, line in self.lines if found == name]

    def first(self, name: str) -> Line | None:
        """The first line of that name, split; None where there is none or it cannot be split."""
        return next(split(self.all(name)[:1]), None)


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: its value, without escapes, and its parameters by their names in capitals."""

    value: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """A time zone as the file itself defines it."""

    location: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """From when an offset holds: from a local time on, or each year on that weekday of that month."""

    since: datetime
    before: timedelta
    after: timedelta
    yearly: tuple[int, int, int] | None  # month, which one (-1 is the last), weekday (Monday is 0)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: their addresses and zone, and the zones that the file defines, by name."""

    own: frozenset[str]
    zone: ZoneInfo
    rules: dict[str, Rules]


@dataclass(frozen=True, slots=True)
class When:
    """A time, the name of its zone where that has one, and what is to be said about it."""

    at: datetime | date
    zone: str | None = None
    remark: str | None = None


# From bytes to parts


def text_in(data: bytes) -> str:
    """The text with folded lines joined. Raises Unreadable where it is too long or no UTF-8 text."""
    if len(data) > LARGEST:
        raise Unreadable(
            f"The file has {len(data):,} bytes, and at most {LARGEST:,} are read; an invitation is far shorter."
        )
    if not data.strip():
        raise Unreadable("The file is empty.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data:
        raise Unreadable(
            "The file holds zero bytes, as in UTF-16. A calendar file is UTF-8 text; save it as that."
        )
    try:
        return FOLD.sub(b"", data).decode("utf-8-sig")  # a fold may lie within a letter's bytes
    except UnicodeDecodeError:
        raise Unreadable("The file is not UTF-8 text, as a calendar file is. Save it as UTF-8.") from None


def parts_in(text: str) -> Part:
    """The calendar as a part that holds those of every calendar in the text. Raises Unreadable."""
    if not text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        raise Unreadable("This is no calendar file: it does not start with BEGIN:VCALENDAR.")
    whole = Part("VCALENDAR")
    within = [whole]
    events = 0
    for line in LINE_BREAK.split(text):
        name, _, value = line.strip().partition(":")
        if name.upper() == "BEGIN":
            events += value.upper() == "VEVENT"
            within.append(opened(value.upper(), within, events))
        elif name.upper() == "END":
            close(value.upper(), within)
        else:
            keep(line, within[-1])
    if len(within) > 1:
        raise Unreadable("The file ends too early: a part of it is missing. Fetch it once more.")
    return whole


def opened(kind: str, within: list[Part], events: int) -> Part:
    """A new part, put where it belongs. Raises Unreadable for too many of them, or too deep a one."""
    if len(within) > DEEPEST:
        raise Unreadable(
            f"Parts of the file lie more than {DEEPEST} deep in each other, as in no invitation."
        )
    if events > MOST_EVENTS:
        raise Unreadable(
            f"The file has more than {MOST_EVENTS} appointments: a whole calendar, no invitation."
        )
    if kind == "VCALENDAR" and len(within) == 1:
        return within[0]
    part = Part(kind)
    if kind in WANTED:
        within[-1].parts.append(part)
    return part


def close(kind: str, within: list[Part]) -> None:
    """The latest part is complete. Raises Unreadable where another one should be."""
    if len(within) == 1 or within[-1].kind != kind:
        raise Unreadable("The file is broken: something ends in it that had not begun.")
    within.pop()


def keep(line: str, part: Part) -> None:
    """Keep a line where it is wanted of that part. Raises Unreadable where it is too long for any use."""
    found = NAME.match(line)
    name = found[0].upper() if found else ""
    if name not in WANTED.get(part.kind, ()):
        return
    if len(line) > LONGEST:
        raise Unreadable(
            f"A {name} in the file has {len(line):,} characters, and at most {LONGEST:,} are read."
        )
    part.lines.append((name, line))


def split(lines: Iterable[str]) -> Iterator[Line]:
    """The lines in their parts; one that cannot be split is left out."""
    for line in lines:
        try:
            _, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
        except ValueError:
            continue
        texts = {k: v if isinstance(v, str) else ", ".join(v) for k, v in parameters.items()}
        yield Line(value, texts)


# From parts to a suggestion


def invitation_in(whole: Part, reader: Reader) -> Invitation:
    """What the calendar suggests. Raises Unreadable where there is no event whose beginning is known."""
    event, count = chosen(whole, reader)
    begins, contact = begins_of(event, reader), organizer_of(event, reader)
    ends, label = ends_of(event, begins, reader), label_of(event)
    named = event.all("ATTENDEE")[:MOST_LINES]
    attendees = tuple(split(named))
    people = interviewers_of(attendees, contact, reader)
    off = called_off(event) or method_of(whole) == "CANCEL"
    said = {
        CANCELLATION: off,
        SEVERAL.format(count=count): count > 1,
        REPEATS: bool(event.all("RRULE") or event.all("RDATE")),
        begins.remark: bool(begins.remark),
        NO_END: ends is None,
        MANY.format(most=MOST_ATTENDEES): len(people) > MOST_ATTENDEES,
        UNREADABLE_PERSON: len(attendees) < len(named),
    }
    return Invitation(
        label=label,
        begins=begins.at,
        ends=an_hour_after(begins.at) if ends is None else ends,
        company=company_of([p.email for p in (contact, *people) if p], label),
        zone=begins.zone,
        contact=contact,
        interviewers=people[:MOST_ATTENDEES],
        cancelled=off,
        remarks=tuple(str(sentence) for sentence, holds in said.items() if holds),
    )


def chosen(whole: Part, reader: Reader) -> tuple[Part, int]:
    """The event that begins last, called-off ones only if all are; and how many there are. Raises Unreadable."""
    events = [part for part in whole.parts if part.kind == "VEVENT"]
    dated: list[tuple[datetime, Part]] = []
    problems = [Unreadable("There is no appointment in the file.")] if not events else []
    for event in events:
        try:
            dated.append((moment_of(begins_of(event, reader).at, reader.zone), event))
        except Unreadable as problem:
            problems.append(problem)
    if not dated:
        raise problems[0]
    on = [one for one in dated if not called_off(one[1])] or dated
    return max(on, key=lambda one: one[0])[1], len(events)


def moment_of(when: datetime | date, zone: ZoneInfo) -> datetime:
    """That time, or the first moment of that day, for comparing."""
    return when if isinstance(when, datetime) else placed(datetime.combine(when, time()), zone)


def method_of(whole: Part) -> str:
    """What the file asks to be done with it, in capitals; empty where it does not say."""
    method = whole.first("METHOD")
    return method.value.strip().upper() if method else ""


def called_off(event: Part) -> bool:
    """Whether the event itself says that it is cancelled."""
    status = event.first("STATUS")
    return status is not None and status.value.strip().upper() == "CANCELLED"


def label_of(event: Part) -> str:
    """The event's title on one line, without what mail programs put before it."""
    summary = event.first("SUMMARY")
    label = one_line(summary.value) if summary else ""
    while (shorter := FORWARDED.sub("", label)) != label:
        label = shorter
    return label or "Interview"


def one_line(text: str) -> str:
    """The text on one line, without what is not seen of it, and no longer than can be kept."""
    return " ".join(CONTROL.sub(" ", text).split())[:LONGEST_LINE]


# When


def begins_of(event: Part, reader: Reader) -> When:
    """When the event begins. Raises Unreadable where it does not say so, or not in a way that can be read."""
    start = event.first("DTSTART")
    if start is None:
        raise Unreadable("The file does not say when the interview begins.")
    try:
        return when_of(start, reader)
    except ValueError:
        said = shortened(one_line(start.value))
        raise Unreadable(f"When the interview begins cannot be read: “{said}” is no date.") from None


def ends_of(event: Part, begins: When, reader: Reader) -> datetime | date | None:
    """When the event ends, like its beginning a day or a time in its zone; None where no such end is given."""
    start, end, duration = (event.first(name) for name in ("DTSTART", "DTEND", "DURATION"))
    try:
        if end and start:  # one that names no zone means that of the beginning
            ends = when_of(Line(end.value, start.parameters | end.parameters), reader).at
        else:
            ends = lasting(begins.at, duration.value if duration else "")
    except (ValueError, OverflowError):
        ends = begins.at
    return sensible_end(begins.at, ends)


def lasting(begins: datetime | date, duration: str) -> datetime | date:
    """The end of what lasts that long. Raises ValueError or OverflowError."""
    long: timedelta = vDuration.from_ical(duration.strip())  # type: ignore[no-untyped-call]
    if isinstance(begins, datetime):
        return (begins.astimezone(UTC) + long).astimezone(begins.tzinfo)
    return begins + long


def sensible_end(begins: datetime | date, ends: datetime | date) -> datetime | date | None:
    """The end if it fits the beginning; of whole days the last one, since a file names the day after it."""
    if isinstance(begins, datetime):
        fits = isinstance(ends, datetime) and timedelta() < ends - begins <= LONGEST_INTERVIEW
        return ends.astimezone(begins.tzinfo) if fits and isinstance(ends, datetime) else None
    fits = not isinstance(ends, datetime) and timedelta() < ends - begins <= LONGEST_INTERVIEW
    return ends - timedelta(days=1) if fits else begins


def an_hour_after(begins: datetime | date) -> datetime | date:
    """The end of what does not say when it ends."""
    return lasting(begins, "PT1H") if isinstance(begins, datetime) else begins


def when_of(line: Line, reader: Reader) -> When:
    """The time that a line gives. Raises ValueError where it cannot be read or is out of reach."""
    value = line.value.strip()
    if DAY.fullmatch(value):
        return When(in_reach(datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC)).date())
    moment = in_reach(time_in(value))
    if moment.tzinfo is not None:
        return When(moment.astimezone(reader.zone))
    name = line.parameters.get("TZID", "")
    common = next((known for known in names_meant(name, reader) if zone_exists(known)), None)
    if common is not None:
        return in_common_zone(moment, common, reader)
    return in_other_zone(moment, name, reader)


def time_in(value: str) -> datetime:
    """A time as files write it, aware where it is in UTC. Raises ValueError."""
    moment: datetime = vDatetime.from_ical(value)  # type: ignore[no-untyped-call]
    return moment


def in_reach(moment: datetime) -> datetime:
    """The same moment. Raises ValueError for a year that no interview can be in."""
    if moment.year not in YEARS:
        raise ValueError(moment.year)
    return moment


def in_common_zone(moment: datetime, name: str, reader: Reader) -> When:
    """A time in a zone of that name; UTC says nothing of where somebody is, and becomes the reader's zone."""
    if name in UTC_NAMES:
        return When(placed(moment.replace(tzinfo=UTC), reader.zone))
    return When(placed(moment, zone_named(name)), name)


def in_other_zone(moment: datetime, name: str, reader: Reader) -> When:
    """A time in a zone that the file defines itself, or in the reader's where it does not."""
    here, rules = placed(moment, reader.zone), reader.rules.get(name)
    offset = offset_at(moment, rules.changes) if rules else None
    if offset is None:
        return When(here, remark=STRANGE_ZONE.format(name=quotable(name)) if name else NO_ZONE)
    if offset == here.utcoffset():
        return When(here)
    there = moment.replace(tzinfo=timezone(offset))
    return When(there, remark=OWN_RULES.format(name=quotable(name), offset=there.isoformat()[-6:]))


def quotable(text: str) -> str:
    """Text from a file, short enough and fit to be quoted in a sentence."""
    return shortened(one_line(text))


def names_meant(name: str, reader: Reader) -> Iterator[str]:
    """The common names that a zone's name in a file may stand for, the likeliest first."""
    plain = name.strip('/" ')
    yield plain
    yield WINDOWS_TO_OLSON.get(plain, "")
    rules = reader.rules.get(name)
    yield (rules.location if rules else None) or ""
    if name.startswith("/"):  # such as /freeassociation.sourceforge.net/Europe/Berlin
        parts = plain.split("/")
        yield from ("/".join(parts[start:]) for start in range(1, len(parts)))


# Zones that the file defines


def rules_in(whole: Part) -> dict[str, Rules]:
    """The zones that the file defines, by name; of all of them together so many changes at most."""
    left, found = MOST_RULES, {}
    for part in whole.parts:
        name = part.first("TZID") if part.kind == "VTIMEZONE" else None
        if name and left > 0:
            location = part.first("X-LIC-LOCATION")
            changes = tuple(changes_of(part.parts[:left]))
            left -= max(1, len(part.parts))
            found[name.value] = Rules(location.value.strip() if location else None, changes)
    return found


def changes_of(parts: Iterable[Part]) -> Iterator[Change]:
    """What the parts of a zone say; one that cannot be read is left out."""
    for part in parts:
        start, before, after = (part.first(name) for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"))
        if start and before and after:
            try:
                since = time_in(start.value.strip()).replace(tzinfo=None)
                yield Change(since, offset_in(before.value), offset_in(after.value), yearly_in(part))
            except ValueError:
                continue


def offset_in(value: str) -> timedelta:
    """An offset from UTC such as -0500. Raises ValueError."""
    found = OFFSET.fullmatch(value.strip())
    if not found or int(found[2]) > 15 or int(found[3]) > 59:
        raise ValueError(value)
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -offset if found[1] == "-" else offset


def yearly_in(part: Part) -> tuple[int, int, int] | None:
    """Month, number and weekday of a change that comes each year; None for one of any other rule, or none."""
    rule = part.first("RRULE")
    said = dict(one.partition("=")[::2] for one in rule.value.upper().split(";")) if rule else {}
    month, day = (
        re.fullmatch(r"0?(\d{1,2})", said.get("BYMONTH", "")),
        YEARLY_DAY.fullmatch(said.get("BYDAY", "")),
    )
    if said.get("FREQ") != "YEARLY" or not month or not day or not 1 <= int(month[1]) <= 12:
        return None
    return int(month[1]), int(day[1]), WEEKDAYS.index(day[2])


def offset_at(moment: datetime, changes: Iterable[Change]) -> timedelta | None:
    """The offset that holds at a local time; None where no change is known."""
    known = tuple(changes)
    begun = [(latest, change.after) for change in known for latest in latest_of(change, moment)]
    if begun:
        return max(begun)[1]
    first = min(known, key=lambda change: change.since, default=None)
    return first.before if first else None


def latest_of(change: Change, moment: datetime) -> list[datetime]:
    """When a change last came about by that local time; nothing where it had not yet."""
    if change.yearly is None or change.since > moment:
        return [change.since] if change.since <= moment else []
    days = [day_in(year, *change.yearly) for year in (moment.year - 1, moment.year)]
    times = (datetime.combine(day, change.since.time()) for day in days)
    return [max((when for when in times if change.since <= when <= moment), default=change.since)]


def day_in(year: int, month: int, number: int, weekday: int) -> date:
    """The day that is the so-manieth such weekday of a month, counted from its end where below zero."""
    days = [week[weekday] for week in calendar.monthcalendar(year, month) if week[weekday]]
    return date(year, month, days[number - 1 if number > 0 else number])


# Who


def people_in(lines: Iterable[Line], reader: Reader) -> Iterator[Contact]:
    """The people whom such lines name, but no rooms, nobody who declined, and not the reader."""
    for line in lines:
        kind, answer = (line.parameters.get(name, "").upper() for name in ("CUTYPE", "PARTSTAT"))
        person = person_of(line)
        if person is None or (person.email is not None and folded(person.email) in reader.own):
            continue
        if kind not in NOT_PEOPLE and answer != "DECLINED":
            yield person


def person_of(line: Line) -> Contact | None:
    """The person of a line, by the name given or else by the address; None where it gives neither."""
    places = (
        one_line(unquote(re.sub(r"(?i)^\s*mailto:", "", line.value))),
        one_line(line.parameters.get("EMAIL", "")),
    )
    email = next((place for place in places if ADDRESS.fullmatch(place)), None)
    if email and email.lower().endswith("calendar.google.com"):
        return None
    given = one_line(line.parameters.get("CN", "")).strip("\"' ")
    name = given if given and "@" not in given else name_in(email or given)
    return Contact(name=name, email=email) if name else None


def name_in(address: str) -> str:
    """A name as an address suggests it: ada.okafor@fernbridge.example is Ada Okafor."""
    return " ".join(word.capitalize() for word in re.split(r"[._+\s-]+", address.partition("@")[0]) if word)


def organizer_of(event: Part, reader: Reader) -> Contact | None:
    """Who sent the invitation, unless it was the reader or a program's own calendar."""
    return next(people_in(split(event.all("ORGANIZER")[:1]), reader), None)


def interviewers_of(
    attendees: Iterable[Line], contact: Contact | None, reader: Reader
) -> tuple[Interviewer, ...]:
    """Everybody once who is to be there; the one who sent the invitation only if nobody else is."""
    found = {folded(p.email or p.name): p for p in people_in(attendees, reader)}
    sender = folded(contact.email or contact.name) if contact else None
    others = [person for key, person in found.items() if key != sender] or list(found.values())
    return tuple(Interviewer(name=person.name, email=person.email) for person in others)


# Where


def company_of(addresses: Iterable[str | None], label: str) -> str | None:
    """A guess at the company: by the first address that is one's own, else what the title says after "at"."""
    names = (company_by(address) for address in addresses if address)
    name = next((name for name in names if name), None)
    if name is not None:
        return next((word for word in re.findall(r"[\w&]+", label) if folded(word) == folded(name)), name)
    found = COMPANY_AT.search(label)
    return found[1].strip() or None if found else None


def company_by(address: str) -> str | None:
    """A company's name as its domain suggests it; None for mail that everybody may have."""
    parts = address.rpartition("@")[2].lower().split(".")[:-1]
    if len(parts) > 1 and parts[-1] in SECOND_LEVEL:
        parts.pop()
    name = parts[-1] if parts else ""
    if not name or FOR_EVERYBODY.fullmatch(name) or name.startswith("xn--"):
        return None
    return " ".join(word.capitalize() for word in name.split("-") if word) or None
