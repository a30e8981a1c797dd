"""Whom somebody coaches: a trainer everybody who takes calls, a lead the people of the own teams today.

Right `assign`. Who is out of reach is answered as if they were not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, func, select

from coach import by_name
from coach.dated import member_on
from coach.schema_people import memberships, teams, users
from coach.store import Store
from coach.types import CoachError
from coach.viewers import RIGHTS, Viewer

NOT_YOURS = "Esa persona no está entre las que usted acompaña. Elija otra en la lista."


@dataclass(frozen=True, slots=True)
class Trainee:
    """Somebody who takes calls. `team` is "" for who is in none today."""

    user_id: int
    name: str
    team_id: int | None
    team: str


def in_reach(viewer: Viewer, today: date | None = None) -> tuple[ColumnElement[bool], ...]:
    """Conditions on `users` for the people that the viewer may coach."""
    takes_calls = (users.c.active, users.c.role == "agent")
    if viewer.role != "lead":
        return takes_calls if viewer.may("assign") else (false(),)
    its = select(1).where(
        memberships.c.user_id == users.c.id,
        memberships.c.team_id.in_(viewer.teams),
        _member(today),
    )
    return (*takes_calls, its.correlate(users).exists())


def trainees(store: Store, viewer: Viewer, *, today: date | None = None) -> tuple[Trainee, ...]:
    """Everybody whom the viewer may coach, by team and name."""
    viewer.require("assign")
    query = _with_team(today).where(*in_reach(viewer, today))
    query = query.order_by(teams.c.name.is_(None), by_name.column(teams.c.name), by_name.column(users.c.name))
    with store.reading() as connection:
        return tuple(Trainee(*row) for row in connection.execute(query.order_by(users.c.id)))


def trainee(store: Store, viewer: Viewer, user_id: int, *, today: date | None = None) -> Trainee:
    """CoachError where the viewer does not coach this person, or nobody is that."""
    viewer.require("assign")
    query = _with_team(today).where(users.c.id == user_id, *in_reach(viewer, today))
    with store.reading() as connection:
        row = connection.execute(query).first()
    if row is None:
        raise CoachError(NOT_YOURS)
    return Trainee(*row)


def coaches(store: Store, viewer: Viewer) -> dict[int, str]:
    """Who else coaches, by name: they may look on and score where somebody practises for a group."""
    viewer.require("assign")
    query = select(users.c.id, users.c.name).where(*_coaching(), users.c.id != viewer.user_id)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(by_name.column(users.c.name), users.c.id))
        return {row.id: row.name for row in rows}


def who_coach(connection: Connection, people: set[int]) -> set[int]:
    """Those of `people` who coach."""
    query = select(users.c.id).where(users.c.id.in_(people), *_coaching())
    return set(connection.execute(query).scalars())


def reached(connection: Connection, viewer: Viewer, people: set[int], today: date | None = None) -> None:
    """CoachError where one of `people` is not among those that the viewer may coach."""
    query = select(func.count()).select_from(users).where(users.c.id.in_(people), *in_reach(viewer, today))
    if connection.execute(query).scalar_one() < len(people):
        raise CoachError(NOT_YOURS)


def members(connection: Connection, team_ids: set[int], today: date | None = None) -> set[int]:
    """Who takes calls in these teams today."""
    query = (
        select(memberships.c.user_id)
        .join(users, users.c.id == memberships.c.user_id)
        .where(
            memberships.c.team_id.in_(team_ids),
            users.c.active,
            users.c.role == "agent",
            _member(today),
        )
    )
    return set(connection.execute(query).scalars())


def _coaching() -> tuple[ColumnElement[bool], ...]:
    roles = [role for role, rights in RIGHTS.items() if "assign" in rights]
    return (users.c.active, users.c.role.in_(roles))


def _with_team(today: date | None) -> Any:
    now_in = and_(memberships.c.user_id == users.c.id, _member(today))
    source = users.outerjoin(memberships, now_in).outerjoin(teams, teams.c.id == memberships.c.team_id)
    return select(users.c.id, users.c.name, teams.c.id, teams.c.name).select_from(source)


def _member(today: date | None) -> ColumnElement[bool]:
    return member_on(today or date.today())
