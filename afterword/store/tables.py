"""The tables: a row an application, a row a log entry, a row an answer of practice, a row an owner, each with its document as JSON."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()
ID = String(64).with_variant(Text(), "postgresql")  # which would hold it to 64 letters

APPLICATIONS = Table(
    "applications",
    METADATA,
    Column("owner", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("updated_at", String(32), nullable=False),
    Column("deleted_at", String(32)),
    Column("document", Text, nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),
    Index("applications_by_revision", "owner", "revision"),
    Index("applications_by_deletion", "owner", "deleted_at"),  # each session looks for what is to be purged
)

REVISIONS = Table(  # how often an owner's applications were written to; each of them has the revision of its last time
    "revisions",
    METADATA,
    Column("owner", ID, primary_key=True),
    Column("epoch", String(32), nullable=False),  # another one after everything was erased
    Column("revision", Integer, nullable=False),
    Column(
        "forgotten", Integer, nullable=False
    ),  # up to which applications may be gone for good without a trace
)

ENTRIES = Table(
    "entries",
    METADATA,
    Column("owner", ID, primary_key=True),
    Column("application", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("withdrawn_at", String(32)),
    Column("document", Text, nullable=False),
    ForeignKeyConstraint(
        ["owner", "application"], ["applications.owner", "applications.id"], ondelete="CASCADE"
    ),
    Index("entries_by_time", "owner", "application", "at"),
)

CALENDARS = Table(  # outlives its application, so that its events can be taken out of the calendar
    "calendars",
    METADATA,
    Column("owner", ID, primary_key=True),
    Column("application", ID, primary_key=True),
    Column("noted_at", String(32), nullable=False),
    Column("document", Text, nullable=False),
)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("owner", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("document", Text, nullable=False),
)

DRAFTS = Table(  # goes with its application
    "drafts",
    METADATA,
    Column("owner", ID, primary_key=True),
    Column("application", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("updated_at", String(32), nullable=False),
    Column("document", Text, nullable=False),
    ForeignKeyConstraint(
        ["owner", "application"], ["applications.owner", "applications.id"], ondelete="CASCADE"
    ),
)

OWNERS = Table(
    "owners",
    METADATA,
    Column("owner", ID, primary_key=True),
    Column("document", Text, nullable=False),
)
