"""In this very process, one job after the other: for one file, for one machine, for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from coach import jobs
from coach.doing import do
from coach.runners.types import Wanted
from coach.settings import Settings
from coach.store import Store


class Here:
    busy = False  # a job is over when `advance` comes back

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store, self.settings = store, settings

    def advance(self, stop: Callable[[], bool]) -> bool:
        job = jobs.take(self.store, jobs.worker_name())
        if job is None:
            return False
        do(self.store, self.settings, job, stop=stop)
        return True


@contextmanager
def opened(store: Store, settings: Settings, wanted: Wanted) -> Iterator[Here]:
    yield Here(store, settings)
