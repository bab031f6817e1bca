"""What is another matter in PostgreSQL: that it is a server, which several open and which comes and goes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from afterword.domain.errors import StoreUnavailable
from afterword.domain.model import Application
from afterword.domain.problems import LONGEST_LINE
from afterword.memo import Memo
from afterword.store.database import newest_revision, open_database, revision_of
from afterword.store.sql import SqlRepository
from afterword.store.tables import METADATA
from tests.desk.cast import ALICE, CHARLIE, HANDBOOK, note
from tests.store.examples import NOW

A1 = Application(id="a1", company="Fernbridge")


def test_an_empty_database_gets_all_tables(postgresql_databases):
    engine = open_database(postgresql_databases(), NOW)
    assert set(METADATA.tables) < set(inspect(engine).get_table_names())
    engine.dispose()


def test_several_may_open_a_new_database_at_once(postgresql_databases):
    url = postgresql_databases()
    with ThreadPoolExecutor(4) as hands:
        engines = list(hands.map(lambda _: open_database(url, NOW), range(4)))
    for engine in engines:
        with engine.connect() as connection:
            assert revision_of(connection) == newest_revision()
        engine.dispose()


def test_tables_of_a_newer_afterword_are_left_alone(postgresql_databases):
    url = postgresql_databases()
    engine = open_database(url, NOW)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(StoreUnavailable, match="newer Afterword"):
        open_database(url, NOW)


def test_a_server_that_is_not_there_is_named_as_the_reason(postgresql_databases, tmp_path):
    elsewhere = postgresql_databases().set(query={"host": str(tmp_path)})
    with pytest.raises(StoreUnavailable, match=r"cannot be opened, and nothing in it was changed: .*socket"):
        open_database(elsewhere, NOW)


def test_after_the_server_cut_every_connection_the_next_click_finds_it_again(postgresql_engine):
    store = SqlRepository(postgresql_engine)
    store.add(ALICE, A1, NOW)
    with postgresql_engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    other = open_database(postgresql_engine.url, NOW)
    with other.connect() as connection:
        connection.exec_driver_sql(f"SELECT pg_terminate_backend({own})")
    other.dispose()
    store.append(ALICE, "a1", note("e1"))
    assert store.get(ALICE, "a1").application.log == (note("e1"),)


def test_what_another_process_wrote_is_seen_by_what_this_one_remembers(postgresql_engine):
    elsewhere = open_database(postgresql_engine.url, NOW)
    here, there = SqlRepository(postgresql_engine), SqlRepository(elsewhere)
    here.add(ALICE, A1, NOW)
    here.add(CHARLIE, replace(A1, company="Tidewater"), NOW)
    known = Memo(here)

    def companies():
        return [case.application.company for case in known.today(ALICE, NOW, HANDBOOK, "UTC")[1].cases]

    assert companies() == ["Fernbridge"]
    there.replace(ALICE, replace(A1, company="Oakbridge"), 1, NOW)
    assert companies() == ["Oakbridge"]
    there.delete(ALICE, "a1", NOW)
    assert companies() == []
    elsewhere.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_code(postgresql_engine):
    with postgresql_engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_an_id_may_be_as_long_as_any_other_store_holds_it(postgresql_engine):
    store, long = SqlRepository(postgresql_engine), "y" * LONGEST_LINE
    store.add(long, Application(id=long, company="Fernbridge"), NOW)
    store.append(long, long, note(long))
    assert store.get(long, long).application.log == (note(long),)


def test_turns_hold_whatever_a_database_has_set_as_its_usual_isolation(postgresql_databases):
    url = postgresql_databases()
    first = open_database(url, NOW)
    with first.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        named = f"ALTER DATABASE {url.database} SET default_transaction_isolation = 'repeatable read'"
        connection.exec_driver_sql(named)
    first.dispose()
    engine = open_database(url, NOW)
    store = SqlRepository(engine)
    store.add(ALICE, A1, NOW)
    with ThreadPoolExecutor(4) as hands:
        list(hands.map(lambda n: store.append(ALICE, "a1", note(f"e{n}")), range(40)))
    assert len(store.get(ALICE, "a1").application.log) == 40
    engine.dispose()


def test_nobody_waits_for_ever_for_a_turn(postgresql_engine):
    with postgresql_engine.connect() as connection:
        waits = [
            connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("lock_timeout", "idle_in_transaction_session_timeout")
        ]
    assert waits == ["10s", "1min"]
