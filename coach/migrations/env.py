"""How Alembic reaches our tables: always over the connection that `coach.database.upgrade` opened."""

from __future__ import annotations

from alembic import context

from coach import (  # noqa: F401 - their tables join the same metadata
    schema_chores,
    schema_draws,
    schema_drills,
    schema_lists,
    schema_month,
    schema_out,
    schema_people,
    schema_privacy,
    schema_work,
)
from coach.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
