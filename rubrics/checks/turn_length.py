"""Fail when a turn of the speaker is longer than `max_words`, or than `max_s` seconds of steady talk.

Turns that carry one of `exempt` (a legal notice) are left out, and after a promise those with one of
`exempt_agreed` (its repetition): their length is asked for.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import failed, passed, places, whole_turns
from transcripts.types import Speaker, Transcript, Turn


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    speaker: Speaker = "agent"
    max_words: int = Field(default=90, ge=1)
    max_s: float = Field(default=45.0, gt=0)
    slow_words_per_s: float = Field(default=1.2, ge=0)  # below it the seconds hold pauses, not talk
    exempt: tuple[Label, ...] = ()
    exempt_agreed: tuple[Label, ...] = ()  # exempt once the debtor has promised something


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    exempt = {f.quote.turn for f in reading.said(transcript, findings, params.exempt, by=params.speaker)}
    if findings.promise is not None:
        agreed = range(findings.promise.quote.turn, len(transcript.turns))
        repeats = reading.said(transcript, findings, params.exempt_agreed, by=params.speaker, turns=agreed)
        exempt |= {f.quote.turn for f in repeats}
        if findings.promise.read_back is not None:  # it may come before the debtor's last yes
            exempt.add(findings.promise.read_back.turn)
    turns = [i for i in reading.turns_of(transcript, params.speaker) if i not in exempt]
    long = [i for i in turns if transcript.turns[i].doubt is None and _too_long(transcript.turns[i], params)]
    if not long:
        return passed(f"Ningún turno pasa de {params.max_words} palabras o {params.max_s:.0f} segundos.")
    words = max(len(transcript.turns[i].text.split()) for i in long)
    reason = (
        f"Habla de más en {places(long)}: hasta {words} palabras seguidas (el límite es {params.max_words})."
    )
    # near the limit two careful people would not agree
    confidence = 0.85 if words > params.max_words * 1.1 else 0.6
    return failed(reason, whole_turns(transcript, long), confidence=confidence)


def _too_long(turn: Turn, params: Params) -> bool:
    words = len(turn.text.split())
    if words > params.max_words:
        return True
    if turn.start_s is None or turn.end_s is None:
        return False
    seconds = turn.end_s - turn.start_s
    return seconds > params.max_s and words / seconds >= params.slow_words_per_s
