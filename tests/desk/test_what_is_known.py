"""A tick is made on what was read last: nothing is read a second time, and nothing that came between is missed."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from afterword.domain.errors import SomebodyWasFirst
from afterword.domain.step import TO_DO
from afterword.domain.you import You
from afterword.store.database import open_database
from afterword.store.sql import SqlRepository
from tests.desk.cast import ADA, ALICE, BOB, FERNBRIDGE, HANDBOOK, NOW, SetClock, desk_of, note, step_of

ITEMS = [item for phase in HANDBOOK.phases for item in phase.items if item.step is None][:3]
ITEM, OTHER_ITEM = ITEMS[:2]
TWO = replace(
    FERNBRIDGE, rounds=(replace(FERNBRIDGE.rounds[0], interviewers=(ADA, replace(ADA, name="Mei Tan"))),)
)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    if request.param == "postgresql":
        yield request.getfixturevalue("postgresql_engine")
        return
    engine = open_database(f"sqlite:///{tmp_path / 'afterword.sqlite3'}", NOW)
    yield engine
    engine.dispose()


@pytest.fixture
def repository(engine):
    return SqlRepository(engine)


@pytest.fixture
def other(repository, clock):
    """A second window of Alice's."""
    return desk_of(ALICE, repository, clock)


def reads(engine, act):
    """How often the store was asked for something while that was done."""
    asked = []

    def listen(_connection, _cursor, statement, *_):
        asked.extend([statement] * statement.lstrip().upper().startswith("SELECT"))

    event.listen(engine, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    return len(asked)


def test_a_tick_of_what_was_read_last_reads_nothing_more(desk, case, engine):
    desk.open(case.id)
    assert reads(engine, lambda: desk.tick_item(case.id, ITEM)) == 0
    assert reads(engine, lambda: desk.untick_item(case.id, ITEM)) == 0
    assert reads(engine, lambda: desk.tick(case.id, step_of(case).id)) == 0
    assert desk.left == desk.open(case.id)


def test_what_was_never_read_is_read_before_it_is_ticked(other, case, engine):
    assert reads(engine, lambda: other.tick_item(case.id, ITEM)) == 1
    assert other.left == other.open(case.id)


def test_whatever_another_window_has_written_is_read_before_a_tick(desk, case, other, engine):
    desk.open(case.id)
    other.tick_item(case.id, OTHER_ITEM)
    assert reads(engine, lambda: desk.tick_item(case.id, ITEM)) > 0
    assert desk.left == desk.open(case.id)
    assert len(desk.left.application.log) == 2


def test_a_tick_made_in_another_window_is_not_made_twice(desk, case, other):
    desk.open(case.id)
    other.tick(case.id, step_of(case).id)
    assert desk.tick(case.id, step_of(case).id) is None
    assert desk.left is None
    assert len(desk.open(case.id).application.log) == 1


def test_an_edit_of_a_neighbour_is_as_good_a_reason_to_read_anew(desk, case, other):
    """The store counts what an owner has written, and not what."""
    beside = other.add(replace(FERNBRIDGE, company="Tidewater"))
    desk.open(case.id)
    other.correct(replace(beside.application, role="Planner"), beside.version)
    assert desk.tick_item(case.id, ITEM) is not None
    assert desk.left == desk.open(case.id)


def test_another_zone_of_ones_own_counts_with_the_next_tick(repository, clock, desk, other):
    case = desk.add(replace(FERNBRIDGE, zone=None))
    desk.open(case.id)
    other.introduce(You(zone="Asia/Tokyo"))
    desk.tick_item(case.id, ITEM)
    assert str(desk.left.now.tzinfo) == "Asia/Tokyo"
    assert desk.left == desk_of(ALICE, repository, clock).open(case.id)


def test_a_plan_that_no_longer_holds_is_made_anew_before_a_tick(desk, case, clock):
    step = step_of(desk.open(case.id))
    clock.moment = desk.open(case.id).plan.holds_until + timedelta(days=20)
    entry = desk.tick(case.id, step.id)
    assert desk.left == desk.open(case.id)
    assert entry is None or entry.at == clock.moment


def test_a_backup_put_back_in_another_window_is_read_before_a_tick(desk, case, other):
    """Both may be at their first revision, so that the application's own number would not tell."""
    whole = other.backup()
    desk.open(case.id)
    desk.tick_item(case.id, OTHER_ITEM)
    other.restore_backup(whole, replace=True)
    desk.tick_item(case.id, ITEM)
    assert desk.left == desk.open(case.id)


def test_bob_knows_nothing_of_what_alice_has_read(case, desk, repository, clock):
    bobs = desk_of(BOB, repository, clock)
    desk.open(case.id)
    with pytest.raises(Exception, match=case.id):
        bobs.tick_item(case.id, ITEM)
    assert bobs.left is None


WINDOWS = st.sampled_from(["mine", "other"])
DOINGS = st.sampled_from(
    ["item", "another item", "untick item", "step", "untick", "skip", "note", "role", "later"]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(WINDOWS, DOINGS), max_size=12))
def test_how_a_tick_left_an_application_is_how_it_is_kept(tmp_path_factory, doings):
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('known') / 'a.sqlite3'}", NOW)
    try:
        clock, repository = SetClock(), SqlRepository(engine)
        windows = {name: desk_of(ALICE, repository, clock) for name in ("mine", "other")}
        id = windows["mine"].add(TWO).id
        for place, (name, doing) in enumerate(doings):
            desk = windows[name]
            ticked = False
            with suppress(SomebodyWasFirst):
                ticked = do(desk, id, doing, clock, place)
            assert not ticked or desk.left in {None, desk_of(ALICE, repository, clock).open(id)}
    finally:
        engine.dispose()


def do(desk, id, doing, clock, place):
    """One thing that a person does in a window; whether it was a tick, or one taken back."""
    read = desk_of(ALICE, desk._repository, clock).open(id)
    steps = [step for step in read.plan.steps if step.state in TO_DO]
    done = [step for step in read.plan.steps if step.entry]
    match doing:
        case "item":
            desk.tick_item(id, ITEM)
        case "another item":
            desk.tick_item(id, OTHER_ITEM)
        case "untick item":
            desk.untick_item(id, ITEM)
        case "step" if steps:
            desk.tick(id, steps[0].id)
        case "untick" if done:
            desk.untick(id, done[-1].id)
        case "skip" if steps:
            desk.skip(id, steps[-1].id)
        case _:
            do_otherwise(desk, read, doing, clock, place)
            return False
    return True


def do_otherwise(desk, read, doing, clock, place):
    """Something that is no tick, so that the store comes further."""
    match doing:
        case "note":
            desk.log(read.id, note(f"n{place}"))
        case "role":
            desk.correct(replace(read.application, role=f"Role {place}"), read.version)
        case "later":
            clock.moment = clock.now() + timedelta(hours=9)
