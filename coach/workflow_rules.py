"""What a house decides of its reviews: how many calls reach a person, and by when each step is due."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class WorkflowRules(BaseModel):
    """How calls reach people's ears, and by when each waits for an answer. Days are working days."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    per_day: int = Field(default=30, ge=1)  # calls drawn at most, a day
    control_share: float = Field(default=0.3, gt=0, le=1)  # of those, drawn among all calls alike
    blind_share: float = Field(default=0.15, ge=0, le=1)  # reviewed with the machine's verdicts hidden
    per_agent: int = Field(default=4, ge=0)  # reviews an agent and month
    window_days: int = Field(default=45, ge=1)  # calendar days before the newest call: older is not drawn
    new_agent_days: int = Field(default=30, ge=0)
    near_points: float = Field(default=3, ge=0)
    thresholds: tuple[float, ...] = (70, 85)  # points at which a band ends; near them a call is worth an ear
    draw_daily: bool = True  # by the worker; else only by `coach sample`
    due_days: int = Field(default=3, ge=0)
    claim_hours: float = Field(default=24, gt=0)  # a claim without a sign of work is free again
    dispute_days: int = Field(default=5, ge=1)  # for the agent, from the notice
    decide_days: int = Field(default=5, ge=1)
