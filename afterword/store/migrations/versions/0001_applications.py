"""Applications, their logs, and what owners say about themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "applications",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.Column("deleted_at", sa.String(32)),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "entries",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("application", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("withdrawn_at", sa.String(32)),
        sa.Column("document", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "application"], ["applications.owner", "applications.id"], ondelete="CASCADE"
        ),
    )
    op.create_index("entries_by_time", "entries", ["owner", "application", "at"])
    op.create_table(
        "owners",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
    )
