"""The list of work survives everything; a job is done by one worker at a time."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from coach import claims, job_orders, jobs
from coach.jobs import Taken
from coach.schema import jobs as table
from coach.store import Store
from coach.types import CoachError, Job
from coach.viewers import HOUSE
from transcripts.types import Recording

GONE = f"{jobs.worker_name().split(':', maxsplit=1)[0]}:999999999"  # a process that cannot be


@pytest.fixture
def job(store: Store) -> int:
    store.add_recording(Recording("a"))
    return jobs.submit(store, "a", "llamada.wav")


def taken(store: Store, worker: str = jobs.worker_name()) -> Taken:
    found = jobs.take(store, worker)
    assert found is not None
    return found


def row(store: Store) -> Job:
    (only,) = jobs.open_jobs(store, HOUSE)
    return only


def test_a_recording_waits_once(store: Store, job: int) -> None:
    assert jobs.submit(store, "a") == job
    assert (row(store).name, row(store).state) == ("llamada.wav", "queued")


def test_jobs_are_taken_in_their_order(store: Store, job: int) -> None:
    store.add_recording(Recording("b"))
    jobs.submit(store, "b")
    assert [taken(store).recording_id, taken(store).recording_id] == ["a", "b"]
    assert jobs.take(store, jobs.worker_name()) is None


def test_progress_is_written(store: Store, job: int) -> None:
    assert not jobs.beat(store, taken(store), "transcribe", 0.25)
    assert (row(store).state, row(store).step, row(store).progress) == ("running", "transcribe", 0.25)


def test_a_waiting_job_is_cancelled_at_once(store: Store, job: int) -> None:
    job_orders.cancel(store, HOUSE, job)
    assert row(store).state == "cancelled"
    assert jobs.take(store, jobs.worker_name()) is None


def test_a_running_job_hears_that_it_should_stop(store: Store, job: int) -> None:
    mine = taken(store)
    job_orders.cancel(store, HOUSE, job)
    assert jobs.beat(store, mine, "transcribe", 0.5)
    jobs.end(store, mine, "cancelled")
    assert row(store).state == "cancelled"


def test_a_failed_job_keeps_its_words_and_can_be_tried_again(store: Store, job: int) -> None:
    jobs.end(store, taken(store), "failed", "llamada.wav: no es audio.")
    assert (row(store).state, row(store).error) == ("failed", "llamada.wav: no es audio.")
    job_orders.retry(store, HOUSE, job)
    assert (row(store).state, row(store).error) == ("queued", "")


def test_a_done_job_is_not_tried_again(store: Store, job: int) -> None:
    jobs.end(store, taken(store), "done")
    with pytest.raises(CoachError, match="no hay qué reintentar"):
        job_orders.retry(store, HOUSE, job)
    assert (row(store).state, row(store).progress) == ("done", 1.0)


def test_the_job_of_a_dead_process_is_taken_again_at_its_step(store: Store, job: int) -> None:
    jobs.beat(store, taken(store, GONE), "analyze", 0.0)
    again = taken(store)
    assert (again.id, again.step) == (job, "analyze")


def test_a_process_reborn_with_the_number_of_a_dead_one_takes_its_job(store: Store, job: int) -> None:
    """A container that starts anew has the same name and the same first process."""
    taken(store)
    assert jobs.take(store, jobs.worker_name()) is None
    with store.writing() as connection:
        connection.execute(update(table).values(heartbeat_at=claims.BORN - timedelta(seconds=1)))
    assert taken(store).id == job


def test_a_living_worker_keeps_its_job(store: Store, job: int) -> None:
    taken(store, f"elsewhere:{os.getpid()}")
    assert jobs.take(store, jobs.worker_name()) is None


def test_a_worker_elsewhere_that_is_silent_loses_its_job(store: Store, job: int) -> None:
    lost = taken(store, "elsewhere:1")
    long_ago = datetime.now(UTC) - jobs.LOST_AFTER - timedelta(seconds=1)
    with store.writing() as connection:
        connection.execute(update(table).values(heartbeat_at=long_ago))
    mine = taken(store)
    assert jobs.beat(store, lost, "transcribe", 0.9)  # told to stop, and nothing is written
    jobs.end(store, lost, "failed", "tarde")
    assert row(store).state == "running"
    jobs.end(store, mine, "done")
    assert row(store).state == "done"


def test_a_recording_that_takes_workers_down_is_given_up(store: Store, job: int) -> None:
    for _ in range(jobs.MOST_ATTEMPTS):
        taken(store, GONE)
    assert jobs.take(store, jobs.worker_name()) is None
    assert row(store).state == "failed"
    assert "se detuvo 3 veces" in row(store).error


def test_a_job_given_back_counts_no_attempt(store: Store, job: int) -> None:
    jobs.give_back(store, taken(store))
    assert taken(store).attempts == 1


def test_an_unknown_job_says_so(store: Store) -> None:
    with pytest.raises(CoachError, match=r"^Trabajo 7: no existe"):
        job_orders.cancel(store, HOUSE, 7)


def test_counts_by_state(store: Store, job: int) -> None:
    assert jobs.job_counts(store, HOUSE) == replace(jobs.job_counts(store, HOUSE), queued=1, running=0)
    taken(store)
    assert jobs.job_counts(store, HOUSE).running == 1
