"""Pass when the speaker says everything in `steps`, each no earlier than the one before it.

Only the first time of each step that is late enough counts; two steps may share a turn.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import absent, agreeing, failed, passed, places, quotes, sureness
from transcripts.listed import listed
from transcripts.types import Speaker, Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    speaker: Speaker = "agent"
    steps: dict[str, tuple[Label, ...]] = Field(min_length=2)
    sure: float = Field(default=0.75, ge=0, le=1)


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    said = {
        name: reading.said(transcript, findings, labels, by=params.speaker)
        for name, labels in params.steps.items()
    }
    missing = [name for name, some in said.items() if not some]
    everything = quotes(sorted((f for some in said.values() for f in some), key=lambda f: f.quote))
    turns = reading.turns_of(transcript, params.speaker)
    if missing:
        what = f"No se {agreeing('oye', missing)} {listed(missing)}"
        return absent(transcript, what, turns, evidence=everything, confidence=params.sure)
    taken: list[Finding] = []
    for name, some in said.items():
        later = [f for f in some if not taken or f.quote.turn >= taken[-1].quote.turn]
        if not later:
            before = [*said][[*said].index(name) - 1]
            where = places([some[-1].quote.turn, taken[-1].quote.turn])
            reason = f"Primero dice {name} y después {before} ({where}): el orden es {listed([*said])}."
            return failed(reason, quotes([some[-1], taken[-1]]), confidence=params.sure)
        taken.append(later[0])
    where = places([f.quote.turn for f in taken])
    return passed(f"Dice en orden {listed([*said])} ({where}).", quotes(taken), confidence=sureness(taken))
