"""What all tests share: a new store is a copy of one that went through every migration once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url

from coach import database


@pytest.fixture(scope="session", autouse=True)
def new_stores_are_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Ten migrations take half a second, a copy a hundredth. Opening still asks for the newest version."""
    made = tmp_path_factory.mktemp("migrated") / "temple.db"
    connect = database.connect

    def copied(url: str) -> Engine:
        parsed = make_url(url)
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of a file go to one process; those of the browser all to the same: two would slow each other."""
    for item in items:
        its = "browser" if item.get_closest_marker("browser") else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(its))
