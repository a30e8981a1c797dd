"""The quotes of a verdict as people read them, on screens and paper: each thing that was said once.

What is kept of a call, and what programs get, stays the verdict's own evidence.
"""

from __future__ import annotations

from collections.abc import Iterable

from transcripts.types import Quote, Transcript

NEAR = 48  # characters: a quote is shown among so many, and two so near would show the same words twice
_ENDS = frozenset(".?!…¿¡")


def distinct(transcript: Transcript, quotes: Iterable[Quote]) -> list[Quote]:
    """The quotes in order; those that overlap, or stand near each other in one sentence, are one stretch from
    the first's start to the last's end: two cues in the same words are one thing that was said.
    """
    out: list[Quote] = []
    for quote in sorted(quotes):
        last = out[-1] if out else None
        if last is not None and last.turn == quote.turn:
            between = transcript.turns[quote.turn].text[last.end : quote.start]
            if len(between) <= NEAR and not _ENDS & set(between):
                out[-1] = transcript.quote(quote.turn, last.start, max(last.end, quote.end))
                continue
        out.append(quote)
    return out
