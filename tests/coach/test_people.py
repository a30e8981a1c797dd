"""People and where they belong: who may change what, and that a call has one agent on its day."""

from __future__ import annotations

from datetime import date

import pytest
from argon2 import PasswordHasher

from coach import audit, passwords, people, teams
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, RIGHTS, ROLES
from tests.coach.people import somebody

GOOD = "tres gatos en la azotea"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


def test_a_person_is_found_by_any_part_of_the_name(store: Store) -> None:
    people.add(store, HOUSE, "Ana.Ruiz", "Ana Ruiz", "analyst", email="ana@casa.example")
    people.add(store, HOUSE, "bea", "Beatriz Soto", "agent")
    assert [p.login for p in people.people(store, HOUSE).rows] == ["ana.ruiz", "bea"]
    assert [p.login for p in people.people(store, HOUSE, text="RUIZ").rows] == ["ana.ruiz"]
    assert [p.login for p in people.people(store, HOUSE, text="casa").rows] == ["ana.ruiz"]
    assert people.people(store, HOUSE, role="agent", size=1).total == 1


def test_a_login_is_given_once(store: Store) -> None:
    people.add(store, HOUSE, "ana", "Ana", "agent")
    with pytest.raises(CoachError, match="ya hay una persona"):
        people.add(store, HOUSE, " ANA ", "Otra Ana", "agent")


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"login": "a"}, "no sirve de usuario"),
        ({"login": "ana ruiz"}, "no sirve de usuario"),
        ({"login": "ana\u202eruiz"}, "no sirve de usuario"),
        ({"name": "  "}, "Falta el nombre"),
        ({"role": "jefe"}, "no es un rol"),
        ({"email": "ana"}, "no es un correo"),
        ({"language": "fr"}, "no es un idioma"),
        ({"password": "corta"}, "12 letras"),
    ],
)
def test_what_cannot_be_is_said(store: Store, facts: dict[str, str], says: str) -> None:
    given = {"login": "ana", "name": "Ana", "role": "agent"} | facts
    with pytest.raises(CoachError, match=says):
        people.add(store, HOUSE, **given)  # type: ignore[arg-type]
    assert people.people(store, HOUSE).total == 0


def test_the_last_one_who_administers_stays(store: Store) -> None:
    people.add(store, HOUSE, "ana", "Ana", "admin")
    with pytest.raises(CoachError, match="única persona que administra"):
        people.deactivate(store, HOUSE, "ana")
    with pytest.raises(CoachError, match="única persona que administra"):
        people.change(store, HOUSE, "ana", role="agent")
    people.add(store, HOUSE, "bea", "Bea", "admin")
    people.deactivate(store, HOUSE, "ana")
    with pytest.raises(CoachError, match="única persona que administra"):
        people.deactivate(store, HOUSE, "bea")


@pytest.mark.parametrize("role", [role for role in ROLES if "administer" not in RIGHTS[role]])
def test_nobody_else_touches_people(store: Store, role: str) -> None:
    viewer = somebody(store, role)  # type: ignore[arg-type]
    with pytest.raises(CoachError, match="no tiene permiso"):
        people.people(store, viewer)
    with pytest.raises(CoachError, match="no tiene permiso"):
        people.add(store, viewer, "x2", "X", "admin")
    with pytest.raises(CoachError, match="no tiene permiso"):
        people.reset(store, viewer, role)
    with store.writing() as connection, pytest.raises(CoachError, match="no tiene permiso"):
        teams.hold_login(connection, viewer, role, "otro", date(2026, 1, 1))


# whose call it was


def test_a_dialler_login_is_one_persons_on_a_day(store: Store) -> None:
    somebody(store, "agent", "ana")
    somebody(store, "agent", "bea", name="Beatriz Soto")
    with store.writing() as connection:
        assert teams.hold_login(connection, HOUSE, "bea", "ext7", date(2026, 1, 1), date(2026, 3, 31))
        assert teams.hold_login(connection, HOUSE, "ana", "ext7", date(2026, 4, 1))
        for since, until in (
            (date(2026, 3, 31), date(2026, 3, 31)),
            (date(2025, 1, 1), None),
            (date(2026, 2, 1), None),
        ):
            with pytest.raises(CoachError, match="ya es el usuario de marcador de"):
                teams.hold_login(connection, HOUSE, "ana", "ext7", since, until)


