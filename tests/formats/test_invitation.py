"""An interview invitation becomes a suggestion; whatever else it may be becomes a sentence, soon and in little room."""

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.errors import Problem
from afterword.domain.model import Application, Contact, Interviewer, Round
from afterword.domain.problems import problems_of
from afterword.formats.invitation import (
    CANCELLATION,
    MANY,
    NO_END,
    NO_ZONE,
    REPEATS,
    Invitation,
    read_invitation,
)
from tests.formats.calendar.hostile import SOUND, cases, event, sentences_of, zone

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = Path(__file__).resolve().parent / "calendar"
NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
HOSTILE = cases()
SECONDS, BYTES = 5, 300_000_000
ALICE = ("alice.moss@gmail.com",)


def sample(name):
    return (SAMPLES / f"{name}.ics").read_bytes()


def read(data, own=(), zone="UTC"):
    found = read_invitation(data, own, zone)
    assert isinstance(found, Invitation), found
    return found


def refused(data):
    found = read_invitation(data)
    assert isinstance(found, tuple), found
    assert all(isinstance(problem, Problem) for problem in found)
    return " ".join(problem.sentence for problem in found)


def people(*lines, own=(), organizer="ORGANIZER;CN=Jo:mailto:jo@fernbridge.example"):
    return [p.name for p in read(event(organizer, *lines), own).interviewers]


# What common programs send


def test_googles_invitation():
    assert read(sample("google"), ALICE, "America/New_York") == Invitation(
        label="FernBridge interview: Data analyst, panel",
        begins=datetime(2026, 11, 3, 14, tzinfo=NEW_YORK),
        ends=datetime(2026, 11, 3, 15, tzinfo=NEW_YORK),
        company="FernBridge",
        zone=None,
        contact=Contact(name="Jo Lind", email="jo.lind@fernbridge.example"),
        interviewers=(Interviewer(name="Ada Okafor", email="ada.okafor@fernbridge.example"),),
    )


def test_outlooks_invitation_with_a_zone_that_windows_names():
    assert read(sample("outlook"), ALICE) == Invitation(
        label="First interview",
        begins=datetime(2026, 11, 5, 14, 30, tzinfo=NEW_YORK),
        ends=datetime(2026, 11, 5, 15, 30, tzinfo=NEW_YORK),
        company="Tide Water",
        zone="America/New_York",
        contact=Contact(name="Zoë Brandt", email="zoe.brandt@tide-water.co.uk"),
        interviewers=(Interviewer(name="Tan, Mei", email="mei.tan@tide-water.co.uk"),),
    )


def test_apples_invitation_with_a_duration_and_addresses_beside_the_mail():
    assert read(sample("apple")) == Invitation(
        label="Gespräch bei Kestrel 🦅",
        begins=datetime(2026, 11, 12, 10, tzinfo=BERLIN),
        ends=datetime(2026, 11, 12, 11, 30, tzinfo=BERLIN),
        company="Kestrel",
        zone="Europe/Berlin",
        contact=Contact(name="Luis Prado", email="luis@kestrel.example"),
        interviewers=(Interviewer(name="José Núñez", email="jose@kestrel.example"),),
    )


@pytest.mark.parametrize("name", ["google", "outlook", "apple"])
def test_what_is_suggested_can_be_kept(name):
    found = read(sample(name))
    round = Round(label=found.label, ended_at=found.ends, interviewers=found.interviewers)
    kept = Application(company=found.company, zone=found.zone, contact=found.contact, rounds=(round,))
    assert problems_of(kept) == ()


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_any_ending_of_lines_will_do(ending):
    assert read(sample("outlook").replace(b"\n", ending)) == read(sample("outlook"))


def test_a_byte_order_mark_and_small_letters_do_no_harm():
    assert read(b"\xef\xbb\xbf" + SOUND) == read(SOUND)
    assert read(event().lower().replace(b"t190000z", b"T190000Z")) == read(event())


def test_a_fold_within_a_letter_is_no_fault():
    folded = SOUND.replace("ë".encode(), b"\xc3\r\n \xab")
    assert read(folded) == read(SOUND)


# When


