"""Whatever dies at whatever instant, no call is lost and none is judged twice."""

from __future__ import annotations

import errno
import io
import logging
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from coach import doing, job_orders, jobs, peaks, pipeline, trouble, worker
from coach.intake import accept
from coach.schema import findings, scorecards, standings, transcripts
from coach.settings import Settings, environment
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE
from coach.whole_files import whole_file
from tests.coach.conftest import judged
from transcripts.partial import Partial
from transcripts.types import Recording, Transcript

EXAMPLES = Path(__file__).parents[2] / "examples" / "audio"
FORK = multiprocessing.get_context("fork")  # what was imported need not be imported for each that is killed
CHUNKS = 4


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hearing chunk by chunk and judging without models; nothing waits long."""

    def hear(recording: Recording, settings: Settings, **hooks: Any) -> Transcript:
        kept = Partial(hooks["partial"])
        for number in range(CHUNKS):
            if str(number) not in kept:
                time.sleep(0.01)
                kept.keep(str(number), None)
            hooks["progress"]((number + 1) / CHUNKS)
        kept.finish()
        return judged(recording.id).transcript

    def judge(transcript: Transcript, settings: Settings) -> Call:
        return judged(transcript.recording.id, "no_money@1")

    monkeypatch.setattr(pipeline, "hear", hear)
    monkeypatch.setattr(pipeline, "judge", judge)
    monkeypatch.setattr(pipeline, "rescored", lambda call, settings: call)
    monkeypatch.setattr(pipeline, "nlp_version", lambda: "nlp-1")
    monkeypatch.setattr(peaks, "prepare", outline)
    monkeypatch.setattr(doing, "_BEAT_S", 0.0)
    monkeypatch.setattr(trouble, "WAIT_S", 0.002)


def outline(store: Store, recording: Recording) -> None:
    with whole_file(store.data_dir / "peaks" / f"{recording.id}.json") as aside:
        aside.write_text("{}", "utf-8")


def queue(store: Store, folder: Path, *names: str) -> None:
    for name in names:
        file = folder / f"{name}.wav"
        file.write_bytes(name.encode())
        accept(store, file, Recording(""))


def assert_each_judged_once(store: Store, count: int) -> None:
    assert jobs.job_counts(store, HOUSE).done == count
    with store.reading() as connection:
        for table in (transcripts, findings, scorecards):
            query = select(table.c.recording_id, func.count()).group_by(table.c.recording_id)
            assert [n for _, n in connection.execute(query)] == [1] * count, table.name
        assert connection.execute(select(func.count()).select_from(standings)).scalar() == count


# killed


def toil(settings: Settings) -> None:
    store = Store.open(settings)
    worker.drain(store, settings)
    store.close()


def kill_again_and_again(store: Store, settings: Settings, *, workers: int, seed: int) -> int:
    """Have `workers` at work until the queue is empty, each killed after a random moment; gives how often."""
    chance, killed = random.Random(seed), 0
    while jobs.job_counts(store, HOUSE).queued + jobs.job_counts(store, HOUSE).running:
        crew = [FORK.Process(target=toil, args=(settings,)) for _ in range(workers)]
        for one in crew:
            one.start()
        for one in crew:
            one.join(chance.uniform(0.0, 0.15))
            if one.is_alive() and one.pid is not None:
                os.kill(one.pid, signal.SIGKILL)
                killed += 1
            one.join()
    return killed


def survived(store: Store, settings: Settings, *, workers: int, seed: int) -> int:
    """`kill_again_and_again`, then what was given up on the way is asked for once more."""
    store.engine.dispose()
    killed = kill_again_and_again(store, settings, workers=workers, seed=seed)
    job_orders.retry_failed(store, HOUSE)
    worker.drain(store, settings)
    return killed


def test_killed_again_and_again_nothing_is_lost_or_done_twice(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    queue(store, tmp_path, *(f"c{n}" for n in range(8)))
    assert survived(store, settings, workers=2, seed=1) >= 5
    assert_each_judged_once(store, 8)
    assert not list((store.data_dir / "partial").iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_a_night_of_kills(store: Store, settings: Settings, tmp_path: Path, seed: int) -> None:
    queue(store, tmp_path, *(f"c{n}" for n in range(60)))
    assert survived(store, settings, workers=3, seed=seed) >= 30
    assert_each_judged_once(store, 60)


@pytest.mark.slow
def test_the_real_thing_killed_at_any_instant(settings: Settings, tmp_path: Path) -> None:
    """`coach work --once` with the demonstration's model on three samples, killed until it is through."""
    store = Store.open(settings)
    for sound in sorted(EXAMPLES.glob("*.ogg"))[:3]:
        file = tmp_path / sound.name
        shutil.copyfile(sound, file)
        accept(store, file, Recording(""))
    chance, killed = random.Random(4), 0
    while jobs.job_counts(store, HOUSE).done < 3:
        job_orders.retry_failed(store, HOUSE)
        command = [sys.executable, "-m", "coach", "work", "--once"]
        process = subprocess.Popen(command, env=environment(settings))
        try:
            process.wait(timeout=chance.uniform(5.0, 25.0) if killed < 6 else 250.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
    assert killed
    assert_each_judged_once(store, 3)
    store.close()


# the disk is full, the database is gone


class Failing:
    """From the `at`-th time on it fails, `times` times."""

    def __init__(self, at: int, times: int) -> None:
        self.at, self.left, self.seen = at, times, 0

    def __bool__(self) -> bool:
        self.seen += 1
        if self.seen >= self.at and self.left:
            self.left -= 1
            return True
        return False


@contextmanager
def broken_database(store: Store, words: str, failing: Failing) -> Iterator[None]:
    def fail(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if failing:
            raise OperationalError(statement, {}, sqlite3.OperationalError(words))

    event.listen(store.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(store.engine, "before_cursor_execute", fail)


@contextmanager
def full_disk(folder: Path, failing: Failing) -> Iterator[None]:
    """Files under `folder` cannot be written."""
    opened = io.open

    def fail(file: Any, mode: str = "r", *args: Any, **more: Any) -> Any:
        if any(letter in mode for letter in "wax+") and str(file).startswith(str(folder)) and failing:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
        return opened(file, mode, *args, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(io, "open", fail)
        yield


def at_every_place(store: Store, settings: Settings, folder: Path, breaking: Callable[[Failing], Any]) -> int:
    """Do a recording for each place that may fail, where it then fails three times; gives how many places."""
    place = 0
    while True:
        place += 1
        queue(store, folder, f"c{place}")
        failing = Failing(place, times=3)
        with breaking(failing):
            worker.drain(store, settings)
        if failing.left == 3:
            return place


def test_a_database_that_is_gone_for_a_while_at_any_statement_costs_nothing(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    said = cycle(["database or disk is full", "unable to open database file"])
    places = at_every_place(
        store, settings, tmp_path, lambda failing: broken_database(store, next(said), failing)
    )
    assert places > 20
    assert_each_judged_once(store, places)


def test_a_full_disk_at_any_file_costs_nothing(store: Store, settings: Settings, tmp_path: Path) -> None:
    places = at_every_place(store, settings, tmp_path, lambda failing: full_disk(store.data_dir, failing))
    assert places > CHUNKS
    assert_each_judged_once(store, places)


def test_a_disk_that_stays_full_blames_no_recording(
    store: Store, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    queue(store, tmp_path, "a", "b")
    with full_disk(store.data_dir, Failing(1, times=15)), caplog.at_level(logging.WARNING):
        worker.drain(store, settings)
    assert_each_judged_once(store, 2)
    assert "No queda espacio en el disco" in caplog.text


def test_a_full_disk_under_the_database_is_told_as_one() -> None:
    full = OperationalError("", {}, sqlite3.OperationalError("database or disk is full"))
    assert trouble.in_words(full).startswith("No queda espacio en el disco de la base de datos.")
    fails = OperationalError("", {}, sqlite3.OperationalError("disk I/O error"))
    assert trouble.in_words(fails).startswith("El disco de la base de datos falla o no le queda espacio.")
    gone = OperationalError("", {}, sqlite3.OperationalError("unable to open database file"))
    assert trouble.in_words(gone).startswith("La base de datos no responde (unable to open")


def test_a_locked_database_is_waited_for_in_words(
    store: Store, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    if store.engine.dialect.name != "sqlite":
        pytest.skip("a lock on the whole file is SQLite's own")
    queue(store, tmp_path, "a")
    store.engine.dispose()
    event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=20"))
    holder = sqlite3.connect(settings.data_dir / "temple.db", check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    threading.Timer(0.4, holder.rollback).start()
    with caplog.at_level(logging.WARNING):
        worker.drain(store, settings)
    holder.close()
    assert_each_judged_once(store, 1)
    assert "La base de datos no responde (database is locked). Se intenta de nuevo" in caplog.text
    assert "Ya responde: el trabajo sigue." in caplog.text


def test_a_worker_that_must_stop_does_not_wait_for_the_database(store: Store, settings: Settings) -> None:
    asked = iter([False, False])
    with broken_database(store, "unable to open database file", Failing(1, times=1000)):
        assert worker.work(store, settings, stop=lambda: next(asked, True))


def test_a_fault_of_ours_in_the_database_is_no_reason_to_wait() -> None:
    from sqlalchemy.exc import IntegrityError

    assert not trouble.is_trouble(IntegrityError("", {}, Exception()))
    assert not trouble.is_trouble(PermissionError(errno.EACCES, "no"))
    assert trouble.is_trouble(OSError(errno.ENOSPC, "full"))


@pytest.mark.parametrize("said", ["no such column: x", "no such table: jobs", 'near "x": syntax error'])
def test_what_sqlite_was_asked_wrongly_is_no_trouble_of_the_machine(said: str) -> None:
    assert not trouble.is_trouble(OperationalError("", {}, sqlite3.OperationalError(said)))


@pytest.mark.parametrize(
    "said", ["database is locked", "disk I/O error", "attempt to write a readonly database"]
)
def test_what_sqlite_cannot_do_now_is_one(said: str) -> None:
    assert trouble.is_trouble(OperationalError("", {}, sqlite3.OperationalError(said)))
