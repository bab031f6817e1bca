"""The database itself: where it lies, how SQLite is set, its migrations, and what survives."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.exc import IntegrityError

from afterword.domain.errors import InvalidApplication, SomebodyWasFirst, StoreUnavailable
from afterword.domain.model import Application
from afterword.store import database
from afterword.store.database import data_folder, database_url, newest_revision, open_database
from afterword.store.sql import SqlRepository
from afterword.store.tables import METADATA
from tests.desk.cast import ALICE, FERNBRIDGE, SetClock, desk_of, note, step_of
from tests.store.examples import NOW, everything
from tests.store.statements import statements_of

ROOT = Path(__file__).resolve().parents[2]
A1 = Application(id="a1", company="Fernbridge")
LATER = NOW + timedelta(days=400)
MOST_STATEMENTS_OF_A_TICK = 6

NEWEST = database.newest_revision()
NEXT_MIGRATION = f'''
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{NEWEST}"


def upgrade():
    """Add a column, as some later version may."""
    op.add_column("owners", sa.Column("colour", sa.String(16)))
'''

WRITES_AND_DIES = """
import os, signal, sys
from datetime import UTC, datetime
from afterword.domain.model import Application, Entry, EntryKind
from afterword.store.database import open_database
from afterword.store.sql import SqlRepository

now = datetime(2026, 11, 3, 12, tzinfo=UTC)
repository = SqlRepository(open_database(sys.argv[1], now))
repository.add("alice", Application(id="a1", company="Fernbridge"), now)
repository.append("alice", "a1", Entry(id="e1", kind=EntryKind.THANK_YOU, at=now))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of which nothing is there yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.delenv("AFTERWORD_DATABASE", raising=False)
    return tmp_path / "share"


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """The program as a later version would be: with one migration more."""
    folder = Path(shutil.copytree(database.MIGRATIONS, tmp_path / "migrations"))
    (folder / "versions" / "9999_colour.py").write_text(NEXT_MIGRATION, "utf-8")

    def install():
        monkeypatch.setattr(database, "MIGRATIONS", folder)

    return install


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def pragma(engine, name):
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def copies_in(folder):
    return sorted(path.name for path in folder.glob("*.before-*"))


def companies_in(path):
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("select document from applications")]


def shape_of(engine):
    """The tables with everything that holds in them, as the database itself tells it."""
    found = inspect(engine)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)],
            found.get_pk_constraint(table)["constrained_columns"],
            [
                (k["constrained_columns"], k["referred_table"], k["referred_columns"], k["options"])
                for k in found.get_foreign_keys(table)
            ],
            [(i["name"], i["column_names"], i["unique"]) for i in found.get_indexes(table)],
        )
        for table in found.get_table_names()
        if table != "alembic_version"
    }


# Where it lies


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the data folder has another name")
def test_the_database_lies_in_the_users_data_folder(home):
    assert str(database_url()) == f"sqlite:///{home}/afterword/afterword.sqlite3"


def test_another_database_can_be_named(home, monkeypatch):
    monkeypatch.setenv("AFTERWORD_DATABASE", "sqlite:////somewhere/else.sqlite3")
    assert str(database_url()) == "sqlite:////somewhere/else.sqlite3"
    assert not home.exists()


@pytest.mark.parametrize("named", ["nonsense", "no://such", "sqlite:/"])
def test_a_database_that_cannot_be_is_said(monkeypatch, named):
    monkeypatch.setenv("AFTERWORD_DATABASE", named)
    with pytest.raises(StoreUnavailable):
        open_database(database_url(), NOW)


def test_a_home_without_place_for_a_store_is_said(home):
    home.write_text("a file", "utf-8")
    with pytest.raises(StoreUnavailable, match="no place for your store"):
        database_url()


def test_nobody_else_may_enter_the_data_folder(home):
    previous = os.umask(0)
    try:
        assert mode_of(data_folder()) == 0o700
    finally:
        os.umask(previous)
    assert data_folder().is_relative_to(home)


def test_a_data_folder_that_stood_open_is_closed(home):
    (home / "afterword").mkdir(parents=True)
    (home / "afterword").chmod(0o755)
    assert mode_of(data_folder()) == 0o700


