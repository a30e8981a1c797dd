"""The table of what is told to other programs."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from coach.schema import Instant, metadata, of_recording

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(40), nullable=False),  # a `coach.webhook.Kind`
    of_recording(),
    Column("criterion", String(100), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant),  # NULL: delivered, or given up
    Column("delivered_at", Instant),
    Column("error", Text, nullable=False),
    UniqueConstraint("kind", "recording_id", "criterion"),
    Index("ix_deliveries_next_at", "next_at"),
)
