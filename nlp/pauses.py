"""Stretches in which nobody speaks, and which of them the agent announced as a hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp.spans import Span, is_back_channel, merged, speech
from nlp.thresholds import OPERATING
from nlp.types import Finding
from transcripts.types import Transcript

SILENCE_S = 3.0
_HOLD = "hold"
# sound without text is no silence; music is what a hold sounds like
_SOUND = ("unheard", "low_confidence", "repetition", "echo")


def pauses(transcript: Transcript, findings: Sequence[Finding]) -> tuple[list[Span], list[Span]]:
    """(silences, holds): stretches over `SILENCE_S` between the first and the last word of the call.

    A hold is a silence after the agent asked for a moment, or one with music. The transcript must have times.
    """
    heard = [
        (stretch.start_s, stretch.end_s) for stretch in transcript.trust.stretches if stretch.kind in _SOUND
    ]
    spoken = merged([*(span for turn in transcript.turns for span in speech(turn)), *heard])
    music = [(s.start_s, s.end_s) for s in transcript.trust.stretches if s.kind == "music"]
    asked = {f.quote.turn for f in findings if f.label == _HOLD and f.score >= OPERATING}
    silences: list[Span] = []
    holds: list[Span] = []
    for (_, start), (end, _) in pairwise(spoken):
        if end - start <= SILENCE_S:
            continue
        held = _announced(transcript, asked, start) or any(a < end and b > start for a, b in music)
        (holds if held else silences).append((round(start, 2), round(end, 2)))
    return silences, holds


def _announced(transcript: Transcript, asked: set[int], start_s: float) -> bool:
    """Whether the last thing said before `start_s` is the agent's «permítame un momento», answered or not."""
    said = [(i, turn) for i, turn in enumerate(transcript.turns) if (turn.end_s or 0.0) <= start_s + 0.05]
    for index, turn in sorted(said, key=lambda item: item[1].end_s or 0.0, reverse=True):
        if turn.speaker == "agent":
            return index in asked
        if not is_back_channel(turn):
            return False
    return False
