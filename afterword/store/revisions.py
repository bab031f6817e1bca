"""What of an owner's applications is newer than somebody has read: each write makes a revision.

A row of `revisions` says how often an owner's applications were written to, and a column of each application at
which of these times it was written last. The row is written in the same transaction and after the applications,
so that of two writers in PostgreSQL the second waits for the first: whoever reads a revision finds all before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Integer, String, bindparam, exists, select, text, update

from afterword.domain.you import You
from afterword.formats.application_json import read_kept_you
from afterword.store.driver import Straight
from afterword.store.tables import APPLICATIONS, OWNERS, REVISIONS

UPSERT = """
INSERT INTO revisions (owner, epoch, revision, forgotten) VALUES (:owner, :epoch, 1, {first})
ON CONFLICT (owner) DO UPDATE SET revision = revisions.revision + 1, forgotten = {then}
"""
TEXTS = (bindparam("owner", type_=String), bindparam("epoch", type_=String))  # PostgreSQL would have to guess
NEXT = text(UPSERT.format(first="0", then="revisions.forgotten") + "RETURNING revision").bindparams(*TEXTS)
ANEW = text(UPSERT.format(first="1", then="revisions.revision + 1")).bindparams(*TEXTS)
OLD = "(SELECT coalesce(max(revision), 0) FROM applications WHERE owner = :owner AND deleted_at < :before)"
LATER = (
    "CASE WHEN excluded.forgotten > revisions.forgotten THEN excluded.forgotten ELSE revisions.forgotten END"
)
PURGED = text(UPSERT.format(first=OLD, then=LATER)).bindparams(*TEXTS, bindparam("before", type_=String))

MINE = REVISIONS.c.owner == bindparam("mine")
NOW = select(REVISIONS.c.revision).where(MINE).scalar_subquery()
COUNT = (
    update(APPLICATIONS)
    .where(APPLICATIONS.c.owner == bindparam("mine"), APPLICATIONS.c.id == bindparam("one"))
    .values(revision=bindparam("number", type_=Integer))
)
STANDING = select(
    select(OWNERS.c.document).where(OWNERS.c.owner == bindparam("mine")).scalar_subquery().label("you"),
    select(REVISIONS.c.epoch).where(MINE).scalar_subquery().label("epoch"),
    select(REVISIONS.c.forgotten).where(MINE).scalar_subquery().label("forgotten"),
    NOW.label("revision"),
)


@dataclass(frozen=True, slots=True)
class Revision:
    """How far somebody has read, and since when what is gone leaves no trace: whoever read less reads all anew."""

    epoch: str
    number: int
    forgotten: int

    def carries_on(self, since: Revision) -> bool:
        """Whether somebody who read until then has to hear of nothing but what was written after."""
        return since.epoch == self.epoch and since.number >= self.forgotten

    def after(self, number: int) -> Revision | None:
        """How far it has come by a write that made that revision; None where something else was written between."""
        return replace(self, number=number) if number == self.number + 1 else None


def nothing_since() -> ColumnElement[bool]:
    """The condition that nothing of an owner was written since a revision, for statements built once."""
    numbers = (
        REVISIONS.c.epoch == bindparam("epoch", type_=String),
        REVISIONS.c.revision == bindparam("number", type_=Integer),
    )
    return exists().where(REVISIONS.c.owner == bindparam("new_owner", type_=String), *numbers)


def next_revision(connection: Connection, owner: str, ids: Iterable[str]) -> int:
    """Say that these applications were written to; the number of that revision."""
    number: int = connection.execute(NEXT, first_of(owner)).scalar_one()
    if written := [{"mine": owner, "one": id, "number": number} for id in ids]:
        connection.execute(COUNT, written)
    return number


def counted(transaction: Straight, owner: str, id: str) -> int:
    """Say so of one application in a transaction that goes straight to the driver; the number of that revision."""
    number: int = transaction.run(NEXT, first_of(owner)).fetchall()[0][0]
    transaction.run(COUNT, {"mine": owner, "one": id, "number": number})
    return number


def read_anew(connection: Connection, owner: str) -> None:
    """Say that applications are gone or were put in the place of others, so that everybody reads all of them anew."""
    connection.execute(ANEW, first_of(owner))


def purge_next(connection: Connection, owner: str, before: str) -> None:
    """Say that what was put aside before that moment will be gone: whoever has not heard of that reads all anew."""
    connection.execute(PURGED, first_of(owner) | {"before": before})


def first_of(owner: str) -> dict[str, str]:
    """What an owner's first revision is made with."""
    return {"owner": owner, "epoch": uuid4().hex}


def standing(connection: Connection, owner: str) -> tuple[You, Revision]:
    """What the owner said about themselves, and the revision up to which there is something to read."""
    found = connection.execute(STANDING, {"mine": owner}).one()
    you = read_kept_you(found.you) if found.you else You()
    return you, Revision(found.epoch or "", found.revision or 0, found.forgotten or 0)
