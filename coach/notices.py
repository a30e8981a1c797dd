"""What waits for a person: counted from what there is, and what somebody was told and has not read.

A notice names a call and a criterion, or what to practise; never words of a call.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, true, update

from coach import blind
from coach.owners import of_own_logins, over, own, reviewed_by
from coach.queries import reach
from coach.quotas import quotas
from coach.schema import recordings
from coach.schema_drills import coaching_plans
from coach.schema_work import (
    calibrations,
    disputes,
    drafts,
    notices,
    releases,
    tasks,
)
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer, debtor, visible
from coach.workdays import local_day

Practice = Literal[
    "drill_assigned", "plan_made", "plan_ended", "session_opened"
]  # of no call: what to practise, with whom
Kind = Literal[
    "tasks", "drafts", "calibrations", "to_acknowledge", "to_decide", "quotas", "follow_ups",
    "dispute_upheld", "dispute_dismissed", "dispute_void", "release_withdrawn", "judged_worse",
    "commented",
    "drill_assigned", "plan_made", "plan_ended", "session_opened",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notice:
    """`n` things of a kind wait; `due_on` is the first day by which one is due. `id`: of what was told to
    somebody, and can be marked as read; None for what goes away by itself once it is done. A review that was
    begun from one's own task is counted as that task, not as a draft too. `of` and `title` are those of the
    one calibration that waits; of several the number alone is told. `bundle`: the notices that this one
    stands for, each of a call that the machine judged anew.
    """

    kind: Kind
    n: int = 1
    due_on: date | None = None
    overdue: int = 0
    id: int | None = None
    recording_id: str | None = None
    criterion: str = ""
    at: datetime | None = None  # UTC
    of: int | None = None  # the assignment, plan, session or calibration that is told of
    title: str = ""  # its name
    call_date: date | None = None
    debtor: str | None = None
    bundle: tuple[Notice, ...] = ()


def waiting(
    store: Store, settings: Settings, viewer: Viewer, *, now: datetime | None = None
) -> tuple[Notice, ...]:
    """Everything that waits for the viewer: what is to be done first, then what was told, newest first."""
    now = now or datetime.now(UTC)
    with store.reading() as connection:
        found = [*_to_do(connection, viewer, now), *_told(connection, viewer)]
    if viewer.may("team"):
        short = [row for row in quotas(store, settings, viewer, local_day(now)) if row.missing]
        if short:
            found.append(Notice("quotas", len(short)))
    return tuple(found)


def badge(store: Store, viewer: Viewer, *, now: datetime | None = None) -> int:
    """The number beside the bell: things to do and things not read. Quotas are in `waiting` only."""
    now = now or datetime.now(UTC)
    with store.reading() as connection:
        return sum(one.n for one in _to_do(connection, viewer, now)) + len(_told(connection, viewer))


def mark_read(store: Store, viewer: Viewer, notice: Notice, *, now: datetime | None = None) -> None:
    """A notice of the viewer's own is read, with all that it stands for; another's, or one that is not there,
    changes nothing.
    """
    _read(store, viewer, now, notices.c.id.in_([one.id for one in notice.bundle or (notice,)]))


def read_of_call(store: Store, viewer: Viewer, recording_id: str, *, now: datetime | None = None) -> None:
    """What the viewer was told of a call is read: they have opened it."""
    reach(store, viewer, recording_id)
    _read(store, viewer, now, notices.c.recording_id == recording_id)


def read_of_practice(
    store: Store, viewer: Viewer, kind: Practice, of: int, *, now: datetime | None = None
) -> None:
    """What the viewer was told of it is read: they say so where it stands."""
    _read(store, viewer, now, notices.c.kind == kind, notices.c.detail.startswith(_of(of)))


def practice_read(store: Store, user_id: int, kind: Practice, of: int) -> tuple[bool, datetime | None]:
    """Whether a person was told of it, and when they said that they had read it. The caller has asked whether
    it may be seen.
    """
    its = (notices.c.user_id == user_id, notices.c.kind == kind, notices.c.detail.startswith(_of(of)))
    query = select(notices.c.read_at).where(*its).order_by(notices.c.id.desc())
    with store.reading() as connection:
        row = connection.execute(query).first()
    return row is not None, row.read_at if row is not None else None


def tell_of_practice(
    connection: Connection, user_id: int, kind: Practice, of: int, title: str, now: datetime
) -> None:
    """Tell a person of an assignment, a plan or a session, in the transaction that makes it."""
    detail = json.dumps({"of": of, "title": title}, ensure_ascii=False)
    values = {"user_id": user_id, "kind": kind, "recording_id": None, "at": now, "detail": detail}
    connection.execute(insert(notices).values(**values))


def take_back(connection: Connection, kind: Practice, of: int) -> None:
    """What was told of it and nobody has read is told no more: it is gone, or there is nothing left to do."""
    its = (notices.c.kind == kind, notices.c.read_at.is_(None), notices.c.detail.startswith(_of(of)))
    connection.execute(delete(notices).where(*its))


def _of(of: int) -> str:
    """How the detail of a notice of practice begins."""
    return f'{{"of": {of}, '


def _to_do(connection: Connection, viewer: Viewer, now: datetime) -> list[Notice]:
    found: list[Notice | None] = []
    if viewer.may("review") and viewer.user_id is not None:
        of = tasks.c.recording_id
        mine = and_(tasks.c.assigned_to == viewer.user_id, tasks.c.state.in_(("open", "claimed")))
        able = and_(mine, ~blind.calibrates(viewer, of), ~own(viewer.user_id, of))
        found.append(_counted(connection, "tasks", tasks.c.due_on, now, able))
        its_task = tasks.c.recording_id == drafts.c.recording_id, mine
        begun = select(drafts.c.recording_id).where(drafts.c.user_id == viewer.user_id)
        begun = begun.where(~select(1).where(*its_task).exists()).order_by(drafts.c.updated_at.desc())
        calls = connection.execute(begun).scalars().all()
        found.append(Notice("drafts", len(calls), recording_id=calls[0]) if calls else None)
        found.append(_calibrations(connection, viewer.user_id, now))
    if viewer.may("decide"):
        found.append(_to_decide(connection, viewer, now))
    if viewer.may("assign") and viewer.user_id is not None:
        made = and_(coaching_plans.c.created_by == viewer.user_id, coaching_plans.c.state == "open")
        ripe = coaching_plans.c.follow_up_on <= local_day(now)
        found.append(_counted(connection, "follow_ups", coaching_plans.c.follow_up_on, now, and_(made, ripe)))
    if viewer.role == "agent":
        live = and_(releases.c.recording_id == recordings.c.id, releases.c.withdrawn_at.is_(None))
        unread = (
            select(func.count())
            .select_from(recordings.join(releases, live))
            .where(releases.c.acknowledged_at.is_(None), of_own_logins(viewer), *visible(viewer))
        )
        n = connection.execute(unread).scalar_one()
        found.append(Notice("to_acknowledge", n) if n else None)
    return [one for one in found if one is not None]


def _to_decide(connection: Connection, viewer: Viewer, now: datetime) -> Notice | None:
    """Disputes for the viewer; one is late when its day is over where the agent works."""
    of = disputes.c.recording_id
    its = (disputes.c.state == "open", ~reviewed_by(viewer, of), ~blind.calibrates(viewer, of))
    rows = connection.execute(select(of, disputes.c.due_on).where(*its).order_by(disputes.c.due_on)).all()
    late = sum(over(connection, row.recording_id, row.due_on, now) for row in rows)
    return Notice("to_decide", len(rows), rows[0].due_on, late) if rows else None


def _calibrations(connection: Connection, user_id: int, now: datetime) -> Notice | None:
    """Open calibrations in which calls wait for the person's word."""
    its = calibrations.c
    query = (
        select(its.id, its.title, its.closes_on)
        .where(its.closed_at.is_(None), blind.word_missing(its.id, user_id))
        .order_by(its.closes_on.is_(None), its.closes_on, its.id)
    )
    rows = connection.execute(query).all()
    if not rows:
        return None
    late = sum(row.closes_on is not None and row.closes_on < local_day(now) for row in rows)
    only = rows[0] if len(rows) == 1 else None
    which = {"of": only.id, "title": only.title} if only else {}
    return Notice("calibrations", len(rows), rows[0].closes_on, late, **which)


