"""Pass when the sums and days late that the agent states as the debt agree with the facts of the case.

Only what is said as the debt in full is compared; a sum of another kind (an instalment, a charge) is not. A
sum that the case does not know may be a part of it, so a mismatch near no fact waits for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from nlp.figures import Figure, agent_figures
from nlp.types import Findings
from rubrics.types import Verdict
from rubrics.verdicts import failed, passed, places
from transcripts.types import CaseFacts, Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    tolerance: float = Field(default=0.01, ge=0)  # share of the sum: cents and rounding
    days: int = Field(default=2, ge=0)  # of difference in the days late


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    facts = transcript.recording.facts
    figures = agent_figures(transcript)
    sums = [f for f in figures if f.kind == "debt"] if facts.amount_due else []
    late = [f for f in figures if f.kind == "days_late"] if facts.days_late is not None else []
    if _agrees(sums, late, facts, params):
        return _passed(sums + late)
    wrong = [f for f in sums if not _near(f.value, facts.amount_due, params)]
    wrong += [f for f in late if abs(f.value - (facts.days_late or 0)) > params.days]
    told = " y ".join(
        text
        for text, said in (
            (f"{facts.amount_due:,} {facts.currency or ''}".strip() if facts.amount_due else "", sums),
            (f"{facts.days_late} días de atraso", late),
        )
        if said and text
    )
    where = places([f.quote.turn for f in wrong])
    right = any(_near(f.value, facts.amount_due, params) for f in sums)
    # said right elsewhere in the call, the other figure is most likely a part of it
    sure = 0.5 if right else 0.7
    reason = f"Lo que dice ({where}) no es lo que consta en el caso: {told}."
    return failed(reason, [f.quote for f in wrong], confidence=sure)


def _agrees(sums: Sequence[Figure], late: Sequence[Figure], facts: CaseFacts, params: Params) -> bool:
    return all(_near(f.value, facts.amount_due, params) for f in sums) and all(
        abs(f.value - (facts.days_late or 0)) <= params.days for f in late
    )


def _near(value: Decimal, due: Decimal | None, params: Params) -> bool:
    return due is not None and abs(value - due) <= due * Decimal(str(params.tolerance))


def _passed(said: Sequence[Figure]) -> Verdict:
    if not said:
        return passed("No dice ningún monto ni atraso distinto del que consta en el caso.", confidence=0.7)
    where = places([f.quote.turn for f in said])
    return passed(f"Lo que dice de la deuda coincide con el caso ({where}).", [f.quote for f in said])
