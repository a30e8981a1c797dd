"""The queue of calls that wait for a person's ear: who sees what, who takes which, until when.

A blind task tells neither why its call was drawn nor what the machine said, and is for somebody who has not
seen that (`coach.blind`). A claim without a sign of work
for `claim_hours` is as good as none.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select, update

from coach import audit, blind, owners
from coach.blind import WAITING
from coach.queries import JUDGED
from coach.schema import recordings, standings
from coach.schema_people import users
from coach.schema_work import drafts, tasks
from coach.settings import Settings
from coach.store import Store
from coach.task_order import rank, shown_reason
from coach.task_rows import ANY, TaskFilter, TaskPage, TaskRow
from coach.types import CoachError
from coach.viewers import RIGHTS, Viewer, released, visible
from coach.workdays import local_day

_NOT_THERE = "Esta llamada ya no está en la cola. Vuelva a la cola para ver lo que queda."


def queue(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    which: TaskFilter = ANY,
    *,
    page: int = 0,
    size: int = 50,
    now: datetime | None = None,
) -> TaskPage:
    """One page (from 0) of what waits: the viewer's own first, then by due date and `rank`."""
    viewer.require("review")
    now = now or datetime.now(UTC)
    tests = _where(settings, viewer, which, now)
    mine = and_(_held(settings, now), tasks.c.assigned_to == viewer.user_id)
    rows = (
        _rows(settings, viewer, now)
        .where(*tests)
        .order_by(case((mine, 0), else_=1), tasks.c.due_on.is_(None), tasks.c.due_on, rank(), tasks.c.id)
    )
    total = select(func.count()).select_from(_SOURCE).where(*tests)
    with store.reading() as connection:
        found = connection.execute(rows.limit(size).offset(page * size)).all()
        return TaskPage(
            tuple(TaskRow(**row._mapping) for row in found), connection.execute(total).scalar_one()
        )


def claim(
    store: Store, settings: Settings, viewer: Viewer, task_id: int, *, now: datetime | None = None
) -> TaskRow:
    """Take a task. CoachError where somebody else has it, or it waits no more: of two, one gets it."""
    person = _person(viewer)
    now = now or datetime.now(UTC)
    with store.writing() as connection:
        row = _task(connection, viewer, task_id)
        take(connection, settings, viewer, task_id, now)
        audit.record(connection, viewer, "claim", f"call:{row.recording_id}", task=task_id)
        its = _rows(settings, viewer, now).where(tasks.c.id == task_id, tasks.c.assigned_to == person)
        return TaskRow(**connection.execute(its).one()._mapping)


def claim_next(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    which: TaskFilter = ANY,
    *,
    now: datetime | None = None,
) -> TaskRow | None:
    """Take the first of the queue that is the viewer's or nobody's; None where nothing is left."""
    now = now or datetime.now(UTC)
    for row in queue(store, settings, viewer, which, size=200, now=now).rows:
        if row.assigned_to in (None, viewer.user_id):
            try:
                return claim(store, settings, viewer, row.id, now=now)
            except CoachError:
                continue  # somebody was quicker: the next one
    return None


def give_back(store: Store, viewer: Viewer, task_id: int) -> None:
    """Leave a task to others again; the draft, if any, is kept. Another's claim only an admin gives back, not
    of a call of their own. One that nobody has stays as it is.
    """
    viewer.require("review")
    with store.writing() as connection:
        row = _task(connection, viewer, task_id)
        if row.assigned_to is None:
            return
        if row.assigned_to != viewer.user_id and viewer.role != "admin":
            raise CoachError("Esta llamada la tiene otra persona: solo ella puede devolverla a la cola.")
        if row.assigned_to != viewer.user_id:
            owners.refuse_own(connection, viewer, row.recording_id)
        free = {"state": "open", "assigned_to": None, "claimed_at": None}
        connection.execute(update(tasks).where(tasks.c.id == task_id).values(**free))
        audit.record(connection, viewer, "give_back", f"call:{row.recording_id}", task=task_id)


