"""A repository in a database, through SQLAlchemy. Documents are JSON in the form of the backups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    Engine,
    Insert,
    Integer,
    Row,
    String,
    Update,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    union_all,
    update,
)
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from afterword.domain.draft import Draft
from afterword.domain.errors import (
    DeletedApplication,
    SomebodyWasFirst,
    StoreUnavailable,
    UnknownApplication,
    UnknownEntry,
)
from afterword.domain.model import Application, Entry
from afterword.domain.practice import Answer, united
from afterword.domain.you import You
from afterword.formats.application_json import (
    dump_application,
    dump_entry,
    dump_you,
    read_kept_application,
    read_kept_entry,
    read_kept_you,
)
from afterword.formats.backup import Backup, Saved, by_time
from afterword.formats.drafts import dump_draft, read_kept_draft
from afterword.formats.practice_json import dump_answer, read_kept_answer
from afterword.store import backups
from afterword.store.driver import straight
from afterword.store.repository import Kept, News, PutAside
from afterword.store.revisions import (
    Revision,
    counted,
    next_revision,
    nothing_since,
    purge_next,
    read_anew,
    standing,
)
from afterword.store.tables import ANSWERS, APPLICATIONS, CALENDARS, DRAFTS, ENTRIES, OWNERS, REVISIONS
from afterword.store.transactions import at_one_moment, reading_first, reason_of, writing

Text = str | BindParameter[str]
ENTRY = ("owner", "application", "id", "at", "withdrawn_at", "document")
COUNTED = {"preserve_rowcount": True}  # else SQLAlchemy asks PostgreSQL for no number of rows inserted


class SqlRepository:
    """Applications in a database that is migrated already. Every write is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self, owner: str) -> tuple[Kept, ...]:
        """Every application of the owner that is not deleted, in two queries."""
        with self._engine.connect() as connection:
            return all_now(connection, owner)

    def news(self, owner: str, since: object = None) -> News:
        """What is new since that revision: one query where nothing is, three else."""
        with self._engine.connect() as connection:
            you, until = standing(connection, owner)  # first, so that what is written meanwhile is read again
            if not (isinstance(since, Revision) and until.carries_on(since)):
                return News(you, until, all_now(connection, owner), everything=True)
            if since.number == until.number:
                return News(you, until)
            kept, gone = written_since(connection, owner, since)
        return News(you, until, kept, gone)

    def count(self, owner: str) -> int:
        """How many applications of the owner there are that are not deleted."""
        mine = (APPLICATIONS.c.owner == owner, APPLICATIONS.c.deleted_at.is_(None))
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(APPLICATIONS).where(*mine)) or 0

    def get(self, owner: str, application_id: str) -> Kept:
        """One application. Raises UnknownApplication."""
        return self.open(owner, application_id)[0]

    def open(self, owner: str, application_id: str) -> tuple[Kept, You]:
        """One application with what its owner said about themselves, in one query. Raises UnknownApplication."""
        with self._engine.connect() as connection:
            return opened_now(connection, owner, application_id)

    def add(self, owner: str, application: Application, now: datetime) -> Kept:
        """Keep a new application with its log; the same one again changes nothing. Raises DeletedApplication."""
        row = {"owner": owner, "id": application.id, "version": 1, "updated_at": stamp(now)}
        entries = [entry_row(owner, str(application.id), entry) for entry in application.log]
        mine = (APPLICATIONS.c.owner == owner, APPLICATIONS.c.id == application.id)
        known = select(APPLICATIONS.c.id).where(*mine)
        try:
            with writing(self._engine, owner) as connection:
                if connection.scalar(known) is None:
                    connection.execute(insert(APPLICATIONS).values(**row, document=document_of(application)))
                    if entries:
                        connection.execute(insert(ENTRIES), entries)
                    next_revision(connection, owner, [str(application.id)])
        except IntegrityError:
            with self._engine.connect() as connection:
                if connection.scalar(known) is None:  # not that another was first with this very id
                    raise
        try:
            return self.get(owner, str(application.id))
        except UnknownApplication:
            raise DeletedApplication from None

    def replace(self, owner: str, application: Application, version: int, now: datetime) -> Kept:
        """Keep everything but the log anew. Raises SomebodyWasFirst, UnknownApplication."""
        with writing(self._engine, owner) as connection:
            changed = connection.execute(
                update(APPLICATIONS)
                .where(*this(owner, str(application.id)), APPLICATIONS.c.version == version)
                .values(version=version + 1, updated_at=stamp(now), document=document_of(application))
            )
            kept, _ = opened_now(connection, owner, str(application.id))
            if changed.rowcount != 1:
                raise SomebodyWasFirst(str(application.id))
            next_revision(connection, owner, [str(application.id)])
        return kept

    def append(
        self,
        owner: str,
        application_id: str,
        entry: Entry,
        seen: int | None = None,
        version: int | None = None,
        as_of: object = None,
    ) -> Revision | None:
        """Add an entry; one with an id that is there already changes nothing.

        Raises UnknownApplication, and SomebodyWasFirst unless the log has as many entries as were seen, the
        application that version, and the store has come no further. How far it has come by this.
        """
        row = values_of(entry_row(owner, application_id, entry)) | {"seen": seen, "version": version}
        adding = appending(seen is not None, version is not None, as_of is not None)
        try:
            with straight(self._engine, owner) as transaction:
                if transaction.run(adding, row | numbers_of(as_of)).rowcount == 1:
                    return by_this(as_of, counted(transaction, owner, application_id))
        except IntegrityError:
            return None  # logged already: a repeated click
        log = self.get(owner, application_id).application.log
        if all(entry.id != other.id for other in log):
            raise SomebodyWasFirst(application_id)
        return None

    def amend(
        self,
        owner: str,
        application_id: str,
        entry: Entry,
        before: Entry | None = None,
        version: int | None = None,
        as_of: object = None,
    ) -> Revision | None:
        """Put an entry in the place of the one with its id. Raises UnknownEntry, SomebodyWasFirst."""
        row = values_of(entry_row(owner, application_id, entry)) | {"version": version} | numbers_of(as_of)
        only = (version is not None, as_of is not None)
        if before is not None:
            with straight(self._engine, owner) as transaction:
                seen = row | {"before": dump_entry(before)}
                if transaction.run(amending(*only), seen).rowcount == 1:
                    return by_this(as_of, counted(transaction, owner, application_id))
        with writing(self._engine, owner) as connection:
            stands = text_now(connection, owner, application_id, str(entry.id))
            if before is not None and read_kept_entry(stands) != before:
                raise SomebodyWasFirst(application_id)
            # else the same entry, written in an older form
            if connection.execute(amending(*only), row | {"before": stands}).rowcount == 1:
                return by_this(as_of, next_revision(connection, owner, [application_id]))
            raise SomebodyWasFirst(application_id)

    def delete(self, owner: str, application_id: str, now: datetime) -> None:
        """Put an application aside. Raises UnknownApplication."""
        with writing(self._engine, owner) as connection:
            aside = update(APPLICATIONS).where(*this(owner, application_id)).values(deleted_at=stamp(now))
            if connection.execute(aside).rowcount != 1:
                raise UnknownApplication(application_id)
            next_revision(connection, owner, [application_id])

    def deleted(self, owner: str) -> tuple[PutAside, ...]:
        """Every application of the owner that was put aside, the latest first."""
        aside = (APPLICATIONS.c.owner == owner, APPLICATIONS.c.deleted_at.is_not(None))
        rows = select(APPLICATIONS.c.document, APPLICATIONS.c.deleted_at).where(*aside)
        latest_first = rows.order_by(APPLICATIONS.c.deleted_at.desc(), APPLICATIONS.c.id.desc())
        with self._engine.connect() as connection:
            return tuple(
                PutAside(read_kept_application(row.document, []), datetime.fromisoformat(row.deleted_at))
                for row in connection.execute(latest_first)
            )

    def restore(self, owner: str, application_id: str) -> None:
        """Bring a deleted application back. Raises UnknownApplication."""
        mine = (APPLICATIONS.c.owner == owner, APPLICATIONS.c.id == application_id)
        back = (
            update(APPLICATIONS).where(*mine, APPLICATIONS.c.deleted_at.is_not(None)).values(deleted_at=None)
        )
        with writing(self._engine, owner) as connection:
            if connection.execute(back).rowcount != 1:
                raise UnknownApplication(application_id)
            next_revision(connection, owner, [application_id])

    def purge(self, owner: str, before: datetime) -> int:
        """Erase with their logs what was put aside before that moment; how many there were."""
        old = (APPLICATIONS.c.owner == owner, APPLICATIONS.c.deleted_at < stamp(before))
        with writing(self._engine, owner) as connection:
            if connection.scalar(select(exists().where(*old))):
                purge_next(connection, owner, stamp(before))
            count = connection.execute(delete(APPLICATIONS).where(*old)).rowcount
            connection.execute(delete(CALENDARS).where(*forgotten(owner, before)))
        return count

    def noted(self, owner: str) -> dict[str, str]:
        """What the last calendar files said: a text for each application."""
        mine = select(CALENDARS.c.application, CALENDARS.c.document).where(CALENDARS.c.owner == owner)
        with self._engine.connect() as connection:
            return {row.application: row.document for row in connection.execute(mine)}

    def note(self, owner: str, texts: Mapping[str, str], now: datetime) -> None:
        """Remember what a calendar file said of each of these applications. Raises StoreUnavailable."""
        old = (CALENDARS.c.owner == owner, CALENDARS.c.application == bindparam("old"))
        rows = [
            {"owner": owner, "application": id, "noted_at": stamp(now), "document": text}
            for id, text in texts.items()
        ]
        if not rows:
            return
        with reading_first(self._engine, owner) as connection:
            connection.execute(delete(CALENDARS).where(*old), [{"old": id} for id in texts])
            connection.execute(insert(CALENDARS), rows)

    def you(self, owner: str) -> You:
        """What the owner said about themselves."""
        with self._engine.connect() as connection:
            found = connection.scalar(select(OWNERS.c.document).where(OWNERS.c.owner == owner))
        return read_kept_you(found) if found else You()

    def keep_you(self, owner: str, you: You) -> None:
        """Keep what the owner says about themselves."""
        with writing(self._engine, owner) as connection:
            write_you(connection, owner, you)
            next_revision(connection, owner, [])  # zone and country stand in for those of applications

    def answers(self, owner: str) -> tuple[Answer, ...]:
        """What the owner answered in practice, in the order of time."""
        with self._engine.connect() as connection:
            return answers_now(connection, owner)

    def keep_answer(self, owner: str, answer: Answer) -> None:
        """Keep an answer; of one with an id that is there already only that it was taken back.

        Raises StoreUnavailable.
        """
        with reading_first(self._engine, owner) as connection:
            before = answers_now(connection, owner)
            write_answers(connection, owner, before, united(before, (answer,)))

    def drafts(self, owner: str, application_id: str) -> tuple[Draft, ...]:
        """What was begun to write for an application, in the order of ids; nothing for one that is not there."""
        mine = (*drafts_of(owner, application_id), exists().where(*this(owner, application_id)))
        found = select(DRAFTS.c.document).where(*mine).order_by(DRAFTS.c.id)
        with self._engine.connect() as connection:
            return tuple(read_kept_draft(document) for document in connection.scalars(found))

    def keep_draft(self, owner: str, application_id: str, draft: Draft, now: datetime) -> Draft:
        """Keep a draft; returned with its new version. Raises SomebodyWasFirst, UnknownApplication."""
        made, there = replace(draft, version=draft.version + 1), exists().where(*this(owner, application_id))
        row = draft_row(owner, application_id, made, now)
        mine = (*drafts_of(owner, application_id), DRAFTS.c.id == draft.id, DRAFTS.c.version == draft.version)
        columns = [literal(value, DRAFTS.c[name].type) for name, value in row.items()]
        write: Insert | Update = (
            update(DRAFTS).where(*mine, there).values(**row)
            if draft.version
            else insert(DRAFTS).from_select(list(row), select(*columns).where(there))
        )
        try:
            with writing(self._engine, owner) as connection:
                if connection.execute(write, execution_options=COUNTED).rowcount == 1:
                    return made
                opened_now(connection, owner, application_id)
        except IntegrityError:
            raise SomebodyWasFirst(application_id) from None
        raise SomebodyWasFirst(application_id)

    def backup(self, owner: str, now: datetime) -> Backup:
        """Everything of the owner, also what was put aside, as one transaction sees it."""
        with at_one_moment(self._engine) as connection:
            return everything_now(connection, owner, now)

    def exchange(
        self, owner: str, change: Callable[[Backup], Backup], now: datetime
    ) -> tuple[Backup, Backup]:
        """Put in the place of everything of the owner what `change` makes of it. Returns both.

        Raises StoreUnavailable; then, as with whatever `change` raises, everything is as it was.
        """
        with reading_first(self._engine, owner) as connection:
            before = everything_now(connection, owner, now)
            after = change(before)
            write_difference(connection, owner, before, after, now)
        return before, after

    def keep_backup(self, owner: str, data: bytes, reason: str, now: datetime) -> None:
        """Write an automatic backup beside a SQLite file. Raises StoreUnavailable."""
        file = backups.sqlite_file(self._engine.url)
        if file is None:
            return
        try:
            backups.keep_backup(file, owner, data, reason, now)
        except OSError as error:
            said = "No backup could be written first, so nothing was changed"
            raise StoreUnavailable(f"{said}: {error}") from error

    def erase(self, owner: str) -> None:
        """Erase everything of the owner, from the disk too where it is a SQLite file. Raises StoreUnavailable."""
        with reading_first(self._engine, owner) as connection:
            for table in (DRAFTS, ENTRIES, APPLICATIONS, CALENDARS, ANSWERS, REVISIONS, OWNERS):
                connection.execute(delete(table).where(table.c.owner == owner))
        file = backups.sqlite_file(self._engine.url)
        if file is None:
            return
        try:
            backups.erase_backups(file, owner)
            backups.erase_copies(file, owner)
            clean(self._engine)
        except (OSError, SQLAlchemyError) as error:
            said = "Everything is erased from your store, but traces may remain on the disk; erase once more"
            raise StoreUnavailable(f"{said}: {reason_of(error)}") from error


