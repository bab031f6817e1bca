"""An application as cells of one row, and back: the form of our own spreadsheets.

A row holds everything of an application but its log, which is a table of its own, and ids stand far right.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from itertools import zip_longest
from typing import Any, TypeAlias

from afterword.domain.case import OpenCase
from afterword.domain.facts import people_of
from afterword.domain.model import Application, Contact, Round
from afterword.domain.step import Step

Cells: TypeAlias = dict[str, str | date]  # by heading; a moment is text, so that its offset stays
Texts: TypeAlias = Mapping[str, str]

PLAIN = {  # what an application says in one word or line: heading, key
    "Company": "company",
    "Role": "role",
    "Location": "location",
    "Link": "link",
    "Source": "source",
    "Time zone": "zone",
    "Country": "country",
}
PERSON = {"": "name", " title": "title", " email": "email", " phone": "phone", " notes": "notes"}
PROMISE = {"asked": "asked", "reply by": "reply_by", "reply channel": "channel"}
ROUND = {"kind": "kind", "ended": "ended_at", "thanks by": "thanks_by", "notes": "notes"}
RIVAL = {"Other offer came": "at", "Other offer deadline": "deadline"}
OUTCOME = {"Outcome": "result", "Outcome at": "at", "Answer by": "answer_by"}
ENTRY = {"Kind": "kind", "At": "at", "Channel": "channel", "Step": "step", "Text": "text"}
PEOPLE_COLUMNS = ("name", "title", "email", "phone", "notes")


def application_cells(case: OpenCase) -> Cells:
    """The row of an application, with its status and its next step."""
    application, plan = case.application, case.plan
    plain = {heading: written(getattr(application, key)) for heading, key in PLAIN.items()}
    contact = {
        f"Contact{more}": written(getattr(application.contact, key, None)) for more, key in PERSON.items()
    }
    return {
        "Company": plain.pop("Company"),
        "Role": plain.pop("Role"),
        "Status": plan.status.value,
        "Next step": step_words(plan.next) if plan.next else "",
        "Next step due": plan.next.due if plan.next else "",
        **plain,
        **contact,
        **{heading: written(getattr(application.outcome, key, None)) for heading, key in OUTCOME.items()},
        "Other offer": "yes" if application.rival_offer else "",
        **{heading: written(getattr(application.rival_offer, key, None)) for heading, key in RIVAL.items()},
        "Notes": written(application.notes),
        **interviews_cells(application.rounds),
        "Id": str(application.id or ""),
        "Ids within": ids_text(application),
    }


def interviews_cells(rounds: Iterable[Round]) -> Cells:
    """The cells of every interview: numbered, as many as there are."""
    cells: Cells = {}
    for number, round in enumerate(rounds, start=1):
        name = f"Interview {number}"
        cells[name] = round.label
        cells |= {f"{name} {more}": written(getattr(round, key)) for more, key in ROUND.items()}
        cells[f"{name} people"] = people_text(round.interviewers)
        cells |= {
            f"{name} {more}": written(getattr(round.promise, key, None)) for more, key in PROMISE.items()
        }
    return cells


def step_cells(case: OpenCase) -> Iterator[Cells]:
    """A row for each step of an application's plan."""
    for step in case.plan.steps:
        yield {
            "Company": case.application.company,
            "Role": written(case.application.role),
            "Step": step.kind.value,
            "Channel": written(step.channel),
            "To": step.to.name if step.to else "",
            "Interview": step.round.label if step.round else "",
            "State": step.state.value,
            "Opens": step.opens,
            "Due": step.due,
            "Overdue at": written(step.overdue_at),
            "Rule": step.reason,
            "Ended by": written(step.ended_by),
            "Application id": case.id,
        }


def entry_cells(case: OpenCase) -> Iterator[Cells]:
    """A row for each entry of an application's log, taken-back ones too."""
    names = {person.id: person.name for person in people_of(case.application) if person.id}
    labels = {round.id: round.label for round in case.application.rounds if round.id}
    for entry in case.application.log:
        yield {
            "Company": case.application.company,
            "Role": written(case.application.role),
            **{heading: written(getattr(entry, key)) for heading, key in ENTRY.items()},
            "To": names.get(entry.to or "", written(entry.to)),
            "Interview": labels.get(entry.round or "", written(entry.round)),
            **{
                more.capitalize(): written(getattr(entry.promise, key, None)) for more, key in PROMISE.items()
            },
            "Taken back at": written(entry.withdrawn_at),
            "Application id": case.id,
            "Entry id": written(entry.id),
            "To id": written(entry.to),
            "Interview id": written(entry.round),
        }


def step_words(step: Step) -> str:
    """A step in a few words: thank you by email, Ada Okafor."""
    by = f" by {step.channel.value}" if step.channel else ""
    return f"{step.kind.value.replace('_', ' ')}{by}{f', {step.to.name}' if step.to else ''}"


