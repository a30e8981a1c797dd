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


PARTLY_CONFIDENCE = 0.65  # of a pass with something missing that need not be there


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    speaker: Speaker = "agent"
    all_of: dict[str, tuple[Label, ...]] = Field(min_length=1)
    at_least: int | None = Field(default=None, ge=1)  # of the things in `all_of`; None: every one
    to_debtor: tuple[str, ...] = ()  # things asked for only where the debtor came to the phone
    act: Label | None = None  # the act these things make up, where a tagger may see it without its parts
    with_act: Label | None = None  # only turns count that do this, where any does
    first: int | None = Field(default=None, ge=1)
    last: int | None = Field(default=None, ge=1)
    sure: float = Field(default=0.75, ge=0, le=1)  # how sure an absence is


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    turns = reading.turns_of(transcript, params.speaker)[: params.first]
    turns = turns[-params.last :] if params.last else turns
    doing = (params.with_act,) if params.with_act else ()
    acting = {f.quote.turn for f in reading.said(transcript, findings, doing, by=params.speaker, turns=turns)}
    found: dict[str, tuple[Finding, ...]] = {
        name: reading.said(transcript, findings, labels, by=params.speaker, turns=acting or turns)
        for name, labels in params.all_of.items()
        if findings.people.debtor_reached or name not in params.to_debtor
    }
    everything = quotes(sorted((f for some in found.values() for f in some), key=lambda f: f.quote))
    missing = [name for name, some in found.items() if not some]
    if len(found) - len(missing) >= (params.at_least or len(found)):
        said = [name for name, some in found.items() if some]
        sure = min(sureness(found[name]) for name in said)
        where = places([q.turn for q in everything])
        more = f"; para la próxima, también {listed(missing)}" if missing else ""
        sure = min(sure, PARTLY_CONFIDENCE) if missing else sure
        return passed(f"Dice {listed(said)} ({where}){more}.", everything, confidence=sure)
    acts = (params.act,) if params.act else ()
    act = reading.said(transcript, findings, acts, by=params.speaker, turns=turns)
    return absent(
        transcript,
        f"No se oye {listed(missing)}",
        turns,
        evidence=everything,
        confidence=min(params.sure, 0.65) if act and len(missing) < len(found) else params.sure,
    )
