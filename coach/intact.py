"""Whether a close is what was prepared and signed.

The seal is over its body and rows; which month, site and cut-off it is of stands under the seal too, and who
signed which seal in the log. Where the log tells nothing of a signature, as in an older store, it is
believed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, or_, select

from coach.frozen import digest_of, rows_of
from coach.schema_month import closes
from coach.schema_people import audit, sites
from coach.types import CoachError

if TYPE_CHECKING:
    from coach.store import Store

SIGN = "close.sign"  # of the log
BROKEN = "Los datos de este cierre no coinciden con su sello: alguien los cambió en la base de datos."
CHANGED = (
    "Cierres que no coinciden con su sello: {closes}. Alguien los cambió en la base de datos. "
    "Compárelos con un respaldo de antes («coach db restore» en otra carpeta)."
)
GONE = (
    "Cierres firmados que ya no están en la base de datos: {closes}. La bitácora dice quién los firmó y "
    "cuándo. Búsquelos en un respaldo de antes («coach db restore» en otra carpeta)."
)
_SUBJECT = "close:"


@dataclass(frozen=True, slots=True)
class Signature:
    user_id: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A close that is not what was sealed. `site` "": the whole house; `month` None: the close is gone."""

    close_id: int
    month: date | None
    site: str


def subject(close_id: int) -> str:
    return f"{_SUBJECT}{close_id}"


def check(connection: Connection, row: Row[Any]) -> None:
    """CoachError unless the close is as it was sealed and signed."""
    if not _is_whole(connection, row, signatures(connection, [row.id])):
        raise CoachError(BROKEN)


def check_month(connection: Connection, month: date, site_id: int | None) -> None:
    """CoachError where a close that was signed for this month and place, or stands there now, was given to
    another, or its signature was taken away: the month would be signed a second time.
    """
    told = closes.c.body.contains(f'"month":"{month}"', autoescape=True)  # as `canonical` writes it
    query = select(closes).where(or_(closes.c.month == month, told)).order_by(closes.c.id)
    rows = connection.execute(query).all()
    signed = signatures(connection, [row.id for row in rows])
    for row in rows:
        if row.signed_at is None and row.id not in signed:
            continue
        sealed = _sealed_for(row)
        its = {row.site_id, sealed[1] if sealed else None}
        if (site_id is None or its & {None, site_id}) and not stands(row, signed):
            raise CoachError(BROKEN)


def is_placed(row: Row[Any]) -> bool:
    """Whether month, site and cut-off are those under the seal."""
    return _sealed_for(row) == (row.month, row.site_id, row.cut_off)


def stands(row: Row[Any], signed: Mapping[int, Signature]) -> bool:
    """Whether the close is where it was sealed for, and signed as the log tells; quicker than `check`."""
    its = signed.get(row.id)
    if its is None:
        return is_placed(row)
    return is_placed(row) and row.signed_at is not None and its == Signature(row.signed_by, row.digest)


def signatures(connection: Connection, close_ids: Collection[int] | None = None) -> dict[int, Signature]:
    """What the log tells of these closes, or of all; nothing of those that were never signed."""
    query = select(audit.c.subject, audit.c.user_id, audit.c.detail).where(audit.c.action == SIGN)
    if close_ids is not None:
        query = query.where(audit.c.subject.in_([subject(one) for one in close_ids]))
    return {
        int(row.subject.removeprefix(_SUBJECT)): Signature(row.user_id, json.loads(row.detail)["digest"])
        for row in connection.execute(query.order_by(audit.c.id))
    }


def broken(store: Store) -> tuple[Broken, ...]:
    """Every close that is not as it was sealed and signed, the newest month first; then those that were
    signed and are gone.
    """
    source = closes.outerjoin(sites, sites.c.id == closes.c.site_id)
    query = select(closes, sites.c.name.label("site")).select_from(source)
    with store.reading() as connection:
        signed = signatures(connection)
        rows = connection.execute(query.order_by(closes.c.month.desc(), closes.c.id)).all()
        changed = [row for row in rows if not _is_whole(connection, row, signed)]
    gone = sorted(signed.keys() - {row.id for row in rows})
    found = (Broken(row.id, row.month, row.site or "") for row in changed)
    return (*found, *(Broken(number, None, "") for number in gone))


def _is_whole(connection: Connection, row: Row[Any], signed: Mapping[int, Signature]) -> bool:
    return stands(row, signed) and digest_of(row.body, rows_of(connection, row.id)) == row.digest


def _sealed_for(row: Row[Any]) -> tuple[date, int | None, datetime] | None:
    """None: what stands there is no body of a close."""
    try:
        of = json.loads(row.body)
        return date.fromisoformat(of["month"]), of["site_id"], datetime.fromisoformat(of["cut_off"])
    except (ValueError, KeyError, TypeError):
        return None
