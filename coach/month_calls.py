"""The single calls behind a month: drawn ones that no agent has, and what has changed on them since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from coach import blind, owners
from coach.closing import Close
from coach.periods import month_of
from coach.schema import reviews
from coach.schema_lists import listed
from coach.schema_work import review_facts
from coach.score import DrawnCall, drawn
from coach.store import Store
from coach.viewers import Viewer, visible

_AT_ONCE = 500  # ids in one question
_TENTH = 0.05  # points that look the same to one decimal are the same


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A drawn call that is not released and so in no score."""

    recording_id: str
    agent: str
    call_date: date | None
    reviewed: bool  # somebody has finished a review of it
    critical: int  # failures that wait for a person; 0 too where the viewer is to judge the call blind


@dataclass(frozen=True, slots=True)
class Changed:
    """A drawn call that is another now than when the month was frozen. None: it was not drawn, or is gone; or
    it is `hidden`, as the viewer is to judge it blind.
    """

    recording_id: str
    agent: str
    call_date: date | None
    was: DrawnCall | None
    now: DrawnCall | None
    hidden: bool = False


def left_of(close: Close) -> tuple[str, ...]:
    """The drawn calls that were not released when the month was prepared."""
    return tuple(one["recording_id"] for one in close.body["calls"] if not one["released"])


def undelivered(store: Store, viewer: Viewer, recording_ids: Sequence[str]) -> tuple[Undelivered, ...]:
    """Those with a failure to confirm first, then by agent and day."""
    viewer.require("close")
    hidden = blind.waiting(store, viewer, recording_ids)
    finished = select(reviews.c.recording_id).join(review_facts, review_facts.c.review_id == reviews.c.id)
    found = []
    with store.reading() as connection:
        for start in range(0, len(recording_ids), _AT_ONCE):
            ids = recording_ids[start : start + _AT_ONCE]
            its = finished.where(reviews.c.recording_id.in_(ids), review_facts.c.finished)
            reviewed = set(connection.execute(its).scalars())
            found += [
                Undelivered(
                    row.recording_id, row.agent or row.agent_login or "", row.call_date,
                    row.recording_id in reviewed, 0 if row.recording_id in hidden else row.critical,
                )
                for row in _rows(connection, viewer, ids)
            ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.critical, *_place(one))))


def changed(
    store: Store, viewer: Viewer, close: Close, *, now: datetime | None = None
) -> tuple[Changed, ...]:
    """Drawn calls of a frozen month whose points, voidness or release are others today, released or not; by
    agent and day. Nothing frozen changes by it. Of those that the viewer is to judge blind nothing is told
    but that they changed.
    """
    viewer.require("close")
    since, until = month_of(close.month)
    sample = drawn(store, viewer, since, until, site_id=close.site_id, cut_off=now)
    today = {(one.recording_id, one.user_id): one for one in sample}
    frozen = (DrawnCall(**one) for one in close.body["calls"])
    before = {(one.recording_id, one.user_id): one for one in frozen}
    moved = [key for key in before.keys() | today.keys() if _differ(before.get(key), today.get(key))]
    ids = sorted({recording_id for recording_id, _ in moved})
    hidden = blind.waiting(store, viewer, ids)
    whose: dict[str, Row[*tuple[Any, ...]]] = {}
    with store.reading() as connection:
        for start in range(0, len(ids), _AT_ONCE):
            rows = _rows(connection, viewer, ids[start : start + _AT_ONCE])
            whose |= {row.recording_id: row for row in rows}
    found = []
    for key in moved:
        row = whose.get(key[0])
        agent = (row.agent or row.agent_login or "") if row else ""
        day = row.call_date if row else None
        told = (None, None, True) if key[0] in hidden else (before.get(key), today.get(key), False)
        found.append(Changed(key[0], agent, day, *told))
    return tuple(sorted(found, key=_place))


def _place(one: Undelivered | Changed) -> tuple[str, date, str]:
    """In a list by agent and day."""
    return one.agent.casefold(), one.call_date or date.min, one.recording_id


def _rows(connection: Connection, viewer: Viewer, ids: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    its = listed.c
    query = select(
        its.recording_id,
        owners.agent_name(listed).label("agent"),
        its.agent_login,
        its.call_date,
        its.critical,
    )
    return connection.execute(query.where(its.recording_id.in_(ids), *visible(viewer, listed))).all()


def _differ(was: DrawnCall | None, now: DrawnCall | None) -> bool:
    if was is None or now is None:
        return True
    if (was.void, was.released, was.points is None) != (now.void, now.released, now.points is None):
        return True
    return abs((was.points or 0.0) - (now.points or 0.0)) >= _TENTH
