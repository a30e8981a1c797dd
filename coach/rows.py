"""What the screens ask (`CallFilter`) and get (rows): frozen, plain, ready to draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from coach.intervals import Mean
from rubrics.types import Evaluable, Outcome

Promised = Literal["firm", "vague", "none"]
Sound = Literal["heard", "read"]  # with sound, or only a transcript
UNASSIGNED = ""  # the agent of calls that carry no login
NOBODY = 0  # among `people`: whoever took calls with a login that was no person's on the day


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Which calls. Empty means all; several entries of one field mean any of them."""

    agents: tuple[str, ...] = ()  # logins; UNASSIGNED for calls without one
    people: tuple[int, ...] = ()  # whose login it was on the day of the call; NOBODY for that of none
    teams: tuple[int, ...] = ()  # that the agent was in on the day of the call
    countries: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    portfolios: tuple[str, ...] = ()
    since: date | None = None  # included
    until: date | None = None  # included
    evaluable: tuple[Evaluable, ...] = ()
    critical: bool | None = None  # with or without a critical failure
    needs_review: bool | None = None
    promise: Promised | None = None
    sound: Sound | None = None
    objections: tuple[str, ...] = ()
    criterion: str = ""
    outcome: Outcome | None = None  # of `criterion`
    text: str = ""  # words said in the call, in any order; or part of id, account or debtor's name
    demo: bool | None = None
    # scorecards left out whatever the rest says (`blind.without`); it is the same filter with them or without
    apart: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class CallRow:
    id: str
    call_date: date | None
    started_local: datetime | None  # wall clock of the call; None where only the day is known
    agent: str | None
    agent_login: str | None
    debtor_name: str | None
    country: str | None
    company: str | None
    disposition: str | None
    duration_s: float | None
    points: float | None
    points_low: float | None
    points_high: float | None
    evaluable: Evaluable
    critical: int
    to_review: int
    void: bool  # a person confirmed a critical failure
    promised: bool
    firm_promise: bool
    has_audio: bool
    demo: bool


@dataclass(frozen=True, slots=True)
class CallPage:
    rows: tuple[CallRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class AgentRow:
    login: str
    agent: str
    calls: int  # all of them; `points.n` counts those with points
    points: Mean
    critical: int  # calls with a critical failure, not confirmed by a person yet
    promises: int
    to_review: int


@dataclass(frozen=True, slots=True)
class WeekRow:
    monday: date
    points: Mean


@dataclass(frozen=True, slots=True)
class Summary:
    calls: int
    evaluable: int
    critical: int
    to_review: int
    firm_promises: int
    seconds: float
    points: Mean


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by."""

    agents: tuple[tuple[str, str], ...]  # (login, name), by name
    countries: tuple[str, ...]
    campaigns: tuple[str, ...]
    portfolios: tuple[str, ...]
    first: date | None
    last: date | None
    unassigned: int  # calls without an agent's login
    teams: tuple[tuple[int, str], ...] = ()  # (number, name), by name
    objections: tuple[str, ...] = ()  # ids that were ever met
    criteria: tuple[str, ...] = ()  # ids that were ever judged


@dataclass(frozen=True, slots=True)
class JobCounts:
    queued: int = 0
    running: int = 0
    paused: int = 0
    done: int = 0
    failed: int = 0
    cancelled: int = 0
