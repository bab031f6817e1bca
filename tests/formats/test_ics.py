"""Calendar files: one event a step, in the right zone on the right day, moved and cancelled when read again."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from afterword.domain.facts import midnight
from afterword.domain.model import EntryKind, Interviewer, Outcome, Result, RivalOffer, StepKind
from afterword.domain.plan import make_plan
from afterword.domain.step import State
from afterword.domain.workdays import Workdays
from afterword.formats.calendar_links import google_link, outlook_link
from afterword.formats.events import (
    HOUR_OF_A_BARE_DATE,
    LONG,
    MORNING,
    OVER,
    Event,
    event_of,
    events_of,
    uid_of,
)
from afterword.formats.ics import calendar_file
from tests.desk.cast import ADA, FERNBRIDGE, HANDBOOK, NOW, PANEL, at, desk_of, entry, step_of, with_round
from tests.domain.strategies import situations

checked = settings(deadline=None, max_examples=50)
KEPT = replace(FERNBRIDGE, id="0192aaaa-0000-7000-8000-000000000001")


class Plainly:
    """The words of these tests."""

    def title(self, step):
        return f"{step.kind.value} {step.to.name if step.to else 'them'}"

    def when(self, step):
        return f"From {step.opens}, by {step.due}."

    def why(self, step):
        return step.reason


SAY = Plainly()


def plan_of(application, now=NOW):
    return make_plan(application, now, HANDBOOK, Workdays(application.country))


def events_at(application, now=NOW, version=1, **more):
    return events_of(application, plan_of(application, now), version, SAY, **more)


def the_only(kind, application, now=NOW):
    """The event of the first step of that kind."""
    step = next(step for step in plan_of(application, now).steps if step.kind == kind)
    return event_of(step, application, 1, SAY)


def read_back(data):
    """The events of a file, as icalendar reads them."""
    return tuple(
        Event(
            uid=str(part["UID"]),
            sequence=int(part["SEQUENCE"]),
            summary=str(part["SUMMARY"]),
            description=str(part["DESCRIPTION"]),
            begins=part["DTSTART"].dt,
            ends=part["DTEND"].dt,
            cancelled=part["STATUS"] == "CANCELLED",
            url=str(part["URL"]) if "URL" in part else None,
        )
        for part in Calendar.from_ical(data).events
    )


def an_event(**changes):
    begins = changes.pop("begins", at("2026-11-04 09:00"))
    whole = {
        "uid": "u@afterword",
        "sequence": 1,
        "summary": "Check in · Fernbridge",
        "description": "Why not",
        "begins": begins,
        "ends": begins + LONG,
        "cancelled": False,
    }
    return Event(**(whole | changes))


# What holds of every plan


@checked
@given(situations())
def test_every_step_has_one_event_of_its_own(situation):
    plan = situation.plan()
    events = events_of(situation.application, plan, 1, SAY, situation.zone)
    assert [event.uid for event in events] == [uid_of(step, situation.application) for step in plan.steps]
    assert len({event.uid for event in events}) == len(plan.steps)
    assert [event.cancelled for event in events] == [step.state in OVER for step in plan.steps]


@checked
@given(situations())
def test_every_event_lies_in_the_applications_zone_on_the_steps_day(situation):
    plan = situation.plan()
    for step, event in zip(
        plan.steps, events_of(situation.application, plan, 1, SAY, situation.zone), strict=True
    ):
        assert event.begins.tzinfo is situation.there
        assert event.ends.astimezone(UTC) - event.begins.astimezone(UTC) == timedelta(minutes=30)
        opens, due = midnight(step.opens, situation.there), midnight(step.due, situation.there)
        if step.kind == StepKind.ASK:
            assert due - timedelta(hours=1) <= event.begins <= due + timedelta(hours=9)
        elif step.kind == StepKind.TELL_THEM and situation.application.rival_offer.at is None:
            assert event.begins.date() == step.due
        else:
            # a quarter of an hour after what ends just before midnight is the next day's
            assert opens <= event.begins < opens + timedelta(hours=25, minutes=15)


@checked
@given(situations())
def test_what_is_read_back_is_what_was_written(situation):
    events = events_of(situation.application, situation.plan(), 3, SAY, situation.zone)
    read = read_back(calendar_file(events, situation.now))
    assert read == events
    assert [e.begins.tzinfo for e in read] == [e.begins.tzinfo for e in events]


@checked
@given(situations(), st.integers(1, 400))
def test_the_moment_changes_nothing_but_the_stamp(situation, minutes):
    events = events_of(situation.application, situation.plan(), 1, SAY, situation.zone)
    one, other = (calendar_file(events, situation.now + timedelta(minutes=m)) for m in (0, minutes))
    assert without_stamps(one) == without_stamps(other)


def without_stamps(data):
    return [line for line in data.split(b"\r\n") if not line.startswith(b"DTSTAMP")]


@checked
@given(situations(), st.text(max_size=40))
def test_a_new_title_leaves_every_uid_alone(situation, title):
    renamed = situation.changed(company=title, role=title, location=title)
    before, after = (events_of(s.application, s.plan(), 1, SAY, s.zone) for s in (situation, renamed))
    assert [event.uid for event in before] == [event.uid for event in after]


@checked
@given(situations(), st.text(min_size=1), st.text(min_size=1))
def test_two_applications_never_share_a_uid(situation, one, other):
    uids = [
        {event.uid for event in events_of(s.application, s.plan(), 1, SAY, s.zone)}
        for s in (situation.changed(id=one), situation.changed(id=other))
    ]
    assert one == other or uids[0].isdisjoint(uids[1])


# When an event begins


def test_a_step_is_at_nine_on_the_day_it_opens():
    event = the_only(StepKind.CHECK_IN, KEPT)
    assert (event.begins, event.ends) == (at("2026-11-09 09:00"), at("2026-11-09 09:30"))


def test_thanks_are_a_quarter_of_an_hour_after_the_interview():
    assert the_only(StepKind.THANK_YOU, KEPT).begins == at("2026-11-03 15:15")


def test_thanks_for_an_interview_over_by_nine_are_at_nine():
    early = replace(with_round(ended_at=at("2026-11-03 08:00"), promise=None), id="a")
    assert the_only(StepKind.THANK_YOU, early).begins == at("2026-11-03 09:00")


def test_an_interview_without_an_hour_ends_when_the_handbook_says():
    assert HANDBOOK.number("latest-round", "bare_date_hour", NOW.date()) == HOUR_OF_A_BARE_DATE
    bare = replace(with_round(ended_at=date(2026, 11, 3), promise=None), id="a")
    assert the_only(StepKind.THANK_YOU, bare, at("2026-11-03 18:00")).begins == at("2026-11-03 17:15")


@pytest.mark.parametrize(("ends", "begins"), [("15:00", "09:00"), ("10:00", "09:00"), ("09:30", "08:30")])
def test_the_question_to_ask_stands_before_the_end_of_the_interview(ends, begins):
    ahead = replace(with_round(ended_at=at(f"2026-11-12 {ends}"), promise=None), id="a")
    event = the_only(StepKind.ASK, ahead)
    assert event.begins == at(f"2026-11-12 {begins}")


def test_what_may_be_done_any_day_stays_where_it_is_from_day_to_day():
    ahead = replace(with_round(ended_at=at("2026-11-12 15:00"), promise=None), id="a")
    offer = replace(KEPT, rival_offer=RivalOffer(deadline=date(2026, 11, 13)))
    for application, kind in ((ahead, StepKind.ASK), (offer, StepKind.TELL_THEM)):
        today, tomorrow = (the_only(kind, application, NOW + timedelta(days=d)) for d in (0, 1))
        assert today == tomorrow


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"outcome": Outcome(result=Result.OFFER, at=at("2026-11-05 13:00"))}, StepKind.ANSWER_OFFER),
        (
            {"rival_offer": RivalOffer(deadline=date(2026, 11, 20), at=at("2026-11-05 13:00"))},
            StepKind.TELL_THEM,
        ),
    ],
)
def test_what_answers_something_is_not_before_it(change, kind):
    event = the_only(kind, replace(KEPT, **change), at("2026-11-05 14:00"))
    assert event.begins == at("2026-11-05 13:15")


def test_an_hour_that_the_clock_shows_twice_is_written_so_that_it_is_the_right_one():
    second = datetime(2026, 11, 1, 1, 40, tzinfo=ZoneInfo("America/New_York"), fold=1)
    event = an_event(begins=second, ends=(second.astimezone(UTC) + LONG).astimezone(second.tzinfo))
    assert [e.begins.astimezone(UTC) for e in read_back(calendar_file([event], NOW))] == [
        datetime(2026, 11, 1, 6, 40, tzinfo=UTC)
    ]


# What a file holds


def test_an_event_says_what_to_do_when_and_why():
    event = the_only(StepKind.THANK_YOU, KEPT)
    assert event.summary == "thank_you Ada Okafor · Fernbridge"
    assert event.description == "From 2026-11-03, by 2026-11-03.\n\nemail-at-once"


def test_the_alarm_rings_as_the_event_begins_but_not_for_a_cancelled_one():
    off = an_event(uid="v@afterword", cancelled=True)
    parts = Calendar.from_ical(calendar_file([an_event(), off], NOW)).events
    assert [part.alarms.times[0].trigger if part.alarms.times else None for part in parts] == [
        at("2026-11-04 09:00"),
        None,
    ]


def test_every_zone_named_is_defined_once_and_utc_is_not():
    zones = ("America/New_York", "Europe/Berlin", "UTC", "Europe/Berlin")
    events = [
        an_event(uid=str(n), begins=datetime(2026, 11, 4, 9, tzinfo=ZoneInfo(zone)))
        for n, zone in enumerate(zones)
    ]
    data = calendar_file(events, NOW)
    assert [str(zone["TZID"]) for zone in Calendar.from_ical(data).timezones] == [
        "America/New_York",
        "Europe/Berlin",
    ]
    assert data.count(b"BEGIN:VTIMEZONE") == 2
    assert b"DTSTART:20261104T090000Z" in data


def test_each_change_of_the_clock_stands_for_itself():
    """Lists of dates are allowed, but ical.js reads the first of each alone."""
    data = calendar_file([an_event(begins=datetime(2027, 7, 1, 9, tzinfo=ZoneInfo("Europe/Berlin")))], NOW)
    zone = Calendar.from_ical(data).timezones[0]
    assert b"RDATE" not in data
    assert b"RRULE" not in data
    assert [(part.name, part["DTSTART"].to_ical()) for part in zone.subcomponents[1:]] == [
        ("DAYLIGHT", b"20270328T020000"),
        ("STANDARD", b"20271031T030000"),
    ]


def test_lines_are_short_and_end_as_they_should():
    data = calendar_file([an_event(summary="🦊" * 200, description="word " * 300)], NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


ODD = [
    "<script>alert('hi')</script> & \"quotes\"; one, two: three \\ four \\n",
    "🧑‍💻🇩🇪 emoji",
    "مرحبا بالعالم \u202eabc\u202c",
    "two\nlines",
    "END:VEVENT\nBEGIN:VEVENT\nSUMMARY:mine",
    "é" * 200,
    "W" * 200,
    "株" * 200,
    "**bold** [link](https://x.example)",
    " spaces  within ",
]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_survive(name):
    odd = replace(KEPT, company=name, rounds=(replace(PANEL, interviewers=(Interviewer(name=name),)),))
    events = events_at(odd)
    assert read_back(calendar_file(events, NOW)) == events
    assert events[0].summary == f"thank_you {name} · {name}"


@checked
@given(st.text(max_size=60))
def test_whatever_text_there_is_makes_one_sound_event(text):
    odd = replace(KEPT, company=text, link=text, id=text)
    events = events_at(odd)
    assert read_back(calendar_file(events, NOW)) == events


def test_what_no_file_can_hold_is_left_out_and_odd_line_breaks_become_newlines():
    event = the_only(StepKind.THANK_YOU, replace(KEPT, company="a\0b\x07c\x0bd\u2028e\r\nf\rg\x85h\ud800i"))
    assert event.summary.endswith("· abc\nd\ne\nf\ng\nhi")


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://fernbridge.example/jobs/1", "https://fernbridge.example/jobs/1"),
        ("javascript:alert(1)", None),
        ("https://x.example/\r\nATTENDEE:mailto:eve@x.example", None),
        ("our own page", None),
        (None, None),
    ],
)
def test_only_a_web_address_becomes_the_events_address(link, url):
    assert the_only(StepKind.THANK_YOU, replace(KEPT, link=link)).url == url


def test_no_events_make_an_empty_calendar():
    assert Calendar.from_ical(calendar_file([], NOW)).events == []


# Read again


def test_a_steps_state_decides_whether_its_event_stands():
    states = {step.state: the for step, the in zip(plan_of(KEPT).steps, events_at(KEPT), strict=True)}
    assert states[State.OPEN].cancelled is False
    thanked = replace(KEPT, log=(entry(EntryKind.THANK_YOU, at("2026-11-03 16:00"), to=ADA.name),))
    before, after = the_only(StepKind.THANK_YOU, KEPT), the_only(StepKind.THANK_YOU, thanked)
    assert (before.uid, before.begins, after.cancelled) == (after.uid, after.begins, True)


def test_each_change_that_a_person_makes_raises_the_number():
    desk = desk_of("alice")
    case = desk.add(FERNBRIDGE)

    def sequence():
        now = desk.open(case.id)
        return events_of(now.application, now.plan, now.version, SAY)[0].sequence

    found = [sequence()]
    for change in (
        lambda: desk.tick(case.id, step_of(case).id),
        lambda: desk.untick(case.id, step_of(case).id),
        lambda: desk.correct(replace(desk.open(case.id).application, role="Lead"), 1),
        lambda: desk.log(case.id, entry(EntryKind.REPLY, at("2026-11-03 16:05"))),
    ):
        change()
        found.append(sequence())
    assert found == sorted(set(found))


# Other programs read it


def test_vobject_reads_the_same_times_from_the_zones_in_the_file():
    zones = ("America/New_York", "Europe/London", "Australia/Sydney", "Asia/Kolkata", "America/Santiago")
    days = [date(2026, month, 15) for month in range(1, 13)]
    events = [
        an_event(uid=f"{zone}-{day}", begins=datetime.combine(day, MORNING, ZoneInfo(zone)))
        for zone in zones
        for day in days
    ]
    spring = datetime(
        2026, 3, 29, 3, 15, tzinfo=ZoneInfo("Europe/Berlin")
    )  # a quarter after the clock went on
    events.append(an_event(uid="spring", begins=spring))
    calendar = vobject.readOne(calendar_file(events, NOW).decode())
    read = {part.uid.value: part for part in calendar.vevent_list}
    for event in events:
        part = read[event.uid]
        assert part.dtstart.value.utcoffset() == event.begins.utcoffset()
        assert part.dtstart.value == event.begins
        assert part.dtend.value == event.ends
        assert part.valarm.trigger.value == timedelta(0)


@pytest.mark.parametrize("name", ODD)
def test_vobject_reads_odd_names_too(name):
    event = an_event(summary=name, description=name)
    part = vobject.readOne(calendar_file([event], NOW).decode()).vevent
    assert (part.summary.value, part.description.value) == (name, name)


KHAL = """
[calendars]
[[mine]]
path = {folder}/mine
type = calendar
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
unicode_symbols = False
[sqlite]
path = {folder}/khal.db
"""


class Khal:
    """Somebody's calendar in Berlin, kept by khal in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "mine").mkdir()
        (folder / "config").write_text(KHAL.format(folder=folder.as_posix()), "utf-8")

    def run(self, *words):
        command = [sys.executable, "-m", "khal", "-c", str(self.folder / "config"), *words]
        where = {"HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            command, env=os.environ | where, capture_output=True, encoding="utf-8", timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def take(self, data):
        (self.folder / "file.ics").write_bytes(data)
        self.run("import", "--batch", str(self.folder / "file.ics"))

    def events(self):
        fields = ("uid", "title", "start", "end", "alarms-list", "cancelled")
        asked = [word for field in fields for word in ("--json", field)]
        lines = self.run("list", "--once", *asked, "2026-11-01", "60d").splitlines()
        found = [event for line in lines for event in json.loads(line)]
        by_uid = {event["uid"]: event for event in found}
        assert len(by_uid) == len(found)
        return by_uid


@pytest.fixture
def khal(tmp_path):
    return Khal(tmp_path)


def test_khal_shows_each_event_at_its_hour_with_an_alarm_and_moves_it_when_it_is_read_again(khal):
    desk = desk_of("alice")
    case = desk.add(FERNBRIDGE)
    events = events_of(case.application, case.plan, case.version, SAY)
    khal.take(calendar_file(events, NOW))

    first = khal.events()
    thanks, check_in = (
        first[uid_of(step_of(case, kind), case.application)]
        for kind in (StepKind.THANK_YOU, StepKind.CHECK_IN)
    )
    assert len(first) == len(case.plan.steps)
    assert (thanks["start"], thanks["end"]) == ("2026-11-03 21:15", "2026-11-03 21:45")  # 15:15 in New York
    assert (check_in["start"], check_in["end"]) == ("2026-11-09 15:00", "2026-11-09 15:30")
    assert check_in["title"] == "check_in Jo Lind · Fernbridge"
    assert [[alarm["delta"] for alarm in event["alarms-list"]] for event in first.values()] == [[0], [0]]
    assert [event["cancelled"] for event in first.values()] == ["", ""]

    promise = replace(PANEL.promise, reply_by=date(2026, 11, 12))
    later = replace(case.application.rounds[0], promise=promise)
    desk.tick(case.id, step_of(case).id)
    case = desk.correct(replace(desk.open(case.id).application, rounds=(later,)), case.version)
    khal.take(calendar_file(events_of(case.application, case.plan, case.version, SAY), NOW))

    second = khal.events()
    assert second.keys() == first.keys()
    assert second[check_in["uid"]]["start"] == "2026-11-13 15:00"
    assert (second[thanks["uid"]]["cancelled"], second[thanks["uid"]]["alarms-list"]) == ("CANCELLED", [])
    assert len(list((khal.folder / "mine").glob("*.ics"))) == len(first)


# Links


def asked(link):
    parts = urlsplit(link)
    return parts.netloc, parts.path, {k: v[0] for k, v in parse_qs(parts.query, strict_parsing=True).items()}


def test_a_link_adds_the_event_to_googles_calendar():
    assert asked(google_link(an_event())) == (
        "calendar.google.com",
        "/calendar/render",
        {
            "action": "TEMPLATE",
            "text": "Check in · Fernbridge",
            "dates": "20261104T140000Z/20261104T143000Z",
            "details": "Why not",
        },
    )


@pytest.mark.parametrize(("at_work", "host"), [(False, "outlook.live.com"), (True, "outlook.office.com")])
def test_a_link_adds_the_event_to_outlooks_calendar(at_work, host):
    assert asked(outlook_link(an_event(), at_work)) == (
        host,
        "/calendar/0/deeplink/compose",
        {
            "path": "/calendar/action/compose",
            "rru": "addevent",
            "subject": "Check in · Fernbridge",
            "startdt": "2026-11-04T14:00:00Z",
            "enddt": "2026-11-04T14:30:00Z",
            "body": "Why not",
        },
    )


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize(
    ("link", "title", "text"), [(google_link, "text", "details"), (outlook_link, "subject", "body")]
)
def test_odd_names_survive_a_link(link, title, text, name):
    address = link(an_event(summary=name[:60], description=name[:60]))
    assert address.isascii()
    assert not set(address) & set(" +<>\"'\\\n")
    found = asked(address)[2]
    assert (found[title], found[text]) == (name[:60], name[:60])


@pytest.mark.parametrize("link", [google_link, outlook_link])
def test_a_long_description_is_shortened_so_that_the_link_works(link):
    address = link(an_event(description="日本 " * 1_000))
    assert len(address) <= 2_000
    found = asked(address)[2]
    assert found.get("details", found.get("body")).endswith("…")
