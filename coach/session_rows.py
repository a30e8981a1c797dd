"""Group sessions as they are read: by who leads them, and by who plays or scores in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, or_, select, true

from coach import by_name
from coach.schema_drills import group_scores, group_sessions
from coach.schema_people import users
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from drills.drill import FormatId

NOT_THERE = "No hay ninguna sesión con este número entre las suyas. Vea la lista."
Phase = Literal["playing", "scoring", "compared"]
_S, _OF = group_sessions.c, group_scores.c


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who scores; `done`: has handed in."""

    user_id: int
    name: str
    done: bool


@dataclass(frozen=True, slots=True)
class Session:
    """`leads`: the viewer may lead it; `scores`: is one of those who score; `plays`: is who plays."""

    id: int
    title: str
    format: FormatId
    scenario: str
    led_by: str  # name; "" where the account is gone
    player_id: int | None
    player: str
    attempt_id: int | None
    phase: Phase
    created_at: datetime
    seats: tuple[Seat, ...]
    leads: bool
    scores: bool
    plays: bool
    done: bool  # the viewer has handed in

    @property
    def player_done(self) -> bool:
        return any(seat.done for seat in self.seats if seat.user_id == self.player_id)


def sessions(store: Store, viewer: Viewer, *, size: int = 20) -> tuple[Session, ...]:
    """Those that the viewer leads or takes part in, what goes on first, then the newest."""
    order = (_S.state != "running", _S.created_at.desc(), _S.id.desc())
    with store.reading() as connection:
        rows = connection.execute(_sessions().where(_seen_by(viewer)).order_by(*order).limit(size)).all()
        return tuple(_session(connection, viewer, row) for row in rows)


def session(store: Store, viewer: Viewer, session_id: int) -> Session:
    """CoachError where there is none that the viewer has to do with."""
    with store.reading() as connection:
        return one(connection, viewer, session_id)


def one(connection: Connection, viewer: Viewer, session_id: int) -> Session:
    """CoachError where there is none that the viewer has to do with."""
    row = connection.execute(_sessions().where(_S.id == session_id, _seen_by(viewer))).first()
    if row is None:
        raise CoachError(NOT_THERE)
    return _session(connection, viewer, row)


def _seen_by(viewer: Viewer) -> ColumnElement[bool]:
    """Trainers see every session of the house; others those that they lead or take part in."""
    if viewer.may("assign") and viewer.role != "lead":
        return true()
    seat = select(1).where(_OF.session_id == _S.id, _OF.user_id == viewer.user_id)
    return or_(_S.led_by == viewer.user_id, seat.correlate(group_sessions).exists())


def _sessions() -> Any:
    leader, player = users.alias("leader"), users.alias("player")
    source = group_sessions.outerjoin(leader, leader.c.id == _S.led_by)
    source = source.outerjoin(player, player.c.id == _S.player_id)
    names = (leader.c.name.label("leader"), player.c.name.label("player"))
    return select(*group_sessions.c, *names).select_from(source)


def _session(connection: Connection, viewer: Viewer, row: Any) -> Session:
    query = select(users.c.id, users.c.name, group_scores.c.body)
    query = query.join(group_scores, _OF.user_id == users.c.id).where(_OF.session_id == row.id)
    seats = tuple(
        Seat(seat.id, seat.name, bool(seat.body))
        for seat in connection.execute(
            query.order_by(users.c.id != row.player_id, by_name.column(users.c.name))
        )
    )
    mine = next((seat for seat in seats if seat.user_id == viewer.user_id), None)
    leads = viewer.may("assign") and (viewer.role != "lead" or row.led_by == viewer.user_id)
    return Session(
        row.id, row.title, row.format, row.scenario, row.leader or "", row.player_id, row.player or "",
        row.attempt_id, _phase(row), row.created_at, seats, leads, mine is not None,
        row.player_id is not None and row.player_id == viewer.user_id, mine is not None and mine.done,
    )  # fmt: skip


def _phase(row: Any) -> Phase:
    if row.state == "compared":
        return "compared"
    return "playing" if row.ended_at is None else "scoring"