@pytest.mark.parametrize(
    ("named", "known"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("/Europe/Berlin", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/America/Argentina/Salta", "America/Argentina/Salta"),
        ('"Europe/Berlin"', "Europe/Berlin"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("India Standard Time", "Asia/Calcutta"),
    ],
)
def test_a_zone_is_known_by_the_names_in_use(named, known):
    found = read(event(begins=f"DTSTART;TZID={named}:20261103T100000"))
    assert (found.zone, found.begins) == (known, datetime(2026, 11, 3, 10, tzinfo=ZoneInfo(known)))


@pytest.mark.parametrize(
    ("day", "offset"),
    [("20260307", -5), ("20260309", -4), ("20261030", -4), ("20261102", -5), ("20260101", -5)],
)
def test_a_zone_that_the_file_defines_itself_is_reckoned_with(day, offset):
    data = sample("outlook").replace(b"Eastern Standard Time", b"Customized Time Zone")
    found = read(data.replace(b"20261105T", f"{day}T".encode()), zone="Asia/Tokyo")
    assert found.begins.tzinfo == timezone(timedelta(hours=offset))
    assert found.begins.strftime("%Y%m%d %H:%M") == f"{day} 14:30"
    assert found.ends - found.begins == timedelta(hours=1)
    assert found.zone is None
    assert len(found.remarks) == 1
    assert found.remarks[0].endswith(
        f"no common name. Its times, {offset:+03}:00 from UTC, were turned into yours."
    )


@pytest.mark.parametrize(
    ("day", "hours"), [("20260328", 1), ("20260330", 2), ("20261024", 2), ("20261026", 1)]
)
def test_a_zone_whose_clocks_change_on_the_last_sunday_is_reckoned_with(day, hours):
    data = sample("apple").replace(b"Europe/Berlin", b"Theirs").replace(b"20261112T", f"{day}T".encode())
    assert read(data).begins.utcoffset() == timedelta(hours=hours)


def test_where_its_clock_agrees_with_the_readers_nothing_needs_to_be_said():
    data = sample("outlook").replace(b"Eastern Standard Time", b"Customized Time Zone")
    found = read(data, zone="America/New_York")
    assert (found.begins, found.remarks) == (datetime(2026, 11, 5, 14, 30, tzinfo=NEW_YORK), ())
    assert found.begins.tzinfo is NEW_YORK


def test_a_zone_defined_in_one_file_means_nothing_in_the_next():
    read(zone(name="Theirs"))
    found = read(event(begins="DTSTART;TZID=Theirs:20261103T190000"))
    assert found.begins == datetime(2026, 11, 3, 19, tzinfo=UTC)
    assert "is not known" in found.remarks[0]


def test_a_file_cannot_give_a_known_zone_other_rules():
    found = read(zone(name="Europe/Berlin"))
    assert found.begins.utcoffset() == timedelta(hours=1)


def test_times_without_a_zone_are_the_readers_and_that_is_said():
    found = read(event(begins="DTSTART:20261103T100000"), zone="Europe/Berlin")
    assert (found.begins, found.zone) == (datetime(2026, 11, 3, 10, tzinfo=BERLIN), None)
    assert NO_ZONE in found.remarks


@pytest.mark.parametrize("name", ["UTC", "Etc/UTC", "GMT"])
def test_utc_by_name_says_nothing_of_where_somebody_is(name):
    found = read(event(begins=f"DTSTART;TZID={name}:20261103T100000"), zone="Europe/Berlin")
    assert (found.begins, found.zone) == (datetime(2026, 11, 3, 11, tzinfo=BERLIN), None)
    assert found.begins.tzinfo is BERLIN


def test_an_end_without_a_zone_is_in_that_of_the_beginning():
    found = read(event("DTEND:20261103T113000", begins="DTSTART;TZID=Europe/Berlin:20261103T100000"))
    assert found.ends == datetime(2026, 11, 3, 11, 30, tzinfo=BERLIN)


def test_an_end_in_another_zone_is_the_same_moment():
    found = read(event("DTEND:20261103T160000Z", begins="DTSTART;TZID=America/New_York:20261103T100000"))
    assert (found.ends, found.ends.tzinfo) == (datetime(2026, 11, 3, 11, tzinfo=NEW_YORK), NEW_YORK)


@pytest.mark.parametrize(
    ("lines", "ends"),
    [
        ((), date(2026, 11, 3)),
        (("DTEND;VALUE=DATE:20261104",), date(2026, 11, 3)),
        (("DTEND;VALUE=DATE:20261106",), date(2026, 11, 5)),
        (("DURATION:P2D",), date(2026, 11, 4)),
        (("DTEND;VALUE=DATE:20261101",), date(2026, 11, 3)),
    ],
)
def test_whole_days_are_dates_the_last_one_among_them(lines, ends):
    found = read(event(*lines, begins="DTSTART;VALUE=DATE:20261103"))
    assert (found.begins, found.ends) == (date(2026, 11, 3), ends)
    assert type(found.begins) is type(found.ends) is date
    assert found.remarks == ()


@pytest.mark.parametrize(
    "line",
    ["X:1", "DTEND:20261103T190000Z", "DTEND:20261102T190000Z", "DTEND:20270103T190000Z", "DURATION:-PT1H"],
)
def test_without_an_end_that_can_be_used_it_is_an_hour_and_that_is_said(line):
    found = read(event(line))
    assert found.ends - found.begins == timedelta(hours=1)
    assert found.remarks == (NO_END,)


# Which one


@pytest.mark.parametrize(
    "off", [event("STATUS:CANCELLED"), event().replace(b"BEGIN:VEVENT", b"METHOD:CANCEL\nBEGIN:VEVENT")]
)
def test_a_cancellation_says_so(off):
    found = read(off)
    assert found.cancelled
    assert found.remarks[0] == CANCELLATION


def test_of_several_the_one_that_begins_last_is_taken_and_that_is_said():
    data = event(
        "SUMMARY:First", "END:VEVENT",
        "BEGIN:VEVENT", "SUMMARY:Last", "DTSTART:20261105T080000Z", "DURATION:PT1H", "END:VEVENT",
        "BEGIN:VEVENT", "SUMMARY:Called off", "STATUS:CANCELLED", "DTSTART:20261109T080000Z", "END:VEVENT",
        "BEGIN:VEVENT", "SUMMARY:Some day", "DTSTART:someday", "END:VEVENT",
        "BEGIN:VEVENT", "SUMMARY:Whole day", "DTSTART;VALUE=DATE:20261104",
    )  # fmt: skip
    found = read(data)
    assert (found.label, found.cancelled) == ("Last", False)
    assert found.remarks == ("The file holds 5 appointments. The one that begins last was taken.",)


def test_one_that_repeats_is_taken_once():
    assert REPEATS in read(event("RRULE:FREQ=WEEKLY")).remarks


# What it is called


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Invitation: Panel", "Panel"),
        ("Updated invitation: Panel @ Tue Nov 3", "Panel @ Tue Nov 3"),
        ("Canceled event: FW: RE: Panel", "Panel"),
        ("  two\\nlines\\, and\ta tab ", "two lines, and a tab"),
        ("<b>Panel</b> & [more](x)", "<b>Panel</b> & [more](x)"),
        ("مقابلة \u202eabc\u202c", "مقابلة \u202eabc\u202c"),
        ("x" * 300, "x" * 200),
        ("", "Interview"),
        ("Invitation:", "Interview"),
    ],
)
def test_a_title_becomes_one_line(title, label):
    assert read(event(f"SUMMARY:{title}")).label == label


