"""People, teams and logins for tests of the review work; and calls that a real form judged by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import insert

from coach.pipeline import rubric_of
from coach.schema_people import agent_logins, memberships, sites, teams, users
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.viewers import Role, Viewer
from nlp.types import Findings
from rubrics.scoring import count
from rubrics.types import Scorecard, Verdict
from tests.dialogue import dialogue

NOW = datetime(2026, 9, 15, 15, 0, tzinfo=UTC)  # a Tuesday
LONG_AGO = date(2020, 1, 1)
LINES = """
    A[0-4]: Buenos días, le saluda Rosa Quispe, de Caja Los Sauces. ¿El señor Wilmer Chávez?
    D[4-6]: Sí, con él.
    A[6-10]: Debe doscientos cuarenta soles. Si no paga lo vamos a embargar.
    D[10-14]: No tengo dinero, señorita, me pagan el viernes.
    A[14-18]: ¿Entonces el viernes paga los doscientos cuarenta soles?
    D[18-20]: Sí, el viernes se los pago.
"""


def person(store: Store, login: str, role: Role, *, team: int | None = None, leads: bool = False) -> Viewer:
    """A new person; a lead's `team` is the one led, an agent's the one worked in."""
    with store.writing() as connection:
        values = {
            "login": login, "name": login.title(), "role": role, "active": True, "must_change": False,
            "failed": 0, "created_at": NOW,
        }  # fmt: skip
        user = connection.execute(insert(users).values(**values).returning(users.c.id)).scalar_one()
        if team is not None:
            its = {"user_id": user, "team_id": team, "leads": leads, "since": LONG_AGO}
            connection.execute(insert(memberships).values(**its))
        if role == "agent":
            connection.execute(insert(agent_logins).values(login=login, user_id=user, since=LONG_AGO))
    return Viewer(user, login, login.title(), role, (team,) if leads and team is not None else ())


def new_team(store: Store, name: str, country: str = "PE") -> int:
    with store.writing() as connection:
        site = insert(sites).values(name=f"Sede {name}", country=country, timezone="America/Lima")
        site_id = connection.execute(site.returning(sites.c.id)).scalar_one()
        team = insert(teams).values(site_id=site_id, name=name).returning(teams.c.id)
        return int(connection.execute(team).scalar_one())


def judged_call(
    settings: Settings, recording_id: str = "pe-01", *, failed: tuple[str, ...] = ("empathy",),
    waiting: tuple[str, ...] = (), lines: str = LINES, **recording: object,
) -> Call:  # fmt: skip
    """A call by the real form: every criterion passes but the `failed`; those in `waiting` need review."""
    recording = {"call_started_at": datetime(2026, 9, 14, 10, tzinfo=UTC), "agent_login": "rosa",
                 "agent": "Rosa Quispe", "country": "PE", **recording}  # fmt: skip
    transcript = dialogue(lines, **{"id": recording_id, **recording})
    form = rubric_of(settings)
    verdicts = {
        c.id: Verdict(
            "fail" if c.id in failed else "pass", "Porque sí.", confidence=0.9, needs_review=c.id in waiting
        )
        for c in form.criteria
    }
    critical = tuple(c.id for c in form.criteria if c.critical and c.id in failed)
    card = Scorecard(recording_id, form.name, verdicts, *count(form, verdicts), critical)
    return Call(transcript, Findings(), card)


def keep_call(store: Store, settings: Settings, recording_id: str = "pe-01", **given: object) -> Call:
    call = judged_call(settings, recording_id, **given)  # type: ignore[arg-type]
    store.add_recording(call.transcript.recording)
    store.save(call, "nlp-1")
    return call
