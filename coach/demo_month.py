"""A month of the demonstration that has been heard: calls drawn by chance, and an analyst's review of each.

Without it no agent of the demonstration would have a score, and nothing of theirs would have been reviewed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime

from sqlalchemy import select

from coach import demo_people, drafts, reviews, sampling
from coach.draw_plan import Candidate, plan
from coach.periods import month_of
from coach.schema_draws import draws
from coach.schema_lists import listed
from coach.schema_work import releases
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE
from coach.workdays import local_day
from coach.workflow_rules import WorkflowRules

MONTH = date(2026, 10, 1)  # of the written history
ANALYST = "erobles"
_RULES = WorkflowRules(per_day=70, control_share=1, blind_share=0)


def draw(store: Store) -> tuple[str, ...]:
    """Draw among the calls of `MONTH`, before they are given to their agents: a call counts only where chance
    took it first. Gives the ids drawn; none where that was done before.
    """
    first, last = month_of(MONTH)
    calls = select(listed.c.recording_id, listed.c.agent_login).where(
        listed.c.demo, listed.c.evaluable != "no", listed.c.call_date.between(first, last)
    )
    now = datetime.now(UTC)
    with store.writing() as connection:
        made = select(draws.c.id).where(draws.c.kind == "day", draws.c.day == last)
        frame = connection.execute(calls.order_by(listed.c.recording_id)).all()
        if not frame or connection.execute(made).first():
            return ()
        planned = plan([Candidate(one, login) for one, login in frame], _RULES, last)
        drawn = [one for one in planned if one.drawn is not None]
        sampling.write_draw(connection, HOUSE, "day", last, now, planned)
        sampling.write_tasks(connection, drawn, now, local_day(now))
    return tuple(one.recording_id for one in drawn)


def hear(store: Store, settings: Settings, drawn: Collection[str]) -> None:
    """The analyst's review of what was drawn and has been given to its agent.

    Calls in which something critical waits were not: these stay in the queue, for the visitor to decide.
    """
    given = select(releases.c.recording_id).where(releases.c.recording_id.in_(drawn))
    with store.reading() as connection:
        ids = connection.execute(given).scalars().all()
    analyst = demo_people.viewer_of(store, ANALYST)
    for one in ids:
        drafts.open_review(store, settings, analyst, one)
        reviews.finish(store, settings, analyst, one)
