"""Pass when the agent repeats sum and day of the agreement and who promised confirms it.

A way to pay that was agreed and not repeated is coaching, not a fail. Whether a mere «gracias» or goodbye
confirms a person hears.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field

from nlp.readback import names_that_day, only_leave, repeats, repeats_other
from nlp.turn_marks import names_channel
from nlp.types import Findings, Promise
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import (
    DOUBTFUL_CONFIDENCE,
    PASS_CONFIDENCE,
    absent,
    doubting,
    failed,
    passed,
    places,
    quotes,
    unless_lost,
    unsure_of,
)
from transcripts.types import Quote, Transcript

WITHOUT_CHANNEL = 0.7
THAT_DAY = "Repite el monto con «ese día»: conviene oír si quedó claro cuál."


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    act: Label = "read_back"
    near: int = Field(default=6, ge=1)  # agent turns after the promise in which a part of it is looked for


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    promise = findings.promise
    if promise is None:
        turns = reading.turns_of(transcript, "agent")
        return absent(transcript, "No hay acuerdo que el agente haya repetido", turns, confidence=0.5)
    verdict = _repeated(transcript, findings, promise, params)
    if promise.firm and promise.otherwise is not None:
        other = promise.otherwise
        evidence = tuple(dict.fromkeys((other.told, other.noted, *verdict.evidence)))
        unsure = unsure_of(promise)
        told = verdict.doubt if unsure in verdict.doubt else f"{unsure} {verdict.doubt}".strip()
        verdict = replace(verdict, evidence=evidence, doubt=told)
    if promise.firm and not promise.counts:
        verdict = replace(verdict, confidence=min(verdict.confidence, DOUBTFUL_CONFIDENCE))
    return verdict


def _repeated(transcript: Transcript, findings: Findings, promise: Promise, params: Params) -> Verdict:
    after = reading.agent_turns_after(transcript, promise.quote.turn, at_most=params.near)
    if promise.read_back is None and not after:
        return _agreed_last(transcript, findings, promise)
    parts = quotes(reading.said(transcript, findings, (params.act,), turns=after))
    if promise.read_back is None:
        if parts:
            reason = _in_part(transcript, promise, sorted({q.turn for q in parts}))
            verdict = unless_lost(failed(reason, parts, confidence=0.65), transcript, after)
            return doubting(verdict, THAT_DAY) if _by_that_day(transcript, promise, parts) else verdict
        return absent(transcript, "No repite el monto y la fecha acordados", after)
    parts = tuple(part for part in parts if _of_agreement(transcript, promise, part))
    evidence = tuple(sorted({*parts, promise.read_back}))
    where = places([q.turn for q in evidence])
    if (leave := only_leave(transcript, promise)) is not None:
        who = reading.payer(transcript, findings, leave.turn)
        reason = f"Repite el acuerdo ({where}) y {who} solo agradece o se despide ({places([leave.turn])})."
        met = passed(reason, (*evidence, leave), doubt=unsure_of(promise))
        return doubting(met, "Falta oír si lo confirma.")
    if promise.confirmed is None:
        who = reading.payer(transcript, findings, promise.quote.turn)
        reason = f"Repite el acuerdo ({where}), pero {who} no lo confirma."
        # only what comes right after it can be the yes
        return unless_lost(failed(reason, evidence, confidence=0.65), transcript, [evidence[-1].turn])
    heard = {*after, *(quote.turn for quote in (*evidence, promise.confirmed))}
    unsaid = promise.channel is not None and not any(names_channel(transcript.turns[i].text) for i in heard)
    more = "; para la próxima, también por dónde paga" if unsaid else ""
    sure = WITHOUT_CHANNEL if unsaid else PASS_CONFIDENCE
    if not promise.date_agrees:
        # «el viernes 14», and the 14th is a Saturday: which of the two was agreed a person hears
        sure = DOUBTFUL_CONFIDENCE
    who = reading.payer(transcript, findings, promise.confirmed.turn)
    return passed(
        f"Repite el acuerdo y {who} lo confirma ({where}){more}.",
        (*evidence, promise.confirmed),
        confidence=sure,
        doubt=unsure_of(promise),
    )


def _agreed_last(transcript: Transcript, findings: Findings, promise: Promise) -> Verdict:
    """Nothing of the agent's follows: a person hears whether there was a chance to repeat it."""
    before = [i for i in reading.turns_of(transcript, "agent") if i < promise.quote.turn][-1:]
    who = reading.payer(transcript, findings, promise.quote.turn).capitalize()
    what = f"{who} acepta al final de la llamada y no se oye repetir el monto y la fecha"
    return absent(transcript, what, before, confidence=DOUBTFUL_CONFIDENCE)


def _of_agreement(transcript: Transcript, promise: Promise, part: Quote) -> bool:
    """Whether words that repeat something repeat sum or day, before the debtor's yes to them, and are told
    nowhere else.
    """
    whole, yes = promise.read_back, promise.confirmed
    if whole is not None and part.turn == whole.turn:
        return not (whole.start <= part.start and part.end <= whole.end)
    late = yes is not None and part.turn > yes.turn
    return not late and any(repeats(transcript, part.turn, promise))


def _in_part(transcript: Transcript, promise: Promise, turns: Sequence[int]) -> str:
    """What the agent's `turns` say of the agreement: a part of it, or another sum or day."""
    where = places(turns)
    amount, day = _any(repeats(transcript, turn, promise) for turn in turns)
    sums, days = _any(repeats_other(transcript, turn, promise) for turn in turns)
    other = [
        what for what, said in (("otro monto", sums and not amount), ("otra fecha", days and not day)) if said
    ]
    if other:
        named = " y ".join(other)
        if amount or day or len(other) > 1:
            return f"Repite el acuerdo con {named} ({where})."
        return f"Repite el acuerdo con {named} ({where}), sin {'la fecha' if sums else 'el monto'}."
    if not (amount or day) and transcript.recording.call_date is None:
        return f"Repite solo una parte del acuerdo ({where}): sin la fecha de la llamada no se sabe cuál."
    if not (amount or day):
        return f"No repite el monto ni la fecha acordados: lo que recoge ({where}) no los nombra."
    missing = "falta la fecha" if amount else "falta el monto"
    if amount and day:
        missing = "faltan el monto o la fecha"
    return f"Repite solo una parte del acuerdo ({where}): {missing}."


def _by_that_day(transcript: Transcript, promise: Promise, parts: Iterable[Quote]) -> bool:
    """Whether the sum is repeated with «ese día» for the day."""
    turns = {part.turn for part in parts}
    return any(
        repeats(transcript, turn, promise)[0] and names_that_day(transcript.turns[turn].text)
        for turn in turns
    )


def _any(said: Iterable[tuple[bool, bool]]) -> tuple[bool, bool]:
    """The two answers, each yes where it is so of one of `said`."""
    first, second = zip(*said, strict=True)
    return any(first), any(second)
