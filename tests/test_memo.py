"""What is remembered of plans: always what would be planned anew, for less, and nobody else's."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event

from afterword.desk import Desk
from afterword.domain.case import is_at_hand, open_case, urgency
from afterword.domain.facts import zone_named
from afterword.domain.model import Entry, EntryKind, Outcome, Result, RivalOffer
from afterword.domain.you import You
from afterword.memo import Memo
from afterword.store.database import open_database
from afterword.store.memory import MemoryRepository
from afterword.store.sql import SqlRepository
from tests.desk.cast import ALICE, BOB, CHARLIE, FERNBRIDGE, HANDBOOK, NOW, PANEL, SetClock, at, step_of

ROOT = Path(__file__).resolve().parent.parent
MICROSECOND = timedelta(microseconds=1)
SEQUENCES, SEQUENCES_IN_MEMORY = 40, 60
MANY = 300
MOST_STATEMENTS_OF_A_CHANGE = 3

APPLICATIONS = (
    FERNBRIDGE,
    replace(FERNBRIDGE, company="Tidewater", zone="Asia/Tokyo", country="JP"),
    replace(FERNBRIDGE, company="Harbour", zone=None, country=None),
    replace(FERNBRIDGE, company="Aldergate", zone=None, contact=None, rounds=()),
    replace(
        FERNBRIDGE,
        company="Meridian",
        rounds=(replace(PANEL, ended_at=at("2026-11-12 11:00"), promise=None),),
    ),
)
WHICH, WHO, YES = st.integers(0, 5), st.sampled_from([ALICE, BOB]), st.booleans()
PROCESS = st.integers(0, 1)
AHEAD = st.sampled_from([timedelta(minutes=7), timedelta(hours=5), timedelta(days=1), timedelta(days=9)])


def desk_with(memo, owner=ALICE, clock=None, handbook=HANDBOOK, zone="Europe/London"):
    """Somebody's desk as a page has it: new each time, with what the process remembers."""
    return Desk(owner, memo.repository, clock or SetClock(), handbook, zone, memo)


def with_wait_of(days):
    """The handbook with another number of working days until one asks."""
    rule = HANDBOOK.rules["no-date-wait"]
    other = tuple(replace(p, value=days) if p.name == "opens_after" else p for p in rule.parameters)
    return replace(HANDBOOK, rules=HANDBOOK.rules | {rule.id: replace(rule, parameters=other)}, looked_up={})


def anew(repository, owner, now, handbook=HANDBOOK, zone="Europe/London"):
    """Everything of an owner planned anew from what is kept, most urgent first."""
    you = repository.you(owner)
    you = replace(you, zone=you.zone or zone)
    here = now.astimezone(zone_named(you.zone)).date()
    cases = [open_case(kept.application, kept.version, now, handbook, you) for kept in repository.all(owner)]
    return here, sorted(cases, key=lambda case: urgency(case, here))


def agrees(today, repository, owner, now, handbook=HANDBOOK):
    """Check that every answer is the one that planning anew gives."""
    here, cases = anew(repository, owner, now, handbook)
    assert today.day == here
    assert list(today.cases) == cases
    assert all(one.now == other.now for one, other in zip(today.cases, cases, strict=True))
    hand, rest = today.apart((), is_at_hand)
    assert list(hand) == [case for case in cases if is_at_hand(case)]
    assert list(rest) == [case for case in cases if not is_at_hand(case)]
    statuses = [case.plan.status for case in cases]
    assert {s: today.count(s) for s in statuses} == {s: statuses.count(s) for s in statuses}
    assert sum(today.ranked.counts.values()) == len(cases)


# Whatever is done, by whomever, whenever


