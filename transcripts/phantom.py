"""Text that nobody said: over silence, in loops, and the phrases that Whisper models write by themselves.

What is taken out is kept as a Stretch with its text, so that a person can see it; it is never evidence.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from transcripts.channels import FRAME_S, Side
from transcripts.spoken import confidence, plain, with_words
from transcripts.types import Segment, Stretch, StretchKind, Word

PHRASES = Path(__file__).with_name("phantom_phrases.txt")

_NOBODY = 0.15  # chance of speech below which nobody speaks
_NEAR_S = 0.15
_GOES_ON = 0.35
_UNCLEAR = 0.5
_OVER_FLOOR_DB, _SOFT_DB = 4.0, 15.0
_TOO_FAST = 45.0  # letters per second that no mouth reaches
_NO_SPEECH = 0.6
_LONGEST_LOOP = 8  # words
_TOO_REGULAR = 2.4  # letters per compressed byte: Whisper's own bar for text that runs in circles


def stretch(kind: StretchKind, segment: Segment) -> Stretch:
    return Stretch(kind, segment.start_s, segment.end_s, segment.channel, segment.text)


def without_loops(segment: Segment) -> tuple[Segment | None, list[Stretch]]:
    """`segment` with every loop of words reduced to its first round, and what was taken out.

    Where the rest still repeats itself more than any speech, nothing of it is left.
    """
    words = list(segment.words)
    removed: list[Stretch] = []
    start = 0
    while start < len(words):
        for size in range(1, _LONGEST_LOOP + 1):
            rounds = _rounds(words, start, size)
            if rounds and not _really_said(words[start : start + rounds * size], size):
                looped = words[start + size : start + rounds * size]
                removed.append(stretch("repetition", with_words(segment, looped)))
                del words[start + size : start + rounds * size]
                break
        start += 1
    once = with_words(segment, words)
    letters = once.text.encode()
    if len(letters) / len(zlib.compress(letters)) > _TOO_REGULAR:
        return None, [*removed, stretch("repetition", once)]
    return once, removed


def _rounds(words: Sequence[Word], start: int, size: int) -> int:
    """How often the `size` words at `start` come in a row; 0 where that is no loop."""
    first = [plain(word.text) for word in words[start : start + size]]
    rounds = 1
    while [plain(word.text) for word in words[start + rounds * size : start + (rounds + 1) * size]] == first:
        rounds += 1
    return rounds if rounds >= (6 if size == 1 else 4 if size == 2 else 3) and any(first) else 0


def _really_said(words: Sequence[Word], size: int) -> bool:
    """People do say «no, no, no, no, no, no»: every word then has its time and is well heard."""
    return size == 1 and confidence(words) > 0.6 and all(word.end_s - word.start_s >= 0.1 for word in words)


def without_phantoms(
    segments: Iterable[Segment], sides: Sequence[Side], hotwords: str | None = None
) -> tuple[list[Segment], list[Stretch]]:
    """The utterances that the sound bears out, and those that it does not as `phantom` stretches."""
    kept: list[Segment] = []
    removed: list[Stretch] = []
    by_channel = {side.channel: side for side in sides}
    hot = frozenset(plain(hotwords or "").split())
    for segment in segments:
        side = by_channel[segment.channel or 0]
        if _is_phantom(segment, side, hot):
            removed.append(stretch("phantom", segment))
        else:
            kept.append(segment)
    return kept, removed


def _is_phantom(segment: Segment, side: Side, hot: frozenset[str]) -> bool:
    text = plain(segment.text)
    speech = _speech(segment, side)
    if speech < _NOBODY or (len(text) >= 15 and len(text) / _room_s(segment, side) > _TOO_FAST):
        return True
    sure = confidence(segment.words)
    weak = _is_weak(segment, side, speech, sure)
    phrases = phantom_phrases()
    if text in phrases:
        return weak or (not phrases[text] and (speech < 0.8 or sure < 0.8))
    if text and hot and set(text.split()) <= hot:
        return weak
    return weak and sure < 0.35


def _speech(segment: Segment, side: Side) -> float:
    """How likely somebody speaks during `segment`, 0..1.

    The detector answers a little late and word times are not exact, so the better part of the stretch and its
    surroundings counts.
    """
    around = side.speech[side.frames(segment.start_s - _NEAR_S, segment.end_s + _NEAR_S)]
    return float(np.percentile(around, 75)) if len(around) else 0.0


def _room_s(segment: Segment, side: Side) -> float:
    """Seconds of speech that hold `segment`: its own, and what goes on without a pause before and after it.

    Word times alone would not do: engines now and then squeeze a well heard word.
    """
    frames = side.frames(segment.start_s - _NEAR_S, segment.end_s + _NEAR_S)
    first, last = frames.start, min(frames.stop, len(side.speech))
    while first > 0 and side.speech[first - 1] >= _GOES_ON:
        first -= 1
    while last < len(side.speech) and side.speech[last] >= _GOES_ON:
        last += 1
    return float(max(last - first, 1) * FRAME_S)


def _is_weak(segment: Segment, side: Side, speech: float, sure: float) -> bool:
    """True where the sound gives little reason to believe the text."""
    level = side.level_db[side.frames(segment.start_s, segment.end_s)]
    loudest = float(np.max(level)) if len(level) else -120.0
    near_floor = loudest < side.floor_db + _OVER_FLOOR_DB
    doubted = (segment.no_speech or 0.0) > _NO_SPEECH and sure < 0.6
    own_db = side.own_db
    soft = own_db is not None and loudest < own_db - _SOFT_DB
    return near_floor or doubted or (speech < _UNCLEAR and (soft or sure < 0.8))


@cache
def phantom_phrases() -> dict[str, bool]:
    """Plain phrase -> True when people also say it on the phone."""
    lines = PHRASES.read_text(encoding="utf-8").splitlines()
    return {
        plain(line.lstrip("~")): line.startswith("~")
        for line in lines
        if line.strip() and not line.startswith("#")
    }
