"""Where people belong, with dates: sites, teams and who leads them, dialler logins, an auditor's portfolios.

Whose call it was is asked for the day of the call, so nothing here is overwritten: it ends on a day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, insert, or_, select, update

from coach import audit, by_name
from coach.dated import in_force
from coach.people import row_of
from coach.schema_people import agent_logins, grants, memberships, sites, teams, users
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Team:
    id: int
    name: str
    site: str
    members: int  # today
    leads: tuple[str, ...]  # names, today


def list_teams(store: Store, viewer: Viewer, *, today: date | None = None) -> tuple[Team, ...]:
    """Every team by site and name, for who may see figures of teams; a lead sees the own ones."""
    viewer.require("team")
    day = today or date.today()
    now_in = and_(memberships.c.team_id == teams.c.id, in_force(memberships, day))
    members = select(func.count()).where(now_in, ~memberships.c.leads).scalar_subquery()
    query = select(teams.c.id, teams.c.name, sites.c.name.label("site"), members.label("members"))
    query = query.join(sites, sites.c.id == teams.c.site_id).order_by(
        by_name.column(sites.c.name), by_name.column(teams.c.name)
    )
    if viewer.role == "lead":
        query = query.where(teams.c.id.in_(viewer.teams))
    led = select(memberships.c.team_id, users.c.name).join(users, users.c.id == memberships.c.user_id)
    with store.reading() as connection:
        leads: dict[int, tuple[str, ...]] = {}
        for team, name in connection.execute(led.where(memberships.c.leads, in_force(memberships, day))):
            leads[team] = (*leads.get(team, ()), name)
        return tuple(Team(**row._mapping, leads=leads.get(row.id, ())) for row in connection.execute(query))


def team_named(store: Store, viewer: Viewer, name: str) -> Team:
    """The team of that name, or «site/name» where several sites have it; CoachError where it is not one."""
    known = list_teams(store, viewer)
    wanted = name.strip().casefold()
    found = [one for one in known if wanted in (one.name.casefold(), f"{one.site}/{one.name}".casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        which = ", ".join(f"«{one.site}/{one.name}»" for one in found)
        raise CoachError(
            "«{name}»: hay varios equipos con ese nombre. Elija uno: {teams}.", name=name, teams=which
        )
    raise CoachError(
        "«{name}»: no hay ningún equipo con ese nombre a su alcance. Hay {teams}."
        if known
        else "«{name}»: no hay ningún equipo con ese nombre a su alcance. Todavía no hay ninguno.",
        name=name,
        teams=", ".join(f"«{one.name}»" for one in known[:12]),
    )


def through(viewer: Viewer, team: int) -> Viewer:
    """The viewer looking at one team alone: what its lead reaches, and no right that the viewer has not. What
    they are to judge blind stays hidden from them. CoachError where it is not theirs.
    """
    viewer.require("team")
    if viewer.role == "lead" and team not in viewer.teams:
        raise CoachError("Ese equipo no es suyo. Elija otro en la lista.")
    return replace(viewer, role="lead", teams=(team,), own_role=viewer.own_role or viewer.role)


def site_id(
    connection: Connection, viewer: Viewer, name: str, country: str | None = None, timezone: str = ""
) -> int:
    """The site of that name, made where there is none."""
    _fits(name)
    known = connection.execute(select(sites.c.id).where(sites.c.name == name)).scalar()
    if known is not None:
        return int(known)
    made = insert(sites).values(name=name, country=country, timezone=timezone).returning(sites.c.id)
    audit.record(connection, viewer, "add", f"site:{name}")
    return int(connection.execute(made).scalar_one())


def team_id(connection: Connection, viewer: Viewer, site: int, name: str) -> int:
    """The team of that name at a site, made where there is none."""
    _fits(name)
    here = select(teams.c.id).where(teams.c.site_id == site, teams.c.name == name)
    known = connection.execute(here).scalar()
    if known is not None:
        return int(known)
    made = insert(teams).values(site_id=site, name=name).returning(teams.c.id)
    audit.record(connection, viewer, "add", f"team:{name}")
    return int(connection.execute(made).scalar_one())


def join(
    connection: Connection,
    viewer: Viewer,
    login: str,
    team: int,
    since: date,
    until: date | None = None,
    *,
    leads: bool = False,
) -> bool:
    """Member of a team, or its lead, from one day to another (included); whether anything changed.

    The same team from the same day takes the new end. A member is in one team at a time: CoachError where
    another one overlaps, and where the end lies before the beginning.
    """
    viewer.require("administer")
    _in_order(since, until)
    person = row_of(connection, login)
    mine = and_(memberships.c.user_id == person.id, memberships.c.leads == leads)
    same = and_(mine, memberships.c.team_id == team, memberships.c.since == since)
    values = {"user_id": person.id, "team_id": team, "leads": leads, "since": since}
    if not leads:
        other = select(teams.c.name).join(memberships, memberships.c.team_id == teams.c.id)
        clash = connection.execute(other.where(mine, ~same, _overlaps(memberships, since, until))).scalar()
        if clash is not None:
            raise CoachError(
                "{login}: en esas fechas ya está en el equipo «{team}». Ciérrelo antes.",
                login=person.login,
                team=clash,
            )
    return _keep(connection, viewer, memberships, same, values, until, f"user:{person.login}", "team")


def hold_login(
    connection: Connection,
    viewer: Viewer,
    login: str,
    dialler_login: str,
    since: date,
    until: date | None = None,
) -> bool:
    """Whose a dialler login is from one day to another (included); whether anything changed.

    CoachError where somebody else holds it on one of these days: a call has one agent.
    """
    viewer.require("administer")
    _in_order(since, until)
    dialler_login = dialler_login.strip()
    if not 1 <= len(dialler_login) <= 200:
        raise CoachError("{login}: falta el usuario del marcador.", login=login)
    person = row_of(connection, login)
    mine = and_(agent_logins.c.login == dialler_login, agent_logins.c.user_id == person.id)
    same = and_(mine, agent_logins.c.since == since)
    held = select(users.c.name).join(agent_logins, agent_logins.c.user_id == users.c.id)
    taken = (agent_logins.c.login == dialler_login, ~same, _overlaps(agent_logins, since, until))
    clash = connection.execute(held.where(*taken)).scalar()
    if clash is not None:
        raise CoachError(
            "{dialler}: en esas fechas ya es el usuario de marcador de {holder}. Ciérrelo antes.",
            dialler=dialler_login,
            holder=clash,
        )
    values = {"login": dialler_login, "user_id": person.id, "since": since}
    return _keep(connection, viewer, agent_logins, same, values, until, f"user:{person.login}", "dialler")


def grant(connection: Connection, viewer: Viewer, login: str, portfolio: str) -> bool:
    """Let an outside auditor see a portfolio; whether that is new."""
    viewer.require("administer")
    person = row_of(connection, login)
    if person.role != "auditor":
        raise CoachError(
            "{login}: las carteras se asignan solo a auditores; su rol es {role}.",
            login=person.login,
            role=person.role,
        )
    _fits(portfolio)
    values = {"user_id": person.id, "portfolio": portfolio.strip()}
    mine = and_(grants.c.user_id == person.id, grants.c.portfolio == values["portfolio"])
    if connection.execute(select(1).where(mine)).first() is not None:
        return False
    connection.execute(insert(grants).values(**values))
    audit.record(connection, viewer, "grant", f"user:{person.login}", portfolio=portfolio)
    return True


def revoke(connection: Connection, viewer: Viewer, login: str, portfolio: str) -> None:
    """Take a portfolio away again; nothing where it was not granted."""
    viewer.require("administer")
    person = row_of(connection, login)
    gone = grants.delete().where(grants.c.user_id == person.id, grants.c.portfolio == portfolio)
    if connection.execute(gone).rowcount:
        audit.record(connection, viewer, "revoke", f"user:{person.login}", portfolio=portfolio)


def _keep(
    connection: Connection,
    viewer: Viewer,
    table: Table,
    same: ColumnElement[bool],
    values: dict[str, Any],
    until: date | None,
    subject: str,
    what: str,
) -> bool:
    """The row with these values and this end; whether it is new or ends on another day."""
    known = connection.execute(select(table.c.id, table.c.until).where(same)).first()
    if known is None:
        connection.execute(insert(table).values(**values, until=until))
    elif known.until != until:
        connection.execute(update(table).where(table.c.id == known.id).values(until=until))
    else:
        return False
    audit.record(connection, viewer, what, subject, **{k: v for k, v in values.items() if k != "user_id"})
    return True


def _fits(name: str) -> None:
    """The name of a site, team or portfolio."""
    if len(name) > 200:
        raise CoachError("«{name}…» tiene más de 200 letras. Acórtelo.", name=name[:40])


def _in_order(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise CoachError("El último día, {until}, es anterior al primero, {since}.", until=until, since=since)


def _overlaps(table: Table, since: date, until: date | None) -> ColumnElement[bool]:
    goes_on = or_(table.c.until.is_(None), table.c.until >= since)
    return goes_on if until is None else and_(goes_on, table.c.since <= until)
