"""Calendar files that somebody might send to do harm, or that broke on their way; none of them is stored."""

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOUND = (HERE / "outlook.ics").read_bytes().replace(b"\n", b"\r\n")
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Case:
    """A file, made when it is needed, and what must be said about it: a part of one sentence."""

    kind: str
    name: str
    make: Callable[[], bytes]
    said: str

    @property
    def called(self) -> str:
        return f"{self.kind}-{self.name}"


def event(*lines, begins="DTSTART:20261103T190000Z", before=()):
    """A calendar with one event that holds these lines."""
    whole = ("BEGIN:VCALENDAR", *before, "BEGIN:VEVENT", begins, *lines, "END:VEVENT", "END:VCALENDAR", "")
    return "\r\n".join(whole).encode()


def zone(*lines, name="Theirs"):
    """A zone of one's own with these lines in its only change, and an event in it."""
    change = ("BEGIN:STANDARD", "DTSTART:16010101T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", *lines)
    whole = ("BEGIN:VTIMEZONE", f"TZID:{name}", *change, "END:STANDARD", "END:VTIMEZONE")
    return event(begins=f"DTSTART;TZID={name}:20261103T190000", before=whole)


def cases():
    """Every case, one after another."""
    return [
        Case(kind, name, make, said)
        for kind, (said, made) in {**KINDS, "truncated": (TOO_EARLY, truncated())}.items()
        for name, make in made.items()
    ]


def truncated():
    """The sound file, ended after every tenth byte; the last line's break is no loss."""
    ends = range(0, len(SOUND) - 2, 10)
    return {f"{end:04}": (lambda end=end: SOUND[:end]) for end in ends}


TOO_EARLY = r"is empty|no calendar file|ends too early|had not begun|not UTF-8"

