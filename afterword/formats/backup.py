"""Everything of one owner as one JSON file: written, read in every version there was, and brought together."""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from itertools import islice
from operator import attrgetter
from typing import Annotated, Any, Final, Literal
from uuid import UUID, uuid5

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from afterword.domain.draft import Draft
from afterword.domain.errors import InvalidApplication, Problem
from afterword.domain.model import Application, Contact, Entry, Interviewer, Round
from afterword.domain.practice import MOST_ANSWERS, Answer
from afterword.domain.practice import united as answers_of_both
from afterword.domain.problems import YEARS, is_named, problems_of
from afterword.domain.table import TableForm
from afterword.domain.you import You, problems_of_you
from afterword.formats.application_json import (
    APPLICATION,
    DATED,
    YOU,
    dump_application,
    every_problem,
    json_in,
    number_times,
    parse_application,
    plain,
    without_nulls,
)
from afterword.formats.drafts import drafts_in, of_both
from afterword.formats.practice_json import KEY as PRACTICE
from afterword.formats.practice_json import answers_in, dump_answer
from afterword.formats.validation import problems_in

VERSION: Final = 1
MOST_BYTES = 64 * 1024 * 1024
MOST_APPLICATIONS, MOST_VERSION = 5_000, 1_000_000_000
MOST_IN_ONE = 60_000  # values in one application: a hundred interviews with fifty people each have fewer
MOST_PROBLEMS, MOST_KEYS_TOLD, LONGEST_PATH = 1_000, 20, 120
# A file that is all signs takes forty times its size in memory, and it is read whole: so they are counted first.
MOST_SIGNS = {b"{": 150_000, b"[": 150_000, b",": 2_000_000, b'"': 3_000_000}
LONGEST_RAW = 300_000  # the longest text there can be, with every letter of it written as two escapes
ENDLESS_TEXT = re.compile(rb'"[^"]{%d}' % LONGEST_RAW)
OTHER_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# Where a day comes last. A reply-by date that fits there did fit where its owner was on that day.
LAST_ZONE = "Etc/GMT+12"
NAMESPACE = UUID("5f1c1d0e-3b60-4c0e-9d58-6a6f0f7c2b11")
SAYS = attrgetter("kind", "at", "channel", "to", "round", "step", "promise", "text")
HEAD = ("afterword", "version", "made_at", "you", "applications")
ALSO = (*HEAD, PRACTICE)  # written only where there is something in it
ITEM = ("version", "deleted_at", "application", "drafts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """An application as a backup holds it: with the number of its edits, and when it was deleted if it was.

    `drafts` are what was begun to write for it, in the order of their ids.
    """

    version: Annotated[int, Field(ge=1, le=MOST_VERSION)]
    application: Application
    deleted_at: datetime | None = None
    drafts: tuple[Draft, ...] = ()

    @property
    def id(self) -> str:
        """The application's id."""
        return str(self.application.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """Everything of one owner. `made_at` and `you` are None in backups of a form that did not hold them."""

    made_at: datetime | None
    you: You | None
    applications: Annotated[tuple[Saved, ...], Field(max_length=MOST_APPLICATIONS)]
    practice: Annotated[tuple[Answer, ...], Field(max_length=MOST_ANSWERS)] = ()
    afterword: Literal["backup"] = "backup"
    version: Literal[1] = VERSION


@dataclass(frozen=True, slots=True)
class Preview:
    """What a restore does. `new`, `changed` and `same` count what is in the backup, `gone` what is erased.

    `you` says whether what the owner said about themselves changes, `practice` whether what was answered in
    practice does; `made_at` is when the backup was made.
    """

    new: int
    changed: int
    same: int
    gone: int
    you: bool
    made_at: datetime | None
    practice: bool = False

    @property
    def changes_nothing(self) -> bool:
        """Whether everything is there already as the backup has it."""
        return not (self.new or self.changed or self.gone or self.you or self.practice)


for part in (You, TableForm, Saved, Backup):
    setattr(part, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010 - mypy knows no such attribute


def backup_schema() -> dict[str, Any]:
    """The form of a backup as a JSON Schema."""
    schema = TypeAdapter(Backup).json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "A backup made by Afterword",
        "required": list(HEAD),
    }


# Writing


def dump_backup(backup: Backup) -> bytes:
    """The backup as JSON text in UTF-8, an application a line, that read_backup reads back to an equal one."""
    head = {name: plain(getattr(backup, name)) for name in HEAD[:-1]}
    lines = ",\n".join(dump_saved(saved) for saved in backup.applications)
    answers = ",\n".join(dump_answer(answer) for answer in backup.practice)
    also = f', "{PRACTICE}": [\n{answers}\n]' if answers else ""
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "applications": [\n{lines}\n]{also}}}\n'.encode()


