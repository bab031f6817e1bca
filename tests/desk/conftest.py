"""Alice's desk, on a store in memory, on a real SQLite file and on a real PostgreSQL."""

import pytest

from afterword.store.database import open_database
from afterword.store.memory import MemoryRepository
from afterword.store.sql import SqlRepository
from tests.desk.cast import ALICE, FERNBRIDGE, NOW, SetClock, desk_of


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def repository(request, tmp_path):
    if request.param == "memory":
        yield MemoryRepository()
        return
    if request.param == "postgresql":
        yield SqlRepository(request.getfixturevalue("postgresql_engine"))
        return
    engine = open_database(f"sqlite:///{tmp_path / 'afterword.sqlite3'}", NOW)
    yield SqlRepository(engine)
    engine.dispose()


@pytest.fixture
def desk(repository, clock):
    """Alice's."""
    return desk_of(ALICE, repository, clock)


@pytest.fixture
def case(desk):
    """Alice's application at Fernbridge, an hour after the interview."""
    return desk.add(FERNBRIDGE)
