"""Why a call waits in the queue, as who reviews it may know, and how much that weighs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, null

from coach.draw_plan import REASONS
from coach.schema import standings
from coach.schema_work import tasks

_RANK = {reason: place for place, reason in enumerate(("critical", *REASONS[2:], "random"))}


def shown_reason() -> ColumnElement[Any]:
    """NULL for a blind task: the reason would tell what the machine said."""
    return case((tasks.c.blind, null()), else_=tasks.c.reason)


def rank() -> ColumnElement[int]:
    """By the reason of the draw; what shows a critical failure weighs as drawn for it."""
    grave = and_(~tasks.c.blind, standings.c.critical > 0)
    return case((grave, _RANK["critical"]), else_=case(_RANK, value=shown_reason(), else_=_RANK["random"]))
