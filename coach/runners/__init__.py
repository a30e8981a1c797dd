"""Engines of work by name: what opens each of them. Heavy imports happen when it is opened, not here."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from coach.runners import dask, here
from coach.runners.types import Runner, RunnerName, Wanted
from coach.settings import Settings
from coach.store import Store

RUNNERS: dict[RunnerName, Callable[[Store, Settings, Wanted], AbstractContextManager[Runner]]] = {
    "here": here.opened,
    "dask": dask.opened,
}
