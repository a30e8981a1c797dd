"""Where one person belongs, as a screen shows and changes it: teams, dialler logins, portfolios."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import desc, select

from coach import teams
from coach.people import row_of
from coach.schema_people import agent_logins, grants, memberships, sites
from coach.schema_people import teams as team_rows
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Held:
    """A dialler login, and from when to when (included; None: still) it is this person's."""

    login: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Joined:
    team_id: int
    team: str
    site: str
    leads: bool
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Places:
    """The newest first."""

    logins: tuple[Held, ...]
    teams: tuple[Joined, ...]
    portfolios: tuple[str, ...]


def places(store: Store, viewer: Viewer, login: str) -> Places:
    """CoachError where nobody has this login."""
    viewer.require("administer")
    member = select(
        memberships.c.team_id, team_rows.c.name, sites.c.name.label("site"), memberships.c.leads,
        memberships.c.since, memberships.c.until,
    )  # fmt: skip
    member = member.join(team_rows, team_rows.c.id == memberships.c.team_id)
    member = member.join(sites, sites.c.id == team_rows.c.site_id).order_by(desc(memberships.c.since))
    held = select(agent_logins.c.login, agent_logins.c.since, agent_logins.c.until)
    with store.reading() as connection:
        person = row_of(connection, login).id
        return Places(
            tuple(
                Held(*row)
                for row in connection.execute(
                    held.where(agent_logins.c.user_id == person).order_by(desc(agent_logins.c.since))
                )
            ),
            tuple(Joined(*row) for row in connection.execute(member.where(memberships.c.user_id == person))),
            tuple(
                connection.execute(
                    select(grants.c.portfolio).where(grants.c.user_id == person).order_by(grants.c.portfolio)
                ).scalars()
            ),
        )


def hold(store: Store, viewer: Viewer, login: str, dialler: str, since: date, until: date | None) -> None:
    """Whose a dialler login is; the same from the same day takes the new end."""
    with store.writing() as connection:
        teams.hold_login(connection, viewer, login, dialler, since, until)


def join(
    store: Store, viewer: Viewer, login: str, team: int, since: date, until: date | None, leads: bool
) -> None:
    """Member of a team, or its lead; the same team from the same day takes the new end."""
    with store.writing() as connection:
        teams.join(connection, viewer, login, team, since, until, leads=leads)


def grant(store: Store, viewer: Viewer, login: str, portfolio: str) -> None:
    """Let an outside auditor see a portfolio."""
    if not portfolio.strip():
        raise CoachError("Falta el nombre de la cartera.")
    with store.writing() as connection:
        teams.grant(connection, viewer, login, portfolio)


def revoke(store: Store, viewer: Viewer, login: str, portfolio: str) -> None:
    with store.writing() as connection:
        teams.revoke(connection, viewer, login, portfolio)


def add_team(store: Store, viewer: Viewer, site: str, country: str, team: str) -> None:
    """A team, and its site where there is none of that name. CoachError where a name is missing."""
    viewer.require("administer")
    site, team, country = " ".join(site.split()), " ".join(team.split()), country.strip().upper()
    if not site or not team:
        raise CoachError("Faltan la sede o el equipo. Escriba los dos nombres.")
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise CoachError("«{country}» no es un país en dos letras, como MX.", country=country)
    with store.writing() as connection:
        teams.team_id(connection, viewer, teams.site_id(connection, viewer, site, country or None), team)
