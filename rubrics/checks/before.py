"""Pass when the speaker says one of `first` before one of `then` is said, where `then` is said at all.

`same_turn` allows both in one turn, in this order. `or_told_other`: what was told of the debt to somebody
else is `then` as well.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Findings
from rubrics import reading
from rubrics.checks import tells_no_other
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import (
    absent,
    doubting,
    failed,
    passed,
    places,
    quotes,
    sureness,
    unless_lost_before,
)
from transcripts.types import Quote, Speaker, Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    speaker: Speaker = "agent"
    what: str  # as the reason says it: «el aviso de la grabación»
    first: tuple[Label, ...] = Field(min_length=1)
    than: str  # «hablar de la deuda»
    then: tuple[Label, ...] = Field(min_length=1)
    same_turn: bool = True
    or_told_other: bool = False
    needed: bool = True  # False: without `then` nothing is asked for
    sure: float = Field(default=0.75, ge=0, le=1)


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    said = reading.said(transcript, findings, params.first, by=params.speaker)
    then = [f.quote for f in reading.said(transcript, findings, params.then, by=params.speaker)]
    other = findings.people.disclosed_to_other
    if params.or_told_other and other is not None and not any(quote.turn <= other.turn for quote in then):
        then = [other, *then]
    if not then and not (said or params.needed):
        perhaps = tells_no_other.hinted(transcript, findings) if params.or_told_other else {}
        if perhaps:
            where = places([quote.turn for quote in perhaps])
            verdict = passed(f"No llegó a {params.than}.", sorted(perhaps))
            return doubting(verdict, f"Tal vez lo hizo con quien no es el titular ({where}).")
        return passed(f"No llegó a {params.than}.", confidence=params.sure)
    limit = then[0].turn if then else len(transcript.turns)
    beside = [quote for quote in then if quote.turn == limit] if params.same_turn else None
    early = [f for f in said if _early(f.quote, limit, beside)]
    if early:
        where = places([early[0].quote.turn])
        return passed(f"Dice {params.what} ({where}).", quotes(early[:1]), confidence=sureness(early))
    if said:
        where = places([said[0].quote.turn, limit])
        reason = f"Dice {params.what} después de {params.than} ({where})."
        verdict = failed(reason, [said[0].quote, then[0]], confidence=params.sure)
    else:
        turns = [i for i in reading.turns_of(transcript, params.speaker) if i <= limit]
        what = f"No se oye {params.what}"
        verdict = absent(transcript, what, turns, evidence=then[:1], confidence=params.sure)
    return unless_lost_before(verdict, transcript)


def _early(said: Quote, limit: int, beside: list[Quote] | None) -> bool:
    """Whether `said` comes before turn `limit`, or in it before any of `beside` has come to its end.

    Words that overlap tell no order: a whole sentence may be quoted for one, a part of it for the other.
    """
    if said.turn != limit:
        return said.turn < limit
    return beside is not None and all(said.start < other.end for other in beside)
