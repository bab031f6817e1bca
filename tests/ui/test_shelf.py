"""What the parts of an application's page depend on: after a tick of one's own only the checklist and the history."""

from dataclasses import replace
from datetime import timedelta

import pytest

from afterword.content import HandbookInUse
from afterword.domain.checklist import own_tick
from afterword.samples import sample_applications
from afterword.store.database import open_database
from afterword.store.sql import SqlRepository
from afterword.ui import shelf
from tests.desk.cast import ALICE, HANDBOOK, NOW, SetClock, desk_of

ZONE = "America/New_York"
SAMPLES = {one.company: one for one in sample_applications(NOW, ZONE)}
ITEMS = [item for phase in HANDBOOK.phases for item in phase.items if item.step is None]


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf.wiring, "words", lambda: HandbookInUse(HANDBOOK))
    engine = open_database(f"sqlite:///{tmp_path / 'a.sqlite3'}", NOW)
    yield desk_of(ALICE, SqlRepository(engine), SetClock(NOW))
    engine.dispose()


@pytest.mark.parametrize("company", SAMPLES)
def test_a_tick_of_ones_own_changes_nothing_that_shows_a_plan(desk, company):
    before = desk.open(desk.add(SAMPLES[company]).id)
    for item in ITEMS:
        desk.tick_item(before.id, item)
        assert own_tick(item, desk.left.application) is not None
        assert desk.left.plan is before.plan
        assert shelf.planned_contents(desk.left, desk) == shelf.planned_contents(before, desk)


@pytest.mark.parametrize("company", SAMPLES)
def test_what_is_worked_out_after_such_a_tick_is_what_a_fresh_reading_gives(desk, company):
    case = desk.open(desk.add(SAMPLES[company]).id)
    known = (case, shelf.contents(case, None, desk))
    for item in ITEMS:
        for act in (desk.tick_item, desk.untick_item):
            act(case.id, item)
            known = (desk.left, shelf.contents(desk.left, known, desk))
            assert known[1] == shelf.contents(desk.open(case.id), None, desk)


def test_a_plan_of_another_day_is_not_taken_for_the_one_before(desk):
    case = desk.open(desk.add(next(iter(SAMPLES.values()))).id)
    later = replace(case, now=case.now + timedelta(days=1))
    assert shelf.contents(later, (case, {shelf.LANE: "of yesterday"}), desk)[shelf.LANE] != "of yesterday"