class Remembering(RuleBasedStateMachine):
    """Two processes on one store, where Alice and Bob work by turns, while time goes by and sometimes back."""

    def __init__(self, memos, number=0):
        super().__init__()
        self.memos, self.clock, self.handbook = memos, SetClock(), HANDBOOK
        self.number, self.taken = number, []

    def named(self, who):
        """Somebody of this sequence alone: all of them use one store."""
        return f"{who} {self.number}"

    def desk(self, process, who):
        memo = self.memos[process % len(self.memos)]
        return desk_with(memo, self.named(who), self.clock, self.handbook)

    def one_of(self, process, who, which):
        """A desk, and an application that lies there as it stands now; None where there is none."""
        desk = self.desk(process, who)
        kept = self.memos[0].repository.all(self.named(who))
        return desk, desk.open(str(kept[which % len(kept)].application.id)) if kept else None

    @invariant()
    def everybody_is_told_what_would_be_planned_anew(self):
        for who in (ALICE, BOB, CHARLIE):
            for process in range(len(self.memos)):
                today = self.desk(process, who).today()
                agrees(today, self.memos[0].repository, self.named(who), self.clock.now(), self.handbook)

    @rule(process=PROCESS, who=WHO, which=WHICH)
    def adds(self, process, who, which):
        self.desk(process, who).add(APPLICATIONS[which % len(APPLICATIONS)])

    @rule(process=PROCESS, who=WHO, which=WHICH, step=WHICH)
    def ticks_or_unticks(self, process, who, which, step):
        desk, case = self.one_of(process, who, which)
        if case is not None and case.plan.steps:
            chosen = case.plan.steps[step % len(case.plan.steps)].id
            desk.tick(case.id, chosen) or desk.untick(case.id, chosen)

    @rule(process=PROCESS, who=WHO, which=WHICH, kind=st.sampled_from(["skip", "reply", "close", "offer"]))
    def hears_or_skips(self, process, who, which, kind):
        desk, case = self.one_of(process, who, which)
        if case is None:
            return
        now = self.clock.now()
        if kind == "skip" and case.plan.next is not None:
            desk.skip(case.id, case.plan.next.id)
        elif kind == "reply":
            desk.heard_back(case.id, Entry(kind=EntryKind.REPLY, at=now))
        elif kind == "close":
            desk.close(case.id, Outcome(result=list(Result)[which % len(Result)], at=now))
        elif kind == "offer":
            desk.note_rival(case.id, RivalOffer(deadline=now.date() + timedelta(days=3), at=now))

    @rule(process=PROCESS, who=WHO, which=WHICH, days=st.integers(-9, 9), zone=st.sampled_from([None, "UTC"]))
    def corrects(self, process, who, which, days, zone):
        desk, case = self.one_of(process, who, which)
        if case is not None:
            moved = [
                replace(r, ended_at=NOW + timedelta(days=days), promise=None) for r in case.application.rounds
            ]
            desk.correct(replace(case.application, zone=zone, rounds=tuple(moved)), case.version)

    @rule(process=PROCESS, who=WHO, which=WHICH, back=YES)
    def deletes(self, process, who, which, back):
        desk, case = self.one_of(process, who, which)
        if case is None:
            return
        desk.delete(case.id)
        if back:
            self.desk(process + 1, who).restore(case.id)

    @rule(process=PROCESS, who=WHO)
    def purges_a_month_later(self, process, who):
        self.clock.moment += timedelta(days=31)
        self.desk(process, who).purge()

    @rule(process=PROCESS, who=WHO, zone=st.sampled_from([None, "UTC", "Asia/Tokyo"]), named=YES)
    def introduces(self, process, who, zone, named):
        self.desk(process, who).introduce(You(name=who if named else None, zone=zone, country="US"))

    @rule(process=PROCESS, who=WHO)
    def makes_a_backup(self, process, who):
        self.taken.append(self.desk(process, who).backup())

    @precondition(lambda self: self.taken)
    @rule(process=PROCESS, who=WHO, which=WHICH, instead=YES)
    def brings_a_backup_back(self, process, who, which, instead):
        self.desk(process, who).restore_backup(self.taken[which % len(self.taken)], instead)

    @rule(process=PROCESS, who=WHO)
    def erases(self, process, who):
        self.desk(process, who).erase()

    @rule(by=AHEAD)
    def time_goes_by(self, by):
        self.clock.moment += by

    @rule(by=AHEAD)
    def the_clock_is_set_back(self, by):
        self.clock.moment -= by

    @rule(who=WHO, which=WHICH, short=YES)
    def time_goes_on_to_where_a_plan_ends(self, who, which, short):
        cases = self.desk(0, who).today().cases
        if cases:
            ends = cases[which % len(cases)].plan.holds_until
            self.clock.moment = ends - MICROSECOND if short else ends

    @rule(days=st.integers(3, 8))
    def the_handbook_is_another(self, days):
        self.handbook = with_wait_of(days)


