"""A worker does what waits, survives bad recordings and being killed, and stops when asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from coach import doing, job_orders, jobs, late_facts, listings, peaks, pipeline, worker
from coach.filters import ALL
from coach.intake import accept
from coach.settings import Settings, environment
from coach.store import Store
from coach.time_left import time_left
from coach.types import Call
from coach.viewers import HOUSE
from tests.coach.conftest import judged
from transcripts.facts.types import CallFacts, Reading
from transcripts.transcribe import Cancelled
from transcripts.types import Recording, Transcript, TranscriptError

Hear = Callable[..., Transcript]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hearing and judging without a model: ids of what was heard. «mudo» in a name is no audio."""
    log: list[str] = []

    def hear(recording: Recording, settings: Settings, **hooks: Any) -> Transcript:
        log.append(recording.id)
        if "mudo" in recording.id:
            raise TranscriptError("mudo.wav: el archivo no contiene sonido.")
        if "roto" in recording.id:
            raise ZeroDivisionError("division by zero")
        hooks["progress"](0.5)
        if hooks["cancelled"]():
            raise Cancelled
        return judged(recording.id, duration_s=61.0).transcript

    def judge(transcript: Transcript, settings: Settings) -> Call:
        return replace(judged(transcript.recording.id, "no_money@1"), transcript=transcript)

    monkeypatch.setattr(pipeline, "hear", hear)
    monkeypatch.setattr(pipeline, "judge", judge)
    monkeypatch.setattr(peaks, "prepare", lambda store, recording: None)
    return log


def queue(store: Store, folder: Path, *names: str) -> None:
    for name in names:
        file = folder / f"{name}.wav"
        file.write_bytes(name.encode())
        accept(store, file, Recording(""))


def states(store: Store) -> dict[str, str]:
    return {job.recording_id: job.state for job in jobs.open_jobs(store, HOUSE)}


def test_what_waits_is_done(store: Store, settings: Settings, tmp_path: Path, heard: list[str]) -> None:
    queue(store, tmp_path, "a", "b")
    assert worker.drain(store, settings) == 2
    assert states(store) == {"a": "done", "b": "done"}
    assert store.call("b").findings.of("no_money")


def test_how_long_a_call_lasts_and_the_queue_takes_is_known_once_one_was_heard(
    store: Store, settings: Settings, tmp_path: Path, heard: list[str]
) -> None:
    queue(store, tmp_path, "a")
    worker.drain(store, settings)
    assert [
        row.duration_s for row in listings.calls(store, HOUSE, ALL, sort="date", page=0, size=5).rows
    ] == [61.0]
    queue(store, tmp_path, "b")
    left = time_left(store, HOUSE)
    assert (left.why, left.audio_s) == ("", 61.0)
    assert left.seconds is not None


def test_one_bad_file_never_stops_the_others(
    store: Store, settings: Settings, tmp_path: Path, heard: list[str]
) -> None:
    queue(store, tmp_path, "a", "mudo", "roto", "b")
    worker.drain(store, settings)
    assert states(store) == {"a": "done", "mudo": "failed", "roto": "failed", "b": "done"}
    errors = {job.recording_id: job.error for job in jobs.open_jobs(store, HOUSE)}
    assert errors["mudo"] == "mudo.wav: el archivo no contiene sonido."
    assert errors["roto"].startswith("fallo interno (ZeroDivisionError")


def test_cancelling_stops_between_two_segments(
    store: Store, settings: Settings, tmp_path: Path, heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "_BEAT_S", 0.0)
    queue(store, tmp_path, "a", "b")

    def watch(job: jobs.Taken, step: str, progress: float) -> None:
        if job.recording_id == "a" and progress == 0.5:
            job_orders.cancel(store, HOUSE, job.id)

    worker.drain(store, settings, watch)
    assert states(store) == {"a": "cancelled", "b": "done"}


def test_a_job_that_was_transcribed_is_not_transcribed_again(
    store: Store, settings: Settings, tmp_path: Path, heard: list[str]
) -> None:
    queue(store, tmp_path, "a")
    mine = jobs.take(store, jobs.worker_name())
    assert mine is not None
    store.save_transcript(judged("a").transcript)
    jobs.beat(store, mine, "analyze", 0.0)
    jobs.give_back(store, mine)
    worker.drain(store, settings)
    assert (heard, states(store)) == ([], {"a": "done"})


