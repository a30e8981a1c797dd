"""The people of a made store: 3 sites, 20 teams with a lead each, agents, and who else signs in."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, insert

from coach.schema_people import agent_logins, grants, memberships, sites, teams, users

SITES = (("Lima", "PE"), ("Ciudad de México", "MX"), ("Bogotá", "CO"))
TEAMS = 20
FIRST_NAMES = (
    "Ana", "Bruno", "Carla", "Darío", "Elena", "Fabián", "Gloria", "Hugo", "Inés", "Joel", "Karina", "Luis",
    "Marisol", "Néstor", "Olga", "Pablo", "Rosa", "Saúl", "Teresa", "Úrsula", "Víctor", "Ximena", "Yolanda",
)  # fmt: skip
LAST_NAMES = (
    "Álvarez", "Bustos", "Cárdenas", "Durán", "Escobar", "Figueroa", "Guzmán", "Huamán", "Ibarra", "Jara",
    "Ledesma", "Mamani", "Núñez", "Ocampo", "Paredes", "Quispe", "Rentería", "Salas", "Tovar", "Urrutia",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agent:
    user_id: int
    login: str
    name: str
    country: str
    campaign: str
    portfolios: tuple[str, ...]


def name(dice: random.Random) -> str:
    return f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)} {dice.choice(LAST_NAMES)}"


def fill(connection: Connection, dice: random.Random, count: int, first: date) -> list[Agent]:
    """Write the people and give the agents. One in ten changes the team half-way through the year."""
    places = [
        {"id": i + 1, "name": place, "country": country, "timezone": ""}
        for i, (place, country) in enumerate(SITES)
    ]
    groups = [{"id": i + 1, "site_id": i % len(SITES) + 1, "name": f"Equipo {i + 1}"} for i in range(TEAMS)]
    connection.execute(insert(sites), places)
    connection.execute(insert(teams), groups)
    others = ["admin", *["analyst"] * 6, "trainer", *["auditor"] * 3]
    roles = ["lead"] * TEAMS + others + ["agent"] * count
    people = [_user(i + 1, role, dice) for i, role in enumerate(roles)]
    connection.execute(insert(users), people)
    leads = [_member(i + 1, i + 1, first, leads=True) for i in range(TEAMS)]
    connection.execute(insert(memberships), leads)
    agents = [_agent(p["id"], str(p["login"]), str(p["name"]), dice) for p in people if p["role"] == "agent"]
    for number, agent in enumerate(agents):
        connection.execute(insert(memberships), _teams_of(agent, number, first))
    held = [{"login": a.login, "user_id": a.user_id, "since": first, "until": None} for a in agents]
    connection.execute(insert(agent_logins), held)
    auditors = [p["id"] for p in people if p["role"] == "auditor"]
    connection.execute(
        insert(grants),
        [{"user_id": who, "portfolio": f"cartera-{i + 1:02}"} for i, who in enumerate(auditors)],
    )
    return agents


def _user(number: int, role: str, dice: random.Random) -> dict[str, object]:
    return {
        "id": number, "login": f"{role}{number}", "name": name(dice), "email": "", "role": role,
        "password_hash": None, "oidc_subject": None, "language": "es", "active": True, "must_change": False,
        "failed": 0, "locked_until": None, "created_at": datetime.now(UTC), "last_seen_at": None,
    }  # fmt: skip


def _agent(user_id: object, login: str, called: str, dice: random.Random) -> Agent:
    number = int(str(user_id))
    country = SITES[number % len(SITES)][1]
    campaign = f"campaña-{number % 12 + 1:02}"
    portfolios = tuple(f"cartera-{(number * k) % 16 + 1:02}" for k in (1, 3))
    return Agent(number, login, called, country, campaign, portfolios)


def _teams_of(agent: Agent, number: int, first: date) -> list[dict[str, object]]:
    team = number % TEAMS + 1
    if number % 10:
        return [_member(agent.user_id, team, first)]
    moved = first + timedelta(days=182)
    after = (team + 5) % TEAMS + 1
    stay = _member(agent.user_id, team, first, until=moved - timedelta(days=1))
    return [stay, _member(agent.user_id, after, moved)]


def _member(
    user_id: int, team: int, since: date, *, until: date | None = None, leads: bool = False
) -> dict[str, object]:
    return {"user_id": user_id, "team_id": team, "leads": leads, "since": since, "until": until}
