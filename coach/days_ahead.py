"""Calls of a day that has not come, most often for a mistyped year: they are kept and told, and no window of
figures ends with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Column, ColumnElement, Connection, func, select

from coach.complaints import some
from coach.schema import recordings

if TYPE_CHECKING:
    from coach.store import Store

_NAMED = 10  # calls in one sentence
_AT_ONCE = 500  # ids in one query


def today() -> date:
    return datetime.now(UTC).date()


def newest() -> date:
    """The last day that a call may be of: somewhere it is tomorrow already."""
    return today() + timedelta(days=1)


def is_ahead(day: date | None) -> bool:
    return day is not None and day > newest()


def last_day(connection: Connection, day: Column[date], *which: ColumnElement[bool]) -> date | None:
    """The day of the last of these calls, of those whose day has come; today where none has, None where there
    is no call with a day.
    """
    last = select(func.max(day)).where(*which)
    found: date | None = connection.execute(last.where(day <= newest())).scalar()
    if found is None and connection.execute(last).scalar() is not None:
        return today()
    return found


def told(store: Store, recording_ids: Sequence[str]) -> tuple[str, ...]:
    """A sentence on those of these calls whose day has not come; none where there is no such call."""
    day = recordings.c.call_date
    found: list[tuple[str, date]] = []
    with store.reading() as connection:
        for start in range(0, len(recording_ids), _AT_ONCE):
            its = recordings.c.id.in_(recording_ids[start : start + _AT_ONCE])
            query = select(recordings.c.id, day).where(its, day > newest()).order_by(recordings.c.id)
            found += [(row.id, row.call_date) for row in connection.execute(query)]
    if not found:
        return ()
    each = some((f"{name} ({on})" for name, on in found), _NAMED)
    return (
        f"Llamadas de un día que aún no llega: {each}. Quedan guardadas, y las cifras de estos días no las "
        "cuentan: revise la fecha. Se corrige con una tabla que diga la buena (coach import --manifest).",
    )