def test_a_worker_that_must_stop_gives_its_job_back(
    store: Store, settings: Settings, tmp_path: Path, heard: list[str]
) -> None:
    queue(store, tmp_path, "a")
    mine = jobs.take(store, jobs.worker_name())
    assert mine is not None
    doing.do(store, settings, mine, stop=lambda: True)
    assert states(store) == {"a": "queued"}


def test_a_second_worker_leaves_at_once(store: Store, settings: Settings) -> None:
    with FileLock(store.data_dir / "worker.lock"):
        assert worker.work(store, settings) is False


SLOW = """
import sys, time
from coach import peaks, pipeline, worker
from coach.settings import load
from coach.store import Store
from tests.coach.conftest import judged

def hear(recording, settings, **hooks):
    hooks["progress"](0.25)
    print("hearing", flush=True)
    time.sleep(60)

pipeline.hear = hear
settings = load()
worker.work(Store.open(settings), settings)
"""


@pytest.mark.sqlite  # a process of its own opens the file
def test_a_killed_worker_loses_nothing(
    store: Store, settings: Settings, tmp_path: Path, heard: list[str]
) -> None:
    queue(store, tmp_path, "a", "b")
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW], env=environment(settings), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "hearing\n"
    assert states(store) == {"a": "running", "b": "queued"}
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert worker.drain(store, settings) == 2
    assert states(store) == {"a": "done", "b": "done"}
    assert heard == ["a", "b"]


@pytest.mark.slow
def test_coach_work_ends_on_sigterm(settings: Settings) -> None:
    process = worker.spawn(settings)
    lock = settings.data_dir / "worker.lock"
    for _ in range(900):
        if lock.exists():
            break
        time.sleep(0.1)
    process.terminate()
    assert process.wait(timeout=90) == 0


@pytest.mark.slow
@pytest.mark.sqlite  # processes of their own open the file
def test_the_workers_of_programs_that_were_killed_end_too(settings: Settings) -> None:
    """Else they would go on with old settings, and after an upgrade with an old program."""
    app = "import time; from coach import worker; from coach.settings import load; "
    app += "worker.spawn(load(), with_us=True); time.sleep(600)"
    both = [subprocess.Popen([sys.executable, "-c", app], env=environment(settings)) for _ in range(2)]
    assert _soon(lambda: not _free(settings))
    for one in both:
        one.kill()
        one.wait()
    assert _soon(lambda: _free(settings))


def test_a_patient_worker_has_its_turn_when_the_other_ends(store: Store, settings: Settings) -> None:
    other = FileLock(store.data_dir / "worker.lock").acquire()
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        if asked == 3:
            other.lock.release()
        return asked > 40

    assert worker.work(store, settings, stop, patient=True)


def _free(settings: Settings) -> bool:
    try:
        with FileLock(settings.data_dir / "worker.lock").acquire(timeout=0):
            return True
    except Timeout:
        return False


def _soon(holds: Callable[[], bool], seconds: float = 90.0) -> bool:
    until = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < until:
        time.sleep(0.1)
    return held


@pytest.mark.parametrize("when", ["hear", "judge"])
def test_facts_that_come_while_a_call_is_at_work_judge_it(
    when: str,
    store: Store,
    settings: Settings,
    tmp_path: Path,
    heard: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the table's facts led to is not taken back by who began to judge before they came."""
    queue(store, tmp_path, "a")
    table = Reading({"a": CallFacts(id="a", country="CL")})
    known: list[str | None] = []
    came: list[str] = []
    at_work = getattr(pipeline, when)

    def late(*given: Any, **hooks: Any) -> Any:
        out = at_work(*given, **hooks)
        if not came:
            came.append(when)
            late_facts.join_facts(
                store, settings, table, lambda it: replace(judged("a", "no_money@1"), transcript=it)
            )
        return out

    def judge(transcript: Transcript, settings: Settings) -> Call:
        known.append(transcript.recording.country)
        return judge_of(transcript, settings)

    monkeypatch.setattr(pipeline, when, late)
    judge_of = pipeline.judge
    monkeypatch.setattr(pipeline, "judge", judge)
    worker.drain(store, settings)
    assert known == ([None, "CL"] if when == "judge" else ["CL"])
    assert states(store) == {"a": "done"}
    assert store.call("a").transcript.recording.country == "CL"
