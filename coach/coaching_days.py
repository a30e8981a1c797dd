"""The weeks that coaching looks at: the last four, and where most people have too few calls in them, more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from coach import blind, periods
from coach.dated import held_on, in_force
from coach.filters import where
from coach.patterns import LEAST_CALLS
from coach.rows import NOBODY, CallFilter
from coach.schema_lists import listed
from coach.schema_people import agent_logins
from coach.store import Store
from coach.viewers import Viewer

LOOKS_AT = 28  # days up to the last call
LONGEST = 16 * LOOKS_AT  # older faults are nobody's of today


def days(store: Store, viewer: Viewer, which: CallFilter) -> CallFilter:
    """The weeks up to the last of these calls, less what the viewer is to judge blind: four, and twice as
    many again and again until half of who has calls in them has enough to tell what repeats. Four where that
    is never so: a few calls just tell who is new.
    """
    last = periods.last_day(store, viewer, which) or date.today()
    told, long = blind.without(store, viewer, which), LOOKS_AT
    while long <= LONGEST:
        its = _back(told, last, long)
        if _half_have_enough(store, viewer, its):
            return its
        long *= 2
    return _back(told, last, LOOKS_AT)


def of_person(store: Store, viewer: Viewer, whose: CallFilter, until: date | None = None) -> CallFilter:
    """The weeks that the list of agents looks at, so that both tell the same numbers; the last ones of the
    person's own where those hold no call of theirs. `until`: as they were on that day.
    """
    near = replace(days(store, viewer, CallFilter(until=until)), agents=whose.agents, people=whose.people)
    if periods.last_day(store, viewer, near):
        return near
    return days(store, viewer, replace(whose, until=until))


def whose(logins: Sequence[str], user_id: int | None) -> CallFilter:
    """Calls of these logins in the person's own time with them; of days on which they were nobody's where
    nobody holds them.
    """
    return CallFilter(agents=tuple(logins), people=(user_id or NOBODY,))


def handed_over(store: Store, viewer: Viewer, which: CallFilter) -> dict[str, CallFilter]:
    """The logins that were not the same person's on all days of these calls: of each the calls of whose it
    was on the last of them.
    """
    assert which.since is not None
    assert which.until is not None
    its, day = agent_logins.c, (which.since, which.until)
    moved = select(its.login).where(or_(its.since.between(*day), its.until.between(*day)))
    days = select(listed.c.agent_login.label("login"), listed.c.call_date.label("day")).distinct()
    called = days.where(listed.c.agent_login.in_(moved), *where(viewer, which)).subquery()
    held = held_on(called.c.login, called.c.day)
    query = select(called.c.login, its.user_id).select_from(called.outerjoin(agent_logins, held))
    found: dict[str, list[int | None]] = defaultdict(list)
    with store.reading() as connection:
        for login, user_id in connection.execute(query.order_by(called.c.login, called.c.day, its.id)):
            found[login].append(user_id)
    return {
        login: replace(which, agents=(login,), people=(holders[-1] or NOBODY,))
        for login, holders in found.items()
        if len(set(holders)) > 1
    }


def holders(store: Store, which: CallFilter, moved: Mapping[str, CallFilter]) -> dict[str, int]:
    """By login whose it was on the last day of its calls in these days; `moved`: what `handed_over` gives."""
    its = agent_logins.c
    query = select(its.login, its.user_id).where(in_force(agent_logins, which.until))
    with store.reading() as connection:
        found = {row.login: row.user_id for row in connection.execute(query.order_by(its.id.desc()))}
    found |= {login: its.people[0] for login, its in moved.items()}
    return {login: user_id for login, user_id in found.items() if user_id != NOBODY}


def weeks(which: CallFilter) -> int:
    """How many they are."""
    assert which.since is not None
    assert which.until is not None
    return ((which.until - which.since).days + 1) // 7


def _back(which: CallFilter, last: date, long: int) -> CallFilter:
    return replace(which, since=last - timedelta(days=long - 1), until=last)


def _half_have_enough(store: Store, viewer: Viewer, which: CallFilter) -> bool:
    """Of the calls that the list of agents counts: those that can be judged."""
    login = listed.c.agent_login
    counted = (login.is_not(None), listed.c.evaluable != "no", *where(viewer, which))
    calls = select(func.count()).where(*counted).group_by(login)
    with store.reading() as connection:
        found = connection.execute(calls).scalars().all()
    return 2 * sum(n >= LEAST_CALLS for n in found) >= len(found) > 0
