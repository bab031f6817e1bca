"""What the last calendar files said."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "calendars",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("application", sa.String(64), primary_key=True),
        sa.Column("noted_at", sa.String(32), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
