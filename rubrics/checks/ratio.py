"""Pass when a measure of the talk lies within `least` and `most`.

Measures are those of `nlp.types.TalkStats`; where the call has no times or no sure speakers nothing could be
measured, and the criterion does not apply.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from nlp.types import Findings
from rubrics.types import Verdict
from rubrics.verdicts import failed, not_applicable, passed, unless_lost, whole_turns
from transcripts.types import Transcript

Measure = Literal[
    "agent_share", "agent_wpm", "agent_questions", "debt_told_s", "hedges_per_100", "fillers_per_100",
    "longest_agent_turn_s", "longest_agent_turn_words", "overlap_s", "silence_s",
]  # fmt: skip


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    what: str  # as the reason says it: «la parte del agente en lo hablado»
    measure: Measure
    unit: str = ""
    least: float | None = None
    most: float | None = None
    margin: float = 0.1  # share of the limit within which a person looks

    @model_validator(mode="after")
    def _bounded(self) -> Params:
        if self.least is None and self.most is None:
            raise ValueError("falta least o most")
        return self


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    value = getattr(findings.talk, params.measure)
    if value is None:
        return not_applicable(f"No se pudo medir {params.what} en esta llamada.", "not_measured")
    shown = f"{value * 100:.0f} %" if params.measure.endswith("share") else f"{value:g} {params.unit}".strip()
    over = params.most is not None and value > params.most
    under = params.least is not None and value < params.least
    limits = [limit for limit in (params.least, params.most) if limit is not None]
    near = any(abs(value - limit) <= abs(limit) * params.margin for limit in limits)
    sure = 0.55 if near else 0.9
    if over or under:
        turn = _turn(findings, params.measure)
        evidence = whole_turns(transcript, [turn]) if turn is not None else ()
        side = "por encima" if over else "por debajo"
        reason = f"{params.what}: {shown}, {side} de lo que pide la pauta; medido en toda la llamada."
        verdict = failed(reason[0].upper() + reason[1:], evidence, confidence=sure)
        # what was too long stays so, whatever came after it
        everywhere = range(len(transcript.turns))
        return verdict if turn is not None and over else unless_lost(verdict, transcript, everywhere)
    return passed(f"{params.what[0].upper()}{params.what[1:]}: {shown}.", confidence=sure)


def _turn(findings: Findings, measure: Measure) -> int | None:
    """The turn that was measured, where it is one."""
    if measure == "longest_agent_turn_s":
        return findings.talk.longest_agent_turn_by_time
    return findings.talk.longest_agent_turn if measure == "longest_agent_turn_words" else None
