"""What the list of work costs, and what a second worker brings.

    python -m benchmarks.jobs [--queue 10000] [--calls 300] [--judged 80]

`table`: milliseconds a call for taking, three beats and the end, with nothing done in between, in a queue of
`--queue`. `speed_up`: seconds for judging `--judged` calls that are heard already, by Dask with one worker
and with two; starting the workers is not counted. Written to benchmarks/results/jobs.json.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.store_moulds import HISTORY
from coach import jobs
from coach.runners import dask
from coach.runners.types import Wanted
from coach.settings import Settings
from coach.store import Store
from coach.time_left import time_left
from coach.types import JobStep
from coach.viewers import HOUSE
from transcripts.formats import read_many
from transcripts.types import Recording, Transcript

RESULT = Path(__file__).parent / "results" / "jobs.json"
BAR_MS = 20.0


def table(waiting: int, calls: int) -> dict[str, float]:
    """Milliseconds of the table alone, in a queue that stays at about `waiting`."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Settings(data_dir=Path(folder)))
        with store.writing() as connection:
            rows = [store._columns(Recording(f"q{n}", duration_s=180.0)) for n in range(waiting)]
            _fill(connection, rows)
        began = time.perf_counter()
        for n in range(waiting - calls, waiting):
            jobs.submit(store, f"q{n}")
        submit = _ms(began, calls)
        used = time.process_time()
        took = sorted(_one(store) for _ in range(calls))
        used = time.process_time() - used
        began = time.perf_counter()
        for _ in range(10):
            time_left(store, HOUSE)
        left = _ms(began, 10)
        store.close()
    return {
        "submit_ms": submit,
        "call_ms": round(median(took), 2),
        "call_cpu_ms": round(
            1000 * used / calls, 2
        ),  # what it costs where the machine has nothing else to do
        "call_p95_ms": round(took[int(0.95 * len(took))], 2),
        "time_left_ms": left,
    }


def _fill(connection: object, rows: list[dict[str, object]]) -> None:
    """The recordings, and a queued job for each."""
    from datetime import UTC, datetime

    from sqlalchemy import Connection, insert

    from coach.schema import jobs as queued
    from coach.schema import recordings

    assert isinstance(connection, Connection)
    now = datetime.now(UTC)
    connection.execute(insert(recordings), [row | {"content_hash": None, "added_at": now} for row in rows])
    waits = {"name": "", "state": "queued", "step": "transcribe", "progress": 0.0, "created_at": now,
             "worker": "", "attempts": 0, "cancel_asked": False, "error": ""}  # fmt: skip
    connection.execute(insert(queued), [waits | {"recording_id": row["id"]} for row in rows])


def _one(store: Store) -> float:
    began = time.perf_counter()
    job = jobs.take(store, jobs.worker_name())
    assert job is not None
    steps: tuple[JobStep, ...] = jobs.STEPS
    for step in steps:
        jobs.beat(store, job, step, 0.0)
    jobs.end(store, job, "done")
    return 1000 * (time.perf_counter() - began)


def _ms(began: float, count: int) -> float:
    return round(1000 * (time.perf_counter() - began) / count, 2)


def judging(workers: int, calls: int) -> float:
    """Seconds for so many calls that are heard already."""
    history = [one for one in read_many(HISTORY) if isinstance(one, Transcript)]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        store = Store.open(settings)
        with dask.opened(store, settings, Wanted("dask", workers)) as crew:
            _queue(store, history, "warm", 2 * workers)  # every worker loads the language part first
            _work_off(crew)
            _queue(store, history, "call", calls)
            began = time.perf_counter()
            _work_off(crew)
            took = time.perf_counter() - began
        assert jobs.job_counts(store, HOUSE).done == calls + 2 * workers
        store.close()
    return took


def _queue(store: Store, history: list[Transcript], name: str, count: int) -> None:
    for n in range(count):
        heard = history[n % len(history)]
        recording = replace(heard.recording, id=f"{name}-{n}")
        store.add_recording(recording)
        store.save_transcript(replace(heard, recording=recording))
        jobs.submit(store, recording.id, step="analyze")


def _work_off(crew: dask.Crew) -> None:
    while crew.advance(lambda: False) or crew.busy:
        pass


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--queue", type=int, default=10_000)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--judged", type=int, default=80)
    asked = parser.parse_args()
    cost = table(asked.queue, asked.calls)
    print(json.dumps(cost), flush=True)
    one, two = judging(1, asked.judged), judging(2, asked.judged)
    result = {
        "measured_on": date.today().isoformat(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),  # of other work meanwhile
        "queue": asked.queue,
        "table": cost | {"bar_ms": BAR_MS},
        "judged": asked.judged,
        "one_worker_s": round(one, 2),
        "two_workers_s": round(two, 2),
        "speed_up": round(one / two, 2),
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
