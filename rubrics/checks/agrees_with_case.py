"""Pass when the sums and days late that the agent states as the debt agree with the facts of the case.

Only what is said as the debt in full is compared; a sum of another kind (an instalment, a charge) is not,
nor are sums of one turn that make up the debt together, nor one in another currency, which waits for a
person where it is the only one. Beside the right sum another one is most likely a
part of it, so such a fail waits for a person; wrong days do not, since they are no part of anything, unless
the right ones are said too.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from pydantic import BaseModel, ConfigDict, Field

from nlp.figures import Figure, agent_figures
from nlp.two_currencies import SAME_MONEY
from nlp.types import Findings
from rubrics.types import Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, LISTEN, failed, passed, places
from transcripts.types import CaseFacts, Transcript

LATE = ("days_late", "months_late")
DAYS_OF_MONTH = 30
MOST_PARTS = 4  # in which a debt is told in one turn


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    tolerance: float = Field(default=0.01, ge=0)  # share of the sum: cents and rounding
    days: int = Field(default=2, ge=0)  # of difference in the days late
    days_of_months: int = Field(default=5, ge=0)  # the same, where months are said: thirty days each


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    facts = transcript.recording.facts
    said = agent_figures(transcript)
    figures = [f for f in said if not _foreign(f, facts.currency)]
    sums = [f for f in figures if f.kind == "debt"] if facts.amount_due else []
    foreign = [f for f in said if f.kind == "debt" and f not in figures] if facts.amount_due else []
    late = [f for f in figures if f.kind in LATE] if facts.days_late is not None else []
    off = [f for f in sums if not _near(f.value, facts.amount_due, params)]
    off = [f for f in off if not _makes_up(f, figures, facts.amount_due, params)]
    days_off = [f for f in late if not _as_late(f, facts.days_late or 0, params)]
    if not off and not days_off:
        if foreign and not sums:  # «trescientos dólares y ochocientos soles»: the right sum may stand beside
            sums = [f for f in figures if f.kind == "sum" and _near(f.value, facts.amount_due, params)]
        return _abroad(foreign, facts) if foreign and not sums else _passed(sums + late)
    told = " y ".join(
        text
        for text, said in (
            (f"{facts.amount_due:,} {facts.currency or ''}".strip() if facts.amount_due else "", sums),
            (f"{facts.days_late} días de atraso", late),
        )
        if said and text
    )
    where = places([f.quote.turn for f in off + days_off])
    # said right elsewhere in the call, the other figure is most likely about something else
    surely = any(wrong and len(wrong) == len(said) for wrong, said in ((off, sums), (days_off, late)))
    reason = f"Lo que dice ({where}) no es lo que consta en el caso: {told}."
    return failed(reason, [f.quote for f in off + days_off], confidence=0.7 if surely else 0.5)


def _foreign(said: Figure, currency: str | None) -> bool:
    """Whether a sum is said in another currency than the case's."""
    named = SAME_MONEY.get(said.currency or "", said.currency)
    return bool(named and currency) and named != SAME_MONEY.get(currency or "", currency)


def _abroad(foreign: Sequence[Figure], facts: CaseFacts) -> Verdict:
    where = places([f.quote.turn for f in foreign])
    reason = f"Lo que dice ({where}) está en otra moneda que el caso: {facts.amount_due:,} {facts.currency}."
    return failed(reason, [f.quote for f in foreign], confidence=DOUBTFUL_CONFIDENCE, doubt=LISTEN)


def _near(value: Decimal, due: Decimal | None, params: Params) -> bool:
    return due is not None and abs(value - due) <= due * Decimal(str(params.tolerance))


def _makes_up(part: Figure, figures: Sequence[Figure], due: Decimal | None, params: Params) -> bool:
    """Whether `part` and other sums of its turn are the debt in parts: «5,000 hoy y 4,850 el quince»."""
    same_turn = [f for f in figures if f.quote.turn == part.quote.turn and f.kind in ("debt", "sum")]
    others = [f.value for f in same_turn if f is not part]
    sums = (part.value + sum(some) for n in range(1, MOST_PARTS) for some in combinations(others, n))
    return any(_near(whole, due, params) for whole in sums)


def _as_late(said: Figure, days_late: int, params: Params) -> bool:
    if said.kind == "months_late":
        return abs(said.value * DAYS_OF_MONTH - days_late) <= params.days_of_months
    return abs(said.value - days_late) <= params.days


def _passed(said: Sequence[Figure]) -> Verdict:
    if not said:
        return passed("No dice ningún monto ni atraso distinto del que consta en el caso.", confidence=0.7)
    where = places([f.quote.turn for f in said])
    return passed(f"Lo que dice de la deuda coincide con el caso ({where}).", [f.quote for f in said])
