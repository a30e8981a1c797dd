"""Pass when it is settled that the debtor is on the phone before the debt is told of.

A question by name («¿hablo con el señor Luis Pérez?») answered yes settles it, and so does a datum asked and
given. Asked but not clearly answered is a doubtful fail. Where the debt was never told, having asked is
enough.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, absent, failed, passed, places, quotes, whole_turns
from transcripts.types import Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    asks: tuple[Label, ...] = ("verifies_identity", "asks_for_debtor", "asks_identity_datum")
    debt: tuple[Label, ...] = Field(default=("states_debt", "discloses_debt"))


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    debt, settled = findings.people.debt_turn, findings.people.identity_turn
    asked = reading.said(transcript, findings, params.asks)
    if debt is None:
        if asked or settled is not None:
            return passed("Preguntó por el titular y no habló de la deuda con nadie más.", quotes(asked[:1]))
        return absent(
            transcript,
            "No se asegura de hablar con el titular",
            reading.turns_of(transcript, "agent"),
            confidence=0.65,
        )
    before = [f for f in asked if f.quote.turn < debt]
    if settled is not None and settled < debt:
        evidence = quotes(before) or whole_turns(transcript, [settled])
        return passed(f"Confirmó al titular antes de hablar de la deuda ({places([settled])}).", evidence)
    told = reading.said(transcript, findings, params.debt, turns=(debt,))
    evidence = quotes(told) or whole_turns(transcript, [debt])
    if reading.doubtful(transcript, [debt]):
        reason = (
            f"Tal vez habló de la deuda antes de confirmar al titular ({places([debt])}): no se oyó bien."
        )
        return failed(reason, (), confidence=DOUBTFUL_CONFIDENCE)
    if before:
        reason = (
            f"Preguntó por el titular, pero habló de la deuda sin una respuesta clara ({places([debt])})."
        )
        return failed(reason, evidence, confidence=0.55)
    return failed(f"Habló de la deuda antes de confirmar al titular ({places([debt])}).", evidence)
