"""Pass when the agent offers at least `ways` different ways to settle: plans, dates, channels or waivers.

The same words of the same kind count once. A turn known as an offer without any way that the cues can name
counts as one way.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import absent, passed, places, quotes, sureness
from transcripts.types import Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    ways: int = Field(default=2, ge=1)
    kinds: tuple[Label, ...] = reading.OFFERS
    act: Label = "offers_alternatives"


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    named = reading.said(transcript, findings, params.kinds)
    unnamed = [
        f
        for f in reading.said(transcript, findings, (params.act,))
        if f.quote.turn not in {n.quote.turn for n in named}
    ]
    ways: dict[tuple[str, str], Finding] = {}
    for finding in [*named, *unnamed]:
        ways.setdefault((finding.label, finding.quote.text.casefold().strip(" .,;:")), finding)
    offers = sorted(ways.values(), key=lambda f: f.quote)
    if len(offers) >= params.ways:
        best = sorted((f.score for f in offers), reverse=True)[: params.ways]
        where = places([f.quote.turn for f in offers])
        return passed(
            f"Ofrece {len(offers)} formas de arreglar ({where}).", quotes(offers), confidence=min(best)
        )
    heard = "una sola" if offers else "ninguna"
    return absent(
        transcript,
        f"Debe ofrecer al menos {params.ways} formas de arreglar y se oye {heard}",
        reading.turns_of(transcript, "agent"),
        evidence=quotes(offers),
        confidence=min(0.65, sureness(offers)) if offers else 0.75,
    )
