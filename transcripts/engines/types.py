"""What every speech engine offers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from transcripts.options import SpeechOptions
from transcripts.types import Segment

Wave = npt.NDArray[np.float32]


class SpeechEngine(Protocol):
    """A loaded model. Waves are mono float32 at 16 kHz; times count from the start of each wave."""

    @property
    def options(self) -> SpeechOptions:
        """The options in force, every automatic choice made."""

    @property
    def folder(self) -> Path:
        """Where the model lies."""

    @property
    def version(self) -> str:
        """Of the engine's library."""

    @property
    def window_s(self) -> float:
        """The longest wave that `transcribe` takes."""

    def transcribe(self, waves: Sequence[Wave], hotwords: str | None = None) -> list[Segment | None]:
        """What is said in each wave, with words; None where nothing is. One batch."""

    def transcribe_slowly(self, wave: Wave, hotwords: str | None = None) -> list[Segment]:
        """What is said in one wave of any length, by another way than `transcribe`: the second attempt."""
