"""What every scorecard keeps to, whatever the call."""

from __future__ import annotations

from rubrics.conditions import CONDITIONS
from rubrics.types import Scorecard, Verdict
from transcripts.types import Transcript

BOTH = {"agent", "debtor", "other"}
SAID_BY = {
    "gets_commitment": {"debtor", "other"},
    "lets_debtor_speak": {"agent", "debtor"},
    "reads_back_agreement": BOTH,
    "verifies_identity": BOTH,
}


def keeps_the_invariants(call: Transcript, card: Scorecard) -> None:
    """Quotes verbatim, by the right speaker, from turns to rely on; reasons that say where or why."""
    for name, verdict in card.verdicts.items():
        _evidence(call, name, verdict)
        assert verdict.reason.endswith("."), f"{name}: {verdict.reason}"
        assert not verdict.doubt or (verdict.doubt.endswith(".") and verdict.needs_review), (
            f"{name}: {verdict}"
        )
        assert 0 <= verdict.confidence <= 1, name
        if verdict.outcome == "na":
            assert verdict.condition in {*CONDITIONS, "unsure_speakers"}, name
            assert not verdict.evidence, name
        if verdict.outcome == "fail":
            told = verdict.evidence or "se buscó" in verdict.reason or "turno" in verdict.reason
            assert told, f"{name}: a fail without a quote or a place: {verdict.reason}"
    for points in (card.points, card.points_low, card.points_high):
        assert points is None or 0 <= points <= 100


def _evidence(call: Transcript, name: str, verdict: Verdict) -> None:
    speakers = SAID_BY.get(name, {"agent"}) | (set() if call.trust.sure_speakers else {"unknown"})
    for quote in verdict.evidence:
        turn = call.turns[quote.turn]
        assert turn.text[quote.start : quote.end] == quote.text, f"{name}: not verbatim: {quote}"
        assert quote.text.strip(), f"{name}: an empty quote"
        assert turn.doubt is None, f"{name}: a doubtful turn is no evidence"
        assert turn.speaker in speakers, f"{name}: said by {turn.speaker}"
