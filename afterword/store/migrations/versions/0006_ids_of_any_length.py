"""Ids of any length in PostgreSQL, which holds a text to the length of its column; SQLite never did."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

IDS = {
    "applications": ("owner", "id"),
    "entries": ("owner", "application", "id"),
    "calendars": ("owner", "application"),
    "answers": ("owner", "id"),
    "drafts": ("owner", "application", "id"),
    "owners": ("owner",),
    "revisions": ("owner",),
}


def upgrade() -> None:
    """Lift the bound of every id."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in IDS.items():
        for column in columns:
            op.alter_column(table, column, type_=sa.Text())
