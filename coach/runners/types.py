"""What an engine of work is: something that has jobs of the table done. The table is the truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

RunnerName = Literal["here", "dask"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How work is to be done. Without `scheduler`, Dask starts a cluster of `workers` on this machine."""

    engine: RunnerName = "here"
    workers: int = 1
    scheduler: str = ""  # "tls://host:8786"
    tls_ca: Path | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None


class Runner(Protocol):
    @property
    def busy(self) -> bool:
        """Whether something that was handed out is not finished yet."""

    def advance(self, stop: Callable[[], bool]) -> bool:
        """Do a job, or hand out what there are free hands for; False where there was nothing to do. May
        wait a second for a hand to become free.
        """
