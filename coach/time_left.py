"""How long the queue still takes, from what the last finished jobs took. Nothing is guessed: before there is
a measure, or where nobody works, no time is given.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, case, func, select

from coach.claims import alive, now
from coach.jobs import STEPS
from coach.jobs import paused as queue_paused
from coach.schema import jobs, recordings
from coach.store import Store
from coach.viewers import Viewer

LAST = 30  # finished jobs that the speed is taken from
_RECENT = timedelta(minutes=2)  # who finished something this lately is at work, also between two jobs

Why = Literal["", "empty", "paused", "nobody", "unmeasured"]


@dataclass(frozen=True, slots=True)
class Speed:
    """Of one worker. None where no such job is finished yet."""

    audio_per_s: float | None = None  # seconds of sound heard and judged in a second
    judged_s: float | None = None  # seconds for a call that is heard already
    length_s: float | None = None  # of a call, on average: for those whose length is not known yet


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """`seconds` is None where it cannot be told, and `why` says why."""

    seconds: float | None
    why: Why
    audio_s: float  # that is still to be heard, as far as its length is known
    workers: int  # at work now
    speed: Speed


def time_left(store: Store, viewer: Viewer) -> TimeLeft:
    """For all that waits and runs."""
    viewer.require("upload")
    with store.reading() as connection:
        speed = _speed(connection)
        rest = _rest(connection)
        running = connection.execute(select(jobs).where(jobs.c.state == "running")).all()
        workers = _workers(connection, running)
        paused = queue_paused(connection)
    audio_s = rest.known_s + rest.unknown * (speed.length_s or 0.0)
    if not rest.jobs:
        return TimeLeft(0.0, "empty", 0.0, workers, speed)
    seconds = _needed(rest, audio_s, speed)
    why: Why = ""
    if paused and not running:
        why = "paused"
    elif not workers:
        why = "nobody"
    elif seconds is None:
        why = "unmeasured"
    shared = None if why or seconds is None else seconds / min(workers, rest.jobs)
    return TimeLeft(shared, why, audio_s, workers, speed)


@dataclass(frozen=True, slots=True)
class _Rest:
    """Of all that waits and runs: how many jobs; seconds of sound to be heard; jobs, in parts, whose length
    is not known; jobs that only have to be judged.
    """

    jobs: int
    known_s: float
    unknown: float
    to_judge: int


def _rest(connection: Connection) -> _Rest:
    left = 1.0 - jobs.c.progress
    length = recordings.c.duration_s
    to_hear = jobs.c.step == "transcribe"
    row = connection.execute(
        select(
            func.count(),
            func.sum(case((to_hear, length * left))),
            func.sum(case((and_(to_hear, length.is_(None)), left))),
            func.sum(case((to_hear, 0), else_=1)),
        )
        .select_from(jobs.join(recordings, recordings.c.id == jobs.c.recording_id))
        .where(jobs.c.state.in_(("queued", "running")))
    ).one()
    return _Rest(row[0], row[1] or 0.0, row[2] or 0.0, int(row[3] or 0))


def _needed(rest: _Rest, audio_s: float, speed: Speed) -> float | None:
    """Seconds of one worker for all of it; None where a part of it has no measure."""
    to_hear = rest.jobs - rest.to_judge
    if to_hear and (speed.audio_per_s is None or (rest.unknown and speed.length_s is None)):
        return None
    if rest.to_judge and speed.judged_s is None:
        return None
    return audio_s / (speed.audio_per_s or 1.0) + rest.to_judge * (speed.judged_s or 0.0)


def _speed(connection: Connection) -> Speed:
    """Of the jobs that were finished last, by the step at which each was taken."""
    columns = (jobs.c.reached, jobs.c.started_at, jobs.c.finished_at, recordings.c.duration_s)
    heard, *later = (
        connection.execute(
            select(*columns)
            .join(recordings, recordings.c.id == jobs.c.recording_id)
            .where(jobs.c.state == "done", jobs.c.began == step, jobs.c.finished_at.is_not(None))
            .order_by(jobs.c.finished_at.desc())
            .limit(LAST)
        ).all()
        for step in STEPS
    )
    judged = heapq.nlargest(LAST, itertools.chain(*later), key=lambda row: row.finished_at)
    whole = [row for row in heard if row.duration_s and row.reached == 0]  # begun and ended in one go
    took = sum(_took(row.started_at, row.finished_at) for row in whole)
    audio = sum(row.duration_s for row in whole)
    return Speed(
        audio / took if took > 0 else None,
        sum(_took(row.started_at, row.finished_at) for row in judged) / len(judged) if judged else None,
        audio / len(whole) if whole else None,
    )


def _took(began: datetime, ended: datetime) -> float:
    return max((ended - began).total_seconds(), 0.0)


def _workers(connection: Connection, running: Sequence[Row[Any]]) -> int:
    """How many have a job now, or finished one a moment ago."""
    busy = {row.worker for row in running if alive(row)}
    lately = select(jobs.c.worker).where(
        jobs.c.state == "done", jobs.c.finished_at > now() - _RECENT, jobs.c.worker != ""
    )
    return len(busy | set(connection.execute(lately).scalars()))


def rounded(seconds: float) -> tuple[int, Literal["min", "h", "d"]]:
    """A time as people say it: whole minutes up to two hours, whole hours up to two days, then days."""
    if seconds < 7200:
        return max(1, round(seconds / 60)), "min"
    if seconds < 172_800:
        return round(seconds / 3600), "h"
    return round(seconds / 86_400), "d"
