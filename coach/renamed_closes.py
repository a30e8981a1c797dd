"""Months, signed or prepared, in which erased calls get their new ids: the seal stays what it was."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, or_, select, update

from coach import seals
from coach.frozen import named_in
from coach.schema_month import closes

_AT_ONCE = 100  # ids in one look through the months


def rename(connection: Connection, names: Mapping[str, str]) -> None:
    """New ids by the old ones, in every month that tells of them. A broken seal stays broken."""
    olds = sorted(names)
    for first in range(0, len(olds), _AT_ONCE):
        part = olds[first : first + _AT_ONCE]
        telling = select(closes.c.id, closes.c.body).where(or_(*map(named_in, part)))
        for row in connection.execute(telling.order_by(closes.c.id)).all():
            its = update(closes).where(closes.c.id == row.id)
            connection.execute(its.values(body=seals.renamed(row.body, names)))
