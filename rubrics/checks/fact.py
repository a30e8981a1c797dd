"""Pass when a fact that came with the call has one of the values in `one_of` (or none of `none_of`)."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from nlp.types import Findings
from rubrics.types import Verdict
from rubrics.verdicts import failed, not_applicable, passed
from transcripts.types import Transcript

Fact = Literal[
    "call_type",
    "disposition",
    "direction",
    "campaign",
    "portfolio",
    "country",
    "product",
    "creditor",
    "currency",
]


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    what: str  # as the reason says it: «la tipificación»
    fact: Fact
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _asked(self) -> Params:
        if not self.one_of and not self.none_of:
            raise ValueError("falta one_of o none_of")
        return self


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    recording = transcript.recording
    value = getattr(recording, params.fact, None) or getattr(recording.facts, params.fact, None)
    if not value:
        return not_applicable(f"La llamada no trae {params.what}.", "fact_unknown")
    held = value.strip().casefold()
    wrong = (params.one_of and held not in _low(params.one_of)) or held in _low(params.none_of)
    reason = f"{params.what[0].upper()}{params.what[1:]} es «{value}», según los datos de la llamada."
    return failed(reason, ()) if wrong else passed(reason)


def _low(words: tuple[str, ...]) -> set[str]:
    return {word.strip().casefold() for word in words}
