"""Drills that a trainer or a lead asks of people, by a day: who has passed how often, who is late.

A trainer asks everybody, a lead the own teams; nobody else asks. Passes are attempts of the assignment that
were passed, whoever counts them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import get_args

from sqlalchemy import Connection, insert, select, update

from coach import audit, notices, practicable, trainees
from coach.assignment_rows import seen_by
from coach.scenarios import scenarios
from coach.schema_drills import drill_assigned, drill_assignments
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from coach.workdays import local_day
from drills.drill import FormatId
from drills.formats import FORMATS
from nlp.labels import labels

MOST_TIMES = 10
LONGEST_TITLE, LONGEST_NOTE = 200, 2000


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked: an exercise on a scenario or on an objection, so often, by a day."""

    format: FormatId
    due_on: date
    scenario: str = ""  # "": the trainee's weakest of the objection
    objection: str = ""  # "": those of the scenario
    times: int = 1  # passes
    title: str = ""  # "": made of the rest
    note: str = ""


def assign(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    order: Order,
    people: Collection[int] = (),
    teams: Collection[int] = (),
    *,
    now: datetime | None = None,
) -> int:
    """Ask it of people and of whole teams as they are today; each of them is told. Gives its id.

    CoachError where somebody is out of reach or the order cannot be met.
    """
    viewer.require("assign")
    now = now or datetime.now(UTC)
    wanted = checked(settings, order, local_day(now))
    with store.writing() as connection:
        return put(connection, viewer, wanted, people, teams, now)


def put(
    connection: Connection,
    viewer: Viewer,
    order: Order,
    people: Collection[int],
    teams: Collection[int],
    now: datetime,
) -> int:
    """`assign` in a transaction that does more; the order is `checked`."""
    whom = set(people) | trainees.members(connection, set(teams), local_day(now))
    if not whom:
        raise CoachError("Falta a quién: elija personas o un equipo con agentes.")
    trainees.reached(connection, viewer, whom, local_day(now))
    row = {
        "created_by": viewer.user_id, "title": order.title, "format": order.format,
        "scenario": order.scenario, "objection": order.objection, "times": order.times, "note": order.note,
        "due_on": order.due_on, "created_at": now,
    }  # fmt: skip
    made = insert(drill_assignments).values(**row).returning(drill_assignments.c.id)
    assignment_id = int(connection.execute(made).scalar_one())
    rows = [{"assignment_id": assignment_id, "user_id": person} for person in sorted(whom)]
    connection.execute(insert(drill_assigned), rows)
    for person in sorted(whom):
        notices.tell_of_practice(connection, person, "drill_assigned", assignment_id, order.title, now)
    audit.record(
        connection, viewer, "drill.assign", f"assignment:{assignment_id}", title=order.title, people=len(whom)
    )
    return assignment_id


def withdraw(store: Store, viewer: Viewer, assignment_id: int, *, now: datetime | None = None) -> None:
    """Nobody has to do it any more; what was practised stays. A lead withdraws what they asked themselves."""
    viewer.require("assign")
    now = now or datetime.now(UTC)
    with store.writing() as connection:
        row = connection.execute(
            select(drill_assignments).where(drill_assignments.c.id == assignment_id, seen_by(viewer))
        ).first()
        if row is None:
            raise CoachError("No hay ninguna tarea de práctica con este número entre las que usted ve.")
        if viewer.role == "lead" and row.created_by != viewer.user_id:
            raise CoachError("Esta tarea la asignó otra persona: pídale que la retire.")
        if row.withdrawn_at is not None:
            return
        end(connection, viewer, assignment_id, now)


def end(connection: Connection, viewer: Viewer, assignment_id: int, now: datetime) -> None:
    """`withdraw` in a transaction that does more, of what its viewer may end."""
    its = update(drill_assignments).where(drill_assignments.c.id == assignment_id)
    title = connection.execute(its.values(withdrawn_at=now).returning(drill_assignments.c.title)).scalar()
    notices.take_back(connection, "drill_assigned", assignment_id)
    audit.record(connection, viewer, "drill.withdraw", f"assignment:{assignment_id}", title=title)


def checked(settings: Settings, order: Order, today: date) -> Order:
    """The order with a title; CoachError says what cannot be asked."""
    if order.format not in get_args(FormatId):
        raise CoachError("«{format}» no es un formato de práctica.", format=order.format)
    if bool(order.scenario) == bool(order.objection):
        raise CoachError("Elija un escenario o una objeción, no los dos.")
    known = scenarios(settings)
    if order.scenario and order.scenario not in known:
        raise CoachError("El escenario «{scenario}» ya no está. Elija otro.", scenario=order.scenario)
    if order.objection and order.objection not in labels().objections:
        raise CoachError("«{objection}» no es una objeción conocida.", objection=order.objection)
    practicable.refuse(settings, order.format, order.scenario, order.objection)
    if not 1 <= order.times <= MOST_TIMES:
        raise CoachError("Las veces van de 1 a {most}.", most=MOST_TIMES)
    if order.due_on < today:
        raise CoachError("La fecha límite ya pasó. Elija hoy o un día que venga.")
    if len(order.title) > LONGEST_TITLE or len(order.note) > LONGEST_NOTE:
        raise CoachError(
            "El título va hasta {title} letras y la nota hasta {note}.",
            title=LONGEST_TITLE,
            note=LONGEST_NOTE,
        )
    objection = labels().objections.get(order.objection)
    about = objection.label.es if objection else known[order.scenario].title
    title = " ".join(order.title.split()) or f"{FORMATS[order.format].label.es}: {about}"
    return Order(
        order.format, order.due_on, order.scenario, order.objection, order.times, title[:LONGEST_TITLE],
        order.note.strip(),
    )  # fmt: skip
