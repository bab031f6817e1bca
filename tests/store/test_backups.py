"""Everything at once: read, exchanged and erased, on every store; and what lies beside a SQLite file."""

import os
import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event

from afterword.domain.errors import DeletedApplication, StoreUnavailable
from afterword.domain.model import Application
from afterword.domain.you import You
from afterword.formats.backup import Backup, Saved
from afterword.store import backups, database
from afterword.store.database import copy_database, open_database
from afterword.store.repository import OWNER, Kept
from afterword.store.sql import SqlRepository
from afterword.store.transactions import reason_of
from tests.desk.cast import ALICE, BOB, CHARLIE, note
from tests.store.examples import NOW, everything

MARK = "Zanzibarian-Quokka-Marker"
LATER = NOW + timedelta(days=1)
NAME = "afterword.sqlite3"
A1 = Application(id="a1", company="Fernbridge", log=(note("e1"),))
POSIX = pytest.mark.skipif(os.name != "posix", reason="there are no such modes")


def holding(*applications, you=None):
    return Backup(made_at=NOW, you=you or You(), applications=applications)


def saved(application, version=1, deleted_at=None):
    return Saved(version=version, application=application, deleted_at=deleted_at)


@pytest.fixture
def filled(repository):
    """Alice has three applications, one of them edited and one deleted; Charlie has one of the same id."""
    repository.add(ALICE, A1, NOW)
    repository.add(ALICE, everything(), NOW)
    repository.replace(ALICE, everything(), 1, NOW)
    repository.add(ALICE, replace(A1, id="a2", company="Harbour"), NOW)
    repository.delete(ALICE, "a2", LATER)
    repository.keep_you(ALICE, You(name="Alice Ashby"))
    repository.add(CHARLIE, replace(A1, company="Charlie's"), NOW)
    repository.keep_you(CHARLIE, You(name="Charlie"))
    return repository


def state_of(repository, owner):
    return repository.backup(owner, NOW)


# Read at once


def test_a_backup_holds_everything_in_the_order_of_ids_with_what_was_deleted(filled):
    assert state_of(filled, ALICE) == holding(
        saved(A1),
        saved(replace(A1, id="a2", company="Harbour"), deleted_at=LATER),
        saved(everything(), version=2),
        you=You(name="Alice Ashby"),
    )


def test_a_backup_of_nothing_is_empty(repository):
    assert state_of(repository, ALICE) == holding()


def test_nothing_of_charlies_is_in_alices_backup(filled):
    found = repr(state_of(filled, ALICE))
    assert "Charlie" not in found
    assert state_of(filled, CHARLIE).applications == (saved(replace(A1, company="Charlie's")),)
    assert state_of(filled, BOB) == holding()


# Exchanged at once


def test_everything_is_exchanged_for_something_else(filled):
    charlies, new = (
        state_of(filled, CHARLIE),
        Application(id="b1", company="New", log=(note("e2"), note("e1"))),
    )
    wanted = holding(
        saved(new, version=4),
        saved(replace(everything(), role="other"), version=9, deleted_at=NOW),
        you=You(country="US"),
    )
    before = state_of(filled, ALICE)
    assert filled.exchange(ALICE, lambda _: wanted, NOW)[0] == before
    in_order = replace(new, log=(note("e1"), note("e2")))
    assert state_of(filled, ALICE) == replace(
        wanted, applications=(saved(in_order, version=4), wanted.applications[1])
    )
    assert filled.all(ALICE) == (Kept(in_order, 4),)
    assert [(one.application.id, one.at) for one in filled.deleted(ALICE)] == [("full", NOW)]
    assert filled.you(ALICE) == You(country="US")
    assert state_of(filled, CHARLIE) == charlies


def test_what_stood_there_and_what_stands_there_is_told(filled):
    before = state_of(filled, ALICE)
    seen = []
    told = filled.exchange(ALICE, lambda kept: seen.append(kept) or holding(), NOW)
    assert (seen, told) == ([before], (before, holding()))
    assert state_of(filled, ALICE) == holding()


