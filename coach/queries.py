"""The calls in reach, and what is added up from them for many screens: a page, a summary, agents, weeks.

What one screen alone shows is asked in a module of its own (`listings`, `picture`, `rungs`, `ledger`…).
Averages leave out what is not evaluable; a call whose agent is not known is in nobody's score. What can be
added up from whole days is (`tallies`); the rest is read from the one row that each call has in `listed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, and_, func, select

from coach import by_name, days_ahead, login_names, owners
from coach.choices import choices
from coach.filters import ALL, set_apart, tallied, where
from coach.intervals import mean
from coach.rows import (
    AgentRow,
    CallFilter,
    CallPage,
    CallRow,
    Summary,
    WeekRow,
)
from coach.schema import findings, recordings, scorecards, standings
from coach.schema_lists import listed, tallies
from coach.search import How
from coach.store import NOT_THERE, Store
from coach.types import Call, CoachError
from coach.viewers import Viewer, debtor, unconfirmed, visible

__all__ = ["ALL", "JUDGED", "choices", "where"]  # conditions of `where` are on `listed`, which JUDGED holds

JUDGED = listed.join(recordings, recordings.c.id == listed.c.recording_id)
JUDGED = JUDGED.join(scorecards, scorecards.c.id == listed.c.scorecard_id)
JUDGED = JUDGED.join(standings, standings.c.scorecard_id == listed.c.scorecard_id)
JUDGED = JUDGED.join(findings, findings.c.id == listed.c.findings_id)

FEW = 5000  # calls: as many are gathered and put in order; of more, an index of the order is followed

# a column and whether the order falls by it; what has no value comes last either way
Order = Sequence[tuple[Column[Any], bool]]

# what a mean with its interval is made of, of the points that enter an average
_POINTS = listed.c.points
_MEAN = tuple(
    sums.filter(listed.c.evaluable != "no")
    for sums in (func.count(_POINTS), func.sum(_POINTS), func.sum(_POINTS * _POINTS))
)
_SUMS = (func.sum(tallies.c.with_points), func.sum(tallies.c.points), func.sum(tallies.c.squares))


def calls(
    store: Store,
    viewer: Viewer,
    which: CallFilter = ALL,
    *,
    page: int = 0,
    size: int = 50,
) -> CallPage:
    """One page (from 0) of judged calls, the newest first; those of unknown day come last."""
    order = ((listed.c.call_started_at, True), (listed.c.recording_id, False))
    return page_of(store, viewer, which, order, page=page, size=size)


def page_of(
    store: Store,
    viewer: Viewer,
    which: CallFilter,
    order: Order,
    *,
    page: int,
    size: int,
    total: int | None = None,
) -> CallPage:
    """One page (from 0) in that order. `total` is how many there are, where the caller knows already."""
    order = told_order(viewer, order)
    with store.reading() as connection:
        if total is None:
            total = count(connection, viewer, which)
        few = total <= FEW
        tests = where(viewer, which, how=how_to_find(viewer, which, total))
        # the rows before the page are counted off in an index; only those on it are read whole
        on_it = select(listed.c.scorecard_id).where(*tests).order_by(*in_order(order, gathered=few))
        on_it = on_it.limit(size).offset(page * size)
        return CallPage(_rows(connection, viewer, listed.c.scorecard_id.in_(on_it), order), total)


def every(
    store: Store, viewer: Viewer, which: CallFilter, order: Order, *, size: int
) -> Iterator[tuple[CallRow, ...]]:
    """The calls of this moment in that order, so many at once: each once, though others come or go meanwhile,
    which would move the pages. One that is erased before its turn is left out.
    """
    order = told_order(viewer, order)
    with store.reading() as connection:
        total = count(connection, viewer, which)
        tests = where(viewer, which, how=how_to_find(viewer, which, total))
        found = select(listed.c.recording_id).where(*tests)
        ids = connection.execute(found.order_by(*in_order(order, gathered=total <= FEW))).scalars().all()
    for start in range(0, len(ids), size):
        its = and_(listed.c.recording_id.in_(ids[start : start + size]), *visible(viewer, listed))
        with store.reading() as connection:
            rows = _rows(connection, viewer, its, order)
        yield rows


def _rows(
    connection: Connection, viewer: Viewer, its: ColumnElement[bool], order: Order
) -> tuple[CallRow, ...]:
    columns = [listed.c[_COLUMN.get(name, name)].label(name) for name in CallRow.__dataclass_fields__]
    seen = {
        "agent": owners.agent_name(listed).label("agent"),
        "debtor_name": debtor(viewer, listed.c.debtor_name),
        "critical": unconfirmed(viewer, listed.c.critical),
    }
    shown = select(*(seen.get(one.name, one) for one in columns)).where(its).order_by(*in_order(order))
    return tuple(CallRow(**row._mapping) for row in connection.execute(shown))


_COLUMN = {"id": "recording_id"}


def call(store: Store, viewer: Viewer, recording_id: str) -> Call:
    """One call with everything found and judged; CoachError where there is none in the viewer's reach."""
    reach(store, viewer, recording_id)
    return store.call(recording_id)


