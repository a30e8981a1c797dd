"""A job that does not get on, and a worker that does not end: a speech engine that hangs never comes back.

Within `bounded` a thread looks on. Asked to stop, the process has a while for the stretch of sound it is at;
a job that has not moved for much longer than any stretch takes ends it as well. Whoever started it begins
another one, and the job is taken up like that of any worker that died.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from threading import Event, Thread

from coach import database, jobs
from coach.claims import now
from coach.settings import Settings
from coach.store import Store
from coach.types import Job
from coach.viewers import HOUSE

log = logging.getLogger(__name__)

SILENT = timedelta(minutes=10)  # without a step forward: told to who looks
HUNG_S = 3600.0  # without a step forward: the worker ends; four half minutes of sound take no hour
GRACE_S = 30.0  # after it was asked to stop
STANDS = (
    "Grabaciones que no avanzan desde hace {minutes} minutos o más: {jobs}. Si siguen así, detenga «coach "
    "work» e inícielo de nuevo: las toma otra vez donde estaban."
)
_LOOKED = 200  # jobs; those that run are the first
_LOOK_S = 0.2
_LAST_S = 5.0  # for what is to be done before the end
_moved: list[float] = []  # when the job in hand last moved; empty where there is none


def silent_for(job: Job) -> int:
    """For how many minutes a running job has not moved; 0 where that is not long."""
    if job.state != "running" or job.heartbeat_at is None:
        return 0
    silent = now() - job.heartbeat_at
    return int(silent.total_seconds() // 60) if silent >= SILENT else 0


def standing(settings: Settings) -> list[str]:
    """The recordings, by name, whose jobs have not moved for long."""
    if database.is_older(settings.url, setting=settings.place_of_store):
        return []
    with closing(Store.open(settings)) as store:
        return [job.name for job in jobs.open_jobs(store, HOUSE, finished=0, most=_LOOKED) if silent_for(job)]


@contextmanager
def in_hand() -> Iterator[None]:
    """While a job is done here."""
    moved()
    try:
        yield
    finally:
        _moved.clear()


def moved() -> None:
    """The job in hand got on."""
    _moved[:] = [time.monotonic()]


@contextmanager
def bounded(
    asked: Callable[[], bool], last: Callable[[], object], *, grace_s: float = GRACE_S, hung_s: float = HUNG_S
) -> Iterator[None]:
    """This process ends a while after it was `asked` to stop, and where its job hangs, whatever it is at;
    `last` is done before.
    """
    over = Event()
    signals, told = os.pipe()  # written by the system itself: a library that holds us runs no handler
    os.set_blocking(signals, False)
    os.set_blocking(told, False)
    before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    Thread(target=_look, args=(asked, last, grace_s, hung_s, signals, over), daemon=True).start()
    try:
        yield
    finally:
        over.set()
        signal.set_wakeup_fd(before)
        os.close(told)


def _look(
    asked: Callable[[], bool],
    last: Callable[[], object],
    grace_s: float,
    hung_s: float,
    signals: int,
    over: Event,
) -> None:
    asked_at: float | None = None
    while not over.wait(_LOOK_S):
        now_s = time.monotonic()
        if asked_at is None and (asked() or _came(signals)):
            asked_at = now_s
        if asked_at is not None and now_s - asked_at > grace_s:
            _end("asked to stop, and the work at hand does not end", last, 128 + signal.SIGTERM)
        if _moved and now_s - _moved[0] > hung_s:
            _end(f"the job has not moved for {hung_s / 60:.0f} minutes", last, 1)
    os.close(signals)


def _came(signals: int) -> bool:
    """Whether a signal to stop came."""
    with suppress(BlockingIOError):
        return bool({signal.SIGTERM, signal.SIGINT}.intersection(os.read(signals, 64)))
    return False


def _end(why: str, last: Callable[[], object], code: int) -> None:
    log.error("this worker ends: %s", why)
    doing = Thread(target=_quietly, args=(last,), daemon=True)
    doing.start()
    doing.join(_LAST_S)
    logging.shutdown()
    os._exit(code)


def _quietly(last: Callable[[], object]) -> None:
    with suppress(Exception):
        last()
