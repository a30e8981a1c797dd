"""Pass when the agent repeats sum and day of the agreement and the debtor confirms it.

A way to pay that was agreed and not repeated is coaching, not a fail.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.turn_marks import names_channel
from nlp.types import Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import PASS_CONFIDENCE, absent, failed, passed, places, quotes
from transcripts.types import Transcript

WITHOUT_CHANNEL = 0.7


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    act: Label = "read_back"
    near: int = Field(default=6, ge=1)  # agent turns after the promise in which a part of it is looked for


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    promise = findings.promise
    if promise is None:
        turns = reading.turns_of(transcript, "agent")
        return absent(transcript, "No hay acuerdo que el agente haya repetido", turns, confidence=0.5)
    after = reading.agent_turns_after(transcript, promise.quote.turn, at_most=params.near)
    parts = quotes(reading.said(transcript, findings, (params.act,), turns=after))
    if promise.read_back is None:
        if parts:
            where = places([q.turn for q in parts])
            reason = f"Repite solo una parte del acuerdo ({where}): faltan el monto o la fecha."
            return failed(reason, parts, confidence=0.65)
        return absent(transcript, "No repite el monto y la fecha acordados", after)
    evidence = tuple(sorted({*parts, promise.read_back}))
    where = places([q.turn for q in evidence])
    if promise.confirmed is None:
        return failed(
            f"Repite el acuerdo ({where}), pero el deudor no lo confirma.", evidence, confidence=0.65
        )
    unsaid = promise.channel is not None and not any(
        names_channel(transcript.turns[quote.turn].text) for quote in (*evidence, promise.confirmed)
    )
    more = "; para la próxima, también por dónde paga" if unsaid else ""
    return passed(
        f"Repite el acuerdo y el deudor lo confirma ({where}){more}.",
        (*evidence, promise.confirmed),
        confidence=WITHOUT_CHANNEL if unsaid else PASS_CONFIDENCE,
    )
