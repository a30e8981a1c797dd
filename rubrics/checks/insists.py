"""Pass when the agent asks for the payment in concrete terms and comes back to it after an objection.

It fails without any request, when the agent comes back to nothing once the debtor has objected, when the
agent gives up, or when begging and hedging take the place of the request.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.spared import without_kindness
from rubrics.types import Verdict
from rubrics.verdicts import (
    DOUBTFUL_CONFIDENCE,
    absent,
    failed,
    passed,
    places,
    quotes,
    sureness,
    unless_lost,
    whole_turns,
)
from transcripts.types import Transcript

RETURNS = ("asks_commitment", "orders_payment", "read_back", "offers_alternatives", *reading.OFFERS)


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    asks: tuple[Label, ...] = ("asks_commitment", "orders_payment")
    concrete: tuple[Label, ...] = ("amount_said", "offer_date", "offer_plan")  # beside or next to the request
    orders: tuple[Label, ...] = ("orders_barely",)  # told to pay, and no more: a person hears what it was
    soft: tuple[Label, ...] = ("hedge",)
    yields: tuple[Label, ...] = ("gives_up",)
    plans: tuple[Label, ...] = ("offer_plan", "offer_waiver")  # what takes up again what was let go
    most_soft: int = Field(default=1, ge=0)  # hedged turns that a firm request may still have beside it


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    asks = reading.said(transcript, findings, params.asks)
    soft = without_kindness(transcript, findings, params.soft, params.asks)
    yields = without_kindness(transcript, findings, params.yields, params.asks)
    retaken = [f for f in yields if _retaken(transcript, findings, f, asks, params)]
    soft = tuple(f for f in soft if not any(f.quote.overlaps(g.quote) for g in retaken))
    for gave_up in yields:
        # «la constancia, cuando pueda», said once the payment is agreed, gives nothing up; nor do soft words
        # that a sum and a day follow
        promise = findings.promise
        agreed = promise is not None and (promise.firm or promise.quote.turn < gave_up.quote.turn)
        if not agreed and gave_up not in retaken and not any(f.quote.turn > gave_up.quote.turn for f in asks):
            return failed(f"Renuncia a pedir el pago ({places([gave_up.quote.turn])}).", [gave_up.quote])
    firm = [f for f in asks if f.quote.turn not in {s.quote.turn for s in soft}]
    if soft and (not firm or len({f.quote.turn for f in soft}) > params.most_soft):
        where = places([f.quote.turn for f in soft])
        return failed(
            f"Pide con dudas o ruegos en vez de pedir con firmeza ({where}).", quotes(soft), confidence=0.7
        )
    if not asks:
        return _without_request(transcript, findings, params)
    unmet = _unmet(transcript, findings)
    if unmet is not None:
        after = reading.agent_turns_after(transcript, unmet.quote.turn)
        reason = f"No vuelve a pedir después de la objeción del {places([unmet.quote.turn])}."
        verdict = failed(reason, whole_turns(transcript, after[:1]), confidence=0.65)
        return unless_lost(verdict, transcript, after)
    return _concrete(transcript, findings, asks, params)


def _retaken(
    transcript: Transcript, findings: Findings, gave_up: Finding, asks: tuple[Finding, ...], params: Params
) -> bool:
    """Whether a plan or a request follows in the same turn, with no soft word about it: «como guste. Aun así
    le propongo algo: lo dejamos en cuatro quincenas» leaves something else to the debtor.
    """
    turn, end = gave_up.quote.turn, gave_up.quote.end
    again = [*asks, *reading.said(transcript, findings, params.plans, turns=(turn,))]
    soft = reading.said(transcript, findings, params.soft, turns=(turn,))
    if any(not f.quote.overlaps(gave_up.quote) for f in soft):
        return False
    return any(f.quote.turn == turn and f.quote.start >= end for f in again)


def _without_request(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    """No request was heard; where offers led to an agreement, there must have been one in other words."""
    offered = reading.said(transcript, findings, RETURNS)
    if offered and findings.promise is not None and findings.promise.firm:
        where = places([f.quote.turn for f in offered])
        return passed(f"Propone hasta llegar a un acuerdo ({where}).", quotes(offered), confidence=0.6)
    turns = reading.turns_of(transcript, "agent")
    ordered = reading.said(transcript, findings, params.orders)
    if ordered and not offered:
        where = places([f.quote.turn for f in ordered])
        what = f"No pide el pago con un monto y una fecha, aunque ordena pagar ({where})"
        return absent(transcript, what, turns, evidence=quotes(ordered), confidence=DOUBTFUL_CONFIDENCE)
    if not offered:
        return absent(transcript, "No pide el pago", turns, confidence=0.7)
    # «o me paga una cuota antes del martes, o se la parto en seis»: who proposes may have asked with it
    what = f"No pide el pago, aunque propone cómo pagarlo ({places([f.quote.turn for f in offered])})"
    return absent(transcript, what, turns, evidence=quotes(offered), confidence=DOUBTFUL_CONFIDENCE)


def _unmet(transcript: Transcript, findings: Findings) -> Finding | None:
    """The first negotiable objection, where the agent spoke after it and yet came back to nothing."""
    objected = [f for f in reading.objections(transcript, findings) if f.label in reading.NEGOTIATED]
    if not objected or reading.agreement(findings):
        return None
    after = reading.agent_turns_after(transcript, objected[0].quote.turn)
    if not after or reading.said(transcript, findings, RETURNS, turns=after):
        return None
    return objected[0]


def _concrete(
    transcript: Transcript, findings: Findings, asks: tuple[Finding, ...], params: Params
) -> Verdict:
    near = {i for f in asks for i in (f.quote.turn - 2, f.quote.turn, f.quote.turn + 2)}
    concrete = reading.said(transcript, findings, params.concrete, turns=near)
    where = places([f.quote.turn for f in asks])
    confidence = sureness(asks) if concrete else min(0.65, sureness(asks))
    return passed(f"Pide el pago y vuelve a pedirlo ({where}).", quotes(asks), confidence=confidence)
