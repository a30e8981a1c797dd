"""Pass when, after the debtor has said one of `after`, the agent says one of `says` and none of `not_says`.

Looked at in the agent's next `within` turns after each such turn. A turn with one of `not_beside` says
nothing: a threat tells nobody where to complain. Each kind of `after` that was said needs a
reply of its own, unless `as_one`; `says` empty asks only for `not_says` to be absent. What of `says` is
`hollow` in a turn («aquí sale a su nombre» answers nobody) counts for nothing; where nothing else is heard a
person looks.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from nlp.noting import notes_payment
from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import (
    DOUBTFUL_CONFIDENCE,
    absent,
    failed,
    passed,
    places,
    quotes,
    sureness,
    whole_turns,
)
from transcripts.types import Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    what: str  # as the reason says it: «qué paso sigue y cuándo tendrá respuesta»
    after: tuple[Label, ...] = Field(min_length=1)
    as_one: bool = False  # the kinds in `after` are one matter: a reply to one is a reply to all
    says: tuple[Label, ...] = ()
    # what part of `says` amounts to, where nothing else of it is heard, as the reason says it
    else_says: dict[str, tuple[Label, ...]] = Field(default_factory=dict)
    not_says: tuple[Label, ...] = ()
    likely: tuple[Label, ...] = ()  # those of `not_says` that a person hears before they count
    instead: str = "insiste en el pago"  # what `not_says` amounts to
    not_beside: tuple[Label, ...] = ()
    noted: tuple[Label, ...] = ()  # those of `says` that count for nothing where a payment was noted
    hollow: dict[Label, tuple[Label, ...]] = Field(default_factory=dict)  # by what of the same turn
    within: int = Field(default=3, ge=1)  # agent turns after each time
    unless_promise: bool = True  # a promise after it shows that the debtor came round
    sure: float = Field(default=0.7, ge=0, le=1)


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    told = reading.said(transcript, findings, params.after, by=("debtor", "other"))
    answered = [f for f in told if _replies(transcript, [f], params)]
    if not answered:
        first = f" ({places([told[0].quote.turn])})" if told else ""
        return passed(f"La llamada terminó después de lo que dijo el deudor{first}.", confidence=0.6)
    after = f"Después de lo que dijo el deudor ({places([answered[0].quote.turn])})"
    wrong = _wrong(transcript, findings, answered, params)
    if wrong:
        reason = f"{after}, {params.instead} ({places([f.quote.turn for f in wrong])})."
        unsure = all(f.label in params.likely for f in wrong)
        sure = DOUBTFUL_CONFIDENCE if unsure else min(params.sure, sureness(wrong))
        return failed(reason, quotes(wrong), confidence=sure)
    if not params.says:
        return passed(f"{after} no {params.instead}.", confidence=params.sure)
    return _heard(transcript, findings, answered, params)


def _wrong(
    transcript: Transcript, findings: Findings, told: Sequence[Finding], params: Params
) -> tuple[Finding, ...]:
    """What was said of `not_says` in reply to one of `told` from which the debtor did not come round."""
    promise = findings.promise if params.unless_promise else None
    stood = [f for f in told if promise is None or promise.quote.turn <= f.quote.turn]
    return reading.said(transcript, findings, params.not_says, turns=_replies(transcript, stood, params))


def _heard(transcript: Transcript, findings: Findings, told: Sequence[Finding], params: Params) -> Verdict:
    """The verdict by what of `says` is heard after each kind of `told`."""
    kinds = [list(told)] if params.as_one else [[f for f in told if f.label == kind] for kind in params.after]
    good: list[Finding] = []
    sure = 1.0
    for kind in filter(None, kinds):
        replies = _replies(transcript, kind, params)
        beside = reading.said(transcript, findings, params.not_beside, turns=replies)
        clean = set(replies) - {f.quote.turn for f in beside}
        heard_of = reading.said(transcript, findings, params.says, turns=clean)
        found = _without_hollow(transcript, findings, heard_of, params)
        since = {f.quote.turn for f in kind}
        paid = [f for f in found if f.label in params.noted and notes_payment(transcript, f.quote, since)]
        found = [f for f in found if f not in paid]
        if not found:
            return absent(
                transcript,
                f"Después de lo que dijo el deudor ({places([kind[0].quote.turn])}) no se oye {params.what}",
                replies,
                evidence=whole_turns(transcript, replies[:2]),
                confidence=min(params.sure, DOUBTFUL_CONFIDENCE) if heard_of else params.sure,
            )
        good += found
        sure = min(sure, sureness(found))
    good.sort(key=lambda f: f.quote)
    where = places([f.quote.turn for f in good])
    heard = {f.label for f in good}
    only = next((name for name, labels in params.else_says.items() if heard.issubset(labels)), None)
    more = f"; para la próxima, también {params.what}" if only else ""
    return passed(f"Dice {only or params.what} ({where}){more}.", quotes(good), confidence=sure)


def _without_hollow(
    transcript: Transcript, findings: Findings, found: Sequence[Finding], params: Params
) -> list[Finding]:
    """`found` without what the words beside it make hollow."""
    spoiled = {
        label: {f.quote.turn for f in reading.said(transcript, findings, beside)}
        for label, beside in params.hollow.items()
    }
    return [f for f in found if f.quote.turn not in spoiled.get(f.label, ())]


def _replies(transcript: Transcript, told: Sequence[Finding], params: Params) -> list[int]:
    """The agent's turns that come next after one of `told`, in order."""
    each = (reading.agent_turns_after(transcript, f.quote.turn, at_most=params.within) for f in told)
    return sorted({turn for turns in each for turn in turns})