def reach(store: Store, viewer: Viewer, recording_id: str) -> None:
    """CoachError, the same as for an id that is not there, where the viewer may not reach this recording."""
    seen = select(1).select_from(recordings).where(recordings.c.id == recording_id, *visible(viewer))
    with store.reading() as connection:
        if connection.execute(seen).first() is None:
            raise CoachError(NOT_THERE, id=recording_id)


def summary(store: Store, viewer: Viewer, which: CallFilter = ALL) -> Summary:
    """The filtered calls in one line."""
    days = tallied(viewer, which)
    one_by_one = select(
        func.count(),
        _number_of(listed.c.evaluable != "no"),
        _number_of(unconfirmed(viewer, listed.c.critical) > 0),
        _number_of(listed.c.to_review > 0),
        _number_of(listed.c.firm_promise),
        func.coalesce(func.sum(listed.c.duration_s), 0.0),
        *_MEAN,
    )
    if days is not None:
        names = ("calls", "evaluable", "critical", "to_review", "firm_promises", "seconds")
        query = select(*(func.coalesce(func.sum(tallies.c[name]), 0) for name in names), *_SUMS).where(*days)
    else:
        query = one_by_one.where(*where(viewer, which))
    with store.reading() as connection:
        sums = list(connection.execute(query).one())
        if days is not None and (apart := set_apart(viewer, which)) is not None:
            sums = _less(sums, connection.execute(one_by_one.where(*apart)).one())
    n, evaluable, critical, to_review, promises, seconds, *points = sums
    return Summary(n, evaluable, critical, to_review, promises, float(seconds), mean(*points))


def agents(store: Store, viewer: Viewer, which: CallFilter = ALL) -> tuple[AgentRow, ...]:
    """Every agent with a login, by name. How many calls have none says `choices`."""
    login, name, tests = listed.c.agent_login, listed.c.agent, where(viewer, which)
    query = select(
        login,
        func.min(name),
        func.max(name),
        func.count(),
        _number_of(unconfirmed(viewer, listed.c.critical) > 0),
        _number_of(listed.c.firm_promise),
        _number_of(listed.c.to_review > 0),
        *_MEAN,
    )
    query = query.where(login.is_not(None), *tests).group_by(login)
    with store.reading() as connection:
        rows = connection.execute(query).all()
        names = login_names.names_of(connection, {row[0]: (row[1], row[2]) for row in rows}, tests)
    found = [
        AgentRow(login, names[login], n, mean(*points), critical, promises, to_review)
        for login, _, _, n, critical, promises, to_review, *points in rows
    ]
    return tuple(sorted(found, key=lambda one: by_name.key(one.agent)))


