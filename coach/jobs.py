"""The durable list of work: queued, running, paused, done, failed, cancelled. It is the truth; workers come
and go. Here is what a worker does with it; what people ask of it is in `coach.job_orders`.

A job is taken by one worker, who writes its heartbeat with every progress. A worker that died leaves a job
without heartbeat: it goes back to the queue and is taken up at the step it had reached. Who lost a job like
that cannot write to it any more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, case, desc, func, insert, or_, select, update

from coach.claims import LOST_AFTER as LOST_AFTER
from coach.claims import first, lost, mine, now
from coach.claims import worker_name as worker_name
from coach.made import Made
from coach.rows import JobCounts
from coach.schema import jobs, queue_pause, recordings
from coach.store import Store
from coach.types import Job, JobState, JobStep
from coach.viewers import Viewer

MOST_ATTEMPTS = 3  # without getting any further

Priority = Literal["high", "normal", "low"]
RANKS: dict[Priority, int] = {"high": 0, "normal": 1, "low": 2}  # the smaller the sooner
STEPS: tuple[JobStep, ...] = ("transcribe", "analyze", "score")

OPEN = ("queued", "running", "paused")
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


def way(step: JobStep, progress: float) -> float:
    """How far a job is, from 0 (nothing heard) to 3 (judged)."""
    return STEPS.index(step) + progress


def submit(
    store: Store,
    recording_id: str,
    name: str = "",
    step: JobStep = "transcribe",
    priority: Priority = "normal",
) -> int:
    """Queue a recording and give the job's id; the id of the job that already waits or runs for it, which
    moves up where this is more urgent.
    """
    with store.writing() as connection:
        return queue(connection, recording_id, name, step, priority)


def queue(
    connection: Connection, recording_id: str, name: str = "", step: JobStep = "transcribe",
    priority: Priority = "normal",
) -> int:  # fmt: skip
    """`submit` within a transaction."""
    rank = RANKS[priority]
    # one after the other for the same recording, where the database lets several write at once
    connection.execute(select(recordings.c.id).where(recordings.c.id == recording_id).with_for_update())
    waiting = select(jobs.c.id, jobs.c.rank).where(
        jobs.c.recording_id == recording_id, jobs.c.state.in_(OPEN)
    )
    if known := connection.execute(waiting).first():
        if rank < known.rank:
            connection.execute(update(jobs).where(jobs.c.id == known.id).values(rank=rank))
        return int(known.id)
    new = insert(jobs).values(
        recording_id=recording_id, name=(name or recording_id)[:300], state="queued", rank=rank, step=step,
        progress=0.0, created_at=now(), worker="", attempts=0, cancel_asked=False, error="",
    )  # fmt: skip
    return int(connection.execute(new.returning(jobs.c.id)).scalar_one())


def take(store: Store, worker: str, job_id: int | None = None) -> Taken | None:
    """The most urgent of the queued jobs, of these the oldest, or the one of this id; it now runs for
    `worker`. None where none waits, or the queue is paused.
    """
    with store.writing() as connection:
        _free_lost(connection)
        if paused(connection):
            return None
        queued = select(jobs).where(jobs.c.state == "queued").order_by(jobs.c.rank, jobs.c.id)
        job = first(connection, queued if job_id is None else queued.where(jobs.c.id == job_id))
        if job is None:
            return None
        running = update(jobs).where(jobs.c.id == job.id)
        connection.execute(
            running.values(
                state="running", worker=worker, attempts=job.attempts + 1, progress=0.0, began=job.step,
                reached=max(job.reached, way(job.step, job.progress)), started_at=now(), heartbeat_at=now(),
                finished_at=None, error="",
            )
        )  # fmt: skip
    return Taken(job.id, job.recording_id, job.name, job.step, job.attempts + 1, worker)


def waiting(store: Store, steps: Collection[JobStep], most: int, but: Collection[int] = ()) -> list[int]:
    """The ids of at most `most` queued jobs at one of these steps, who is next first; not those in `but`.

    None while the queue is paused. Nothing is taken: whoever does one takes it by its id.
    """
    query = (
        select(jobs.c.id)
        .where(jobs.c.state == "queued", jobs.c.step.in_(steps), jobs.c.id.not_in(but))
        .order_by(jobs.c.rank, jobs.c.id)
        .limit(most)
    )
    with store.reading() as connection:
        return [] if paused(connection) else list(connection.execute(query).scalars())


def paused(connection: Connection) -> bool:
    """Whether nobody may take a job now."""
    return connection.execute(select(queue_pause.c.id)).first() is not None


def beat(store: Store, job: Taken, step: JobStep, progress: float) -> bool:
    """Write how far it is; True where the work should stop: asked to, or no longer ours."""
    with store.writing() as connection:
        beaten = mine(jobs, job).values(step=step, progress=min(max(progress, 0.0), 1.0), heartbeat_at=now())
        asked = connection.execute(beaten.returning(jobs.c.cancel_asked, jobs.c.pause_asked)).first()
    return asked is None or any(asked)


def end(store: Store, job: Taken, state: JobState, error: str = "", made: Made | None = None) -> None:
    """The job is over; `made`: by what. Does nothing where it is no longer ours."""
    values: dict[str, Any] = {
        "state": state, "error": error, "finished_at": now(), "cancel_asked": False, "pause_asked": False,
    }  # fmt: skip
    if state == "done":
        values["progress"] = 1.0
    if made is not None:
        values |= {"model": made.model, "nlp_version": made.nlp_version, "rubric": made.rubric}
    with store.writing() as connection:
        connection.execute(mine(jobs, job).values(**values))


def stop(store: Store, job: Taken) -> None:
    """It stopped because somebody asked: cancelled, or paused where it is."""
    state = case((jobs.c.cancel_asked, "cancelled"), else_="paused")
    with store.writing() as connection:
        stopped = mine(jobs, job).values(
            state=state, worker="", finished_at=case((jobs.c.cancel_asked, now())), attempts=job.attempts - 1,
            cancel_asked=False, pause_asked=False,
        )  # fmt: skip
        connection.execute(stopped)


def give_back(store: Store, job: Taken) -> None:
    """To the queue again, as if it had not been tried: the worker was asked to stop."""
    with store.writing() as connection:
        connection.execute(mine(jobs, job).values(state="queued", worker="", attempts=job.attempts - 1))


def lose(store: Store, worker: str) -> None:
    """This worker is gone: what it had goes back to the queue, or is given up where nothing gets further."""
    with store.writing() as connection:
        its = select(jobs).where(jobs.c.state == "running", jobs.c.worker == worker)
        for job in connection.execute(its).all():
            _free(connection, job)


def open_jobs(
    store: Store, viewer: Viewer, *, finished: int = 10, most: int | None = None
) -> tuple[Job, ...]:
    """Running, paused and queued jobs in their order, then failed ones, the newest first, then the `finished`
    newest of the rest; of those before the rest `most`, where given.
    """
    viewer.require("upload")
    columns = [jobs.c[name] for name in Job.__dataclass_fields__]
    order = case({"running": 0, "paused": 1, "queued": 2, "failed": 3}, value=jobs.c.state, else_=4)
    first = (
        select(*columns)
        .where(jobs.c.state.in_((*OPEN, "failed")))
        .order_by(
            order,
            case((jobs.c.state == "queued", jobs.c.rank), else_=0),
            case((jobs.c.state == "failed", -jobs.c.id), else_=jobs.c.id),
        )
        .limit(most)
    )
    # one state at a time: an index gives the newest of each without looking at the others
    ended = [
        select(*columns).where(jobs.c.state == state).order_by(desc(jobs.c.finished_at)).limit(finished)
        for state in ("done", "cancelled")
    ]
    with store.reading() as connection:
        before = [Job(**row._mapping) for row in connection.execute(first)]
        rest = [Job(**row._mapping) for query in ended for row in connection.execute(query)]
    rest.sort(key=lambda job: (job.finished_at is not None, job.finished_at, job.id), reverse=True)
    return (*before, *rest[:finished])


def job_counts(store: Store, viewer: Viewer, *, ended_since: datetime | None = None) -> JobCounts:
    """How many jobs are in each state; of those that ended only these since a moment, where given."""
    viewer.require("upload")
    query = select(jobs.c.state, func.count()).group_by(jobs.c.state)
    if ended_since is not None:
        query = query.where(or_(jobs.c.state.in_(OPEN), jobs.c.finished_at >= ended_since))
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return JobCounts(**dict(rows))


def _free_lost(connection: Connection) -> None:
    """Put jobs whose worker is gone back into the queue; give up on those that took too many down."""
    for job in lost(connection, jobs):
        _free(connection, job)


def _free(connection: Connection, job: Row[Any]) -> None:
    """A try that got further than those before it is none against the recording."""
    further = way(job.step, job.progress) > job.reached
    attempts = 0 if further else job.attempts
    state, error, ended = "queued", "", None
    if job.cancel_asked:
        state, ended = "cancelled", now()
    elif job.pause_asked:
        state = "paused"
    elif attempts >= MOST_ATTEMPTS:
        state, error, ended = "failed", _GAVE_UP, now()
    asked = {"cancel_asked": False, "pause_asked": False}
    connection.execute(
        mine(jobs, job).values(
            state=state, worker="", attempts=attempts, error=error, finished_at=ended, **asked
        )
    )
