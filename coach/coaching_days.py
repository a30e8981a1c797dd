"""The weeks that coaching looks at: the last four, and where most people have too few calls in them, more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select

from coach import blind, periods
from coach.filters import where
from coach.patterns import LEAST_CALLS
from coach.rows import CallFilter
from coach.schema_lists import listed
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
    long = LOOKS_AT
    while long <= LONGEST:
        its = _back(which, last, long)
        if _half_have_enough(store, viewer, its):
            return blind.without(store, viewer, its)
        long *= 2
    return blind.without(store, viewer, _back(which, last, LOOKS_AT))


def of_person(store: Store, viewer: Viewer, logins: Sequence[str], until: date | None = None) -> CallFilter:
    """The weeks that the list of agents looks at, so that both tell the same numbers; the last ones of the
    person's own where those hold no call of theirs. `until`: as they were on that day.
    """
    near = replace(days(store, viewer, CallFilter(until=until)), agents=tuple(logins))
    if periods.last_day(store, viewer, near):
        return near
    return days(store, viewer, CallFilter(agents=tuple(logins), until=until))


def weeks(which: CallFilter) -> int:
    """How many they are."""
    assert which.since is not None
    assert which.until is not None
    return ((which.until - which.since).days + 1) // 7


def _back(which: CallFilter, last: date, long: int) -> CallFilter:
    return replace(which, since=last - timedelta(days=long - 1), until=last)


def _half_have_enough(store: Store, viewer: Viewer, which: CallFilter) -> bool:
    login = listed.c.agent_login
    calls = select(func.count()).where(login.is_not(None), *where(viewer, which)).group_by(login)
    with store.reading() as connection:
        found = connection.execute(calls).scalars().all()
    return 2 * sum(n >= LEAST_CALLS for n in found) >= len(found) > 0
