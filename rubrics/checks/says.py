"""Pass when the speaker says everything in `all_of`; each entry names one thing and the findings that count
as it.

`first` and `last` bound the search to that many of the speaker's turns at the start or the end of the call.
Where an act is found but not the single thing (a farewell without thanks that the cues know), the fail is a
doubtful one.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import absent, listed, passed, places, quotes, sureness
from transcripts.types import Speaker, Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    speaker: Speaker = "agent"
    all_of: dict[str, tuple[Label, ...]] = Field(min_length=1)
    act: Label | None = None  # the act these things make up, where a tagger may see it without its parts
    first: int | None = Field(default=None, ge=1)
    last: int | None = Field(default=None, ge=1)
    sure: float = Field(default=0.75, ge=0, le=1)  # how sure an absence is


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    turns = reading.turns_of(transcript, params.speaker)[: params.first]
    turns = turns[-params.last :] if params.last else turns
    found: dict[str, tuple[Finding, ...]] = {
        name: reading.said(transcript, findings, labels, by=params.speaker, turns=turns)
        for name, labels in params.all_of.items()
    }
    everything = quotes(sorted((f for some in found.values() for f in some), key=lambda f: f.quote))
    missing = [name for name, some in found.items() if not some]
    if not missing:
        sure = min(sureness(some) for some in found.values())
        where = places([q.turn for q in everything])
        return passed(f"Dice {listed(list(found))} ({where}).", everything, confidence=sure)
    acts = (params.act,) if params.act else ()
    act = reading.said(transcript, findings, acts, by=params.speaker, turns=turns)
    return absent(
        transcript,
        f"No se oye {listed(missing)}",
        turns,
        evidence=everything,
        confidence=min(params.sure, 0.65) if act and len(missing) < len(found) else params.sure,
    )
