"""What a channel carries besides the person it belongs to: music, tones, other people in the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from transcripts.audio import RATE, Audio
from transcripts.channels import FRAME_S, Side, around, sounding, stretches
from transcripts.engines.vad import FRAME
from transcripts.phantom import stretch
from transcripts.spoken import with_words
from transcripts.types import Segment, Stretch, Word

_SPECTRUM = 1024  # samples: fine enough to tell one note from the next
_APART = 3  # frames between two spectra that are compared
_BAND_HZ = (200.0, 3400.0)
_HELD = 0.9  # likeness of two spectra a tenth of a second apart: a held note; speech glides
_HELD_SHARE = 0.3  # of the loud frames around; in speech it stays under a tenth
_AROUND, _CLOSE = 31, 5  # frames on each side: one second tells music from speech, the rest its edges
_LOUD_DB = 12.0  # over the line's rest
_SHORTEST_MUSIC = 31
_BLOCK = 4096  # frames held in memory at a time

_FAR_DB = 15.0  # below the channel's own person: somebody else
_FAR_WORDS, _FAR_S = 3, 0.6
_TOGETHER_S = 1.5


def without_music(audio: Audio, sides: Sequence[Side]) -> tuple[tuple[Side, ...], list[Stretch]]:
    """The sides with no speech where music or tones play, and those stretches."""
    found: list[Stretch] = []
    cleaned = []
    for side in sides:
        mask = np.zeros(len(side.speech), np.bool_)
        for start, end in stretches(_musical(audio, side), join=16):
            if end - start >= _SHORTEST_MUSIC:
                mask[start:end] = True
                found.append(
                    Stretch("music", round(start * FRAME_S, 3), round(end * FRAME_S, 3), side.channel)
                )
        cleaned.append(replace(side, speech=np.where(mask, np.float32(0), side.speech)))
    return tuple(cleaned), found


def _musical(audio: Audio, side: Side) -> npt.NDArray[np.bool_]:
    """Per frame: is it loud, and are notes held around it?"""
    loud = side.level_db > side.floor_db + _LOUD_DB
    held = np.zeros(len(loud), np.bool_)
    for first, last in sounding(side.level_db):
        for begin in range(first, last, _BLOCK):
            end = min(last, begin + _BLOCK)
            held[begin:end] = _likeness(audio, side.channel, begin, end) >= _HELD
    wide, narrow = (_share(held & loud, loud, reach) for reach in (_AROUND, _CLOSE))
    return np.asarray(loud & (wide >= _HELD_SHARE) & (narrow >= _HELD_SHARE))


def _share(part: npt.NDArray[np.bool_], whole: npt.NDArray[np.bool_], reach: int) -> npt.NDArray[np.float64]:
    """What share of the true frames of `whole`, up to `reach` from each frame, are true in `part`."""
    box = np.ones(2 * reach + 1)
    return np.asarray(around(part, box) / np.maximum(around(whole, box), 1))


def _likeness(audio: Audio, channel: int, begin: int, end: int) -> npt.NDArray[np.float32]:
    """How alike the sound of each frame is to that a tenth of a second later, 0..1."""
    count = end - begin + _APART
    wave = audio.wave(channel, begin * FRAME, (begin + count) * FRAME + _SPECTRUM)
    wave = np.pad(wave, (0, max(0, count * FRAME + _SPECTRUM - len(wave))))
    windows = np.lib.stride_tricks.sliding_window_view(wave, _SPECTRUM)[: count * FRAME : FRAME]
    low, high = (round(hertz * _SPECTRUM / RATE) for hertz in _BAND_HZ)
    power = np.abs(np.fft.rfft(windows * np.hanning(_SPECTRUM).astype(np.float32), axis=1))[:, low:high] ** 2
    now, later = power[:-_APART], power[_APART:]
    norm = np.sqrt((now**2).sum(axis=1) * (later**2).sum(axis=1)) + 1e-20
    return np.asarray((now * later).sum(axis=1) / norm, np.float32)


def without_neighbours(
    segments: Sequence[Segment], sides: Sequence[Side]
) -> tuple[list[Segment], list[Stretch]]:
    """The utterances without what was said far from the microphone, and those stretches with their text."""
    kept: list[Segment] = []
    found: list[Stretch] = []
    for side in sides:
        own = sorted((s for s in segments if s.channel == side.channel), key=lambda each: each.start_s)
        far = _far_words(own, side)
        for segment in own:
            flagged = [(id(word) in far, word) for word in segment.words]
            for is_far, run in groupby(flagged, key=itemgetter(0)):
                part = with_words(segment, [word for _, word in run])
                if is_far:
                    found.append(stretch("neighbour", part))
                else:
                    kept.append(part)
    return sorted(kept, key=lambda each: each.start_s), found


def _far_words(segments: Sequence[Segment], side: Side) -> set[int]:
    """The ids of the words on `side` that are soft for long enough to be somebody else's.

    A single soft word is a murmur, and the last syllables of a sentence fade: neither is a neighbour.
    """
    own_db = side.own_db
    if own_db is None:
        return set()
    runs: list[list[tuple[Word, bool]]] = [[]]
    for segment in segments:
        for index, word in enumerate(segment.words):
            run = runs[-1]
            near = not run or word.start_s - run[-1][0].end_s <= _TOGETHER_S
            if _loudest(side, word) >= own_db - _FAR_DB or not near:
                runs.append([])
            if _loudest(side, word) < own_db - _FAR_DB:
                runs[-1].append((word, index == 0))
    return {id(word) for run in runs if _is_far(run) for word, _ in run}


def _is_far(run: Sequence[tuple[Word, bool]]) -> bool:
    """`run`: soft words in a row, each with whether it begins an utterance."""
    if not run or run[-1][0].end_s - run[0][0].start_s < _FAR_S:
        return False
    return len(run) >= _FAR_WORDS or run[0][1]


def _loudest(side: Side, word: Word) -> float:
    """The level of the word's louder part, in dB."""
    level = side.level_db[side.frames(word.start_s, word.end_s)]
    return float(np.percentile(level, 75)) if len(level) else -120.0
