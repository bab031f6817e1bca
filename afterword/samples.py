"""Sample applications to look around with. Nobody in them exists."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from afterword.domain.model import (
    Application,
    Channel,
    Contact,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Promise,
    PromisedChannel,
    Result,
    Round,
    ThanksBy,
)
from afterword.ids import new_id


def sample_applications(now: datetime, zone: str) -> tuple[Application, ...]:
    """A search in full swing, told from `now`, an aware moment, in `zone`."""
    days = Days(now, zone)
    return (
        thanks_due(days),
        check_in_overdue(days),
        quiet(days),
        second_check_in_ahead(days),
        call_tomorrow(days),
        interview_ahead(days),
        offer(days),
        closed(days),
    )


class Days:
    """Turns "three days ago at two" into moments."""

    def __init__(self, now: datetime, zone: str) -> None:
        self.now = now.astimezone(ZoneInfo(zone))
        self.zone = zone

    def day(self, offset: int) -> date:
        """The day so many days from today."""
        return (self.now + timedelta(days=offset)).date()

    def at(self, offset: int, hour: int) -> datetime:
        """That hour of the day so many days from today."""
        return datetime.combine(self.day(offset), time(hour), self.now.tzinfo)

    def id(self) -> str:
        """A new id."""
        return new_id(self.now)


def application(
    days: Days, company: str, role: str, round: Round, *log: Entry, **more: object
) -> Application:
    """One sample with a single round."""
    return Application(
        id=days.id(),
        company=company,
        role=role,
        zone=days.zone,
        rounds=(round,),
        log=log,
        **more,  # type: ignore[arg-type]
    )


def entry(days: Days, kind: EntryKind, offset: int, hour: int, to: str | None = None) -> Entry:
    """Something done by email."""
    return Entry(id=days.id(), kind=kind, at=days.at(offset, hour), channel=Channel.EMAIL, to=to)


def thanks_due(days: Days) -> Application:
    """An interview that ended an hour ago."""
    people = (
        Interviewer(
            id=days.id(), name="Mei Tan", title="Head of planning", email="mei.tan@tidewater.example"
        ),
        Interviewer(id=days.id(), name="Luis Prado", email="luis.prado@tidewater.example"),
    )
    promise = Promise(asked=True, reply_by=days.day(8), channel=PromisedChannel.EMAIL)
    ended = days.now - timedelta(hours=1)
    round = Round(id=days.id(), label="First interview", ended_at=ended, interviewers=people, promise=promise)
    return application(days, "Tidewater", "Planner", round)


def check_in_overdue(days: Days) -> Application:
    """A promised day that passed more than a week ago."""
    promise = Promise(asked=True, reply_by=days.day(-8), channel=PromisedChannel.PHONE)
    round = Round(id=days.id(), label="Ward visit", ended_at=days.at(-15, 14), promise=promise)
    contact = Contact(id=days.id(), name="Grace Amadi", phone="+1 212 555 0117")
    thanks = entry(days, EntryKind.THANK_YOU, -15, 17)
    return application(days, "Orrin Health", "Nurse lead", round, thanks, contact=contact)


def quiet(days: Days) -> Application:
    """Thanked, and now it is their turn."""
    person = Interviewer(id=days.id(), name="Ada Okafor", email="ada@fernbridge.example")
    promise = Promise(asked=True, reply_by=days.day(5), channel=PromisedChannel.EMAIL)
    round = Round(
        id=days.id(), label="Panel", ended_at=days.at(-3, 15), interviewers=(person,), promise=promise
    )
    return application(
        days, "Fernbridge", "Data analyst", round, entry(days, EntryKind.THANK_YOU, -3, 16, "Ada Okafor")
    )


def second_check_in_ahead(days: Days) -> Application:
    """Checked in once without an answer."""
    round = Round(id=days.id(), label="Trial lesson", ended_at=days.at(-14, 11), promise=Promise(asked=True))
    log = (entry(days, EntryKind.THANK_YOU, -14, 13), entry(days, EntryKind.CHECK_IN, -2, 10))
    return application(days, "Northlight School", "Teacher", round, *log)


def call_tomorrow(days: Days) -> Application:
    """A thank-you call, which waits for the next working day."""
    person = Interviewer(id=days.id(), name="Ravi Shah", phone="+1 212 555 0143")
    round = Round(
        id=days.id(),
        label="First interview",
        ended_at=days.now - timedelta(hours=3),
        thanks_by=ThanksBy.PHONE,
        interviewers=(person,),
        promise=Promise(asked=True, reply_by=days.day(10), channel=PromisedChannel.PHONE),
    )
    return application(days, "Calder & Sons", "Accountant", round)


def interview_ahead(days: Days) -> Application:
    """An interview in three days."""
    return application(
        days, "Harrow Press", "Editor", Round(id=days.id(), label="Interview", ended_at=days.at(3, 11))
    )


def offer(days: Days) -> Application:
    """An offer that wants an answer."""
    round = Round(id=days.id(), label="Workshop day", ended_at=days.at(-9, 16))
    outcome = Outcome(result=Result.OFFER, at=days.at(-1, 9), answer_by=days.day(6))
    thanks = entry(days, EntryKind.THANK_YOU, -9, 18)
    return application(days, "Pell Labs", "Technician", round, thanks, outcome=outcome)


def closed(days: Days) -> Application:
    """One that is over."""
    round = Round(id=days.id(), label="Portfolio review", ended_at=days.at(-30, 10))
    outcome = Outcome(result=Result.REJECTED, at=days.at(-20, 9))
    thanks = entry(days, EntryKind.THANK_YOU, -30, 12)
    return application(days, "Quay Street Studio", "Designer", round, thanks, outcome=outcome)