def dump_saved(saved: Saved) -> str:
    """One application of a backup as JSON text, with a version that can be read again."""
    version = min(saved.version, MOST_VERSION)
    head = json.dumps({"version": version, "deleted_at": plain(saved.deleted_at)})
    drafts = json.dumps(plain(saved.drafts), ensure_ascii=False)
    begun = f', "drafts": {drafts}' if saved.drafts else ""
    return f'{head[:-1]}, "application": {dump_application(saved.application)}{begun}}}'


def dump_alone(application: Application) -> bytes:
    """One application as JSON text in UTF-8 for people to read, in the form of docs/plan.md."""
    return f"{json.dumps(plain(application), ensure_ascii=False, indent=1)}\n".encode()


# Reading


def read_backup(data: bytes) -> Backup:
    """The backup that JSON text describes, in any version there was, with an id for everything that has none.

    The same file gets the same ids each time. Raises InvalidApplication with every problem.
    """
    whole, found = upgraded(json_of(data)), list[Problem]()
    found.extend(head_problems(whole))
    made_at = moment_in(whole.get("made_at"), "made_at", found)
    you = you_in(whole.get("you"), found)
    applications = tuple(with_ids(applications_in(whole.get("applications"), found)))
    practice = answers_in(whole.get(PRACTICE), found)
    refuse(found)
    return Backup(made_at=made_at, you=you, applications=applications, practice=practice)


def read_application(data: bytes, zone: str) -> Application:
    """One application that JSON text describes. Raises InvalidApplication with every problem."""
    whole = json_of(data)
    if isinstance(whole, list) or (isinstance(whole, dict) and "applications" in whole):
        raise unreadable("this is a backup, not one application; restore it instead")
    refuse(list(crowd_problems(whole)))
    return parse_application(data, zone)


def json_of(data: bytes) -> Any:
    """What the text holds. Raises InvalidApplication where it is no JSON in UTF-8, or more than can be read."""
    if len(data) > MOST_BYTES:
        raise unreadable(f"is larger than {MOST_BYTES // 1024**2} MB, the most that can be read")
    if data.startswith(OTHER_ENCODINGS) or b"\0" in data[:4]:
        raise unreadable("is not text in UTF-8; save it with that encoding")
    refuse(list(sign_problems(data)))
    try:
        return json_in(data)
    except InvalidApplication as error:
        if "invalid unicode code point" in str(error):
            raise unreadable(f"is not text in UTF-8; save it with that encoding ({error})") from None
        raise


def sign_problems(data: bytes) -> Iterator[Problem]:
    """More objects, lists, values or texts than fit into memory, or a text that is longer than any can be."""
    if ENDLESS_TEXT.search(data):
        yield Problem("", f"has a text in it that is longer than {LONGEST_RAW:,} characters")
    for sign, most in MOST_SIGNS.items():
        if (number := data.count(sign)) > most:
            found = f"has {number:,} of the character {sign.decode()} in it"
            yield Problem("", f"{found}; at most {most:,} can be read")


def upgraded(whole: Any) -> dict[str, Any]:
    """A backup of any version in the form of the newest. Raises InvalidApplication where it is none."""
    version = version_of(whole)
    held = whole if isinstance(whole, list) else whole.get("applications")
    if isinstance(held, list) and len(held) > MOST_APPLICATIONS:
        many = f"has {len(held):,} in it; at most {MOST_APPLICATIONS:,} can be read"
        raise unreadable(many, "applications")
    for older in range(version, VERSION):
        whole = UPGRADES[older](whole)
    return dict(whole)


def version_of(whole: Any) -> int:
    """The version of the form: 0 where none is named. Raises InvalidApplication where it is no backup."""
    if isinstance(whole, list):
        return 0
    if not isinstance(whole, dict):
        raise unreadable("must be an object with keys, or a list of applications")
    if "company" in whole and "applications" not in whole:
        raise unreadable("this is one application, not a backup; import it instead")
    version = whole.get("version", None if "afterword" in whole else 0)
    if type(version) is not int or version < 0:
        raise unreadable(f"must be a whole number from 0 to {VERSION}", "version")
    if version > VERSION:
        raise unreadable("is of a newer Afterword; read this backup with that one", "version")
    return int(version)


