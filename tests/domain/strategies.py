"""Hypothesis strategies for applications whose dates lie close together, so that rules meet each other."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from afterword.content import load_handbook
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
    RivalOffer,
    Round,
    RoundKind,
    StepKind,
    ThanksBy,
)
from afterword.domain.plan import make_plan
from afterword.domain.step import Plan
from afterword.domain.workdays import Workdays

HANDBOOK = load_handbook()
ZONES = ("Europe/London", "Europe/Berlin", "Asia/Tokyo", "Australia/Sydney", "America/New_York", "UTC")
COUNTRIES = ("GB", "DE", "JP", "AU", "US")
# Clocks change, holidays fall, a leap day passes near these; any other day may come as well.
TELLING_DAYS = (
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 5, 4),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 11, 1),
    date(2026, 12, 28),
    date(2028, 2, 29),
)
LABELS = ("Screen", "Panel", "On site", "Final")
PEOPLE = (
    Interviewer(name="Ada Okafor", email="ada@example.org"),
    Interviewer(id="p2", name="Luis Prado", phone="+1 212 555 0100"),
    Interviewer(name="Mei Tan"),
    Interviewer(id="p4", name="José Núñez", email="jose@example.org", phone="+34 91 555 0100"),
)
CONTACTS = (
    Contact(name="Jo Lind", email="jo@example.org"),
    Contact(id="c2", name="Ada Okafor", phone="+1 212 555 0199"),
    Contact(name="Sam Reed"),
)
NAMED = (None, "Ada Okafor", "ada  okafor", "p2", "Mei Tan", "p4", "Jo Lind", "a stranger")

# Made once: to make a strategy takes longer than to draw from it.
NEAR = st.sampled_from([0, 0, 0, -1, -1, -2, -3, 1, 2, 4]) | st.integers(-30, 30)
CLOCK_TIMES = st.builds(time, st.sampled_from([0, 8, 9, 12, 15, 16, 17, 23]), st.sampled_from([0, 30]))
YES, ONE_IN_FOUR = st.booleans(), st.integers(0, 3).map(lambda number: number == 0)
DAYS_AHEAD = st.none() | st.integers(0, 12)
DAYS_TO_DEADLINE, DAYS_TO_ANSWER = st.none() | st.integers(-10, 15), st.none() | st.integers(-3, 12)
ASKED = st.sampled_from([None, True, False])
PROMISED_CHANNELS = st.sampled_from([None, *PromisedChannel])
ROUND_KINDS, THANKS_BY = st.sampled_from([None, *RoundKind]), st.sampled_from([None, *ThanksBy])
MET = st.lists(st.sampled_from(PEOPLE).map(replace), max_size=3).map(tuple)
ENTRY_KINDS, STEP_KINDS = st.sampled_from(EntryKind), st.sampled_from(StepKind)
CHANNELS, TO_WHOM = st.sampled_from([None, *Channel]), st.sampled_from(NAMED)
RESULTS = st.sampled_from(Result)
OWN_ZONES, USERS_ZONES = st.sampled_from([None, *ZONES]), st.sampled_from(ZONES)
OWN_COUNTRIES = st.sampled_from([None, *COUNTRIES])
DAYS = st.sampled_from(TELLING_DAYS) | st.dates(date(2026, 3, 1), date(2029, 12, 31))
LABELS_OF_ROUNDS = st.lists(st.sampled_from(LABELS), unique=True, max_size=4)
WHO_CONTACT = st.sampled_from([None, *CONTACTS])


@dataclass(frozen=True)
class Situation:
    """An application, the moment, and the user's own zone and country."""

    application: Application
    now: datetime
    zone: str = "UTC"
    country: str | None = None

    @property
    def there(self) -> ZoneInfo:
        return ZoneInfo(self.application.zone or self.zone)

    def plan(self) -> Plan:
        workdays = Workdays(self.application.country or self.country)
        return make_plan(self.application, self.now, HANDBOOK, workdays, self.zone)

    def changed(self, **changes: object) -> "Situation":
        return replace(self, application=replace(self.application, **changes))

    def logged(self, *entries: Entry) -> "Situation":
        return self.changed(log=(*self.application.log, *entries))


def moment_of(when: datetime | date, zone: ZoneInfo) -> datetime:
    """That time as a moment in the zone; a date alone means five in the afternoon."""
    if not isinstance(when, datetime):
        when = datetime.combine(when, time(17))
    if when.tzinfo is None:
        when = when.replace(tzinfo=zone).astimezone(UTC)
    return when.astimezone(zone)