def assign(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    task_id: int,
    user_id: int,
    *,
    due_on: date | None = None,
    now: datetime | None = None,
) -> None:
    """Give a task to a person who may review; a living claim only its holder or an admin gives away, and
    nobody one of their own calls.

    `due_on` None: as it was.
    """
    viewer.require("review")
    now = now or datetime.now(UTC)
    with store.writing() as connection:
        row = _task(connection, viewer, task_id)
        owners.refuse_own(connection, viewer, row.recording_id)
        taker = connection.execute(select(users).where(users.c.id == user_id, users.c.active)).first()
        if taker is None or "review" not in RIGHTS.get(taker.role, ()):
            raise CoachError("Esa persona no revisa llamadas. Elija a alguien que sí.")
        if is_held(row, settings, now) and viewer.user_id != row.assigned_to and viewer.role != "admin":
            raise CoachError("Otra persona está revisando esta llamada. Pídale que la devuelva a la cola.")
        if connection.execute(select(blind.judges(user_id, row.recording_id))).scalar_one():
            raise CoachError("Esa persona juzga esta llamada en una calibración. Elija a otra.")
        if connection.execute(select(owners.own(user_id, row.recording_id))).scalar_one():
            raise CoachError("Es una llamada de esa persona: la revisa otra.")
        blind.settle(connection, row, user_id, of_another=True)
        given = {"state": "open", "assigned_to": user_id, "claimed_at": None, "due_on": due_on or row.due_on}
        connection.execute(update(tasks).where(tasks.c.id == task_id).values(**given))
        audit.record(connection, viewer, "assign", f"call:{row.recording_id}", task=task_id, to=taker.login)


def drop(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    task_id: int,
    why: str,
    *,
    now: datetime | None = None,
) -> None:
    """Take a task out of the queue without a review; its chance stays known, the reason is in the log.

    A living claim only its holder or an admin takes out. Nobody one's own call: it would be out of the month.
    """
    viewer.require("review")
    why, now = reasoned(why), now or datetime.now(UTC)
    with store.writing() as connection:
        row = _task(connection, viewer, task_id)
        owners.refuse_own(connection, viewer, row.recording_id)
        if is_held(row, settings, now) and viewer.user_id != row.assigned_to and viewer.role != "admin":
            raise CoachError("Otra persona está revisando esta llamada. Pídale que la devuelva a la cola.")
        gone = {"state": "dropped", "finished_at": now}
        connection.execute(update(tasks).where(tasks.c.id == task_id).values(**gone))
        audit.record(connection, viewer, "drop", f"call:{row.recording_id}", task=task_id, why=why)


def reasoned(why: str) -> str:
    """The reason for taking a call out, tidied; CoachError where there is none."""
    if not why.strip():
        raise CoachError("Escriba por qué no se revisa: queda en el registro.")
    return why.strip()


def of_call(connection: Connection, recording_id: str, viewer: Viewer) -> list[Row[Any]]:
    """The tasks of a call that wait and the viewer may do, oldest first."""
    its = select(tasks).where(tasks.c.recording_id == recording_id, tasks.c.state.in_(WAITING))
    its = its.where(~blind.not_for(viewer))
    return list(connection.execute(its.order_by(tasks.c.id)))


def take(connection: Connection, settings: Settings, viewer: Viewer, task_id: int, now: datetime) -> None:
    """Claim in a transaction of the caller's; CoachError where somebody else has the task, or is to do it
    blind, and for one's own call.
    """
    mine = _person(viewer)
    if (task := connection.execute(select(tasks).where(tasks.c.id == task_id)).first()) is not None:
        owners.refuse_own(connection, viewer, task.recording_id)
        blind.settle(connection, task, mine)
    free = and_(tasks.c.state.in_(WAITING), or_(~_held(settings, now), tasks.c.assigned_to == mine))
    took = {"state": "claimed", "assigned_to": mine, "claimed_at": now}
    done = connection.execute(update(tasks).where(tasks.c.id == task_id, free).values(**took))
    if done.rowcount == 0:
        name = select(users.c.name).join(tasks, tasks.c.assigned_to == users.c.id)
        holder = connection.execute(name.where(tasks.c.id == task_id)).scalar()
        raise CoachError("Esta llamada la tiene {holder}." if holder else _NOT_THERE, holder=holder)


def is_held(row: Row[Any], settings: Settings, now: datetime) -> bool:
    """Whether somebody has this task and shows signs of work."""
    return bool(row.state == "claimed" and row.claimed_at > alive_since(settings, now))


