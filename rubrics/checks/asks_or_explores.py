"""Pass when the agent asks for something, or, less surely, explores it right after the debtor has told of it.

Words that explore may ask for another thing (how much the debtor can pay, not why it was missed), so a person
looks.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import absent, passed, places, quotes, sureness
from transcripts.types import Transcript

EXPLORED_CONFIDENCE = 0.55


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    what: str  # as the reason says it: «el motivo del atraso»
    asks: tuple[Label, ...] = Field(min_length=1)
    explores: tuple[Label, ...] = ()
    after: tuple[Label, ...] = ()  # what the debtor tells; exploring counts in the agent's next turn


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    asked = reading.said(transcript, findings, params.asks)
    if asked:
        where = places([f.quote.turn for f in asked])
        return passed(f"Pregunta por {params.what} ({where}).", quotes(asked), confidence=sureness(asked))
    told = reading.said(transcript, findings, params.after, by=("debtor", "other"))
    replies = {i for f in told for i in reading.agent_turns_after(transcript, f.quote.turn, at_most=1)}
    explored = reading.said(transcript, findings, params.explores, turns=replies)
    if explored:
        where = places([f.quote.turn for f in explored])
        reason = f"Indaga lo que contó el deudor ({where}); falta oír si es {params.what}."
        return passed(reason, quotes(explored), confidence=EXPLORED_CONFIDENCE)
    return absent(transcript, f"No pregunta por {params.what}", reading.turns_of(transcript, "agent"))
