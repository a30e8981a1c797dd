"""Reviews an agent and month: who is short of them, and a draw that makes up for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, func, select, update

from coach import audit, by_name, login_names, workdays
from coach.draw_plan import Chance, first, hidden
from coach.periods import month_of
from coach.sampling import write_draw, write_tasks
from coach.schema import recordings, reviews, scorecards
from coach.schema_draws import chances
from coach.schema_lists import listed
from coach.schema_work import review_facts, tasks
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer, visible

EVALUATED = recordings.join(
    scorecards, and_(scorecards.c.recording_id == recordings.c.id, scorecards.c.current)
)


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """One agent's month. `quota` is never above the calls there are; `missing` counts what nobody has
    heard, `to_draw` what of it is not even in the queue.
    """

    login: str
    agent: str
    calls: int  # that can be evaluated
    quota: int
    done: int
    waiting: int  # in the queue

    @property
    def missing(self) -> int:
        return max(0, self.quota - self.done)

    @property
    def to_draw(self) -> int:
        return max(0, self.missing - self.waiting)


def quotas(store: Store, settings: Settings, viewer: Viewer, month: date) -> tuple[QuotaRow, ...]:
    """Every agent in reach with calls in the month that holds the day `month`; who misses most comes first.

    The month is that of the calls, not of their reviews.
    """
    viewer.require("team")
    with store.reading() as connection:
        rows = _rows(connection, settings, viewer, month)
    return tuple(sorted(rows, key=lambda row: (-row.missing, by_name.key(row.agent), row.login)))


def draw_missing(
    store: Store, settings: Settings, viewer: Viewer, month: date, *, now: datetime | None = None
) -> int:
    """Put into the queue, by lot among the calls of the month that are not there, what the agents in reach
    miss; gives how many.

    From then on what was drawn for such an agent before stands for itself (probability 1), and what is drawn
    now for all the rest of the month's calls: a weighed mean goes on being one over all of them.
    """
    viewer.require("team")
    now = now or datetime.now(UTC)
    drawn: list[Chance] = []
    planned: list[Chance] = []
    with store.writing() as connection:
        for row in _rows(connection, settings, viewer, month):
            rest = _not_drawn(connection, row.login, month) if row.to_draw else []
            n = min(row.to_draw, len(rest))
            if not n:
                continue
            taken = set(first(rest, n, f"{now.isoformat()}|quota"))
            _stand_alone(connection, row.login, month)
            for each in rest:
                blind = each in taken and hidden(each, settings.review.blind_share, str(now))
                planned.append(
                    Chance(each, row.login, n / len(rest), "random" if each in taken else None, blind)
                )
        drawn = [one for one in planned if one.drawn]
        if drawn:
            for one in planned:
                connection.execute(delete(chances).where(chances.c.recording_id == one.recording_id))
            draw_id = write_draw(connection, viewer, "quota", now.date(), now, planned)
            due_on = workdays.after(now.date(), settings.review.due_days, settings.country)
            write_tasks(connection, drawn, now, due_on)
            audit.record(connection, viewer, "draw", f"draw:{draw_id}", month=month, drawn=len(drawn))
    return len(drawn)


def _rows(connection: Connection, settings: Settings, viewer: Viewer, month: date) -> list[QuotaRow]:
    reviewed = (
        select(reviews.c.recording_id)
        .join(review_facts, review_facts.c.review_id == reviews.c.id)
        .where(review_facts.c.finished, review_facts.c.kind == "review")
        .distinct()
        .subquery()
    )
    queued = select(tasks.c.recording_id).where(tasks.c.state.in_(("open", "claimed"))).distinct().subquery()
    heard, waits = reviewed.c.recording_id, queued.c.recording_id
    source = EVALUATED.outerjoin(reviewed, heard == recordings.c.id).outerjoin(
        queued, waits == recordings.c.id
    )
    login = func.coalesce(recordings.c.agent_login, "")  # grouped by so, calls are found by their day
    query = (
        select(
            login,
            func.min(recordings.c.agent),
            func.max(recordings.c.agent),
            func.count(),
            func.count(heard),
            func.count(case((and_(waits.is_not(None), heard.is_(None)), 1))),
        )
        .select_from(source)
        .where(*_of_month(month), *visible(viewer), login != "")
        .group_by(login)
    )
    most = settings.review.per_agent
    found = connection.execute(query).all()
    called = {login: (one, other) for login, one, other, *_ in found}
    names = login_names.names_of(connection, called, visible(viewer, listed))
    return [
        QuotaRow(login, names[login], calls, min(most, calls), done, waiting)
        for login, _, _, calls, done, waiting in found
    ]


def _of_month(month: date) -> tuple[ColumnElement[bool], ...]:
    first, last = month_of(month)
    day = recordings.c.call_date
    return (day >= first, day <= last, scorecards.c.evaluable != "no")


def _drawn(login: str, month: date) -> Select[tuple[str]]:
    """Ids of the agent's calls of the month that were ever put into the queue."""
    first, last = month_of(month)
    return (
        select(tasks.c.recording_id)
        .join(recordings, recordings.c.id == tasks.c.recording_id)
        .where(tasks.c.agent_login == login, recordings.c.call_date >= first, recordings.c.call_date <= last)
    )


def _not_drawn(connection: Connection, login: str, month: date) -> list[str]:
    query = (
        select(recordings.c.id)
        .select_from(EVALUATED)
        .where(
            recordings.c.agent_login == login,
            *_of_month(month),
            recordings.c.id.not_in(_drawn(login, month)),
        )
        .order_by(recordings.c.id)
    )
    return list(connection.execute(query).scalars())


def _stand_alone(connection: Connection, login: str, month: date) -> None:
    its = tasks.c.recording_id.in_(_drawn(login, month))
    connection.execute(update(tasks).where(its).values(probability=1.0))
    known = chances.c.recording_id.in_(_drawn(login, month))
    connection.execute(update(chances).where(known).values(probability=1.0))
