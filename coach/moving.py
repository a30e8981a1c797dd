"""A whole store into another database, SQLite to PostgreSQL or back, and the check that nothing was changed.

All in one transaction: it arrives whole and checked, or the target is as empty as before. `listed`, `tallies`
and the search index are not copied: the target's own triggers write them as rows come in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, String, Table, insert, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from coach import database
from coach.anchored import whole
from coach.every_table import DERIVED, metadata, written
from coach.row_digests import PAGE, Held, held
from coach.types import CoachError

Each = Callable[[str, int], None]
"""Told of progress: the table and how many of its rows have arrived."""


@dataclass(frozen=True, slots=True)
class Moved:
    tables: dict[str, Held]  # by name, as they are on both sides


def _nobody(_table: str, _rows: int) -> None:
    """Nobody looks on."""


def copy(source: Engine, target: Engine, each: Each = _nobody) -> Moved:
    """All rows of `source` into `target`, whose schema is made where it is missing.

    CoachError, and nothing is kept, where the target holds something, the source is of another version, a row
    does not fit, or what arrived is not what was sent.
    """
    if source.url == target.url:
        raise CoachError("El origen y el destino son la misma base de datos. Indique otro destino.")
    must_exist(source)
    refuse_foreign(target)
    database.upgrade(target)
    try:
        with database.reading(source) as old, database.writing(target) as new:
            _refuse(source, old, target, new)
            tables = {name: _carry(old, new, metadata.tables[name], each) for name in written()}
            _number_on(new, tables)
            _check(old, new, tables)
    except SQLAlchemyError as error:
        raise CoachError(
            "La copia se detuvo y el destino quedó vacío: {why}", why=error.__cause__ or error
        ) from error
    with database.writing(target) as new:
        new.exec_driver_sql("ANALYZE")
    return Moved(tables)


def must_exist(engine: Engine) -> None:
    """CoachError where an SQLite file is not there: opening it would make an empty one."""
    name = engine.url.database
    if engine.dialect.name == "sqlite" and not (name and Path(name).is_file()):
        raise CoachError("{name}: no existe esta base de datos. Revise la dirección.", name=name)


def refuse_foreign(engine: Engine) -> None:
    """CoachError where the database has tables, but none of ours: it is another program's."""
    with database.reading(engine) as connection:
        if inspect(connection).get_table_names() and not database.version(connection):
            where = whole(engine.url)
            raise CoachError(
                "{where}: tiene tablas de otro programa. Haga una base de datos para Temple.", where=where
            )


def full(connection: Connection) -> str:
    """The name of a table that holds something; "" where none does, or none is there."""
    there = set(inspect(connection).get_table_names())
    for name in written():
        if name in there and connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first():  # noqa: S608
            return name
    return ""


def _refuse(source: Engine, old: Connection, target: Engine, new: Connection) -> None:
    if database.version(old) != database.version(new):
        where = whole(source.url)
        raise CoachError(
            "{where}: es de otra versión de Temple. Llévela antes a la de este programa: coach db upgrade.",
            where=where,
        )
    if name := full(new):
        where = whole(target.url)
        raise CoachError(
            "{where}: el destino no está vacío (tabla {name}). Copie a una base de datos nueva.",
            where=where,
            name=name,
        )


def _carry(old: Connection, new: Connection, table: Table, each: Each) -> Held:
    sent = Held()
    limits = {c.name: c.type.length for c in table.columns if isinstance(c.type, String) and c.type.length}
    rows = old.execute(select(table), execution_options={"yield_per": PAGE})
    for page in rows.partitions():
        if new.dialect.name != "sqlite":
            _must_fit(table, limits, page)
        _write(new, table, page)
        sent.add(page)
        each(table.name, sent.rows)
    return sent


def _write(new: Connection, table: Table, page: Sequence[Row[Any]]) -> None:
    """On PostgreSQL as a stream: three times as fast as statements."""
    if new.dialect.name == "sqlite":
        new.execute(insert(table), [dict(row._mapping) for row in page])
        return
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    cursor: Any = new.connection.cursor()
    try:
        with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as stream:
            for row in page:
                stream.write_row(tuple(row))  # instants come in UTC, and are kept in it
    except new.dialect.loaded_dbapi.Error as error:
        raise CoachError(
            "{table}: una fila no cabe en el destino: {why}", table=table.name, why=error
        ) from error
    finally:
        cursor.close()


def _must_fit(table: Table, limits: Mapping[str, int], page: Sequence[Row[Any]]) -> None:
    """SQLite keeps text of any length and with any sign; PostgreSQL does not."""
    for row in page:
        for name, value in row._mapping.items():
            if not isinstance(value, str):
                continue
            too_long = name in limits and len(value) > limits[name]
            if too_long or "\x00" in value:
                raise CoachError(
                    "{table} {key}: «{column}» tiene {n} letras y caben {most}. Corrija ese dato en el "
                    "origen y repita la copia."
                    if too_long
                    else "{table} {key}: «{column}» tiene un signo nulo. Corrija ese dato en el origen y "
                    "repita la copia.",
                    table=table.name,
                    key=", ".join(str(row._mapping[column.name]) for column in table.primary_key),
                    column=name,
                    n=len(value),
                    most=limits.get(name),
                )


def _number_on(new: Connection, tables: dict[str, Held]) -> None:
    """The next row gets the number after the last; SQLite sees to that itself."""
    if new.dialect.name == "sqlite":
        return
    for name, sent in tables.items():
        column = metadata.tables[name].autoincrement_column
        if column is not None and sent.rows:
            last = f'SELECT max("{column.name}") FROM "{name}"'  # noqa: S608 - names of our own tables
            new.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{name}', '{column.name}'), ({last}))")


def _check(old: Connection, new: Connection, tables: dict[str, Held]) -> None:
    """What is in the target now, read back from it, against what the source held."""
    wrong = [name for name, sent in tables.items() if held(new, metadata.tables[name]) != sent]
    listed = metadata.tables[DERIVED[0]]
    if held(old, listed) != held(new, listed):
        wrong.append(listed.name)
    if not _same_sums(old, new, metadata.tables[DERIVED[1]]):
        wrong.append(DERIVED[1])
    if wrong:
        raise CoachError(
            "La copia no es igual al origen en: {tables}. No se guardó nada; avise de esta falla.",
            tables=", ".join(wrong),
        )


def _same_sums(old: Connection, new: Connection, table: Table) -> bool:
    """Sums of fractions may differ in their last digit, by the order in which they were added."""
    keys = [column.name for column in table.primary_key]
    both = []
    for connection in (old, new):
        rows = connection.execute(select(table)).mappings()
        both.append({tuple(row[key] for key in keys): row for row in rows})
    if both[0].keys() != both[1].keys():
        return False
    return all(
        math.isclose(row[name], both[1][key][name], rel_tol=1e-9, abs_tol=1e-6)
        for key, row in both[0].items()
        for name in row
        if name not in keys
    )
