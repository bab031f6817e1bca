"""A hall on a real file, and a room in it that Alice leads."""

from dataclasses import dataclass

import pytest

from afterword.bell import Bell
from afterword.domain.workshop import Room
from afterword.hall import Hall
from afterword.store.rooms import open_rooms
from tests.desk.cast import SetClock
from tests.hall.rooms import BOOK, HERE, KEY


@dataclass
class Led:
    """A room as its leader holds it."""

    hall: Hall
    id: str
    code: str
    secret: str

    @property
    def now(self) -> Room:
        """How the room is kept at the moment."""
        return self.hall.room(self.id)

    def do(self, act, *args, **more):
        """Let the leader do that."""
        return getattr(self.hall, act)(self.id, self.secret, *args, **more)

    def joined(self, *visitors):
        """These visitors as members."""
        return [self.hall.join(self.now, visitor) for visitor in visitors]

    def counts(self, block):
        """How often each answer was given."""
        return {choice.id: count for choice, count in self.hall.results(self.id, block).counts}


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture
def bell():
    return Bell()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "rooms.sqlite3"


@pytest.fixture
def hall(file, clock, bell):
    return Hall(open_rooms(file), clock, BOOK, KEY, bell)


@pytest.fixture
def open_room(hall):
    """Opens rooms."""

    def opened():
        room, secret = hall.open_room(KEY, "small", HERE)
        return Led(hall, room.id, room.code, secret)

    return opened


@pytest.fixture
def alices(open_room):
    return open_room()
