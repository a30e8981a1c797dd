"""Pass when every objection gets an answer that fits it; a missing rung in a fitting answer is coaching,
not a fail.

It fails where an objection is ignored, brushed off, punished (a threat, a lawyer, rudeness or impatience
right after it), met with nothing but the same request, or where the agent asks on in a dispute or an
emergency. How likely an answer fits is learned (`nlp.ladder`) and is the confidence of the verdict.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from nlp.ladder import Pair
from nlp.plain import one_sentence
from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.ladder import RUNG_NAMES, ladders, named
from rubrics.types import Verdict
from rubrics.verdicts import (
    DOUBTFUL_CONFIDENCE,
    failed,
    listed,
    passed,
    places,
    quotes,
    sureness,
    whole_turns,
)
from transcripts.types import Quote, Transcript

SURELY_HARD = 0.8  # score from which hardness is no answer, whatever else is said
CLOSED = 0.6  # how sure a fitting close is at least
MAY_EXPLORE = "indagar con qué cuenta y qué opción le sirve, sin preguntar el motivo"
_HARSH = ("rude", "impatient")
NEXT = 2  # replies in which a request is an answer to the objection


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

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
    met = [(pair, _answer(transcript, findings, pair, params)) for pair in ladders(transcript, findings)]
    failing = [(pair, answer) for pair, answer in met if not answer.fits]
    shown = failing or met
    reason = " ".join(f"{named(pair.objection)}: {answer.why}." for pair, answer in shown)
    evidence = sorted({quote for _, answer in shown for quote in answer.evidence})
    if failing:
        return failed(reason, evidence, confidence=max(answer.sure for _, answer in failing))
    return passed(reason, evidence, confidence=min((answer.sure for _, answer in met), default=0.9))


def _answer(transcript: Transcript, findings: Findings, pair: Pair, params: Params) -> Answer:
    if pair.outcome == "call_ended":
        return Answer(True, 0.7, "la llamada terminó ahí")
    if not pair.replies:
        return Answer(False, 0.6, "el agente termina la llamada sin responder")
    if reading.doubtful(transcript, pair.replies[:1]):
        return Answer(True, 0.5, "la respuesta no se oyó bien")
    hard = tuple(f for f in pair.against if f.label != "brush_off")
    if hard and (pair.outcome != "fits" or sureness(hard) >= SURELY_HARD):
        where = places([f.quote.turn for f in hard])
        return Answer(
            False, max(sureness(hard), 1 - pair.fit), f"se responde con dureza ({where})", quotes(hard)
        )
    asked = reading.said(transcript, findings, ("asks_commitment",), turns=pair.replies[:NEXT])
    if asked and _asks_wrongly(findings, pair, asked, params):
        why = "se insiste en el pago donde corresponde revisar o esperar"
        return Answer(False, 0.65, why, quotes(asked))
    also = params.also_fits.get(pair.objection.label, ())
    closes = quotes(reading.said(transcript, findings, also, turns=pair.replies))
    if pair.outcome == "fits" or closes:
        return _fitting(transcript, findings, pair, closes)
    if asked and asked[0].quote.turn == pair.replies[0] and pair.objection.label in params.ask_fits:
        return Answer(True, 0.7, "se pide que lo concrete", quotes(asked))
    return _unfit(transcript, pair)


def _asks_wrongly(findings: Findings, pair: Pair, asked: tuple[Finding, ...], params: Params) -> bool:
    objection, promise = pair.objection, findings.promise
    if objection.label in params.never_ask:
        # where the debtor came round to a promise, the request was no insistence
        return promise is None or promise.quote.turn < objection.quote.turn
    first = asked[0].quote.turn
    before = any(q.turn <= first for rung, found in pair.rungs.items() if rung != "ask" for q in found)
    return objection.label in params.no_bare_ask and not before


def _fitting(transcript: Transcript, findings: Findings, pair: Pair, closes: tuple[Quote, ...]) -> Answer:
    """Shown is what was said well; where all of it stands beside what may be mockery, a person hears it."""
    kind = [_kind(transcript, findings, found) for found in pair.rungs.values()]
    evidence = (*(found[0] for found in kind if found), *closes[:1])
    sure = max(pair.fit, CLOSED) if closes else pair.fit
    if pair.rungs and not evidence:
        sure = min(sure, DOUBTFUL_CONFIDENCE)
    done = [RUNG_NAMES[rung] for rung in pair.rungs] or (["cerrar como corresponde"] if closes else [])
    coaching = [_advised(rung, transcript) for rung in pair.missing if rung in ("recognise", "explore")]
    more = f"; para la próxima, también {listed(coaching)}" if coaching else ""
    return Answer(
        True,
        sure,
        f"responde ({listed(done)}){more}" if done else f"responde{more}",
        evidence or whole_turns(transcript, pair.replies[:1]),
    )


def _kind(transcript: Transcript, findings: Findings, found: tuple[Quote, ...]) -> list[Quote]:
    """The quotes of `found` in whose sentence nothing is, or may be, mocking or weary."""
    harsh = [f.quote for f in findings.findings if f.label in _HARSH]
    return [
        quote
        for quote in found
        if not any(
            one.turn == quote.turn
            and one_sentence(transcript.turns[one.turn].text, (one.start, one.end), (quote.start, quote.end))
            for one in harsh
        )
    ]


def _advised(rung: str, transcript: Transcript) -> str:
    """A rung to take next time; where the reason may not be asked, with what may be asked there."""
    from rubrics.loader import reason_barred  # which imports the checks

    if rung == "explore" and reason_barred(transcript.recording.country):
        return MAY_EXPLORE
    return RUNG_NAMES[rung]


def _unfit(transcript: Transcript, pair: Pair) -> Answer:
    """Where no finding names what was said, an answer may well be in it: a person decides."""
    sure = 1 - pair.fit
    if brushed := quotes(f for f in pair.against if f.label == "brush_off"):
        return Answer(False, sure, "se despacha sin respuesta", brushed)
    asks = pair.rungs.get("ask", ())
    if answered := tuple(found[0] for found in pair.rungs.values() if found[0] not in asks):
        return Answer(False, sure, "lo que se responde no la atiende", answered)
    if asks:
        return Answer(False, sure, "solo se vuelve a pedir, sin responder", asks)
    why = "no se encuentra una respuesta que le corresponda"
    return Answer(False, min(sure, DOUBTFUL_CONFIDENCE), why, whole_turns(transcript, pair.replies[:1]))
