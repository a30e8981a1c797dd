"""Who is looking: role, rights, and which calls are in reach. Every query about calls takes the viewer.

What a viewer may not reach is answered as if it were not there: an address tells nobody that a call exists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from sqlalchemy import Column, ColumnElement, FromClause, and_, false, literal, null, select, true

from coach.dated import held_on, in_force
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
    "assign",  # drills to others, and read what they practised
    "names",  # who the debtor is: name, account, what gives a person away in the words
    "health",  # illness, disability and bereavement in lists, filters, figures and exports
]

RIGHTS: dict[Role, frozenset[Right]] = {
    "admin": frozenset(get_args(Right)) - {"dispute"},
    "analyst": frozenset(
        {"review", "confirm", "release", "decide", "upload", "export", "team", "calibrate", "names", "health"}
    ),
    "trainer": frozenset(
        {"review", "team", "forms", "answers", "calibrate", "drill", "assign", "export", "upload"}
    ),
    "lead": frozenset({"team", "release", "close", "export", "assign", "drill", "names", "health"}),
    "agent": frozenset({"dispute", "drill", "names"}),
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
    own_role: Role | None = None  # of who looks through another's eyes (`role`); no right comes with it

    @property
    def reviews(self) -> bool:
        """Whether the person judges calls, through whose eyes ever they look."""
        return "review" in RIGHTS[self.own_role or self.role]

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role] and (self.own_role is None or right in RIGHTS[self.own_role])

    def require(self, right: Right) -> None:
        """CoachError where the viewer has not this right."""
        if not self.may(right):
            raise CoachError("Su cuenta no tiene permiso para esto. Pídalo a quien administra Temple.")


HEALTH = frozenset(("health_emergency",))
"""Objections that tell of somebody's health: a special kind of personal data.

Whoever may open a call sees on it what was said there. Lists, filters, figures, exports and other programs
tell of health only to who has the right `health`: not to agents, trainers and outside auditors.
"""


def told(viewer: Viewer, objections: Iterable[str]) -> tuple[str, ...]:
    """Those of the objections that this viewer is told of outside of the call itself."""
    return tuple(one for one in objections if viewer.may("health") or one not in HEALTH)


def untold(viewer: Viewer, column: Column[str]) -> ColumnElement[bool]:
    """A condition on a column with an objection: this viewer is told of it."""
    return true() if viewer.may("health") else column.not_in(sorted(HEALTH))


def debtor(viewer: Viewer, column: Column[Any]) -> ColumnElement[Any]:
    """A column with the debtor's name or account; NULL for who need not know it."""
    return column if viewer.may("names") else null().label(column.name)


def unconfirmed(viewer: Viewer, column: Column[int]) -> ColumnElement[int]:
    """A column with how many critical failures wait for a person; 0 for an agent: nobody's word yet."""
    return literal(0).label(column.name) if viewer.role == "agent" else column


HOUSE = Viewer(None, "", "Temple", "admin")
"""Whoever sits at the terminal of the machine itself, and so has its files anyway."""


def visible(viewer: Viewer, calls: FromClause = recordings) -> tuple[ColumnElement[bool], ...]:
    """Conditions on `calls` for those that the viewer may reach; none for who reaches all.

    `calls` is `recordings`, or what repeats its columns (for those of an auditor, `portfolio` is enough).
    """
    if viewer.role in ("admin", "analyst", "trainer"):
        return ()
    if viewer.role == "auditor":
        return (calls.c.portfolio.in_(viewer.portfolios),) if viewer.portfolios else (false(),)
    if viewer.role == "lead":
        return of_teams(viewer.teams, calls)
    if viewer.user_id is None:
        return (false(),)
    return (taken_by((viewer.user_id,), calls), released(calls))


def of_teams(teams: tuple[int, ...], calls: FromClause = recordings) -> tuple[ColumnElement[bool], ...]:
    """Calls of people who were in one of these teams on the day of the call."""
    if not teams:
        return (false(),)
    day, member = calls.c.call_date, memberships.c
    its = (member.team_id.in_(teams), ~member.leads)
    # from the login of the call to its person, then to the person's teams: each step is one row
    in_team = select(1).where(
        member.user_id == agent_logins.c.user_id,
        *its,
        in_force(memberships, day),
    )
    held = select(1).where(
        held_on(calls.c.agent_login, calls.c.call_date), in_team.correlate(calls, agent_logins).exists()
    )
    joined = memberships.join(agent_logins, agent_logins.c.user_id == member.user_id)
    ever = select(agent_logins.c.login).select_from(joined).where(*its)
    return calls.c.agent_login.in_(ever), held.correlate(calls).exists()


def taken_by(people: tuple[int, ...], calls: FromClause = recordings) -> ColumnElement[bool]:
    """Calls taken with a login that was one of these people's on the day of the call."""
    theirs = agent_logins.c.user_id.in_(people)
    held = select(1).where(theirs, held_on(calls.c.agent_login, calls.c.call_date))
    ever = select(agent_logins.c.login).where(theirs)
    return and_(calls.c.agent_login.in_(ever), held.correlate(calls).exists())


def taken_by_nobody(calls: FromClause = recordings) -> ColumnElement[bool]:
    """Calls whose login was no person's on the day of the call."""
    return ~select(1).where(held_on(calls.c.agent_login, calls.c.call_date)).correlate(calls).exists()


def released(calls: FromClause = recordings) -> ColumnElement[bool]:
    """Calls whose scorecard the agent may read by now."""
    out = and_(
        releases.c.recording_id == (calls.c.id if calls is recordings else calls.c.recording_id),
        releases.c.withdrawn_at.is_(None),
        releases.c.visible_from <= datetime.now(UTC),
    )
    return select(1).where(out).correlate(calls).exists()
