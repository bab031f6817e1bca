"""What of an owner's applications is newer than somebody has read."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table, and say of every application that it is as old as can be."""
    op.create_table(
        "revisions",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("epoch", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("forgotten", sa.Integer, nullable=False),
    )
    op.add_column("applications", sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
    op.create_index("applications_by_revision", "applications", ["owner", "revision"])
    op.create_index("applications_by_deletion", "applications", ["owner", "deleted_at"])