def _counted(connection: Connection, kind: Kind, due_on: Any, now: datetime, condition: Any) -> Notice | None:
    day = local_day(now)
    query = select(func.count(), func.min(due_on), func.count().filter(due_on < day)).where(condition)
    n, first, late = connection.execute(query).one()
    return Notice(kind, n, first, late) if n else None


def _told(connection: Connection, viewer: Viewer) -> list[Notice]:
    """What the viewer has not read of calls that are still in reach; what a judgement of many calls anew made
    of theirs is told as one, in the place of the newest.
    """
    if viewer.user_id is None:
        return []
    reached = and_(true(), *visible(viewer))
    query = (
        select(*notices.c, recordings.c.call_date, debtor(viewer, recordings.c.debtor_name))
        .outerjoin(recordings, recordings.c.id == notices.c.recording_id)
        .where(notices.c.user_id == viewer.user_id, notices.c.read_at.is_(None))
        .where(or_(notices.c.kind == "release_withdrawn", notices.c.recording_id.is_(None), reached))
        .order_by(notices.c.id.desc())
    )
    found, anew = [], []
    for row in connection.execute(query):
        one = _notice(row)
        if json.loads(row.detail).get("anew"):
            anew.append(one)
        found.append(one)
    if len(anew) < 2:
        return found
    first = replace(anew[0], n=len(anew), recording_id=None, bundle=tuple(anew))
    return [first if one is anew[0] else one for one in found if one is anew[0] or one not in anew]


def _notice(row: Row[*tuple[Any, ...]]) -> Notice:
    told = json.loads(row.detail)
    return Notice(
        row.kind, id=row.id, recording_id=row.recording_id, criterion=told.get("criterion", ""), at=row.at,
        of=told.get("of"), title=told.get("title", ""), call_date=row.call_date, debtor=row.debtor_name,
    )  # fmt: skip


def _read(store: Store, viewer: Viewer, now: datetime | None, *conditions: Any) -> None:
    its = (notices.c.user_id == viewer.user_id, notices.c.read_at.is_(None), *conditions)
    with store.writing() as connection:
        connection.execute(update(notices).where(*its).values(read_at=now or datetime.now(UTC)))
