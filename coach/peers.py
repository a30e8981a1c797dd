"""An agent beside the colleagues, on calls like the agent's own.

Calls are parted by country, kind of call and how many objections came (none, one, more). The colleagues'
mean of each part is weighed by the agent's share of calls in it (direct standardisation, the agent's mix
being the standard), so nobody looks worse for having had the harder calls. Parts that colleagues hardly met
are left out on both sides, and how many calls that leaves is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from coach.intervals import Mean, Z, mean
from coach.letters import NONE
from coach.queries import where
from coach.rows import CallFilter
from coach.schema import recordings
from coach.schema_lists import listed
from coach.schema_people import agent_logins, memberships
from coach.store import Store
from coach.viewers import HOUSE, Viewer, of_teams, released

LEAST_OWN = 8  # calls of the agent with points
LEAST_COLLEAGUES = 3  # so that a mean is nobody's own
LEAST_OF_PART = 3  # calls of colleagues, before a part is compared

_CALLS = listed.join(recordings, recordings.c.id == listed.c.recording_id)


@dataclass(frozen=True, slots=True)
class Part:
    """Calls of one kind: n, sum and sum of squares of points, of the agent and of the colleagues."""

    own: tuple[int, float, float]
    others: tuple[int, float, float]


@dataclass(frozen=True, slots=True)
class Beside:
    """`own` and `others` are of the same mix of calls; `n` of the agent's `of` calls could be compared."""

    own: Mean
    others: float
    margin: float  # half of the 95 % interval of `others`
    colleagues: int
    n: int
    of: int

    @property
    def difference(self) -> float:
        return (self.own.value or 0.0) - self.others

    @property
    def clear(self) -> bool:
        """Whether the interval of the difference leaves out that both are alike."""
        return abs(self.difference) > sqrt((self.own.margin or 0.0) ** 2 + self.margin**2)


def beside(store: Store, viewer: Viewer, which: CallFilter, logins: Iterable[str]) -> Beside | None:
    """The agent who holds these dialler logins beside the colleagues of the same teams (without a team:
    everybody), on the calls of `which` but for its agents. None where there are too few to compare with.

    The colleagues' calls are only added up. Beside an agent who looks, who sees released calls alone, only
    released calls of others stand.
    """
    mine = tuple(logins)
    named = listed.c.agent_login.in_(mine)
    own = _sums(store, [*where(viewer, which), named])
    theirs = [*where(HOUSE, which), listed.c.agent_login.is_not(None), ~named]
    teams = _teams(store, mine)
    theirs += of_teams(teams, listed) if teams else ()
    theirs += [released()] if viewer.role == "agent" else []
    colleagues = _colleagues(store, theirs)
    if colleagues < LEAST_COLLEAGUES:
        return None
    others = _sums(store, theirs)
    parts = [Part(sums, others.get(kind, (0, 0.0, 0.0))) for kind, sums in own.items()]
    return standardised(parts, colleagues)


def standardised(parts: Iterable[Part], colleagues: int) -> Beside | None:
    """The comparison; None with fewer than LEAST_OWN calls that have their like among the colleagues'."""
    held = list(parts)
    like = [part for part in held if part.others[0] >= LEAST_OF_PART]
    n = sum(part.own[0] for part in like)
    if n < LEAST_OWN:
        return None
    value = variance = 0.0
    for part in like:
        share, of = part.own[0] / n, mean(*part.others)
        value += share * (of.value or 0.0)
        variance += (share * (of.margin or 0.0) / Z) ** 2
    own = mean(n, sum(part.own[1] for part in like), sum(part.own[2] for part in like))
    return Beside(own, value, Z * sqrt(variance), colleagues, n, sum(part.own[0] for part in held))


def _sums(store: Store, tests: list[ColumnElement[bool]]) -> dict[tuple[Any, ...], tuple[int, float, float]]:
    """n, sum and sum of squares of points by kind of call."""
    met = func.length(func.replace(listed.c.said, NONE, ""))
    kind = (listed.c.country, recordings.c.call_type, case((met > 1, 2), else_=met))
    points = listed.c.points
    query = (
        select(*kind, func.count(), func.sum(points), func.sum(points * points))
        .select_from(_CALLS)
        .where(points.is_not(None), listed.c.evaluable != "no", *tests)
        .group_by(*kind)
    )
    with store.reading() as connection:
        return {tuple(row[:3]): (row[3], row[4], row[5]) for row in connection.execute(query)}


def _colleagues(store: Store, tests: list[ColumnElement[bool]]) -> int:
    query = select(func.count(listed.c.agent_login.distinct())).select_from(_CALLS).where(*tests)
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def _teams(store: Store, logins: tuple[str, ...]) -> tuple[int, ...]:
    """The teams that the agent is or was in."""
    member = memberships.join(agent_logins, agent_logins.c.user_id == memberships.c.user_id)
    held = (agent_logins.c.login.in_(logins), ~memberships.c.leads)
    query = select(memberships.c.team_id).distinct().select_from(member).where(*held)
    with store.reading() as connection:
        return tuple(connection.execute(query).scalars())