def from_0_to_1(older: Any) -> dict[str, Any]:
    """Version 0 held plain applications, alone in a list or under one key."""
    whole = older if isinstance(older, dict) else {"applications": older}
    held = whole.get("applications")
    items = (
        [{"version": 1, "deleted_at": None, "application": a} for a in held]
        if isinstance(held, list)
        else held
    )
    return {"made_at": None, "you": None, **whole, "afterword": "backup", "version": 1, "applications": items}


UPGRADES: dict[int, Callable[[Any], dict[str, Any]]] = {0: from_0_to_1}


def head_problems(whole: dict[str, Any]) -> Iterator[Problem]:
    """What is wrong with the keys of the whole."""
    if whole.get("afterword") != "backup":
        yield Problem("afterword", 'must be "backup"; this file is something else')
    yield from unknown_keys(whole, ALSO, "")


def unknown_keys(part: dict[str, Any], known: Iterable[str], path: str) -> Iterator[Problem]:
    """Keys that nobody knows; the first of very many."""
    for name in islice((name for name in part if name not in known), MOST_KEYS_TOLD):
        yield Problem(f"{path}.{name}".removeprefix("."), "is not a known key")


def moment_in(value: Any, path: str, found: list[Problem]) -> datetime | None:
    """A moment, aware; None where there is none. What is wrong with it goes to `found`."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value) if DATED.match(value) else None
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None or moment.year not in YEARS:
        found.append(Problem(path, "must be a time with an offset, such as 2026-11-03T15:00:00-05:00"))
        return None
    return moment


def you_in(value: Any, found: list[Problem]) -> You | None:
    """What the owner said about themselves; None where nothing is known. What is wrong with it goes to `found`."""
    if value is None:
        return None
    if not isinstance(value, dict):
        found.append(Problem("you", "must be an object with keys"))
        return None
    known = [field.name for field in fields(You)]
    found.extend(unknown_keys(value, known, "you"))
    try:
        you = YOU.validate_json(json.dumps({name: value.get(name) for name in known}), strict=True)
    except ValidationError as error:
        found.extend(below("you", problems_in(error)))
        return None
    found.extend(below("you", problems_of_you(you)))
    return you


def applications_in(items: Any, found: list[Problem]) -> Iterator[Saved]:
    """The applications that can be read. What is wrong with the others goes to `found`, until it is too much."""
    if not isinstance(items, list):
        found.append(Problem("applications", "is missing" if items is None else "must be a list"))
        return
    ids: set[str | None] = set()
    for index, item in enumerate(items):
        items[index] = None  # what was read is let go, so that a large file is not in memory twice
        path = f"applications[{index}]"
        for saved in saved_in(item, path, found):
            if saved.application.id and saved.application.id in ids:
                found.append(Problem(f"{path}.application.id", "is the id of an application before it"))
            ids.add(saved.application.id)
            yield saved
        if len(found) >= MOST_PROBLEMS:
            found.append(Problem("applications", f"was read no further than [{index}]: too much is wrong"))
            return


def saved_in(item: Any, path: str, found: list[Problem]) -> Iterator[Saved]:
    """One application of a backup, if it can be read. What is wrong with it goes to `found`."""
    if not isinstance(item, dict):
        found.append(Problem(path, "must be an object with keys"))
        return
    before = len(found)
    found.extend(unknown_keys(item, ITEM, path))
    version = item.get("version")
    if type(version) is not int or not 1 <= version <= MOST_VERSION:
        found.append(Problem(f"{path}.version", f"must be a whole number from 1 to {MOST_VERSION:,}"))
    deleted_at = moment_in(item.get("deleted_at"), f"{path}.deleted_at", found)
    application = application_in(item.get("application"), f"{path}.application", found)
    drafts = drafts_in(item.get("drafts"), f"{path}.drafts", found)
    if application and len(found) == before:
        yield Saved(version=int(version or 1), application=application, deleted_at=deleted_at, drafts=drafts)


def application_in(whole: Any, path: str, found: list[Problem]) -> Application | None:
    """An application, None where it cannot be read. What is wrong with it goes to `found`."""
    if whole is None:
        found.append(Problem(path, "is missing"))
        return None
    if crowd := tuple(crowd_problems(whole)):
        found.extend(below(path, crowd))
        return None
    known = without_nulls(whole)
    try:
        application = APPLICATION.validate_json(json.dumps(known), strict=True)
    except ValidationError as error:
        if (number := error.error_count()) > MOST_PROBLEMS:
            found.append(Problem(path, f"has {number:,} mistakes in it, too many to tell"))
        else:
            found.extend(below(path, every_problem(known, error, LAST_ZONE)))
        return None
    wrong = (problem for problem in problems_of(application, LAST_ZONE) if not comes_with_time(problem))
    found.extend(below(path, (*number_times(known), *wrong)))
    return application


def crowd_problems(whole: Any) -> Iterator[Problem]:
    """More in one application than anybody can have put there, and than can be told about one by one."""
    if (number := size_of(whole)) > MOST_IN_ONE:
        yield Problem("", f"has {number:,} values in it; one application can hold {MOST_IN_ONE:,}")


def size_of(part: Any) -> int:
    """How many values there are within, with itself; a long text counts as many."""
    if isinstance(part, str):
        return 1 + len(part) // 1_000
    within = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return 1 + sum(map(size_of, within))


def comes_with_time(problem: Problem) -> bool:
    """Whether an application that was sound when it was kept may have this problem by now.

    A log may have grown beyond what can be typed in, and two windows may have removed an interview and logged
    something for it. A backup must not be refused for what its owner was allowed to do.
    """
    grown = problem.path == "log" and problem.sentence.startswith("has ")
    return grown or problem.sentence.startswith("there is no round")


def below(path: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The same problems, with the path of what they are in."""
    for problem in problems:
        yield Problem(f"{path}.{problem.path}" if problem.path else path, problem.sentence)


