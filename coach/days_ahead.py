"""Calls of a day that cannot be theirs: one that has not come, most often for a mistyped year, or one of long
ago, as a recorder writes whose clock has stopped. They are kept and told, and no window of figures ends or
begins with them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Column, ColumnElement, Connection, func, select

from coach.complaints import some
from coach.schema import recordings
from coach.workdays import local_day
from transcripts.facts.values import ZONES

if TYPE_CHECKING:
    from coach.store import Store

_LONG = 10  # years: of an older call hardly anybody has the recording, and 1970 is where clocks begin
_NAMED = 10  # calls in one sentence
_AT_ONCE = 500  # ids in one query


def today() -> date:
    """By the house's clock, which is this machine's."""
    return local_day(datetime.now(UTC))


def today_of(countries: Collection[str]) -> date:
    """Today where these countries are, the latest of them; of one that is not known, as where there is none,
    by this machine's clock.
    """
    days = (datetime.now(ZoneInfo(ZONES[one])).date() if one in ZONES else date.today() for one in countries)
    return max(days, default=date.today())


def newest() -> date:
    """The last day that a call may be of: somewhere it is tomorrow already."""
    return today() + timedelta(days=1)


def is_ahead(day: date | None) -> bool:
    return day is not None and day > newest()


def oldest() -> date:
    """The first day that is believed of a call."""
    return date(today().year - _LONG, 1, 1)


def is_long_ago(day: date | None) -> bool:
    return day is not None and day < oldest()


def first_day(connection: Connection, day: Column[date], *which: ColumnElement[bool]) -> date | None:
    """The day of the first of these calls, of those whose day is believed; of all where none is."""
    first = select(func.min(day)).where(*which)
    found: date | None = connection.execute(first.where(day.between(oldest(), newest()))).scalar()
    return found or connection.execute(first).scalar()


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
    """Sentences on those of these calls whose day has not come or is of long ago."""
    day = recordings.c.call_date
    ahead, old = _those(store, recording_ids, day > newest()), _those(store, recording_ids, day < oldest())
    out = []
    if ahead:
        out.append(
            f"Llamadas de un día que aún no llega: {ahead}. Quedan guardadas, y las cifras de estos días no "
            "las cuentan: revise la fecha. Quien administra Temple la corrige con una tabla que "
            "diga la buena (coach import --manifest)."
        )
    if old:
        out.append(
            f"Llamadas de hace más de diez años, como con el reloj parado: {old}. Quedan guardadas, y las "
            "cifras de estos días no las cuentan: revise la fecha y el reloj de la grabadora. Quien "
            "administra Temple la corrige con una tabla que diga la buena (coach import --manifest)."
        )
    return tuple(out)


def _those(store: Store, recording_ids: Sequence[str], test: ColumnElement[bool]) -> str:
    """Those of the calls, by name and day, of which the test holds; "" where none is."""
    day = recordings.c.call_date
    found: list[tuple[str, date]] = []
    with store.reading() as connection:
        for start in range(0, len(recording_ids), _AT_ONCE):
            its = recordings.c.id.in_(recording_ids[start : start + _AT_ONCE])
            query = select(recordings.c.id, day).where(its, test).order_by(recordings.c.id)
            found += [(row.id, row.call_date) for row in connection.execute(query)]
    return some((f"{name} ({on})" for name, on in found), _NAMED) if found else ""
