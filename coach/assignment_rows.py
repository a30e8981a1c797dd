"""What was asked of people to practise, and how far they are: for who asks, and for who has to do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from coach import by_name
from coach.schema_drills import drill_assigned, drill_assignments, drill_attempts, plan_assignments
from coach.schema_people import users
from coach.store import Store
from coach.trainees import in_reach
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer

State = Literal["open", "past", "all"]
Standing = Literal["done", "late", "open"]
_A, _OF = drill_assignments.c, drill_assigned.c
_BETWEEN = "\n"  # names: none has it within


@dataclass(frozen=True, slots=True)
class Assignment:
    """`people` of whom `done` have passed as often as asked, and `late` have not though the day is over.

    Counted among those whom the viewer coaches.
    """

    id: int
    title: str
    format: str
    scenario: str
    objection: str
    times: int
    note: str
    due_on: date
    created_at: datetime
    withdrawn_at: datetime | None
    created_by: int | None
    by: str  # name; "" where the account is gone
    people: int
    done: int
    late: int
    who: tuple[str, ...]  # the people by name


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Assignment, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one person is. `best`: share 0..1 of the points of the best attempt, None without any."""

    user_id: int
    name: str
    attempts: int  # finished ones
    passes: int
    times: int  # passes asked for
    best: float | None
    last_at: datetime | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Mine:
    """Something to practise, for who was asked."""

    id: int
    title: str
    note: str
    format: str
    scenario: str
    objection: str
    passes: int
    times: int
    due_on: date

    @property
    def done(self) -> bool:
        return self.passes >= self.times


def seen_by(viewer: Viewer) -> ColumnElement[bool]:
    """Conditions on `drill_assignments`: a lead sees what was asked of somebody of theirs."""
    if viewer.role != "lead":
        return true()
    theirs = select(1).select_from(drill_assigned.join(users, users.c.id == _OF.user_id))
    theirs = theirs.where(_OF.assignment_id == _A.id, *in_reach(viewer))
    return or_(theirs.correlate(drill_assignments).exists(), _A.created_by == viewer.user_id)


def listed(
    store: Store,
    viewer: Viewer,
    state: State = "open",
    *,
    today: date | None = None,
    page: int = 0,
    size: int = 20,
) -> Page:
    """What was asked, the next to fall due first; `past`: withdrawn, or all have done it."""
    viewer.require("assign")
    query = _listed(viewer, today or date.today()).subquery()
    over = or_(query.c.withdrawn_at.is_not(None), query.c.done >= query.c.people)
    tests = {"open": (~over,), "past": (over,), "all": ()}[state]
    rows = select(query).where(*tests)
    order = (query.c.due_on.desc(), query.c.id.desc()) if state == "past" else (query.c.due_on, query.c.id)
    total = select(func.count()).select_from(query).where(*tests)
    with store.reading() as connection:
        found = connection.execute(rows.order_by(*order).limit(size).offset(page * size)).all()
        return Page(tuple(map(_assignment, found)), connection.execute(total).scalar_one())


def assignment(store: Store, viewer: Viewer, assignment_id: int, *, today: date | None = None) -> Assignment:
    """One of them; CoachError where there is none that the viewer sees."""
    viewer.require("assign")
    query = _listed(viewer, today or date.today()).where(_A.id == assignment_id)
    with store.reading() as connection:
        row = connection.execute(query).first()
    if row is None:
        raise CoachError("No hay ninguna tarea de práctica con este número entre las que usted ve.")
    return _assignment(row)


def asks_for(store: Store, scenario: str, today: date) -> str:
    """The title of a task that still asks somebody who takes calls for a scenario; empty where none does."""
    tried = _tried().subquery()
    same = and_(tried.c.assignment_id == _OF.assignment_id, tried.c.user_id == _OF.user_id)
    asked = drill_assigned.join(users, and_(users.c.id == _OF.user_id, *in_reach(HOUSE)))
    query = (
        select(_A.title)
        .select_from(asked.join(drill_assignments, _A.id == _OF.assignment_id).outerjoin(tried, same))
        .where(_A.scenario == scenario, _A.withdrawn_at.is_(None), _A.due_on >= today)
        .where(func.coalesce(tried.c.passes, 0) < _A.times)
    )
    with store.reading() as connection:
        return connection.execute(query).scalars().first() or ""