def clean(engine: Engine) -> None:
    """Write a SQLite file anew without what was deleted, and empty its write-ahead file. Raises OSError."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM")
        busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    if busy:
        raise OSError("another program is reading it")


def everything_now(connection: Connection, owner: str, now: datetime) -> Backup:
    """Everything of the owner as this transaction sees it."""
    wanted = select(APPLICATIONS).where(APPLICATIONS.c.owner == owner).order_by(APPLICATIONS.c.id)
    entries = select(ENTRIES.c.application, ENTRIES.c.document).where(ENTRIES.c.owner == owner)
    rows = connection.execute(wanted).all()
    logs = logs_by_application(connection.execute(entries.order_by(ENTRIES.c.at, ENTRIES.c.id)))
    person = connection.scalar(select(OWNERS.c.document).where(OWNERS.c.owner == owner))
    begun = select(DRAFTS.c.application, DRAFTS.c.document).where(DRAFTS.c.owner == owner)
    drafts = logs_by_application(connection.execute(begun.order_by(DRAFTS.c.id)))
    return Backup(
        made_at=now,
        you=read_kept_you(person) if person else You(),
        applications=tuple(saved_of(row, logs[row.id], drafts[row.id]) for row in rows),
        practice=answers_now(connection, owner),
    )


def saved_of(row: Row[Any], log: list[str], drafts: list[str]) -> Saved:
    """A row and the documents of its entries and drafts as a backup holds them."""
    at = datetime.fromisoformat(row.deleted_at) if row.deleted_at else None
    application = read_kept_application(row.document, log)
    # A time without an offset stands where the computer was when it was written, which may have moved since.
    in_order = replace(application, log=by_time(application.log))
    begun = tuple(read_kept_draft(document) for document in drafts)
    return Saved(version=row.version, application=in_order, deleted_at=at, drafts=begun)


def write_difference(
    connection: Connection, owner: str, before: Backup, after: Backup, now: datetime
) -> None:
    """Write what differs between the two, and leave alone what does not."""
    was, will = ({saved.id: saved for saved in side.applications} for side in (before, after))
    old = [{"old": id} for id in was if was[id] != will.get(id)]
    new = [saved for id, saved in will.items() if saved != was.get(id)]
    if old:
        mine = (APPLICATIONS.c.owner == owner, APPLICATIONS.c.id == bindparam("old"))
        connection.execute(delete(APPLICATIONS).where(*mine), old)
    if new:
        connection.execute(insert(APPLICATIONS), [row_of(owner, saved, now) for saved in new])
    if entries := [entry_row(owner, saved.id, entry) for saved in new for entry in saved.application.log]:
        connection.execute(insert(ENTRIES), entries)
    if begun := [draft_row(owner, saved.id, draft, now) for saved in new for draft in saved.drafts]:
        connection.execute(insert(DRAFTS), begun)
    if old:
        read_anew(connection, owner)
    elif new:
        next_revision(connection, owner, [saved.id for saved in new])
    if after.you and after.you != before.you:
        write_you(connection, owner, after.you)
    write_answers(connection, owner, before.practice, after.practice)


def answers_now(connection: Connection, owner: str) -> tuple[Answer, ...]:
    """What the owner answered in practice as this transaction sees it, in the order of time."""
    mine = select(ANSWERS.c.document).where(ANSWERS.c.owner == owner)
    return tuple(
        read_kept_answer(text) for text in connection.scalars(mine.order_by(ANSWERS.c.at, ANSWERS.c.id))
    )


def write_answers(
    connection: Connection, owner: str, before: Iterable[Answer], after: Iterable[Answer]
) -> None:
    """Write the answers that differ between the two, and leave alone those that do not."""
    was, will = ({answer.id: answer for answer in side} for side in (before, after))
    old = [{"old": id} for id in was if was[id] != will.get(id)]
    if old:
        mine = (ANSWERS.c.owner == owner, ANSWERS.c.id == bindparam("old"))
        connection.execute(delete(ANSWERS).where(*mine), old)
    new = [
        {"owner": owner, "id": id, "at": stamp(answer.at), "document": dump_answer(answer)}
        for id, answer in will.items()
        if answer != was.get(id)
    ]
    if new:
        connection.execute(insert(ANSWERS), new)


def row_of(owner: str, saved: Saved, now: datetime) -> dict[str, Any]:
    """An application of a backup as a row."""
    return {
        "owner": owner,
        "id": saved.id,
        "version": saved.version,
        "updated_at": stamp(now),
        "deleted_at": stamp(saved.deleted_at) if saved.deleted_at else None,
        "document": document_of(saved.application),
    }


def this(
    owner: Text, application_id: Text, version: int | BindParameter[int] | None = None
) -> tuple[ColumnElement[bool], ...]:
    """The conditions that single out one application that is not deleted, at that version if one is named."""
    columns = APPLICATIONS.c
    there = columns.owner == owner, columns.id == application_id, columns.deleted_at.is_(None)
    return there if version is None else (*there, columns.version == version)


def log_of(owner: Text, application_id: Text) -> tuple[ColumnElement[bool], ...]:
    """The conditions that single out the entries of one application."""
    return ENTRIES.c.owner == owner, ENTRIES.c.application == application_id


def drafts_of(owner: str, application_id: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions that single out the drafts of one application."""
    return DRAFTS.c.owner == owner, DRAFTS.c.application == application_id


