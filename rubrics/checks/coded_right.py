"""Pass when the result that the agent coded is what was said: a promise is a sum and a day, nothing less.

A code of refusal is looked for first: «sin promesa» names the promise that was not made.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.text import plain
from nlp.types import Findings, Promise
from rubrics import reading
from rubrics.types import Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, failed, passed, places, unless_lost
from transcripts.listed import listed
from transcripts.types import Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    promise: tuple[str, ...] = Field(min_length=1)  # codes of a promise, as the centre writes them
    refusal: tuple[str, ...] = ()  # codes that say that nothing was agreed
    earlier: tuple[str, ...] = ()  # words that make it a promise of before: «promesa incumplida»


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    code = transcript.recording.disposition or ""
    promise = findings.promise
    if _is(code, params.refusal):
        if promise is not None and promise.firm:
            where = places([promise.quote.turn])
            who = reading.payer(transcript, findings, promise.quote.turn)
            reason = f"Se tipificó «{code}», pero {who} se comprometió a un monto y una fecha ({where})."
            return failed(reason, [promise.quote], confidence=_sure(promise))
    elif _is(code, params.promise) and not _is(code, params.earlier):
        return _promise_coded(
            transcript, code, promise, perhaps=any(one.label == "promise" for one in findings.nearly)
        )
    return passed(f"La tipificación «{code}» no contradice lo dicho.", confidence=0.75)


def _sure(promise: Promise) -> float:
    """How sure it is that a firm promise was made."""
    return 0.75 if promise.counts else DOUBTFUL_CONFIDENCE


def _promise_coded(transcript: Transcript, code: str, promise: Promise | None, *, perhaps: bool) -> Verdict:
    if promise is not None and promise.firm:
        where = places([promise.quote.turn])
        reason = f"Se tipificó «{code}» y hay promesa con monto y fecha ({where})."
        return passed(reason, [promise.quote], confidence=_sure(promise))
    lacks = ["el monto", "la fecha"]
    if promise is not None:
        parts = (("el monto", promise.amount), ("la fecha", promise.date))
        lacks = [name for name, value in parts if value is None]
    evidence = [promise.quote] if promise is not None else []
    reason = f"Se tipificó «{code}», pero en la llamada falta {listed(lacks)}; se buscó en todos los turnos."
    verdict = failed(reason, evidence, confidence=DOUBTFUL_CONFIDENCE if perhaps else 0.75)
    return unless_lost(verdict, transcript, range(len(transcript.turns)))


def _is(code: str, known: tuple[str, ...]) -> bool:
    """Whether one of `known` stands in the code, as a whole word or words, whatever its case and accents."""
    words = f" {_plain(code)} "
    return any(f" {_plain(one)} " in words for one in known)


def _plain(text: str) -> str:
    kept = "".join(c if c.isalnum() else " " for c in plain(text))
    return " ".join(kept.split())