@pytest.mark.parametrize("name", ["with space", "Zoë", "with#hash", "100%25", "100% mine", "what?", "a&b=c"])
def test_the_store_lies_in_its_folder_whatever_the_homes_name(tmp_path, monkeypatch, name):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / name))
    monkeypatch.delenv("AFTERWORD_DATABASE", raising=False)
    open_database(database_url(), NOW).dispose()
    assert (data_folder() / "afterword.sqlite3").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_program_may_lie_in_a_folder_with_a_percent_sign(tmp_path, monkeypatch, url):
    folder = Path(shutil.copytree(database.MIGRATIONS, tmp_path / "100% mine"))
    monkeypatch.setattr(database, "MIGRATIONS", folder)
    open_database(url, NOW).dispose()
    assert Path(url.removeprefix("sqlite:///")).is_file()


# How SQLite is set


def test_sqlite_writes_ahead_flushes_each_commit_waits_and_checks_keys(engine):
    found = {name: pragma(engine, name) for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert pragma(engine, "busy_timeout") == 10_000


def test_what_is_erased_is_overwritten(engine):
    assert pragma(engine, "secure_delete") == 1


def test_every_connection_is_set_the_same(engine):
    with engine.connect() as one, engine.connect() as other:
        both = [c.exec_driver_sql("PRAGMA synchronous").scalar() for c in (one, other)]
    assert both == [2, 2]


def test_where_somebody_waits_for_it_a_commit_is_flushed_once_it_is_written_and_waits_for_nothing(tmp_path):
    file = tmp_path / "afterword.sqlite3"
    found = []

    def flushed(name):
        with sqlite3.connect(file) as beside:
            found.append((name, beside.execute("SELECT count(*) FROM owners").fetchone()[0]))

    engine = open_database(f"sqlite:///{file}", NOW, flushed)
    found.clear()
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO owners (owner, document) VALUES ('alice', '{}')"))
    assert found == [(f"{file}-wal", 1)]
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1
    with suppress(ZeroDivisionError), engine.begin():
        1 / 0  # noqa: B018 - whatever goes wrong
    assert len(found) == 1
    engine.dispose()


# Migrations


def test_the_migrations_make_exactly_the_tables_of_the_code(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    plain = create_engine("sqlite://")
    METADATA.create_all(plain)
    assert shape_of(engine) == shape_of(plain)
    named = {"answers", "applications", "calendars", "drafts", "entries", "owners", "revisions"}
    assert set(shape_of(engine)) == named


def test_a_new_database_is_at_the_newest_revision_and_needed_no_copy(engine, tmp_path):
    with engine.connect() as connection:
        assert database.revision_of(connection) == newest_revision()
    assert copies_in(tmp_path) == []


def test_the_migrations_named_by_their_files_are_those_alembic_finds():
    found = ScriptDirectory(str(database.MIGRATIONS))
    assert database.newest_revision() == found.get_current_head()
    assert database.known_revisions() == {script.revision for script in found.walk_revisions()}


def test_opening_twice_migrates_nothing_and_makes_no_copy(engine, url, tmp_path):
    repository = SqlRepository(engine)
    repository.add(ALICE, everything(), NOW)
    written = []
    again = open_database(url, LATER)
    event.listen(again, "before_cursor_execute", lambda *a: written.append(a[2]))
    with again.connect() as connection:
        assert database.revision_of(connection) == newest_revision()
    database.migrate(again, LATER)
    assert [line for line in written if not line.lstrip().upper().startswith(("SELECT", "PRAGMA"))] == []
    assert copies_in(tmp_path) == []
    assert SqlRepository(again).all(ALICE) == repository.all(ALICE)


def test_before_a_later_versions_migration_a_dated_copy_is_made(url, tmp_path, next_version):
    before = SqlRepository(open_database(url, NOW)).add(ALICE, everything(), NOW)
    next_version()
    migrated = open_database(url, LATER)
    assert copies_in(tmp_path) == [f"afterword.sqlite3.before-{NEWEST}-20271208T120000Z.sqlite3"]
    copy = tmp_path / copies_in(tmp_path)[0]
    assert mode_of(copy) == 0o600
    assert len(companies_in(copy)) == 1
    with migrated.connect() as connection:
        assert database.revision_of(connection) == "9999"
    assert SqlRepository(migrated).get(ALICE, "full") == before


def test_the_copy_is_a_whole_store_of_the_version_before(url, tmp_path, next_version, monkeypatch):
    before = SqlRepository(open_database(url, NOW)).add(ALICE, everything(), NOW)
    next_version()
    open_database(url, LATER).dispose()
    monkeypatch.undo()  # back to the version before
    copy = open_database(f"sqlite:///{tmp_path / copies_in(tmp_path)[0]}", LATER)
    assert SqlRepository(copy).all(ALICE) == (before,)
    assert "colour" not in [column["name"] for column in inspect(copy).get_columns("owners")]


def test_what_was_written_a_moment_before_the_copy_is_in_it(url, tmp_path, next_version):
    first = open_database(url, NOW)
    SqlRepository(first).add(ALICE, A1, NOW)  # it lies in the write-ahead file, since `first` is still open
    next_version()
    open_database(url, LATER).dispose()
    assert len(companies_in(tmp_path / copies_in(tmp_path)[0])) == 1
    first.dispose()


def test_the_last_ten_copies_are_kept(url, tmp_path):
    open_database(url, NOW)
    for number in range(12):
        database.copy_database(url, "0001", NOW + timedelta(days=number))
    assert [name[-24:-16] for name in copies_in(tmp_path)] == [
        f"{NOW + timedelta(days=number):%Y%m%d}" for number in range(2, 12)
    ]


def test_a_migration_that_fails_leaves_everything_as_it_was(url, tmp_path, next_version):
    SqlRepository(open_database(url, NOW)).add(ALICE, A1, NOW)
    next_version()
    broken = database.MIGRATIONS / "versions" / "9999_colour.py"
    broken.write_text(f"{NEXT_MIGRATION}    op.execute('no such statement')\n", "utf-8")
    with pytest.raises(StoreUnavailable, match="nothing in it was changed"):
        open_database(url, LATER)
    columns = [column["name"] for column in inspect(create_engine(url)).get_columns("owners")]
    assert columns == ["owner", "document"]
    assert len(copies_in(tmp_path)) == 1
    with closing(sqlite3.connect(tmp_path / "afterword.sqlite3")) as connection:
        assert connection.execute("select version_num from alembic_version").fetchall() == [(NEWEST,)]


def test_a_store_of_a_newer_version_is_left_alone_and_says_so(url, tmp_path, next_version, monkeypatch):
    next_version()
    SqlRepository(open_database(url, NOW)).add(ALICE, A1, NOW)
    monkeypatch.undo()  # back to the version before
    before = companies_in(tmp_path / "afterword.sqlite3")
    with pytest.raises(StoreUnavailable, match="newer Afterword"):
        open_database(url, LATER)
    assert copies_in(tmp_path) == []
    assert companies_in(tmp_path / "afterword.sqlite3") == before


@pytest.mark.parametrize("what", ["no database", "no folder"])
def test_what_cannot_be_opened_is_said_and_left_alone(tmp_path, what):
    path = tmp_path / "afterword.sqlite3"
    path.write_text("This is no database. " * 100, "utf-8")
    url = f"sqlite:///{path if what == 'no database' else path / 'afterword.sqlite3'}"
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        open_database(url, NOW)
    assert path.read_text("utf-8").startswith("This is no database. ")


# Several at once


OPENS_WHEN_TOLD = """
import sys
from datetime import UTC, datetime
from afterword.domain.model import Application
from afterword.store.database import open_database
from afterword.store.sql import SqlRepository

now = datetime(2026, 11, 3, 12, tzinfo=UTC)
print("ready", flush=True)
sys.stdin.readline()
SqlRepository(open_database(sys.argv[1], now)).add("alice", Application(id=sys.argv[2], company="Fernbridge"), now)
print("opened")
"""


def test_two_processes_may_open_a_new_file_at_once(url):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", OPENS_WHEN_TOLD, url]
    processes = [subprocess.Popen([*command, id], cwd=ROOT, **pipes) for id in ("first", "second")]
    assert [process.stdout.readline() for process in processes] == ["ready\n", "ready\n"]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=50) for process in processes] == [("opened\n", "")] * 2
    assert len(SqlRepository(open_database(url, NOW)).all(ALICE)) == 2


