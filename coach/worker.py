"""Has the list of work done, in a process of its own (`coach work`) or here, by an engine of `coach.runners`.

Between jobs it looks after the rest: history judged anew, the draw of the day, what is to be told to others.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

from filelock import FileLock, Timeout

from coach import (
    chores,
    clip_files,
    clip_recall,
    jobs,
    keeping,
    legs,
    past,
    rescore,
    restand,
    retention,
    rungs,
    sampling,
    trouble,
    webhook,
)
from coach.chores import Chore
from coach.complaints import told
from coach.database import make_folder
from coach.doing import Watch, do, never, unwatched
from coach.runners import RUNNERS
from coach.runners.types import Runner, Wanted
from coach.settings import Settings, environment
from coach.store import Store
from coach.trouble import Stop
from coach.types import CoachError, JobState
from transcripts.transcribe import Cancelled

log = logging.getLogger(__name__)

LOCK, LOG = "worker.lock", "worker.log"  # in data_dir: whoever is at work holds the one, writes the other

_BEAT_S = 1.0  # between two writes of progress
_IDLE_S = 1.0  # between two looks into an empty queue
_KEEP_UP_S = 600.0  # between two looks, when idle, at the draw of the day and at what counts in points
_JOIN_S = 30.0  # between two looks at transferred calls whose legs have waited long enough
_SEND_S = 10.0  # between two looks at what is to be told to other programs
_TOLD = 20  # calls that could not be judged anew, told one by one
_LOOKED_S = 0.2  # who only looks whether somebody works (`coach.tending`) has the place for less
_LADDERS = 200  # read at once, before the queue is looked at again

HERE = Wanted()


def drain(store: Store, settings: Settings, watch: Watch = unwatched, stop: Stop = never) -> int:
    """Do all that is queued, here and now; gives how many jobs were taken."""
    count = 0
    more = True

    def one() -> None:
        nonlocal count, more
        job = jobs.take(store, jobs.worker_name())
        more = job is not None
        if job is not None:
            do(store, settings, job, watch, stop)
            count += 1

    while more and not stop():
        trouble.until_done(one, stop)
    return count


def drain_one(store: Store, settings: Settings, job_id: int) -> None:
    """Do this job here and now, where nobody else has it."""
    if job := jobs.take(store, jobs.worker_name(), job_id):
        do(store, settings, job)


def drain_by(store: Store, settings: Settings, wanted: Wanted, stop: Stop = never) -> None:
    """Have all that is queued done by this engine, and end. CoachError where nobody came to do it."""
    with RUNNERS[wanted.engine](store, settings, wanted) as runner:
        trouble.until_done(lambda: _until_empty(runner, stop), stop)
    if not stop():
        rungs.keep_up(store)
    if wanted.scheduler and not stop() and jobs.waiting(store, jobs.STEPS, 1):
        raise CoachError(
            "Quedan grabaciones en la cola y no hay ningún trabajador que las haga. "
            "Inicie uno con «dask worker» y repita la orden; nada se perdió."
        )


def work(
    store: Store, settings: Settings, stop: Stop = never, wanted: Wanted = HERE, *, patient: bool = False
) -> bool:
    """Have jobs done as they come, until `stop`. One such process per data_dir: False where another is at
    work already; `patient`: its turn comes when the other one ends.
    """
    lock = FileLock(store.data_dir / LOCK)
    while True:
        try:
            place = lock.acquire(timeout=_LOOKED_S)
            break
        except Timeout:
            if not patient or stop():
                return False
            trouble.nap(_IDLE_S, stop)
    with place, RUNNERS[wanted.engine](store, settings, wanted) as runner:
        turn = _Turn(store, settings, runner, stop)
        while not stop():
            trouble.until_done(turn, stop)
    return True


class _Turn:
    """One round of the worker: what is most urgent now."""

    def __init__(self, store: Store, settings: Settings, runner: Runner, stop: Stop) -> None:
        self.store, self.settings, self.runner, self.stop = store, settings, runner, stop
        self.keep_up_at, self.send_at, self.join_at, self.unread = 0.0, 0.0, 0.0, True
        self.kept_on: date | None = None  # the day on which what is asked for once a day was last done

    def __call__(self) -> None:
        store, settings = self.store, self.settings
        if time.monotonic() >= self.send_at:
            webhook.send_due(store, settings)
            self.send_at = time.monotonic() + _SEND_S
        if time.monotonic() >= self.join_at:
            legs.settle(store, settings)
            self.join_at = time.monotonic() + _JOIN_S
        if self.runner.advance(self.stop):
            self.unread = True
        elif chore := chores.take(store, jobs.worker_name()):
            do_chore(store, settings, chore, self.stop, lambda: self.runner.advance(self.stop))
        elif self.unread:
            self.unread = rungs.keep_up(store, most=_LADDERS) == _LADDERS
        elif time.monotonic() >= self.keep_up_at:
            self.keep_up_at = time.monotonic() + _KEEP_UP_S
            past.match(store)
            sampling.daily(store, settings)
            clip_recall.recall(store)
            clip_files.sweep(store)
            restand.keep_up(store, settings, self.stop)
            if self.kept_on != date.today():
                keeping.catch_up(store, settings)
                retention.daily(store)
                self.kept_on = date.today()
        else:
            trouble.nap(_IDLE_S, self.stop)


def spawn(settings: Settings, *, with_us: bool = False) -> subprocess.Popen[bytes]:
    """Start `coach work` as a process that outlives the browser session; a superfluous one ends by itself.
    `with_us`: it ends with this process, however that ends, as the next one may have other settings, or be
    another version; and where one is at work already, it waits for its turn.
    """
    make_folder(settings.data_dir)
    told_in = settings.data_dir / LOG
    told_in.touch(mode=0o600)
    with told_in.open("ab") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "coach", "work", *(["--while", str(os.getpid())] if with_us else [])],
            env=environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )


def do_chore(
    store: Store, settings: Settings, chore: Chore, stop: Stop = never, between: Callable[[], object] = never
) -> None:
    """Judge history anew; recordings that come meanwhile have their turn `between` two calls."""
    done, changed, beat_at = 0, chore.changed, 0.0

    def each(otherwise: bool) -> None:
        nonlocal done, changed, beat_at
        done += 1
        changed += otherwise
        if stop():
            chores.give_back(store, chore, changed)
            raise Cancelled
        if time.monotonic() - beat_at >= _BEAT_S:
            beat_at = time.monotonic()
            if chores.beat(store, chore, done, changed):
                chores.end(store, chore, "cancelled", done=done, changed=changed)
                raise Cancelled
            between()

    try:
        result = rescore.rescore(store, settings, chore.subject, each)
    except Cancelled:
        return
    except Exception as error:
        if trouble.is_trouble(error):
            trouble.until_done(lambda: chores.give_back(store, chore, changed), stop, error)
            return
        why = told(error, f"chore {chore.id}")
        chores.end(store, chore, "failed", done=done, changed=changed, error=why)
    else:
        if result.wordless:  # no error: what was erased is judged no more
            log.info("chore %s: %s calls without words stay as they are", chore.id, result.wordless)
        why = "\n".join(result.failed[:_TOLD])
        state: JobState = "failed" if result.failed and not result.calls else "done"
        chores.end(store, chore, state, done=result.calls, changed=changed, error=why)


def _until_empty(runner: Runner, stop: Stop) -> None:
    while not stop() and (runner.advance(stop) or runner.busy):
        pass
