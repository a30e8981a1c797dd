"""Pass when it is settled that the debtor is on the phone before the debt is told of.

A question by name («¿hablo con el señor Luis Pérez?») answered yes settles it, and so does a datum asked and
given. Asked but not clearly answered is a doubtful fail. Where the debt was never told, having asked is
enough. With `telling` it is the first of these that must wait for the debtor, and nothing is asked for where
none is said. What somebody else was told is as sure here as it is for «No revela la deuda a terceros».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field

from nlp.identity import number_checks
from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.checks import tells_no_other
from rubrics.conditions import transferred_in
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import (
    DOUBTFUL_CONFIDENCE,
    PASS_CONFIDENCE,
    UNHEARD,
    absent,
    doubting,
    failed,
    passed,
    places,
    quotes,
    sureness,
    unless_lost_before,
    whole_turns,
)
from transcripts.types import Quote, Transcript

PRESSES = ("asks_commitment", "amount_said")
UNCLEAR_CONFIDENCE = 0.55  # asked, but not clearly answered


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    asks: tuple[Label, ...] = ("verifies_identity", "asks_for_debtor", "asks_identity_datum")
    debt: tuple[Label, ...] = Field(default=("states_debt", "discloses_debt"))
    telling: tuple[Label, ...] = ()  # what gives the debt away; empty: what nlp takes for it


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    verdict = _judged(transcript, findings, params)
    if verdict.outcome == "pass" and _perhaps_told_other(transcript, findings):
        return doubting(verdict, "No está claro si habló de la deuda con otra persona.")
    if verdict.outcome == "fail" and _to_guarantor(transcript, findings, verdict):
        return doubting(verdict, tells_no_other.GUARANTOR)
    if verdict.outcome == "fail" and _perhaps_checked_before(transcript, findings):
        return doubting(verdict, "La llamada llegó transferida: pudo comprobarlo quien la pasó.")
    return verdict


def _perhaps_checked_before(transcript: Transcript, findings: Findings) -> bool:
    """Whether a colleague who passed the call on may have made sure of the debtor: nobody else was there, and
    nobody denied it when the agent asked.
    """
    if transferred_in(transcript, findings) is None or any(transcript.said_by("other")):
        return False
    asked = reading.said(transcript, findings, ("vouched_for",))
    denied = reading.said(transcript, findings, ("denies", "wrong_person"), by="debtor")
    after = {f.quote.turn + 1 for f in asked}
    return not any(f.label == "wrong_person" or f.quote.turn in after for f in denied)


def _judged(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    debt, settled = _debt_turn(transcript, findings), findings.people.identity_turn
    asked = reading.said(transcript, findings, params.asks)
    if params.telling:
        return _before_telling(transcript, findings, params, asked)
    told_other = _told_other(transcript, findings, asked)
    if told_other is not None and (debt is None or (settled is not None and settled < debt)):
        return told_other
    if debt is None:
        if asked:
            reason = "Preguntó por el titular y no habló de la deuda con nadie más."
            return passed(reason, quotes(asked[:1]))
        if settled is not None:
            return _known_unasked(transcript, findings, settled)
        turns, what = reading.turns_of(transcript, "agent"), "No se asegura de hablar con el titular"
        return unless_lost_before(absent(transcript, what, turns, confidence=0.65), transcript)
    numbers = number_checks(findings.findings)
    before = [f for f in asked if f.quote.turn < debt and f.quote.turn not in numbers]
    if settled is not None and settled < debt:
        evidence = quotes(before) or whole_turns(transcript, [settled])
        return passed(f"Confirmó al titular antes de hablar de la deuda ({places([settled])}).", evidence)
    told = reading.said(transcript, findings, params.debt, turns=(debt,))
    evidence = quotes(told) or whole_turns(transcript, [debt])
    if reading.doubtful(transcript, [debt]):
        reason = f"Habló de la deuda antes de confirmar al titular ({places([debt])})."
        return failed(reason, (), confidence=DOUBTFUL_CONFIDENCE, doubt=UNHEARD)
    if before:
        return _unanswered(transcript, findings, before, debt, evidence)
    verdict = failed(f"Habló de la deuda antes de confirmar al titular ({places([debt])}).", evidence)
    return unless_lost_before(verdict, transcript)


def _known_unasked(transcript: Transcript, findings: Findings, settled: int) -> Verdict:
    """The pass where nobody asked and the debtor was known at `settled`, before any debt was told of; a
    payment that was asked for by then gives away that there is one.
    """
    known = f"Se supo que era el titular ({places([settled])}) y no se oye que se hablara antes de la deuda."
    verdict = passed(known, whole_turns(transcript, [settled]))
    asked = reading.said(transcript, findings, PRESSES, turns=range(settled))
    if not asked:
        return verdict
    where = places([f.quote.turn for f in asked])
    early = f"Antes pidió un pago ({where}): decida una persona si eso la dio a saber."
    return doubting(replace(verdict, evidence=(*quotes(asked), *verdict.evidence)), early)


def _to_guarantor(transcript: Transcript, findings: Findings, verdict: Verdict) -> bool:
    """Whether a guarantor in the debtor's place heard what is reproached, and no doubt tells it yet."""
    if verdict.doubt:
        return False
    another = findings.people.third_party or bool(_denials(transcript, findings))
    return another and bool(tells_no_other.guarantor_told(transcript, findings, verdict.evidence))


