"""The durable list of work: queued, running, done, failed, cancelled. It is the truth; workers come and go.

A job is taken by one worker, who writes its heartbeat with every progress. A worker that died leaves a job
without heartbeat: it goes back to the queue and is taken up at the step it had reached. Who lost a job like
that cannot write to it any more.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Update, case, desc, func, insert, select, update

from coach.rows import JobCounts
from coach.schema import jobs
from coach.store import Store
from coach.types import CoachError, Job, JobState, JobStep
from coach.viewers import Viewer

MOST_ATTEMPTS = 3
LOST_AFTER = timedelta(minutes=15)  # without a heartbeat, where we cannot see whether the worker lives

_OPEN = ("queued", "running")
_GAVE_UP = (
    f"El proceso se detuvo {MOST_ATTEMPTS} veces con esta grabación. "
    "Revise la memoria del equipo y reinténtelo."
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A job in the hands of this worker."""

    id: int
    recording_id: str
    name: str
    step: JobStep
    attempts: int
    worker: str


def worker_name() -> str:
    """Who this process is in the table."""
    return f"{socket.gethostname()}:{os.getpid()}"


def submit(store: Store, recording_id: str, name: str = "", step: JobStep = "transcribe") -> int:
    """Queue a recording and give the job's id; the id of the job that already waits or runs for it."""
    with store.writing() as connection:
        waiting = select(jobs.c.id).where(jobs.c.recording_id == recording_id, jobs.c.state.in_(_OPEN))
        if known := connection.execute(waiting).scalar():
            return int(known)
        new = insert(jobs).values(
            recording_id=recording_id,
            name=name or recording_id,
            state="queued",
            step=step,
            progress=0.0,
            created_at=_now(),
            worker="",
            attempts=0,
            cancel_asked=False,
            error="",
        )
        return int(connection.execute(new.returning(jobs.c.id)).scalar_one())


def take(store: Store, worker: str) -> Taken | None:
    """The oldest queued job, now running for `worker`; None where nothing waits."""
    with store.writing() as connection:
        _free_lost(connection)
        oldest = select(jobs).where(jobs.c.state == "queued").order_by(jobs.c.id).limit(1)
        if connection.dialect.name != "sqlite":
            oldest = oldest.with_for_update(skip_locked=True)
        job = connection.execute(oldest).first()
        if job is None:
            return None
        running = update(jobs).where(jobs.c.id == job.id)
        connection.execute(
            running.values(
                state="running",
                worker=worker,
                attempts=job.attempts + 1,
                progress=0.0,
                started_at=_now(),
                heartbeat_at=_now(),
                error="",
            )
        )
    return Taken(job.id, job.recording_id, job.name, job.step, job.attempts + 1, worker)


def beat(store: Store, job: Taken, step: JobStep, progress: float) -> bool:
    """Write how far it is; True where the work should stop: asked to, or no longer ours."""
    with store.writing() as connection:
        mine = _mine(job).values(step=step, progress=min(max(progress, 0.0), 1.0), heartbeat_at=_now())
        asked = connection.execute(mine.returning(jobs.c.cancel_asked)).scalar()
    return asked is None or bool(asked)


def end(store: Store, job: Taken, state: JobState, error: str = "") -> None:
    """The job is over. Does nothing where it is no longer ours."""
    with store.writing() as connection:
        values: dict[str, Any] = {
            "state": state,
            "error": error,
            "finished_at": _now(),
            "cancel_asked": False,
        }
        if state == "done":
            values["progress"] = 1.0
        connection.execute(_mine(job).values(**values))


def give_back(store: Store, job: Taken) -> None:
    """To the queue again, as if it had not been tried: the worker was asked to stop."""
    with store.writing() as connection:
        connection.execute(_mine(job).values(state="queued", worker="", attempts=job.attempts - 1))


def cancel(store: Store, viewer: Viewer, job_id: int) -> None:
    """Stop a job: at once where it waits, between two segments where it runs."""
    viewer.require("upload")
    with store.writing() as connection:
        job = _job(connection, job_id)
        if job.state == "queued":
            values: dict[str, Any] = {"state": "cancelled", "finished_at": _now()}
        else:
            values = {"cancel_asked": job.state == "running"}
        connection.execute(update(jobs).where(jobs.c.id == job_id).values(**values))


def retry(store: Store, viewer: Viewer, job_id: int) -> None:
    """Queue a failed or cancelled job again, from the step it had reached."""
    viewer.require("upload")
    with store.writing() as connection:
        job = _job(connection, job_id)
        if job.state not in ("failed", "cancelled"):
            return
        again = update(jobs).where(jobs.c.id == job_id)
        connection.execute(
            again.values(
                state="queued", attempts=0, cancel_asked=False, error="", worker="", finished_at=None
            )
        )


def open_jobs(
    store: Store, viewer: Viewer, *, finished: int = 10, most: int | None = None
) -> tuple[Job, ...]:
    """Running and queued jobs in their order, then failed ones, the newest first, then the `finished` newest
    of the rest; of those before the rest `most`, where given.
    """
    viewer.require("upload")
    columns = [jobs.c[name] for name in Job.__dataclass_fields__]
    rank = case({"running": 0, "queued": 1, "failed": 2}, value=jobs.c.state, else_=3)
    waiting = (
        select(*columns)
        .where(jobs.c.state.in_(("running", "queued", "failed")))
        .order_by(rank, case((jobs.c.state == "failed", -jobs.c.id), else_=jobs.c.id))
        .limit(most)
    )
    ended = (
        select(*columns)
        .where(jobs.c.state.in_(("done", "cancelled")))
        .order_by(desc(jobs.c.id))
        .limit(finished)
    )
    with store.reading() as connection:
        return tuple(Job(**row._mapping) for query in (waiting, ended) for row in connection.execute(query))


def job_counts(store: Store, viewer: Viewer) -> JobCounts:
    """How many jobs are in each state."""
    viewer.require("upload")
    with store.reading() as connection:
        rows = connection.execute(select(jobs.c.state, func.count()).group_by(jobs.c.state)).all()
    return JobCounts(**dict(rows))


def _free_lost(connection: Connection) -> None:
    """Put jobs whose worker is gone back into the queue; give up on those that took too many down."""
    for job in connection.execute(select(jobs).where(jobs.c.state == "running")).all():
        if alive(job):
            continue
        tried_enough = job.attempts >= MOST_ATTEMPTS
        state = case((jobs.c.cancel_asked, "cancelled"), else_="failed" if tried_enough else "queued")
        freed = update(jobs).where(jobs.c.id == job.id)
        connection.execute(freed.values(state=state, worker="", error=_GAVE_UP if tried_enough else ""))


def alive(job: Row[Any]) -> bool:
    """Whether the worker that has it is still at it."""
    host, _, process = str(job.worker).rpartition(":")
    if host == socket.gethostname() and process.isdigit() and not _runs(int(process)):
        return False
    return job.heartbeat_at is not None and _now() - job.heartbeat_at < LOST_AFTER


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _mine(job: Taken) -> Update:
    return update(jobs).where(jobs.c.id == job.id, jobs.c.state == "running", jobs.c.worker == job.worker)


def _job(connection: Connection, job_id: int) -> Row[Any]:
    job = connection.execute(select(jobs).where(jobs.c.id == job_id)).first()
    if job is None:
        raise CoachError(f"Trabajo {job_id}: no existe. Vea la lista de trabajos.")
    return job


def _now() -> datetime:
    return datetime.now(UTC)
