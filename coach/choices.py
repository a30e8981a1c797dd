"""What there is to filter by, from sources that need no look at every call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sqlalchemy import CTE, Column, ColumnElement, Connection, case, func, select

from coach import by_name, days_ahead, letters, login_names
from coach.rows import Choices
from coach.schema_lists import listed
from coach.schema_people import sites, teams
from coach.store import Store
from coach.viewers import Viewer, told, visible

Names = tuple[str, ...]
People = tuple[tuple[str, str], ...]  # (login, name), by name


def choices(store: Store, viewer: Viewer) -> Choices:
    """What there is to filter by, over all judged calls in reach."""
    with store.reading() as connection:
        reached = visible(viewer, listed)
        named = _of_some(connection, reached) if reached else _of_all(connection)
        return Choices(
            *named,
            _teams(connection, viewer),
            told(viewer, letters.known(connection, "objection")),
            tuple(letters.known(connection, "criterion")),
        )


_NAMED = (listed.c.country, listed.c.campaign, listed.c.portfolio)
_Named = tuple[People, Names, Names, Names, date | None, date | None, int]


def _of_all(connection: Connection) -> _Named:
    """From one value to the next by an index, without a look at the calls between."""
    logins = _steps(listed.c.agent_login)
    first_name, last_name = (
        select(end(listed.c.agent)).where(listed.c.agent_login == logins.c.value).scalar_subquery()
        for end in (func.min, func.max)
    )
    every = select(logins.c.value, first_name, last_name).where(logins.c.value.is_not(None))
    people = {login: (one, other) for login, one, other in connection.execute(every)}
    countries, campaigns, portfolios = (
        tuple(
            sorted(value for value in connection.execute(select(_steps(column).c.value)).scalars() if value)
        )
        for column in _NAMED
    )
    first = days_ahead.first_day(connection, listed.c.call_date)
    last = days_ahead.last_day(connection, listed.c.call_date)
    nobodys = select(func.count()).select_from(listed).where(listed.c.agent_login.is_(None))
    return (
        _by_name(connection, people),
        countries,
        campaigns,
        portfolios,
        first,
        last,
        connection.execute(nobodys).scalar_one(),
    )


def _steps(column: Column[str]) -> CTE:
    """The values of a column that leads an index, in order; NULL at their end."""
    found = select(func.min(column).label("value")).cte(f"steps_{column.name}", recursive=True)
    after = select(func.min(column)).where(column > found.c.value).scalar_subquery()
    return found.union_all(select(after).where(found.c.value.is_not(None)))


def _of_some(connection: Connection, reached: tuple[ColumnElement[bool], ...]) -> _Named:
    """From the calls in reach, read once."""
    login, day = listed.c.agent_login, listed.c.call_date
    last = func.max(case((day <= days_ahead.newest(), day)))
    believed = func.min(case((day.between(days_ahead.oldest(), days_ahead.newest()), day)))
    ends = (func.min(day), believed, last)
    names = (func.min(listed.c.agent), func.max(listed.c.agent))
    query = select(login, *_NAMED, *names, *ends, func.count())
    people: dict[str, login_names.Called] = {}
    values: tuple[set[str], ...] = tuple(set() for _ in _NAMED)
    days: set[date] = set()
    nobodys = 0
    for who, *named, one, other, first, good, latest, n in connection.execute(
        query.where(*reached).group_by(login, *_NAMED)
    ):
        if who is None:
            nobodys += n
        else:
            its = [name for name in (*people.get(who, ()), one, other) if name]
            people[who] = (min(its, default=None), max(its, default=None))
        days |= {each for each in (first, good, latest) if each}
        for known, value in zip(values, named, strict=True):
            known.update({value} if value else ())
    countries, campaigns, portfolios = (tuple(sorted(known)) for known in values)
    came = {each for each in days if not days_ahead.is_ahead(each)}
    begins = min({each for each in came if not days_ahead.is_long_ago(each)} or days, default=None)
    until = max(came, default=days_ahead.today() if days else None)
    return _by_name(connection, people, reached), countries, campaigns, portfolios, begins, until, nobodys


def _by_name(
    connection: Connection,
    people: Mapping[str, login_names.Called],
    reached: tuple[ColumnElement[bool], ...] = (),
) -> People:
    named = login_names.names_of(connection, people, reached)
    return tuple(sorted(named.items(), key=lambda person: by_name.key(person[1])))


def _teams(connection: Connection, viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """Those whose figures the viewer may see; the site is named where two teams have the same name."""
    if not viewer.may("team"):
        return ()
    query = select(teams.c.id, teams.c.name, sites.c.name).join(sites, sites.c.id == teams.c.site_id)
    if viewer.role == "lead":
        query = query.where(teams.c.id.in_(viewer.teams))
    found = connection.execute(
        query.order_by(by_name.column(teams.c.name), by_name.column(sites.c.name))
    ).all()
    same = Counter(name for _, name, _ in found)
    return tuple((team, name if same[name] == 1 else f"{name} · {site}") for team, name, site in found)