def later(day: date, days: int | None) -> date | None:
    """So many days after that day; no day for no number."""
    return None if days is None else day + timedelta(days=days)


@st.composite
def times(draw, day, zone, *, naive=False):
    """A moment near that day: written without an offset, with the zone's, or in UTC."""
    local = datetime.combine(later(day, draw(NEAR)), draw(CLOCK_TIMES))
    if naive or draw(YES):
        return local
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    return moment if draw(YES) else datetime.fromisoformat(moment.astimezone(zone).isoformat())


@st.composite
def promises(draw, day):
    """What was said on that day: the date, if any, is the same day or later."""
    return Promise(asked=draw(ASKED), reply_by=later(day, draw(DAYS_AHEAD)), channel=draw(PROMISED_CHANNELS))


@st.composite
def rounds(draw, label, day, zone, *, naive=False):
    ended_at = draw(times(day, zone, naive=naive))
    if draw(ONE_IN_FOUR):
        ended_at = ended_at.date()
    local_day = moment_of(ended_at, zone).date()
    return Round(
        label=label,
        ended_at=ended_at,
        id=f"id of {label}" if draw(YES) else None,
        kind=draw(ROUND_KINDS),
        thanks_by=draw(THANKS_BY),
        interviewers=draw(MET),
        promise=draw(promises(local_day)) if draw(YES) else None,
    )


@st.composite
def entries(draw, day, zone, labels=(), *, naive=False):
    """One entry of any kind; every fourth or so was taken back."""
    kind, at = draw(ENTRY_KINDS), draw(times(day, zone, naive=naive))
    local_day = moment_of(at, zone).date()
    return Entry(
        kind=kind,
        at=at,
        channel=draw(CHANNELS),
        to=draw(TO_WHOM),
        round=draw(st.sampled_from([None, *labels])),
        step=draw(STEP_KINDS) if kind == EntryKind.SKIP else None,
        promise=draw(promises(local_day)) if kind == EntryKind.REPLY and draw(YES) else None,
        withdrawn_at=at if draw(ONE_IN_FOUR) else None,
    )


@st.composite
def rival_offers(draw, day, zone, *, naive=False):
    came = draw(times(day, zone, naive=naive)) if draw(YES) else None
    return RivalOffer(
        deadline=later(day, draw(DAYS_TO_DEADLINE)), at=came.date() if came and draw(YES) else came
    )


@st.composite
def outcomes(draw, day, zone, *, naive=False):
    return Outcome(
        result=draw(RESULTS),
        at=draw(times(day, zone, naive=naive)),
        answer_by=later(day, draw(DAYS_TO_ANSWER)),
    )


@st.composite
def situations(draw, *, naive=False, with_outcome=False):
    """A valid application at a moment near its dates."""
    own_zone, users_zone = draw(OWN_ZONES), draw(USERS_ZONES)
    zone = ZoneInfo(own_zone or users_zone)
    day = draw(DAYS)
    kept_rounds = tuple(draw(rounds(label, day, zone, naive=naive)) for label in draw(LABELS_OF_ROUNDS))
    names = [name for r in kept_rounds for name in (r.label, r.id) if name]
    application = Application(
        company="Fernbridge",
        zone=own_zone,
        country=draw(OWN_COUNTRIES),
        contact=draw(WHO_CONTACT),
        rounds=kept_rounds,
        log=tuple(draw(st.lists(entries(day, zone, names, naive=naive), max_size=6))),
        rival_offer=draw(rival_offers(day, zone, naive=naive)) if draw(YES) else None,
        outcome=draw(outcomes(day, zone, naive=naive)) if with_outcome or draw(YES) else None,
    )
    now = moment_of(draw(times(day, zone)), zone).astimezone(UTC)
    return Situation(application, now, users_zone, draw(OWN_COUNTRIES))


@st.composite
def promised_situations(draw):
    """One more round, that ended a few days before the moment and gave a date."""
    situation = draw(situations())
    ended_at = (situation.now - timedelta(days=draw(st.integers(0, 8)))).astimezone(situation.there)
    said_on = ended_at.date()
    promise = Promise(reply_by=said_on + timedelta(days=draw(st.integers(0, 15))))
    latest = Round(label="The latest", ended_at=ended_at.astimezone(UTC), promise=promise)
    return situation.changed(rounds=(*situation.application.rounds, latest))