def unreadable(sentence: str, path: str = "") -> InvalidApplication:
    """The exception for the one thing that is wrong with the whole."""
    return InvalidApplication((Problem(path, sentence),))


def refuse(problems: list[Problem]) -> None:
    """Raise InvalidApplication if there are problems; a path from a hostile file is cut to what can be read."""
    if problems:
        raise InvalidApplication(
            tuple(Problem(readable(problem.path, LONGEST_PATH), problem.sentence) for problem in problems)
        )


def readable(text: str, longest: int) -> str:
    """A text without what a terminal would obey, and not longer than that."""
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in text[: longest + 1])
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


# Ids for what has none


def with_ids(applications: Iterable[Saved]) -> Iterator[Saved]:
    """The same, each with an id for itself and for all within: made of what it says, so that it stays the same."""
    alike: Counter[str] = Counter()
    for saved in applications:
        application = saved.application
        own = application.id
        if not own:
            about = made_id("application", dump_application(replace(application, log=())))
            alike[about] += 1
            own = made_id(about, alike[about])
        yield replace(saved, application=with_ids_within(replace(application, id=own), own))


def with_ids_within(application: Application, own: str) -> Application:
    """The application with an id for each person, interview and entry, and its log in the order of time."""
    contact: Contact | None = application.contact
    rounds = tuple(round_with_ids(round, own, place) for place, round in enumerate(application.rounds))
    return replace(
        application,
        contact=replace(contact, id=contact.id or made_id(own, "contact")) if contact else None,
        rounds=rounds,
        log=by_time(tuple(log_with_ids(application.log, own))),
    )


def round_with_ids(round: Round, own: str, place: int) -> Round:
    """An interview with an id for itself and for everybody met."""
    named = round.id or made_id(own, "round", place)

    def person_with_id(place: int, person: Interviewer) -> Interviewer:
        return replace(person, id=person.id or made_id(own, named, "person", place))

    people = tuple(person_with_id(place, person) for place, person in enumerate(round.interviewers))
    return replace(round, id=named, interviewers=people)


def log_with_ids(log: Iterable[Entry], own: str) -> Iterator[Entry]:
    """The entries, each with an id, also when taken back; of two that say the same the second gets another."""
    alike: Counter[str] = Counter()
    for entry in log:
        if entry.id:
            yield entry
            continue
        about = "\n".join(map(str, SAYS(entry)))
        alike[about] += 1
        yield replace(entry, id=made_id(own, about, alike[about]))


def made_id(*about: str | int) -> str:
    """An id that is the same for the same words."""
    return str(uuid5(NAMESPACE, "\n".join(map(str, about))))


