"""The form as people write it (rubric, criterion) and what judging by it gives (verdict, scorecard)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from transcripts.types import Quote

Outcome = Literal["pass", "fail", "na"]
Evaluable = Literal["yes", "partly", "no"]
Group = Literal["apertura", "trato", "escucha", "negociacion", "cierre"]


class RubricError(Exception):
    """A rubric file that cannot be used; the message says file, line, what is wrong and what was meant."""


class Criterion(BaseModel):
    """One line of the form: which check judges it, with which settings, and its weight (points of 100)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    label: str
    label_en: str = ""
    group: Group
    check: str
    params: dict[str, Any] = Field(default_factory=dict)
    na_when: tuple[str, ...] = ()  # names of `rubrics.conditions`, judged first, in this order
    weight: float = Field(ge=0)
    critical: bool = False
    needs_sure_speakers: bool = True  # False: still judged when roles are guessed (mono)
    help: str
    better: str = ""  # the wording to use instead, shown with a fail


class Rubric(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    version: int
    label: str
    criteria: tuple[Criterion, ...]
    review_below: float = Field(default=0.6, ge=0, le=1)  # less confident verdicts wait for a person
    digest: str = ""  # of the file's text; filled by the loader, never written by hand


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome is the best guess. `needs_review` keeps it out of points and voiding until a person looks.

    `evidence` of a fail quotes the speaker the claim is about; where something is absent it is empty and
    `reason` says where it was sought. An `na` always names in `reason` the precondition that failed.
    """

    outcome: Outcome
    reason: str
    evidence: tuple[Quote, ...] = ()
    confidence: float = 1.0  # 0..1
    needs_review: bool = False
    condition: str = ""  # of an `na`: the name in `rubrics.conditions` that applied


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Verdicts by criterion id, in the order of the rubric. Never edited: a person's word is a Review.

    `points` 0..100 over what was judged without doubt, None where nothing could be. `points_low` and
    `points_high` are the range that the verdicts waiting for review leave open.
    """

    recording_id: str
    rubric: str  # "id@version+digest"
    verdicts: dict[str, Verdict]
    points: float | None
    points_low: float | None
    points_high: float | None
    critical_failures: tuple[str, ...] = ()  # criterion ids; a person confirms them
    evaluable: Evaluable = "yes"
    evaluable_reason: str = ""
