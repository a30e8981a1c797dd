"""Reviews an agent and month: who is short of them, and a draw that makes up for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, delete, func, or_, select, update

from coach import audit, by_name, login_names, workdays
from coach.dated import held_on
from coach.draw_plan import Chance, first, hidden
from coach.periods import month_of
from coach.sampling import write_draw, write_tasks
from coach.schema import recordings, reviews, scorecards
from coach.schema_draws import chances
from coach.schema_lists import listed
from coach.schema_people import agent_logins, users
from coach.schema_privacy import WORDLESS, gone
from coach.schema_work import review_facts, tasks
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer, taken_by, taken_by_nobody, visible

EVALUATED = recordings.join(
    scorecards, and_(scorecards.c.recording_id == recordings.c.id, scorecards.c.current)
)


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """One agent's month: of the person whose login it was on the day of each call, else of a login that was
    nobody's. Only calls in the viewer's reach are in it. `quota` is never above the calls that can be heard,
    or were; `missing` counts what nobody has heard, `to_draw` what of it is not even in the queue.
    """

    user_id: int | None  # None: nobody's login
    login: str  # of most of these calls
    agent: str
    calls: int  # that can be evaluated
    quota: int
    done: int
    waiting: int  # in the queue
    erased: int = 0  # not heard, and their words are gone: nobody can review them any more
    cut: bool = False  # so that fewer are left than are due
    logins: int = 1  # that these calls were taken with

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
    """Put into the queue, by lot among their calls of the month in reach that are not there, what the agents
    in reach miss; gives how many.

    From then on what was drawn of these calls before stands for itself (probability 1), and what is drawn
    now for all the rest of them: a weighed mean goes on being one over all of them.
    """
    viewer.require("team")
    now = now or datetime.now(UTC)
    drawn: list[Chance] = []
    planned: list[Chance] = []
    with store.writing() as connection:
        for row in _rows(connection, settings, viewer, month):
            had, rest = _calls(connection, viewer, row, month) if row.to_draw else ([], {})
            n = min(row.to_draw, len(rest))
            if not n:
                continue
            taken = set(first(list(rest), n, f"{now.isoformat()}|quota"))
            _stand_alone(connection, had)
            for each, login in rest.items():
                blind = each in taken and hidden(each, settings.review.blind_share, str(now))
                planned.append(Chance(each, login, n / len(rest), "random" if each in taken else None, blind))
        drawn = [one for one in planned if one.drawn]
        if drawn:
            for one in planned:
                connection.execute(delete(chances).where(chances.c.recording_id == one.recording_id))
            draw_id = write_draw(connection, viewer, "quota", workdays.local_day(now), now, planned)
            due_on = workdays.after(workdays.local_day(now), settings.review.due_days, settings.country)
            write_tasks(connection, drawn, now, due_on)
            audit.record(connection, viewer, "draw", f"draw:{draw_id}", month=month, drawn=len(drawn))
    return len(drawn)


def _rows(connection: Connection, settings: Settings, viewer: Viewer, month: date) -> list[QuotaRow]:
    months: dict[tuple[int | None, str], list[Row[Any]]] = {}
    for each in connection.execute(_daily(viewer, month)):
        months.setdefault((each.user_id, "" if each.user_id else each.login), []).append(each)
    nobodys = {login: _called(days) for (user_id, login), days in months.items() if user_id is None}
    names = _names(connection, viewer, nobodys)
    most = settings.review.per_agent
    rows = []
    for (user_id, _), days in months.items():
        used = Counter[str]()
        for each in days:
            used[each.login] += each.calls
        login, calls = max(used, key=lambda one: (used[one], one)), used.total()
        done, waiting = sum(each.heard for each in days), sum(each.waits for each in days)
        name = days[0].name if user_id else names[login]
        erased = sum(each.lost for each in days)
        due, left = min(most, calls), min(most, calls - erased)
        cut = left < due
        rows.append(QuotaRow(user_id, login, name, calls, left, done, waiting, erased, cut, len(used)))
    return rows


def _names(
    connection: Connection, viewer: Viewer, nobodys: Mapping[str, login_names.Called]
) -> dict[str, str]:
    """What each login is called in the days on which it was nobody's: one that is somebody's on others by
    itself, as it stands beside that person.
    """
    login = agent_logins.c.login
    held = connection.execute(select(login).where(login.in_(list(nobodys))).distinct()).scalars()
    names = login_names.names_of(connection, nobodys, visible(viewer, listed))
    return names | {one: one for one in held}


def _called(days: Sequence[Row[Any]]) -> login_names.Called:
    one = min((each.one for each in days if each.one is not None), default=None)
    return one, max((each.other for each in days if each.other is not None), default=None)


def _daily(viewer: Viewer, month: date) -> Select[*tuple[Any, ...]]:
    """By login and day: whose it was, its calls, those heard, those that wait in the queue, and those that
    nobody has heard and nobody can, as their words were erased.
    """
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
    source = source.outerjoin(gone, and_(gone.c.recording_id == recordings.c.id, gone.c.what == "words"))
    login = func.coalesce(recordings.c.agent_login, "")  # grouped by so, calls are found by their day
    day = recordings.c.call_date
    days = (
        select(
            login.label("login"),
            day.label("day"),
            func.min(recordings.c.agent).label("one"),
            func.max(recordings.c.agent).label("other"),
            func.count().label("calls"),
            func.count(heard).label("heard"),
            func.count(case((and_(waits.is_not(None), heard.is_(None)), 1))).label("waits"),
            func.count(case((and_(gone.c.id.is_not(None), heard.is_(None)), 1))).label("lost"),
        )
        .select_from(source)
        .where(*_of_month(month), *visible(viewer), login != "")
        .group_by(login, day)
        .subquery()
    )
    its = days.c
    held = days.outerjoin(agent_logins, held_on(its.login, its.day)).outerjoin(
        users, users.c.id == agent_logins.c.user_id
    )
    return (
        select(agent_logins.c.user_id, users.c.name, *its)
        .select_from(held)
        .order_by(its.login, its.day, agent_logins.c.id)
    )


def _of_month(month: date) -> tuple[ColumnElement[bool], ...]:
    first, last = month_of(month)
    day = recordings.c.call_date
    return (day >= first, day <= last, scorecards.c.evaluable != "no")


def _calls(
    connection: Connection, viewer: Viewer, row: QuotaRow, month: date
) -> tuple[list[str], dict[str, str]]:
    """The calls of a row: those that were ever put into the queue, and the login of each of the others that
    can be reviewed.
    """
    if row.user_id is None:
        whose = and_(recordings.c.agent_login == row.login, taken_by_nobody())
    else:
        whose = taken_by((row.user_id,))
    ever = select(1).where(tasks.c.recording_id == recordings.c.id).correlate(recordings).exists()
    query = (
        select(recordings.c.id, recordings.c.agent_login, ever.label("had"))
        .select_from(EVALUATED)
        .where(whose, *_of_month(month), *visible(viewer), or_(ever, recordings.c.id.not_in(WORDLESS)))
        .order_by(recordings.c.id)
    )
    found = connection.execute(query).all()
    return [one.id for one in found if one.had], {one.id: one.agent_login for one in found if not one.had}


def _stand_alone(connection: Connection, ids: Sequence[str]) -> None:
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        its = (tasks.c.recording_id.in_(some), tasks.c.probability > 0)  # not what was picked by hand
        connection.execute(update(tasks).where(*its).values(probability=1.0))
        known = chances.c.recording_id.in_(some)
        connection.execute(update(chances).where(known).values(probability=1.0))
