"""Pass when every objection gets an answer that fits it; a missing rung in a fitting answer is coaching,
not a fail.

It fails where an objection is ignored, brushed off, punished (a threat, a lawyer, rudeness or impatience
right after it), met with nothing but the same request, where the agent asks on in a dispute or an emergency,
or where whoever is not the debtor is answered with the debt. How likely an answer fits is learned
(`nlp.ladder`) and is the confidence of the verdict. Words that recognise are never the fault: that an answer
which has them does not fit is for a person to say. So is a pass where the debtor asked of the offer since and
nobody took that up (`rubrics.unanswered`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict, Field

from nlp.clauses import whole_clause, whole_clauses
from nlp.ladder import Pair, same_matter
from nlp.stance import speaks_of_payment
from nlp.types import Finding, Findings
from rubrics import advice, reading
from rubrics.checks.tells_no_other import disclosures
from rubrics.labels import Label
from rubrics.ladder import RUNG_NAMES, by_another, ladders, named
from rubrics.types import Verdict
from rubrics.unanswered import against_wish, left_open, only_asked, together, unanswered
from rubrics.verdicts import (
    DOUBTFUL_CONFIDENCE,
    doubting,
    failed,
    passed,
    places,
    quotes,
    sureness,
    unless_lost,
    whole_turns,
)
from transcripts.listed import listed
from transcripts.types import Quote, Transcript

# where a single objection was missed, no surer than this, and was not told in plain words, people often
# heard an answer, or no objection
ONE_ALONE, PLAIN = 0.7, 0.9
SURELY_HARD = 0.8  # score from which hardness is no answer, whatever else is said
CLOSED = 0.6  # how sure a fitting close is at least
NOT_DEBTOR = "wrong_person"
GRIEF = ("health_emergency", NOT_DEBTOR)
_HARSH = ("rude", "impatient")
TAKES_AS_IT_IS = ("awaits_payment", "leaves_it", "gives_up")
CONCRETE = (
    *("asks_commitment", "orders_payment", "asks_capacity", "asks_reason", "probes", "explores_reason"),
    *("offers_alternatives", "offer_plan", "offer_channel", "offer_date", "offer_waiver", "explains_benefit"),
    *("amount_said", "read_back", "calls_back"),
)
MADE_LIGHT = "takes_no_heed"
POCKET = ("pays_to_agent",)  # whatever is promised for it, it may be no answer
ONLY_ASKED = "solo se vuelve a pedir, sin responder"
NEXT = 2  # replies in which a request is an answer to the objection


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    never_ask: tuple[Label, ...] = ()  # objections after which asking again is wrong in itself
    no_bare_ask: tuple[Label, ...] = ()  # here a request with nothing before it is worse than none
    ask_fits: tuple[Label, ...] = ()  # objections that a plain request for a date or an amount answers
    goes_against: dict[Label, tuple[Label, ...]] = Field(default_factory=dict)  # what was asked for beside it
    also_fits: dict[Label, tuple[Label, ...]] = Field(default_factory=dict)  # beside the rungs, by objection


@dataclass(frozen=True, slots=True)
class Answer:
    """How one objection was met. `sure` is 0..1; `why` ends the sentence «<objection> (turno 5): …»."""

    fits: bool
    sure: float
    why: str
    evidence: tuple[Quote, ...] = ()
    unheard: bool = False  # what would fit was not heard; False: what was heard does not fit
    doubt: str = ""  # a whole sentence


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    every = ladders(transcript, findings)
    met = [(pair, _answer(transcript, findings, _own(pair, every), params)) for pair in every]
    failing = [(pair, answer) for pair, answer in met if not answer.fits]
    shown = failing or met
    reason = " ".join(f"{named(pair.objection)}: {answer.why}." for pair, answer in shown)
    doubt = " ".join(dict.fromkeys(answer.doubt for _, answer in shown if answer.doubt))
    evidence = whole_clauses(transcript, tuple(q for _, answer in shown for q in answer.evidence))
    if failing:
        sure = max(answer.sure for _, answer in failing)
        if len(failing) == 1 and sure <= ONE_ALONE and failing[0][0].objection.score < PLAIN:
            sure = min(sure, DOUBTFUL_CONFIDENCE)
        verdict = failed(reason, evidence, confidence=sure, doubt=doubt)
        if not all(answer.unheard for _, answer in failing):
            return verdict
        # one that was heard to the end without a fitting answer is enough
        return unless_lost(
            verdict, transcript, sorted(pair.replies[-1] for pair, _ in failing if pair.replies)[:1]
        )
    sure = min((answer.sure for _, answer in met), default=0.9)
    asked = left_open(unanswered(transcript, findings, since=every[0].objection.quote.turn)) if every else ""
    if asked:
        sure, doubt = min(sure, DOUBTFUL_CONFIDENCE), f"{doubt} {asked}".strip()
    verdict = passed(reason, evidence, confidence=sure, doubt=doubt)
    pocket = reading.said(transcript, findings, POCKET, turns=sorted({t for p, _ in met for t in p.replies}))
    if not pocket:
        return verdict
    where = places([f.quote.turn for f in pocket])
    verdict = replace(verdict, evidence=tuple(dict.fromkeys((*verdict.evidence, *quotes(pocket)))))
    return doubting(verdict, f"A la objeción se responde pidiendo el pago para el agente ({where}).")


def _own(pair: Pair, every: Sequence[Pair]) -> Pair:
    """`pair` without what answers a later objection of another matter, whose words are not for this one."""
    others = [p.objection.quote.turn for p in every if not same_matter(pair, p)]
    end = min((turn for turn in others if turn > pair.objection.quote.turn), default=None)
    mine = pair.replies if end is None else tuple(turn for turn in pair.replies if turn < end)
    if not mine or mine == pair.replies:
        return pair
    rungs = {rung: tuple(q for q in found if q.turn in mine) for rung, found in pair.rungs.items()}
    return replace(pair, replies=mine, rungs={rung: found for rung, found in rungs.items() if found})


def _answer(transcript: Transcript, findings: Findings, pair: Pair, params: Params) -> Answer:
    if pair.outcome == "call_ended":
        return Answer(True, 0.7, "la llamada terminó ahí")
    if not pair.replies:
        return Answer(False, 0.6, "el agente termina la llamada sin responder", unheard=True)
    if reading.doubtful(transcript, pair.replies[:1]):
        unheard = f"La respuesta no se oyó bien ({places(pair.replies[:1])}): conviene escucharla."
        return Answer(True, DOUBTFUL_CONFIDENCE, "responde", doubt=unheard)
    hard = tuple(f for f in pair.against if f.label != "brush_off")
    if hard and (pair.outcome != "fits" or sureness(hard) >= SURELY_HARD):
        where = places([f.quote.turn for f in hard])
        return Answer(
            False, max(sureness(hard), 1 - pair.fit), f"se responde con dureza ({where})", quotes(hard)
        )
    if pair.objection.label == NOT_DEBTOR and (told := _told_other(transcript, findings, pair)):
        where = places([quote.turn for quote in told])
        why = f"se le habla de la deuda a quien no es el titular ({where})"
        return Answer(False, DOUBTFUL_CONFIDENCE, why, tuple(told))  # it is judged by itself, and may void
    asked = reading.said(transcript, findings, ("asks_commitment",), turns=pair.replies[:NEXT])
    if asked and _asks_wrongly(findings, pair, asked, params):
        why = "se insiste en el pago donde corresponde revisar o esperar"
        return Answer(False, 0.65, why, quotes(asked))
    if asked and _in_grief(transcript, findings, pair):
        of_money = [q for q in quotes(asked) if speaks_of_payment(whole_clause(transcript, q).text)]
        if of_money:
            why = "se pide el pago en medio de una emergencia"
            return Answer(False, DOUBTFUL_CONFIDENCE, why, tuple(of_money))
    said = pair.objection.quote.turn
    if against := against_wish(transcript, findings, said, pair.replies[0], params.goes_against):
        why = f"se hace lo contrario de lo que pidió ({places([q.turn for q in against])})"
        return Answer(False, 0.7, why, against)
    also = params.also_fits.get(pair.objection.label, ())
    if _only_annoyed(transcript, findings, pair):
        also = (*also, "apologises")
    closes = quotes(reading.said(transcript, findings, also, turns=pair.replies))
    if vague := _left_vague(transcript, findings, pair):
        return Answer(False, DOUBTFUL_CONFIDENCE, "se acepta sin concretar día ni monto", vague)
    if light := quotes(reading.said(transcript, findings, (MADE_LIGHT,), turns=pair.replies[:1])):
        return Answer(False, 0.65, "se le quita importancia", light)
    if pair.outcome == "fits" and not closes and (bare := only_asked(transcript, pair)):
        return Answer(False, DOUBTFUL_CONFIDENCE, ONLY_ASKED, bare, unheard=True)
    if pair.outcome == "fits" or closes:
        faint = reading.hinted(transcript, findings, ("rude",))
        jeering = tuple(f for f in faint if f.quote.turn == pair.replies[0])
        return _beside_hard(_fitting(transcript, findings, pair, closes), (*hard, *jeering))
    if asked and asked[0].quote.turn == pair.replies[0] and pair.objection.label in params.ask_fits:
        return Answer(True, 0.7, "se pide que lo concrete", quotes(asked))
    return _unfit(transcript, findings, pair)


def _beside_hard(answer: Answer, hard: tuple[Finding, ...]) -> Answer:
    """`answer` that fits, for a person to hear where hard words stand beside it that are not sure."""
    if not hard:
        return answer
    doubt = f"Tal vez se responde con dureza ({places([f.quote.turn for f in hard])})."
    evidence = tuple(dict.fromkeys((*answer.evidence, *quotes(hard))))
    return replace(answer, sure=min(answer.sure, DOUBTFUL_CONFIDENCE), evidence=evidence, doubt=doubt)


def _left_vague(transcript: Transcript, findings: Findings, pair: Pair) -> tuple[Quote, ...]:
    """The words that take a vague promise as it is («yo espero su abono»), where nothing was asked or offered
    beside them and none came of it.
    """
    said, promise = pair.objection.quote.turn, findings.promise
    vague = reading.said(transcript, findings, ("vague_promise",), by=("debtor", "other"), turns=(said,))
    if not vague or (promise is not None and promise.quote.turn >= said):
        return ()
    if reading.said(transcript, findings, CONCRETE, turns=pair.replies):
        return ()
    return quotes(reading.said(transcript, findings, TAKES_AS_IT_IS, turns=pair.replies))


def _told_other(transcript: Transcript, findings: Findings, pair: Pair) -> dict[Quote, float]:
    """What of the debt whoever is not the debtor was told in reply, and how sure it is that it was wrong."""
    every = disclosures(transcript, findings)
    return {quote: sure for quote, sure in every.items() if quote.turn > pair.objection.quote.turn}


def _asks_wrongly(findings: Findings, pair: Pair, asked: tuple[Finding, ...], params: Params) -> bool:
    objection, promise = pair.objection, findings.promise
    if objection.label in params.never_ask:
        # where the debtor came round to a promise, the request was no insistence
        return promise is None or promise.quote.turn < objection.quote.turn
    first = asked[0].quote.turn
    before = any(q.turn <= first for rung, found in pair.rungs.items() if rung != "ask" for q in found)
    return objection.label in params.no_bare_ask and not before


def _in_grief(transcript: Transcript, findings: Findings, pair: Pair) -> bool:
    """Whether an emergency of these days is told, or a death by whoever answers, and no promise follows."""
    objection, promise = pair.objection, findings.promise
    if objection.label not in GRIEF or (promise is not None and promise.quote.turn > objection.quote.turn):
        return False
    told = reading.said(
        transcript, findings, advice.TOLD_GRIEF, by=("debtor", "other"), turns=(objection.quote.turn,)
    )
    other = by_another(transcript, findings, objection.quote.turn)
    return any(f.label == "emergency_now" or other for f in told)


def _only_annoyed(transcript: Transcript, findings: Findings, pair: Pair) -> bool:
    """Whether what is complained of is one more call and no more: to be sorry for it answers that."""
    if pair.objection.label != "harassment_complaint":
        return False
    here = (pair.objection.quote.turn,)
    return bool(reading.said(transcript, findings, ("annoyed",), by=("debtor", "other"), turns=here))


def _fitting(transcript: Transcript, findings: Findings, pair: Pair, closes: tuple[Quote, ...]) -> Answer:
    """Shown is what was said well; where all of it stands beside what may be mockery, a person hears it."""
    kind = [_kind(transcript, findings, found) for found in pair.rungs.values()]
    evidence = (*(found[0] for found in kind if found), *closes[:1])
    sure = max(pair.fit, CLOSED) if closes else pair.fit
    if pair.rungs and not evidence:
        sure = min(sure, DOUBTFUL_CONFIDENCE)
    done = [RUNG_NAMES[rung] for rung in pair.rungs] or (["cerrar como corresponde"] if closes else [])
    coaching = advice.next_time(transcript, findings, pair)
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
    return [quote for quote in found if not together(transcript, quote, harsh)]


def _unfit(transcript: Transcript, findings: Findings, pair: Pair) -> Answer:
    """Where no finding names what was said, an answer may well be in it, as where something else recognises:
    a person decides.
    """
    sure = 1 - pair.fit
    if reading.said(transcript, findings, ("empathy",), turns=pair.replies[:1]):
        sure = min(sure, DOUBTFUL_CONFIDENCE)
    if brushed := quotes(f for f in pair.against if f.label == "brush_off"):
        return Answer(False, sure, "se despacha sin respuesta", brushed)
    if "recognise" in pair.rungs:
        return _recognised_only(transcript, pair, min(sure, DOUBTFUL_CONFIDENCE))
    asks = pair.rungs.get("ask", ())
    if answered := tuple(found[0] for found in pair.rungs.values() if found[0] not in asks):
        return Answer(False, sure, "lo que se responde no la atiende", answered, unheard=True)
    if asks:
        return Answer(False, sure, ONLY_ASKED, asks, unheard=True)
    why = "no se encuentra una respuesta que le corresponda"
    evidence = whole_turns(transcript, pair.replies[:1])
    return Answer(False, min(sure, DOUBTFUL_CONFIDENCE), why, evidence, unheard=True)


def _recognised_only(transcript: Transcript, pair: Pair, sure: float) -> Answer:
    """Recognised, and yet perhaps not answered: what is shown is all that was said but those words."""
    kind = pair.rungs["recognise"]
    rest = tuple(found[0] for found in pair.rungs.values() if found[0] not in kind)
    if rest:
        doubt = f"Tal vez la atiende lo que se dice ({places([q.turn for q in rest])})."
        return Answer(False, sure, "se reconoce, pero no se atiende", rest, unheard=True, doubt=doubt)
    silent = [turn for turn in pair.replies if turn not in {quote.turn for quote in kind}]
    evidence = whole_turns(transcript, silent or pair.replies[:1])
    return Answer(False, sure, "se reconoce y no se oye más respuesta", evidence, unheard=True)
