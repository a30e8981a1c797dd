"""A speech engine that says what a test tells it to, so that guards can be tried without a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from transcripts.engines.types import Wave
from transcripts.options import SpeechOptions, resolve
from transcripts.types import Segment, Word

RATE = 16000
_MARGIN_S = 0.25  # before the first speech of a wave
Answer = Callable[[Wave], Segment | None]


def says(
    text: str, *, pace_s: float | None = None, confidence: float = 0.9, no_speech: float = 0.0
) -> Answer:
    """An answer to every wave: `text`, a word every `pace_s` once speech begins, or spread evenly over it."""

    def answer(wave: Wave) -> Segment | None:
        words = text.split()
        if not words:
            return None
        step = pace_s or len(wave) / RATE / len(words)
        first_s = _MARGIN_S if pace_s else 0.0
        timed = tuple(
            Word(first_s + i * step, first_s + (i + 1) * step, word, confidence)
            for i, word in enumerate(words)
        )
        return Segment(0.0, timed[-1].end_s, text, timed, confidence=confidence, no_speech=no_speech)

    return answer


_GREETING, _NOTHING = says("Buenos días."), says("")


@dataclass
class FakeEngine:
    """`answer` to a wave in a batch, `second` to one that is heard again; every call is counted."""

    answer: Answer = _GREETING
    second: Answer = _NOTHING
    asked: SpeechOptions = field(default_factory=SpeechOptions)
    folder: Path = Path("fake-model")
    version: str = "1"
    window_s: float = 10.0
    waves: int = 0
    again: int = 0
    hotwords: str | None = None

    @property
    def options(self) -> SpeechOptions:
        return resolve(self.asked, cuda=False, cores=1)

    def transcribe(self, waves: Sequence[Wave], hotwords: str | None = None) -> list[Segment | None]:
        self.waves += len(waves)
        self.hotwords = hotwords
        return [self.answer(wave) for wave in waves]

    def transcribe_slowly(self, wave: Wave, hotwords: str | None = None) -> list[Segment]:
        self.again += 1
        found = self.second(wave)
        return [found] if found else []