def test_it_goes_on_to_the_next_by_ending_it(store: Store) -> None:
    somebody(store, "agent", "ana", holds=("ext7",))
    somebody(store, "agent", "bea")
    with store.writing() as connection:
        assert teams.hold_login(connection, HOUSE, "ana", "ext7", date(2020, 1, 1), date(2026, 3, 31))
        assert teams.hold_login(connection, HOUSE, "bea", "ext7", date(2026, 4, 1))
        assert not teams.hold_login(connection, HOUSE, "bea", "ext7", date(2026, 4, 1))


def test_the_same_person_does_not_hold_it_twice(store: Store) -> None:
    somebody(store, "agent", "ana", holds=("ext7",))
    with store.writing() as connection, pytest.raises(CoachError, match="ya es el usuario"):
        teams.hold_login(connection, HOUSE, "ana", "ext7", date(2026, 1, 1))


def test_a_member_is_in_one_team_at_a_time(store: Store) -> None:
    somebody(store, "agent", "ana", team="Norte")
    with store.writing() as connection:
        site = teams.site_id(connection, HOUSE, "Sede")
        other = teams.team_id(connection, HOUSE, site, "Sur")
        with pytest.raises(CoachError, match="ya está en el equipo «Norte»"):
            teams.join(connection, HOUSE, "ana", other, date(2026, 1, 1))


def test_a_lead_may_lead_two(store: Store) -> None:
    somebody(store, "lead", "leo", leads="Norte")
    assert len(somebody(store, "lead", "leo", leads="Sur").teams) == 2


def test_an_end_before_its_beginning_is_refused(store: Store) -> None:
    somebody(store, "agent", "ana")
    with store.writing() as connection, pytest.raises(CoachError, match="es anterior al primero"):
        teams.hold_login(connection, HOUSE, "ana", "ext7", date(2026, 2, 1), date(2026, 1, 1))


def test_teams_are_told_with_members_and_leads(store: Store) -> None:
    somebody(store, "agent", "ana", team="Norte")
    leo = somebody(store, "lead", "leo", leads="Norte")
    somebody(store, "agent", "bea", team="Sur")
    told = {team.name: (team.members, team.leads) for team in teams.list_teams(store, HOUSE)}
    assert told == {"Norte": (1, ("Leo",)), "Sur": (1, ())}
    assert [team.name for team in teams.list_teams(store, leo)] == ["Norte"]


def test_portfolios_are_for_auditors(store: Store) -> None:
    assert somebody(store, "auditor", portfolios=("tarjeta",)).portfolios == ("tarjeta",)
    somebody(store, "agent", "ana")
    with store.writing() as connection, pytest.raises(CoachError, match="solo a auditores"):
        teams.grant(connection, HOUSE, "ana", "tarjeta")


# the log


def test_the_log_says_who_did_what_to_whom(store: Store) -> None:
    root = somebody(store, "admin", "raiz")
    people.add(store, root, "ana", "Ana", "agent")
    people.change(store, root, "ana", role="lead")
    people.reset(store, root, "ana")
    page = audit.entries(store, HOUSE, login="raiz")
    assert [(e.action, e.subject) for e in page.rows] == [
        ("reset", "user:ana"),
        ("change", "user:ana"),
        ("add", "user:ana"),
    ]
    assert page.rows[1].detail == {"role": "lead"}


def test_the_log_holds_no_password(store: Store) -> None:
    root = somebody(store, "admin", "raiz")
    people.add(store, root, "ana", "Ana", "agent", password=GOOD)
    once = people.reset(store, root, "ana")
    told = str(audit.entries(store, HOUSE, size=500).rows)
    assert GOOD not in told
    assert once not in told


def test_looking_twice_is_one_entry(store: Store) -> None:
    ana = somebody(store, "analyst", "ana")
    for _ in range(3):
        audit.seen(store, ana, "see", "call:mx-1")
    audit.seen(store, ana, "see", "call:mx-2")
    assert audit.entries(store, HOUSE, action="see").total == 2


def test_who_may_not_read_the_log_does_not(store: Store) -> None:
    with pytest.raises(CoachError, match="no tiene permiso"):
        audit.entries(store, somebody(store, "lead"))


def test_an_outside_auditor_reads_of_calls_in_reach_only(store: Store) -> None:
    from transcripts.types import Recording

    store.add_recording(Recording("suya", portfolio="tarjeta"))
    store.add_recording(Recording("ajena", portfolio="auto"))
    ana = somebody(store, "analyst", "ana")
    for subject in ("call:suya", "call:ajena", "user:ana"):
        audit.note(store, ana, "see", subject)
    outside = somebody(store, "auditor", portfolios=("tarjeta",))
    assert [entry.subject for entry in audit.entries(store, outside).rows] == ["call:suya"]
    assert audit.entries(store, outside).total == 1
