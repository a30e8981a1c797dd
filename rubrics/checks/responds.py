"""Pass when, after the debtor has said one of `after`, the agent says one of `says` and none of `not_says`.

Looked at in the agent's next `within` turns after each such turn; `says` empty asks only for `not_says` to
be absent.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import absent, failed, passed, places, quotes, sureness, whole_turns
from transcripts.types import Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    what: str  # as the reason says it: «qué paso sigue y cuándo tendrá respuesta»
    after: tuple[Label, ...] = Field(min_length=1)
    says: tuple[Label, ...] = ()
    not_says: tuple[Label, ...] = ()
    instead: str = "insiste en el pago"  # what `not_says` amounts to
    within: int = Field(default=3, ge=1)  # agent turns after each time
    unless_promise: bool = True  # a promise after it shows that the debtor came round
    sure: float = Field(default=0.7, ge=0, le=1)


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    told = reading.said(transcript, findings, params.after, by=("debtor", "other"))
    replies = sorted({i for f in told for i in _replies(transcript, f, params)})
    first = f"{places([told[0].quote.turn])}" if told else ""
    if not replies:
        return passed(f"La llamada terminó después de lo que dijo el deudor ({first}).", confidence=0.6)
    wrong = reading.said(transcript, findings, params.not_says, turns=replies)
    promise = findings.promise
    came_round = params.unless_promise and promise is not None and promise.quote.turn > told[0].quote.turn
    if wrong and not came_round:
        where = places([f.quote.turn for f in wrong])
        reason = f"Después de lo que dijo el deudor ({first}), {params.instead} ({where})."
        return failed(reason, quotes(wrong), confidence=min(params.sure, sureness(wrong)))
    if not params.says:
        return passed(
            f"Después de lo que dijo el deudor ({first}) no {params.instead}.", confidence=params.sure
        )
    found = reading.said(transcript, findings, params.says, turns=replies)
    if found:
        where = places([f.quote.turn for f in found])
        return passed(f"Dice {params.what} ({where}).", quotes(found), confidence=sureness(found))
    return absent(
        transcript, f"Después de lo que dijo el deudor ({first}) no se oye {params.what}", replies,
        evidence=whole_turns(transcript, replies[:2]), confidence=params.sure,
    )  # fmt: skip


def _replies(transcript: Transcript, told: Finding, params: Params) -> tuple[int, ...]:
    return reading.agent_turns_after(transcript, told.quote.turn, at_most=params.within)
