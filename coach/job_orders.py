"""What people ask of the list of work: first, later, not now, not at all, once more; one job or the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from coach import audit
from coach.claims import now
from coach.jobs import OPEN, RANKS, Priority
from coach.schema import jobs, queue_pause
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Pause:
    """Nobody takes a job until who administers goes on."""

    by: str
    at: datetime  # UTC


def cancel(store: Store, viewer: Viewer, job_id: int) -> bool:
    """Stop a job: at once where it waits (True), between two segments where it runs."""
    viewer.require("upload")
    with store.writing() as connection:
        job = _open(connection, job_id)
        if job.state in ("queued", "paused"):
            _set(connection, job_id, state="cancelled", finished_at=now())
        elif job.state == "running":
            _set(connection, job_id, cancel_asked=True)
    return bool(job.state != "running")


def pause(store: Store, viewer: Viewer, job_id: int) -> bool:
    """Let a job stand: at once where it waits (True), between two segments where it runs. What it has is
    kept.
    """
    viewer.require("upload")
    with store.writing() as connection:
        job = _open(connection, job_id)
        if job.state == "queued":
            _set(connection, job_id, state="paused")
        elif job.state == "running":
            _set(connection, job_id, pause_asked=True)
    return bool(job.state != "running")


def go_on(store: Store, viewer: Viewer, job_id: int) -> None:
    """A paused job waits again, in its old place."""
    viewer.require("upload")
    with store.writing() as connection:
        job = _open(connection, job_id)
        if job.state == "paused":
            _set(connection, job_id, state="queued")
        elif job.state == "running":
            _set(connection, job_id, pause_asked=False)


def retry(store: Store, viewer: Viewer, job_id: int) -> None:
    """Queue a failed or cancelled job again, from the step it had reached."""
    viewer.require("upload")
    with store.writing() as connection:
        if not _again(connection, _job(connection, job_id)):
            raise CoachError(
                "Trabajo {job}: no hay qué reintentar; no falló ni se canceló, o su llamada ya está otra vez "
                "en la lista.",
                job=job_id,
            )


def retry_failed(store: Store, viewer: Viewer) -> int:
    """Queue every failed job again; gives how many."""
    viewer.require("upload")
    with store.writing() as connection:
        failed = connection.execute(select(jobs).where(jobs.c.state == "failed").order_by(jobs.c.id)).all()
        return sum(_again(connection, job) for job in failed)


def set_priority(store: Store, viewer: Viewer, job_id: int, priority: Priority) -> None:
    """Put a job before or behind the others; changes nothing for one that has begun."""
    viewer.require("upload")
    with store.writing() as connection:
        _open(connection, job_id)
        _set(connection, job_id, rank=RANKS[priority])


def pause_queue(store: Store, viewer: Viewer) -> None:
    """Workers finish what they have and take nothing more, also after a restart, until `resume_queue`."""
    viewer.require("administer")
    with store.writing() as connection:
        if connection.execute(select(queue_pause)).first() is None:
            connection.execute(insert(queue_pause).values(id=1, by=viewer.name, at=now()))
            audit.record(connection, viewer, "jobs.pause", "jobs")


def resume_queue(store: Store, viewer: Viewer) -> None:
    """Workers take jobs again."""
    viewer.require("administer")
    with store.writing() as connection:
        if connection.execute(delete(queue_pause)).rowcount:
            audit.record(connection, viewer, "jobs.resume", "jobs")


def queue_paused(store: Store, viewer: Viewer) -> Pause | None:
    """Who paused the queue and when; None where it goes."""
    viewer.require("upload")
    with store.reading() as connection:
        row = connection.execute(select(queue_pause.c.by, queue_pause.c.at)).first()
    return Pause(row.by, row.at) if row else None


def _again(connection: Connection, job: Row[Any]) -> bool:
    """Queue it where it ended without a result and nothing else is on its way for this recording."""
    if job.state not in ("failed", "cancelled"):
        return False
    open_now = select(jobs.c.id).where(jobs.c.recording_id == job.recording_id, jobs.c.state.in_(OPEN))
    if connection.execute(open_now).first() is not None:
        return False
    _set(
        connection, job.id, state="queued", attempts=0, reached=0.0, cancel_asked=False, pause_asked=False,
        error="", worker="", finished_at=None,
    )  # fmt: skip
    return True


def _job(connection: Connection, job_id: int) -> Row[Any]:
    job = connection.execute(select(jobs).where(jobs.c.id == job_id)).first()
    if job is None:
        raise CoachError("Trabajo {job}: no existe. Vea la lista de trabajos.", job=job_id)
    return job


def _open(connection: Connection, job_id: int) -> Row[Any]:
    """A job that waits, stands or runs. CoachError where it has ended: nothing can be asked of it then."""
    job = _job(connection, job_id)
    if job.state not in OPEN:
        raise CoachError("Trabajo {job}: ya terminó, no se cambia. Vea la lista de trabajos.", job=job_id)
    return job


def _set(connection: Connection, job_id: int, **values: object) -> None:
    connection.execute(update(jobs).where(jobs.c.id == job_id).values(**values))
