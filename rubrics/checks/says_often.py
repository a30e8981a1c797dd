"""Pass when the speaker says something in at least `times` turns (`times_short` where the call has few
turns).

With `to_debtor` only what the debtor may hear counts: not a name told to somebody else who answered first.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import absent, passed, places, quotes, sureness
from transcripts.types import Speaker, Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    speaker: Speaker = "agent"
    what: str  # as the reason says it: «el nombre del deudor»
    labels: tuple[Label, ...] = Field(min_length=1)
    times: int = Field(default=2, ge=1)
    times_short: int = Field(default=1, ge=1)
    short_below: int = Field(default=8, ge=0)  # turns of the speaker
    to_debtor: bool = False  # only turns of the agent from the debtor's first words on


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    turns = reading.turns_of(transcript, params.speaker)
    needed = params.times_short if len(turns) < params.short_below else params.times
    within = reading.to_debtor(transcript) if params.to_debtor else None
    found = reading.said(transcript, findings, params.labels, by=params.speaker, turns=within)
    evidence = quotes(found)
    times = len({q.turn for q in evidence})  # said twice in one breath is said once
    if times >= needed:
        where = places([q.turn for q in evidence])
        return passed(f"Dice {params.what} ({where}).", evidence, confidence=sureness(found))
    once = "una vez" if needed == 1 else f"{needed} veces"
    heard = f", se oye {times}" if evidence else ""
    sure = 0.65 if evidence else 0.75
    return absent(
        transcript, f"Debe decir {params.what} {once}{heard}", turns, evidence=evidence, confidence=sure
    )
