"""Several calls of the queue handed on at once: back to all, to a person, or out of it.

Each call goes by itself: one that has to stay says why and stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select, true

from coach import by_name, tasks
from coach.blind import REVIEWERS, judges, spoilt
from coach.load import load
from coach.owners import own
from coach.schema_people import users
from coach.schema_work import tasks as task_table
from coach.settings import Settings
from coach.store import Store
from coach.task_rows import TaskRow
from coach.types import CoachError
from coach.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of the calls: how many went, and why each of the others stays as it was."""

    done: int
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody to whom tasks can be given, with what they have in hand.

    `seen`: those of the tasks asked about that they cannot judge blind any more while others can.
    """

    user_id: int
    name: str
    waiting: int
    overdue: int
    seen: frozenset[int]


def may_give_back(viewer: Viewer, row: TaskRow) -> bool:
    """Whether a row of the queue is the viewer's to give back."""
    return row.assigned_to is not None and (row.assigned_to == viewer.user_id or viewer.role == "admin")


def may_move(viewer: Viewer, row: TaskRow) -> bool:
    """Whether the viewer may give this to somebody, or take it out: not while another is at it."""
    return not row.claimed or row.assigned_to == viewer.user_id or viewer.role == "admin"


def takers(
    store: Store, settings: Settings, viewer: Viewer, task_ids: Sequence[int], *, now: datetime | None = None
) -> tuple[Taker, ...]:
    """Everybody who may get these tasks, who has least in hand first."""
    viewer.require("review")
    people = users.alias()
    able = people.c.active, people.c.role.in_(REVIEWERS)
    its = task_table.c.recording_id
    spoils = (
        select(people.c.id, task_table.c.id)
        .select_from(people.join(task_table, true()))
        .where(*able, task_table.c.id.in_(task_ids))
        .where(or_(spoilt(people.c.id), judges(people.c.id, its), own(people.c.id, its)))
    )
    with store.reading() as connection:
        active = set(connection.execute(select(people.c.id).where(*able)).scalars())
        seen = {(user, task) for user, task in connection.execute(spoils)}
    rows = [row for row in load(store, settings, viewer, now=now) if row.user_id in active]
    return tuple(
        Taker(
            row.user_id,
            row.name,
            row.waiting,
            row.overdue,
            frozenset(task for user, task in seen if user == row.user_id),
        )
        for row in sorted(rows, key=lambda row: (row.waiting, by_name.key(row.name)))
    )


def give_back(store: Store, viewer: Viewer, task_ids: Sequence[int]) -> Handed:
    """Leave tasks to others again, as `tasks.give_back` does each."""
    return _each(task_ids, lambda task: tasks.give_back(store, viewer, task))


def assign(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    task_ids: Sequence[int],
    user_id: int,
    *,
    due_on: date | None = None,
    now: datetime | None = None,
) -> Handed:
    """Give tasks to a person, as `tasks.assign` does each."""
    return _each(
        task_ids,
        lambda task: tasks.assign(store, settings, viewer, task, user_id, due_on=due_on, now=now),
    )


def drop(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    task_ids: Sequence[int],
    why: str,
    *,
    now: datetime | None = None,
) -> Handed:
    """Take tasks out of the queue for one reason, as `tasks.drop` does each; CoachError without a reason."""
    why = tasks.reasoned(why)
    return _each(task_ids, lambda task: tasks.drop(store, settings, viewer, task, why, now=now))


def _each(task_ids: Sequence[int], hand: Callable[[int], None]) -> Handed:
    refused = []
    for task in task_ids:
        try:
            hand(task)
        except CoachError as error:
            refused.append(str(error))
    return Handed(len(task_ids) - len(refused), tuple(refused))