def test_what_is_exchanged_for_the_same_stays_as_it_is(filled):
    before = state_of(filled, ALICE)
    filled.exchange(ALICE, lambda kept: kept, LATER)
    assert state_of(filled, ALICE) == before


def test_a_deleted_application_is_exchanged_for_one_that_is_not_and_back(filled):
    def flipped(kept):
        flip = [replace(one, deleted_at=None if one.deleted_at else NOW) for one in kept.applications]
        return replace(kept, applications=tuple(flip))

    before = state_of(filled, ALICE)
    filled.exchange(ALICE, flipped, NOW)
    assert [one.application.id for one in filled.deleted(ALICE)] == ["full", "a1"]
    assert [kept.application.id for kept in filled.all(ALICE)] == ["a2"]
    assert filled.get(ALICE, "a2").application.log == A1.log
    filled.exchange(ALICE, lambda _: before, NOW)
    assert state_of(filled, ALICE) == before


def test_an_exchange_that_fails_changes_nothing(filled):
    before, charlies = state_of(filled, ALICE), state_of(filled, CHARLIE)

    def fails(_):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        filled.exchange(ALICE, fails, NOW)
    assert (state_of(filled, ALICE), state_of(filled, CHARLIE)) == (before, charlies)
    filled.append(ALICE, "a1", note("e7"))  # and nothing is locked


def test_odd_letters_are_exchanged_as_they_are_even_in_ids(repository, odd_ids):
    for text in odd_ids:
        odd = holding(saved(Application(id=text, company=text, log=(note(text),))), you=You(name=text))
        repository.exchange(text, lambda _, odd=odd: odd, NOW)
        assert state_of(repository, text) == odd
        repository.exchange(text, lambda _: holding(), NOW)
        assert state_of(repository, text) == holding()


def test_a_backup_with_an_id_that_postgresql_cannot_hold_changes_nothing(postgresql_engine):
    store = SqlRepository(postgresql_engine)
    store.add(ALICE, A1, NOW)
    before = state_of(store, ALICE)
    with pytest.raises(StoreUnavailable, match="is as it was"):
        store.exchange(ALICE, lambda _: holding(saved(replace(A1, id="a\0b"))), NOW)
    assert state_of(store, ALICE) == before


def test_what_was_put_aside_cannot_be_added_anew_and_is_in_a_backup_once(repository):
    repository.add(ALICE, A1, NOW)
    repository.delete(ALICE, "a1", NOW)
    with pytest.raises(DeletedApplication):
        repository.add(ALICE, replace(A1, company="Anew"), NOW)
    assert [one.application.company for one in state_of(repository, ALICE).applications] == [A1.company]
    repository.exchange(ALICE, lambda _: holding(), NOW)
    assert state_of(repository, ALICE) == holding()


# In a database


@pytest.fixture
def store(engine):
    """A SQLite store in which Alice and Charlie have an application each, with a text that can be searched for."""
    repository = SqlRepository(engine)
    for owner in (ALICE, CHARLIE):
        words = f"{MARK} of {owner} "
        log = tuple(note(f"e{number}", text=words * 50) for number in range(40))
        repository.add(owner, Application(id="a1", company=words, notes=words * 400, log=log), NOW)
        repository.keep_you(owner, You(name=words))
    return repository


def test_an_exchange_that_runs_out_of_space_changes_nothing(store, engine):
    before, charlies = state_of(store, ALICE), state_of(store, CHARLIE)
    big = [saved(Application(id=f"b{number}", company="B", notes="n" * 19_000)) for number in range(200)]

    @event.listens_for(engine, "connect")
    def no_more_pages(connection, _):
        connection.execute("PRAGMA max_page_count=100")

    engine.dispose()
    with pytest.raises(StoreUnavailable, match=r"as it was.*full"):
        store.exchange(ALICE, lambda _: holding(*big), NOW)
    assert (state_of(store, ALICE), state_of(store, CHARLIE)) == (before, charlies)