def test_several_threads_may_open_a_new_file_at_once(url, tmp_path):
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(lambda _: open_database(url, NOW), range(4)))
    SqlRepository(engines[0]).add(ALICE, A1, NOW)
    assert [len(SqlRepository(engine).all(ALICE)) for engine in engines] == [1, 1, 1, 1]
    assert copies_in(tmp_path) == []


def test_of_several_edits_of_one_version_at_once_exactly_one_wins(url):
    repositories = [SqlRepository(open_database(url, NOW)) for _ in range(4)]
    repositories[0].add(ALICE, A1, NOW)

    def edit(number):
        try:
            return repositories[number].replace(ALICE, replace(A1, role=str(number)), 1, NOW)
        except SomebodyWasFirst:
            return None

    with ThreadPoolExecutor(4) as pool:
        won = [kept for kept in pool.map(edit, range(4)) if kept is not None]
    assert len(won) == 1
    assert repositories[0].get(ALICE, "a1") == won[0]


def test_entries_appended_at_once_are_all_kept_and_a_repeated_one_once(url):
    repositories = [SqlRepository(open_database(url, NOW)) for _ in range(4)]
    repositories[0].add(ALICE, A1, NOW)
    ids = [f"e{number % 10}" for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: repositories[n % 4].append(ALICE, "a1", note(ids[n])), range(40)))
    assert [entry.id for entry in repositories[0].get(ALICE, "a1").application.log] == sorted(set(ids))


