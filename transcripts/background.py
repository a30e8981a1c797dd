"""What a channel carries besides the person it belongs to: music, tones, other people in the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from transcripts.audio import RATE, Audio
from transcripts.channels import FRAME_S, Side, sounding, stretches
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
    wide, narrow = (_share(held & loud, loud, around) for around in (_AROUND, _CLOSE))
    return np.asarray(loud & (wide >= _HELD_SHARE) & (narrow >= _HELD_SHARE))


def _share(part: npt.NDArray[np.bool_], whole: npt.NDArray[np.bool_], around: int) -> npt.NDArray[np.float64]:
    """What share of the true frames of `whole`, `around` each frame, are true in `part`."""
    box = np.ones(2 * around + 1)
    count = np.convolve(whole, box, "same")
    return np.asarray(np.convolve(part, box, "same") / np.maximum(count, 1))


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
    by_channel = {side.channel: side for side in sides}
    for segment in segments:
        side = by_channel[segment.channel or 0]
        own_db = side.own_db
        if own_db is None:
            kept.append(segment)
            continue
        far = _far_words(segment.words, side, own_db - _FAR_DB)
        for is_far, words in _runs(segment.words, far):
            part = with_words(segment, words)
            if is_far:
                found.append(stretch("neighbour", part))
            else:
                kept.append(part)
    return kept, found


def _far_words(words: Sequence[Word], side: Side, bar_db: float) -> list[bool]:
    """Which words are soft for long enough to be somebody else's: not a last syllable that fades."""
    soft = [_loudest(side, word) < bar_db for word in words]
    far = [False] * len(words)
    for index in range(len(words)):
        end = index
        while end < len(words) and soft[end]:
            end += 1
        if end == index or (index and soft[index - 1]):
            continue
        alone = index == 0 and end == len(words)
        if words[end - 1].end_s - words[index].start_s >= _FAR_S and (alone or end - index >= _FAR_WORDS):
            far[index:end] = [True] * (end - index)
    return far


def _loudest(side: Side, word: Word) -> float:
    """The level of the word's louder part, in dB."""
    level = side.level_db[side.frames(word.start_s, word.end_s)]
    return float(np.percentile(level, 75)) if len(level) else -120.0


def _runs(words: Sequence[Word], far: Sequence[bool]) -> list[tuple[bool, list[Word]]]:
    runs: list[tuple[bool, list[Word]]] = []
    for word, is_far in zip(words, far, strict=True):
        if not runs or runs[-1][0] != is_far:
            runs.append((is_far, []))
        runs[-1][1].append(word)
    return runs
