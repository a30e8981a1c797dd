"""What all tests share: a new store is a copy of one that went through every migration once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, NullPool, create_engine, make_url

from coach import database

POSTGRES = "TEMPLE_TEST_POSTGRES"  # address of a server on which every store of the tests lies, where given


@pytest.fixture(scope="session", autouse=True)
def new_stores_are_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Ten migrations take half a second, a copy a hundredth. Opening still asks for the newest version."""
    made = tmp_path_factory.mktemp("migrated") / "temple.db"
    connect = database.connect
    server = os.environ.get(POSTGRES)
    databases = _Databases(server) if server else None

    def copied(url: str) -> Engine:
        parsed = make_url(url)
        if databases is not None and parsed.get_backend_name() == "sqlite":
            return databases.instead_of(str(parsed.database))
        name = parsed.database if parsed.get_backend_name() == "sqlite" else None
        if name and name != ":memory:" and not Path(name).exists():
            if not made.exists():
                engine = connect(f"sqlite:///{made.as_posix()}")
                database.upgrade(engine)
                engine.dispose()
            database.make_folder(Path(name).parent)
            shutil.copyfile(made, name)
        return connect(url)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "connect", copied)
        yield
    if databases is not None:
        databases.drop()


class _Databases:
    """A database of a PostgreSQL server for each file that a test would make, copied from one template."""

    def __init__(self, server: str) -> None:
        self._server = make_url(server)
        self._prefix = f"temple_{uuid4().hex[:8]}"
        self._names: dict[str, str] = {}
        self._connect = database.connect

    def instead_of(self, file: str) -> Engine:
        if file not in self._names:
            if not self._names:
                self._names[""] = template = f"{self._prefix}_0"
                self._do(f'CREATE DATABASE "{template}"')
                engine = self._connect(self._url(template))
                database.upgrade(engine)
                engine.dispose()
            self._names[file] = f"{self._prefix}_{len(self._names)}"
            self._do(f'CREATE DATABASE "{self._names[file]}" TEMPLATE "{self._names[""]}" STRATEGY FILE_COPY')
        return create_engine(self._url(self._names[file]), poolclass=NullPool)

    def drop(self) -> None:
        for name in self._names.values():
            self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _do(self, statement: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of a file go to one process; those of the browser all to the same: two would slow each other."""
    for item in items:
        its = "browser" if item.get_closest_marker("browser") else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(its))
