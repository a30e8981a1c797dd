"""How much each person who reviews has in hand, and has done this month."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Subquery, and_, case, func, or_, select

from coach import by_name
from coach.blind import REVIEWERS, WAITING
from coach.periods import month_of
from coach.schema import reviews
from coach.schema_people import users
from coach.schema_work import review_facts, tasks
from coach.settings import Settings
from coach.store import Store
from coach.task_rows import LoadRow
from coach.tasks import alive_since
from coach.types import CoachError
from coach.viewers import Viewer
from coach.workdays import begins, local_day


def load(
    store: Store, settings: Settings, viewer: Viewer, *, now: datetime | None = None
) -> tuple[LoadRow, ...]:
    """Everybody who may review, the busiest first."""
    if not (viewer.may("review") or viewer.may("team")):
        raise CoachError("Su cuenta no tiene permiso para esto. Pídalo a quien administra Temple.")
    now = now or datetime.now(UTC)
    start = begins(month_of(local_day(now))[0])
    waits, done = _waiting(settings, now), _done(start)
    query = (
        select(
            users.c.id, users.c.name, func.coalesce(waits.c.waiting, 0), func.coalesce(waits.c.overdue, 0),
            func.coalesce(done.c.done, 0), func.coalesce(done.c.seconds, 0.0), done.c.each,
        )
        .outerjoin(waits, waits.c.user_id == users.c.id)
        .outerjoin(done, done.c.user_id == users.c.id)
        .where(or_(and_(users.c.active, users.c.role.in_(REVIEWERS)), waits.c.waiting > 0))
        .order_by(func.coalesce(waits.c.waiting, 0).desc(), by_name.column(users.c.name))
    )  # fmt: skip
    with store.reading() as connection:
        return tuple(
            LoadRow(user, name, waiting, overdue, n, spent / 60, each / 60 if each is not None else None)
            for user, name, waiting, overdue, n, spent, each in connection.execute(query)
        )


def _waiting(settings: Settings, now: datetime) -> Subquery:
    """By person: tasks assigned to them or claimed with a sign of work, and how many of them are late."""
    alive = or_(tasks.c.state == "open", tasks.c.claimed_at > alive_since(settings, now))
    return (
        select(
            tasks.c.assigned_to.label("user_id"),
            func.count().label("waiting"),
            func.count(case((tasks.c.due_on < local_day(now), 1))).label("overdue"),
        )
        .where(tasks.c.state.in_(WAITING), tasks.c.assigned_to.is_not(None), alive)
        .group_by(tasks.c.assigned_to)
        .subquery()
    )


def _done(since: datetime) -> Subquery:
    """By person: reviews finished since then, the seconds at work on them, and their mean where timed."""
    seconds = review_facts.c.seconds
    return (
        select(
            review_facts.c.user_id,
            func.count().label("done"),
            func.coalesce(func.sum(seconds), 0.0).label("seconds"),
            func.avg(seconds).label("each"),
        )
        .join(reviews, reviews.c.id == review_facts.c.review_id)
        .where(review_facts.c.finished, review_facts.c.kind == "review", reviews.c.reviewed_at >= since)
        .group_by(review_facts.c.user_id)
        .subquery()
    )
