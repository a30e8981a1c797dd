"""What a fixture fills a store with, kept once and put into the next empty store row by row.

Judging fifty calls by hand takes a second, on PostgreSQL two; their rows take a twentieth.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Connection, func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from coach.every_table import metadata, written
from coach.store import Store

Rows = dict[str, list[dict[str, Any]]]
_KEPT: dict[str, Rows] = {}


def filled(store: Store, name: str, fill: Callable[[], None], *, only: Collection[str] | None = None) -> None:
    """Calls `fill` the first time only; `name` stands for all that it puts into a store that begins alike.

    `only`: the tables it fills, where others may hold what is the first store's own.
    """
    if name in _KEPT:
        with store.writing() as connection:
            for table, rows in _KEPT[name].items():
                _put(connection, table, rows)
        return
    fill()
    with store.reading() as connection:
        _KEPT[name] = {
            table: [dict(row) for row in found]
            for table in written()
            if (only is None or table in only)
            and (found := connection.execute(select(metadata.tables[table])).mappings().all())
        }


def _put(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    """What the store holds already stays: the person who is signed in, for one."""
    table = metadata.tables[name]
    on_sqlite = connection.dialect.name == "sqlite"
    insert = sqlite.insert(table) if on_sqlite else postgresql.insert(table)
    connection.execute(insert.on_conflict_do_nothing(), rows)
    column = table.autoincrement_column
    if column is not None and not on_sqlite:  # SQLite takes the number after the last by itself
        last = select(func.max(column)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(text(f"'{name}'"), text(f"'{column.name}'"))
        connection.execute(select(func.setval(sequence, last)))
