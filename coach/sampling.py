"""Draws the calls that people hear: once a day, or when asked. Every judged call has one chance in one draw.

The frame of a draw are the judged calls that can be evaluated, had no chance yet and are not older than
`window_days` before the newest call of the house.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, case, func, insert, or_, select

from coach import audit, days_ahead, workdays
from coach.draw_plan import Candidate, Chance, Reason, plan
from coach.queries import JUDGED
from coach.schema import recordings, scorecards, standings, verdicts
from coach.schema_draws import chances, draws
from coach.schema_privacy import WORDLESS
from coach.schema_work import ratings, tasks
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, Viewer
from coach.workflow_rules import WorkflowRules

FEWEST_RATINGS = 5  # of a machine's verdict, before people are said to disagree with it
OFTEN_CHANGED = 0.25  # share of them that people judged otherwise
RATINGS_DAYS = 120


@dataclass(frozen=True, slots=True)
class Draw:
    """What a draw came to. `frame`: calls that had a chance."""

    day: date
    frame: int
    drawn: tuple[Chance, ...]

    def of(self, reason: Reason) -> int:
        return sum(one.drawn == reason for one in self.drawn)

    @property
    def blind(self) -> int:
        return sum(one.blind for one in self.drawn)


def draw(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    day: date | None = None,
    *,
    now: datetime | None = None,
    keep: bool = True,
) -> Draw:
    """Draw among the calls that had no chance yet and put what is taken into the queue.

    `keep=False` only tells what would be drawn. Nothing is kept where there is no call to draw from.
    """
    viewer.require("review")
    now = now or datetime.now(UTC)
    day = day or workdays.local_day(now)
    rules = settings.review
    with store.writing() if keep else store.reading() as connection:
        frame = _frame(connection, rules)
        planned = plan(frame, rules, day)
        drawn = tuple(one for one in planned if one.drawn is not None)
        if keep and frame:
            draw_id = write_draw(connection, viewer, "day", day, now, planned)
            due_on = workdays.after(day, rules.due_days, settings.country)
            write_tasks(connection, drawn, now, due_on)
            audit.record(connection, viewer, "draw", f"draw:{draw_id}", frame=len(frame), drawn=len(drawn))
    return Draw(day, len(frame), drawn)


def daily(store: Store, settings: Settings, *, now: datetime | None = None) -> Draw | None:
    """The draw of today, made by the house itself; None where it was made already or is turned off."""
    now = now or datetime.now(UTC)
    if not settings.review.draw_daily:
        return None
    today = select(draws.c.id).where(draws.c.kind == "day", draws.c.day == workdays.local_day(now))
    with store.reading() as connection:
        made = connection.execute(today).first()
    return None if made else draw(store, settings, HOUSE, now=now)


def write_draw(
    connection: Connection,
    viewer: Viewer,
    kind: Literal["day", "quota"],
    day: date,
    now: datetime,
    planned: Sequence[Chance],
) -> int:
    """Keep a draw with the chance of every call of its frame; gives its number."""
    values = {
        "kind": kind, "day": day, "at": now, "frame": len(planned), "made_by": viewer.user_id,
        "drawn": sum(one.drawn is not None for one in planned),
    }  # fmt: skip
    made = connection.execute(insert(draws).values(**values).returning(draws.c.id))
    draw_id = int(made.scalar_one())
    rows = [
        {"recording_id": one.recording_id, "draw_id": draw_id, "probability": one.probability}
        for one in planned
    ]
    if rows:
        connection.execute(insert(chances), rows)
    return draw_id


def write_tasks(connection: Connection, drawn: Sequence[Chance], now: datetime, due_on: date) -> None:
    """Put what was drawn into the queue."""
    rows = [
        {
            "recording_id": one.recording_id, "agent_login": one.agent_login, "reason": one.drawn,
            "probability": one.probability, "blind": one.blind, "state": "open", "created_at": now,
            "due_on": due_on,
        }
        for one in drawn
    ]  # fmt: skip
    if rows:
        connection.execute(insert(tasks), rows)


def _frame(connection: Connection, rules: WorkflowRules) -> list[Candidate]:
    """The calls that may be drawn, in the order of their ids."""
    newest = days_ahead.last_day(connection, recordings.c.call_date)
    had = select(1).where(chances.c.recording_id == recordings.c.id).correlate(recordings).exists()
    query = (
        select(recordings.c.id, recordings.c.agent_login, _reason(connection, rules, newest))
        .select_from(JUDGED)
        .where(scorecards.c.evaluable != "no", ~had, recordings.c.id.not_in(WORDLESS))
        .order_by(recordings.c.id)
    )
    if newest is not None:
        oldest = newest - timedelta(days=rules.window_days)
        query = query.where(or_(recordings.c.call_date.is_(None), recordings.c.call_date >= oldest))
    return [Candidate(*row) for row in connection.execute(query)]


def _reason(
    connection: Connection, rules: WorkflowRules, newest: date | None
) -> ColumnElement[Reason | None]:
    """The weightiest reason to hear a call, in SQL."""
    near = [func.abs(standings.c.points - bar) <= rules.near_points for bar in rules.thresholds]
    return case(
        (standings.c.critical > 0, "critical"),
        (_often_changed(connection), "disagreement"),
        (or_(False, *near), "threshold"),
        (standings.c.to_review > 0, "doubt"),
        (recordings.c.agent_login.in_(_new_agents(connection, rules, newest)), "new_agent"),
    )


def _often_changed(connection: Connection) -> ColumnElement[bool]:
    """Calls with a verdict of a kind that people have often judged otherwise: («empathy», «fail»)."""
    other = func.count(case((ratings.c.person != ratings.c.machine, 1)))
    query = (
        select(ratings.c.criterion, ratings.c.machine)
        .where(ratings.c.at >= datetime.now(UTC) - timedelta(days=RATINGS_DAYS))
        .group_by(ratings.c.criterion, ratings.c.machine)
        .having(func.count() >= FEWEST_RATINGS, other >= OFTEN_CHANGED * func.count())
    )
    kinds = [
        and_(verdicts.c.criterion == criterion, verdicts.c.outcome == outcome)
        for criterion, outcome in connection.execute(query)
    ]
    its = verdicts.c.scorecard_id == scorecards.c.id
    return select(1).where(its, or_(False, *kinds)).correlate(scorecards).exists()


def _new_agents(connection: Connection, rules: WorkflowRules, newest: date | None) -> list[str]:
    """Logins whose first call is not `new_agent_days` old; nobody is new in a house that is as young."""
    if newest is None:
        return []
    since = newest - timedelta(days=rules.new_agent_days)
    day, login = recordings.c.call_date, recordings.c.agent_login
    oldest = days_ahead.first_day(connection, day)  # not of a clock that has stopped
    if oldest is None or oldest >= since:
        return []
    query = (
        select(login)
        .where(login.is_not(None), day >= days_ahead.oldest())
        .group_by(login)
        .having(func.min(day) >= since)
    )
    return list(connection.execute(query).scalars())
