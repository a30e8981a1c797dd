"""The single calls behind a month: those with something open, and what has changed on drawn ones since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, select

from coach import blind, owners
from coach.closing import Close
from coach.periods import month_of
from coach.remade import Remade, as_then, remade
from coach.schema import recordings, reviews
from coach.schema_lists import listed
from coach.schema_work import review_facts
from coach.score import DrawnCall, drawn, held, within
from coach.seals import unmarked
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer, visible

_AT_ONCE = 500  # ids in one question
_TENTH = 0.05  # points that look the same to one decimal are the same


# counts: released, with its points · undelivered: drawn, in no score yet · apart: in no score at all
Part = Literal["counts", "undelivered", "apart"]
_PARTS: tuple[Part, ...] = ("counts", "undelivered", "apart")


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call of the month with something open: drawn and not released, or with a failure to confirm."""

    recording_id: str
    agent: str
    call_date: date | None
    part: Part
    reviewed: bool  # somebody has finished a review of it
    critical: int  # failures that wait for a person; 0 too where the viewer is to judge the call blind


@dataclass(frozen=True, slots=True)
class Changed:
    """A drawn call that is another now than when the month was frozen. None: it was not drawn, or is gone; or
    it is `hidden`, as the viewer is to judge it blind. `then`: as `now`, had nothing else judged it since.
    """

    recording_id: str
    agent: str
    call_date: date | None
    was: DrawnCall | None
    now: DrawnCall | None
    then: DrawnCall | None
    by_people: bool  # what people did changed it, whatever else judged it too
    remade: Remade | None  # something else judged it since, and that changed it
    hidden: bool = False


def sample_of(close: Close) -> tuple[DrawnCall, ...]:
    """The drawn calls as they were when the month was prepared."""
    return tuple(DrawnCall(**unmarked(one)) for one in close.body["calls"])


def open_calls(
    store: Store, viewer: Viewer, month: date, site_id: int | None, sample: Sequence[DrawnCall]
) -> tuple[OpenCall, ...]:
    """Those with a failure to confirm first, of them those that count; then by agent and day. A failure that
    waits is told of every call of the month, drawn and released or not.
    """
    viewer.require("close")
    parts: dict[str, Part] = {}
    for one in sample:
        parts[one.recording_id] = _part(one)
    with store.reading() as connection:
        waiting = list(connection.execute(_with_criticals(viewer, month, site_id)).scalars())
    ids = sorted({*waiting, *(name for name, part in parts.items() if part == "undelivered")})
    hidden = blind.waiting(store, viewer, ids)
    finished = select(reviews.c.recording_id).join(review_facts, review_facts.c.review_id == reviews.c.id)
    found = []
    with store.reading() as connection:
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            its = finished.where(reviews.c.recording_id.in_(some), review_facts.c.finished)
            reviewed = set(connection.execute(its).scalars())
            found += [
                OpenCall(
                    row.recording_id, row.agent or row.agent_login or "", row.call_date,
                    parts.get(row.recording_id, "apart"), row.recording_id in reviewed,
                    0 if row.recording_id in hidden else row.critical,
                )
                for row in _rows(connection, viewer, some)
            ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.critical, _PARTS.index(one.part), *_place(one))))


def _part(one: DrawnCall) -> Part:
    if not one.released:
        return "undelivered"
    return "counts" if one.counts else "apart"


def _with_criticals(viewer: Viewer, month: date, site_id: int | None) -> Select[str]:
    """Calls of the month with a failure that waits, as «Críticas» lists them."""
    since, until = month_of(month)
    its = listed.c
    query = select(its.recording_id).where(
        its.critical > 0,
        its.call_date.between(since, until),
        ~blind.awaited(viewer, its.recording_id),
        *visible(viewer, listed),
    )
    if site_id is None:
        return query
    there = select(recordings.c.id).select_from(held()).where(*within(viewer, since, until, site_id))
    return query.where(its.recording_id.in_(there))


def changed(
    store: Store, settings: Settings, viewer: Viewer, close: Close, *, now: datetime | None = None
) -> tuple[Changed, ...]:
    """Drawn calls of a frozen month whose points, voidness or release are others today, released or not; by
    agent and day. Nothing frozen changes by it. Of those that the viewer is to judge blind nothing is told
    but that they changed.
    """
    viewer.require("close")
    since, until = month_of(close.month)
    sample = drawn(store, viewer, since, until, site_id=close.site_id, cut_off=now)
    today = {(one.recording_id, one.user_id): one for one in sample}
    before, made = made_since(store, settings, close, sample)
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
        was, is_, other = before.get(key), today.get(key), made.get(key[0])
        then = as_then(was, is_, other)
        said = _differ(was, then), other if _differ(then, is_) else None
        covered = key[0] in hidden
        shown = (None, None, None) if covered else (was, is_, then)
        found.append(Changed(key[0], agent, day, *shown, *said, covered))
    return tuple(sorted(found, key=_place))


def made_since(
    store: Store, settings: Settings, close: Close, sample: Sequence[DrawnCall]
) -> tuple[dict[tuple[str, int], DrawnCall], dict[str, Remade]]:
    """The drawn calls as they were frozen, by call and person; and of those that differ in today's `sample`
    what else has judged them since.
    """
    before = {(one.recording_id, one.user_id): one for one in sample_of(close)}
    today = {(one.recording_id, one.user_id): one for one in sample}
    other = {key[0] for key in before.keys() | today.keys() if _differ(before.get(key), today.get(key))}
    return before, remade(store, settings, close.created_at, other)


def _place(one: OpenCall | Changed) -> tuple[str, date, str]:
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
    return points_moved(was.points, now.points)


def points_moved(was: float | None, now: float | None) -> bool:
    """Whether points look another to one decimal, as lists and the paper tell them; none look like 0."""
    return abs((was or 0.0) - (now or 0.0)) >= _TENTH
