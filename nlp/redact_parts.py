"""A number that gives somebody away, said in parts that are each too short to be known."""

from __future__ import annotations

import re

from nlp.redact_figures import Run, runs_of
from nlp.redact_quantities import is_day
from nlp.redact_words import Kind

_PAUSE = re.compile(r"[\s,]*(?:y\s)?\s*")
LEAST_ID = 6  # figures of an id said in thousands


class Parts:
    """An id said in thousands with pauses: «dos mil trescientos cuarenta y cinco, sesenta y siete mil
    ochocientos noventa, cero uno cero uno».
    """

    def __init__(self, low: str) -> None:
        self.low = low
        self._told: tuple[int, Kind] | None = None  # where the last part ended

    def begins(self, run: Run, named: Kind | None) -> Kind | None:
        """The kind of a first part that is too short alone, where an id is announced and goes on."""
        if named != "id" or "cardinal" not in run.forms or "date" in run.forms:
            return None
        after = next((one for one in runs_of(self.low) if one.start >= run.end), None)
        if after is None or not self._pause(run.end, after.start):
            return None
        return named if len(run.digits) + len(after.digits) >= LEAST_ID else None

    def kind(self, run: Run) -> Kind | None:
        """The kind of a part that comes right after another."""
        if self._told is None or not self._pause(self._told[0], run.start) or is_day(self.low, run):
            return None
        return self._told[1]

    def told(self, run: Run, kind: Kind) -> None:
        """`run` was told as a number of this kind; what follows an id said in thousands may belong to it."""
        goes_on = self._told is not None and self._pause(self._told[0], run.start)
        spoken = kind == "id" and ("cardinal" in run.forms or goes_on)
        self._told = (run.end, kind) if spoken else None

    def _pause(self, end: int, start: int) -> bool:
        return _PAUSE.fullmatch(self.low, end, start) is not None
