"""The table of recordings that are legs of a transferred call."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from coach.schema import Instant, metadata
from transcripts.types import Recording

legs = Table(
    "legs",
    metadata,
    Column("recording_id", ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("linked_id", String(500), nullable=False),  # what they have in common
    Column("source", String(100), nullable=False),  # "": not known; ids of two sources may be alike
    Column("came_at", Instant, nullable=False),
    # the joined call; NULL: not joined yet. Whoever erases it must not see it made anew.
    Column("whole_id", ForeignKey("recordings.id", ondelete="CASCADE"), index=True),
    Index("ix_legs_linked_id_source", "linked_id", "source"),
)


def key(recording: Recording) -> tuple[str, str]:
    """What the legs of one call share."""
    return recording.linked_id or "", recording.source or ""
