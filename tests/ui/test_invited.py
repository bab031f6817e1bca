"""What the form says of an invitation beside what it fills in."""

from datetime import date

from afterword.formats.invitation import read_invitation
from afterword.ui.invited import hour_unknown

EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n{begins}\r\nSUMMARY:Interview at Fernbridge\r\n"
    "ORGANIZER;CN=Jo Lind:mailto:jo@fernbridge.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def said_of(begins):
    return hour_unknown(read_invitation(EVENT.format(begins=begins).encode(), zone="America/New_York"))


def test_of_a_whole_day_it_says_that_the_hour_is_only_offered():
    assert said_of(f"DTSTART;VALUE=DATE:{date(2099, 12, 3):%Y%m%d}") == (
        "It names a day but no hour: set the time yourself.",
    )


def test_of_an_hour_it_says_nothing():
    assert said_of("DTSTART:20991203T140000Z") == ()
