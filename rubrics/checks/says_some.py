"""Pass when the speaker says at least `at_least` of the things listed, those in `must` among them.

Each entry of `items` names one thing and the findings that count as it. `first` and `until` bound the search
to the beginning of the call.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from nlp.types import Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import absent, agreeing, listed, passed, places, quotes, sureness
from transcripts.types import Speaker, Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    speaker: Speaker = "agent"
    items: dict[str, tuple[Label, ...]] = Field(min_length=1)
    at_least: int = Field(ge=1)
    must: tuple[str, ...] = ()
    first: int | None = Field(default=None, ge=1)  # turns of the speaker at the start of the call
    until: tuple[Label, ...] = ()  # from the speaker's turn with one of these on it is too late
    sure: float = Field(default=0.7, ge=0, le=1)

    @model_validator(mode="after")
    def _there(self) -> Params:
        for name in self.must:
            if name not in self.items:
                raise ValueError(f"«{name}» de must no está en items")
        return self


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    turns = _beginning(transcript, findings, params)
    found = {
        name: reading.said(transcript, findings, labels, by=params.speaker, turns=turns)
        for name, labels in params.items.items()
    }
    said = [name for name, some in found.items() if some]
    missing = [name for name in found if name not in said]
    lacking = [name for name in params.must if name in missing]
    evidence = quotes(sorted((f for some in found.values() for f in some), key=lambda f: f.quote))
    if len(said) >= params.at_least and not lacking:
        sure = min(sureness(found[name]) for name in said)
        return passed(
            f"Dice {listed(said)} ({places([q.turn for q in evidence])}).", evidence, confidence=sure
        )
    short = lacking or missing
    heard = {0: "no se oye ninguno", 1: "se oye solo 1"}.get(len(said), f"se oyen {len(said)}")
    begins = "Al comienzo debe" if params.first or params.until else "Debe"
    count = f"{begins} decir al menos {params.at_least} de {len(found)} datos y {heard}"
    what = f"{count}; {agreeing('falta', short)} {listed(short)}"
    return absent(transcript, what, turns, evidence=evidence, confidence=params.sure)


def _beginning(transcript: Transcript, findings: Findings, params: Params) -> tuple[int, ...]:
    """The speaker's turns that are searched; the first one always is."""
    turns = reading.turns_of(transcript, params.speaker)[: params.first]
    late = reading.said(transcript, findings, params.until, by=params.speaker, turns=turns[1:])
    return tuple(turn for turn in turns if not late or turn < late[0].quote.turn)