def by_time(log: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """A log in the order of time, as a database keeps it."""
    return tuple(sorted(log, key=lambda entry: (entry.at.astimezone(UTC), str(entry.id))))


# Bringing together


def exchanged(kept: Backup, given: Backup, now: datetime, *, instead: bool) -> Backup:
    """Everything as it stands after a restore at `now`: what is given instead of what is kept, or both together."""
    mine, theirs = by_id(kept), by_id(given)
    if instead:
        after = {id: put_instead(mine.get(id), saved) for id, saved in theirs.items()}
    else:
        both = {id: merged(mine[id], theirs[id], now) for id in mine.keys() & theirs.keys()}
        after = theirs | mine | both
    you = (given.you or kept.you) if instead else told_by_either(kept.you, given.you)
    in_order = tuple(after[id] for id in sorted(after))
    practice = given.practice if instead else answers_of_both(kept.practice, given.practice)
    return Backup(made_at=kept.made_at, you=you, applications=in_order, practice=practice)


def compared(kept: Backup, given: Backup, after: Backup) -> Preview:
    """What a restore of `given` does that turns `kept` into `after`."""
    mine, then = by_id(kept), by_id(after)
    there = [saved.id for saved in given.applications if saved.id in mine]
    same = sum(replace(mine[id], version=then[id].version) == then[id] for id in there)
    return Preview(
        new=len(given.applications) - len(there),
        changed=len(there) - same,
        same=same,
        gone=len(mine.keys() - then.keys()),
        you=(after.you or You()) != (kept.you or You()),
        made_at=given.made_at,
        practice=after.practice != kept.practice,
    )


def by_id(backup: Backup) -> dict[str, Saved]:
    """The applications by their ids."""
    return {saved.id: saved for saved in backup.applications}


def put_instead(mine: Saved | None, theirs: Saved) -> Saved:
    """What is given, with a version by which an edit begun before the restore is found out to be an old one."""
    if mine is None:
        return theirs
    edits = mine.version if mine.application == theirs.application else mine.version + 1
    drafts = tuple(draft_instead(mine.drafts, draft) for draft in theirs.drafts)
    return replace(theirs, version=max(edits, theirs.version), drafts=drafts)


def draft_instead(mine: tuple[Draft, ...], theirs: Draft) -> Draft:
    """A draft that is given, with a version by which one begun before the restore is found out to be an old one."""
    stands = next((draft for draft in mine if draft.id == theirs.id), None)
    if stands is None or stands == theirs:
        return theirs
    return replace(theirs, version=max(stands.version + 1, theirs.version))


def merged(mine: Saved, theirs: Saved, now: datetime) -> Saved:
    """The document with more edits, mine where they are even, with the entries of both; deleted if both are."""
    newer = theirs if theirs.version > mine.version else mine
    log = by_time(united(mine.application.log, theirs.application.log))
    both = replace(
        newer,
        application=replace(newer.application, log=log),
        drafts=of_both(mine.drafts, theirs.drafts),
        deleted_at=max(mine.deleted_at, theirs.deleted_at) if mine.deleted_at and theirs.deleted_at else None,
    )
    return mine if both == mine else replace(both, application=without_orphans(both.application, now))


def united(mine: tuple[Entry, ...], theirs: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """My entries and what only they have; one that either took back is taken back."""
    also = {entry.id: entry for entry in theirs}
    back = {entry.id: entry.withdrawn_at for entry in theirs}
    here = tuple(replace(entry, withdrawn_at=entry.withdrawn_at or back.get(entry.id)) for entry in mine)
    known = {entry.id for entry in mine}
    return (*here, *(entry for id, entry in also.items() if id not in known))


def without_orphans(application: Application, now: datetime) -> Application:
    """Entries for an interview that is not there are taken back, as when an interview is taken out by hand."""

    def is_orphan(entry: Entry) -> bool:
        named = entry.round
        return named is not None and not any(is_named(round, named) for round in application.rounds)

    log = (replace(e, withdrawn_at=e.withdrawn_at or now) if is_orphan(e) else e for e in application.log)
    return replace(application, log=tuple(log))


def told_by_either(mine: You | None, theirs: You | None) -> You | None:
    """What I said about myself, and what I did not say but they did."""
    if mine is None or theirs is None:
        return mine or theirs
    return You(**{f.name: getattr(mine, f.name) or getattr(theirs, f.name) for f in fields(You)})
