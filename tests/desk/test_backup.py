"""Taking everything along, bringing it back, and erasing it: at the desk, on every store."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterword.domain.errors import InvalidApplication, StoreUnavailable, UnknownApplication
from afterword.domain.model import Application, EntryKind, Outcome, Result
from afterword.domain.plan import make_plan
from afterword.domain.workdays import Workdays
from afterword.domain.you import You
from afterword.formats.backup import MOST_VERSION, VERSION, dump_backup, read_backup
from afterword.store import backups
from afterword.store.database import open_database
from afterword.store.guest import GuestRepository
from afterword.store.memory import MemoryRepository
from afterword.store.repository import OWNER
from afterword.store.sql import SqlRepository
from tests.desk.cast import (
    ALICE,
    CHARLIE,
    FERNBRIDGE,
    HANDBOOK,
    NOW,
    Meanwhile,
    SetClock,
    at,
    desk_of,
    entry,
    note,
    step_of,
)
from tests.domain.strategies import situations
from tests.formats.test_backup import LARGE, OLD_FORMS
from tests.store.examples import everything

LATER = NOW + timedelta(days=2)
NAME = "afterword.sqlite3"
YOU = You(name="Alice Ashby", zone="America/New_York", country="US")


@pytest.fixture
def full(desk, clock):
    """Alice's desk with an edited application, one taken-back entry, a deleted application, and herself."""
    desk.introduce(YOU)
    case = desk.add(FERNBRIDGE)
    desk.tick(case.id, step_of(case).id)
    desk.untick(case.id, step_of(desk.open(case.id)).id)
    desk.correct(replace(desk.open(case.id).application, role="Planner"), 1)
    deleted = desk.add(replace(FERNBRIDGE, company="Harbour"))
    desk.delete(deleted.id)
    desk.answer("email-when", "friday")
    desk.practise_on(desk.practise_anew())
    clock.moment = LATER
    return desk


@pytest.fixture
def charlies(repository, clock):
    """Charlie's desk on the same store."""
    desk = desk_of(CHARLIE, repository, clock)
    desk.introduce(You(name="Charlie"))
    desk.add(replace(FERNBRIDGE, company="Charlie's"))
    desk.answer("email-when", "tuesday")
    return desk


def held(repository, owner=ALICE):
    """Everything of an owner, whenever it is looked at."""
    return repository.backup(owner, NOW)


def file_of(repository):
    """The SQLite file that a store lies in, None for any other store."""
    return backups.sqlite_file(repository._engine.url) if isinstance(repository, SqlRepository) else None


def automatic(repository, owner=ALICE):
    """The automatic backups beside a SQLite file, read; None for any other store."""
    file = file_of(repository)
    if file is None:
        return None
    return [
        (path.name.split("-")[1], read_backup(path.read_bytes())) for path in backups.backups_of(file, owner)
    ]


def refused(act):
    with pytest.raises(InvalidApplication) as caught:
        act()
    return [str(problem) for problem in caught.value.problems]


# Taking along


def test_a_backup_holds_everything_and_when_it_was_made(full, repository):
    backup = read_backup(full.backup())
    assert backup == replace(held(repository), made_at=LATER)
    assert (backup.you, backup.version) == (YOU, VERSION)
    fernbridge, harbour = sorted(backup.applications, key=lambda saved: saved.application.company)
    assert (fernbridge.version, fernbridge.application.role, fernbridge.deleted_at) == (2, "Planner", None)
    assert [e.withdrawn_at for e in fernbridge.application.log] == [NOW]
    assert (harbour.application.company, harbour.deleted_at) == ("Harbour", NOW)


def test_nothing_of_charlies_is_in_it(full, charlies):
    assert b"Charlie" not in full.backup()
    assert b"Fernbridge" not in charlies.backup()


def test_a_backup_changes_nothing(full, repository):
    before = held(repository)
    full.backup()
    assert held(repository) == before
    assert not automatic(repository)