def _told_other(transcript: Transcript, findings: Findings, asked: tuple[Finding, ...]) -> Verdict | None:
    """The fail of who told somebody else before the debtor came, by the words for which «No revela la deuda a
    terceros» fails too: fewer words tell another of a debt than tell the debtor.
    """
    came = _came(transcript, findings)
    heard = tells_no_other.disclosures(transcript, findings)
    told = {quote: sure for quote, sure in heard.items() if quote.turn < came}
    if not told:
        return None
    where = places([quote.turn for quote in told])
    if any(f.quote.turn <= min(told).turn for f in asked):
        reason = f"Preguntó por el titular, pero habló de la deuda con otra persona ({where})."
    else:
        reason = f"Habló de la deuda antes de confirmar al titular ({where})."
    doubt = tells_no_other.doubt_of(transcript, findings, told)
    return failed(reason, sorted(told), confidence=max(told.values()), doubt=doubt)


def _debt_turn(transcript: Transcript, findings: Findings) -> int | None:
    """The turn in which the debt was told; words that only may have told somebody else of it are none."""
    turn = findings.people.debt_turn
    faint = {quote.turn for quote in tells_no_other.hinted(transcript, findings)}
    told = reading.said(transcript, findings, ("states_debt", "discloses_debt"))
    sure = [f.quote.turn for f in told]
    return next(iter(sure), None) if turn in faint and turn not in sure else turn


def _perhaps_told_other(transcript: Transcript, findings: Findings) -> bool:
    """Whether it is open if somebody else on the phone was told of the debt before the debtor came."""
    came, others = _came(transcript, findings), [i for i, _ in transcript.said_by("other")]
    if not _denials(transcript, findings) and (not others or came < others[0]):
        return False
    other = tells_no_other.check(transcript, findings, tells_no_other.Params())
    if other.outcome == "fail":
        return any(quote.turn < came for quote in other.evidence)
    return other.confidence <= DOUBTFUL_CONFIDENCE


def _came(transcript: Transcript, findings: Findings) -> int:
    """The turn from which it is settled that the debtor listens; past the end where it never is. «No soy yo»
    answers who was asked for, and settles nothing.
    """
    if findings.people.identity_turn is None and not _denials(transcript, findings):
        return len(transcript.turns)
    return tells_no_other.debtor_came(transcript, findings)


def _denials(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    return reading.said(transcript, findings, ("wrong_person",), by="debtor")


def _before_telling(
    transcript: Transcript, findings: Findings, params: Params, asked: tuple[Finding, ...]
) -> Verdict:
    told = reading.said(transcript, findings, params.telling)[:1]
    if not told:
        return passed("No llegó a hablar de la deuda.", quotes(asked[:1]))
    debt = told[0].quote.turn
    before = tuple(f for f in asked if f.quote.turn < debt)
    settled = _settled(transcript, findings, before, debt)
    if settled is not None:
        sure = sureness(before) if before else PASS_CONFIDENCE
        evidence = quotes(before) or whole_turns(transcript, [settled])
        reason = f"Confirmó al titular antes de hablar de la deuda ({places([settled])})."
        return passed(reason, evidence, confidence=sure)
    if before:
        return _unanswered(transcript, findings, before, debt, quotes(told))
    sought = [turn for turn in reading.turns_of(transcript, "agent") if turn <= debt]
    if not asked or reading.doubtful(transcript, sought):
        what = "No se oye la verificación del titular antes de hablar de la deuda"
        verdict = absent(transcript, what, sought, evidence=quotes(told))
    else:
        reason = f"Habló de la deuda antes de confirmar al titular ({places([debt, asked[0].quote.turn])})."
        verdict = failed(reason, quotes([asked[0], *told]))
    return unless_lost_before(verdict, transcript)


def _settled(
    transcript: Transcript, findings: Findings, before: tuple[Finding, ...], debt: int
) -> int | None:
    """The turn before `debt` in which the debtor answered one of `before`, or said it unasked."""
    known = findings.people.identity_turn
    answers = {i for i, _ in transcript.said_by("debtor") for f in before if i - 2 <= f.quote.turn < i}
    turns = sorted({*answers, *(() if known is None else (known,))})
    other = {f.quote.turn for f in reading.said(transcript, findings, ("wrong_person",), by="debtor")}
    return next((turn for turn in turns if turn < debt and turn not in other), None)


def _unanswered(
    transcript: Transcript,
    findings: Findings,
    before: Sequence[Finding],
    debt: int,
    evidence: tuple[Quote, ...],
) -> Verdict:
    """The fail of who asked for the debtor and told somebody else, or somebody unknown."""
    between = range(before[0].quote.turn, debt)
    denied = reading.said(transcript, findings, ("wrong_person",), by=("debtor", "other"), turns=between)
    came = any(i in between for i, _ in transcript.said_by("debtor"))
    if denied or (any(i in between for i, _ in transcript.said_by("other")) and not came):
        reason = f"Preguntó por el titular, pero habló de la deuda con otra persona ({places([debt])})."
        return failed(reason, evidence)
    reason = f"Preguntó por el titular, pero habló de la deuda sin una respuesta clara ({places([debt])})."
    return unless_lost_before(failed(reason, evidence, confidence=UNCLEAR_CONFIDENCE), transcript)
