"""Who appears in these tests: Alice and Bob, who own data, and Charlie, who must never see it; and a clock to set."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from afterword.content import load_handbook
from afterword.desk import Desk
from afterword.domain.model import (
    Application,
    Channel,
    Contact,
    Entry,
    EntryKind,
    Interviewer,
    Promise,
    PromisedChannel,
    Round,
    StepKind,
)
from afterword.store.memory import MemoryRepository

ALICE, BOB, CHARLIE = "alice", "bob", "charlie"
HANDBOOK = load_handbook()
NEW_YORK = ZoneInfo("America/New_York")


def at(text):
    """A moment of New York, such as "2026-11-03 16:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


ENDED, NOW = at("2026-11-03 15:00"), at("2026-11-03 16:10")  # a Tuesday

ADA = Interviewer(name="Ada Okafor", email="ada@fernbridge.example")
JO = Contact(name="Jo Lind", email="jobs@fernbridge.example", phone="+1 212 555 0117")
PROMISE = Promise(asked=True, reply_by=date(2026, 11, 6), channel=PromisedChannel.EMAIL)
PANEL = Round(label="Panel", ended_at=ENDED, interviewers=(ADA,), promise=PROMISE)
FERNBRIDGE = Application(
    company="Fernbridge",
    role="Data analyst",
    zone="America/New_York",
    country="US",
    contact=JO,
    rounds=(PANEL,),
)


class SetClock:
    """A clock that stands where it is set."""

    def __init__(self, moment=NOW):
        self.moment = moment

    def now(self):
        return self.moment.astimezone(UTC)

    def set(self, text):
        self.moment = at(text)


class Meanwhile:
    """A store at which something else happens just before one method is called, so many times."""

    def __init__(self, repository, method, act, times=1):
        self._repository, self._method, self._act, self._times = repository, method, act, times

    def __getattr__(self, name):
        if name == self._method and self._times:
            self._times -= 1
            self._act()
        return getattr(self._repository, name)


def desk_of(owner, repository=None, clock=None, zone="UTC"):
    """That person's desk, with a store and a clock of its own unless they are given."""
    return Desk(owner, repository or MemoryRepository(), clock or SetClock(), HANDBOOK, zone)


def with_round(**changes):
    """Fernbridge with its one interview changed."""
    return replace(FERNBRIDGE, rounds=(replace(PANEL, **changes),))


def entry(kind, moment, **more):
    return Entry(kind=kind, at=moment, channel=Channel.EMAIL, **more)


def note(id, moment=NOW, **more):
    return Entry(id=id, kind=EntryKind.NOTE, at=moment, **more)


def step_of(case, kind=StepKind.THANK_YOU, number=0):
    """The first step of that kind in a plan, or the one of that number."""
    return [step for step in case.plan.steps if step.kind == kind][number]
