"""What the closing screen asks beside `coach.closing`: where and which months, who signed, what has moved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from coach import by_name, closing, days_ahead
from coach.closing import Close
from coach.failed_then import failed
from coach.frozen import CloseRow, frozen
from coach.month_calls import made_since, points_moved, sample_of
from coach.periods import month_of
from coach.remade import Remade, as_then
from coach.schema import recordings
from coach.schema_month import adjustments, closes
from coach.schema_people import agent_logins, sites, teams, users
from coach.schema_work import disputes
from coach.score import DrawnCall, Score, held, score_of, scores, within
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer, visible
from coach.workdays import begins, local_day


@dataclass(frozen=True, slots=True)
class Place:
    """What can be closed by itself: a site, or (None) the whole house."""

    site_id: int | None
    name: str  # "" for the whole house


@dataclass(frozen=True, slots=True)
class MonthRow:
    close_id: int
    month: date
    site_id: int | None
    site: str  # "" for the whole house
    cut_off: datetime
    signed_at: datetime | None
    signed_by: str  # name; "" while it is not signed
    broken: bool = False  # stands for another month than it was sealed for, or is not signed as the log tells


@dataclass(frozen=True, slots=True)
class Move:
    """An agent whose month would be another today; None: has no row there. `then`: as `now`, had nothing else
    judged the calls since.
    """

    user_id: int
    name: str
    was: CloseRow | None
    now: CloseRow | None
    then: CloseRow | None

    @property
    def by_people(self) -> bool:
        """Whether what people did changes it, whatever else judged its calls too."""
        return _differ(self.was, self.then)

    @property
    def remade(self) -> bool:
        """Whether another form or version changes it."""
        return _differ(self.then, self.now)


@dataclass(frozen=True, slots=True)
class Won:
    """A dispute that was upheld, of a call of this person in the month."""

    dispute_id: int
    user_id: int
    recording_id: str
    criterion: str
    decided_on: date


def places(store: Store, viewer: Viewer) -> tuple[Place, ...]:
    """What the viewer may close: an admin the house and each site, a lead the sites that are all theirs."""
    viewer.require("close")
    query = select(sites.c.id, sites.c.name).order_by(by_name.column(sites.c.name))
    of_site = select(teams.c.site_id, teams.c.id)
    with store.reading() as connection:
        named = [Place(row.id, row.name) for row in connection.execute(query)]
        its: dict[int | None, set[int]] = {}
        for site_id, team_id in connection.execute(of_site):
            its.setdefault(site_id, set()).add(team_id)
    if viewer.role == "admin":
        return (Place(None, ""), *named)
    return tuple(one for one in named if its.get(one.site_id) and its[one.site_id] <= set(viewer.teams))


def months(store: Store, viewer: Viewer) -> tuple[MonthRow, ...]:
    """The closes that the viewer may close, the newest month first."""
    stands = {one[0]: one[4] for one in closing.listed(store, viewer)}
    source = closes.outerjoin(sites, sites.c.id == closes.c.site_id)
    source = source.outerjoin(users, users.c.id == closes.c.signed_by)
    of = closes.c
    query = select(
        of.id, of.month, of.site_id, sites.c.name.label("site"), of.cut_off, of.signed_at, users.c.name
    ).select_from(source)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(of.month.desc(), of.id)).all()
    return tuple(
        MonthRow(
            row.id, row.month, row.site_id, row.site or "", row.cut_off, row.signed_at, row.name or "",
            broken=not stands[row.id],
        )
        for row in rows
        if row.id in stands
    )  # fmt: skip


def with_calls(store: Store, viewer: Viewer) -> tuple[date, ...]:
    """First days of the months from the first call in reach to the last one whose day has come, the newest
    first.
    """
    viewer.require("close")
    day = recordings.c.call_date
    reached = (day.is_not(None), *visible(viewer))
    with store.reading() as connection:  # each by itself is found at an end of the index
        first = days_ahead.first_day(connection, day, *reached)
        last = days_ahead.last_day(connection, day, *reached)
    found: list[date] = []
    while first is not None and last is not None and last.replace(day=1) >= first.replace(day=1):
        found.append(last.replace(day=1))
        last = found[-1] - timedelta(days=1)
    return tuple(found)


def end_of(store: Store, viewer: Viewer, day: date, site_id: int | None = None) -> datetime:
    """The last instant of a day where the site works (the whole house: by this clock), as a cut-off."""
    viewer.require("close")
    with store.reading() as connection:
        zone = closing.zone_of(connection, site_id)
    return begins(day + timedelta(days=1), zone) - timedelta(seconds=1)


def today_at(store: Store, site_id: int | None = None) -> date:
    """Today where the site works (the whole house: by this clock)."""
    with store.reading() as connection:
        return local_day(datetime.now(UTC), closing.zone_of(connection, site_id))


def moved(
    store: Store, settings: Settings, viewer: Viewer, close: Close, *, now: datetime | None = None
) -> tuple[Move, ...]:
    """Whose score, band, calls or open disputes would be others today, by name; nothing frozen changes."""
    since, until = month_of(close.month)
    found = scores(store, settings, viewer, since, until, site_id=close.site_id, cut_off=now)
    today = {row.user_id: row for row in map(frozen, found)}
    before = {row.user_id: row for row in close.rows}
    frozen_calls, made = made_since(store, settings, close, [call for one in found for call in one.sample])
    then = {one.user_id: frozen(_as_then(settings, one, frozen_calls, made)) for one in found}
    names = {one: row.name for one, row in (today | before).items()}
    moves = (
        Move(one, name, before.get(one), today.get(one), then.get(one))
        for one, name in sorted(names.items(), key=lambda item: by_name.key(item[1]))
    )
    return tuple(one for one in moves if _differ(one.was, one.now) or one.by_people)


def _as_then(
    settings: Settings, one: Score, before: Mapping[tuple[str, int], DrawnCall], made: Mapping[str, Remade]
) -> Score:
    """Somebody's score of today, had nothing else judged the calls since they were frozen."""
    today = {call.recording_id: call for call in one.sample}
    was = {name: call for (name, user_id), call in before.items() if user_id == one.user_id}
    if not made.keys() & (today.keys() | was.keys()):
        return one
    calls = (as_then(was.get(name), today.get(name), made.get(name)) for name in sorted(today | was))
    who = one.user_id, one.login, one.name, one.calls
    return score_of(settings, [call for call in calls if call], who, one.team, one.open_disputes)


