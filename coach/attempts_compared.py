"""Attempts side by side, step by step: of several people on the same exercise, of one person over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from coach import trainees
from coach.attempt_body import practised
from coach.attempt_marks import Got, is_critical, marks_of
from coach.schema_drills import drill_attempts
from coach.schema_people import users
from coach.store import Store
from coach.trainees import in_reach
from coach.viewers import Viewer
from drills.marks import rules
from drills.scenario import Scenario

MOST_PEOPLE, MOST_OF_ONE = 12, 8
_T = drill_attempts.c


@dataclass(frozen=True, slots=True)
class Compared:
    """One finished attempt. `number`: which it is of its person's on that exercise, from 1; `marks` by rule,
    in the order of the grade; `case` as it was practised, None for a call of their own.
    """

    id: int
    user_id: int
    name: str
    format: str
    scenario: str
    number: int
    at: datetime
    points: int
    of: int
    passed: bool
    critical: bool
    marks: Mapping[str, Got]
    case: Scenario | None


@dataclass(frozen=True, slots=True)
class Exercise:
    """A scenario and format that were practised, by how many people; without a `scenario`, each on a call of
    their own. `case`: as it was practised last.
    """

    scenario: str
    format: str
    people: int
    attempts: int
    case: Scenario | None


def exercises(store: Store, viewer: Viewer) -> tuple[Exercise, ...]:
    """What the viewer's people have practised, what most of them have first; calls of their own come last."""
    viewer.require("assign")
    many = func.count(_T.user_id.distinct())
    last = func.max(_T.id)
    query = select(_T.scenario, _T.format, many, func.count(), last).join(users, users.c.id == _T.user_id)
    query = query.where(*_finished(viewer)).group_by(_T.scenario, _T.format)
    order = (_T.scenario == "", many.desc(), _T.scenario, _T.format)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(*order)).all()
        last_ones = select(_T.id, _T.body).where(_T.id.in_([newest for *_, newest in rows]))
        bodies = {row.id: row.body for row in connection.execute(last_ones)}
    return tuple(
        Exercise(scenario, format_, people, attempts, practised(bodies[newest]))
        for scenario, format_, people, attempts, newest in rows
    )


def of_exercise(store: Store, viewer: Viewer, scenario: str, format_: str) -> tuple[Compared, ...]:
    """The newest attempt of each person, the best first."""
    viewer.require("assign")
    newest = func.row_number().over(partition_by=_T.user_id, order_by=(_T.finished_at.desc(), _T.id.desc()))
    query = _attempts().add_columns(newest.label("place"))
    query = query.where(*_finished(viewer), _T.scenario == scenario, _T.format == format_)
    held = query.subquery()
    first = select(held).where(held.c.place == 1).order_by((held.c.points * 1.0 / held.c.points_of).desc())
    with store.reading() as connection:
        rows = connection.execute(first.order_by(held.c.id).limit(MOST_PEOPLE)).all()
    return tuple(map(_compared, rows))


def of_person(
    store: Store, viewer: Viewer, user_id: int, scenario: str | None = None, format_: str = ""
) -> tuple[Compared, ...]:
    """The last attempts of one person, the oldest first; on one scenario and format where they are given."""
    trainees.trainee(store, viewer, user_id)
    tests = [*_finished(viewer), _T.user_id == user_id]
    tests += [_T.scenario == scenario] if scenario is not None else []
    tests += [_T.format == format_] if format_ else []
    query = _attempts().where(*tests).order_by(_T.finished_at.desc(), _T.id.desc()).limit(MOST_OF_ONE)
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return tuple(_compared(row) for row in reversed(rows))


def steps_of(attempts: Sequence[Compared]) -> tuple[str, ...]:
    """Every rule that one of them was marked by, in the order of the rules."""
    marked = {name for one in attempts for name in one.marks}
    return tuple(name for name in rules() if name in marked)


def _finished(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    done = (_T.finished_at.is_not(None), _T.points.is_not(None), _T.points_of > 0)
    return (*done, *in_reach(viewer))


def _attempts() -> Select[Any]:
    columns = (
        _T.id, _T.user_id, users.c.name, _T.format, _T.scenario, _T.finished_at, _T.points, _T.points_of,
        _T.passed, _T.grade, _T.body,
    )  # fmt: skip
    its = (_T.user_id, _T.scenario, _T.format)
    number = func.row_number().over(partition_by=its, order_by=(_T.finished_at, _T.id)).label("number")
    return select(*columns, number).join(users, users.c.id == _T.user_id)


def _compared(row: Any) -> Compared:
    return Compared(
        row.id, row.user_id, row.name, row.format, row.scenario, row.number, row.finished_at, row.points,
        row.points_of, bool(row.passed), is_critical(row.grade), marks_of(row.grade), practised(row.body),
    )  # fmt: skip
