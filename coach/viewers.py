"""Who is looking: role, rights, and which calls are in reach. Every query about calls takes the viewer.

What a viewer may not reach is answered as if it were not there: an address tells nobody that a call exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from sqlalchemy import ColumnElement, and_, false, or_, select

from coach.schema import recordings
from coach.schema_people import agent_logins, memberships
from coach.schema_work import releases
from coach.types import CoachError

Role = Literal["admin", "analyst", "trainer", "lead", "agent", "auditor"]
ROLES: tuple[Role, ...] = get_args(Role)

Right = Literal[
    "review",  # listen and judge: overrides, relabels, corrections, comments
    "confirm",  # a critical failure
    "release",  # a scorecard to its agent
    "decide",  # a dispute
    "dispute",  # a verdict of one's own call
    "upload",
    "export",
    "team",  # figures by agent, of those in reach
    "forms",  # rubric files, packs, playbook
    "answers",  # approve best answers and clips
    "calibrate",
    "close",  # the month
    "administer",  # people, sources, retention, jobs
    "audit",  # read the log of who saw, changed, exported what
    "drill",
    "assign",  # drills to others
]

RIGHTS: dict[Role, frozenset[Right]] = {
    "admin": frozenset(get_args(Right)) - {"dispute"},
    "analyst": frozenset({"review", "confirm", "release", "decide", "upload", "export", "team", "calibrate"}),
    "trainer": frozenset(
        {"review", "team", "forms", "answers", "calibrate", "drill", "assign", "export", "upload"}
    ),
    "lead": frozenset({"team", "release", "close", "export", "assign", "drill"}),
    "agent": frozenset({"dispute", "drill"}),
    "auditor": frozenset({"export", "audit"}),
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person at a screen, or `HOUSE`."""

    user_id: int | None
    login: str
    name: str
    role: Role
    teams: tuple[int, ...] = ()  # that a lead leads today
    portfolios: tuple[str, ...] = ()  # that an auditor may see
    language: str = "es"

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]

    def require(self, right: Right) -> None:
        """CoachError where the viewer has not this right."""
        if not self.may(right):
            raise CoachError("Su cuenta no tiene permiso para esto. Pídalo a quien administra Temple.")


HOUSE = Viewer(None, "", "Temple", "admin")
"""Whoever sits at the terminal of the machine itself, and so has its files anyway."""


def visible(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """Conditions on `recordings` for the calls that the viewer may reach; none for who reaches all."""
    if viewer.role in ("admin", "analyst", "trainer"):
        return ()
    if viewer.role == "auditor":
        return (recordings.c.portfolio.in_(viewer.portfolios),) if viewer.portfolios else (false(),)
    if viewer.role == "lead":
        return (_of_teams(viewer.teams),) if viewer.teams else (false(),)
    if viewer.user_id is None:
        return (false(),)
    return (taken_by(viewer.user_id), released())


def taken_by(user_id: int) -> ColumnElement[bool]:
    """Calls taken with a login that was this person's on the day of the call."""
    held = select(1).where(agent_logins.c.user_id == user_id, *_login_held())
    return held.correlate(recordings).exists()


def _of_teams(teams: tuple[int, ...]) -> ColumnElement[bool]:
    """Calls of people who were in one of these teams on the day of the call."""
    day = recordings.c.call_date
    member = memberships.join(agent_logins, agent_logins.c.user_id == memberships.c.user_id)
    held = (
        select(1)
        .select_from(member)
        .where(
            memberships.c.team_id.in_(teams),
            ~memberships.c.leads,
            memberships.c.since <= day,
            or_(memberships.c.until.is_(None), memberships.c.until >= day),
            *_login_held(),
        )
    )
    return held.correlate(recordings).exists()


def _login_held() -> tuple[ColumnElement[bool], ...]:
    day = recordings.c.call_date
    return (
        agent_logins.c.login == recordings.c.agent_login,
        agent_logins.c.since <= day,
        or_(agent_logins.c.until.is_(None), agent_logins.c.until >= day),
    )


def released() -> ColumnElement[bool]:
    """Calls whose scorecard the agent may read by now."""
    out = and_(
        releases.c.recording_id == recordings.c.id,
        releases.c.withdrawn_at.is_(None),
        releases.c.visible_from <= datetime.now(UTC),
    )
    return select(1).where(out).correlate(recordings).exists()
