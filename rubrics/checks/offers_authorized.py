"""Pass when every discount, waiver and number of instalments said by the agent is authorised, or none is.

Offers are the words of the case («quita 30 %», «3 cuotas»). An offer that cannot be compared by figures
waits for a person; so does any waiver where the case authorises none.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from nlp.figures import agent_figures, authorized
from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, LISTEN, failed, passed, places, quotes
from transcripts.types import Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    waives: tuple[Label, ...] = ("offer_waiver",)


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    offers = transcript.recording.facts.authorized_offers or ()
    allowed = authorized(offers)
    figures = agent_figures(transcript)
    most = {"share_off": allowed.share_off, "extras_off": allowed.extras_off}
    shares = [f for f in figures if f.kind in most and f.value > most[f.kind]]
    parts = [f for f in figures if f.kind == "parts" and f.value > allowed.parts]
    waived = reading.said(transcript, findings, params.waives)
    unnamed = [f for f in waived if f.quote.turn not in {s.quote.turn for s in figures if s.kind in most}]
    listed = f"El caso autoriza: {' · '.join(offers)}." if offers else "El caso no autoriza ninguna oferta."
    if shares or parts:
        wrong = sorted(f.quote for f in (*shares, *parts))
        reason = f"Ofrece más de lo autorizado ({places([q.turn for q in wrong])}). {listed}"
        # several instalments are often within an agent's own margin: a person decides
        return failed(reason, wrong, confidence=0.75 if shares else 0.55)
    if unnamed and not allowed.waives:
        return _waived(unnamed, listed)
    told = sorted({f.quote for f in figures if f.kind in (*most, "parts")} | set(quotes(waived)))
    if not told:
        return passed("No se oye que ofrezca ningún descuento, quita ni número de cuotas.", confidence=0.75)
    return passed(f"Lo que ofrece está autorizado. {listed}", told, confidence=0.85)


def _waived(unnamed: Sequence[Finding], listed: str) -> Verdict:
    where = places([f.quote.turn for f in unnamed])
    reason = f"Habla de quitar cargos o parte de la deuda ({where}). {listed}"
    return failed(reason, quotes(unnamed), confidence=DOUBTFUL_CONFIDENCE, doubt=LISTEN)
