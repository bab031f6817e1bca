"""A store to test: in memory, and in a real SQLite file."""

import pytest

from afterword.store.database import open_database
from afterword.store.memory import MemoryRepository
from afterword.store.sql import SqlRepository
from tests.store.examples import NOW


@pytest.fixture
def url(tmp_path):
    """The URL of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'afterword.sqlite3'}"


@pytest.fixture
def engine(url):
    opened = open_database(url, NOW)
    yield opened
    opened.dispose()


@pytest.fixture(params=["memory", "sqlite"])
def repository(request):
    """The same tests hold for every store."""
    if request.param == "memory":
        return MemoryRepository()
    return SqlRepository(request.getfixturevalue("engine"))