def agents_in(store: Store, viewer: Viewer, which: CallFilter = ALL) -> int:
    """How many agents with a login have a call of the filter."""
    query = select(func.count(listed.c.agent_login.distinct())).where(*where(viewer, which))
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def _believed(day: date, which: CallFilter) -> bool:
    """Whether a call may be of that day; one of long ago is where somebody asks for a day to begin with."""
    return not (days_ahead.is_ahead(day) or (days_ahead.is_long_ago(day) and which.since is None))


def weeks(store: Store, viewer: Viewer, which: CallFilter = ALL) -> tuple[WeekRow, ...]:
    """Points by calendar week, oldest first; weeks without calls are left out, and days that no call is
    believed to be of (`coach.days_ahead`).
    """
    days = tallied(viewer, which)
    if days is not None:
        day = tallies.c.day
        query = select(day, *_SUMS).where(day > date.min, *days).group_by(day)
    else:
        day = listed.c.call_date
        query = select(day, *_MEAN).where(day.is_not(None), *where(viewer, which)).group_by(day)
    sums: dict[date, list[float]] = {}
    with store.reading() as connection:
        for one, *points in connection.execute(query):
            if not _believed(one, which):
                continue
            monday = one - timedelta(days=one.weekday())
            sums[monday] = _added(sums.get(monday, [0, 0.0, 0.0]), points)
        if days is not None and (apart := set_apart(viewer, which)) is not None:
            of_day = select(listed.c.call_date, *_MEAN).where(listed.c.call_date.is_not(None), *apart)
            for one, *points in connection.execute(of_day.group_by(listed.c.call_date)):
                if _believed(one, which):
                    monday = one - timedelta(days=one.weekday())
                    sums[monday] = _less(sums[monday], points)
    return tuple(
        WeekRow(monday, mean(int(n), total, squares)) for monday, (n, total, squares) in sorted(sums.items())
    )


def told_order(viewer: Viewer, order: Order) -> Order:
    """An order that tells the viewer nothing: an agent's calls not by failures that nobody has confirmed."""
    hidden = ("critical", "urgent") if viewer.role == "agent" else ()
    return tuple((column, falls) for column, falls in order if column.name not in hidden)


def how_to_find(viewer: Viewer, which: CallFilter, total: int) -> How:
    """How to look for words where a page of `total` calls is wanted.

    Calls in reach are found by their agents at once, while a word may be in most calls of the house.
    """
    if visible(viewer, listed):
        return "check"
    if total <= FEW:
        return "gather"
    return "each" if which == CallFilter(text=which.text) else "check"


def in_order(order: Order, *, backwards: bool = False, gathered: bool = False) -> list[ColumnElement[Any]]:
    """The order as the database is told it. `gathered`: after the calls are found, by no index."""
    terms: list[ColumnElement[Any]] = []
    for column, falls in order:
        by: ColumnElement[Any] = func.coalesce(column, None, type_=column.type) if gathered else column
        term = by.desc() if falls != backwards else by.asc()
        if column.nullable:
            term = term.nulls_first() if backwards else term.nulls_last()
        terms.append(term)
    return terms


def count(connection: Connection, viewer: Viewer, which: CallFilter) -> int:
    """How many calls the filter keeps."""
    days = tallied(viewer, which)
    of_calls = select(func.count()).select_from(listed)
    if days is None:
        return int(connection.execute(of_calls.where(*where(viewer, which))).scalar_one())
    total = connection.execute(select(func.coalesce(func.sum(tallies.c.calls), 0)).where(*days)).scalar_one()
    apart = set_apart(viewer, which)
    return int(total) - (connection.execute(of_calls.where(*apart)).scalar_one() if apart else 0)


def _less(sums: Sequence[float | None], others: Sequence[float | None]) -> list[float]:
    return _added(sums, [-(value or 0) for value in others])


def _added(sums: Sequence[float | None], others: Sequence[float | None]) -> list[float]:
    """Column by column; nothing is 0."""
    return [(one or 0) + (other or 0) for one, other in zip(sums, others, strict=True)]


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)
