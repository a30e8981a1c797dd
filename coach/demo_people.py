"""The people of the demonstration: the agents of its history with their team leads, two analysts, a trainer.

They have no passwords: outside of the demonstration nobody signs in as one of them.
"""

from __future__ import annotations

import ipaddress
from datetime import UTC, date, datetime

from sqlalchemy import insert, select

from coach import accounts, people, teams
from coach.schema import recordings, scorecards, standings
from coach.schema_people import users
from coach.schema_work import releases
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Role, Viewer

SINCE = date(2026, 1, 1)  # before the first call of the history

# site, its country and time zone, team: the dialler logins of its agents with their names
_TEAMS: dict[tuple[str, str, str, str], dict[str, str]] = {
    ("Ciudad de México", "MX", "America/Mexico_City", "Norte"): {
        "mtapia": "Marisol Tapia",
        "rarce": "Rubén Arce",
        "fcano": "Fabián Cano",
        "yduarte": "Yolima Duarte",
    },
    ("Buenos Aires", "AR", "America/Argentina/Buenos_Aires", "Sur"): {
        "cbenitez": "Carla Benítez",
        "gferrero": "Gustavo Ferrero",
        "rquispe": "Rosa Quispe",
        "xlagos": "Ximena Lagos",
    },
    ("Madrid", "ES", "Europe/Madrid", "España"): {"nsanz": "Nuria Sanz"},
}
_OTHERS: dict[str, tuple[str, Role]] = {
    "erobles": ("Elena Robles", "analyst"),
    "iparedes": ("Inés Paredes", "analyst"),  # decides on what the first one has judged
    "tvidal": ("Tomás Vidal", "trainer"),
    "lherrera": ("Lucía Herrera", "lead"),
    "pmedina": ("Pablo Medina", "lead"),
}
_LEADS = {"lherrera": "Norte", "pmedina": "Sur"}
DOOR = ("erobles", "iparedes", "tvidal", "mtapia", "lherrera")  # who stands at the door, in this order


def refuse(settings: Settings, store: Store) -> None:
    """CoachError where the demonstration's open door would be one to real people or to other machines."""
    if not settings.demo:
        return
    if not _loopback(settings.host):
        raise CoachError(
            "La demostración deja entrar sin contraseña y solo se abre en este equipo: host = 127.0.0.1, "
            "no {host}. Para otros equipos use «coach app» con personas de verdad.",
            host=settings.host,
        )
    if accounts.anybody(store):
        raise CoachError(
            "En esta carpeta de datos hay personas de verdad: la demostración no se abre aquí. "
            "Use otra, por ejemplo COACH_DATA_DIR=demo coach demo, o quite demo = true de los ajustes."
        )


def settle(store: Store) -> None:
    """Everybody with site, team and dialler login, their calls released; a second run changes nothing."""
    with store.writing() as connection:
        known = set(connection.execute(select(users.c.login)).scalars())
        for login, (name, role) in _OTHERS.items():
            if login not in known:
                people.put(connection, HOUSE, login, name, role, demo=True)
        for (site, country, zone, team), members in _TEAMS.items():
            place = teams.site_id(connection, HOUSE, site, country, zone)
            group = teams.team_id(connection, HOUSE, place, team)
            for login, name in members.items():
                if login not in known:
                    people.put(connection, HOUSE, login, name, "agent", demo=True)
                teams.join(connection, HOUSE, login, group, SINCE)
                teams.hold_login(connection, HOUSE, login, login, SINCE)
            for login in (login for login, led in _LEADS.items() if led == team):
                teams.join(connection, HOUSE, login, group, SINCE, leads=True)
    _release(store)


def at_the_door(store: Store) -> tuple[Viewer, ...]:
    """The people as whom one may enter by a click."""
    offered = select(users).where(users.c.login.in_(DOOR), users.c.demo, users.c.active)
    with store.reading() as connection:
        found = {
            row.login: Viewer(row.id, row.login, row.name, row.role) for row in connection.execute(offered)
        }
    return tuple(found[login] for login in DOOR if login in found)


def viewer_of(store: Store, login: str) -> Viewer:
    """One of the people of the demonstration."""
    with store.reading() as connection:
        row = connection.execute(select(users).where(users.c.login == login)).one()
    return Viewer(row.id, row.login, row.name, row.role)


def _release(store: Store) -> None:
    """Calls of the demonstration in which nothing critical waits for a person go to their agents."""
    now = datetime.now(UTC)
    judged = recordings.join(scorecards, scorecards.c.recording_id == recordings.c.id)
    judged = judged.join(standings, standings.c.scorecard_id == scorecards.c.id)
    clear = (scorecards.c.current, scorecards.c.evaluable != "no", standings.c.critical == 0)
    out = select(1).where(releases.c.recording_id == recordings.c.id).exists()
    calls = select(recordings.c.id).select_from(judged).where(recordings.c.demo, *clear, ~out)
    with store.writing() as connection:
        ids = connection.execute(calls).scalars().all()
        if ids:
            rows = [{"recording_id": one, "released_at": now, "visible_from": now} for one in ids]
            connection.execute(insert(releases), rows)


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
