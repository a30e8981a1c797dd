"""Fail when the speaker does what `findings` name, once or more; every time is evidence.

`answering` names objections of the debtor (one who speaks of a lawsuit) right after which the same words are
often a plain answer: such a fail is doubtful, and a person looks. Words too faint to be claimed are left to a
person as a pass, and so are those that only `name` a thing, unless the other side spoke of it before
(`brought_up`); heard in `many` turns of the call they are more likely than not what they seem, and the pass
becomes a fail that a person looks at all the same. Beside words of the kinds `beside` a pass waits too: one
in three who insult a debtor is angry, and only the voice tells.
"""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import (
    DOUBTFUL_CONFIDENCE,
    LISTEN,
    SURE_WORDS,
    failed,
    passed,
    places,
    quotes,
    sureness,
)
from transcripts.types import Speaker, Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    speaker: Speaker = "agent"
    what: str  # as the reason says it: «una amenaza»
    findings: tuple[Label, ...] = Field(min_length=1)
    answering: tuple[Label, ...] = ()
    name: tuple[Label, ...] = ()
    brought_up: tuple[Label, ...] = ()
    beside: tuple[Label, ...] = ()
    many: int | None = Field(default=None, ge=2)  # turns with such words that make the best guess a fail
    sure: float = Field(default=SURE_WORDS, ge=0, le=1)  # a fail on less than this waits for a person


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    found = reading.said(transcript, findings, params.findings, by=params.speaker)
    if not found:
        hints = reading.hinted(transcript, findings, params.findings, by=params.speaker)
        turns = {f.quote.turn for f in hints}
        hints += tuple(f for f in _named(transcript, findings, params) if f.quote.turn not in turns)
        if not hints:
            return _beside(transcript, findings, params)
        turns = {f.quote.turn for f in hints}
        where = places(turns)
        if params.many is not None and len(turns) >= params.many:
            reason = f"Varias veces se oye {params.what} ({where})."
            doubt = "Ninguna de esas frases basta por sí sola: conviene que una persona las escuche."
            return failed(reason, quotes(hints), confidence=DOUBTFUL_CONFIDENCE, doubt=doubt)
        doubt = f"Tal vez lo sea lo que se dice ({where}), pero las palabras no bastan para decirlo."
        return passed(f"No se oye {params.what}.", quotes(hints), confidence=DOUBTFUL_CONFIDENCE, doubt=doubt)
    reason = f"Se oye {params.what} ({places([f.quote.turn for f in found])})."
    answers = [f for f in found if _answers(transcript, findings, f, params)]
    if len(answers) == len(found):
        reason += " Fue al responder a lo que dijo el deudor."
        sure = min(DOUBTFUL_CONFIDENCE, sureness(found))
        return failed(reason, quotes(found), confidence=sure, doubt=LISTEN)
    verdict = failed(reason, quotes(found), confidence=sureness(found))
    return replace(verdict, needs_review=verdict.confidence < params.sure)


def _beside(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    near = reading.said(transcript, findings, params.beside, by=params.speaker)
    if not near:
        return passed(f"No se oye {params.what}, según las palabras.")
    where = places([f.quote.turn for f in near])
    doubt = f"Lo que se dice ({where}) puede ir dicho así, y solo la voz lo deja oír."
    return passed(f"No se oye {params.what}.", quotes(near), confidence=DOUBTFUL_CONFIDENCE, doubt=doubt)


def _named(transcript: Transcript, findings: Findings, params: Params) -> tuple[Finding, ...]:
    """What only names the thing, where the other side had not spoken of it."""
    theirs = reading.said(transcript, findings, params.brought_up, by=("debtor", "other"))
    first = min((f.quote.turn for f in theirs), default=len(transcript.turns))
    named = reading.said(transcript, findings, params.name, by=params.speaker)
    return tuple(f for f in named if f.quote.turn < first)


def _answers(transcript: Transcript, findings: Findings, found: Finding, params: Params) -> bool:
    """Whether `found` comes in the speaker's first turn after one of `answering`."""
    turn = found.quote.turn
    before = range(max(0, turn - 2), turn)
    return bool(reading.said(transcript, findings, params.answering, by=("debtor", "other"), turns=before))
