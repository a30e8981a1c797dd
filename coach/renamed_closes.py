"""Months, signed or prepared, in which erased calls get their new ids: the seal stays what it was."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, or_, select, update

from coach import audit, seals
from coach.frozen import digest_of, named_in, rows_of
from coach.schema_month import closes
from coach.viewers import HOUSE

_AT_ONCE = 100  # ids in one look through the months


def rename(connection: Connection, names: Mapping[str, str]) -> None:
    """New ids by the old ones, in every month that tells of them. One from before calls had marks is sealed
    anew, once, where its seal held until now, and the log says so; a broken seal stays broken.
    """
    olds = sorted(names)
    for first in range(0, len(olds), _AT_ONCE):
        part = olds[first : first + _AT_ONCE]
        telling = select(closes.c.id, closes.c.body, closes.c.digest).where(or_(*map(named_in, part)))
        for row in connection.execute(telling.order_by(closes.c.id)).all():
            body, digest = seals.renamed(row.body, names), row.digest
            rows = rows_of(connection, row.id)
            if not seals.is_marked(row.body) and digest_of(row.body, rows) == digest:
                digest = digest_of(body, rows)
                audit.record(connection, HOUSE, "close.reseal", f"close:{row.id}", was=row.digest, now=digest)
            its = update(closes).where(closes.c.id == row.id)
            connection.execute(its.values(body=body, digest=digest))