def test_an_exchange_with_an_id_twice_changes_nothing(store):
    before = state_of(store, ALICE)
    log = (note("e1"), note("e1", text="again"))
    with pytest.raises(StoreUnavailable, match="as it was"):
        store.exchange(ALICE, lambda _: holding(saved(Application(id="b", company="B", log=log))), NOW)
    assert state_of(store, ALICE) == before


def test_while_one_exchanges_another_cannot_write_between(store, url):
    other = create_engine(url)
    event.listen(other, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=50"))
    refused = []

    def meanwhile(kept):
        try:
            SqlRepository(other).append(ALICE, "a1", note("between"))
        except Exception as error:
            refused.append(str(error))
        return kept

    store.exchange(ALICE, meanwhile, NOW)
    assert len(refused) == 1
    assert "locked" in refused[0]
    SqlRepository(other).append(ALICE, "a1", note("after"))
    assert "after" in [e.id for e in store.get(ALICE, "a1").application.log]


def test_a_backup_is_of_one_moment_though_another_writes_meanwhile(store, engine, url):
    other = SqlRepository(create_engine(url))
    written = []

    def write_after_the_first_look(*about):
        if "FROM applications" in about[2] and not written:
            written.append(True)
            other.append(ALICE, "a1", note("later"))

    event.listen(engine, "after_cursor_execute", write_after_the_first_look)
    first = state_of(store, ALICE)
    assert "later" not in [e.id for e in first.applications[0].application.log]
    assert "later" in [e.id for e in state_of(store, ALICE).applications[0].application.log]


def test_a_store_that_is_locked_for_long_says_so(store, url):
    engine = create_engine(url)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=50"))
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match=r"as it was.*locked"):
            SqlRepository(engine).exchange(ALICE, lambda _: holding(), NOW)
        with pytest.raises(StoreUnavailable, match="locked"):
            SqlRepository(engine).erase(ALICE)
    assert len(store.all(ALICE)) == 1


def test_few_statements_exchange_many_applications(store, engine):
    many = tuple(saved(replace(A1, id=f"b{number:03}")) for number in range(300))
    store.exchange(ALICE, lambda _: holding(*many), NOW)
    sent = []
    event.listen(engine, "before_cursor_execute", lambda *about: sent.append(about[2]))
    other = tuple(replace(one, version=2) for one in many)
    store.exchange(ALICE, lambda _: holding(*other), NOW)
    assert len(sent) < 12, sent


# Automatic backups


@pytest.fixture
def file(tmp_path):
    return tmp_path / NAME


def names(file, owner=OWNER):
    return [path.name for path in backups.backups_of(file, owner)]


def test_an_automatic_backup_is_named_by_its_moment_and_reason(file):
    path = backups.keep_backup(file, OWNER, b"text", "restore", NOW)
    assert path == file.parent / "backups" / f"20261103T120000.000000Z-restore-{NAME}.json"
    assert path.read_bytes() == b"text"
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@POSIX
def test_nobody_else_may_read_automatic_backups(file):
    previous = os.umask(0)
    try:
        path = backups.keep_backup(file, OWNER, b"text", "restore", NOW)
    finally:
        os.umask(previous)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@POSIX
def test_a_folder_that_stood_open_is_closed(file):
    (file.parent / "backups").mkdir()
    (file.parent / "backups").chmod(0o777)
    path = backups.keep_backup(file, OWNER, b"text", "restore", NOW)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_last_ten_are_kept_in_the_order_of_time(file):
    for number in range(13):
        reason = "import" if number % 2 else "restore"
        backups.keep_backup(file, OWNER, b"%d" % number, reason, NOW + timedelta(hours=number))
    kept = [path.read_bytes() for path in backups.backups_of(file, OWNER)]
    assert kept == [b"%d" % number for number in range(3, 13)]


