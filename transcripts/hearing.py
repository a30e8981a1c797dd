"""From sound to words: both sides of a call through the engine in one pass, then what it missed once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from transcripts.audio import RATE, Audio, Cancelled
from transcripts.channels import FRAME_S, Side, stretches
from transcripts.chunks import Chunk, Piece, pack, pieces_of
from transcripts.engine_answers import answers, slow_answers
from transcripts.engines.types import SpeechEngine
from transcripts.engines.vad import FRAME
from transcripts.partial import Partial, chunk_key
from transcripts.phantom import without_loops, without_phantoms
from transcripts.spoken import utterances
from transcripts.types import Segment, Stretch

_SPEAKS = 0.5
_NEAR_S = 0.3  # speech this near to a word counts as heard
_UNHEARD_FRAMES = 25  # speech without text as long as this (0.8 s) is missed speech
_RETRY_S = 0.8  # missed stretches longer than this are heard again
_RETRY_SHARE = 0.25  # of all speech at most: where everything is missed, a second time does not help
_MARGIN_S = 0.3


@dataclass(frozen=True, slots=True)
class Heard:
    """Utterances of all channels in the time of the call, and the text that was taken out."""

    utterances: tuple[Segment, ...]
    removed: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What one transcription needs all along."""

    engine: SpeechEngine
    hotwords: str | None
    progress: Callable[[float], None]
    cancelled: Callable[[], bool]
    partial: Partial


def hear(audio: Audio, sides: Sequence[Side], run: Run) -> Heard:
    """Everything said on all sides, with what the sound does not bear out taken away. Raises Cancelled."""
    window_s = run.engine.window_s
    chunks = [chunk for side in sides for chunk in pack(side.channel, pieces_of(side, window_s), window_s)]
    first = _checked(_chunk_by_chunk(audio, chunks, run), sides, run.hotwords)
    again = _checked(_once_more(audio, sides, first.utterances, run), sides, run.hotwords)
    fresh = [each for each in again.utterances if not _overlaps(each, first.utterances)]
    return Heard((*first.utterances, *fresh), (*first.removed, *again.removed))


def unheard(side: Side, segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """Stretches of frames in which somebody speaks on `side` and no word of `segments` lies."""
    missed = side.speech >= _SPEAKS
    for segment in segments:
        for word in segment.words if segment.channel == side.channel else ():
            missed[side.frames(word.start_s - _NEAR_S, word.end_s + _NEAR_S)] = False
    return [
        (start, end)
        for start, end in stretches(missed, join=6)
        if np.count_nonzero(missed[start:end]) >= _UNHEARD_FRAMES
    ]


def _chunk_by_chunk(audio: Audio, chunks: Sequence[Chunk], run: Run) -> list[Segment]:
    """The engine's answer to each chunk in the time of the call; kept answers are not asked for again."""
    total_s = sum(chunk.duration_s for chunk in chunks) or 1.0
    done_s = 0.0
    found: list[Segment] = []
    size = run.engine.options.batch_size
    for group in (chunks[first : first + size] for first in range(0, len(chunks), size)):
        if run.cancelled():
            raise Cancelled
        for chunk, answer in zip(group, _answers(audio, group, run), strict=True):
            if answer is not None:
                found.append(chunk.in_call(answer))
            done_s += chunk.duration_s
        run.progress(min(1.0, done_s / total_s))
    return found


def _answers(audio: Audio, chunks: Sequence[Chunk], run: Run) -> list[Segment | None]:
    waves = [chunk.wave(audio) for chunk in chunks]
    keys = [chunk_key(wave, run.engine, run.hotwords) for wave in waves]
    new = [index for index, key in enumerate(keys) if key not in run.partial]
    given = answers(run.engine, [waves[index] for index in new], run.hotwords) if new else []
    fresh = dict(zip(new, given, strict=True))
    for index, answer in fresh.items():
        run.partial.keep(keys[index], answer)
    return [fresh[index] if index in fresh else run.partial[key] for index, key in enumerate(keys)]


def _once_more(audio: Audio, sides: Sequence[Side], segments: Sequence[Segment], run: Run) -> list[Segment]:
    """What the engine makes of the longest missed stretches, heard one by one in its other way."""
    missed = [(end - start, side, start, end) for side in sides for start, end in unheard(side, segments)]
    left_s = max(10.0, _RETRY_SHARE * sum(side.speech_s for side in sides))
    found: list[Segment] = []
    for length, side, start, end in sorted(missed, key=lambda each: -each[0]):
        length_s = length * FRAME_S
        if length_s < _RETRY_S or length_s > left_s:
            continue
        if run.cancelled():
            raise Cancelled
        left_s -= length_s
        margin = round(_MARGIN_S * RATE)
        chunk = Chunk(
            side.channel, (Piece(max(0, start * FRAME - margin), min(audio.count, end * FRAME + margin)),)
        )
        given = slow_answers(run.engine, chunk.wave(audio), run.hotwords)
        found.extend(chunk.in_call(each) for each in given)
    return found


def _checked(segments: Sequence[Segment], sides: Sequence[Side], hotwords: str | None) -> Heard:
    """`segments` as utterances, without loops and without text that nobody said."""
    kept: list[Segment] = []
    removed: list[Stretch] = []
    for segment in segments:
        once, loops = without_loops(segment)
        kept.extend(utterances(once) if once else ())
        removed.extend(loops)
    kept, phantoms = without_phantoms(kept, sides, hotwords)
    return Heard(tuple(sorted(kept, key=lambda each: each.start_s)), (*removed, *phantoms))


def _overlaps(segment: Segment, others: Sequence[Segment]) -> bool:
    """True when most of `segment` lies where its channel already has words."""
    covered_s = sum(
        max(0.0, min(word.end_s, segment.end_s) - max(word.start_s, segment.start_s))
        for other in others
        if other.channel == segment.channel
        for word in other.words
    )
    return covered_s > 0.3 * (segment.end_s - segment.start_s)
