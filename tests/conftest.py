"""What every kind of test may ask for: a store in a real PostgreSQL."""

from __future__ import annotations

import pytest

from afterword.store.database import open_database
from afterword.store.tables import METADATA
from tests import postgresql
from tests.desk.cast import NOW


@pytest.fixture(scope="session")
def postgresql_databases():
    """Makes a new, empty database in a PostgreSQL that lasts as long as these tests."""
    if not postgresql.is_there():
        pytest.skip("needs PostgreSQL (Debian, Ubuntu: sudo apt install postgresql)")
    with postgresql.serving() as another:
        yield another


@pytest.fixture(scope="session")
def migrated(postgresql_databases):
    """An engine on a database with all tables: to make one for each test would take longer than the tests."""
    opened = open_database(postgresql_databases(), NOW)
    yield opened
    opened.dispose()


@pytest.fixture
def postgresql_engine(migrated):
    """An engine on a database in PostgreSQL in which nothing is kept yet."""
    with migrated.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
    return migrated
