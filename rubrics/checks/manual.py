"""A question that a person answers: Temple only keeps its place, with its best guess, until then."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from nlp.types import Findings
from rubrics.types import Outcome, Verdict
from transcripts.types import Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str  # what the person is asked
    guess: Outcome = "pass"


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    return Verdict(params.guess, f"Lo responde una persona: {params.question}", (), 0.0, needs_review=True)
