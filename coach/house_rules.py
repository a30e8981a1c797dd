"""What a house decides of its month: when a criterion counts, how a score is read, when a promise is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


class TrustRules(BaseModel):
    """When a criterion's verdicts enter points: how many blind reviews, and which bars they must clear."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    count_all: bool = False  # every criterion counts from the first call, knowingly
    least_blind: int = Field(default=50, ge=1)
    agreement_bar: float = Field(default=0.8, ge=0, le=1)  # for the lower end of the 95 % interval
    kappa_bar: float = Field(default=0.4, ge=-1, le=1)


class ScoreRules(BaseModel):
    """How an agent's score is read: bands from their lowest points, and how many calls it needs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bands: dict[str, Annotated[float, Field(ge=0, le=100)]] = Field(
        default_factory=lambda: {"sobresaliente": 90.0, "cumple": 80.0}
    )
    below: str = "en desarrollo"  # under the lowest band
    least_calls: int = Field(default=5, ge=2)

    @classmethod
    def frozen_in(cls, body: Mapping[str, Any]) -> ScoreRules:
        """Those that a month was closed with, whatever the house has changed since."""
        return cls.model_validate(body["settings"]["score"])


class PromiseRules(BaseModel):
    """When a promise counts as kept: days after its date, and what may be missing of its amount."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tolerance_days: int = Field(default=3, ge=0, le=60)
    tolerance_percent: float = Field(default=5.0, ge=0, le=100)
