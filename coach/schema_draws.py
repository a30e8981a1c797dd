"""The tables of the draws: what was drawn when, and the chance that each call had."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Integer, String, Table

from coach.schema import Instant, metadata
from coach.schema_people import of_user

draws = Table(  # each time that calls were drawn
    "draws",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),  # day (among what is new), quota (what agents miss)
    Column("day", Date, nullable=False, index=True),  # the seed
    Column("at", Instant, nullable=False),
    Column("frame", Integer, nullable=False),  # calls that had a chance
    Column("drawn", Integer, nullable=False),
    of_user(name="made_by", nullable=True),
)

chances = Table(  # every call that could be drawn, drawn or not: once, and how likely
    "chances",
    metadata,
    Column(
        "recording_id",
        String(200),
        ForeignKey("recordings.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("draw_id", ForeignKey("draws.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("probability", Float, nullable=False),
)
