"""What a speech engine answers, looked at before anything is built on it.

Engines are written by many hands. Small disorder, as rounding makes it, is cut to the sound; what cannot be
right is an error of this recording that names the engine.
"""

from __future__ import annotations

import errno
import logging
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from numbers import Real
from typing import Any

from transcripts.audio import RATE, Cancelled, Wave
from transcripts.engines.types import SpeechEngine
from transcripts.types import Segment, TranscriptError, Word

log = logging.getLogger(__name__)

_SLIP_S = 1.0  # a time that lies this little beyond where it can be was rounded
_SLIP = 0.01  # the same of a confidence
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

WRONG = {
    "count": "dio {got} respuestas a {asked} tramos de audio",
    "kind": "dio «{got}» donde van segmentos con palabras",
    "wordless": "dio un texto sin sus palabras",
    "text": "dio una palabra que no es texto («{got}»)",
    "number": "dio «{got}» como tiempo de una palabra",
    "outside": "puso una palabra en el segundo {got} de un audio de {asked} s",
    "order": "dio palabras que terminan antes de empezar, o en desorden (segundos {got} y {asked})",
    "confidence": "dio una confianza de {got}, y va de 0 a 1",
}


def answers(engine: SpeechEngine, waves: Sequence[Wave], hotwords: str | None) -> list[Segment | None]:
    """The engine's answer to each wave. Raises TranscriptError where one cannot be right."""
    name = engine.options.engine
    with blamed(name):
        found = engine.transcribe(waves, hotwords)
        given = list(found) if found is not None else []
    if len(given) != len(waves):
        raise _wrong(name, "count", len(given), len(waves))
    return [each and _segment(name, each, wave) for each, wave in zip(given, waves, strict=True)]


def slow_answers(engine: SpeechEngine, wave: Wave, hotwords: str | None) -> list[Segment]:
    """The same for its other way: all that is said in one wave."""
    name = engine.options.engine
    with blamed(name):
        found = engine.transcribe_slowly(wave, hotwords)
        given = list(found) if found is not None else [None]
    return [_segment(name, each, wave) for each in given]


@contextmanager
def blamed(name: str) -> Iterator[None]:
    """What goes wrong within an engine is told as its own fault, and its trace goes to the log."""
    try:
        yield
    except (TranscriptError, Cancelled):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            raise  # the machine's fault: it is waited for
        log.exception("speech engine %s", name)
        raise TranscriptError(
            f"El motor de voz «{name}» falló con un error suyo ({type(error).__name__}: {error}). "
            "Corrija el motor, o ponga otro con engine, en los ajustes."
        ) from error


def _wrong(name: str, what: str, got: object, asked: object = "") -> TranscriptError:
    told = WRONG[what].format(got=f"{got}"[:40], asked=asked)
    return TranscriptError(
        f"El motor de voz «{name}» contestó mal: {told}. "
        "Corrija el motor, o ponga otro con engine, en los ajustes."
    )


def _segment(name: str, given: Any, wave: Wave) -> Segment:
    """The segment with its words in order and inside the wave."""
    if not isinstance(given, Segment) or not all(isinstance(word, Word) for word in given.words):
        raise _wrong(name, "kind", given if given is None else type(given).__name__)
    if not given.words:
        raise _wrong(name, "wordless", "")
    words: list[Word] = []
    for word in given.words:
        words.append(_word(name, word, words[-1].start_s if words else 0.0, len(wave) / RATE))
    return replace(
        given,
        start_s=words[0].start_s,
        end_s=words[-1].end_s,
        words=tuple(words),
        confidence=None if given.confidence is None else _share(name, given.confidence),
        no_speech=None if given.no_speech is None else _share(name, given.no_speech),
    )


def _word(name: str, word: Word, before_s: float, length_s: float) -> Word:
    """The word with its times in the wave; it begins at `before_s` or later."""
    if not isinstance(word.text, str):
        raise _wrong(name, "text", word.text)
    start_s, end_s = (_time(name, at, length_s) for at in (word.start_s, word.end_s))
    for first_s, then_s in ((before_s, start_s), (start_s, end_s)):
        if then_s < first_s - _SLIP_S:
            raise _wrong(name, "order", f"{first_s:.1f}", f"{then_s:.1f}")
    start_s = max(start_s, before_s)
    return replace(word, start_s=start_s, end_s=max(start_s, end_s), confidence=_share(name, word.confidence))


def _time(name: str, at: Any, length_s: float) -> float:
    at_s = float(at) if isinstance(at, Real) else math.nan
    if not math.isfinite(at_s):
        raise _wrong(name, "number", at)
    if not -_SLIP_S < at_s < length_s + _SLIP_S:
        raise _wrong(name, "outside", f"{at_s:.1f}", f"{length_s:.1f}")
    return min(max(at_s, 0.0), length_s)


def _share(name: str, given: Any) -> float:
    share = float(given) if isinstance(given, Real) else math.nan
    if not -_SLIP <= share <= 1.0 + _SLIP:  # NaN is neither
        raise _wrong(name, "confidence", given)
    return min(max(share, 0.0), 1.0)