def test_a_zone_that_only_the_browser_told_is_not_in_it(repository):
    desk = desk_of(ALICE, repository, SetClock(), zone="Asia/Tokyo")
    assert read_backup(desk.backup()).you == You()


# Bringing back


def test_an_empty_desk_is_filled_again(full, repository, clock):
    data, before = full.backup(), held(repository)
    full.erase()
    assert not full.has_any()
    done = full.restore_backup(data)
    assert (done.new, done.changed, done.same, done.gone, done.you) == (2, 0, 0, 0, True)
    assert held(repository) == before
    assert full.you() == YOU
    assert [aside.application.company for aside in full.deleted()] == ["Harbour"]
    clock.moment = NOW + timedelta(days=31)
    assert full.purge() == 1


@pytest.mark.parametrize("instead", [False, True])
def test_bringing_back_what_is_here_changes_nothing(full, repository, instead):
    before = held(repository)
    done = full.restore_backup(full.backup(), instead)
    assert (done.same, done.changes_nothing) == (2, True)
    assert held(repository) == before


def test_merging_keeps_what_is_here_and_adds_what_is_not(full, repository):
    data, harbour = full.backup(), full.deleted()[0].application
    (case,) = full.today().cases
    full.correct(replace(case.application, role="Editor"), case.version)
    full.log(case.id, note("e9"))
    full.restore(str(harbour.id))
    new = full.add(replace(FERNBRIDGE, company="New"))
    before = held(repository)
    assert full.restore_backup(data).changes_nothing
    assert held(repository) == before
    assert full.open(new.id) == new


@pytest.mark.usefixtures("charlies")
def test_replacing_brings_back_exactly_what_was(full, repository):
    data, before, theirs = full.backup(), held(repository), held(repository, CHARLIE)
    (case,) = full.today().cases
    full.log(case.id, note("e9"))
    full.restore(str(full.deleted()[0].application.id))
    full.add(replace(FERNBRIDGE, company="New"))
    full.introduce(You(name="Another"))
    foreseen = full.preview_restore(data, True)
    assert (foreseen.new, foreseen.changed, foreseen.same, foreseen.gone) == (0, 2, 0, 1)
    assert full.restore_backup(data, True) == foreseen
    versions = {saved.id: saved.version for saved in held(repository).applications}
    again = tuple(replace(saved, version=versions[saved.id]) for saved in before.applications)
    assert held(repository) == replace(before, applications=again)
    assert all(versions[saved.id] >= saved.version for saved in before.applications)
    assert held(repository, CHARLIE) == theirs


def test_a_form_that_was_open_before_a_restore_does_not_overwrite_it(full):
    data = full.backup()
    (case,) = full.today().cases
    form = full.correct(replace(case.application, role="Editor"), case.version)
    full.restore_backup(data, True)
    again = full.open(case.id)
    assert again.application.role == "Planner"
    assert again.version > form.version


def test_an_application_deleted_by_mistake_comes_back(full):
    data = full.backup()
    (case,) = full.today().cases
    full.delete(case.id)
    done = full.restore_backup(data)
    assert (done.new, done.changed, done.same) == (0, 1, 1)
    assert full.open(case.id).application == case.application


def test_a_preview_changes_nothing_and_foretells_what_is_done(full, repository):
    data = (OLD_FORMS / "1.json").read_bytes()
    for instead in (False, True):
        before = held(repository)
        foreseen = full.preview_restore(data, instead)
        assert held(repository) == before
        assert full.restore_backup(data, instead) == foreseen


def test_plain_applications_of_old_are_taken_up_once(full, repository):
    data, you = (OLD_FORMS / "0-list.json").read_bytes(), full.you()
    assert full.restore_backup(data).new == 3
    once = held(repository)
    assert full.restore_backup(data).changes_nothing
    assert held(repository) == once
    assert full.you() == you
    assert full.restore_backup(data, True).gone == 2
    assert full.you() == you


