"""Words that leave the debtor something other than the payment: to «¿y la puedo llamar si tengo dudas?» or
«¿y si me llega antes le puedo pagar antes?», «cuando quiera» hedges nothing and gives nothing up.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.tagger import hear
from nlp.types import Finding
from transcripts.types import Quote, Transcript

# what grants which question
GRANTS = {"grants_leave": ("asks_leave",), "lets_choose": ("asks_way",)}
SOFT = ("hedge", "gives_up")


def without_leave(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`found` without what is soft, or gives up, in no other words than those that grant what was asked just
    before.
    """
    asked = {(f.label, f.quote.turn) for f in found}
    granted = [
        f.quote
        for f in found
        if any((question, f.quote.turn - 1) in asked for question in GRANTS.get(f.label, ()))
    ]
    turns = {quote.turn for quote in granted}
    return [
        f
        for f in found
        if f.label not in SOFT or f.quote.turn not in turns or not _only_in(transcript, f, granted)
    ]


def _only_in(transcript: Transcript, finding: Finding, granted: Sequence[Quote]) -> bool:
    """Whether every word for it in its turn stands in what was granted there."""
    heard = hear(transcript.turns[finding.quote.turn].text, "agent")
    said = heard.found.get(finding.label)
    places = [heard.words.span(hit.first, hit.end) for hit in said.hits] if said else []
    mine = [quote for quote in granted if quote.turn == finding.quote.turn]
    return bool(places) and all(any(start < q.end and q.start < end for q in mine) for start, end in places)