KINDS = {
    "nested": (
        r"more than 8 deep",
        {
            "events": lambda: b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 10_000 + b"END:VEVENT\n" * 10_000,
            "calendars": lambda: b"BEGIN:VCALENDAR\n" * 10_000 + b"END:VCALENDAR\n" * 10_000,
            "alarms": lambda: event(*["BEGIN:VALARM"] * 10_000, *["END:VALARM"] * 10_000),
            "of no kind": lambda: event(*["BEGIN:X"] * 10_000),
            "zones": lambda: event(*["BEGIN:VTIMEZONE", "BEGIN:STANDARD"] * 5_000),
            "ever new": lambda: event(*[f"BEGIN:X-{n}" for n in range(10_000)]),
        },
    ),
    "too large": (
        r"at most 1,000,000 are read",
        {
            "50 MB of a line": lambda: b"BEGIN:VCALENDAR\nSUMMARY:" + b"x" * 50 * MEGABYTE,
            "50 MB of lines": lambda: b"BEGIN:VCALENDAR\n" + b"\n" * 50 * MEGABYTE,
            "50 MB of zeros": lambda: bytes(50 * MEGABYTE),
            "50 MB of folds": lambda: b"BEGIN:VCALENDAR\n" + b"\n " * 25 * MEGABYTE,
            "50 MB after a sound file": lambda: SOUND + b" " * 50 * MEGABYTE,
            "one byte too many": lambda: SOUND + b"\n" * (MEGABYTE + 1 - len(SOUND)),
        },
    ),
    "encoding": (
        r"not UTF-8|zero bytes",
        {
            "utf-16": lambda: SOUND.decode().encode("utf-16"),
            "utf-16-le": lambda: SOUND.decode().encode("utf-16-le"),
            "utf-16-be": lambda: SOUND.decode().encode("utf-16-be"),
            "utf-32": lambda: SOUND.decode().encode("utf-32"),
            "latin-1": lambda: SOUND.decode().encode("latin-1"),
            "mac-roman": lambda: SOUND.decode().encode("mac-roman"),
            "half a letter": lambda: SOUND.replace("ë".encode(), "ë".encode()[:1]),
            "a surrogate": lambda: SOUND.replace("ë".encode(), b"\xed\xa0\x80"),
            "overlong": lambda: SOUND.replace("ë".encode(), b"\xc0\xaf"),
        },
    ),
    "null": (
        r"zero bytes",
        {
            "first": lambda: b"\0" + SOUND,
            "last": lambda: SOUND + b"\0",
            "in a title": lambda: event("SUMMARY:a\0b"),
            "in a name": lambda: event("SUMM\0ARY:ab"),
            "between all": lambda: b"\0".join(SOUND[n : n + 1] for n in range(len(SOUND))),
            "only": lambda: bytes(1_000),
        },
    ),
    "recurrence": (
        r"It repeats\.",
        {
            "each second": lambda: event("RRULE:FREQ=SECONDLY"),
            "each second until late": lambda: event("RRULE:FREQ=SECONDLY;UNTIL=99991231T235959Z"),
            "ever so often": lambda: event("RRULE:FREQ=SECONDLY;COUNT=999999999999"),
            "many rules": lambda: event(*["RRULE:FREQ=MINUTELY;INTERVAL=1"] * 1_000),
            "never": lambda: event("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
            "all at once": lambda: event(
                f"RRULE:FREQ=YEARLY;BYSECOND={','.join(map(str, range(60)))};BYMINUTE={','.join(map(str, range(60)))}"
            ),
            "many dates": lambda: event(*["RDATE:20261103T190000Z"] * 20_000),
        },
    ),
    "recurrence of a zone": (
        r"no common name",
        {
            "each second": lambda: zone("RRULE:FREQ=SECONDLY"),
            "all at once": lambda: zone("RRULE:FREQ=YEARLY;BYHOUR=1,2,3;BYMINUTE=1,2,3;BYSECOND=1,2,3"),
            "never": lambda: zone("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
            "ever so often": lambda: zone("RRULE:FREQ=YEARLY;COUNT=999999999999;INTERVAL=0"),
            "many dates": lambda: zone(*["RDATE:20261103T190000"] * 20_000),
            "no month": lambda: zone("RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=99"),
        },
    ),
    "folding": (
        r"ends too early|no calendar file|had not begun|characters, and at most|no appointment|does not say when",
        {
            "all in one": lambda: SOUND.replace(b"\r\n", b"\r\n "),
            "first": lambda: b"\r\n \r\n " + b"x" + SOUND,
            "an end": lambda: SOUND.replace(b"\r\nEND:VEVENT", b"\r\n END:VEVENT"),
            "all ends": lambda: SOUND.replace(b"\r\nEND", b"\r\n\tEND"),
            "every beginning": lambda: SOUND.replace(b"\r\nBEGIN:V", b"\r\n BEGIN:V"),
            "the time": lambda: event().replace(b"\r\nDTSTART", b"\r\n DTSTART"),
            "half a megabyte": lambda: event("SUMMARY:" + "\r\n x" * 200_000),
            "nothing but": lambda: b"BEGIN:VCALENDAR" + b"\r\n " * 300_000,
            "carriage returns": lambda: b"BEGIN:VCALENDAR" + b"\r\t" * 400_000,
        },
    ),
    "a huge line": (
        r"characters, and at most 2,000|ends too early|no calendar file|could not be read|had not begun",
        {
            "title": lambda: event("SUMMARY:" + "x" * 900_000),
            "person": lambda: event('ATTENDEE;CN="' + "x" * 900_000 + '":mailto:a@b.example'),
            "parameters": lambda: event("ATTENDEE" + ";A=b" * 200_000 + ":mailto:a@b.example"),
            "time": lambda: event(begins="DTSTART:" + "2" * 900_000),
            "zone": lambda: event(begins="DTSTART;TZID=" + "x" * 900_000 + ":20261103T190000"),
            "name": lambda: b"BEGIN:VCALENDAR\n" + b"X" * 900_000,
            "nothing else": lambda: b"x" * 900_000,
            "beginning": lambda: b"BEGIN:VCALENDAR\nBEGIN:" + b"x" * 900_000,
            "end": lambda: b"BEGIN:VCALENDAR\nEND:" + b"x" * 900_000,
            "quotes": lambda: event(*["ATTENDEE;CN=" + '"' * 1_901 + ":x"] * 450),
        },
    ),
    "a crowd": (
        r"more than 50 people",
        {
            "thousands": lambda: event(*(f"ATTENDEE;CN=P {n}:mailto:p{n}@x.example" for n in range(20_000))),
            "without names": lambda: event(*(f"ATTENDEE:mailto:p{n}@x.example" for n in range(20_000))),
            "without addresses": lambda: event(*(f"ATTENDEE;CN=P {n}:urn:x" for n in range(20_000))),
            "one too many": lambda: event(*(f"ATTENDEE;CN=P {n}:mailto:p{n}@x.example" for n in range(51))),
            "wordy": lambda: event(
                *(f"ATTENDEE;CN=P {n}{';A=b' * 400}:mailto:p{n}@x.example" for n in range(500))
            ),
            "far apart": lambda: event(
                *(f"X-A:{'x' * 900}\r\nATTENDEE:mailto:p{n}@x.example" for n in range(900))
            ),
        },
    ),
    "many events": (
        r"a whole calendar|no appointment|100 appointments",
        {
            "empty": lambda: b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 40_000,
            "whole": lambda: event(*["END:VEVENT", "BEGIN:VEVENT", "DTSTART:20261103T190000Z"] * 15_000),
            "one too many": lambda: event(*["END:VEVENT", "BEGIN:VEVENT", "DTSTART:20261103T190000Z"] * 100),
            "just not too many": lambda: event(
                *["END:VEVENT", "BEGIN:VEVENT", "DTSTART:20261103T190000Z"] * 99
            ),
            "zones": lambda: (
                b"BEGIN:VCALENDAR\n" + b"BEGIN:VTIMEZONE\nTZID:a\nEND:VTIMEZONE\n" * 25_000 + b"END:VCALENDAR"
            ),
            "to do": lambda: b"BEGIN:VCALENDAR\n" + b"BEGIN:VTODO\nEND:VTODO\n" * 40_000 + b"END:VCALENDAR",
        },
    ),
    "time": (
        r"is no date|does not say when|no end that can be used|is not known|no common name",
        {
            "none": lambda: event(begins="X:1"),
            "empty": lambda: event(begins="DTSTART:"),
            "no such day": lambda: event(begins="DTSTART:20260230T100000Z"),
            "no such hour": lambda: event(begins="DTSTART:20261103T990000"),
            "year 1": lambda: event(begins="DTSTART:00010101T000000Z"),
            "year 9999": lambda: event(begins="DTSTART;VALUE=DATE:99991231"),
            "words": lambda: event(begins="DTSTART:tomorrow at ten"),
            "markup": lambda: event(begins="DTSTART:<script>alert(1)</script>"),
            "a period": lambda: event(begins="DTSTART:20261103T190000Z/PT1H"),
            "an end before": lambda: event("DTEND:20261102T190000Z"),
            "ages": lambda: event("DURATION:P999999999W"),
            "ages of digits": lambda: event(f"DURATION:P{'9' * 1_900}W"),
            "a path for a zone": lambda: event(begins="DTSTART;TZID=../../etc/passwd:20261103T190000"),
            "a zone of nowhere": lambda: event(begins="DTSTART;TZID=Mars/Phobos:20261103T190000"),
            "an empty zone": lambda: event(
                begins="DTSTART;TZID=T:20261103T190000", before=("BEGIN:VTIMEZONE", "TZID:T", "END:VTIMEZONE")
            ),
            "an offset of days": lambda: zone("TZOFFSETTO:+9959"),
        },
    ),
    "no calendar": (
        r"is empty|no calendar file|had not begun|ends too early|no appointment",
        {
            "nothing": lambda: b"",
            "spaces": lambda: b" \r\n\t\r\n",
            "html": lambda: b"<!doctype html><title>Not found</title>",
            "json": lambda: b'{"company": "Fernbridge"}',
            "a picture": lambda: b"\x89PNG\r\n\x1a\n".replace(b"\x89", b"") + b"x" * 100,
            "a contact": lambda: b"BEGIN:VCARD\nFN:Ada\nEND:VCARD",
            "an end": lambda: b"END:VCALENDAR",
            "two ends": lambda: b"BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR",
            "crossed": lambda: b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\nEND:VEVENT",
            "an empty calendar": lambda: b"BEGIN:VCALENDAR\nEND:VCALENDAR",
        },
    ),
}


def sentences_of(found):
    """Everything that is said about a file: problems, or remarks on a suggestion."""
    return [str(one) for one in (found if isinstance(found, tuple) else found.remarks)]


def main(most_seconds, most_bytes):
    """Read each file under these limits and print for each how long it took; run by a test, on its own."""
    import resource
    import signal
    import time

    from afterword.formats.invitation import read_invitation

    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    took = {}
    for case in cases():
        data = case.make()
        signal.setitimer(signal.ITIMER_PROF, most_seconds)  # of work: others may use the machine as well
        began = time.process_time()
        said = sentences_of(read_invitation(data))
        took[case.called] = time.process_time() - began
        signal.setitimer(signal.ITIMER_PROF, 0)
        if not re.search(case.said, " ".join(said)):
            raise SystemExit(f"{case.called}: {said}")
    print(json.dumps({"took": took, "most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))  # noqa: T201


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