def test_everything_that_was_brought_back_can_be_worked_with(full):
    full.erase()
    full.restore_backup((OLD_FORMS / "0.json").read_bytes())
    for case in full.today().cases:
        full.log(case.id, note(None, NOW))
        edited = full.correct(replace(full.open(case.id).application, role="Editor"), case.version)
        assert full.close(edited.id, Outcome(result=Result.NO_ANSWER, at=LATER)).outcome_set
        full.delete(edited.id)
        assert full.restore(edited.id).application.role == "Editor"


def test_an_application_with_the_highest_number_of_edits_can_be_edited_and_taken_along(desk):
    item = {"version": MOST_VERSION, "application": {"company": "F", "id": "a1"}}
    whole = {"afterword": "backup", "version": 1, "made_at": None, "you": {}, "applications": [item]}
    desk.restore_backup(json.dumps(whole).encode())
    edited = desk.correct(replace(desk.open("a1").application, role="Editor"), MOST_VERSION)
    assert edited.version == MOST_VERSION + 1
    assert read_backup(desk.backup()).applications[0].application == edited.application
    desk.restore_backup(desk.backup(), True)
    assert desk.open("a1").version >= MOST_VERSION


def test_a_restore_that_fails_changes_nothing(full, repository, clock):
    data, before = (OLD_FORMS / "1.json").read_bytes(), held(repository)

    def fails():
        raise StoreUnavailable("No backup could be written first, so nothing was changed: disk full")

    broken = desk_of(ALICE, Meanwhile(repository, "keep_backup", fails), clock)
    with pytest.raises(StoreUnavailable, match="disk full"):
        broken.restore_backup(data, True)
    assert held(repository) == before
    assert full.preview_restore(data).new == 2


def test_a_disk_that_is_full_stops_a_restore_before_it_begins(full, repository, tmp_path):
    if file_of(repository) is None:
        pytest.skip("no file of its own is written beside it")
    before = held(repository)
    (tmp_path / "backups").write_text("where the folder should be", "utf-8")
    for act in (full.restore_backup, full.import_application):
        data = b"[]" if act == full.restore_backup else b'{"company": "F"}'
        with pytest.raises(StoreUnavailable, match="nothing was changed"):
            act(data)
    assert held(repository) == before


HOSTILE = {
    "nothing": b"",
    "half": dump_backup(held(MemoryRepository()))[:-9],
    "deep": b"[" * 10_000,
    "utf-16": '[{"company": "F"}]'.encode("utf-16"),
    "latin-1": '[{"company": "Käse"}]'.encode("latin-1"),
    "nul": b'[{"company": "a\0b"}]',
    "ids twice": b'[{"company": "F", "id": "a1"}, {"company": "G", "id": "a1"}]',
    "entry ids twice": json.dumps(
        [{"company": "F", "log": [{"kind": "note", "at": "2026-11-03T15:00:00Z", "id": "e1"}] * 2}]
    ).encode(),
    "huge number": b'{"version": 1' + b"0" * 4_000 + b', "applications": []}',
    "wrong types": b'{"applications": [3, "text", null, [], {}, true]}',
    "one bad among good": b'[{"company": "F"}, {"company": "G"}, {"company": 3}]',
    "of tomorrow": b'{"afterword": "backup", "version": 99, "applications": []}',
    "one application": b'{"company": "F"}',
    "fifty megabytes": LARGE["fifty megabytes of lists"][0](),
    "a long text": LARGE["one text of fifty megabytes"][0](),
}


@pytest.mark.usefixtures("charlies")
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("instead", [False, True])
def test_a_hostile_file_changes_nothing(full, repository, name, instead):
    before, theirs = held(repository), held(repository, CHARLIE)
    for act in (full.preview_restore, full.restore_backup):
        assert refused(lambda act=act: act(HOSTILE[name], instead))
    assert (held(repository), held(repository, CHARLIE)) == (before, theirs)
    assert not automatic(repository)


# Automatic backups


