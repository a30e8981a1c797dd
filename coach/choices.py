"""What there is to filter by, from sources that need no look at every call."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, Select, func, select

from coach import letters
from coach.filters import tallied
from coach.rows import Choices
from coach.schema_lists import listed, tallies
from coach.schema_people import sites, teams
from coach.store import Store
from coach.viewers import Viewer, visible


def choices(store: Store, viewer: Viewer) -> Choices:
    """What there is to filter by, over all judged calls in reach."""
    with store.reading() as connection:
        countries, campaigns, portfolios, days = set(), set(), set(), set()
        nobodys = 0
        for country, campaign, portfolio, assigned, first, last, n in connection.execute(_kinds(viewer)):
            countries.add(country or "")
            campaigns.add(campaign or "")
            portfolios.add(portfolio or "")
            days |= {day for day in (first, last) if day}
            nobodys += 0 if assigned else n
        return Choices(
            _people(connection, viewer),
            *(tuple(sorted(names - {""})) for names in (countries, campaigns, portfolios)),
            min(days, default=None),
            max(days, default=None),
            nobodys,
            _teams(connection, viewer),
            tuple(letters.known(connection, "objection")),
            tuple(letters.known(connection, "criterion")),
        )


def _kinds(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Country, campaign, portfolio and whether the agent is known; first and last day, how many calls."""
    reached = tallied(viewer)
    if reached is not None:
        its, day = tallies.c, func.nullif(tallies.c.day, date.min, type_=Date)
        group = (its.country, its.campaign, its.portfolio, its.assigned)
        return (
            select(*group, func.min(day), func.max(day), func.sum(its.calls)).where(*reached).group_by(*group)
        )
    named = (listed.c.country, listed.c.campaign, listed.c.portfolio, listed.c.agent_login.is_not(None))
    span = func.min(listed.c.call_date), func.max(listed.c.call_date)
    return select(*named, *span, func.count()).where(*visible(viewer, listed)).group_by(*named)


def _people(connection: Connection, viewer: Viewer) -> tuple[tuple[str, str], ...]:
    login, name = listed.c.agent_login, listed.c.agent
    reached = visible(viewer, listed)
    if reached:
        query = select(login, func.max(name)).where(login.is_not(None), *reached).group_by(login)
    else:
        # from one login to the next by the index, without a look at the calls between
        found = select(func.min(login).label("login")).cte("logins", recursive=True)
        after = select(func.min(login)).where(login > found.c.login).scalar_subquery()
        found = found.union_all(select(after).where(found.c.login.is_not(None)))
        its = select(func.max(name)).where(login == found.c.login).scalar_subquery()
        query = select(found.c.login, its).where(found.c.login.is_not(None))
    return tuple(sorted(((who, called or who) for who, called in connection.execute(query)), key=_by_name))


def _by_name(person: tuple[str, str]) -> str:
    return person[1]


def _teams(connection: Connection, viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """Those whose figures the viewer may see; the site is named where two teams have the same name."""
    if not viewer.may("team"):
        return ()
    query = select(teams.c.id, teams.c.name, sites.c.name).join(sites, sites.c.id == teams.c.site_id)
    if viewer.role == "lead":
        query = query.where(teams.c.id.in_(viewer.teams))
    found = connection.execute(query.order_by(teams.c.name, sites.c.name)).all()
    same = Counter(name for _, name, _ in found)
    return tuple((team, name if same[name] == 1 else f"{name} · {site}") for team, name, site in found)
