"""What each channel of a recording carries, frame by frame: how loud it is and whether somebody speaks."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transcripts.audio import RATE, Audio, Cancelled
from transcripts.engines.vad import FRAME, speech_probability

Levels = npt.NDArray[np.float32]
FRAME_S = FRAME / RATE
SILENT_DB = -70.0  # at or below: nothing that a telephone line carries

_BLOCK = FRAME * 4096  # about two minutes: what is held in memory at a time
_ASKED = 1024  # frames that the detector gets at a time: its own memory grows with them
_LEAD = 16  # frames before a stretch, so that the detector hears its beginning
_DUAL_MONO = 0.98
_SPEAKS, _RESTS = 0.5, 0.2


@dataclass(frozen=True, slots=True)
class Side:
    """One channel over the whole call, per frame of 32 ms: level in dB (0: full scale), chance of speech."""

    channel: int
    level_db: Levels
    speech: Levels

    @property
    def floor_db(self) -> float:
        """The level of the line when nobody speaks."""
        rest = self.level_db[self.speech < _RESTS]
        return float(np.percentile(rest, 25)) if len(rest) else SILENT_DB

    @property
    def own_db(self) -> float | None:
        """The level at which this side's own person speaks; None where nobody does.

        Energy is averaged, so that a distant voice does not lower it however long it talks.
        """
        spoken = self.level_db[self.speech >= _SPEAKS]
        if len(spoken) < 3:
            return None
        loud = spoken[spoken >= np.percentile(spoken, 50)]
        return float(10 * np.log10(np.mean(10 ** (loud / 10))))

    @property
    def speech_s(self) -> float:
        return float(np.count_nonzero(self.speech >= _SPEAKS)) * FRAME_S

    def frames(self, start_s: float, end_s: float) -> slice:
        """The frames of a stretch of time, one at least."""
        first = max(0, int(start_s / FRAME_S))
        return slice(first, max(first + 1, round(end_s / FRAME_S)))


def listen(audio: Audio, cancelled: Callable[[], bool] = lambda: False) -> tuple[tuple[Side, ...], bool]:
    """Every side of the recording, and whether its two channels carry the same sound (dual mono).

    Of a dual mono recording only the first channel is returned. Raises Cancelled.
    """
    levels, likeness = _levels(audio, cancelled)
    dual_mono = likeness >= _DUAL_MONO
    heard = range(1 if dual_mono else audio.channels)
    with ThreadPoolExecutor(len(heard)) as pool:  # the detector runs outside the interpreter's lock
        speech = list(pool.map(lambda channel: _speech(audio, channel, levels[channel], cancelled), heard))
    return tuple(Side(channel, levels[channel], speech[channel]) for channel in heard), dual_mono


def _levels(audio: Audio, cancelled: Callable[[], bool]) -> tuple[list[Levels], float]:
    """Level per channel and frame, and how alike two channels are, 0..1."""
    blocks: list[Levels] = []
    products = np.zeros((audio.channels, audio.channels))
    for start in range(0, audio.count, _BLOCK):
        if cancelled():
            raise Cancelled
        block = audio.samples(start, start + _BLOCK).astype(np.float32) / 32768
        block = np.pad(block, ((0, -len(block) % FRAME), (0, 0)))
        block = block.reshape(-1, FRAME, audio.channels)
        block -= block.mean(axis=1, keepdims=True)
        blocks.append((10 * np.log10((block**2).mean(axis=1) + 1e-12)).astype(np.float32))
        flat = block.reshape(-1, audio.channels)
        products += flat.T @ flat
    energy = np.sqrt(np.outer(np.diag(products), np.diag(products)))
    likeness = float(products[0, -1] / energy[0, -1]) if audio.channels == 2 and energy[0, -1] > 0 else 0.0
    levels = np.concatenate(blocks)
    return [np.ascontiguousarray(levels[:, channel]) for channel in range(audio.channels)], likeness


def _speech(audio: Audio, channel: int, level_db: Levels, cancelled: Callable[[], bool]) -> Levels:
    """The detector's answer for each frame; frames that are plainly silent are not asked about."""
    chance = np.zeros(len(level_db), np.float32)
    for first, last in sounding(level_db):
        for begin in range(first, last, _ASKED):
            if cancelled():
                raise Cancelled
            end = min(last, begin + _ASKED)
            lead = min(_LEAD, begin)
            heard = speech_probability(audio.wave(channel, (begin - lead) * FRAME, end * FRAME))
            chance[begin:end] = heard[lead : lead + end - begin]
    return chance


def sounding(level_db: Levels) -> list[tuple[int, int]]:
    """Stretches of frames (start, end) louder than the line's rest, with half a second around them."""
    quiet, loud = np.percentile(level_db, (10, 95))
    gate = max(SILENT_DB, min(quiet + 6, loud - 30))
    return stretches(level_db > gate, join=31, pad=16)


def stretches(mask: npt.NDArray[np.bool_], *, join: int = 0, pad: int = 0) -> list[tuple[int, int]]:
    """Runs of true frames as (start, end); those nearer than `join` become one, then widened by `pad`."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    runs: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and start - runs[-1][1] <= join:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return [(max(0, start - pad), min(len(mask), end + pad)) for start, end in runs]


def around(values: npt.ArrayLike, box: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Every value with its neighbours, weighed by `box`; as many as there are values, however wide the box.

    NumPy's own mode "same" gives as many as the longer of the two, which is the box in a short recording.
    """
    values, box = np.asarray(values, np.float64), np.asarray(box, np.float64)
    first = (len(box) - 1) // 2
    return np.convolve(values, box, "full")[first : first + len(values)]
