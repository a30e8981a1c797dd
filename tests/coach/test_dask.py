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

from coach import jobs, worker
from coach.intake import accept
from coach.runners import dask
from coach.runners.types import Wanted
from coach.schema import scorecards
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError, Job
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
    if store.engine.dialect.name != "sqlite":  # workers open by their settings what the test was given
        url = store.engine.url.render_as_string(hide_password=False)
        settings = settings.model_copy(update={"database_url": url})
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


def work_off(store: Store, each: dask.Crew, *, within_s: float = 180.0) -> None:
    until = time.monotonic() + within_s
    while each.advance(lambda: False) or each.busy:
        assert time.monotonic() < until, jobs.job_counts(store, HOUSE)


def test_two_workers_share_the_queue_and_one_that_is_killed_costs_nothing(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    queue(store, tmp_path, 8)
    with crew(store, settings, notes) as each:
        each.advance(lambda: False)
        running: list[Job] = []
        until = time.monotonic() + 60
        while not running:
            assert time.monotonic() < until, jobs.job_counts(store, HOUSE)
            each.advance(lambda: False)
            running = [job for job in jobs.open_jobs(store, HOUSE) if job.progress and job.state == "running"]
        victim = running[0]
        process = int(lines(notes, f"hearing-{victim.recording_id}")[-1])
        os.kill(process, signal.SIGKILL)
        (notes / "go_on").touch()
        work_off(store, each)
    assert jobs.job_counts(store, HOUSE).done == 8
    with store.reading() as connection:
        judged = list(connection.execute(scorecards.select()))
    assert len(judged) == len({row.recording_id for row in judged}) == 8
    loaded = lines(notes, "loaded")
    assert len(loaded) == len(set(loaded)) >= 2  # a speech model for each process, once
    assert len(lines(notes, f"hearing-{victim.recording_id}")) >= 2


def test_nothing_of_the_cluster_is_reached_from_other_machines(store: Store, settings: Settings) -> None:
    psutil = pytest.importorskip("psutil")
    with dask.connected(settings, Wanted("dask", 1)):
        me = psutil.Process()
        open_to = {
            one.laddr.ip
            for process in (me, *me.children(recursive=True))
            for one in process.net_connections()
            if one.status == psutil.CONN_LISTEN
        }
    assert open_to <= {"127.0.0.1", "::1"}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            Wanted("dask", scheduler="tcp://10.0.0.5:8786"),
            "sin TLS solo se usa un planificador de este mismo",
        ),
        (Wanted("dask", scheduler="tls://10.0.0.5:8786"), "faltan certificados. Indique --tls-ca"),
        (
            Wanted("dask", scheduler="tls://h:1", tls_ca=Path("no-ca.pem")),
            r"faltan certificados \(no-ca.pem\)",
        ),
    ],
)
def test_a_scheduler_elsewhere_is_only_reached_by_tls(settings: Settings, wanted: Wanted, said: str) -> None:
    with pytest.raises(CoachError, match=said), dask.connected(settings, wanted):
        pass


def test_several_machines_do_not_share_an_sqlite_file(store: Store, settings: Settings) -> None:
    if store.engine.dialect.name != "sqlite":
        pytest.skip("this store is one that machines may share")
    wanted = Wanted("dask", scheduler="tls://otro:8786")
    with pytest.raises(CoachError, match="no pueden compartir una base SQLite"):
        dask.opened(store, settings, wanted).__enter__()


class Told:
    """A cluster that only notes what it is given: (job, only hear, resources)."""

    def __init__(self, *workers: dict[str, Any], database: str) -> None:
        self.workers, self.database = workers, database
        self.given: list[tuple[int, bool, dict[str, int] | None]] = []

    def scheduler_info(self, n_workers: int) -> dict[str, Any]:
        return {"workers": {str(n): one for n, one in enumerate(self.workers)}}

    def run(self, function: Any, on_error: str) -> dict[str, Any]:
        return {str(n): (f"host{n}:1", self.database) for n, _ in enumerate(self.workers)}

    def submit(self, function: Any, job: int, only_hear: bool, **more: Any) -> Any:
        self.given.append((job, only_hear, more["resources"]))
        return Unfinished()


class Unfinished:
    def done(self) -> bool:
        return False


@pytest.mark.sqlite
def test_without_any_worker_the_queue_stays_and_it_is_told(
    store: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(store, tmp_path, 1)
    monkeypatch.setattr(dask, "_GATHER_S", 0.2)
    with distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as alone:
        wanted = Wanted("dask", 1, alone.scheduler_address)
        with pytest.raises(CoachError, match="no hay ningún trabajador"):
            worker.drain_by(store, settings, wanted)
    assert jobs.job_counts(store, HOUSE).queued == 1


CARD = {"nthreads": 1, "resources": {"GPU": 1}}
PLAIN = {"nthreads": 1, "resources": {}}


def handed(store: Store, monkeypatch: pytest.MonkeyPatch, *workers: dict[str, Any]) -> Told:
    told = Told(*workers, database=dask._database(store))
    each = dask.Crew(store, told)  # type: ignore[arg-type]
    monkeypatch.setattr(each, "_wait", lambda: None)
    each.advance(lambda: False)
    each.advance(lambda: False)
    return told


def test_hearing_goes_to_who_has_a_card_and_judging_to_anybody(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, step in (("a", "transcribe"), ("b", "transcribe"), ("c", "analyze")):
        store.add_recording(Recording(name))
        jobs.submit(store, name, step=step)  # type: ignore[arg-type]
    assert handed(store, monkeypatch, CARD, PLAIN).given == [(1, True, {"GPU": 1}), (3, False, None)]


def test_without_cards_every_hand_does_all_of_a_job(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        store.add_recording(Recording(name))
        jobs.submit(store, name)
    assert handed(store, monkeypatch, PLAIN, PLAIN).given == [(1, False, None), (2, False, None)]


def test_the_jobs_of_a_worker_that_left_are_free_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add_recording(Recording("a"))
    jobs.submit(store, "a")
    assert jobs.take(store, "host1:1") is not None
    told = Told(PLAIN, PLAIN, database=dask._database(store))
    each = dask.Crew(store, told)  # type: ignore[arg-type]
    each._look()
    assert jobs.job_counts(store, HOUSE).running == 1
    told.workers = (PLAIN,)
    each._look()
    assert jobs.job_counts(store, HOUSE).queued == 1


def test_a_worker_with_another_database_is_told_before_anything_is_done(store: Store) -> None:
    each = dask.Crew(store, Told(PLAIN, database="postgresql:otra"))  # type: ignore[arg-type]
    with pytest.raises(CoachError, match="usa otra base de datos"):
        each._look()
