"""What one look into watched folders brought."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Asked:
    """Whether to stop, and whether who asked was told so: who is told so has left something undone."""

    stop: Callable[[], bool]
    cut: bool = False

    def __call__(self) -> bool:
        self.cut = self.cut or self.stop()
        return self.cut


@dataclass(slots=True)
class Look:
    """What one look brought. `problems` are sentences; `unfinished`: files that may still be written,
    `alone`: facts of recordings that are not here, `left`: not taken, or not to their end, as it was stopped;
    `later`: so big that the others come first, for the next look.
    """

    recordings: int = 0
    transcripts: int = 0
    joined: int = 0  # transferred calls whose legs are together now
    known: int = 0
    ids: list[str] = field(default_factory=list)  # of calls that are new, or of which more is told
    unfinished: list[Path] = field(default_factory=list)
    alone: list[Path] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)
    later: list[Path] = field(default_factory=list)
    quarantined: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(
        default_factory=list
    )  # sentences on what is no fault: doubles, rows of no call

    @property
    def waiting(self) -> int:
        return len(self.unfinished) + len(self.alone)

    @property
    def news(self) -> bool:
        return bool(
            self.recordings
            or self.transcripts
            or self.joined
            or self.quarantined
            or self.problems
            or self.notices
            or self.later
        )

    def until(self, stop: Callable[[], bool], paths: list[Path]) -> Iterator[Path]:
        """One after the other; where `stop` comes the rest is `left`."""
        for at, path in enumerate(paths):
            if stop():
                self.left += paths[at:]
                return
            yield path
