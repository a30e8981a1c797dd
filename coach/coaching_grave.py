"""Critical failures in the calls that coaching looks at: whoever is to be coached has them told first.

Nothing that waits for a person's word counts as a pattern; that it waits is told all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from coach.queries import where
from coach.rows import CallFilter
from coach.schema_lists import listed
from coach.store import Store
from coach.viewers import Viewer, unconfirmed


@dataclass(frozen=True, slots=True)
class Grave:
    """How many calls have a critical failure that waits for a person's word, and one that was confirmed, in
    the days looked at.
    """

    waiting: int = 0
    confirmed: int = 0
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.waiting or self.confirmed)

    def __add__(self, other: Grave) -> Grave:
        """Of one person's several logins, in the same days."""
        since, until = other.since or self.since, other.until or self.until
        return Grave(self.waiting + other.waiting, self.confirmed + other.confirmed, since, until)


NONE = Grave()


def grave(store: Store, viewer: Viewer, which: CallFilter) -> dict[str, Grave]:
    """By login, for agents who have any in the calls of the filter."""
    waits = func.sum(case((unconfirmed(viewer, listed.c.critical) > 0, 1), else_=0))
    confirmed = func.sum(case((listed.c.void, 1), else_=0))
    login = listed.c.agent_login
    query = select(login, waits, confirmed).where(login.is_not(None), *where(viewer, which)).group_by(login)
    with store.reading() as connection:
        found = {
            name: Grave(int(n), int(void), which.since, which.until)
            for name, n, void in connection.execute(query)
        }
    return {name: one for name, one in found.items() if one}
