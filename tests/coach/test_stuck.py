"""A job that does not get on is told as such, and the worker that has it can be stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from coach import claims, doctor, job_orders, jobs, stuck
from coach.cli import app
from coach.cli_jobs import line
from coach.schema import jobs as table
from coach.settings import Settings, load
from coach.store import Store
from coach.viewers import HOUSE
from transcripts.types import Recording


def running(store: Store, *, silent: timedelta) -> int:
    store.add_recording(Recording("a"))
    job = jobs.submit(store, "a", "llamada.wav")
    jobs.take(store, jobs.worker_name())
    with store.writing() as connection:
        connection.execute(update(table).values(heartbeat_at=claims.now() - silent))
    return job


@pytest.mark.parametrize(("minutes", "said"), [(25, "sin avanzar desde hace 25 minutos"), (3, "")])
def test_a_job_that_has_not_moved_for_long_is_told(
    store: Store, settings: Settings, minutes: int, said: str
) -> None:
    running(store, silent=timedelta(minutes=minutes))
    (job,) = jobs.open_jobs(store, HOUSE)

    assert ("sin avanzar" in line(job)) == bool(said)
    assert said in line(job)
    found = [one.text for one in doctor.examine(settings) if one.said == stuck.STANDS]
    assert len(found) == bool(said)
    assert all("llamada.wav" in text for text in found)


def test_a_running_job_is_cancelled_later_and_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store.open(load())
    job = running(store, silent=timedelta(0))

    said = CliRunner().invoke(app, ["jobs", "cancel", str(job)])

    assert said.exit_code == 0
    assert "Cancelados" not in said.output
    assert f"Se cancelan al terminar el tramo de audio que se oye ahora: {job}." in said.output
    assert "se detiene" in line(jobs.open_jobs(store, HOUSE)[0])
    assert not job_orders.pause(store, HOUSE, job)
    store.close()


HANGS = """
import time
from coach import stuck
from coach.cli_shared import stop_asked

def last():
    print("last", flush=True)

with stop_asked() as stop, stuck.bounded(stop, last, grace_s=0.5, hung_s={hung_s}), stuck.in_hand():
    print("hearing", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(
    ("sign", "hung_s", "code"),
    [(signal.SIGTERM, 600.0, 128 + signal.SIGTERM), (None, 0.5, 1)],
)
def test_a_process_that_hangs_ends_in_a_while(sign: int | None, hung_s: float, code: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HANGS.format(hung_s=hung_s)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "hearing\n"
    if sign is not None:
        process.send_signal(sign)
    assert process.wait(timeout=30) == code
    assert process.stdout.read() == "last\n"
    process.stdout.close()


def test_a_process_that_moves_goes_on() -> None:
    def never() -> bool:
        return False

    with stuck.bounded(never, never, grace_s=0.1, hung_s=0.6), stuck.in_hand():
        for _ in range(12):
            time.sleep(0.1)
            stuck.moved()
