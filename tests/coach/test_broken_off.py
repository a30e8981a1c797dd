"""Who is erased while their call is being heard leaves no word behind: in no file, no job, no list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from coach import broken_off, doing, jobs, person_erase, pipeline, retention, wiping, worker
from coach.schema import jobs as job_rows
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE
from tests.coach.conftest import judged
from transcripts.transcribe import Cancelled
from transcripts.types import Recording, Transcript

ACCOUNT = "5512345678"
CALL = f"cuenta-{ACCOUNT}"


@pytest.fixture
def queued(store: Store) -> None:
    store.add_recording(Recording(CALL, account=ACCOUNT))
    jobs.submit(store, CALL)


def erase_person(store: Store) -> None:
    person_erase.erase(store, HOUSE, ACCOUNT)


def erase_call(store: Store) -> None:
    with store.writing() as connection:
        wiping.wipe_call(connection, CALL, datetime(2026, 11, 28, tzinfo=UTC))


@pytest.mark.usefixtures("queued")
@pytest.mark.parametrize("erase", [erase_person, erase_call])
@pytest.mark.parametrize("hears_of_it", [True, False])
def test_nothing_stays_of_who_is_erased_while_being_heard(
    store: Store,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    erase: Callable[[Store], None],
    hears_of_it: bool,
) -> None:
    monkeypatch.setattr(doing, "_BEAT_S", 0.0)

    def hear(
        recording: Recording, _: Settings, *, progress: Any, cancelled: Any, partial: Path
    ) -> Transcript:
        erase(store)
        partial.write_text("Mi niña se enfermó.", encoding="utf-8")
        if hears_of_it:
            progress(0.5)
            if cancelled():
                raise Cancelled
            pytest.fail("it goes on with a call that is erased")
        return judged(CALL).transcript

    monkeypatch.setattr(pipeline, "hear", hear)
    worker.drain(store, settings)
    assert list((store.data_dir / "partial").iterdir()) == []
    with store.reading() as connection:
        rows = connection.execute(select(job_rows)).all()
    assert [(row.state, row.error) for row in rows] == ([("cancelled", "")] if erase is erase_person else [])
    assert ACCOUNT not in str(rows)


@pytest.mark.usefixtures("queued")
def test_what_a_killed_worker_leaves_goes_with_the_day(store: Store) -> None:
    """But for what a job will go on with."""
    store.add_recording(Recording("otra"))
    for one in (CALL, "otra"):
        kept = broken_off.path(store, one)
        kept.parent.mkdir(exist_ok=True)
        kept.write_text("Mi niña se enfermó.", encoding="utf-8")
    person_erase.erase(store, HOUSE, ACCOUNT)
    broken_off.path(store, CALL).write_text("y otra vez", encoding="utf-8")
    retention.daily(store)
    assert list((store.data_dir / "partial").iterdir()) == [broken_off.path(store, "otra")]
