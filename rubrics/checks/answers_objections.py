"""Pass when every objection gets an answer that fits it; a missing rung in a fitting answer is coaching,
not a fail.

It fails where an objection is ignored, brushed off, punished (a threat, a lawyer, rudeness or impatience
right after it), met with nothing but the same request, or where the agent asks on in a dispute or an
emergency.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Findings
from rubrics import reading
from rubrics.labels import Label, spanish
from rubrics.ladder import RUNG_NAMES, Ladder, ladders
from rubrics.types import Verdict
from rubrics.verdicts import failed, listed, passed, places, quotes, sureness, whole_turns
from transcripts.types import Quote, Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    window: int = Field(default=3, ge=1)  # agent turns after an objection that may answer it
    never_ask: tuple[Label, ...] = ()  # objections after which asking again is wrong in itself
    no_bare_ask: tuple[Label, ...] = ()  # here a request with nothing before it is worse than none
    ask_fits: tuple[Label, ...] = ()  # objections that a plain request for a date or an amount answers
    also_fits: dict[Label, tuple[Label, ...]] = Field(default_factory=dict)  # beside the rungs, by objection


@dataclass(frozen=True, slots=True)
class Answer:
    """How one objection was met. `sure` is 0..1; `why` ends the sentence «<objection> (turno 5): …»."""

    fits: bool
    sure: float
    why: str
    evidence: tuple[Quote, ...] = ()


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    met = [
        (ladder, _answer(transcript, findings, ladder, params))
        for ladder in ladders(transcript, findings, window=params.window)
    ]
    failing = [(ladder, answer) for ladder, answer in met if not answer.fits]
    shown = failing or met
    reason = " ".join(f"{_name(ladder)}: {answer.why}." for ladder, answer in shown)
    evidence = sorted({quote for _, answer in shown for quote in answer.evidence})
    if failing:
        return failed(reason, evidence, confidence=max(answer.sure for _, answer in failing))
    return passed(reason, evidence, confidence=min((answer.sure for _, answer in met), default=0.9))


def _name(ladder: Ladder) -> str:
    return f"{spanish(ladder.objection.label)} ({places([ladder.objection.quote.turn])})"


def _answer(transcript: Transcript, findings: Findings, ladder: Ladder, params: Params) -> Answer:
    objection = ladder.objection.label
    helped = {rung: found for rung, found in ladder.rungs.items() if rung != "ask"}
    also = params.also_fits.get(objection, ())
    if fitting := quotes(reading.said(transcript, findings, also, turns=ladder.replies)):
        helped["also"] = fitting
    if not ladder.replies:
        if findings.people.agent_hung_up:
            return Answer(False, 0.6, "el agente termina la llamada sin responder")
        return Answer(True, 0.7, "la llamada terminó ahí")
    if ladder.punished:
        where = places([f.quote.turn for f in ladder.punished])
        return Answer(
            False, sureness(ladder.punished), f"se responde con dureza ({where})", quotes(ladder.punished)
        )
    if ladder.brushed_off:
        later = {quote for found in helped.values() for quote in found if quote.turn > ladder.replies[0]}
        return Answer(False, 0.55 if later else 0.75, "se despacha sin respuesta", quotes(ladder.brushed_off))
    asked = ladder.rungs.get("ask", ())
    if asked and _asks_wrongly(findings, ladder, params):
        return Answer(False, 0.65, "se insiste en el pago donde corresponde revisar o esperar", asked)
    if helped:
        return _fitting(ladder, helped)
    if asked and objection in params.ask_fits:
        return Answer(True, 0.7, "se pide que lo concrete", asked)
    if asked:
        return Answer(False, 0.7, "solo se vuelve a pedir, sin responder", asked)
    return _unnamed(transcript, findings, ladder)


def _asks_wrongly(findings: Findings, ladder: Ladder, params: Params) -> bool:
    objection, promise = ladder.objection, findings.promise
    if objection.label in params.never_ask:
        # where the debtor came round to a promise, the request was no insistence
        return promise is None or promise.quote.turn < objection.quote.turn
    asked = ladder.rungs["ask"][0].turn
    before = any(q.turn <= asked for rung, found in ladder.rungs.items() if rung != "ask" for q in found)
    return objection.label in params.no_bare_ask and not before


def _fitting(ladder: Ladder, helped: dict[str, tuple[Quote, ...]]) -> Answer:
    evidence = tuple(found[0] for found in helped.values())
    done = listed([RUNG_NAMES[rung] for rung in ladder.rungs]) or "cierra como corresponde"
    coaching = [RUNG_NAMES[rung] for rung in ladder.missing if rung in ("recognise", "explore")]
    more = f"; para la próxima, también {listed(coaching)}" if coaching else ""
    return Answer(True, 0.85, f"responde ({done}){more}", evidence)


def _unnamed(transcript: Transcript, findings: Findings, ladder: Ladder) -> Answer:
    """Words that no finding names: an answer may well be in them, so a person decides, unless an agreement
    followed.
    """
    first = transcript.turns[ladder.replies[0]]
    evidence = whole_turns(transcript, ladder.replies[:1])
    if first.doubt is not None:
        return Answer(True, 0.5, "la respuesta no se oyó bien")
    if reading.agreement(findings):
        return Answer(True, 0.6, "después hubo acuerdo", evidence)
    return Answer(False, 0.5, "no se encuentra una respuesta que le corresponda", evidence)
