"""Whoever serves the dashboard, or watches a folder, sees to it that the queue has a worker: one that dies is
followed by another, the dashboard's after a pause that grows where they die soon. Who looks can tell whether
anybody is at work.
"""

from __future__ import annotations

import asyncio
import logging
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from coach import worker
from coach.settings import Settings

log = logging.getLogger(__name__)

_LOOK_S = 2.0  # between two looks whether it lives
_FIRST_S, _LONGEST_S = 5.0, 600.0  # pauses before another one begins: twice as long each time
_STEADY_S = 600.0  # who lived so long did not die of its beginning
_BEGINS_S = 60.0  # until a process that was started has loaded what it needs

_served: list[float] = []  # when a worker of this dashboard, or the dashboard itself, last began


@asynccontextmanager
async def served(settings: Settings, *, work: bool) -> AsyncIterator[None]:
    """As long as the dashboard runs; with `work` it has a worker of its own."""
    _served[:] = [time.monotonic()]
    task = asyncio.create_task(_tend(settings, _begin(settings))) if work else None
    try:
        yield
    finally:
        _served.clear()
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def serving() -> bool:
    """Whether this very process serves the dashboard."""
    return bool(_served)


def at_work(data_dir: Path) -> bool:
    """Whether somebody has the jobs of this folder done, or was started for it a moment ago."""
    if any(time.monotonic() - began < _BEGINS_S for began in _served):
        return True
    lock = data_dir / worker.LOCK
    if not lock.is_file():
        return False
    try:
        with FileLock(lock).acquire(timeout=0):
            return False
    except Timeout:
        return True


class Hands:
    """A worker for who watches a folder: at each `look` one begins where nobody is at work. It outlives who
    began it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings, self._began = settings, -_BEGINS_S

    def look(self) -> int | None:
        """The process that began now; None where somebody works, or one began a moment ago."""
        now = time.monotonic()
        if now - self._began < _BEGINS_S or at_work(self._settings.data_dir):
            return None
        self._began = now
        try:
            return worker.spawn(self._settings).pid
        except OSError as error:
            log.warning("no worker could be started: %s", error.strerror)
            return None


async def _tend(settings: Settings, process: subprocess.Popen[bytes] | None) -> None:
    pause, began = 0.0, time.monotonic()
    while True:
        try:
            while process is not None and process.poll() is None:
                await asyncio.sleep(_LOOK_S)
        finally:
            if process is not None:
                process.terminate()  # nothing where it is dead
        short = time.monotonic() - began < _STEADY_S
        pause = min(max(2 * pause, _FIRST_S), _LONGEST_S) if short else _FIRST_S
        _tell(settings, process, pause)
        await asyncio.sleep(pause)
        process, began = _begin(settings), time.monotonic()


def _begin(settings: Settings) -> subprocess.Popen[bytes] | None:
    """None where the machine gives no process: it is tried again like one that died."""
    try:
        process = worker.spawn(settings, with_us=True)
    except OSError as error:
        log.warning("no worker could be started: %s", error.strerror)
        return None
    _served[:] = [time.monotonic()]
    return process


def _tell(settings: Settings, process: subprocess.Popen[bytes] | None, pause: float) -> None:
    """In the server's log, and in the worker's, which says nothing of a death from outside."""
    code = process.returncode if process is not None else None
    told = f"the worker ended (code {code}); another one begins in {pause:.0f} s"
    log.warning(told)
    with suppress(OSError), (settings.data_dir / worker.LOG).open("a", encoding="utf-8") as out:
        out.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC {__name__} {told}\n")
