"""The tables of what other programs are told, and of those that may ask."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from coach.schema import Instant, metadata, of_recording

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(40), nullable=False),  # as messages name it: «critical.possible»
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

api_tokens = Table(  # programs that may read, each with the reach that it was given
    "api_tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(60), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),  # sha256: the token itself is not kept
    Column("hint", String(12), nullable=False),  # how it begins
    Column("reach", String(10), nullable=False),  # all, team, portfolio
    Column("team_id", ForeignKey("teams.id", ondelete="CASCADE")),
    Column("portfolio", String(200)),
    Column("per_minute", Integer, nullable=False),
    Column("created_by", String(200), nullable=False),  # a login; "" for the terminal
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("last_used_at", Instant),
)

api_uses = Table(  # how often a program asked for what, by day (UTC)
    "api_uses",
    metadata,
    Column("token_id", ForeignKey("api_tokens.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("resource", String(30), primary_key=True),
    Column("times", Integer, nullable=False),
)
