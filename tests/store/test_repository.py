"""What every store keeps to, in memory and in a SQLite file alike."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, update

from afterword.domain.errors import (
    DeletedApplication,
    SomebodyWasFirst,
    StoreUnavailable,
    UnknownApplication,
    UnknownEntry,
)
from afterword.domain.model import Application, Entry, EntryKind
from afterword.domain.you import You
from afterword.formats.application_json import dump_entry
from afterword.store.repository import Kept
from afterword.store.sql import SqlRepository
from afterword.store.tables import APPLICATIONS, ENTRIES
from tests.desk.cast import ALICE, BOB, CHARLIE, note
from tests.store.examples import KOLKATA, NOW, ODD_TEXTS, empty_fields, everything

FERNBRIDGE = Application(id="a1", company="Fernbridge")
UNKNOWN = (UnknownApplication, UnknownEntry)

# Every method that names one application, as somebody would call it.
CALLS = {
    "get": lambda repository, owner: repository.get(owner, "a1"),
    "open": lambda repository, owner: repository.open(owner, "a1"),
    "replace": lambda repository, owner: repository.replace(owner, replace(FERNBRIDGE, role="X"), 1, NOW),
    "append": lambda repository, owner: repository.append(owner, "a1", note("e9")),
    "append after": lambda repository, owner: repository.append(owner, "a1", note("e9"), seen=1),
    "append after none": lambda repository, owner: repository.append(owner, "a1", note("e9"), seen=0),
    "append again": lambda repository, owner: repository.append(owner, "a1", note("e1"), seen=7),
    "amend": lambda repository, owner: repository.amend(owner, "a1", note("e1", text="changed")),
    "amend from": lambda repository, owner: repository.amend(owner, "a1", note("e1", text="x"), note("e1")),
    "delete": lambda repository, owner: repository.delete(owner, "a1", NOW),
}


def companies(repository, owner):
    return [kept.application.company for kept in repository.all(owner)]


def log_of(repository, owner=ALICE, id="a1"):
    return repository.get(owner, id).application.log


@pytest.fixture
def kept(repository):
    """A store in which Alice has an application with one entry."""
    repository.add(ALICE, replace(FERNBRIDGE, log=(note("e1"),)), NOW)
    return repository


# Keeping and finding


def test_the_example_leaves_nothing_empty():
    assert list(empty_fields(everything())) == []


def test_an_application_with_everything_filled_in_comes_back_equal(repository):
    added = repository.add(ALICE, everything(), NOW)
    assert added.application == everything()
    assert repository.get(ALICE, "full").application == everything()
    assert [kept.application for kept in repository.all(ALICE)] == [everything()]


def test_times_come_back_with_their_offset_and_days_as_days(repository):
    repository.add(ALICE, everything(), NOW)
    given, found = everything(), repository.get(ALICE, "full").application
    assert [r.ended_at.isoformat() for r in found.rounds] == [r.ended_at.isoformat() for r in given.rounds]
    assert [e.at.isoformat() for e in found.log] == [e.at.isoformat() for e in given.log]
    assert found.outcome.at.utcoffset() == given.outcome.at.utcoffset()


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_letters_stay_as_they_were_typed(repository, text):
    repository.add(ALICE, Application(id="a1", company=text, log=(note("e1", text=text),)), NOW)
    repository.append(ALICE, "a1", note("e2", to=text))
    repository.keep_you(ALICE, You(name=text))
    found = repository.get(ALICE, "a1").application
    assert (found.company, found.log[0].text, found.log[1].to) == (text, text, text)
    assert repository.you(ALICE).name == text


def test_even_ids_and_owners_may_hold_odd_letters(repository, odd_ids):
    for owner in odd_ids:
        repository.add(owner, Application(id=owner, company="Fernbridge"), NOW)
    assert [repository.get(owner, owner).version for owner in odd_ids] == [1] * len(odd_ids)
    assert all(len(repository.all(owner)) == 1 for owner in odd_ids)


def test_an_id_that_postgresql_cannot_hold_is_nobodys_there(postgresql_engine):
    store = SqlRepository(postgresql_engine)
    with pytest.raises(UnknownApplication):
        store.get(ALICE, "a\0b")
    with pytest.raises(StoreUnavailable, match=r"is as it was, since it failed: .*NUL"):
        store.add(ALICE, Application(id="a\0b", company="Fernbridge"), NOW)
    assert store.all(ALICE) == ()
    store.add(ALICE, FERNBRIDGE, NOW)
    with pytest.raises(StoreUnavailable, match=r"is as it was, since it failed: .*NUL"):
        store.append(ALICE, "a1", note("e\0"))
    assert store.get(ALICE, "a1").application.log == ()


def test_an_empty_store_has_nothing_of_anybody(repository):
    assert repository.all(ALICE) == ()
    assert repository.you(ALICE) == You()
    with pytest.raises(UnknownApplication):
        repository.get(ALICE, "a1")


def test_adding_the_same_id_twice_changes_nothing(kept):
    again = kept.add(ALICE, Application(id="a1", company="Another", log=(note("e2"),)), NOW)
    assert (again.application.company, again.version) == ("Fernbridge", 1)
    assert kept.all(ALICE) == (again,)
    assert [entry.id for entry in again.application.log] == ["e1"]


def test_applications_stand_in_the_order_of_their_ids(repository):
    for id in ("b", "c", "a"):
        repository.add(ALICE, Application(id=id, company=id.upper()), NOW)
    assert companies(repository, ALICE) == ["A", "B", "C"]


# Editing


def test_an_edit_is_kept_and_counts_the_version_up(kept):
    edited = kept.replace(ALICE, replace(FERNBRIDGE, role="Analyst"), 1, NOW)
    assert (edited.application.role, edited.version) == ("Analyst", 2)
    assert kept.get(ALICE, "a1") == edited
    assert kept.replace(ALICE, FERNBRIDGE, 2, NOW).version == 3


def test_an_edit_of_everything_comes_back_equal(kept):
    edited = replace(everything("a1"), log=())
    assert replace(kept.replace(ALICE, edited, 1, NOW).application, log=()) == edited


@pytest.mark.parametrize("version", [0, 1, 3, -1])
def test_an_edit_of_another_version_is_refused_and_changes_nothing(kept, version):
    before = kept.replace(ALICE, replace(FERNBRIDGE, role="Analyst"), 1, NOW)
    with pytest.raises(SomebodyWasFirst):
        kept.replace(ALICE, replace(FERNBRIDGE, role="Planner"), version, NOW)
    assert kept.get(ALICE, "a1") == before


def test_an_edit_leaves_the_log_as_it_is(kept):
    kept.append(ALICE, "a1", note("e2"))
    edited = kept.replace(ALICE, replace(FERNBRIDGE, log=(note("e7"),)), 1, NOW)
    assert [entry.id for entry in edited.application.log] == ["e1", "e2"]
    assert [entry.id for entry in log_of(kept)] == ["e1", "e2"]


def test_the_log_does_not_count_the_version_up(kept):
    kept.append(ALICE, "a1", note("e2"))
    kept.amend(ALICE, "a1", note("e2", text="changed"))
    assert kept.get(ALICE, "a1").version == 1


# The log


def test_an_appended_entry_stands_in_the_log_whole(kept):
    whole = replace(everything().log[0], id="e0")
    kept.append(ALICE, "a1", whole)
    assert whole in log_of(kept)
    assert len(log_of(kept)) == 2


def test_appending_the_same_id_twice_logs_once(kept):
    kept.append(ALICE, "a1", note("e2", text="first"))
    kept.append(ALICE, "a1", note("e2", text="second"))
    assert [entry.text for entry in log_of(kept)] == [None, "first"]


def test_the_same_entry_id_may_stand_in_two_applications(kept):
    kept.add(ALICE, Application(id="a2", company="Tidewater"), NOW)
    kept.append(ALICE, "a2", note("e1", text="there"))
    assert [entry.text for entry in log_of(kept)] == [None]
    assert [entry.text for entry in log_of(kept, id="a2")] == ["there"]


def test_entries_stand_in_the_order_of_time(repository):
    repository.add(
        ALICE, replace(FERNBRIDGE, log=(note("e1", NOW), note("e0", NOW - timedelta(days=2)))), NOW
    )
    repository.append(ALICE, "a1", note("e3", NOW - timedelta(days=1)))
    assert [entry.id for entry in log_of(repository)] == ["e0", "e3", "e1"]
    repository.amend(ALICE, "a1", note("e0", NOW + timedelta(days=1)))
    assert [entry.id for entry in log_of(repository)] == ["e3", "e1", "e0"]
    assert repository.all(ALICE)[0].application.log == log_of(repository)


def test_an_amended_entry_takes_the_place_of_the_old_one(kept):
    changed = Entry(id="e1", kind=EntryKind.CHECK_IN, at=NOW - timedelta(days=1), withdrawn_at=NOW)
    kept.amend(ALICE, "a1", changed)
    assert log_of(kept) == (changed,)
    kept.amend(ALICE, "a1", replace(changed, withdrawn_at=None))
    assert log_of(kept) == (replace(changed, withdrawn_at=None),)


def test_an_entry_that_is_not_there_cannot_be_amended(kept):
    with pytest.raises(UnknownEntry):
        kept.amend(ALICE, "a1", note("e9"))
    assert log_of(kept) == (note("e1"),)


def test_nothing_can_be_appended_to_an_application_that_is_not_there(kept):
    with pytest.raises(UnknownApplication):
        kept.append(ALICE, "a2", note("e2"))
    with pytest.raises(UNKNOWN):
        kept.amend(ALICE, "a2", note("e1"))
    assert log_of(kept) == (note("e1"),)


# The log, where two write at once


def test_an_entry_is_appended_to_as_many_as_were_seen(kept):
    kept.append(ALICE, "a1", note("e2"), seen=1)
    kept.append(ALICE, "a1", note("e3"), seen=2)
    assert [entry.id for entry in log_of(kept)] == ["e1", "e2", "e3"]


def test_an_entry_thought_of_before_an_edit_is_refused_and_one_after_it_is_kept(kept):
    kept.replace(ALICE, FERNBRIDGE, 1, NOW)
    changed = note("e1", text="changed")
    for write in (
        lambda version: kept.append(ALICE, "a1", note("e2"), version=version),
        lambda version: kept.append(ALICE, "a1", note("e3"), 2, version),
        lambda version: kept.amend(ALICE, "a1", changed, note("e1"), version),
        lambda version: kept.amend(ALICE, "a1", changed, version=version),
    ):
        before = kept.get(ALICE, "a1")
        with pytest.raises(SomebodyWasFirst):
            write(1)
        assert kept.get(ALICE, "a1") == before
        write(2)
    assert set(kept.get(ALICE, "a1").application.log) == {changed, note("e2"), note("e3")}


@pytest.mark.parametrize("seen", [0, 2, -1, 99])
def test_an_entry_thought_of_before_another_came_is_refused(kept, seen):
    with pytest.raises(SomebodyWasFirst):
        kept.append(ALICE, "a1", note("e2"), seen=seen)
    assert log_of(kept) == (note("e1"),)


@pytest.mark.parametrize("seen", [0, 1, 2])
def test_an_entry_that_is_there_already_changes_nothing_however_many_were_seen(kept, seen):
    kept.append(ALICE, "a1", note("e1", text="again"), seen=seen)
    assert log_of(kept) == (note("e1"),)


def test_entries_that_were_taken_back_count_among_those_seen(kept):
    kept.amend(ALICE, "a1", note("e1", withdrawn_at=NOW))
    with pytest.raises(SomebodyWasFirst):
        kept.append(ALICE, "a1", note("e2"), seen=0)
    kept.append(ALICE, "a1", note("e2"), seen=1)
    assert [entry.id for entry in log_of(kept)] == ["e1", "e2"]


def test_only_the_entries_of_the_same_application_and_owner_are_seen(kept):
    kept.add(ALICE, Application(id="a2", company="Tidewater", log=(note("e1"), note("e2"))), NOW)
    kept.add(BOB, replace(FERNBRIDGE, log=(note("e1"), note("e2"), note("e3"))), NOW)
    kept.append(ALICE, "a1", note("e2"), seen=1)
    assert [len(log_of(kept)), len(log_of(kept, id="a2")), len(log_of(kept, BOB))] == [2, 2, 3]


def test_an_entry_is_amended_from_what_stood_there(kept):
    first, second = note("e1", text="first"), note("e1", text="second", withdrawn_at=NOW)
    kept.amend(ALICE, "a1", first, note("e1"))
    kept.amend(ALICE, "a1", second, first)
    assert log_of(kept) == (second,)


def test_an_entry_that_was_changed_since_is_not_amended(kept):
    taken_back = note("e1", withdrawn_at=NOW)
    kept.amend(ALICE, "a1", taken_back)
    with pytest.raises(SomebodyWasFirst):
        kept.amend(ALICE, "a1", note("e1", text="corrected"), note("e1"))
    assert log_of(kept) == (taken_back,)


def test_an_entry_that_never_was_is_unknown_whatever_stood_there(kept):
    with pytest.raises(UnknownEntry):
        kept.amend(ALICE, "a1", note("e9"), note("e9"))
    with pytest.raises(UNKNOWN):
        kept.amend(ALICE, "a2", note("e1"), note("e1"))
    assert log_of(kept) == (note("e1"),)


def test_the_same_moment_told_in_another_zone_is_no_change(repository):
    logged = everything().log[0]
    repository.add(ALICE, everything(), NOW)
    elsewhere = replace(logged, at=logged.at.astimezone(NOW.tzinfo))
    repository.amend(ALICE, "full", replace(logged, text="changed"), elsewhere)
    assert log_of(repository, id="full")[0].text == "changed"


# Opening


def test_an_application_is_opened_with_its_log_and_its_owner(repository):
    repository.add(ALICE, everything(), NOW)
    alice = You(name="Alice Ashby", zone="America/New_York", country="US")
    assert repository.open(ALICE, "full") == (Kept(everything(), 1), You())
    repository.keep_you(ALICE, alice)
    assert repository.open(ALICE, "full") == (repository.get(ALICE, "full"), alice)


def test_an_application_without_a_log_is_opened_by_itself_however_many_there_are(repository):
    for id in ("a1", "a2", "a3"):
        log = (note("e1"), note("e2")) if id == "a2" else ()
        repository.add(ALICE, Application(id=id, company=id, log=log), NOW)
    repository.keep_you(BOB, You(name="Bob"))
    assert repository.open(ALICE, "a1") == (Kept(Application(id="a1", company="a1"), 1), You())
    assert len(repository.open(ALICE, "a2")[0].application.log) == 2


def test_applications_are_counted_for_each_owner_without_the_deleted(kept):
    kept.add(ALICE, Application(id="a2", company="Tidewater"), NOW)
    kept.add(BOB, Application(id="a3", company="Harbour"), NOW)
    assert [kept.count(owner) for owner in (ALICE, BOB, CHARLIE)] == [2, 1, 0]
    kept.delete(ALICE, "a1", NOW)
    assert [kept.count(owner) for owner in (ALICE, BOB, CHARLIE)] == [1, 1, 0]
    kept.restore(ALICE, "a1")
    assert kept.count(ALICE) == 2


# Deleting


def aside(repository, owner=ALICE):
    return [(one.application.id, one.at) for one in repository.deleted(owner)]


def test_what_was_deleted_is_told_with_its_moment_the_latest_first(repository):
    for days, id in ((1, "a"), (3, "b"), (2, "c")):
        repository.add(ALICE, Application(id=id, company=id), NOW)
        repository.delete(ALICE, id, NOW + timedelta(days=days))
    assert aside(repository) == [
        (id, NOW + timedelta(days=days)) for days, id in ((3, "b"), (2, "c"), (1, "a"))
    ]
    repository.restore(ALICE, "c")
    assert [id for id, _ in aside(repository)] == ["b", "a"]


def test_what_was_deleted_is_told_with_everything_but_its_log(repository):
    repository.add(ALICE, everything(), NOW)
    repository.delete(ALICE, "full", everything().log[0].at)
    (found,) = repository.deleted(ALICE)
    assert found.application == replace(everything(), log=())
    assert found.at == everything().log[0].at


def test_what_was_deleted_cannot_be_added_again_and_comes_back_as_it_was(kept):
    before = kept.get(ALICE, "a1")
    kept.delete(ALICE, "a1", NOW)
    with pytest.raises(DeletedApplication):
        kept.add(ALICE, Application(id="a1", company="Another", log=(note("e2"),)), NOW)
    assert (kept.all(ALICE), aside(kept)) == ((), [("a1", NOW)])
    kept.restore(ALICE, "a1")
    assert kept.all(ALICE) == (before,)
    assert aside(kept) == []


def test_moments_of_every_zone_are_told_in_the_order_of_time(repository):
    late, early = NOW, (NOW - timedelta(hours=1)).astimezone(KOLKATA)  # half past four in the afternoon there
    for id, moment in (("a", late), ("b", early), ("c", late + timedelta(microseconds=1))):
        repository.add(ALICE, Application(id=id, company=id), NOW)
        repository.delete(ALICE, id, moment)
    assert [id for id, _ in aside(repository)] == ["c", "a", "b"]


def test_what_was_put_aside_before_a_moment_is_erased_and_nothing_else(repository):
    for hours, id in enumerate(("a", "b", "c")):
        repository.add(ALICE, Application(id=id, company=id, log=(note("e1"),)), NOW)
        repository.delete(ALICE, id, NOW + timedelta(hours=hours))
    repository.add(ALICE, FERNBRIDGE, NOW)
    assert repository.purge(ALICE, NOW) == 0
    assert repository.purge(ALICE, NOW + timedelta(hours=1)) == 1
    assert [id for id, _ in aside(repository)] == ["c", "b"]
    assert repository.purge(ALICE, NOW + timedelta(days=999)) == 2
    assert aside(repository) == []
    assert companies(repository, ALICE) == ["Fernbridge"]


def test_what_was_erased_is_unknown_and_its_id_can_be_used_anew(kept):
    kept.delete(ALICE, "a1", NOW)
    kept.purge(ALICE, NOW + timedelta(seconds=1))
    for call in CALLS.values():
        with pytest.raises(UNKNOWN):
            call(kept, ALICE)
    with pytest.raises(UnknownApplication):
        kept.restore(ALICE, "a1")
    assert kept.add(ALICE, FERNBRIDGE, NOW) == Kept(FERNBRIDGE, 1)


def test_what_was_restored_in_time_is_not_erased(kept):
    before = kept.get(ALICE, "a1")
    kept.delete(ALICE, "a1", NOW)
    kept.restore(ALICE, "a1")
    assert kept.purge(ALICE, NOW + timedelta(days=999)) == 0
    assert kept.get(ALICE, "a1") == before


@pytest.mark.parametrize("call", CALLS)
def test_a_deleted_application_is_unknown_to(kept, call):
    before = kept.get(ALICE, "a1")
    kept.delete(ALICE, "a1", NOW)
    with pytest.raises(UNKNOWN):
        CALLS[call](kept, ALICE)
    kept.restore(ALICE, "a1")
    assert kept.get(ALICE, "a1") == before


def test_a_deleted_application_is_listed_nowhere_and_comes_back_whole(repository):
    repository.add(ALICE, everything(), NOW)
    repository.add(ALICE, FERNBRIDGE, NOW)
    repository.replace(ALICE, everything(), 1, NOW)
    repository.delete(ALICE, "full", NOW)
    assert companies(repository, ALICE) == ["Fernbridge"]
    repository.restore(ALICE, "full")
    assert repository.get(ALICE, "full").application == everything()
    assert repository.get(ALICE, "full").version == 2
    assert len(repository.all(ALICE)) == 2


def test_only_what_was_deleted_can_be_restored(kept):
    for id in ("a1", "a2"):
        with pytest.raises(UnknownApplication):
            kept.restore(ALICE, id)
    assert companies(kept, ALICE) == ["Fernbridge"]


# Whose it is


@pytest.mark.parametrize("call", CALLS)
def test_charlie_gets_nowhere_at_alices_application_by(kept, call):
    before = kept.get(ALICE, "a1")
    with pytest.raises(UNKNOWN):
        CALLS[call](kept, CHARLIE)
    assert kept.get(ALICE, "a1") == before
    assert kept.all(CHARLIE) == ()


def test_charlie_cannot_restore_what_alice_deleted(kept):
    kept.delete(ALICE, "a1", NOW)
    with pytest.raises(UnknownApplication):
        kept.restore(CHARLIE, "a1")
    assert kept.all(ALICE) == kept.all(CHARLIE) == ()


def test_charlie_neither_sees_nor_erases_what_alice_deleted(kept):
    kept.delete(ALICE, "a1", NOW)
    assert kept.deleted(CHARLIE) == ()
    assert kept.purge(CHARLIE, NOW + timedelta(days=999)) == 0
    kept.add(CHARLIE, Application(id="a1", company="Charlie's", log=(note("e1", text="his"),)), NOW)
    kept.delete(CHARLIE, "a1", NOW - timedelta(days=1))
    assert [one.application.company for one in kept.deleted(CHARLIE)] == ["Charlie's"]
    assert kept.purge(CHARLIE, NOW + timedelta(days=999)) == 1
    assert aside(kept) == [("a1", NOW)]
    kept.restore(ALICE, "a1")
    assert log_of(kept) == (note("e1"),)


def test_charlie_opens_nothing_of_alices_not_even_what_she_says_about_herself(kept):
    kept.keep_you(ALICE, You(name="Alice Ashby"))
    kept.add(CHARLIE, Application(id="a1", company="Charlie's"), NOW)
    assert kept.open(CHARLIE, "a1") == (Kept(Application(id="a1", company="Charlie's"), 1), You())


def test_bob_may_use_the_same_ids_as_alice_and_neither_touches_the_others(kept):
    kept.add(BOB, Application(id="a1", company="Tidewater", log=(note("e1", text="bob's"),)), NOW)
    kept.replace(BOB, Application(id="a1", company="Tidewater", role="Planner"), 1, NOW)
    kept.amend(BOB, "a1", note("e1", text="still bob's"))
    kept.append(BOB, "a1", note("e2"))
    assert companies(kept, ALICE) == ["Fernbridge"]
    assert log_of(kept) == (note("e1"),)
    assert kept.get(ALICE, "a1").version == 1
    kept.delete(BOB, "a1", NOW)
    assert companies(kept, ALICE) == ["Fernbridge"]
    kept.restore(BOB, "a1")
    assert [entry.text for entry in log_of(kept, BOB)] == ["still bob's", None]


# The owner


def test_what_owners_say_about_themselves_is_kept_for_each(repository):
    alice = You(name="Alice Ashby", phone="+1 212 555 0100", zone="America/New_York", country="US")
    repository.keep_you(ALICE, alice)
    repository.keep_you(BOB, You(name="Bob"))
    assert repository.you(ALICE) == alice
    assert repository.you(BOB) == You(name="Bob")
    assert repository.you(CHARLIE) == You()


def test_what_owners_say_last_holds(repository):
    repository.keep_you(ALICE, You(name="Alice", country="US"))
    repository.keep_you(ALICE, You(name="Alice Ashby"))
    assert repository.you(ALICE) == You(name="Alice Ashby")


# In a database


@pytest.fixture
def database(engine):
    """A store in a SQLite file in which Alice has an application with everything filled in."""
    repository = SqlRepository(engine)
    repository.add(ALICE, everything(), NOW)
    repository.keep_you(ALICE, You(name="Alice Ashby"))
    return repository


def rows(engine, table):
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


@pytest.mark.parametrize("id", ["full", "no such application"])
def test_opening_an_application_costs_one_statement(database, engine, id):
    said = []
    event.listen(engine, "before_cursor_execute", lambda *about: said.append(about[2]))
    if id == "full":
        database.open(ALICE, id)
    else:
        with pytest.raises(UnknownApplication):
            database.open(ALICE, id)
    assert len(said) == 1


def test_what_was_erased_leaves_no_row_behind(database, engine):
    database.add(ALICE, Application(id="a1", company="Kept", log=(note("e1"),)), NOW)
    database.add(BOB, replace(everything(), company="Bob's"), NOW)
    assert (rows(engine, APPLICATIONS), rows(engine, ENTRIES)) == (3, 5)
    database.delete(ALICE, "full", NOW)
    assert (rows(engine, APPLICATIONS), rows(engine, ENTRIES)) == (3, 5)
    assert database.purge(ALICE, NOW + timedelta(seconds=1)) == 1
    assert (rows(engine, APPLICATIONS), rows(engine, ENTRIES)) == (2, 3)


OLDER_FORMS = {
    "keys in another order": lambda document: json.dumps(dict(reversed(json.loads(document).items()))),
    "letters escaped and spaces": lambda document: json.dumps(json.loads(document), indent=2),
    "unknown things said to be null": lambda document: json.dumps(
        {"text": None, "step": None, "to": None} | json.loads(document)
    ),
    "moments in another zone": lambda document: json.dumps(
        json.loads(document) | {"at": NOW.astimezone(KOLKATA).isoformat()}
    ),
}


@pytest.mark.parametrize("form", OLDER_FORMS)
def test_an_entry_written_in_an_older_form_can_be_amended_from_what_stood_there(database, engine, form):
    (logged,) = (entry for entry in log_of(database, id="full") if entry.id == "e2")
    document = OLDER_FORMS[form](dump_entry(logged))
    assert document != dump_entry(logged)
    with engine.begin() as connection:
        connection.execute(update(ENTRIES).where(ENTRIES.c.id == "e2").values(document=document))
    assert logged in log_of(database, id="full")
    changed, stale = replace(logged, withdrawn_at=NOW), replace(logged, text="as it never was")
    with pytest.raises(SomebodyWasFirst):
        database.amend(ALICE, "full", changed, stale)
    assert logged in log_of(database, id="full")
    database.amend(ALICE, "full", changed, logged)
    assert changed in log_of(database, id="full")
    assert len(log_of(database, id="full")) == 2


def test_whoever_amends_an_older_form_overwrites_nobody_who_writes_in_between(database, engine):
    (logged,) = (entry for entry in log_of(database, id="full") if entry.id == "e2")
    theirs = replace(logged, text="what another window wrote")
    put, written = "UPDATE entries SET document = ? WHERE id = 'e2'", []
    with closing(sqlite3.connect(engine.url.database)) as other:
        other.execute(put, (OLDER_FORMS["moments in another zone"](dump_entry(logged)),))
        other.commit()

        def write(_connection, _cursor, statement, *_):
            if statement.lstrip().upper().startswith("SELECT") and not written:
                written.append(statement)
                other.execute(put, (dump_entry(theirs),))
                other.commit()

        event.listen(engine, "after_cursor_execute", write)
        with pytest.raises(SomebodyWasFirst):
            database.amend(ALICE, "full", replace(logged, withdrawn_at=NOW), logged)
    assert written
    assert theirs in log_of(database, id="full")


def test_what_was_deleted_is_read_again_after_the_store_was_closed(database, engine):
    database.delete(ALICE, "full", NOW)
    engine.dispose()
    assert [one.at for one in SqlRepository(engine).deleted(ALICE)] == [NOW]
    SqlRepository(engine).restore(ALICE, "full")
    assert database.get(ALICE, "full").application == everything()


# What the last calendar files said


def test_what_a_calendar_file_said_is_remembered_and_the_newest_counts(kept):
    assert kept.noted(ALICE) == {}
    kept.note(ALICE, {"a1": "[1]", "gone": "[2]"}, NOW)
    kept.note(ALICE, {"a1": "[3]"}, NOW)
    kept.note(ALICE, {}, NOW)
    assert kept.noted(ALICE) == {"a1": "[3]", "gone": "[2]"}


def test_charlie_sees_nothing_of_what_alices_calendar_said_and_erases_none_of_it(kept):
    kept.note(ALICE, {"a1": "[1]"}, NOW)
    kept.note(CHARLIE, {"a1": "[2]"}, NOW)
    assert kept.noted(CHARLIE) == {"a1": "[2]"}
    kept.erase(CHARLIE)
    assert (kept.noted(ALICE), kept.noted(CHARLIE)) == ({"a1": "[1]"}, {})


def test_what_was_said_outlives_an_application_until_it_is_old(kept):
    kept.add(ALICE, Application(id="a2", company="Otterdale"), NOW)
    kept.note(ALICE, {"a1": "[1]", "a2": "[2]", "long gone": "[3]"}, NOW)
    kept.delete(ALICE, "a2", NOW + timedelta(days=50))
    assert kept.purge(ALICE, NOW) == 0
    assert kept.noted(ALICE) == {"a1": "[1]", "a2": "[2]", "long gone": "[3]"}
    kept.purge(ALICE, NOW + timedelta(days=1))
    assert kept.noted(ALICE) == {"a1": "[1]", "a2": "[2]"}
    kept.purge(ALICE, NOW + timedelta(days=51))
    assert kept.noted(ALICE) == {"a1": "[1]"}


def test_what_was_said_outlives_a_restore_that_takes_the_application_away(kept):
    kept.note(ALICE, {"a1": "[1]"}, NOW)
    kept.exchange(ALICE, lambda backup: replace(backup, applications=()), NOW)
    assert companies(kept, ALICE) == []
    assert kept.noted(ALICE) == {"a1": "[1]"}
