"""The same work by a cluster on this machine: each call once, also where a worker is killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from coach import jobs, pipeline
from coach.intake import accept
from coach.runners import dask
from coach.runners.types import Wanted
from coach.schema import scorecards
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE
from tests.coach import light_work
from transcripts.types import Recording

distributed = pytest.importorskip("distributed")


class Light(distributed.WorkerPlugin):  # type: ignore[misc, name-defined]
    """No models in the workers, and a note for each time that one loads its speech model."""

    name = "light"

    def __init__(self, notes: Path) -> None:
        self.notes = notes

    def setup(self, worker: Any) -> None:
        light_work.put_in(self.notes)


@contextmanager
def crew(store: Store, settings: Settings, notes: Path, workers: int = 2) -> Iterator[dask.Crew]:
    with dask.connected(settings, Wanted("dask", workers)) as client:
        client.register_plugin(Light(notes))
        client.register_plugin(dask.prepared())
        yield dask.Crew(store, client)


def queue(store: Store, folder: Path, count: int) -> None:
    for n in range(count):
        file = folder / f"c{n}.wav"
        file.write_bytes(str(n).encode())
        accept(store, file, Recording(""))


def lines(notes: Path, name: str) -> list[str]:
    file = notes / name
    return file.read_text().splitlines() if file.exists() else []


def work_off(store: Store, each: dask.Crew, *, within_s: float = 60.0) -> None:
    until = time.monotonic() + within_s
    while each.advance(lambda: False) or each.busy:
        assert time.monotonic() < until, jobs.job_counts(store, HOUSE)


def test_two_workers_share_the_queue_and_one_that_is_killed_costs_nothing(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    queue(store, tmp_path, 12)
    with crew(store, settings, notes) as each:
        each.advance(lambda: False)
        while jobs.job_counts(store, HOUSE).done < 2:
            each.advance(lambda: False)
        victim = next(job for job in jobs.open_jobs(store, HOUSE) if job.state == "running")
        process = int(lines(notes, f"hearing-{victim.recording_id}")[-1])
        os.kill(process, signal.SIGKILL)
        work_off(store, each)
    assert jobs.job_counts(store, HOUSE).done == 12
    with store.reading() as connection:
        judged = list(connection.execute(scorecards.select()))
    assert len(judged) == len({row.recording_id for row in judged}) == 12
    loaded = lines(notes, "loaded")
    assert len(loaded) == len(set(loaded)) >= 2  # a speech model for each process, once
    assert len(lines(notes, f"hearing-{victim.recording_id}")) >= 2
