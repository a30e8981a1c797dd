"""A debtor who left without hearing of the debt, or as soon as it was told."""

from __future__ import annotations

from nlp.types import Findings
from rubrics import reading
from rubrics.unmet import Unmet
from transcripts.types import Transcript

FEW = 2  # turns of either side before the leaving: with more of them, something was talked about
WORDS = 2  # of a turn that only answers the phone or cuts off: «¿Bueno?», «No, adiós»
CLOSES = ("goodbye", "polite_close")
HURT = ("threat", "lawyer", "rude")
SAID_OUTRIGHT = 0.75  # a bare tone sends nobody away: an insult has words
OF_DEBT = ("states_debt", "discloses_debt", "amount_said", "asks_commitment")


def ended_at_once(transcript: Transcript, findings: Findings) -> Unmet | None:
    """None for who argued or bargained first, and for who left what the agent called them or threatened."""
    if not (reading.debtor_ended(transcript, findings) or _took_leave(transcript, findings)):
        return None
    debt = _heard_at(transcript, findings)
    ended = "colgó" if findings.people.debtor_hung_up else "terminó la llamada"
    if debt is None:
        return Unmet(f"El deudor {ended} antes de oír de la deuda.", 0.8)
    after = reading.agent_turns_after(transcript, debt)
    told = [turn.text for i, turn in transcript.said_by("debtor") if i > debt]
    argued = [text for text in told[:-1] if len(text.split()) > WORDS]  # the last one leaves
    said = reading.said(transcript, findings, HURT, turns=(debt, *after))
    hurt = [f for f in said if f.label != "rude" or f.score >= SAID_OUTRIGHT]
    if len(after) <= FEW and len(argued) <= FEW and not hurt:
        return Unmet(f"El deudor {ended} apenas oyó de la deuda.", 0.8)
    return None


def _heard_at(transcript: Transcript, findings: Findings) -> int | None:
    """The turn in which the debtor is known to have heard of the debt: it is told; else a payment is asked
    for («¿cuándo va a pagar?») or spoken of by the debtor, who promises or objects to it.
    """
    if findings.people.debt_turn is not None:
        return findings.people.debt_turn
    turns = [f.quote.turn for f in reading.said(transcript, findings, OF_DEBT)]
    turns += [f.quote.turn for f in reading.said(transcript, findings, reading.NEGOTIATED, by="debtor")]
    if findings.promise is not None:
        turns.append(findings.promise.quote.turn)
    return min(turns, default=None)


def _took_leave(transcript: Transcript, findings: Findings) -> bool:
    """Whether the call ends with the debtor's goodbye, and the agent had said none."""
    last = len(transcript.turns) - 1
    if not reading.said(transcript, findings, ("goodbye",), by="debtor", turns=(last,)):
        return False
    return not reading.said(transcript, findings, CLOSES, turns=range(max(0, last - 2), last))