def run(machine, sequences):
    """Try so many random sequences; how many were begun."""
    begun = count()

    def begin():
        next(begun)
        return machine()

    run_state_machine_as_test(
        begin,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=15,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return next(begun)


def test_two_processes_on_one_file_remember_what_they_would_plan_anew(tmp_path):
    url, numbers = f"sqlite:///{tmp_path / 'afterword.sqlite3'}", count()
    memos = [Memo(SqlRepository(open_database(url, NOW))) for _ in range(2)]
    assert run(lambda: Remembering(memos, next(numbers)), SEQUENCES) >= SEQUENCES


def test_a_guests_desk_remembers_what_it_would_plan_anew():
    assert run(lambda: Remembering([Memo(MemoryRepository())]), SEQUENCES_IN_MEMORY) >= SEQUENCES_IN_MEMORY


# Who is told of what


def test_charlie_is_told_of_nobody_elses_applications():
    memo = Memo(MemoryRepository())
    alices = desk_with(memo, ALICE).add(FERNBRIDGE)
    bobs = desk_with(memo, BOB).add(replace(FERNBRIDGE, id=alices.id, company="Tidewater"))
    for _ in range(2):
        assert list(desk_with(memo, ALICE).today().cases) == [alices]
        assert list(desk_with(memo, BOB).today().cases) == [bobs]
        assert list(desk_with(memo, CHARLIE).today().cases) == []


def test_another_process_is_heard_of(tmp_path):
    url = f"sqlite:///{tmp_path / 'afterword.sqlite3'}"
    memo = Memo(SqlRepository(open_database(url, NOW)))
    assert list(desk_with(memo).today().cases) == []
    added = subprocess.run([sys.executable, "-c", ADDS, url], cwd=ROOT, check=True, capture_output=True)
    (case,) = desk_with(memo).today().cases
    assert case.id == added.stdout.decode().strip()


ADDS = """
import sys
from tests.desk.cast import ALICE, FERNBRIDGE, NOW, desk_of
from afterword.store.database import open_database
from afterword.store.sql import SqlRepository

print(desk_of(ALICE, SqlRepository(open_database(sys.argv[1], NOW))).add(FERNBRIDGE).id)
"""


def test_windows_of_several_people_at_once_are_each_told_of_their_own(tmp_path):
    memo = Memo(SqlRepository(open_database(f"sqlite:///{tmp_path / 'afterword.sqlite3'}", NOW)))

    def works(number):
        who = (ALICE, BOB)[number % 2]
        desk_with(memo, who).add(replace(FERNBRIDGE, company=who))
        return {case.application.company for case in desk_with(memo, who).today().cases}

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(works, range(24))) == [{ALICE}, {BOB}] * 12
    for who in (ALICE, BOB):
        agrees(desk_with(memo, who).today(), memo.repository, who, NOW)


def test_after_a_failure_everything_is_read_anew():
    memo = Memo(MemoryRepository())
    case = desk_with(memo).add(FERNBRIDGE)
    desk_with(memo).today()
    with pytest.raises(KeyError):
        desk_with(memo, handbook=replace(HANDBOOK, rules={}, looked_up={})).today()
    assert list(desk_with(memo).today().cases) == [case]


def test_whoever_has_not_come_for_longest_is_forgotten_first():
    memo = Memo(MemoryRepository(), owners=2)
    made = {who: desk_with(memo, who).add(FERNBRIDGE) for who in (ALICE, BOB, CHARLIE)}
    for who in (ALICE, BOB, ALICE, CHARLIE):
        assert list(desk_with(memo, who).today().cases) == [made[who]]
    assert memo.known() == {ALICE: 1, CHARLIE: 1}


