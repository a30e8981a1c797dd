"""What is heard in a stretch of a call and waits for a person: nobody's fault yet, so no class hears it."""

from __future__ import annotations

from coach.types import Call
from transcripts.types import Quote


def unjudged(call: Call, start_s: float, end_s: float) -> tuple[str, ...]:
    """Criteria and rules with a fail in this stretch that no person has said a word on: critical ones, and
    those in doubt. What a call lacks is heard nowhere.
    """
    card = call.scorecard
    said = {one.criterion for one in (call.review.overrides if call.review else ())}
    return tuple(
        name
        for name, verdict in (card.shown | card.pack_verdicts).items()
        if name not in said
        and verdict.outcome == "fail"
        and (verdict.needs_review or name in card.critical_failures)
        and any(_heard(call, quote, start_s, end_s) for quote in verdict.evidence)
    )


def _heard(call: Call, quote: Quote, start_s: float, end_s: float) -> bool:
    turn = call.transcript.turns[quote.turn]
    return (turn.start_s or 0.0) < end_s and (turn.end_s is None or turn.end_s > start_s)
