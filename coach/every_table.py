"""All tables in one place: whoever needs the whole store takes `metadata` from here."""

from __future__ import annotations

from coach import (  # noqa: F401 - their tables join the same metadata
    schema_chores,
    schema_draws,
    schema_drills,
    schema_legs,
    schema_lists,
    schema_month,
    schema_out,
    schema_people,
    schema_privacy,
    schema_work,
)
from coach.schema import metadata

__all__ = ["DERIVED", "metadata", "written"]

DERIVED = ("listed", "tallies")  # triggers write these; nobody else does


def written() -> list[str]:
    """The tables that somebody writes, those that others point at first."""
    return [table.name for table in metadata.sorted_tables if table.name not in DERIVED]
