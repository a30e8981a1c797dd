"""What the queue's screens ask and get: frozen, plain, ready to draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from coach.draw_plan import Reason

Holder = Literal["mine", "nobody", "others"]


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks. Empty means all; several entries of one field mean any of them."""

    holder: Holder | None = None
    reasons: tuple[Reason, ...] = ()  # blind tasks have none to be found by
    agents: tuple[str, ...] = ()  # logins
    portfolios: tuple[str, ...] = ()
    blind: bool | None = None
    overdue: bool = False


ANY = TaskFilter()


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One call that waits. Of a blind one the reason and all that it came to stay hidden (None, 0)."""

    id: int
    recording_id: str
    call_date: date | None
    started_local: datetime | None
    agent: str | None
    agent_login: str | None
    country: str | None
    company: str | None
    portfolio: str | None
    campaign: str | None
    duration_s: float | None
    has_audio: bool
    reason: Reason | None
    blind: bool
    due_on: date | None
    overdue: bool
    claimed: bool  # somebody is at it; else open, or assigned and not begun
    assigned_to: int | None
    assignee: str | None
    points: float | None
    points_low: float | None
    points_high: float | None
    critical: int
    to_review: int
    void: bool  # a person has confirmed a critical failure
    has_draft: bool  # of the viewer's own
    delivered: bool  # its agent may read it by now: what is changed shows at once


@dataclass(frozen=True, slots=True)
class TaskPage:
    rows: tuple[TaskRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class LoadRow:
    """What one person who reviews has in hand, and did since the first of the month."""

    user_id: int
    name: str
    waiting: int  # assigned or claimed
    overdue: int
    done: int
    minutes: float  # at work on those done
    minutes_each: float | None  # their mean, of those that were timed
