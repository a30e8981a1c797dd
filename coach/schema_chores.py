"""The table of work that concerns no single recording."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, text

from coach.schema import Instant, metadata

_OPEN = text("state IN ('queued', 'running')")

chores = Table(
    "chores",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),  # `coach.chores.Kind`
    Column("subject", String(200), nullable=False),  # of what: the id of a form
    Column("state", String(10), nullable=False),  # as those of jobs
    Column("done", Integer, nullable=False),  # calls so far
    Column("changed", Integer, nullable=False),  # of them came out otherwise
    Column("asked_by", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    Column("heartbeat_at", Instant),
    Column("worker", String(200), nullable=False),  # "host:process"; "" while nobody has it
    Column("attempts", Integer, nullable=False),
    Column("cancel_asked", Boolean, nullable=False),
    Column("error", Text, nullable=False),
    Index("uq_chores_open", "kind", "subject", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
)
