"""What a signed month becomes: adjustments beside its frozen rows, and the table for payroll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite

from sqlalchemy import Connection, func, insert, select

from coach import audit, closing, months
from coach.closing import Close
from coach.frozen import CloseRow
from coach.house_rules import ScoreRules
from coach.schema_month import adjustments
from coach.schema_people import sites, users
from coach.schema_work import disputes
from coach.score import spanned
from coach.store import Store
from coach.tables import csv_text
from coach.types import CoachError
from coach.viewers import Viewer

_HEADER = (
    "mes", "sede", "usuario", "nombre", "equipo", "llamadas evaluadas", "llamadas del mes", "puntos",
    "desde", "hasta", "nivel", "anuladas", "apelaciones abiertas", "ajustes", "puntos con ajustes",
    "niveles que toca el intervalo", "nivel con ajustes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Adjustment:
    id: int
    user_id: int
    points: float  # added to the frozen points
    reason: str
    dispute_id: int | None
    entered_by: int
    at: datetime


def adjust(
    store: Store,
    viewer: Viewer,
    close_id: int,
    user_id: int,
    points: float,
    reason: str,
    dispute_id: int | None = None,
) -> int:
    """An entry beside the frozen row of a signed month; gives its number.

    CoachError where the person has no score in it or is the viewer, where the reason is missing, or where a
    dispute would take points away, was not won by this person in this month and site, is of a call that its
    points are not made of, counts already, or was paid before.
    """
    month = closing.read(store, viewer, close_id)
    row = next((one for one in month.rows if one.user_id == user_id), None)
    if month.signed_at is None:
        raise CoachError("Este mes todavía no está firmado: prepárelo de nuevo en vez de ajustarlo.")
    if row is None or row.points is None:
        raise CoachError("Esta persona no tiene puntaje en este mes.")
    if viewer.user_id is None:
        raise CoachError("Entre con su cuenta para hacer un ajuste.")
    if user_id == viewer.user_id:
        raise CoachError("Son puntos suyos: el ajuste lo anota otra persona.")
    if not reason.strip():
        raise CoachError("Escriba por qué: el ajuste queda junto al mes firmado.")
    if not isfinite(points) or points == 0 or abs(points) > 100:
        raise CoachError("Un ajuste va de -100 a 100 puntos y no es cero.")
    values = {"close_id": close_id, "user_id": user_id, "points": points, "reason": reason.strip()}
    with store.writing() as connection:
        if dispute_id is not None:
            _check_dispute(connection, viewer, month, user_id, points, dispute_id)
        entry = insert(adjustments).values(
            **values, dispute_id=dispute_id, entered_by=viewer.user_id, at=datetime.now(UTC)
        )
        adjustment_id = int(connection.execute(entry.returning(adjustments.c.id)).scalar_one())
        audit.record(connection, viewer, "close.adjust", f"close:{close_id}", user=user_id, points=points)
    return adjustment_id


def _check_dispute(
    connection: Connection, viewer: Viewer, month: Close, user_id: int, points: float, dispute_id: int
) -> None:
    """CoachError unless the dispute may be paid, here, to this person; nobody else writes meanwhile."""
    state = connection.execute(select(disputes.c.state).where(disputes.c.id == dispute_id)).scalar()
    if state != "upheld" or points < 0:
        raise CoachError("Una apelación solo suma puntos, y solo si se resolvió a favor.")
    paid = select(adjustments.c.id).where(adjustments.c.dispute_id == dispute_id)
    if connection.execute(paid).first() is not None:
        raise CoachError("Esta apelación ya tiene su ajuste: se paga una sola vez.")
    won = {one.dispute_id: one.user_id for one in months.won_by_now(connection, viewer, month)}
    if dispute_id not in won:
        raise CoachError(
            "Esta apelación no es de una llamada del puntaje de este mes y esta sede, o los puntos firmados "
            "ya la cuentan. Elija otra de la lista o anote el ajuste sin apelación."
        )
    if won[dispute_id] != user_id:
        raise CoachError("Esa apelación es de otra persona.")


def adjustments_of(store: Store, viewer: Viewer, close_id: int) -> tuple[Adjustment, ...]:
    """In the order in which they were entered."""
    closing.read(store, viewer, close_id)
    columns = [adjustments.c[name] for name in Adjustment.__dataclass_fields__]
    query = select(*columns).where(adjustments.c.close_id == close_id).order_by(adjustments.c.id)
    with store.reading() as connection:
        return tuple(Adjustment(*row) for row in connection.execute(query))


def with_added(row: CloseRow, extra: float, rules: ScoreRules) -> tuple[float, str] | None:
    """The points of the month with its adjustments, within 0 and 100, and their level; None where the row has
    no points. Who pays by level pays by this one.
    """
    if row.points is None:
        return None
    final = min(100.0, max(0.0, row.points + extra))
    return final, spanned(rules, final, final)[0]


def payroll(store: Store, viewer: Viewer, close_id: int) -> str:
    """The signed month as a CSV table, one line a person. Points with adjustments stay within 0 and 100.

    CoachError while the month is not signed.
    """
    viewer.require("export")
    month = closing.read(store, viewer, close_id)
    if month.signed_at is None:
        raise CoachError("Firme el mes antes de exportarlo para la nómina.")
    people = [row.user_id for row in month.rows]
    added = (
        select(adjustments.c.user_id, func.sum(adjustments.c.points))
        .where(adjustments.c.close_id == close_id)
        .group_by(adjustments.c.user_id)
    )
    with store.writing() as connection:
        logins = dict(
            connection.execute(select(users.c.id, users.c.login).where(users.c.id.in_(people))).all()
        )
        more = dict(connection.execute(added).all())
        site = connection.execute(select(sites.c.name).where(sites.c.id == month.site_id)).scalar()
        audit.record(connection, viewer, "export", f"close:{close_id}", rows=len(month.rows))
    rows = []
    for row in month.rows:
        extra = more.get(row.user_id, 0.0)
        final, level = with_added(row, extra, month.rules) or (None, "")
        rows.append(
            (
                f"{month.month:%Y-%m}", site or "todas", logins.get(row.user_id, ""), row.name, row.team,
                row.n, row.calls, *map(_as_shown, (row.points, row.low, row.high)),
                row.band or "aún pocas llamadas", row.voided, row.open_disputes, round(extra, 2),
                _as_shown(final), " / ".join(row.spans(month.rules)), level,
            )
        )  # fmt: skip
    return csv_text(_HEADER, rows)


def _as_shown(points: float | None) -> float | None:
    """To one decimal, as screens show points and as levels are told from them."""
    return None if points is None else round(points, 1)