def test_no_title_at_all_is_an_interview():
    assert read(event()).label == "Interview"


@pytest.mark.parametrize(
    ("address", "title", "company"),
    [
        ("jo@fernbridge.example", "Panel", "Fernbridge"),
        ("jo@mail.fernbridge.co.uk", "Panel", "Fernbridge"),
        ("jo@north-wind.example", "Panel", "North Wind"),
        ("jo@IBM.example", "IBM panel", "IBM"),
        ("jo@gmail.com", "Panel at Fern & Bridge - remote", "Fern & Bridge"),
        ("jo@gmail.com", "Panel @ Fernbridge (remote)", "Fernbridge"),
        ("hire@greenhouse.io", "Panel", None),
        ("jo@localhost", "Panel", None),
        ("no address", "Panel", None),
    ],
)
def test_the_company_is_guessed_by_the_address_or_the_title(address, title, company):
    assert read(event(f"SUMMARY:{title}", f"ORGANIZER;CN=Jo:mailto:{address}")).company == company


# Who


def test_the_sender_is_the_contact_and_an_interviewer_only_when_alone():
    jo, ada = "ATTENDEE;CN=Jo:mailto:JO@fernbridge.example", "ATTENDEE;CN=Ada:mailto:ada@fernbridge.example"
    assert people(jo, ada) == ["Ada"]
    assert people(jo) == ["Jo"]
    assert people() == []


@pytest.mark.parametrize(
    "line",
    [
        "ATTENDEE;CN=Me:mailto:Alice.Moss@Gmail.com",
        "ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@fernbridge.example",
        "ATTENDEE;PARTSTAT=DECLINED;CN=Kim:mailto:kim@fernbridge.example",
        "ATTENDEE:mailto:c_1@group.calendar.google.com",
        "ATTENDEE:mailto:",
    ],
)
def test_who_is_no_interviewer_is_left_out(line):
    assert people(line, own=ALICE) == []