_POINTS = ("points", "points_low", "points_high")
_SOURCE = tasks.join(JUDGED, recordings.c.id == tasks.c.recording_id)


def alive_since(settings: Settings, now: datetime) -> datetime:
    """A claim from before this instant, without a sign of work since, is stale."""
    return now - timedelta(hours=settings.review.claim_hours)


def _held(settings: Settings, now: datetime) -> ColumnElement[bool]:
    """Assigned by somebody, or claimed and alive."""
    return or_(
        and_(tasks.c.state == "open", tasks.c.assigned_to.is_not(None)),
        and_(tasks.c.state == "claimed", tasks.c.claimed_at > alive_since(settings, now)),
    )


def _rows(settings: Settings, viewer: Viewer, now: datetime) -> Select[*tuple[Any, ...]]:
    held, seen = _held(settings, now), ~tasks.c.blind
    draft = and_(drafts.c.recording_id == tasks.c.recording_id, drafts.c.user_id == viewer.user_id)
    r = recordings.c
    return (
        select(
            tasks.c.id, tasks.c.recording_id, r.call_date, r.started_local,
            owners.agent_name(recordings).label("agent"), r.agent_login,
            r.country, r.company, r.portfolio, r.campaign, r.duration_s,
            r.audio.is_not(None).label("has_audio"),
            shown_reason().label("reason"), tasks.c.blind, tasks.c.due_on,
            and_(tasks.c.due_on.is_not(None), tasks.c.due_on < local_day(now)).label("overdue"),
            case((and_(held, tasks.c.state == "claimed"), True), else_=False).label("claimed"),
            case((held, tasks.c.assigned_to)).label("assigned_to"),
            case((held, users.c.name)).label("assignee"),
            *(case((seen, standings.c[name])).label(name) for name in _POINTS),
            case((seen, standings.c.critical), else_=0).label("critical"),
            case((seen, standings.c.to_review), else_=0).label("to_review"),
            case((and_(seen, standings.c.void), True), else_=False).label("void"),
            select(1).where(draft).exists().label("has_draft"), released(recordings).label("delivered"),
        )
        .select_from(_SOURCE.outerjoin(users, users.c.id == tasks.c.assigned_to))
        .where(tasks.c.state.in_(WAITING))
    )  # fmt: skip


def _where(settings: Settings, viewer: Viewer, which: TaskFilter, now: datetime) -> list[ColumnElement[bool]]:
    held = _held(settings, now)
    tests = [tasks.c.state.in_(WAITING), ~blind.not_for(viewer), *visible(viewer)]
    if which.holder == "mine":
        tests += [held, tasks.c.assigned_to == viewer.user_id]
    elif which.holder == "nobody":
        tests.append(~held)
    elif which.holder == "others":
        tests += [held, tasks.c.assigned_to != viewer.user_id]
    if which.reasons:
        tests.append(shown_reason().in_(which.reasons))
    if which.agents:
        tests.append(tasks.c.agent_login.in_(which.agents))
    if which.portfolios:
        tests.append(recordings.c.portfolio.in_(which.portfolios))
    if which.blind is not None:
        tests.append(tasks.c.blind == which.blind)
    if which.overdue:
        tests.append(tasks.c.due_on < local_day(now))
    return tests


def _task(connection: Connection, viewer: Viewer, task_id: int) -> Row[Any]:
    query = (
        select(tasks)
        .join(recordings, recordings.c.id == tasks.c.recording_id)
        .where(tasks.c.id == task_id, tasks.c.state.in_(WAITING), *visible(viewer))
    )
    row = connection.execute(query).first()
    if row is None:
        raise CoachError(_NOT_THERE)
    return row


def _person(viewer: Viewer) -> int:
    """The viewer's id; CoachError for who may not review, or sits at the terminal without an account."""
    viewer.require("review")
    return known(viewer)


def known(viewer: Viewer) -> int:
    """The viewer's id; CoachError for who has no account: such work must have a name."""
    if viewer.user_id is None:
        raise CoachError("Entre con su cuenta: este trabajo lleva el nombre de quien lo hace.")
    return viewer.user_id