def progress(
    store: Store, viewer: Viewer, assignment_id: int, *, today: date | None = None
) -> tuple[Progress, ...]:
    """Everybody in reach who was asked: the late first, then who is on the way, then who has done it."""
    of, day = assignment(store, viewer, assignment_id), today or date.today()
    tried = _tried().subquery()
    source = drill_assigned.join(users, users.c.id == _OF.user_id)
    same = and_(tried.c.assignment_id == _OF.assignment_id, tried.c.user_id == _OF.user_id)
    columns = (users.c.id, users.c.name, tried.c.n, tried.c.passes, tried.c.best, tried.c.last_at)
    query = select(*columns).select_from(source.outerjoin(tried, same))
    query = query.where(_OF.assignment_id == assignment_id, *in_reach(viewer))
    query = query.order_by(by_name.column(users.c.name))
    with store.reading() as connection:
        rows = connection.execute(query).all()
    found = [
        Progress(
            row.id, row.name, row.n or 0, row.passes or 0, of.times, row.best, row.last_at,
            _standing(row.passes or 0, of, day),
        )
        for row in rows
    ]  # fmt: skip
    rank = {"late": 0, "open": 1, "done": 2}
    return tuple(sorted(found, key=lambda one: rank[one.standing]))


def of_person(store: Store, user_id: int, plan_id: int | None = None) -> tuple[Mine, ...]:
    """What one person has to practise and was not withdrawn, the next to fall due first; of one plan where it
    is given. The caller has asked whether it may be seen.
    """
    tried = _tried().subquery()
    same = and_(tried.c.assignment_id == _OF.assignment_id, tried.c.user_id == _OF.user_id)
    source = drill_assigned.join(drill_assignments, _A.id == _OF.assignment_id).outerjoin(tried, same)
    query = select(
        _A.id, _A.title, _A.note, _A.format, _A.scenario, _A.objection,
        func.coalesce(tried.c.passes, 0), _A.times, _A.due_on,
    )  # fmt: skip
    query = query.select_from(source).where(_OF.user_id == user_id, _A.withdrawn_at.is_(None))
    if plan_id is not None:
        its = select(plan_assignments.c.assignment_id).where(plan_assignments.c.plan_id == plan_id)
        query = query.where(_A.id.in_(its))
    with store.reading() as connection:
        return tuple(Mine(*row) for row in connection.execute(query.order_by(_A.due_on, _A.id)))


def _listed(viewer: Viewer, day: date) -> Any:
    """Every assignment that the viewer sees, with its counts."""
    tried = _tried().subquery()
    maker = users.alias("maker")
    same = and_(tried.c.assignment_id == _OF.assignment_id, tried.c.user_id == _OF.user_id)
    passed = func.coalesce(tried.c.passes, 0) >= _A.times
    source = drill_assignments.outerjoin(maker, maker.c.id == _A.created_by)
    asked = drill_assigned.join(users, and_(users.c.id == _OF.user_id, *in_reach(viewer)))
    source = source.outerjoin(asked, _OF.assignment_id == _A.id).outerjoin(tried, same)
    late = and_(~passed, _A.due_on < day, _OF.user_id.is_not(None))
    return (
        select(
            *drill_assignments.c,
            func.coalesce(maker.c.name, "").label("by"),
            func.count(_OF.user_id).label("people"),
            func.aggregate_strings(users.c.name, _BETWEEN).label("who"),
            func.count(case((and_(passed, _OF.user_id.is_not(None)), 1))).label("done"),
            func.count(case((late, 1))).label("late"),
        )
        .select_from(source)
        .where(seen_by(viewer))
        .group_by(*drill_assignments.c, maker.c.name)
    )


def _tried() -> Any:
    """Finished attempts of an assignment by person."""
    t = drill_attempts.c
    share = case((t.points_of > 0, t.points * 1.0 / t.points_of), else_=0.0)
    return (
        select(
            t.assignment_id, t.user_id, func.count().label("n"),
            func.count(case((t.passed, 1))).label("passes"),
            func.max(share).label("best"), func.max(t.finished_at).label("last_at"),
        )
        .where(t.assignment_id.is_not(None), t.finished_at.is_not(None))
        .group_by(t.assignment_id, t.user_id)
    )  # fmt: skip


def _standing(passes: int, of: Assignment, day: date) -> Standing:
    if passes >= of.times:
        return "done"
    return "late" if of.due_on < day else "open"


def _assignment(row: Any) -> Assignment:
    its = {name: getattr(row, name) for name in Assignment.__dataclass_fields__}
    its["who"] = tuple(sorted(row.who.split(_BETWEEN), key=by_name.key)) if row.who else ()
    return Assignment(**its)
