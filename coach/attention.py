"""Whom to accompany: said only where the figures carry it. Nobody is ranked on a handful of calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.intervals import Mean
from coach.rows import AgentRow

FEWEST_CALLS = 8  # with points: below this an agent's mean says little, and no place is given


@dataclass(frozen=True, slots=True)
class Attention:
    """Agents in three groups; within each, whoever needs company most comes first.

    `first`: a mean whose whole interval lies below the team's mean.
    `others`: enough calls, no clear difference. `few`: too few calls to say anything, by name.
    """

    first: tuple[AgentRow, ...]
    others: tuple[AgentRow, ...]
    few: tuple[AgentRow, ...]


def attention(agents: Sequence[AgentRow], team: Mean) -> Attention:
    """Sort the agents of one filter; `team` is the mean of all their calls."""
    known = [agent for agent in agents if agent.points.n >= FEWEST_CALLS]
    few = [agent for agent in agents if agent.points.n < FEWEST_CALLS]
    first = [agent for agent in known if _clearly_below(agent, team)]
    others = [agent for agent in known if agent not in first]
    return Attention(tuple(sorted(first, key=_need)), tuple(sorted(others, key=_need)), tuple(few))


def _clearly_below(agent: AgentRow, team: Mean) -> bool:
    high = agent.points.high
    return high is not None and team.value is not None and high < team.value


def _need(agent: AgentRow) -> tuple[float, str]:
    """Lower means first."""
    return (agent.points.value if agent.points.value is not None else 100.0), agent.agent
