"""Released calls as lists: what waits to be released, and an agent's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PendingRow:
    """A reviewed call that its agent cannot read yet."""

    recording_id: str
    call_date: date | None
    agent: str | None
    agent_login: str | None
    points: float | None
    points_low: float | None
    points_high: float | None
    void: bool
    critical: int  # still to be confirmed: the agent will not see them
    to_review: int
    reviewer: str
    reviewed_at: datetime  # UTC
    for_agent: int  # comments that the agent will read


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One of the agent's own released calls."""

    recording_id: str
    call_date: date | None
    started_local: datetime | None
    debtor_name: str | None
    duration_s: float | None
    points: float | None
    points_low: float | None
    points_high: float | None
    to_review: int
    void: bool
    visible_from: datetime  # UTC
    acknowledged_at: datetime | None
    comments: int
    disputes: int
    open_disputes: int


@dataclass(frozen=True, slots=True)
class PendingPage:
    rows: tuple[PendingRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class InboxPage:
    rows: tuple[InboxRow, ...]
    total: int
