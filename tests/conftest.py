"""What all tests share: a new store is a copy of one that went through every migration once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as property_settings
from sqlalchemy import Engine, make_url
from xdist.scheduler import LoadScopeScheduling

from coach import database
from tests.on_postgres import Databases

# how long an example takes says nothing on a busy machine; the examples are the same at every run, so that
# nobody's change fails by chance. New ones are sought by `pytest --hypothesis-profile=search`
property_settings.register_profile("search", deadline=None)
property_settings.register_profile("temple", deadline=None, derandomize=True)
property_settings.load_profile("temple")

POSTGRES = "TEMPLE_TEST_POSTGRES"  # address of a server on which every store of the tests lies, where given


@pytest.fixture(scope="session", autouse=True)
def new_stores_are_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases | None]:
    """Ten migrations take half a second, a copy a hundredth. Opening still asks for the newest version."""
    made = tmp_path_factory.mktemp("migrated") / "temple.db"
    connect = database.connect
    server = os.environ.get(POSTGRES)
    databases = Databases(server, connect) if server else None

    def copied(url: str, **named: str) -> Engine:
        parsed = make_url(url)
        name = parsed.database if parsed.get_backend_name() == "sqlite" else None
        if not name or name == ":memory:" or name.endswith(".sqlite"):  # these stay what they say
            return connect(url, **named)
        if databases is not None:
            return databases.instead_of(Path(name).absolute())
        if not Path(name).exists():
            if not made.exists():
                engine = connect(f"sqlite:///{made.as_posix()}")
                database.upgrade(engine)
                engine.dispose()
            database.make_folder(Path(name).parent, **named)
            shutil.copyfile(made, name)
        return connect(url, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "connect", copied)
        yield databases
    if databases is not None:
        databases.drop()


@pytest.fixture(autouse=True)
def its_stores_are_given_back(
    request: pytest.FixtureRequest, new_stores_are_copies: Databases | None
) -> Iterator[None]:
    """What lies in the folder of a test goes with it; stores of a whole file or run stay."""
    its = "tmp_path" in request.fixturenames and new_stores_are_copies is not None
    folder = request.getfixturevalue("tmp_path") if its else None
    yield
    if folder is not None and new_stores_are_copies is not None:
        new_stores_are_copies.give_back(folder)


FIRST = ("tests/browser/", "tests/transcripts/test_transcribe.py", "tests/test_accuracy.py")  # the longest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first, so that no process is left with them at the end."""
    for item in items:
        if _of_the_store(item):
            item.add_marker(pytest.mark.store)
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Tests of a file go to one process; those of the browser all to the same: two would slow each other."""

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return "browser" if file.startswith(FIRST[0]) else file

    return ByFile(config, log)


def _of_the_store(item: pytest.Item) -> bool:
    """Whether it runs on both databases: it is given a store or opens one, and is not about SQLite alone."""
    given = any(name.startswith(("store", "shown", "fresh")) for name in getattr(item, "fixturenames", ()))
    code = getattr(getattr(item, "function", None), "__code__", None)
    opens = code is not None and "Store" in code.co_names
    return (given or opens) and not any(map(item.get_closest_marker, ("sqlite", "browser")))