# What survives


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_what_was_kept_survives_a_process_that_is_killed_the_moment_after(url):
    died = subprocess.run([sys.executable, "-c", WRITES_AND_DIES, url], cwd=ROOT, timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL
    found = SqlRepository(open_database(url, LATER)).get(ALICE, "a1").application
    assert [entry.id for entry in found.log] == ["e1"]


def test_what_was_kept_is_there_for_the_next_start(url):
    first = open_database(url, NOW)
    before = SqlRepository(first).add(ALICE, everything(), NOW)
    first.dispose()
    assert SqlRepository(open_database(url, LATER)).all(ALICE) == (before,)


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(deadline=None, max_examples=60)
def test_any_text_stays_as_it_is(tmp_path_factory, text):
    url = f"sqlite:///{tmp_path_factory.getbasetemp() / 'any-text.sqlite3'}"
    engine = open_database(url, NOW)
    repository = SqlRepository(engine)
    kept = repository.add(ALICE, Application(id="a1", company="Fernbridge"), NOW)
    written = replace(kept.application, company=text, notes=text, log=())
    repository.replace(ALICE, written, kept.version, NOW)
    found = repository.get(ALICE, "a1").application
    engine.dispose()
    assert (found.company, found.notes) == (text, text)


def test_a_log_that_holds_an_id_twice_is_refused_and_leaves_nothing_behind(engine):
    twice = replace(FERNBRIDGE, id="a1", log=(note("e1", text="first"), note("e1", text="second")))
    desk = desk_of(ALICE, SqlRepository(engine), SetClock())
    with pytest.raises(InvalidApplication) as caught:
        desk.add(twice)
    assert [problem.path for problem in caught.value.problems] == ["log[1].id"]
    with pytest.raises(IntegrityError):
        SqlRepository(engine).add(ALICE, twice, NOW)
    assert desk.today().cases == ()
    assert desk.add(replace(twice, log=twice.log[:1])).application.log == twice.log[:1]


# What it costs


def test_a_tick_costs_few_statements(engine):
    desk = desk_of(ALICE, SqlRepository(engine), SetClock())
    case = desk.add(FERNBRIDGE)
    sent = statements_of(engine, lambda: desk.tick(case.id, step_of(case).id))
    assert len(desk.open(case.id).application.log) == 1
    assert len(sent) <= MOST_STATEMENTS_OF_A_TICK, sent


def test_today_costs_the_same_few_statements_for_many_applications(engine):
    desk = desk_of(ALICE, SqlRepository(engine), SetClock())
    for _ in range(30):
        desk.add(FERNBRIDGE)
    sent = statements_of(engine, desk.today)
    assert len(desk.today().cases) == 30
    assert len(sent) <= 3, sent
