"""What people ask of the queue is done, lasts, and is kept to those who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from coach import audit, chores, job_orders, jobs, time_left
from coach.jobs import Priority
from coach.schema import jobs as table
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError, JobState
from coach.viewers import HOUSE, Viewer
from transcripts.types import Recording

ME = jobs.worker_name()
ANALYST = Viewer(None, "luz", "Luz", "analyst")


def queue(store: Store, name: str, priority: Priority = "normal", seconds: float | None = 60.0) -> int:
    store.add_recording(Recording(name, duration_s=seconds))
    return jobs.submit(store, name, priority=priority)


def order(store: Store) -> list[str]:
    taken = []
    while job := jobs.take(store, ME):
        taken.append(job.recording_id)
    return taken


def state(store: Store, job_id: int) -> JobState:
    return next(job.state for job in jobs.open_jobs(store, HOUSE) if job.id == job_id)


def finish(store: Store, seconds: float) -> None:
    """The next job is done after so many seconds."""
    job = jobs.take(store, ME)
    assert job is not None
    jobs.end(store, job, "done")
    with store.writing() as connection:
        ended = connection.execute(select(table.c.finished_at).where(table.c.id == job.id)).scalar_one()
        began = (
            update(table).where(table.c.id == job.id).values(started_at=ended - timedelta(seconds=seconds))
        )
        connection.execute(began)


# who is first


def test_an_urgent_recording_goes_before_the_backlog(store: Store) -> None:
    queue(store, "rerun", "low")
    queue(store, "folder-1")
    queue(store, "folder-2")
    queue(store, "upload", "high")
    assert order(store) == ["upload", "folder-1", "folder-2", "rerun"]


def test_asking_again_more_urgently_moves_it_up_and_never_down(store: Store) -> None:
    queue(store, "a")
    later = queue(store, "b")
    assert jobs.submit(store, "b", priority="high") == later
    assert jobs.submit(store, "b", priority="low") == later
    assert order(store) == ["b", "a"]


def test_a_job_is_put_first_by_hand(store: Store) -> None:
    queue(store, "a")
    job_orders.set_priority(store, ANALYST, queue(store, "b"), "high")
    assert order(store) == ["b", "a"]


# standing still


def test_a_paused_queue_gives_no_work_until_it_goes_on(store: Store, settings: Settings) -> None:
    queue(store, "a")
    chores.ask(store, HOUSE, "rescore", "cobranza")
    job_orders.pause_queue(store, HOUSE)
    again = Store.open(settings)  # also after everything was started anew
    assert jobs.take(again, ME) is None
    assert jobs.waiting(again, jobs.STEPS, 5) == []
    assert chores.take(again, ME) is None
    again.close()
    job_orders.resume_queue(store, HOUSE)
    assert order(store) == ["a"]


def test_who_paused_the_queue_is_told_and_logged(store: Store) -> None:
    job_orders.pause_queue(store, HOUSE)
    job_orders.pause_queue(store, replace(HOUSE, name="Otra"))
    pause = job_orders.queue_paused(store, ANALYST)
    assert pause is not None
    assert pause.by == "Temple"
    job_orders.resume_queue(store, HOUSE)
    job_orders.resume_queue(store, HOUSE)
    assert job_orders.queue_paused(store, ANALYST) is None
    assert [entry.action for entry in audit.entries(store, HOUSE).rows] == ["jobs.resume", "jobs.pause"]


def test_only_who_administers_stops_everybody(store: Store) -> None:
    with pytest.raises(CoachError, match="no tiene permiso"):
        job_orders.pause_queue(store, ANALYST)
    with pytest.raises(CoachError, match="no tiene permiso"):
        job_orders.resume_queue(store, ANALYST)
    with pytest.raises(CoachError, match="no tiene permiso"):
        job_orders.pause(store, replace(ANALYST, role="agent"), 1)


def test_a_waiting_job_stands_still_and_goes_on(store: Store) -> None:
    job = queue(store, "a")
    job_orders.pause(store, ANALYST, job)
    assert (state(store, job), jobs.take(store, ME)) == ("paused", None)
    assert jobs.submit(store, "a") == job  # it is still on its way
    job_orders.go_on(store, ANALYST, job)
    assert order(store) == ["a"]


def test_a_running_job_stands_still_where_it_is(store: Store) -> None:
    job = queue(store, "a")
    mine = jobs.take(store, ME)
    assert mine is not None
    job_orders.pause(store, ANALYST, job)
    assert jobs.beat(store, mine, "analyze", 0.0)
    jobs.stop(store, mine)
    assert state(store, job) == "paused"
    job_orders.go_on(store, ANALYST, job)
    again = jobs.take(store, ME)
    assert again is not None
    assert (again.step, again.attempts) == ("analyze", 1)


def test_a_paused_job_can_be_cancelled(store: Store) -> None:
    job = queue(store, "a")
    job_orders.pause(store, ANALYST, job)
    job_orders.cancel(store, ANALYST, job)
    assert state(store, job) == "cancelled"


@pytest.mark.parametrize("ended", ["done", "failed", "cancelled"])
def test_nothing_is_asked_of_a_job_that_has_ended(store: Store, ended: JobState) -> None:
    job = queue(store, "a")
    mine = jobs.take(store, ME)
    assert mine is not None
    jobs.end(store, mine, ended)
    for ask in (job_orders.cancel, job_orders.pause, job_orders.go_on):
        with pytest.raises(CoachError, match=f"Trabajo {job}: ya terminó"):
            ask(store, ANALYST, job)
    with pytest.raises(CoachError, match="ya terminó"):
        job_orders.set_priority(store, ANALYST, job, "high")


def test_only_what_ended_without_a_result_is_tried_again(store: Store) -> None:
    job = queue(store, "a")
    with pytest.raises(CoachError, match="no hay qué reintentar"):
        job_orders.retry(store, ANALYST, job)
    job_orders.cancel(store, ANALYST, job)
    jobs.submit(store, "a")
    with pytest.raises(CoachError, match="ya está otra vez en la lista"):
        job_orders.retry(store, ANALYST, job)


def test_all_that_failed_is_tried_again_at_once(store: Store) -> None:
    for name in ("a", "b"):
        queue(store, name)
        mine = jobs.take(store, ME)
        assert mine is not None
        jobs.end(store, mine, "failed", "no es audio")
    jobs.submit(store, "b")  # it is on its way again already
    assert job_orders.retry_failed(store, ANALYST) == 1
    assert sorted(order(store)) == ["a", "b"]


# a try that gets further is none against the recording


def test_work_that_gets_further_each_time_is_never_given_up(store: Store) -> None:
    job = queue(store, "a")
    for part in range(1, 9):
        mine = jobs.take(store, ME)
        assert mine is not None
        jobs.beat(store, mine, "transcribe", part / 10)
        jobs.lose(store, ME)
    assert state(store, job) == "queued"


def test_work_that_stops_at_the_same_place_is_given_up(store: Store) -> None:
    job = queue(store, "a")
    for _ in range(jobs.MOST_ATTEMPTS + 1):
        mine = jobs.take(store, ME)
        assert mine is not None
        jobs.beat(store, mine, "transcribe", 0.5)
        jobs.lose(store, ME)
    assert state(store, job) == "failed"


# how long it still takes


def test_no_time_is_given_before_there_is_a_measure(store: Store) -> None:
    assert time_left.time_left(store, ANALYST).why == "empty"
    queue(store, "a")
    assert time_left.time_left(store, ANALYST).why == "nobody"
    assert jobs.take(store, ME) is not None
    left = time_left.time_left(store, ANALYST)
    assert (left.why, left.seconds, left.workers) == ("unmeasured", None, 1)


def test_the_time_left_follows_from_what_was_done(store: Store) -> None:
    queue(store, "done", seconds=120.0)
    finish(store, seconds=30.0)  # four seconds of sound in one
    for name, seconds in (("a", 100.0), ("b", 60.0), ("c", None)):
        queue(store, name, seconds=seconds)
    mine = jobs.take(store, ME)
    assert mine is not None
    jobs.beat(store, mine, "transcribe", 0.5)
    left = time_left.time_left(store, ANALYST)
    assert left.audio_s == 50 + 60 + 120  # of unknown length: as long as those before
    assert left.seconds == pytest.approx(230 / 4)


def test_several_workers_share_what_is_left(store: Store) -> None:
    queue(store, "done", seconds=60.0)
    finish(store, seconds=10.0)
    for name in "abcd":
        queue(store, name)
    assert jobs.take(store, ME) is not None
    assert jobs.take(store, "elsewhere:7") is not None
    left = time_left.time_left(store, ANALYST)
    assert (left.workers, left.seconds) == (2, pytest.approx(20.0))


def test_a_paused_queue_has_no_time_left(store: Store) -> None:
    queue(store, "a")
    job_orders.pause_queue(store, HOUSE)
    assert time_left.time_left(store, ANALYST).why == "paused"


@pytest.mark.parametrize(
    ("seconds", "said"), [(5, (1, "min")), (3599, (60, "min")), (9000, (2, "h")), (200_000, (2, "d"))]
)
def test_times_are_rounded_as_people_say_them(seconds: float, said: tuple[int, str]) -> None:
    assert time_left.rounded(seconds) == said