def test_of_several_at_one_moment_none_is_lost(file):
    for number in range(4):
        backups.keep_backup(file, OWNER, b"%d" % number, "restore", NOW)
    assert [path.read_bytes() for path in backups.backups_of(file, OWNER)] == [b"0", b"1", b"2", b"3"]
    assert names(file)[3].startswith("20261103T120000.000003Z-restore-")


def test_the_moment_is_told_in_utc(file):
    assert (
        "T063000."
        in backups.keep_backup(file, OWNER, b"", "restore", everything().log[0].at.replace(hour=12)).name
    )


def test_other_stores_and_owners_in_the_folder_have_ten_of_their_own(file):
    others = [(file.with_name("other.sqlite3"), OWNER), (file, ALICE), (file, "../../etc/passwd")]
    for number in range(12):
        for whose in ((file, OWNER), *others):
            backups.keep_backup(*whose, b"%d" % number, "restore", NOW + timedelta(hours=number))
    assert [len(backups.backups_of(*whose)) for whose in ((file, OWNER), *others)] == [10] * 4
    backups.erase_backups(file, OWNER)
    assert [len(backups.backups_of(*whose)) for whose in ((file, OWNER), *others)] == [0, 10, 10, 10]
    assert {path.parent for whose in others for path in backups.backups_of(*whose)} == {
        file.parent / "backups"
    }


def test_other_files_in_the_folder_are_left_alone(file):
    folder = file.parent / "backups"
    folder.mkdir()
    mine = [folder / "notes.txt", folder / f"my-own-{NAME}.json", folder / f"{NAME}.json"]
    for path in mine:
        path.write_text("mine", "utf-8")
    for number in range(12):
        backups.keep_backup(file, OWNER, b"", "restore", NOW + timedelta(hours=number))
    backups.erase_backups(file, OWNER)
    assert sorted(folder.iterdir()) == sorted(mine)


def test_an_empty_folder_goes_with_the_last(file):
    backups.keep_backup(file, OWNER, b"", "restore", NOW)
    backups.erase_backups(file, OWNER)
    backups.erase_backups(file, OWNER)
    assert not (file.parent / "backups").exists()


def test_what_was_not_written_to_its_end_is_no_backup_and_is_erased_too(file, monkeypatch):
    def fails(_):
        raise OSError(28, "No space left on device")

    backups.keep_backup(file, OWNER, b"whole", "restore", NOW)
    monkeypatch.setattr(backups.os, "fsync", fails)
    with pytest.raises(OSError, match="No space"):
        backups.keep_backup(file, OWNER, b"half", "restore", LATER)
    assert [path.read_bytes() for path in backups.backups_of(file, OWNER)] == [b"whole"]
    left = file.parent / "backups" / f"20261104T120000.000000Z-restore-{NAME}.json.part"
    left.write_text("what a killed process left", "utf-8")
    backups.erase_backups(file, OWNER)
    assert not left.exists()


def test_a_store_writes_its_backups_beside_its_file(store, url):
    store.keep_backup(ALICE, b"text", "restore", NOW)
    file = Path(url.removeprefix("sqlite:///"))
    assert [path.read_bytes() for path in backups.backups_of(file, ALICE)] == [b"text"]
    assert names(file, CHARLIE) == []


