"""A group session compared: each person's points beside the machine's, and where people differ most."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import mean

from sqlalchemy import select

from coach import by_name
from coach.attempt_marks import is_critical, marks_of
from coach.schema_drills import drill_attempts, group_scores
from coach.schema_people import users
from coach.session_rows import Session, one
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Scored:
    """What one person said. `plays`: it is who played, of themselves."""

    user_id: int
    name: str
    plays: bool
    points: Mapping[str, int]
    note: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list. `group`: the mean of those who looked on, None without any; `spread`: between
    the highest and the lowest of all people, 0..1 of the points.
    """

    rule: str
    of: int
    machine: int
    group: float | None
    spread: float

    @property
    def gap(self) -> float | None:
        """How much more the group gives than the machine, in points."""
        return None if self.group is None else self.group - self.machine


@dataclass(frozen=True, slots=True)
class Comparison:
    session: Session
    people: tuple[Scored, ...]  # who played first
    items: tuple[Item, ...]  # in the order of the list
    critical: bool  # a critical word: the machine gives 0 in all, whatever stands by line

    @property
    def differ(self) -> tuple[Item, ...]:
        """Where people differ, the most first."""
        found = [item for item in self.items if item.spread > 0]
        return tuple(sorted(found, key=lambda item: -item.spread))

    @property
    def total(self) -> int:
        return sum(item.of for item in self.items)


def comparison(store: Store, viewer: Viewer, session_id: int) -> Comparison:
    """Everything that was said; CoachError before the session is compared."""
    with store.reading() as connection:
        of = one(connection, viewer, session_id)
        if of.phase != "compared":
            raise CoachError("Todavía no se compara: falta que quien dirige la sesión lo pida.")
        its = select(drill_attempts.c.grade).where(drill_attempts.c.id == of.attempt_id)
        grade = connection.execute(its).scalar() or ""
        query = select(users.c.id, users.c.name, group_scores.c.body)
        query = query.join(group_scores, group_scores.c.user_id == users.c.id)
        query = query.where(group_scores.c.session_id == session_id, group_scores.c.body != "")
        rows = connection.execute(
            query.order_by(users.c.id != of.player_id, by_name.column(users.c.name))
        ).all()
    people = []
    for row in rows:
        said = json.loads(row.body)
        people.append(Scored(row.id, row.name, row.id == of.player_id, said["points"], said["note"]))
    items = tuple(_item(rule, got, most, people) for rule, (got, most) in marks_of(grade).items())
    return Comparison(of, tuple(people), items, is_critical(grade))


def _item(rule: str, machine: int, of: int, people: list[Scored]) -> Item:
    said = [one.points[rule] for one in people if rule in one.points]
    looked_on = [one.points[rule] for one in people if rule in one.points and not one.plays]
    spread = (max(said) - min(said)) / of if said else 0.0
    return Item(rule, of, machine, mean(looked_on) if looked_on else None, spread)