def written(value: object) -> str | date:
    """A value as a cell holds it: a day as a day, everything else as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, date) else str(value)


def people_text(people: Iterable[Contact]) -> str:
    """People one a line: name, title, email, phone, notes, with quotes where a comma is part of it."""
    return "\n".join(record(getattr(person, key) or "" for key in PEOPLE_COLUMNS) for person in people)


def record(values: Iterable[str]) -> str:
    """Values on one line, parted by commas, without the empty ones at its end."""
    kept = list(values)
    while kept and not kept[-1]:
        kept.pop()
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(kept)
    return line.getvalue().removesuffix("\r\n")


def records(text: str) -> list[list[str]]:
    """The lines of a text that `record` wrote, empty ones left out."""
    return [line for line in csv.reader(io.StringIO(text, newline="")) if line]


def ids_text(application: Application) -> str:
    """The ids of the parts on one line and what they are called on the next; nothing where none has an id."""
    parts = [application.contact or Contact(name=""), *parts_of(application.rounds)]
    ids = [part.id or "" for part in parts]
    names = (part.label if isinstance(part, Round) else part.name for part in parts)
    return f"{record(ids)}\n{record(names)}" if any(ids) else ""


def parts_of(rounds: Iterable[Round]) -> Iterator[Round | Contact]:
    """Each interview and after it everybody met there."""
    for round in rounds:
        yield round
        yield from round.interviewers


# And back: as JSON would hold it, so that the reader of JSON tells every problem with its key.


def application_from(cells: Texts) -> dict[str, Any]:
    """What a row of ours says, with the keys of docs/plan.md."""
    said: dict[str, Any] = {key: cells.get(heading) or None for heading, key in PLAIN.items()}
    said |= {"id": cells.get("Id") or None, "notes": cells.get("Notes") or None}
    said["contact"] = part({key: cells.get(f"Contact{more}") for more, key in PERSON.items()})
    said["outcome"] = part({key: cells.get(heading) for heading, key in OUTCOME.items()})
    rival = part({key: cells.get(heading) for heading, key in RIVAL.items()})
    said["rival_offer"] = rival or ({} if truth(cells.get("Other offer")) else None)
    said["rounds"] = list(rounds_from(cells))
    with_ids_within(said, records(cells.get("Ids within", "")))
    return {key: value for key, value in said.items() if value not in (None, [])}


def rounds_from(cells: Texts) -> Iterator[dict[str, Any]]:
    """The interviews of a row, until a number is not there."""
    number = 1
    while f"Interview {number}" in cells:
        name = f"Interview {number}"
        said = part(
            {"label": cells[name], **{key: cells.get(f"{name} {more}") for more, key in ROUND.items()}}
        )
        if said:
            people = [
                part(dict(zip(PEOPLE_COLUMNS, line, strict=False)))
                for line in records(cells.get(f"{name} people", ""))
            ]
            promise = promise_from(cells, f"{name} ")
            yield (
                said
                | ({"interviewers": people} if people else {})
                | ({"promise": promise} if promise else {})
            )
        number += 1


def promise_from(cells: Texts, before: str) -> dict[str, Any] | None:
    """What was promised, where anything was."""
    said = part(
        {key: cells.get(f"{before}{more}" if before else more.capitalize()) for more, key in PROMISE.items()}
    )
    return said and said | ({"asked": truth(str(said["asked"]))} if "asked" in said else {})


def entry_from(cells: Texts) -> dict[str, Any]:
    """What a row of the log says, with the keys of docs/plan.md."""
    said = part({key: cells.get(heading) for heading, key in ENTRY.items()}) or {}
    more = {
        "id": cells.get("Entry id"),
        "to": cells.get("To id") or cells.get("To"),
        "round": cells.get("Interview id") or cells.get("Interview"),
        "withdrawn_at": cells.get("Taken back at"),
        "promise": promise_from(cells, ""),
    }
    return said | {key: value for key, value in more.items() if value}


def part(said: Mapping[str, str | None]) -> dict[str, Any] | None:
    """What is said of a part; None where nothing is."""
    return {key: value for key, value in said.items() if value} or None


def truth(text: str | None) -> bool | str | None:
    """Yes or no; the text itself where it is neither, so that it is told as a problem."""
    words = {"yes": True, "no": False, "true": True, "false": False}
    return words.get(text.casefold(), text) if text else None


def with_ids_within(said: dict[str, Any], lines: list[list[str]]) -> None:
    """Give the parts their ids: by place and name, else by name, else by place where none came or went.

    Somebody may have added an interviewer in the middle; an id that slid to another would be another's thanks.
    """
    contact, rounds = said["contact"], said["rounds"]
    parts = [contact if isinstance(contact, dict) else {}]
    for round in rounds:
        parts += [round, *round.get("interviewers", ())]
    ids, names = (*lines, [], [])[:2]
    left = dict(enumerate(zip_longest(ids, names, fillvalue="")))
    calls = [part.get("name") or part.get("label") or "" for part in parts]
    chosen = {n: n for n, call in enumerate(calls) if n in left and left[n][1] == call}
    for place, call in enumerate(calls):
        free = (n for n, (_, name) in left.items() if n not in chosen.values() and name == call)
        if place not in chosen and (found := next(free, None)) is not None:
            chosen[place] = found
    if len(parts) == len(left):
        chosen |= {n: n for n in left if n not in chosen and n not in chosen.values()}
    for place, found in chosen.items():
        if left[found][0]:
            parts[place]["id"] = left[found][0]
