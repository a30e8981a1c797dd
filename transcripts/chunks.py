"""Speech cut into what a speech engine takes at once, with the exact way back to the time of the call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from transcripts.audio import RATE, Audio, Wave
from transcripts.channels import Side, stretches
from transcripts.engines.vad import FRAME
from transcripts.types import Segment, Word

_BEGINS, _ENDS = 0.5, 0.35  # chance of speech at which a piece begins, and below which it ends
_SHORTEST_PAUSE = 8  # frames: a shorter silence does not end a piece
_SHORTEST_SPEECH = 3
_PAD = 7
_OPEN = 4  # chunks that a later piece may still join


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one channel in which somebody speaks, in samples of the call, with a margin."""

    start: int
    end: int
    onset: int = 0  # where speech is first found: no word begins before

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Chunk:
    """Pieces of one channel, heard by the engine as one wave without the pauses between them."""

    channel: int
    pieces: tuple[Piece, ...]

    @property
    def duration_s(self) -> float:
        return sum(map(len, self.pieces)) / RATE

    def wave(self, audio: Audio) -> Wave:
        return np.concatenate([audio.wave(self.channel, piece.start, piece.end) for piece in self.pieces])

    def in_call(self, segment: Segment) -> Segment:
        """`segment`, whose times count from the start of this chunk's wave, in the time of the call.

        A word belongs to the piece that holds its middle and is cut to that piece.
        """
        words = tuple(self._word_in_call(word) for word in segment.words)
        return replace(
            segment, start_s=words[0].start_s, end_s=words[-1].end_s, words=words, channel=self.channel
        )

    def _word_in_call(self, word: Word) -> Word:
        middle, before = (word.start_s + word.end_s) / 2, 0.0
        for piece in self.pieces:
            length_s = len(piece) / RATE
            if middle < before + length_s or piece is self.pieces[-1]:
                offset = piece.start / RATE - before
                low, high = max(piece.start, piece.onset) / RATE, piece.end / RATE
                start_s = min(max(word.start_s + offset, low), high)
                return replace(
                    word,
                    start_s=round(start_s, 3),
                    end_s=round(min(max(word.end_s + offset, start_s), high), 3),
                )
            before += length_s
        raise AssertionError("a chunk has at least one piece")


def pieces_of(side: Side, window_s: float) -> list[Piece]:
    """Where somebody speaks on `side`, in order, none longer than `window_s`."""
    begun = side.speech >= _BEGINS
    runs = [
        (start, end)
        for start, end in stretches(side.speech >= _ENDS, join=_SHORTEST_PAUSE)
        if np.count_nonzero(begun[start:end]) >= _SHORTEST_SPEECH
    ]
    longest = int(window_s * RATE / FRAME)
    cut = [part for run in runs for part in _cut(side, *run, longest - 2 * _PAD)]
    return [
        Piece(start * FRAME, end * FRAME, (onset - 1) * FRAME)
        for (onset, _), (start, end) in zip(cut, _padded(cut, len(side.speech)), strict=True)
    ]


def pack(channel: int, pieces: Iterable[Piece], window_s: float) -> list[Chunk]:
    """Pieces put into few chunks of at most `window_s`; inside a chunk they keep their order.

    A piece may go back to one of the last chunks that still has room: engines pay for the whole window.
    """
    chunks: list[list[Piece]] = []
    room: list[float] = []
    for piece in pieces:
        open_ones = range(max(0, len(chunks) - _OPEN), len(chunks))
        place = next((index for index in open_ones if room[index] >= len(piece)), None)
        if place is None:
            place = len(chunks)
            chunks.append([])
            room.append(window_s * RATE)
        chunks[place].append(piece)
        room[place] -= len(piece)
    return [Chunk(channel, tuple(chunk)) for chunk in chunks]


def _cut(side: Side, start: int, end: int, longest: int) -> list[tuple[int, int]]:
    """A run of frames cut where speech is least likely, so that no part is longer than `longest`."""
    parts = []
    while end - start > longest:
        low = start + longest // 2
        place = low + int(
            np.argmin(side.speech[low : start + longest] + 1e-3 * side.level_db[low : start + longest])
        )
        parts.append((start, place))
        start = place
    return [*parts, (start, end)]


def _padded(runs: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """Runs with a margin on each side; between two near ones each takes half of the pause."""
    limits = [0, *((end + start) // 2 for (_, end), (start, _) in pairwise(runs)), count]
    return [
        (max(limits[i], start - _PAD), min(limits[i + 1], end + _PAD)) for i, (start, end) in enumerate(runs)
    ]
