"""Two edits of one application made at the same time, brought together so that neither is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from afterword.domain.model import Application

Path = tuple[str, ...]
LEAVES = frozenset({"log"})  # has rows of its own in the store, and is never part of an edit


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that both edits changed, differently. `path` names it by keys, and parts of lists by id."""

    path: Path
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """Both edits in one application; where both changed the same thing, mine stands unless theirs was chosen."""

    application: Application
    conflicts: tuple[Conflict, ...]


def merged(
    base: Application, mine: Application, theirs: Application, take_theirs: Iterable[Path] = ()
) -> Merged:
    """What `mine` and `theirs` made of `base`, in one. Parts of lists are the same part if their ids are."""
    conflicts: list[Conflict] = []
    whole = merged_value((), base, mine, theirs, conflicts, frozenset(take_theirs))
    return Merged(replace(whole, log=theirs.log), tuple(conflicts))


def merged_value(
    path: Path, base: Any, mine: Any, theirs: Any, conflicts: list[Conflict], chosen: frozenset[Path]
) -> Any:
    """One value: whichever was changed; both, part by part, where both were; else a conflict."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if are_records(base, mine, theirs):
        return merged_record(path, base, mine, theirs, conflicts, chosen)
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        return merged_list(path, base or (), mine, theirs, conflicts, chosen)
    conflicts.append(Conflict(path, mine, theirs))
    return theirs if path in chosen else mine


def are_records(*values: Any) -> bool:
    """Whether all of them are records of one kind, so that they can be compared field by field."""
    return all(is_dataclass(value) and type(value) is type(values[0]) for value in values)


def merged_record(
    path: Path, base: Any, mine: Any, theirs: Any, conflicts: list[Conflict], chosen: frozenset[Path]
) -> Any:
    """A record, field by field."""
    names = [field.name for field in fields(mine) if field.name not in LEAVES]
    parts = {
        name: merged_value(
            (*path, name), getattr(base, name), getattr(mine, name), getattr(theirs, name), conflicts, chosen
        )
        for name in names
    }
    return replace(mine, **parts)


def merged_list(
    path: Path,
    base: tuple[Any, ...],
    mine: tuple[Any, ...],
    theirs: tuple[Any, ...],
    conflicts: list[Conflict],
    chosen: frozenset[Path],
) -> tuple[Any, ...]:
    """A list, part by part: what one took out stays out unless the other changed it."""
    was, my, their = by_id(base), by_id(mine), by_id(theirs)
    kept = []
    for key in merged_order(list(was), list(my), list(their)):
        part = merged_value((*path, key), was.get(key), my.get(key), their.get(key), conflicts, chosen)
        if part is not None:
            kept.append(part)
    return tuple(kept)


def by_id(parts: tuple[Any, ...]) -> Mapping[str, Any]:
    """The parts of a list by their ids; one without an id by what it is."""
    return {str(part.id or repr(part)): part for part in parts}


def merged_order(was: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """The order of whoever changed it, mine if both did; what only the other has comes after its neighbour."""
    moved = [key for key in mine if key in was] != [key for key in was if key in mine]
    first, second = (mine, theirs) if moved else (theirs, mine)
    order = list(first)
    for place, key in enumerate(second):
        if key not in order:
            before = next((k for k in reversed(second[:place]) if k in order), None)
            order.insert(order.index(before) + 1 if before else 0, key)
    return order
