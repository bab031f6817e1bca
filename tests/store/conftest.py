"""A store to test: in memory, in a real SQLite file, and in a real PostgreSQL."""

import pytest

from afterword.store.database import open_database
from afterword.store.memory import MemoryRepository
from afterword.store.sql import SqlRepository
from tests.store.examples import NOW, ODD_TEXTS


@pytest.fixture
def url(tmp_path):
    """The URL of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'afterword.sqlite3'}"


@pytest.fixture
def engine(url):
    opened = open_database(url, NOW)
    yield opened
    opened.dispose()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def repository(request):
    """The same tests hold for every store."""
    if request.param == "memory":
        return MemoryRepository()
    return SqlRepository(
        request.getfixturevalue("engine" if request.param == "sqlite" else "postgresql_engine")
    )


@pytest.fixture
def odd_ids(request):
    """The odd texts that this store can hold as ids; PostgreSQL has no room for the letter of number zero."""
    is_postgresql = request.node.callspec.params["repository"] == "postgresql"
    return [text for text in ODD_TEXTS if not (is_postgresql and "\0" in text)]