def test_before_each_restore_everything_is_written_to_an_automatic_backup(full, repository, clock):
    before = held(repository)
    full.restore_backup((OLD_FORMS / "1.json").read_bytes(), True)
    if automatic(repository) is None:
        return
    ((reason, kept),) = automatic(repository)
    assert (reason, kept) == ("restore", replace(before, made_at=LATER))
    clock.moment += timedelta(hours=1)
    full.restore_backup(dump_backup(kept), True)
    assert len(automatic(repository)) == 2
    assert [saved.application for saved in held(repository).applications] == [
        saved.application for saved in before.applications
    ]


def test_before_each_import_too_and_the_last_ten_are_kept(full, repository, clock):
    for number in range(12):
        clock.moment += timedelta(hours=1)
        full.import_application(b'{"company": "New %d"}' % number)
    if automatic(repository) is None:
        return
    found = automatic(repository)
    assert [reason for reason, _ in found] == ["import"] * 10
    assert [len(kept.applications) for _, kept in found] == list(range(4, 14))


def test_no_automatic_backup_is_made_by_anything_else(full, repository):
    full.preview_restore(b"[]")
    full.export(full.today().cases[0].id)
    refused(lambda: full.import_application(b"{}"))
    assert not automatic(repository)


# One application


def test_one_application_is_taken_along_and_taken_up_elsewhere(full, clock):
    (case,) = full.today().cases
    data = full.export(case.id)
    assert json.loads(data)["company"] == "Fernbridge"
    other = desk_of(ALICE, MemoryRepository(), clock)
    assert other.import_application(data).application == case.application


def test_an_application_that_is_here_or_was_deleted_is_not_taken_up_again(full, repository):
    here, deleted = full.today().cases[0].id, str(full.deleted()[0].application.id)
    before = held(repository)
    for known in (here, deleted):
        data = json.dumps({"company": "F", "id": known}).encode()
        lines = refused(lambda data=data: full.import_application(data))
        assert lines == ["id: is the id of an application that is here or was deleted; leave it out"]
    assert held(repository) == before


def test_an_application_without_ids_is_taken_up_with_new_ones(desk):
    data = b'{"company": "F", "rounds": [{"label": "Panel", "ended_at": "2026-11-03"}]}'
    first, second = desk.import_application(data), desk.import_application(data)
    assert first.id != second.id
    assert first.application.rounds[0].id


def test_own_zone_decides_where_an_application_names_none(desk):
    round = {"label": "Panel", "ended_at": "2026-11-03T20:00:00Z", "promise": {"reply_by": "2026-11-03"}}
    data = json.dumps({"company": "F", "rounds": [round]}).encode()
    desk.introduce(You(zone="Asia/Tokyo"))
    assert refused(lambda: desk.import_application(data)) == [
        "rounds[0].promise.reply_by: 2026-11-03 is before the interview on 2026-11-04"
    ]
    desk.introduce(You(zone="Europe/London"))
    case = desk.import_application(data)
    desk.introduce(You(zone="Asia/Tokyo"))  # Alice moves, and her backup is none the worse for it
    kept = desk.backup()
    desk.erase()
    desk.restore_backup(kept)
    assert desk.open(case.id).application == case.application


@pytest.mark.parametrize(
    "name", ["nothing", "deep", "utf-16", "latin-1", "nul", "fifty megabytes", "a long text"]
)
def test_a_hostile_application_changes_nothing(full, repository, name):
    before = held(repository)
    assert refused(lambda: full.import_application(HOSTILE[name]))
    assert held(repository) == before


@pytest.mark.parametrize("id", ["no such application", "", "Charlie's"])
def test_nothing_but_ones_own_can_be_taken_along(full, charlies, id):
    wanted = charlies.today().cases[0].id if id == "Charlie's" else id
    with pytest.raises(UnknownApplication):
        full.export(wanted)


# Erasing


def test_everything_of_alice_is_erased_and_nothing_of_charlie(full, charlies, repository, tmp_path):
    charlies.restore_backup(charlies.backup())
    full.restore_backup(full.backup())
    theirs, copies = held(repository, CHARLIE), automatic(repository, CHARLIE)
    full.erase()
    assert (full.today().cases, full.deleted(), full.has_any()) == ((), (), False)
    assert (full.you(), full.practice().seen) == (You(zone="UTC"), 0)
    assert not automatic(repository)
    assert (held(repository, CHARLIE), automatic(repository, CHARLIE)) == (theirs, copies)
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or b"Ashby" not in path.read_bytes()


