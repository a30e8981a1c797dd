"""Pass when the speaker says at least `at_least` of the things listed, those in `must` among them.

Each entry of `items` names one thing and the findings that count as it. Where `beside` names findings for it
too, it counts only with one of these in the same turn of the speaker, the one before or the one after.
`first` and `until` bound the search to the beginning of the call.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import absent, agreeing, passed, places, quotes, sureness
from transcripts.listed import listed
from transcripts.types import Speaker, Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    speaker: Speaker = "agent"
    items: dict[str, tuple[Label, ...]] = Field(min_length=1)
    beside: dict[str, tuple[Label, ...]] = Field(default_factory=dict)
    at_least: int = Field(ge=1)
    must: tuple[str, ...] = ()
    first: int | None = Field(default=None, ge=1)  # turns of the speaker at the start of the call
    until: tuple[Label, ...] = ()  # from the speaker's turn with one of these on it is too late
    sure: float = Field(default=0.7, ge=0, le=1)

    @model_validator(mode="after")
    def _there(self) -> Params:
        for key, names in (("must", self.must), ("beside", self.beside)):
            for name in names:
                if name not in self.items:
                    raise ValueError(f"«{name}» de {key} no está en items")
        return self


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    turns = _beginning(transcript, findings, params)
    found = {name: _said(transcript, findings, params, name, turns) for name in params.items}
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
    every = params.at_least == len(found)
    asked = f"los {len(found)} datos" if every else f"al menos {params.at_least} de {len(found)} datos"
    count = f"{begins} decir {asked} y {heard}"
    what = f"{count}; {agreeing('falta', short)} {listed(short)}"
    return absent(transcript, what, turns, evidence=evidence, confidence=params.sure)


def _said(
    transcript: Transcript, findings: Findings, params: Params, name: str, turns: tuple[int, ...]
) -> tuple[Finding, ...]:
    """What counts as the thing `name`, and what must stand beside it."""
    said = reading.said(transcript, findings, params.items[name], by=params.speaker, turns=turns)
    if name not in params.beside:
        return said
    more = reading.said(transcript, findings, params.beside[name], by=params.speaker, turns=turns)
    order = {turn: at for at, turn in enumerate(turns)}
    near = [
        (one, other)
        for one in said
        for other in more
        if abs(order[one.quote.turn] - order[other.quote.turn]) <= 1
    ]
    return tuple(dict.fromkeys(finding for pair in near for finding in pair))


def _beginning(transcript: Transcript, findings: Findings, params: Params) -> tuple[int, ...]:
    """The speaker's turns that are searched; the first one always is."""
    turns = reading.turns_of(transcript, params.speaker)[: params.first]
    late = reading.said(transcript, findings, params.until, by=params.speaker, turns=turns[1:])
    return tuple(turn for turn in turns if not late or turn < late[0].quote.turn)
