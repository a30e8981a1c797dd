"""Databases of a PostgreSQL server in the place of the SQLite files that tests would make."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from uuid import uuid4

from sqlalchemy import Engine, NullPool, create_engine, make_url

from coach import database
from coach.every_table import metadata


class Databases:
    """One database for each file. Emptied ones are used again: that takes a tenth of making another."""

    def __init__(self, server: str, connect: Callable[[str], Engine]) -> None:
        self._server = make_url(server)
        self._connect = connect
        self._prefix = f"temple_{uuid4().hex[:8]}"
        self._made: list[str] = []
        self._closes: dict[str, Callable[..., None]] = {}  # a closed store keeps its connections, warm
        self._free: list[Engine] = []
        self._taken: dict[Path, Engine] = {}
        self._lock = Lock()
        os.register_at_fork(after_in_child=self._begin_anew)

    def instead_of(self, file: Path) -> Engine:
        with self._lock:
            if file not in self._taken:
                self._taken[file] = self._free.pop() if self._free else self._another()
            return self._taken[file]

    def give_back(self, folder: Path) -> None:
        """The stores of this folder are no longer needed."""
        for file in [file for file in self._taken if file.is_relative_to(folder)]:
            engine = self._taken.pop(file)
            _empty(engine)
            self._free.append(engine)

    def _begin_anew(self) -> None:
        """In a forked worker: the open connections are its parent's, it takes its own."""
        self._lock = Lock()
        for close in self._closes.values():
            close(close=False)

    def drop(self) -> None:
        for name, close in self._closes.items():
            close()
            self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _another(self) -> Engine:
        if not self._made:
            engine = self._named("")
            database.upgrade(engine)
            self._closes[self._made[0]]()  # nobody may be at a template
        return self._named(f'TEMPLATE "{self._made[0]}" STRATEGY FILE_COPY')

    def _named(self, like: str) -> Engine:
        name = f"{self._prefix}_{len(self._made)}"
        self._do(f'CREATE DATABASE "{name}" {like}')
        self._made.append(name)
        engine = self._connect(self._server.set(database=name).render_as_string(hide_password=False))
        engine.dispose, self._closes[name] = _nothing, engine.dispose  # type: ignore[method-assign]
        return engine

    def _do(self, statement: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)


def _nothing(close: bool = True) -> None:
    """Connections stay open."""


def _empty(engine: Engine) -> None:
    """Every row away and every number at its first, without waking a trigger."""
    deletes = "".join(f'DELETE FROM "{name}";' for name in metadata.tables)  # noqa: S608 - names of our own tables
    first = "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S';"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL session_replication_role = replica; {deletes} {first}")