def test_after_it_was_erased_the_desk_can_be_used_on(full):
    full.erase()
    case = full.add(FERNBRIDGE)
    assert full.tick(case.id, step_of(case).id).kind == EntryKind.THANK_YOU
    full.introduce(YOU)
    assert full.you() == YOU


def test_a_guests_browser_hears_of_what_was_brought_back_and_erased():
    guests = GuestRepository()
    desk = desk_of(OWNER, guests)
    desk.introduce(YOU)
    kept, gone = desk.add(FERNBRIDGE), desk.add(replace(FERNBRIDGE, company="Harbour"))
    first = desk.answer("email-when", "friday")
    data = desk.backup()
    second = desk.answer("email-when", "tuesday")
    desk.delete(kept.id)
    new = desk.add(replace(FERNBRIDGE, company="New"))
    turn = guests.turn
    desk.restore_backup(data, True)
    texts = guests.changes(turn)
    assert texts[f"application/{new.id}"] is None
    assert json.loads(texts[f"application/{kept.id}"])["deleted_at"] is None
    assert f"application/{gone.id}" not in texts
    assert texts[f"practice/{second.id}"] is None
    assert f"practice/{first.id}" not in texts
    turn = guests.turn
    desk.erase()
    assert guests.changes(turn) == {
        f"application/{kept.id}": None,
        f"application/{gone.id}": None,
        f"practice/{first.id}": None,
        "you": "{}",
    }


# What holds whatever is kept

NUMBERS = count()
SOME = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
YOUS = st.builds(
    You,
    name=st.none() | st.sampled_from(["Alice", "Alice Ashby"]),
    zone=st.sampled_from([None, "Asia/Tokyo", "Europe/London"]),
    country=st.sampled_from([None, "US", "JP"]),
)


CHOICES = st.sampled_from([(s.id, option.id) for s in HANDBOOK.scenarios[:3] for option in s.options])


@st.composite
def kept(draw):
    """What somebody may have: up to three applications of a few ids, edited, logged in, deleted or not; answers."""
    acts = []
    for id in draw(st.lists(st.sampled_from(["a1", "a2", "a3", "a4"]), unique=True, max_size=3)):
        situation = draw(situations())
        application = situation.application
        log = tuple(
            replace(e, id=f"e{draw(st.integers(0, 3))}-{number}") for number, e in enumerate(application.log)
        )
        act = (
            replace(application, id=id, log=log),
            situation.zone,
            draw(st.integers(0, 3)),
            draw(st.booleans()),
        )
        acts.append(act)
    return draw(YOUS), acts, draw(st.lists(CHOICES, max_size=4))


def fill(desk, what):
    """Do all that at a desk, whose owner is where each application was kept, and somewhere else in the end."""
    you, acts, choices = what
    for application, zone, edits, deleted in acts:
        desk.introduce(You(zone=zone))
        case = desk.add(application)
        for number in range(edits):
            case = desk.correct(replace(case.application, role=f"role {number}"), case.version)
        if deleted:
            desk.delete(case.id)
    for scenario, option in choices:
        desk.answer(scenario, option)
    desk.introduce(you)


@pytest.fixture(scope="module", params=["memory", "sqlite"])
def two_stores(request, tmp_path_factory):
    """Two stores for many examples, each of which has an owner of its own."""
    if request.param == "memory":
        yield MemoryRepository(), MemoryRepository()
        return
    engines = [open_database(f"sqlite:///{tmp_path_factory.mktemp('store') / NAME}", NOW) for _ in range(2)]
    yield tuple(SqlRepository(engine) for engine in engines)
    for engine in engines:
        engine.dispose()


def desks(stores):
    """A desk on each store, of somebody who has nothing there yet, at a moment after everything in the examples."""
    owner, clock = f"alice {next(NUMBERS)}", SetClock(at("2031-01-01 12:00"))
    return owner, [desk_of(owner, store, clock) for store in stores]


