"""Applications that arrive in a table: which are here already, what becomes of them, and how that is undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from afterword.domain.errors import InvalidApplication, Problem
from afterword.domain.joining import joined, key_of
from afterword.domain.model import Application, Entry
from afterword.domain.problems import problems_of
from afterword.formats.backup import MOST_APPLICATIONS, Backup, Saved, by_time
from afterword.formats.tables.own import with_entries


class Way(StrEnum):
    """What becomes of an application that seems to be here already."""

    MERGE = "merge"
    APART = "apart"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Arrival:
    """An application from a row of a table, and what becomes of it if it seems to be here already."""

    row: int
    application: Application
    way: Way = Way.MERGE


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import did: what it added, and what it changed, before and after."""

    added: tuple[Saved, ...]
    changed: tuple[tuple[Saved, Saved], ...]


def twins(kept: Backup, arriving: Iterable[tuple[int, Application]]) -> dict[int, str]:
    """The rows whose application seems to be here already, or in a row before it, each with where that is.

    One that bears the id of an application here is no question: it is that one.
    """
    by_id = {saved.id for saved in kept.applications}
    seen = {key_of(s.application): "here" for s in kept.applications if s.deleted_at is None}
    found = {}
    for row, application in arriving:
        key = key_of(application)
        if application.id in by_id:
            continue
        if key in seen:
            found[row] = seen[key]
        else:
            seen[key] = f"row {row}"
    return found


def after_arrivals(
    kept: Backup,
    arrivals: Iterable[Arrival],
    entries: Mapping[str, tuple[Entry, ...]],
    fresh: Callable[[Application], Application],
    zone: str,
) -> Backup:
    """Everything as it stands after these arrived. Raises InvalidApplication for what cannot be kept.

    `fresh` gives ids to what has none; `entries` are log entries for applications that are here.
    """
    after = {saved.id: saved for saved in kept.applications}
    here = frozenset(after)
    by_key = {key_of(s.application): s.id for s in kept.applications if s.deleted_at is None}
    for arrival in arrivals:
        theirs = arrival.application
        id = str(theirs.id) if theirs.id in after else by_key.get(key_of(theirs))
        if id is None or arrival.way == Way.APART:
            new = fresh(replace(theirs, id=None) if theirs.id in after else theirs)
            after[str(new.id)] = Saved(version=1, application=sorted_log(new))
            by_key.setdefault(key_of(new), str(new.id))
        elif arrival.way == Way.MERGE:
            after[id] = merged(after[id], fresh(replace(joined(after[id].application, theirs), id=id)), here)
    for id, more in entries.items():
        if id not in after:
            raise refused("Application id", f"there is no application {id}; import the applications first")
        after[id] = merged(after[id], fresh(with_entries(after[id].application, more)), here)
    check(kept, after, zone)
    return replace(kept, applications=tuple(after[id] for id in sorted(after)))


def merged(before: Saved, application: Application, kept: Collection[str]) -> Saved:
    """An application with what was added; one more edit, unless it arrived in the same table."""
    if before.application == application and before.deleted_at is None:
        return before
    return Saved(version=before.version + (before.id in kept), application=sorted_log(application))


def sorted_log(application: Application) -> Application:
    """The application with its log in the order of time, as a store keeps it."""
    return replace(application, log=by_time(application.log))


def check(kept: Backup, after: Mapping[str, Saved], zone: str) -> None:
    """Raise InvalidApplication where there is more than can be kept, or what was joined is not sound."""
    if len(after) > MOST_APPLICATIONS:
        raise refused(
            "", f"would make {len(after):,} applications; at most {MOST_APPLICATIONS:,} can be kept"
        )
    before = {saved.id: saved for saved in kept.applications}
    for id, saved in after.items():
        if saved is not before.get(id):
            was = problems_of(before[id].application, zone) if id in before else ()
            found = tuple(p for p in problems_of(saved.application, zone) if p not in was)
            if found:
                name = saved.application.company
                raise InvalidApplication(tuple(Problem(f"{name}, {p.path}", p.sentence) for p in found))


def refused(path: str, sentence: str) -> InvalidApplication:
    """The exception for one problem."""
    return InvalidApplication((Problem(path, sentence),))


def taken_in(before: Backup, after: Backup) -> TakenIn:
    """What an import did that turned one into the other."""
    was = {saved.id: saved for saved in before.applications}
    added = tuple(saved for saved in after.applications if saved.id not in was)
    changed = tuple((was[s.id], s) for s in after.applications if s.id in was and was[s.id] != s)
    return TakenIn(added, changed)


def undone(kept: Backup, taken: TakenIn) -> Backup:
    """Everything without what an import did; what somebody has worked on since is left as it is."""
    as_added = {saved.id: saved for saved in taken.added}
    as_changed = {after.id: (before, after) for before, after in taken.changed}
    left = []
    for saved in kept.applications:
        if saved == as_added.get(saved.id):
            continue
        before, after = as_changed.get(saved.id, (None, None))
        left.append(replace(before, version=saved.version + 1) if before and saved == after else saved)
    return replace(kept, applications=tuple(left))


def left_alone(taken: TakenIn, after: Backup) -> int:
    """How many of an import's applications its undo left as they were."""
    now = {saved.id: saved for saved in after.applications}
    changed = sum(
        before.id in now and now[before.id].application != before.application for before, _ in taken.changed
    )
    return sum(saved.id in now for saved in taken.added) + changed