def test_a_backup_that_cannot_be_written_is_said(store, url):
    (Path(url.removeprefix("sqlite:///")).parent / "backups").write_text("a file", "utf-8")
    with pytest.raises(StoreUnavailable, match="nothing was changed"):
        store.keep_backup(ALICE, b"text", "restore", NOW)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_has_no_backups(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store = SqlRepository(open_database(url, NOW))
    store.keep_backup(ALICE, b"text", "restore", NOW)
    store.erase(ALICE)
    assert not any(path.suffix == ".json" for path in tmp_path.rglob("*"))


def test_a_guests_memory_is_written_nowhere(repository, tmp_path, monkeypatch):
    if isinstance(repository, SqlRepository):
        pytest.skip("this one lies in a file")
    monkeypatch.chdir(tmp_path)
    repository.keep_backup(ALICE, b"text", "restore", NOW)
    assert list(tmp_path.iterdir()) == []


# Copies made before migrations


@pytest.mark.usefixtures("store")
def test_the_last_ten_copies_are_kept_by_their_time_whatever_their_revision(url, tmp_path):
    for number in range(13):
        revision = "0009" if number < 5 else "0001"
        copy_database(url, revision, NOW + timedelta(days=number))
    kept = backups.copies_of(tmp_path / NAME)
    assert [path.name[-len("20261103T120000Z.sqlite3") :][:8] for path in kept] == [
        f"{NOW + timedelta(days=number):%Y%m%d}" for number in range(3, 13)
    ]


@pytest.mark.usefixtures("store")
def test_files_that_only_look_like_copies_are_left_alone(url, tmp_path):
    others = [
        tmp_path / f"{NAME}.before-the-holidays.sqlite3",
        tmp_path / f"other.{NAME}.before-0001-20200101T000000Z.sqlite3",
        tmp_path / f"{NAME}.before-0001-20200101T000000Z.sqlite3.mine",
    ]
    for path in others:
        path.write_text("mine", "utf-8")
    for number in range(12):
        copy_database(url, "0001", NOW + timedelta(days=number))
    assert all(path.read_text("utf-8") == "mine" for path in others)


@pytest.mark.usefixtures("store")
def test_a_copy_that_cannot_be_removed_stops_nothing(url, monkeypatch):
    def fails(_):
        raise PermissionError

    for number in range(11):
        copy_database(url, "0001", NOW + timedelta(days=number))
    monkeypatch.setattr(backups, "remove_database", fails)
    assert copy_database(url, "0001", NOW + timedelta(days=20)).is_file()


# Erased


def found_in(folder, text):
    """The files anywhere under a folder in which that text stands."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and text.encode() in path.read_bytes()
    )


ALICES, CHARLIES = f"{MARK} of {ALICE}", f"{MARK} of {CHARLIE}"


def test_everything_of_the_owner_is_erased_and_nothing_of_charlies(filled):
    charlies = state_of(filled, CHARLIE)
    filled.erase(ALICE)
    assert state_of(filled, ALICE) == holding()
    assert (filled.all(ALICE), filled.deleted(ALICE), filled.you(ALICE)) == ((), (), You())
    assert state_of(filled, CHARLIE) == charlies
    filled.erase(ALICE)
    assert filled.add(ALICE, A1, NOW) == Kept(A1, 1)


def test_the_text_is_gone_from_every_file_of_the_folder(store, engine, tmp_path):
    store.delete(ALICE, "a1", NOW)
    store.add(ALICE, Application(id="a2", company=ALICES, notes=ALICES * 300), NOW)
    store.append(ALICE, "a2", note("e1", text=ALICES))
    store.amend(ALICE, "a2", note("e1", text="changed"))
    store.keep_backup(ALICE, ALICES.encode(), "restore", NOW)
    assert found_in(tmp_path, ALICES)
    reader = engine.connect()  # another connection of this process, at rest
    reader.exec_driver_sql("SELECT 1")
    reader.rollback()
    store.erase(ALICE)
    assert found_in(tmp_path, ALICES) == []
    assert found_in(tmp_path, CHARLIES) == [NAME]
    reader.close()
    assert len(store.all(CHARLIE)) == 1


def test_the_text_is_gone_while_the_write_ahead_file_still_lies_there(store, engine, tmp_path):
    assert found_in(tmp_path, ALICES) == [f"{NAME}-wal"]  # nothing has been carried over yet
    store.erase(ALICE)
    assert found_in(tmp_path, ALICES) == []
    assert (tmp_path / f"{NAME}-wal").stat().st_size == 0
    assert (tmp_path / NAME).is_file()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA freelist_count").scalar() == 0


def test_the_file_shrinks_when_much_is_erased(store, engine, tmp_path):
    many = tuple(
        saved(Application(id=f"b{number}", company="B", notes=ALICES * 500)) for number in range(200)
    )
    store.exchange(ALICE, lambda _: holding(*many), NOW)
    engine.dispose()
    before = (tmp_path / NAME).stat().st_size
    store.erase(ALICE)
    assert (tmp_path / NAME).stat().st_size < before / 10


def test_what_is_purged_leaves_no_text_in_the_file(store, engine, tmp_path):
    store.delete(ALICE, "a1", NOW)
    store.keep_you(ALICE, You())
    store.purge(ALICE, LATER)
    engine.dispose()
    assert found_in(tmp_path, ALICES) == []


def test_copies_go_with_their_owner(engine, url, tmp_path):
    store = SqlRepository(engine)
    store.add(ALICE, Application(id="a1", company=ALICES), NOW)
    copy = copy_database(url, "0001", NOW)
    with closing(sqlite3.connect(copy)) as opened:  # somebody looked into it, and it has files beside it
        opened.execute("SELECT * FROM applications")
    store.erase(ALICE)
    assert found_in(tmp_path, ALICES) == []
    assert not list(tmp_path.glob("*.before-*"))


def test_a_copy_in_which_charlie_is_too_loses_only_alice(store, url, tmp_path):
    copy = copy_database(url, "0001", NOW)
    store.erase(ALICE)
    assert found_in(tmp_path, ALICES) == []
    assert copy.name in found_in(tmp_path, CHARLIES)
    again = SqlRepository(open_database(f"sqlite:///{copy}", NOW))
    assert state_of(again, CHARLIE) == state_of(store, CHARLIE)
    assert state_of(again, ALICE) == holding()


def test_a_copy_that_nobody_can_read_goes_too(store, tmp_path):
    broken = tmp_path / f"{NAME}.before-0001-20260101T000000Z.sqlite3"
    broken.write_text(ALICES * 100, "utf-8")
    store.erase(ALICE)
    assert not broken.exists()


def test_the_store_can_be_used_on_after_it_was_erased(store, engine):
    store.erase(ALICE)
    store.add(ALICE, A1, NOW)
    engine.dispose()
    assert SqlRepository(engine).get(ALICE, "a1").application == A1


def test_while_another_program_reads_it_says_that_traces_may_remain(store, url, tmp_path):
    impatient = create_engine(url)
    event.listen(impatient, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=50"))
    with closing(sqlite3.connect(tmp_path / NAME)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM applications").fetchone()
        with pytest.raises(StoreUnavailable, match=r"traces may remain.*reading"):
            SqlRepository(impatient).erase(ALICE)
    assert state_of(store, ALICE) == holding()
    store.erase(ALICE)
    assert found_in(tmp_path, ALICES) == []


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() == 0, reason="root may do anything")
def test_a_folder_nobody_may_write_to_is_said(store, tmp_path):
    store.keep_backup(ALICE, b"text", "restore", NOW)
    (tmp_path / "backups").chmod(0o500)
    with pytest.raises(StoreUnavailable, match="traces may remain"):
        store.erase(ALICE)
    (tmp_path / "backups").chmod(0o700)


def test_reasons_are_told_in_one_line():
    assert reason_of(OSError(28, "No space left")) == "[Errno 28] No space left"
    assert "\n" not in reason_of(ValueError("one\ntwo"))


def test_the_copies_of_a_real_migration_are_found(tmp_path, url, monkeypatch):
    folder = Path(shutil.copytree(database.MIGRATIONS, tmp_path / "migrations"))
    head = f'"""Nothing."""\nrevision = "9999"\ndown_revision = "{database.newest_revision()}"\n'
    text = f'{head}\n\ndef upgrade():\n    """Nothing."""\n'
    open_database(url, NOW).dispose()
    (folder / "versions" / "9999_nothing.py").write_text(text, "utf-8")
    monkeypatch.setattr(database, "MIGRATIONS", folder)
    open_database(url, LATER).dispose()
    assert len(backups.copies_of(tmp_path / NAME)) == 1
