"""What an agent's score is, in one place.

The mean of the points of calls that were drawn by chance, can be judged and are released to the agent; each
stands for 1 / probability calls (Hájek), so that hard cases, which the sampler draws more often, weigh no
more than they should. A voided call is 0. With fewer calls than the house asks for there is no score: one
mistake would decide it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from coach import blind, by_name
from coach.dated import held_on, member_on
from coach.house_rules import ScoreRules
from coach.intervals import Mean, weighted
from coach.schema import recordings, scorecards, standings
from coach.schema_people import agent_logins, memberships, teams, users
from coach.schema_work import disputes, releases, tasks
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer, visible

SPREAD = 10.0  # points: calls of one agent differ at least like this, whatever a handful of them says


@dataclass(frozen=True, slots=True)
class DrawnCall:
    """A call of the sample. `probability` (0..1] of having been drawn, whatever for, as its task says."""

    recording_id: str
    user_id: int
    points: float | None  # 0 where void; None where no verdict counts
    void: bool
    released: bool
    probability: float

    @property
    def counts(self) -> bool:
        return self.released and self.points is not None


@dataclass(frozen=True, slots=True)
class Score:
    """`points` has a value only where `n` is at least `needed`; `band` is "" where it has none."""

    user_id: int
    login: str
    name: str
    team: str  # on the last of these calls; "" for none
    n: int  # calls that make the score
    needed: int
    calls: int  # all calls of these days, evaluable or not
    points: Mean
    band: str
    sure: bool  # the whole interval lies in that band
    voided: int  # of the n
    open_disputes: int
    sample: tuple[DrawnCall, ...]  # what was drawn of them, released or not

    @property
    def waiting(self) -> int:
        """Drawn, but not released yet."""
        return sum(not call.released for call in self.sample)

    @property
    def enough(self) -> bool:
        return self.points.value is not None


def scores(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    since: date,
    until: date,
    *,
    site_id: int | None = None,
    cut_off: datetime | None = None,
    logins: tuple[str, ...] = (),
    apart: bool = False,
) -> tuple[Score, ...]:
    """A row for each agent with calls in these days (both included), by name; an agent sees the own one.

    `site_id`: only calls of people who were in a team of that site on the day. `cut_off`: only calls that
    were released by then. `logins`: only calls taken with these, where some are given. `apart`: without
    the calls that the viewer is to judge blind; beside the agent's other calls the score would tell on them.
    """
    if viewer.role != "agent":
        viewer.require("team")
    span = within(viewer, since, until, site_id, logins)
    sample: dict[int, list[DrawnCall]] = defaultdict(list)
    found = drawn(store, viewer, since, until, site_id=site_id, cut_off=cut_off, logins=logins)
    hidden = blind.waiting(store, viewer, [one.recording_id for one in found]) if apart else frozenset()
    for call in found:
        if call.recording_id not in hidden:
            sample[call.user_id].append(call)
    calls = (
        select(users.c.id, users.c.login, users.c.name, func.count(recordings.c.id.distinct()))
        .select_from(held().join(users, users.c.id == agent_logins.c.user_id))
        .where(*span)
        .group_by(users.c.id, users.c.login, users.c.name)
        .order_by(by_name.column(users.c.name), users.c.id)
    )
    with store.reading() as connection:
        rows = connection.execute(calls).all()
        disputed = dict(connection.execute(_open_disputes(span)).all())
        team = _teams(connection, [row.id for row in rows], since, until, site_id)
    return tuple(
        score_of(settings, sample[row.id], row, team.get(row.id, ""), disputed.get(row.id, 0))
        for row in rows
        if viewer.role != "agent" or row.id == viewer.user_id
    )


def drawn(
    store: Store,
    viewer: Viewer,
    since: date,
    until: date,
    *,
    site_id: int | None = None,
    cut_off: datetime | None = None,
    logins: tuple[str, ...] = (),
) -> tuple[DrawnCall, ...]:
    """The evaluable calls of these days that chance drew, whether they were released before it or after: the
    lot does not ask.
    """
    at = cut_off or datetime.now(UTC)
    out = and_(
        releases.c.recording_id == recordings.c.id,
        releases.c.withdrawn_at.is_(None),
        releases.c.visible_from <= at,
    )
    judged = held().join(tasks, and_(by_lot(), tasks.c.state != "dropped")).outerjoin(releases, out)
    judged = judged.join(scorecards, and_(scorecards.c.recording_id == recordings.c.id, scorecards.c.current))
    judged = judged.join(standings, standings.c.scorecard_id == scorecards.c.id)
    query = (
        select(
            recordings.c.id, agent_logins.c.user_id, standings.c.points, standings.c.void,
            releases.c.id.label("release"), func.max(tasks.c.probability).label("probability"),
        )
        .select_from(judged)
        .where(*within(viewer, since, until, site_id, logins), scorecards.c.evaluable != "no")
        .group_by(
            recordings.c.id, agent_logins.c.user_id, standings.c.points, standings.c.void, releases.c.id
        )
        .order_by(recordings.c.id, agent_logins.c.user_id)
    )  # fmt: skip
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return tuple(
        DrawnCall(
            row.id, row.user_id, row.points, row.void, row.release is not None, min(1.0, row.probability)
        )
        for row in rows
    )


def estimate(settings: Settings, sample: Sequence[DrawnCall]) -> Mean:
    """The mean of all calls that the sample stands for, without a value where there are too few."""
    held = [(call.points, call.probability) for call in sample if call.released and call.points is not None]
    if len(held) < settings.score.least_calls:
        return Mean(len(held), None, None)
    return weighted([points for points, _ in held], [1 / p for _, p in held], spread=SPREAD)


def band(settings: Settings, points: float) -> str:
    """The name of the highest band whose floor is reached; points are taken to one decimal, as they are
    shown.
    """
    return spanned(settings.score, points, points)[0]


def spanned(rules: ScoreRules, low: float, high: float) -> tuple[str, ...]:
    """The names of the bands that points between `low` and `high` may lie in, the lowest first."""
    bands = sorted({rules.below: 0.0, **rules.bands}.items(), key=lambda one: one[1])
    first, last = (sum(round(end, 1) >= floor for _, floor in bands) for end in (low, high))
    return tuple(name for name, _ in bands[max(first, 1) - 1 : max(last, 1)])


def score_of(settings: Settings, sample: Sequence[DrawnCall], who: Any, team: str, disputed: int) -> Score:
    """One row; `who` has id, login, name and the number of calls, in this order."""
    points = estimate(settings, sample)
    counted = [call for call in sample if call.counts]
    named = band(settings, points.value) if points.value is not None else ""
    ends = {band(settings, end) for end in (points.low, points.high) if end is not None}
    return Score(
        who[0], who[1], who[2], team, len(counted), settings.score.least_calls, who[3], points, named,
        ends == {named}, sum(call.void for call in counted), disputed,
        tuple(sample),
    )  # fmt: skip


def held() -> Any:
    """Recordings with the person whose login it was on the day of the call."""
    return recordings.join(agent_logins, held_on(recordings.c.agent_login, recordings.c.call_date))


def by_lot() -> ColumnElement[bool]:
    """Tasks of `recordings` that chance gave. What somebody picked by hand (probability 0) is no sample, and
    a dispute that puts a call in the queue has no part in drawing it.
    """
    return and_(tasks.c.recording_id == recordings.c.id, tasks.c.probability > 0, tasks.c.reason != "dispute")


def within(
    viewer: Viewer, since: date, until: date, site_id: int | None, logins: tuple[str, ...] = ()
) -> list[ColumnElement[bool]]:
    """Conditions on `held` calls: of these days, in reach, of the site that their agent was in on the day."""
    tests = [recordings.c.call_date.between(since, until), *visible(viewer)]
    if logins:
        tests.append(recordings.c.agent_login.in_(logins))
    if site_id is not None:
        day = recordings.c.call_date
        member = (
            select(1)
            .select_from(memberships.join(teams, teams.c.id == memberships.c.team_id))
            .where(
                memberships.c.user_id == agent_logins.c.user_id, teams.c.site_id == site_id, member_on(day)
            )
        )
        tests.append(member.correlate(recordings, agent_logins).exists())
    return tests


def _open_disputes(span: Sequence[ColumnElement[bool]]) -> Any:
    disputed = held().join(disputes, disputes.c.recording_id == recordings.c.id)
    return (
        select(agent_logins.c.user_id, func.count(disputes.c.id.distinct()))
        .select_from(disputed)
        .where(*span, disputes.c.state == "open")
        .group_by(agent_logins.c.user_id)
    )


def _teams(
    connection: Any, people: Sequence[int], since: date, until: date, site_id: int | None
) -> dict[int, str]:
    """The team that each person was in last in these days."""
    query = (
        select(memberships.c.user_id, teams.c.name)
        .select_from(memberships.join(teams, teams.c.id == memberships.c.team_id))
        .where(
            memberships.c.user_id.in_(people),
            ~memberships.c.leads,
            memberships.c.since <= until,
            or_(memberships.c.until.is_(None), memberships.c.until >= since),
        )
        .order_by(memberships.c.since, memberships.c.id)
    )
    if site_id is not None:
        query = query.where(teams.c.site_id == site_id)
    return dict(connection.execute(query).all())
