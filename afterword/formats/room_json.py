"""A room of a workshop as JSON: the form in which the rooms' own file keeps it."""

from __future__ import annotations

from pydantic import TypeAdapter

from afterword.domain.workshop import Room

ROOM = TypeAdapter(Room)


def dump_room(room: Room) -> str:
    """The room as JSON text that read_kept_room reads back to an equal one."""
    return ROOM.dump_json(room).decode()


def read_kept_room(document: str) -> Room:
    """A room, from text that dump_room wrote."""
    return ROOM.validate_json(document)
