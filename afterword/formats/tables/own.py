"""Our own spreadsheets brought back: known by their headings, and read as what they were written from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from afterword.domain.errors import InvalidApplication, Problem
from afterword.domain.model import Application, Entry
from afterword.domain.table import RowProblem, RowRead
from afterword.formats.application_json import parse_application
from afterword.formats.flat import OUTCOME, PERSON, PLAIN, PROMISE, RIVAL, ROUND, application_from, entry_from
from afterword.formats.formulas import unguarded
from afterword.formats.spreadsheet import Table
from afterword.formats.tables.grid import Cell, Grid
from afterword.formats.tables.layout import letters

OF_APPLICATIONS = {"Company", "Role", "Status", "Next step", "Next step due", "Id", "Ids within"}
OF_STEPS = {"Company", "Step", "State", "Opens", "Due", "Rule", "Application id"}
OF_LOG = {"Company", "Kind", "At", "Taken back at", "Application id", "Entry id"}
SINGLE = (PLAIN, OUTCOME, RIVAL, ("Other offer", "Notes"))
OF_AN_INTERVIEW = re.compile(r"^Interview (\d{1,4})(?: (.+))?$")
IN_ROUND = re.compile(r"^rounds\[(\d+)\]\.?(.*)$")


@dataclass(frozen=True, slots=True)
class OwnRows:
    """What our own spreadsheet holds: rows of applications, and log entries by the id of their application."""

    rows: tuple[RowRead, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    problems: tuple[RowProblem, ...]


def table_of(grid: Grid) -> Table | None:
    """Which of our tables a grid is; None for one that somebody else made."""
    headings = {str(cell) for cell in grid.rows[0]} if grid.rows else set()
    known = {Table.APPLICATIONS: OF_APPLICATIONS, Table.STEPS: OF_STEPS, Table.LOG: OF_LOG}
    return next((table for table, names in known.items() if names <= headings), None)


def read_own(grids: Iterable[Grid], zone: str) -> OwnRows | None:
    """What our tables hold; None where none of them is ours. Steps are worked out anew, so they are not read."""
    ours = {table: grid for grid in grids if (table := table_of(grid))}
    if not ours:
        return None
    logs = list(log_rows(ours[Table.LOG])) if Table.LOG in ours else []
    by_application: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for number, cells in logs:
        by_application.setdefault(cells.get("Application id", ""), []).append((number, entry_from(cells)))
    rows = []
    if Table.APPLICATIONS in ours:
        for number, cells in cells_by_heading(ours[Table.APPLICATIONS]):
            log = by_application.pop(cells.get("Id", ""), [])
            rows.append(read_row(number, with_others_kept(cells), log, zone))
    entries, problems = entries_alone(by_application, zone)
    return OwnRows(tuple(rows), entries, problems)


def log_rows(grid: Grid) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the log's table."""
    yield from cells_by_heading(grid)


def cells_by_heading(grid: Grid) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not empty: its number as in the file, and its texts by heading."""
    headings = [str(cell) for cell in grid.rows[0]]
    of_text = not grid.name
    for number, row in enumerate(grid.rows[1:], start=2):
        texts = [as_written(cell, of_text=of_text) for cell in row]
        if any(texts):
            texts += [""] * (len(headings) - len(texts))
            more = [f"Column {letters(place)}" for place in range(len(headings), len(texts))]
            yield number, dict(zip([*headings, *more], texts, strict=True))


def with_others_kept(cells: dict[str, str]) -> dict[str, str]:
    """The cells of an application, with those of columns that somebody added kept in the notes."""
    others = [f"{heading}: {text}" for heading, text in cells.items() if text and not is_ours(heading, cells)]
    return cells | {"Notes": "\n".join(filter(None, (cells.get("Notes"), *others)))} if others else cells


def is_ours(heading: str, cells: Mapping[str, str]) -> bool:
    """Whether an application's row is read by that heading, or had it from what is worked out anew."""
    found = OF_AN_INTERVIEW.match(heading)
    if found and (not found[2] or found[2] in (*ROUND, *PROMISE, "people")):
        return all(f"Interview {number}" in cells for number in range(1, int(found[1]) + 1))
    contact = heading.startswith("Contact") and heading.removeprefix("Contact") in PERSON
    return contact or heading in OF_APPLICATIONS or any(heading in names for names in SINGLE)


def as_written(cell: Cell, *, of_text: bool) -> str:
    """A cell as it was written: CSV has an apostrophe before what would run, XLSX has not."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unguarded(cell) if isinstance(cell, str) and of_text else str(cell)


def read_row(
    number: int, cells: Mapping[str, str], log: list[tuple[int, dict[str, Any]]], zone: str
) -> RowRead:
    """A row with its log as an application."""
    said = application_from(cells) | ({"log": [entry for _, entry in log]} if log else {})
    try:
        return RowRead(number, parse_application(json.dumps(said), zone))
    except InvalidApplication as error:
        return RowRead(number, problems=tuple(at_its_place(number, log, error.problems)))


def at_its_place(
    number: int, log: list[tuple[int, dict[str, Any]]], problems: Iterable[Problem]
) -> Iterator[RowProblem]:
    """Problems at the row and the heading they came from; those of the log at the log's own rows."""
    for problem in problems:
        found = re.match(r"^log\[(\d+)\]\.?(.*)$", problem.path)
        if found and int(found[1]) < len(log):
            yield RowProblem(log[int(found[1])][0], f"Log, {found[2]}", problem.sentence)
        else:
            yield RowProblem(number, heading_of(problem.path), problem.sentence)


def heading_of(path: str) -> str:
    """The heading of the column that a path of docs/plan.md came from."""
    if found := IN_ROUND.match(path):
        named = {key: more for more, key in (ROUND | {m: f"promise.{k}" for m, k in PROMISE.items()}).items()}
        return f"Interview {int(found[1]) + 1} {named.get(found[2], '' if found[2] == 'label' else 'people')}".strip()
    others = {f"rival_offer.{key}": heading for heading, key in RIVAL.items()}
    others |= {f"outcome.{key}": heading for heading, key in OUTCOME.items()}
    others |= {key: heading for heading, key in PLAIN.items()}
    return others.get(path, path.replace(".", " ").capitalize())


def entries_alone(
    by_application: Mapping[str, list[tuple[int, dict[str, Any]]]], zone: str
) -> tuple[dict[str, tuple[Entry, ...]], tuple[RowProblem, ...]]:
    """Entries whose application is not in the file, by its id; and what is wrong with them."""
    found: dict[str, tuple[Entry, ...]] = {}
    problems: list[RowProblem] = []
    for id, log in by_application.items():
        # Their interviews are not known here, so that what they name cannot be checked yet.
        bare = [{key: value for key, value in entry.items() if key != "round"} for _, entry in log]
        try:
            whole = parse_application(json.dumps({"company": "-", "log": bare}), zone)
        except InvalidApplication as error:
            problems.extend(at_its_place(0, log, error.problems))
            continue
        rounds = [entry.get("round") for _, entry in log]
        found[id] = tuple(replace(e, round=r) for e, r in zip(whole.log, rounds, strict=True))
    return found, tuple(problems)


def with_entries(application: Application, entries: Iterable[Entry]) -> Application:
    """The application with the entries it does not have yet, by their ids."""
    known = {entry.id for entry in application.log}
    return replace(
        application, log=(*application.log, *(e for e in entries if e.id is None or e.id not in known))
    )