@given(kept())
@SOME
def test_what_is_kept_comes_back_equal_in_an_empty_store(two_stores, what):
    owner, (here, there) = desks(two_stores)
    fill(here, what)
    there.restore_backup(here.backup())
    assert held(two_stores[1], owner) == held(two_stores[0], owner)
    assert there.backup() == here.backup()
    there.erase()
    there.restore_backup(here.backup(), True)
    assert there.backup() == here.backup()


@given(kept(), kept(), st.booleans())
@SOME
def test_bringing_back_twice_is_as_once(two_stores, mine, theirs, instead):
    owner, (here, there) = desks(two_stores)
    fill(here, mine)
    fill(there, theirs)
    here.restore_backup(there.backup(), instead)
    once = held(two_stores[0], owner)
    assert here.restore_backup(there.backup(), instead).changes_nothing
    assert held(two_stores[0], owner) == once


@given(kept(), kept())
@SOME
def test_merging_loses_nothing_of_either_side(two_stores, mine, theirs):
    owner, (here, there) = desks(two_stores)
    fill(here, mine)
    fill(there, theirs)
    sides = [{s.id: s for s in held(store, owner).applications} for store in two_stores]
    foreseen = here.preview_restore(there.backup())
    assert here.restore_backup(there.backup()) == foreseen
    both = {s.id: s for s in held(two_stores[0], owner).applications}
    assert set(both) == set(sides[0]) | set(sides[1])
    assert (foreseen.new, foreseen.gone) == (len(set(sides[1]) - set(sides[0])), 0)
    for id, after in both.items():
        before = [side[id] for side in sides if id in side]
        assert nothing_is_lost(before, after)


def nothing_is_lost(before, after):
    """Every entry is there, taken back if it was anywhere; the document is that of a side with the most edits."""
    entries = {e.id: e for e in after.application.log}
    for side in before:
        for logged in side.application.log:
            assert logged.id in entries
            assert entries[logged.id].withdrawn_at or not logged.withdrawn_at
    most = max(side.version for side in before)
    documents = [replace(side.application, log=()) for side in before if side.version == most]
    assert replace(after.application, log=()) in documents
    assert after.version == most
    assert (after.deleted_at is None) == any(side.deleted_at is None for side in before)
    return True


@given(kept(), kept())
@SOME
def test_whatever_was_merged_has_a_plan_and_can_be_taken_along_again(two_stores, mine, theirs):
    owner, (here, there) = desks(two_stores)
    fill(here, mine)
    fill(there, theirs)
    here.restore_backup(there.backup())
    assert read_backup(here.backup()).applications == held(two_stores[0], owner).applications
    for saved in held(two_stores[0], owner).applications:
        application = saved.application
        make_plan(application, here.now(), HANDBOOK, Workdays(application.country), application.zone or "UTC")


@given(kept(), kept())
@SOME
def test_replacing_leaves_exactly_what_was_brought(two_stores, mine, theirs):
    owner, (here, there) = desks(two_stores)
    fill(here, mine)
    fill(there, theirs)
    here.restore_backup(there.backup(), True)
    after, wanted = (held(store, owner) for store in two_stores)
    assert after.you == wanted.you
    assert [(s.application, s.deleted_at) for s in after.applications] == [
        (s.application, s.deleted_at) for s in wanted.applications
    ]


def test_what_every_field_holds_is_brought_back(desk, repository):
    whole = everything()
    sound = replace(whole, log=(entry(EntryKind.REPLY, whole.log[0].at, id="e1"), *whole.log[1:]))
    desk.add(sound)
    data, before = desk.backup(), held(repository)
    desk.erase()
    desk.restore_backup(data)
    assert held(repository) == before
    assert desk.open("full").application == sound


def test_an_application_may_be_without_anything_but_its_company(desk, repository):
    desk.add(Application(company="F"))
    before = held(repository)
    data = desk.backup()
    desk.erase()
    desk.restore_backup(data)
    assert held(repository) == before