def test_of_too_many_applications_none_is_remembered_and_all_are_told():
    memo = Memo(MemoryRepository(), applications=2)
    for _ in range(3):
        desk_with(memo).add(FERNBRIDGE)
    assert len(desk_with(memo).today().cases) == 3
    assert memo.known() == {}


# What it costs


@pytest.fixture
def many(tmp_path):
    """What is remembered of a file with many applications of Alice's, and its engine."""
    engine = open_database(f"sqlite:///{tmp_path / 'afterword.sqlite3'}", NOW)
    repository = SqlRepository(engine)
    for number in range(MANY):
        repository.add(ALICE, replace(FERNBRIDGE, id=f"a{number}", company=f"Company {number}"), NOW)
    yield Memo(repository), engine
    engine.dispose()


@pytest.fixture
def made(monkeypatch):
    """The plans that are made for what is remembered, by their applications' ids."""
    ids = []

    def noted(application, *arguments):
        ids.append(application.id)
        return open_case(application, *arguments)

    monkeypatch.setattr("afterword.memo.open_case", noted)
    return ids


def statements_of(engine, act):
    """What an act sends to the database."""
    sent = []

    def listen(*arguments):
        sent.append(arguments[2])

    event.listen(engine, "before_cursor_execute", listen)
    act()
    event.remove(engine, "before_cursor_execute", listen)
    return sent


def test_a_look_at_what_has_not_changed_is_one_statement_and_no_plan(many, made):
    memo, engine = many
    desk_with(memo).today()
    assert len(made) == MANY
    made.clear()
    assert len(statements_of(engine, lambda: desk_with(memo).today())) == 1
    assert made == []


def test_after_a_tick_one_plan_is_made(many, made):
    memo, engine = many
    desk = desk_with(memo)
    case = desk.today().cases[7]
    made.clear()
    desk.tick(case.id, step_of(case).id)
    sent = statements_of(engine, lambda: desk_with(memo).today())
    assert len(sent) <= MOST_STATEMENTS_OF_A_CHANGE, sent
    assert made == [case.id]


def test_an_application_deleted_or_purged_costs_no_other_its_plan(many, made):
    memo, _ = many
    desk = desk_with(memo)
    case = desk.today().cases[0]
    made.clear()
    desk.delete(case.id)
    assert len(desk_with(memo).today().cases) == MANY - 1
    memo.repository.purge(ALICE, NOW + timedelta(days=1))
    assert len(desk_with(memo).today().cases) == MANY - 1
    assert made == []


def test_whoever_missed_a_deletion_that_is_purged_since_reads_everything_anew(many):
    memo, engine = many
    other = Memo(SqlRepository(engine))
    case = desk_with(other).today().cases[0]
    desk_with(memo).delete(case.id)
    memo.repository.purge(ALICE, NOW + timedelta(days=1))
    agrees(desk_with(other).today(), memo.repository, ALICE, NOW)
    assert len(desk_with(other).today().cases) == MANY - 1


def test_another_zone_of_theirs_plans_only_what_names_none_again(many, made):
    memo, _ = many
    desk = desk_with(memo)
    bare = desk.add(replace(FERNBRIDGE, zone=None))
    desk.today()
    made.clear()
    desk.introduce(You(zone="Asia/Tokyo"))
    agrees(desk_with(memo).today(), memo.repository, ALICE, NOW)
    assert made == [bare.id]


def test_as_time_goes_by_only_what_may_have_changed_is_planned_again(many, made):
    memo, _ = many
    clock = SetClock()
    late = desk_with(memo).add(replace(FERNBRIDGE, rounds=(replace(PANEL, ended_at=at("2026-11-03 17:00")),)))
    desk_with(memo, clock=clock).today()
    made.clear()
    clock.set("2026-11-03 16:59")
    agrees(desk_with(memo, clock=clock).today(), memo.repository, ALICE, clock.now())
    assert made == []
    clock.set("2026-11-03 17:00")
    agrees(desk_with(memo, clock=clock).today(), memo.repository, ALICE, clock.now())
    assert made == [late.id]
