"""People for tests: anybody in any role, signed in, with dialler logins and teams as a test asks for."""

from __future__ import annotations

from datetime import UTC, date, datetime

from coach import people, sessions, teams
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, Role, Viewer

LONG_AGO = date(2020, 1, 1)
PLAIN = Settings()  # read once: each reading takes longer than all else that a test's person needs


def somebody(
    store: Store,
    role: Role,
    login: str = "",
    *,
    name: str = "",
    holds: tuple[str, ...] = (),  # dialler logins, for ever
    team: str = "",  # a member of it, for ever
    leads: str = "",
    portfolios: tuple[str, ...] = (),
) -> Viewer:
    """A person with an account, as a viewer; who is there already gets only what is new."""
    login = login or role
    with store.writing() as connection:
        try:
            people.row_of(connection, login)
        except people.CoachError:
            people.put(connection, HOUSE, login, name or login.capitalize(), role)
        for dialler_login in holds:
            teams.hold_login(connection, HOUSE, login, dialler_login, LONG_AGO)
        if team or leads:
            site = teams.site_id(connection, HOUSE, "Sede")
            of = teams.team_id(connection, HOUSE, site, team or leads)
            teams.join(connection, HOUSE, login, of, LONG_AGO, leads=bool(leads))
        for portfolio in portfolios:
            teams.grant(connection, HOUSE, login, portfolio)
    return viewer(store, login)


def token(store: Store, login: str, *, now: datetime | None = None) -> str:
    """The cookie of a new session."""
    with store.writing() as connection:
        return sessions.begin(connection, people.row_of(connection, login).id, now or datetime.now(UTC))


def viewer(store: Store, login: str) -> Viewer:
    found = sessions.viewer_of(store, PLAIN, token(store, login))
    assert found is not None
    return found
