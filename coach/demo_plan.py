"""A coaching plan of the demonstration, made in its history and due: what came of it can be read at once.

Carla Benítez begins with «vos» and gets much better: the calls say so, the plan asks them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import select

from coach import coaching
from coach.demo_people import viewer_of
from coach.own_calls import UNKNOWN
from coach.pipeline import forms_of
from coach.schema_drills import coaching_plans
from coach.settings import Settings
from coach.store import Store
from coach.team_figures import by_id
from coach.types import CoachError

MADE = datetime(2026, 10, 5, 18, tzinfo=UTC)
FOLLOW_UP = date(2026, 11, 2)
TRAINER, AGENT, PATTERN = "tvidal", "cbenitez", "criterion:usted_no_tuteo"
TARGET = "Que trate de usted a todos, también cuando la persona le habla de vos."


def begin(store: Store, settings: Settings) -> None:
    """Nothing happens where it was begun before, or its agent has no call of those days."""
    trainer = viewer_of(store, TRAINER)
    held = select(coaching_plans.c.id).where(coaching_plans.c.agent_login == AGENT)
    with store.reading() as connection:
        if connection.execute(held).first():
            return
    criteria = by_id(form.criteria for form in forms_of(settings))
    made = (AGENT, PATTERN, TARGET, FOLLOW_UP)
    try:
        coaching.begin(store, settings, trainer, criteria, *made, now=MADE, up_to=MADE.date())
    except CoachError as error:
        if error.said != UNKNOWN:
            raise
