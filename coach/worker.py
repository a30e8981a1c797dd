"""Takes jobs from the table and does them one by one, in a process of its own (`coach work`) or here.

One bad recording never stops the others: its error is kept on its job, in words.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Callable

from filelock import FileLock, Timeout
from sqlalchemy.exc import SQLAlchemyError

from coach import chores, clips, jobs, peaks, pipeline, rescore, restand, reviews, rungs, sampling, webhook
from coach.chores import Chore
from coach.complaints import told
from coach.jobs import Taken
from coach.settings import Settings, environment
from coach.store import Store
from coach.types import JobState, JobStep
from transcripts.transcribe import Cancelled

log = logging.getLogger(__name__)

Watch = Callable[[Taken, JobStep, float], None]
Stop = Callable[[], bool]
_BEAT_S = 1.0  # between two writes of progress
_IDLE_S = 1.0  # between two looks into an empty queue
_KEEP_UP_S = 600.0  # between two looks, when idle, at the draw of the day and at what counts in points
_SEND_S = 10.0  # between two looks at what is to be told to other programs
_TOLD = 20  # calls that could not be judged anew, told one by one
_LADDERS = 200  # read at once, before the queue is looked at again
_TROUBLE_S = 5.0  # before another try when the database does not answer


def _unwatched(job: Taken, step: JobStep, progress: float) -> None:
    """Nobody looks on."""


def _never() -> bool:
    return False


def drain(store: Store, settings: Settings, watch: Watch = _unwatched, stop: Stop = _never) -> int:
    """Do all that is queued, here and now; gives how many jobs were taken."""
    count = 0
    while not stop() and (job := jobs.take(store, jobs.worker_name())):
        do(store, settings, job, watch, stop)
        count += 1
    return count


def work(store: Store, settings: Settings, stop: Stop = _never) -> bool:
    """Do jobs as they come, until `stop`. One worker per data_dir: False where another is at work already."""
    try:
        place = FileLock(store.data_dir / "worker.lock").acquire(timeout=0)
    except Timeout:
        return False
    keep_up_at, send_at, unread = 0.0, 0.0, True
    with place:
        while not stop():
            try:
                if time.monotonic() >= send_at:
                    webhook.send_due(store, settings)
                    send_at = time.monotonic() + _SEND_S
                job = jobs.take(store, jobs.worker_name())
                chore = chores.take(store, jobs.worker_name()) if job is None else None
                if chore is not None:
                    do_chore(store, settings, chore, stop)
                elif job is None and unread:
                    unread = rungs.keep_up(store, most=_LADDERS) == _LADDERS
                elif job is None and time.monotonic() >= keep_up_at:
                    keep_up_at = time.monotonic() + _KEEP_UP_S
                    sampling.daily(store, settings)
                    clips.sweep(store)
                    restand.keep_up(store, settings, stop)
                elif job is None:
                    time.sleep(_IDLE_S)
                else:
                    do(store, settings, job, stop=stop)
                    unread = True
            except SQLAlchemyError:
                log.exception("the database does not answer; trying again")
                time.sleep(_TROUBLE_S)
    return True


def spawn(settings: Settings) -> subprocess.Popen[bytes]:
    """Start `coach work` as a process that outlives the browser session; a superfluous one ends by itself."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / "worker.log").open("ab") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "coach", "work"],
            env=environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )


def do(store: Store, settings: Settings, job: Taken, watch: Watch = _unwatched, stop: Stop = _never) -> None:
    """One job, from the step it had reached to its end; back in the queue where the worker must `stop`."""
    report = _Reporter(store, job, watch, stop)
    try:
        _steps(store, settings, job, report)
    except Cancelled:
        if report.asked_to_stop:
            jobs.end(store, job, "cancelled")
        else:
            jobs.give_back(store, job)
    except SQLAlchemyError:
        raise  # no fault of the recording: the job stays ours and is freed when we are gone
    except Exception as error:  # whatever is wrong with this recording, the next one has its turn
        jobs.end(store, job, "failed", told(error, f"job {job.id}"))
    else:
        jobs.end(store, job, "done")


def do_chore(store: Store, settings: Settings, chore: Chore, stop: Stop = _never) -> None:
    """Judge history anew; recordings that come meanwhile have their turn between two calls."""
    done, beat_at = 0, 0.0

    def each() -> None:
        nonlocal done, beat_at
        done += 1
        if stop():
            chores.give_back(store, chore)
            raise Cancelled
        if time.monotonic() - beat_at >= _BEAT_S:
            beat_at = time.monotonic()
            if chores.beat(store, chore, done):
                chores.end(store, chore, "cancelled", done=done)
                raise Cancelled
            drain(store, settings, stop=stop)

    try:
        result = rescore.rescore(store, settings, chore.subject, each)
    except Cancelled:
        return
    except SQLAlchemyError:
        raise
    except Exception as error:
        chores.end(store, chore, "failed", done=done, error=told(error, f"chore {chore.id}"))
    else:
        why = "\n".join(result.failed[:_TOLD])
        state: JobState = "failed" if result.failed and not result.calls else "done"
        chores.end(store, chore, state, done=result.calls, changed=result.changed, error=why)


def _steps(store: Store, settings: Settings, job: Taken, report: _Reporter) -> None:
    transcript = store.transcript(job.recording_id) if job.step != "transcribe" else None
    if transcript is None:
        report("transcribe", 0.0)
        recording = store.recording(job.recording_id)
        partial = store.data_dir / "partial" / f"{job.recording_id}.jsonl"
        partial.parent.mkdir(exist_ok=True)
        transcript = pipeline.hear(
            recording, settings, progress=report.heard, cancelled=report.stopped, partial=partial
        )
        store.save_transcript(transcript)
    report("analyze", 0.0)
    call = pipeline.judge(transcript, settings)
    report("score", 0.0)
    store.save(call, pipeline.nlp_version())
    reviews.stand_again(store, settings, call.id)
    webhook.announce(store, settings, call)
    peaks.prepare(store, transcript.recording)


class _Reporter:
    """Writes progress to the job, once a second at most, and hears whether to stop."""

    def __init__(self, store: Store, job: Taken, watch: Watch, stop: Stop) -> None:
        self.store, self.job, self.watch, self.stop = store, job, watch, stop
        self.asked_to_stop = False
        self.last = 0.0

    def __call__(self, step: JobStep, progress: float) -> None:
        """A new step: written at once. Raises Cancelled where the job should not go on."""
        self.watch(self.job, step, progress)
        self._beat(step, progress)
        if self.asked_to_stop:
            raise Cancelled

    def heard(self, fraction: float) -> None:
        self.watch(self.job, "transcribe", fraction)
        if time.monotonic() - self.last >= _BEAT_S:
            self._beat("transcribe", fraction)

    def stopped(self) -> bool:
        return self.asked_to_stop or self.stop()

    def _beat(self, step: JobStep, progress: float) -> None:
        self.last = time.monotonic()
        self.asked_to_stop = jobs.beat(self.store, self.job, step, progress)
