"""The far side leaking in: a channel that repeats, later and lower, what the other channel says.

Both channels are compared by how the energy of their bands moves. Independent voices move independently, so a
steady likeness at one and the same delay is a leak, and somebody who talks over the other is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from transcripts.audio import RATE, Audio
from transcripts.channels import FRAME_S, SILENT_DB, Side, around, stretches
from transcripts.engines.vad import FRAME
from transcripts.types import Stretch

Moves = npt.NDArray[np.float32]  # (hops, bands)

_HOP = FRAME // 2
_LONGEST_DELAY = 50  # hops: 0.8 s, there and back over a mobile network
_LOWER_DB = 6.0
_SPEAKS = 0.5
_ALIKE = 0.35  # cosine of the moves over the window; unrelated speech stays within ±0.15
_WINDOW = 25  # hops on each side
_MOST = 2000  # frames looked at in one go
_EDGES_HZ = np.geomspace(250, 3400, 17)


def without_echo(audio: Audio, sides: Sequence[Side]) -> tuple[tuple[Side, ...], list[Stretch]]:
    """The sides without the speech that leaked in from the other one, and the stretches it filled."""
    if len(sides) != 2:
        return tuple(sides), []
    marked = [_leaks(audio, sides[1 - index], side) for index, side in enumerate(sides)]
    found = [
        Stretch("echo", round(start * FRAME_S, 3), round(end * FRAME_S, 3), side.channel)
        for side, mask in zip(sides, marked, strict=True)
        for start, end in stretches(mask)
    ]
    cleaned = tuple(
        replace(side, speech=np.where(mask, np.float32(0), side.speech))
        for side, mask in zip(sides, marked, strict=True)
    )
    return cleaned, found


def _leaks(audio: Audio, source: Side, side: Side) -> npt.NDArray[np.bool_]:
    """Per frame of `side`: does it carry only what `source` said a moment before?"""
    mask = np.zeros(len(side.speech), np.bool_)
    window = _LONGEST_DELAY * _HOP // FRAME + 1
    spoken = around(source.speech >= _SPEAKS, np.ones(2 * window + 1)) > 0
    candidates = (side.speech >= 0.2) & spoken
    if np.count_nonzero(candidates & (side.speech >= _SPEAKS)) < 10:
        return mask
    parts = [
        (begin, min(end, begin + _MOST))
        for first, end in stretches(candidates, join=16, pad=8)
        for begin in range(first, end, _MOST)
    ]
    moves = [(_moves(audio, source.channel, *part), _moves(audio, side.channel, *part)) for part in parts]
    delay = _delay(moves)
    if delay is None:
        return mask
    for (begin, end), (before, after) in zip(parts, moves, strict=True):
        alike = _likeness(before, after, delay)[: 2 * (end - begin)].reshape(-1, 2).max(axis=1)
        earlier = max(0, begin - round(delay / 2))
        level = source.level_db[earlier : earlier + end - begin]
        lower = _smooth(level, 12) - _smooth(side.level_db[begin : begin + len(level)], 12) >= _LOWER_DB
        mask[begin : begin + len(level)] = (alike[: len(level)] >= _ALIKE) & lower
    runs = stretches(mask & candidates, join=10)
    clean = np.zeros_like(mask)
    for start, end in runs:
        clean[start:end] = end - start >= 8
    return clean


def _moves(audio: Audio, channel: int, begin: int, end: int) -> Moves:
    """How the energy (dB) of each band changes from hop to hop, begun `_LONGEST_DELAY` hops early."""
    lead = _LONGEST_DELAY * _HOP
    start = begin * FRAME - lead - 2 * _HOP
    wave = audio.wave(channel, start, end * FRAME + _HOP)
    wave = np.pad(wave, (max(0, -start), 0))
    wave = np.pad(wave, (0, max(0, (end - begin) * FRAME + lead + 4 * _HOP - len(wave))))
    windows = np.lib.stride_tricks.sliding_window_view(wave, FRAME)[::_HOP]
    power = np.abs(np.fft.rfft(windows * np.hanning(FRAME).astype(np.float32), axis=1)) ** 2
    hertz = np.fft.rfftfreq(FRAME, 1 / RATE)
    places = np.searchsorted(hertz, _EDGES_HZ)
    bands = np.add.reduceat(power, places[:-1], axis=1)[:, : len(places) - 1]
    level = np.maximum(10 * np.log10(bands + 1e-9), SILENT_DB + 20)
    return np.asarray(level[2:] - level[:-2], np.float32)


def _delay(moves: Sequence[tuple[Moves, Moves]]) -> int | None:
    """The one delay (hops) at which the second channel follows the first; None where it does not."""
    scores = np.zeros(_LONGEST_DELAY)
    for delay in range(_LONGEST_DELAY):
        product = energy = other = 1e-9
        for before, after in moves:
            late = after[_LONGEST_DELAY:]
            early = before[_LONGEST_DELAY - delay : len(before) - delay]
            product += float(np.sum(early * late))
            energy += float(np.sum(early**2))
            other += float(np.sum(late**2))
        scores[delay] = product / np.sqrt(energy * other)
    best = int(np.argmax(scores))
    return best if scores[best] > max(0.12, 4 * float(np.median(np.abs(scores)))) else None


def _likeness(before: Moves, after: Moves, delay: int) -> npt.NDArray[np.float32]:
    """Cosine of both channels' moves around each hop of the stretch, at `delay`."""
    late = after[_LONGEST_DELAY:]
    early = before[_LONGEST_DELAY - delay : len(before) - delay]
    box = np.ones(2 * _WINDOW + 1)
    product, energy, other = (around(each.sum(axis=1), box) for each in (early * late, early**2, late**2))
    return np.asarray(product / np.sqrt(energy * other + 1e-9), np.float32)


def _smooth(level_db: npt.NDArray[np.float32], width: int) -> npt.NDArray[np.float64]:
    """Level in dB with its energy averaged over `width` frames."""
    energy = around(10 ** (level_db / 10), np.ones(width) / width)
    return np.asarray(10 * np.log10(energy + 1e-12))
