"""By what a verdict was made: what people say of it holds for that alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """As scorecard, findings and transcript name it."""

    rubric: str  # "id@version+digest"
    nlp_version: str
    model: str  # speech model; "" for calls that came as text