def won(store: Store, viewer: Viewer, close: Close) -> tuple[Won, ...]:
    """Disputes that were upheld since the month was frozen and have no adjustment yet, the oldest first:
    those that a person with a row in it has won, of calls that its points are made of.
    """
    with store.reading() as connection:
        return won_by_now(connection, viewer, close)


def won_by_now(connection: Connection, viewer: Viewer, close: Close) -> tuple[Won, ...]:
    """The same, within somebody's transaction."""
    viewer.require("close")
    since, until = month_of(close.month)
    people = {row.user_id for row in close.rows}
    scored = {call.recording_id for call in sample_of(close) if call.counts}
    of = disputes.c
    entered = select(adjustments.c.dispute_id).where(adjustments.c.dispute_id.is_not(None))
    query = (
        select(of.id, of.opened_by, of.recording_id, of.criterion, of.opened_at, of.decided_at)
        .select_from(held().join(disputes, of.recording_id == recordings.c.id))
        .where(
            of.state == "upheld",
            of.opened_by == agent_logins.c.user_id,
            of.id.not_in(entered),
            *within(viewer, since, until, close.site_id),
        )
        .order_by(of.decided_at, of.id)
        .distinct()
    )
    return tuple(
        Won(row.id, row.opened_by, row.recording_id, row.criterion, local_day(row.decided_at))
        for row in connection.execute(query)
        if row.opened_by in people and row.recording_id in scored and not _counted(connection, close, row)
    )


def _counted(connection: Connection, close: Close, row: Row[*tuple[Any, ...]]) -> bool:
    """Whether the frozen points have in them what the dispute came to: it was upheld by then, or what it is
    about was no failure then, as somebody had conceded it or it was judged one only later.
    """
    if "upheld" not in close.body:
        return bool(row.decided_at <= close.created_at)  # a month frozen before closes kept a list
    if row.id in close.body["upheld"] or row.id in close.body.get("conceded", ()):
        return True
    told = row.opened_at if "conceded" in close.body else row.decided_at
    if told <= close.created_at:  # the lists tell of it: they are exact, hours are of before a wait
        return False
    return not failed(connection, row.recording_id, row.criterion, close.created_at)


def names(store: Store, viewer: Viewer, people: Collection[int]) -> dict[int, str]:
    """The names of those who signed or adjusted."""
    viewer.require("close")
    query = select(users.c.id, users.c.name).where(users.c.id.in_(people))
    with store.reading() as connection:
        return {row.id: row.name for row in connection.execute(query)}


def _differ(was: CloseRow | None, now: CloseRow | None) -> bool:
    if was is None or now is None:
        return True
    if (was.n, was.band, was.open_disputes) != (now.n, now.band, now.open_disputes):
        return True
    return points_moved(was.points, now.points)