def forgotten(owner: str, before: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions that single out what was noted by then of applications that are gone."""
    there = exists().where(APPLICATIONS.c.owner == owner, APPLICATIONS.c.id == CALENDARS.c.application)
    return CALENDARS.c.owner == owner, CALENDARS.c.noted_at < stamp(before), ~there


def opened_now(connection: Connection, owner: str, application_id: str) -> tuple[Kept, You]:
    """One application and its owner as this transaction sees them, in one query. Raises UnknownApplication."""
    found: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    try:
        rows = connection.execute(parts(), {"owner": owner, "application": application_id})
    except DataError as error:  # an id with letters that PostgreSQL cannot hold
        raise UnknownApplication(application_id) from error
    for row in rows:
        found[row.part].append(row)
    if not found["application"]:
        raise UnknownApplication(application_id)
    log = sorted(found["entry"], key=lambda row: (row.at, row.id))
    you = read_kept_you(found["owner"][0].document) if found["owner"] else You()
    kept = kept_of(found["application"][0], [row.document for row in log])
    return replace(kept, as_of=revision_of(found["revision"])), you


def revision_of(rows: list[Row[Any]]) -> Revision | None:
    """How far the store had come, where anything was counted."""
    return Revision(rows[0].document, rows[0].version, 0) if rows else None


def text_now(connection: Connection, owner: str, application_id: str, id: str) -> str:
    """An entry's document as this transaction sees it. Raises UnknownEntry."""
    mine = (*log_of(owner, application_id), ENTRIES.c.id == id)
    there = exists().where(*this(owner, application_id))
    stands: str | None = connection.scalar(select(ENTRIES.c.document).where(*mine, there))
    if stands is None:
        raise UnknownEntry(id)
    return stands


# Statements that each click needs: to build one takes longer than to run it, so each is built once.


def values_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """What goes into a row, by the names that the statements below have for it."""
    return {f"new_{name}": value for name, value in row.items()}


def given(name: str) -> BindParameter[str]:
    """The place of a text in a statement."""
    return bindparam(f"new_{name}", type_=String)


def numbers_of(as_of: object) -> dict[str, Any]:
    """What says in a statement how far the store had come."""
    return {"epoch": as_of.epoch, "number": as_of.number} if isinstance(as_of, Revision) else {}


def by_this(as_of: object, number: int) -> Revision | None:
    """How far the store has come by a write that made that revision, if nothing else was written since."""
    return as_of.after(number) if isinstance(as_of, Revision) else None


@cache
def appending(by_count: bool, by_version: bool, by_revision: bool) -> Insert:
    """Adds an entry to an application that is there, if asked to only to a log so long, a version, a revision."""
    owner, id = given("owner"), given("application")
    there = exists().where(*this(owner, id, bindparam("version", type_=Integer) if by_version else None))
    for_this = select(*(given(name) for name in ENTRY)).where(there)
    if by_count:
        logged = select(func.count()).where(*log_of(owner, id)).scalar_subquery()
        for_this = for_this.where(logged == bindparam("seen", type_=Integer))
    if by_revision:
        for_this = for_this.where(nothing_since())
    return insert(ENTRIES).from_select(list(ENTRY), for_this)


@cache
def amending(by_version: bool, by_revision: bool) -> Update:
    """Puts an entry in the place of the one with its id where that stands as it was seen, if asked to of a version."""
    owner, id = given("owner"), given("application")
    there = exists().where(*this(owner, id, bindparam("version", type_=Integer) if by_version else None))
    mine = (*log_of(owner, id), ENTRIES.c.id == given("id"), there)
    seen = ENTRIES.c.document == bindparam("before", type_=String)
    since = [nothing_since()] if by_revision else []
    return update(ENTRIES).where(*mine, seen, *since).values({ENTRIES.c[name]: given(name) for name in ENTRY})


@cache  # each click asks for it twice, and to build it takes as long as to run it
def parts() -> CompoundSelect[Any]:
    """A query for the application, its entries and its owner, a row each that says which it is."""
    owner, id = bindparam("owner", type_=String), bindparam("application", type_=String)
    none, nothing = literal(0).label("version"), (literal("").label("at"), literal("").label("id"))
    names = ("application", "entry", "owner", "revision")
    application, entry, person, number = (literal(name).label("part") for name in names)
    columns = APPLICATIONS.c
    return union_all(
        select(application, columns.document, columns.version, *nothing).where(*this(owner, id)),
        select(entry, ENTRIES.c.document, none, ENTRIES.c.at, ENTRIES.c.id).where(*log_of(owner, id)),
        select(person, OWNERS.c.document, none, *nothing).where(OWNERS.c.owner == owner),
        select(number, REVISIONS.c.epoch, REVISIONS.c.revision, *nothing).where(REVISIONS.c.owner == owner),
    )


def all_now(connection: Connection, owner: str) -> tuple[Kept, ...]:
    """Every application that is not deleted, in the order of ids, as this transaction sees them."""
    wanted = select(APPLICATIONS).where(APPLICATIONS.c.owner == owner, APPLICATIONS.c.deleted_at.is_(None))
    entries = select(ENTRIES.c.application, ENTRIES.c.document).where(ENTRIES.c.owner == owner)
    rows = connection.execute(wanted.order_by(APPLICATIONS.c.id)).all()
    logs = logs_by_application(connection.execute(entries.order_by(ENTRIES.c.at, ENTRIES.c.id)))
    return tuple(kept_of(row, logs[row.id]) for row in rows)


def written_since(
    connection: Connection, owner: str, since: Revision
) -> tuple[tuple[Kept, ...], tuple[str, ...]]:
    """The applications written to after that revision, and the ids of those put aside since."""
    newer = (APPLICATIONS.c.owner == owner, APPLICATIONS.c.revision > since.number)
    theirs = (ENTRIES.c.owner == APPLICATIONS.c.owner, ENTRIES.c.application == APPLICATIONS.c.id)
    entries = select(ENTRIES.c.application, ENTRIES.c.document).where(*newer, *theirs)
    rows = connection.execute(select(APPLICATIONS).where(*newer)).all()
    logs = logs_by_application(connection.execute(entries.order_by(ENTRIES.c.at, ENTRIES.c.id)))
    kept = tuple(kept_of(row, logs[row.id]) for row in rows if row.deleted_at is None)
    return kept, tuple(row.id for row in rows if row.deleted_at is not None)


def kept_of(row: Row[Any], log: list[str]) -> Kept:
    """A row and its entries' documents as what the desk works with."""
    return Kept(read_kept_application(row.document, log), row.version)


def logs_by_application(rows: Iterable[Row[Any]]) -> defaultdict[str, list[str]]:
    """The documents of entries, or of drafts, by the application they belong to."""
    logs: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        logs[row.application].append(row.document)
    return logs


def document_of(application: Application) -> str:
    """An application's document, without the log, whose entries have rows of their own."""
    return dump_application(replace(application, log=()))


def entry_row(owner: str, application_id: str, entry: Entry) -> dict[str, str | None]:
    """An entry as a row."""
    return {
        "owner": owner,
        "application": application_id,
        "id": entry.id,
        "at": stamp(entry.at),
        "withdrawn_at": stamp(entry.withdrawn_at) if entry.withdrawn_at else None,
        "document": dump_entry(entry),
    }


def draft_row(owner: str, application_id: str, draft: Draft, now: datetime) -> dict[str, Any]:
    """A draft as a row."""
    return {
        "owner": owner,
        "application": application_id,
        "id": draft.id,
        "version": draft.version,
        "updated_at": stamp(now),
        "document": dump_draft(draft),
    }


def stamp(moment: datetime) -> str:
    """A moment as text that sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def write_you(connection: Connection, owner: str, you: You) -> None:
    """Write what the owner says about themselves."""
    said = update(OWNERS).where(OWNERS.c.owner == owner).values(document=dump_you(you))
    if connection.execute(said).rowcount == 0:
        connection.execute(insert(OWNERS).values(owner=owner, document=dump_you(you)))