def test_the_readers_own_invitation_has_no_contact():
    data = event("ORGANIZER;CN=Me:mailto:alice.moss@gmail.com", "ATTENDEE;CN=Ada:mailto:ada@x.example")
    assert read(data, ALICE).contact is None


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("ATTENDEE:mailto:ada.okafor@x.example", Interviewer(name="Ada Okafor", email="ada.okafor@x.example")),
        ("ATTENDEE;CN=ada@x.example:MAILTO:ada@x.example", Interviewer(name="Ada", email="ada@x.example")),
        ('ATTENDEE;CN="Okafor, Ada; PhD":mailto:ada@x.example', Interviewer(name="Okafor, Ada; PhD", email="ada@x.example")),
        ("ATTENDEE;CN=Ada:invalid:nomail", Interviewer(name="Ada")),
        ("ATTENDEE;CN=Ada:mailto:a%64a@x.example", Interviewer(name="Ada", email="ada@x.example")),
        ("ATTENDEE;CN=<b>Ada</b>:mailto:not an address", Interviewer(name="<b>Ada</b>")),
        (f"ATTENDEE;CN={'A' * 300}:mailto:ada@x.example", Interviewer(name="A" * 200, email="ada@x.example")),
    ],
)  # fmt: skip
def test_people_have_a_name_and_where_it_is_one_an_address(line, person):
    assert read(event(line)).interviewers == (person,)


def test_nobody_is_named_twice():
    assert people("ATTENDEE;CN=Ada:mailto:a@x.example", "ATTENDEE;CN=Ada O:mailto:A@x.example") == ["Ada O"]


def test_after_a_thousand_lines_nobody_is_looked_for():
    rooms = ["ATTENDEE;CUTYPE=ROOM;CN=Room:mailto:room@x.example"] * 999
    ada, luis = "ATTENDEE;CN=Ada:mailto:ada@x.example", "ATTENDEE;CN=Luis:mailto:luis@x.example"
    assert people(*rooms, ada, luis) == ["Ada"]


def test_of_a_crowd_fifty_are_kept():
    found = read(event(*(f"ATTENDEE:mailto:p{n}@x.example" for n in range(60))))
    assert len(found.interviewers) == 50
    assert MANY.format(most=50) in found.remarks


# What somebody might send to do harm


def test_there_are_at_least_five_files_of_each_kind():
    assert min(Counter(case.kind for case in HOSTILE).values()) >= 5
    assert len(HOSTILE) >= 60
    assert len({case.called for case in HOSTILE}) == len(HOSTILE)


def test_every_hostile_file_gets_its_sentence_in_five_seconds_and_three_hundred_megabytes():
    pytest.importorskip("resource", reason="this system cannot limit a program's memory")
    command = [sys.executable, "-m", "tests.formats.calendar.hostile", str(SECONDS), str(BYTES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["took"].keys() == {case.called for case in HOSTILE}
    assert max(told["took"].values()) < SECONDS


def test_each_tenth_byte_is_an_end():
    ends = [len(case.make()) for case in HOSTILE if case.kind == "truncated"]
    assert ends == list(range(0, len(SOUND) - 2, 10))
    assert isinstance(read_invitation(SOUND), Invitation)


def test_a_refusal_of_something_large_names_both_sizes():
    assert refused(bytes(2_000_000)) == (
        "The file has 2,000,000 bytes, and at most 1,000,000 are read; an invitation is far shorter."
    )


def test_what_is_quoted_of_a_file_is_short_and_on_one_line():
    sentence = refused(event(begins="DTSTART:" + "never\\n" * 200))
    assert len(sentence) < 120
    assert "\n" not in sentence


spoiled = settings(deadline=None, max_examples=150)
PIECES = st.sampled_from(
    [b"\r\n", b"\n ", b'"', b":", b";", b"=", b"\\", b",", b"BEGIN:VEVENT\n", b"END:VEVENT\n", b"TZID", b"Z", b"\xff", b"9"]
) | st.binary(max_size=4)  # fmt: skip
SPOTS = st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 8), PIECES), min_size=1, max_size=6)


@spoiled
@given(st.sampled_from(["google", "outlook", "apple"]), SPOTS)
def test_a_spoiled_file_is_read_or_refused_and_breaks_nothing(name, spots):
    data = sample(name)
    for place, length, piece in spots:
        data = data[:place] + piece + data[place + length :]
    found = read_invitation(data, ALICE, "Europe/Berlin")
    assert isinstance(found, Invitation) or sentences_of(found)


@spoiled
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=40))
def test_any_words_at_all_are_read_or_refused(title, name, when):
    data = event(
        f"SUMMARY:{title}",
        f"ATTENDEE;CN={name}:{title}",
        f"DURATION:{when}",
        begins=f"DTSTART;TZID={name}:{when}",
    )
    found = read_invitation(data)
    assert isinstance(found, Invitation) or sentences_of(found)
