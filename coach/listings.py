"""What lists and maps ask: an order for listening, a call's neighbours, objections by call and by agent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, func, select

from coach import by_name, letters, login_names, queries
from coach.letters import NONE
from coach.queries import FEW, Order, count, how_to_find, in_order, page_of, told_order, where
from coach.rows import CallFilter, CallPage, CallRow
from coach.schema_lists import listed
from coach.store import Store
from coach.viewers import Viewer, told, visible

ATTENTION = "-attention"  # critical failures to confirm, then most verdicts waiting, then the newest

ORDERS: dict[str, tuple[Column[Any], ...]] = {
    "attention": (listed.c.urgent, listed.c.to_review),
    "date": (listed.c.call_started_at,),
    "agent": (listed.c.agent_order,),
    "points": (listed.c.points,),
    "critical": (listed.c.critical, listed.c.firm_promise),
}


@dataclass(frozen=True, slots=True)
class Around:
    """The calls before and after one in a list; None at its ends."""

    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class MixRow:
    """How often an agent's calls bring one objection."""

    login: str
    agent: str
    objection: str
    calls: int  # with this objection at least once
    total: int  # all calls of the agent

    @property
    def share(self) -> float:
        return self.calls / self.total


def calls(
    store: Store,
    viewer: Viewer,
    which: CallFilter,
    *,
    sort: str,
    page: int,
    size: int,
    total: int | None = None,
) -> CallPage:
    """One page (from 0) in the order `sort`: a name of ORDERS, «-» before it where descending.

    `total` is how many calls the filter keeps, where the caller knows already.
    """
    return page_of(store, viewer, which, _order(sort), page=page, size=size, total=total)


def every(
    store: Store, viewer: Viewer, which: CallFilter, *, sort: str, size: int
) -> Iterator[tuple[CallRow, ...]]:
    """All of that list, so many at once; see `queries.every`."""
    return queries.every(store, viewer, which, _order(sort), size=size)


def around(store: Store, viewer: Viewer, recording_id: str, which: CallFilter, *, sort: str) -> Around:
    """The neighbours of a call in that list; none where the list does not hold it."""
    order = told_order(viewer, _order(sort))
    with store.reading() as connection:
        total = count(connection, viewer, which)
        tests = where(viewer, which, how=how_to_find(viewer, which, total))
        here = select(*(column for column, _ in order)).where(listed.c.recording_id == recording_id, *tests)
        row = connection.execute(here).first()
        if row is None:
            return Around()
        if total <= FEW:
            listing = select(listed.c.recording_id).where(*tests).order_by(*in_order(order, gathered=True))
            ids = [None, *connection.execute(listing).scalars(), None]
            place = ids.index(recording_id)
            return Around(ids[place - 1], ids[place + 1])
        at = [(column, falls, value) for (column, falls), value in zip(order, row, strict=True)]
        return Around(
            _beside(connection, tests, at, backwards=True), _beside(connection, tests, at, backwards=False)
        )


At = tuple[Column[Any], bool, Any]  # a column of the order, whether it falls, its value in the row


def _beside(
    connection: Connection, tests: list[ColumnElement[bool]], at: list[At], *, backwards: bool
) -> str | None:
    """The next call in the order: the nearest that is equal in all columns but the last, or the last two…

    Each question is one step in the index of the order, however long the list is.
    """
    for last in reversed(range(len(at))):
        same = [column.is_(None) if value is None else column == value for column, _, value in at[:last]]
        following = [(column, falls) for column, falls, _ in at[last:]]
        for beyond in _beyond(*at[last], backwards=backwards):
            query = select(listed.c.recording_id).where(*same, beyond, *tests).limit(1)
            found = connection.execute(query.order_by(*in_order(following, backwards=backwards))).scalar()
            if found is not None:
                return str(found)
    return None


def _beyond(column: Column[Any], falls: bool, value: Any, *, backwards: bool) -> list[ColumnElement[bool]]:
    """What comes after `value` (before it, backwards) in one column, the nearest first; no value is last."""
    if value is None:
        return [column.is_not(None)] if backwards else []
    down = falls != backwards
    if isinstance(value, bool):
        return [column == (not down)] if value == down else []
    further = column < value if down else column > value
    return [further] if backwards or not column.nullable else [further, column.is_(None)]


def objections_in(store: Store, viewer: Viewer, recording_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The objections of each of these calls in reach, as they stand after people's word, the most frequent
    first; without any: left out.
    """
    query = select(listed.c.recording_id, listed.c.said).where(listed.c.recording_id.in_(recording_ids))
    met: dict[str, tuple[str, ...]] = {}
    with store.reading() as connection:
        names = letters.known(connection, "objection")
        shown = told(viewer, names)
        for recording_id, row in connection.execute(query.where(*visible(viewer, listed))):
            # of each the sign is the later the more often it was met: see `coach.letters`
            often = sorted((-ord(sign), name) for name, sign in zip(names, row, strict=False) if sign != NONE)
            if its := tuple(name for _, name in often if name in shown):
                met[recording_id] = its
    return met


def objection_mix(store: Store, viewer: Viewer, which: CallFilter) -> tuple[MixRow, ...]:
    """Objections by agent, by name; agents and objections that never meet are left out."""
    login, name, tests = listed.c.agent_login, listed.c.agent, where(viewer, which)
    rows = []
    with store.reading() as connection:
        names = letters.known(connection, "objection")
        shown = told(viewer, names)
        row = letters.joined(letters.padded(listed.c.said, len(names)))
        query = select(login, func.min(name), func.max(name), func.count(), row)
        query = query.where(login.is_not(None), *tests)
        found = connection.execute(query.group_by(login)).all()
        called = {who: (one, other) for who, one, other, *_ in found}
        people = login_names.names_of(connection, called, tests)
        for who, _, _, n, text in found:
            for objection, column in zip(names, letters.columns(text, len(names)), strict=True):
                if (met := n - column.count(NONE)) and objection in shown:
                    rows.append(MixRow(who, people[who], objection, met, n))
    return tuple(sorted(rows, key=lambda row: (by_name.key(row.agent), row.agent, row.objection)))


def _order(sort: str) -> Order:
    """The newest first among equals."""
    falls = sort.startswith("-")
    keys = ORDERS[sort.removeprefix("-")]
    ties = ((listed.c.call_started_at, True), (listed.c.recording_id, True))
    return tuple((key, falls) for key in keys) + tuple(tie for tie in ties if tie[0] not in keys)
