"""What a table holds, as one number that is the same in every database: how many rows, and a digest of them.

Rows are written one way whatever the database makes of dates, money and truth; their digests are added up, so
that no order is needed: databases sort words each in its own way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Table, select

PAGE = 1000  # rows in memory at once
_MODULUS = 1 << 256


@dataclass(slots=True)
class Held:
    """Of one table; it grows as rows are added."""

    rows: int = 0
    total: int = 0

    def add(self, rows: Iterable[Row[Any]]) -> None:
        for row in rows:
            self.rows += 1
            line = "\x1f".join(map(_plain, row)).encode("utf-8", "surrogatepass")
            self.total = (self.total + int.from_bytes(hashlib.sha256(line).digest())) % _MODULUS

    @property
    def digest(self) -> str:
        return f"{self.total:064x}"


def held(connection: Connection, table: Table) -> Held:
    """What the table holds now."""
    found = Held()
    for page in connection.execute(select(table), execution_options={"yield_per": PAGE}).partitions():
        found.add(page)
    return found


def _plain(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return f"b{value:d}"
    if isinstance(value, float):
        return f"f{value + 0.0!r}"  # no minus nought
    if isinstance(value, Decimal):
        return f"d{value.normalize():f}"
    if isinstance(value, date | datetime):
        return f"t{value.isoformat()}"
    return f"{type(value).__name__[0]}{value}"
