"""Drawn calls that an erasure takes out of the month of their agent: named before it, counted after it.

Nobody can review or deliver what has no words any more; what was delivered before keeps its points.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from coach.closing import Close
from coach.frozen import named_in
from coach.periods import month_of
from coach.schema import recordings, scorecards
from coach.schema_month import closes
from coach.schema_privacy import gone
from coach.schema_work import releases, tasks
from coach.score import by_lot, held, within
from coach.store import Store
from coach.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Lost:
    """Drawn calls of a month that would have counted and were erased before they were delivered: `asked` by a
    person, the others because of their `age`.
    """

    asked: int = 0
    age: int = 0


def of_month(
    store: Store, viewer: Viewer, month: date, site_id: int | None = None, cut_off: datetime | None = None
) -> Lost:
    """Of the calls of a site's agents, or (None) of the whole house; delivered means by the `cut_off`."""
    viewer.require("close")
    since, until = month_of(month)
    gone_too = and_(gone.c.recording_id == recordings.c.id, gone.c.what == "words")
    # an erasure takes a call out of the queue too: what somebody had left out before it never counted
    counted = or_(tasks.c.state != "dropped", tasks.c.finished_at >= gone.c.at)
    source = held().join(gone, gone_too).join(tasks, and_(by_lot(), counted)).join(scorecards, _evaluable())
    query = (
        select(gone.c.why, func.count(recordings.c.id.distinct()))
        .select_from(source)
        .where(*within(viewer, since, until, site_id), _undelivered(cut_off))
        .group_by(gone.c.why)
    )
    with store.reading() as connection:
        found = {why: int(n) for why, n in connection.execute(query)}
    return Lost(found.get("person", 0), found.get("retention", 0))


def of_close(store: Store, viewer: Viewer, close: Close) -> Lost:
    return of_month(store, viewer, close.month, close.site_id, close.cut_off)


def unsigned(connection: Connection, ids: Collection[str]) -> tuple[tuple[str, date], ...]:
    """Of these calls, those that chance drew, nobody delivered and no signed month holds, each with the first
    day of its month: erased now, they are in no score.
    """
    r = recordings.c
    query = (
        select(r.id, r.call_date)
        .select_from(
            recordings.join(tasks, and_(by_lot(), tasks.c.state != "dropped")).join(scorecards, _evaluable())
        )
        .where(r.id.in_(list(ids)), r.agent_login.is_not(None), r.call_date.is_not(None), _undelivered(None))
        .distinct()
        .order_by(r.call_date, r.id)
    )
    found = [(name, day.replace(day=1)) for name, day in connection.execute(query)]
    return tuple((name, month) for name, month in found if not _signed(connection, name, month))


def _evaluable() -> ColumnElement[bool]:
    """As `score.sample` has it: nobody's points are reckoned from any other call."""
    its = and_(scorecards.c.recording_id == recordings.c.id, scorecards.c.current)
    return and_(its, scorecards.c.evaluable != "no")


def _undelivered(cut_off: datetime | None) -> ColumnElement[bool]:
    by = () if cut_off is None else (releases.c.visible_from <= cut_off,)
    out = select(1).where(releases.c.recording_id == recordings.c.id, releases.c.withdrawn_at.is_(None), *by)
    return ~out.exists()


def _signed(connection: Connection, recording_id: str, month: date) -> bool:
    """Whether a signed month tells of the call: what it froze stays."""
    its = select(closes.c.id).where(
        closes.c.month == month, closes.c.signed_at.is_not(None), named_in(recording_id)
    )
    return connection.execute(its).first() is not None
