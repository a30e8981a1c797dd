"""espeak-ng through ctypes: one engine per process, with the exact times of every word and phoneme.

espeak-ng is GPL-3: it is called as a separate system library, and only the sound it makes is used.
"""

import ctypes as c
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from transcripts.demo_speech.errors import DemoSpeechError

Wave = npt.NDArray[np.float32]

LIBRARY = "libespeak-ng.so.1"
RATE = 22_050
_SYNCHRONOUS, _WITH_PHONEMES = 2, 1
_EVENT_END, _EVENT_WORD, _EVENT_PHONEME = 0, 1, 7
_RATE, _PITCH, _PITCH_RANGE = 1, 3, 4
_UTF8 = 1
_TAIL_S = 0.05


@dataclass(frozen=True, slots=True)
class Voice:
    """One way of speaking: espeak variant ("es-419+f2"), words per minute, pitch and its range 0..100."""

    variant: str
    rate: int
    pitch: int
    pitch_range: int = 50


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A stretch of the text between blanks (or several that espeak speaks as one) and when it is heard."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sound (mono float32 at `rate` Hz), its words, its phonemes as (start_s, name), its end."""

    wave: Wave
    rate: int
    words: tuple[SpokenWord, ...]
    phonemes: tuple[tuple[float, str], ...]
    end_s: float


class _Id(c.Union):
    _fields_ = [("number", c.c_int), ("name", c.c_char_p), ("string", c.c_char * 8)]


class _Event(c.Structure):
    _fields_ = [
        ("type", c.c_int),
        ("unique_identifier", c.c_uint),
        ("text_position", c.c_int),
        ("length", c.c_int),
        ("audio_position", c.c_int),
        ("sample", c.c_int),
        ("user_data", c.c_void_p),
        ("id", _Id),
    ]


_CALLBACK = c.CFUNCTYPE(c.c_int, c.POINTER(c.c_short), c.c_int, c.POINTER(_Event))


class _Engine:
    """The library with its one callback; espeak keeps global state, so there is one of it per process."""

    def __init__(self) -> None:
        try:
            self._library = c.CDLL(LIBRARY)
        except OSError as problem:
            raise DemoSpeechError("falta libespeak-ng: apt-get install espeak-ng") from problem
        self.rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, None, _WITH_PHONEMES))
        if self.rate != RATE:
            raise DemoSpeechError("espeak-ng no arranca: faltan sus datos; apt-get install espeak-ng-data")
        self._library.espeak_Synth.argtypes = [
            c.c_char_p,
            c.c_size_t,
            c.c_uint,
            c.c_int,
            c.c_uint,
            c.c_uint,
            c.c_void_p,
            c.c_void_p,
        ]
        self._chunks: list[npt.NDArray[np.int16]] = []
        self._words: list[tuple[float, int]] = []
        self._phonemes: list[tuple[float, str]] = []
        self._variant: str | None = None
        self._keep_alive = _CALLBACK(self._receive)
        self._library.espeak_SetSynthCallback(self._keep_alive)

    def _receive(self, wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            self._chunks.append(np.ctypeslib.as_array(wave, shape=(count,)).copy())
        index = 0
        while events[index].type != _EVENT_END:
            event = events[index]
            if event.type == _EVENT_WORD:
                self._words.append((event.audio_position / 1000, event.text_position - 1))
            elif event.type == _EVENT_PHONEME:
                self._phonemes.append((event.audio_position / 1000, bytes(event.id.string).decode("latin1")))
            index += 1
        return 0

    def run(self, text: str, voice: Voice) -> tuple[Wave, list[tuple[float, int]], list[tuple[float, str]]]:
        """Sound at `rate`, word starts as (seconds, character position), phoneme starts."""
        if voice.variant != self._variant:
            if self._library.espeak_SetVoiceByName(voice.variant.encode()) != 0:
                raise DemoSpeechError(f"espeak-ng no conoce la voz {voice.variant!r}: espeak-ng --voices=es")
            self._variant = voice.variant
        for parameter, value in (
            (_RATE, voice.rate),
            (_PITCH, voice.pitch),
            (_PITCH_RANGE, voice.pitch_range),
        ):
            self._library.espeak_SetParameter(parameter, int(value), 0)
        self._chunks.clear()
        self._words.clear()
        self._phonemes.clear()
        data = text.encode("utf-8")
        self._library.espeak_Synth(data, len(data) + 1, 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        joined = np.concatenate(self._chunks) if self._chunks else np.zeros(0, np.int16)
        return joined.astype(np.float32) / 32768.0, list(self._words), list(self._phonemes)


@cache
def _engine() -> _Engine:
    return _Engine()


def speak(text: str, voice: Voice) -> Spoken:
    """Speak `text`. Raises DemoSpeechError when the library or the voice is missing."""
    engine = _engine()
    wave, starts, phonemes = engine.run(text, voice)
    end_s = len(wave) / engine.rate
    while phonemes and phonemes[-1][1].startswith("_"):
        end_s = phonemes.pop()[0]
    words = _timed_words(text, starts, phonemes, end_s)
    return Spoken(wave[: int((end_s + _TAIL_S) * engine.rate)], engine.rate, words, tuple(phonemes), end_s)


def _timed_words(
    text: str, starts: list[tuple[float, int]], phonemes: list[tuple[float, str]], end_s: float
) -> tuple[SpokenWord, ...]:
    """Words by blank, with times; one that espeak gives no event of its own joins the word before it."""
    pieces, position = [], 0
    for piece in text.split(" "):
        pieces.append((piece, position, position + len(piece)))
        position += len(piece) + 1
    heard: list[float | None] = [None] * len(pieces)
    for start_s, place in starts:
        for index, (_, low, high) in enumerate(pieces):
            if low <= place < high:
                heard[index] = start_s if heard[index] is None else heard[index]
                break
    words: list[SpokenWord] = []
    for index, (piece, _, _) in enumerate(pieces):
        start = heard[index]
        if start is None:
            if words:
                last = words[-1]
                words[-1] = SpokenWord(f"{last.text} {piece}", last.start_s, last.end_s)
            continue
        until = next((later for later in heard[index + 1 :] if later is not None), end_s)
        pause = next((at for at, name in phonemes if name.startswith("_") and start < at < until), until)
        words.append(SpokenWord(piece, start, max(pause, start + 0.02)))
    return tuple(words)
