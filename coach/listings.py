"""What lists and maps ask: an order for listening, a call's neighbours, objections by call and by agent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, desc, func, select

from coach.queries import JUDGED, call_rows, where
from coach.rows import CallFilter, CallPage, CallRow
from coach.schema import finding_counts, findings, recordings, standings
from coach.store import Store
from coach.viewers import Viewer, visible
from nlp.labels import objection_ids

ATTENTION = "-attention"  # critical failures to confirm, then most verdicts waiting, then the newest

ORDERS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "attention": (standings.c.critical > 0, standings.c.to_review),
    "date": (recordings.c.call_started_at,),
    "agent": (func.lower(recordings.c.agent),),
    "points": (standings.c.points,),
    "critical": (standings.c.critical, findings.c.firm_promise),
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


def calls(store: Store, viewer: Viewer, which: CallFilter, *, sort: str, page: int, size: int) -> CallPage:
    """One page (from 0) in the order `sort`: a name of ORDERS, «-» before it where descending."""
    rows = call_rows().where(*where(viewer, which)).order_by(*_order(sort)).limit(size).offset(page * size)
    total = select(func.count()).select_from(JUDGED).where(*where(viewer, which))
    with store.reading() as connection:
        found = tuple(CallRow(**row._mapping) for row in connection.execute(rows))
        return CallPage(found, connection.execute(total).scalar_one())


def around(store: Store, viewer: Viewer, recording_id: str, which: CallFilter, *, sort: str) -> Around:
    """The neighbours of a call in that list; none where the list does not hold it."""
    here, order = recordings.c.id, _order(sort)
    listed = (
        select(
            here,
            func.lag(here).over(order_by=order).label("before"),
            func.lead(here).over(order_by=order).label("after"),
        )
        .select_from(JUDGED)
        .where(*where(viewer, which))
        .subquery()
    )
    with store.reading() as connection:
        row = connection.execute(select(listed).where(listed.c.id == recording_id)).first()
    return Around(row.before, row.after) if row else Around()


def objections_in(store: Store, viewer: Viewer, recording_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The objections of each of these calls in reach, the most frequent first; without any: left out."""
    counts = findings.join(finding_counts, finding_counts.c.findings_id == findings.c.id)
    query = (
        select(findings.c.recording_id, finding_counts.c.label)
        .select_from(counts.join(recordings, recordings.c.id == findings.c.recording_id))
        .where(findings.c.current, findings.c.recording_id.in_(recording_ids), *visible(viewer))
        .where(finding_counts.c.label.in_(objection_ids()))
        .order_by(desc(finding_counts.c.n), finding_counts.c.label)
    )
    said: dict[str, tuple[str, ...]] = {}
    with store.reading() as connection:
        for recording_id, label in connection.execute(query):
            said[recording_id] = (*said.get(recording_id, ()), label)
    return said


def objection_mix(store: Store, viewer: Viewer, which: CallFilter) -> tuple[MixRow, ...]:
    """Objections by agent, by name; agents and objections that never meet are left out."""
    login = recordings.c.agent_login
    known = (*where(viewer, which), login.is_not(None))
    totals = select(login, func.max(recordings.c.agent), func.count()).select_from(JUDGED).where(*known)
    counts = JUDGED.join(finding_counts, finding_counts.c.findings_id == findings.c.id)
    met = (
        select(login, finding_counts.c.label, func.count())
        .select_from(counts)
        .where(*known, finding_counts.c.label.in_(objection_ids()))
        .group_by(login, finding_counts.c.label)
    )
    with store.reading() as connection:
        people = {row[0]: (row[1] or row[0], row[2]) for row in connection.execute(totals.group_by(login))}
        rows = [
            MixRow(who, people[who][0], label, n, people[who][1]) for who, label, n in connection.execute(met)
        ]
    return tuple(sorted(rows, key=lambda row: (row.agent, row.objection)))


def _order(sort: str) -> tuple[ColumnElement[Any], ...]:
    """Rows without the sorted value come last; the newest first among equals."""
    down = sort.startswith("-")
    keys = ORDERS[sort.removeprefix("-")]
    empty = case((keys[0].is_(None), 1), else_=0)
    sorted_by = tuple(desc(key) if down else key for key in keys)
    return (empty, *sorted_by, desc(recordings.c.call_started_at), recordings.c.id)
