"""A recognition that the same breath takes back: «entiendo que está difícil, pero igual tiene que pagar hoy».

It was said, so it is not struck out; but whether the debtor felt recognised a person hears. What goes on to
help («pero veamos qué se puede hacer») takes nothing back. A drill asks the same (`drills/taken_back.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.plain import one_sentence
from nlp.thresholds import OPERATING
from nlp.types import Finding
from transcripts.types import Quote, Transcript

ACT, CUE = "empathy", "takes_back_word"
DOUBTED = 0.52  # a claim, but one that waits for a person
FAR = 120  # characters from the recognition to the «pero» that still speaks of it, where no mark is written
HELPS = frozenset({"offer_plan", "offer_waiver", "offers_alternatives", "helps_after", "holds_out_hand"})
# what recognises in other words
KIND = frozenset(
    {"plain_empathy", "sympathises", "feels_with", "gives_back", "condoles", "wishes_well", "regrets"}
    | {"wishes_health"}
)
_NEXT_SENTENCE = re.compile(r"[^.!?…]*[.!…]+\s*")  # «Lamento lo de su hijo. Pero…»


def with_buts(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`found`, where recognitions that are taken back at once are no sure ones."""
    said = {f.quote.turn for f in found if f.label == CUE and f.score >= OPERATING}
    return [
        replace(f, score=DOUBTED)
        if f.quote.turn in said
        and f.label == ACT
        and f.score > DOUBTED
        and taken_back(transcript, f.quote, found)
        else f
        for f in found
    ]


def taken_back(
    transcript: Transcript, one: Quote, found: Sequence[Finding], cues: Sequence[str] = (CUE,)
) -> bool:
    """Whether what recognises at `one` is taken back by words of `cues`, while nothing in the turn helps
    after it or is kind elsewhere.
    """
    beside = [f for f in found if f.quote.turn == one.turn and f.score >= OPERATING]
    after = [f.quote for f in beside if f.label in cues and _follows(transcript, one, f.quote)]
    if not after:
        return False
    first = min(after)
    helped = any(f.label in HELPS and f.quote.start >= first.start for f in beside)
    kind = any(
        f.label in KIND and f.quote.start < first.start and not _follows(transcript, f.quote, first)
        for f in beside
    )
    return not helped and not kind


def _follows(transcript: Transcript, one: Quote, other: Quote) -> bool:
    """Whether `other` goes on with the sentence in which `one` begins, or begins the next."""
    if one.turn != other.turn or not one.start <= other.start <= one.start + FAR + len(one.text):
        return False
    text = transcript.turns[one.turn].text
    if _NEXT_SENTENCE.fullmatch(text, one.start, other.start):
        return True
    return one_sentence(text, (one.start, one.start + 1), (other.start, other.end))
