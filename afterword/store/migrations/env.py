"""Alembic's entry: it runs on the connection that store/database.py hands over."""

from alembic import context

from afterword.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
