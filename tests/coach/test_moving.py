"""A store moves to another database whole, checked row by row, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select, update
from typer.testing import CliRunner

from coach import database, jobs, moving, queries
from coach.cli import app
from coach.every_table import metadata
from coach.row_digests import held
from coach.rows import CallFilter
from coach.schema import recordings
from coach.schema_lists import listed, tallies
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError, Override, Review
from coach.viewers import HOUSE
from tests.coach import house
from tests.coach.spoken import add_review
from transcripts.types import Recording


@pytest.fixture
def full(store: Store, keep: Callable[..., Call]) -> Store:
    """Calls with findings, a promise, two scorecards of one call, a review, people, work that waits."""
    keep("pe-01", "no_money@1: No tengo dinero", account="77", debtor_name="Wilmer Chávez", country="PE",
         promise={"quote": 1, "amount": "240.50", "date": "2026-09-18"})  # fmt: skip
    keep("pe-02", agent="Ángela Ñopo", points=71.3, duration_s=12.25)
    add_review(
        store, Review("pe-01", "luz", datetime(2026, 9, 15, tzinfo=UTC), (Override("firm", "fail", "no"),))
    )
    store.add_recording(Recording("pe-03"))
    jobs.submit(store, "pe-03", "llamada.wav")
    house.agent(store, "rosa", house.team(store, "Lima", "Norte")[1])
    return store


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Engine]:
    """An empty SQLite file, whatever the store of the tests lies on."""
    engine = database.connect(f"sqlite:///{(tmp_path / 'otra.sqlite').as_posix()}")
    yield engine
    engine.dispose()


def test_every_table_is_known(store: Store) -> None:
    with store.reading() as connection:
        there = {name for name in inspect(connection).get_table_names() if "_words" not in name}
    own = {name for name in there if not name.startswith(("listed_names", "alembic"))}
    assert own == set(metadata.tables)


def test_all_arrives_and_answers_the_same(full: Store, elsewhere: Engine) -> None:
    moved = moving.copy(full.engine, elsewhere)
    there = Store(elsewhere, full.data_dir)
    assert moved.tables["recordings"].rows == 3
    for name in ("pe-01", "pe-02"):
        assert there.call(name) == full.call(name)
    for words in ("dinero", "chavez", "nopo"):
        found = [queries.calls(s, HOUSE, CallFilter(text=words)) for s in (full, there)]
        assert found[0] == found[1]
    with there.reading() as connection:
        assert set(connection.execute(select(listed.c.recording_id)).scalars()) == {"pe-01", "pe-02"}
        assert sum(connection.execute(select(tallies.c.calls)).scalars()) == 2


def test_there_and_back_is_the_same(full: Store, elsewhere: Engine, tmp_path: Path) -> None:
    """On PostgreSQL: from it to SQLite and into another PostgreSQL."""
    back = database.connect(f"sqlite:///{(tmp_path / 'vuelta.db').as_posix()}")
    assert moving.copy(full.engine, elsewhere) == moving.copy(elsewhere, back)
    Store(back, full.data_dir).add_recording(Recording("pe-04"))
    assert jobs.submit(Store(back, full.data_dir), "pe-04") == 2  # numbers go on after the last
    back.dispose()


def test_a_place_that_holds_something_is_refused(full: Store, elsewhere: Engine) -> None:
    moving.copy(full.engine, elsewhere)
    with pytest.raises(CoachError, match="no está vacío"):
        moving.copy(full.engine, elsewhere)
    with pytest.raises(CoachError, match="la misma base de datos"):
        moving.copy(elsewhere, elsewhere)


def test_another_program_s_tables_are_left_alone(full: Store, elsewhere: Engine) -> None:
    with database.writing(elsewhere) as connection:
        connection.exec_driver_sql("CREATE TABLE facturas (id INTEGER)")
    with pytest.raises(CoachError, match="de otro programa"):
        moving.copy(full.engine, elsewhere)


def test_what_breaks_off_leaves_nothing(full: Store, elsewhere: Engine) -> None:
    def breaks(table: str, _rows: int) -> None:
        if table == "scorecards":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        moving.copy(full.engine, elsewhere, breaks)
    with database.reading(elsewhere) as connection:
        assert moving.full(connection) == ""
    assert moving.copy(full.engine, elsewhere).tables["scorecards"].rows == 2


def test_what_arrived_otherwise_is_noticed(full: Store, elsewhere: Engine) -> None:
    database.upgrade(elsewhere)
    with database.writing(elsewhere) as connection:  # a database that does not keep what it is given
        connection.exec_driver_sql(
            "CREATE TRIGGER spoils AFTER INSERT ON reviews BEGIN "
            "UPDATE reviews SET reviewer = 'otra' WHERE id = NEW.id; END"
        )
    with pytest.raises(CoachError, match="no es igual al origen en: reviews"):
        moving.copy(full.engine, elsewhere)
    with database.reading(elsewhere) as connection:
        assert moving.full(connection) == ""


def test_a_row_that_postgres_cannot_hold_is_named(elsewhere: Engine) -> None:
    long = {"id": "x", "agent": "a" * 201, "debtor_name": None}
    database.upgrade(elsewhere)
    with database.writing(elsewhere) as connection:
        connection.execute(recordings.insert().values(**long, body="{}", added_at=datetime.now(UTC)))
        page = connection.execute(select(recordings)).all()
    with pytest.raises(CoachError, match=r"recordings x: «agent» tiene 201 letras y caben 200"):
        moving._must_fit(recordings, {"agent": 200}, page)


def test_long_facts_are_kept_whole_beside_a_shorter_column(store: Store) -> None:
    recording = Recording("a", agent="Ñ" * 300, debtor_name="a\0b")
    store.add_recording(recording)
    assert store.recording("a") == recording


def test_digests_know_rows_and_not_their_order(full: Store) -> None:
    with full.writing() as connection:
        before = held(connection, recordings)
        change = update(recordings).where(recordings.c.id == "pe-02")
        connection.execute(change.values(duration_s=12.5))
        changed = held(connection, recordings)
        connection.execute(change.values(duration_s=12.25))  # on PostgreSQL the row lies elsewhere now
        assert held(connection, recordings) == before
    assert changed.rows == before.rows
    assert changed.digest != before.digest


def test_money_is_the_same_however_it_is_kept() -> None:
    from coach.row_digests import _plain

    assert _plain(Decimal("240.5000000000")) == _plain(Decimal("240.50")) == "d240.5"
    assert _plain(Decimal("0.00")) == "d0"
    assert _plain(-0.0) == _plain(0.0)
    assert _plain(1) != _plain(True) != _plain("1")


@pytest.mark.sqlite
def test_the_command_tells_what_it_moved(
    full: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_DATA_DIR", str(settings.data_dir))
    to = f"sqlite:///{(tmp_path / 'otra.sqlite').as_posix()}"
    result = CliRunner().invoke(app, ["db", "copy", "--to", to])
    assert result.exit_code == 0, result.output
    assert "✓ recordings: 3 filas" in result.output
    assert "iguales una por una" in result.output
    assert "Grabaciones: 0 en" in result.output
    again = CliRunner().invoke(app, ["db", "copy", "--to", to])
    assert (again.exit_code, "no está vacío" in again.output) == (2, True)
    nowhere = CliRunner().invoke(app, ["db", "copy", "--from", "sqlite:///no.sqlite", "--to", to])
    assert (nowhere.exit_code, "no existe esta base" in nowhere.output) == (2, True)
    assert not (tmp_path / "no.sqlite").exists()


@pytest.mark.skipif(not os.environ.get("TEMPLE_TEST_POSTGRES"), reason="no PostgreSQL at hand")
def test_writers_wait_for_each_other_on_postgres(store: Store) -> None:
    """Two programs that submit the same recording make one job of it."""
    from concurrent.futures import ThreadPoolExecutor

    store.add_recording(Recording("a"))
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: jobs.submit(store, "a"), range(16)))) == 1
