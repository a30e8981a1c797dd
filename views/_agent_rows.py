"""The list of agents as rows to draw. No drawing here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from coach.rows import AgentRow
from views import _formats
from views._formats import SIGNS
from views._text import t


def columns() -> list[dict[str, Any]]:
    return [
        {"id": "agent", "label": t("Agente")},
        {"id": "points", "label": t("Puntos"), "align": "right"},
        {"id": "critical", "label": t("Críticas por confirmar")},
        {"id": "review", "label": t("Por revisar"), "align": "right", "hide": True},
        {"id": "promises", "label": t("Promesas firmes"), "align": "right"},
    ]


def rows(agents: tuple[AgentRow, ...]) -> list[dict[str, Any]]:
    return [
        {
            "id": agent.login,
            "href": f"agent?{urlencode({'agent': agent.login})}",
            "cells": {
                "agent": {"text": agent.agent},
                "points": points(agent),
                "critical": critical(agent),
                "review": {"text": str(agent.to_review)},
                "promises": {"text": str(agent.promises), "sub": t("de {n}", n=agent.calls)},
            },
        }
        for agent in agents
    ]


def points(agent: AgentRow) -> dict[str, str]:
    return {"text": _formats.mean(agent.points), "sub": _formats.calls(agent.points.n)}


def critical(agent: AgentRow) -> dict[str, str]:
    if not agent.critical:
        return {"text": "0", "kind": "na"}
    return {"text": str(agent.critical), "sign": SIGNS["review"], "kind": "review"}
