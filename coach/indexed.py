"""What of a transcript the search knows: its words without those that give anybody away."""

from __future__ import annotations

from coach.stems import stems
from nlp.redact import redactions
from nlp.types import Promise
from transcripts.types import Transcript


def indexed(transcript: Transcript, promise: Promise | None = None) -> str:
    """The stems to look for; cards, accounts, numbers, names and places are left out."""
    gone: dict[int, list[tuple[int, int]]] = {}
    for one in redactions(transcript, promise):
        gone.setdefault(one.quote.turn, []).append((one.quote.start, one.quote.end))
    return stems(" ".join(_rest(turn.text, gone.get(i, [])) for i, turn in enumerate(transcript.turns)))


def _rest(text: str, gone: list[tuple[int, int]]) -> str:
    for start, end in sorted(gone, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
