"""How Alembic reaches our tables: always over the connection that `coach.database.upgrade` opened."""

from __future__ import annotations

from alembic import context

from coach.every_table import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
