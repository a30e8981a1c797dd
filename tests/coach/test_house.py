"""What the house keeps, its settings with where they come from, and where its people belong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coach import audit, house, people, people_csv, places
from coach import settings as coach_settings
from coach.audit import Asked
from coach.house import Setting
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE
from tests.coach.people import somebody
from tests.views import seed
from transcripts.types import Recording

DAY = date(2026, 3, 1)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    return Settings(data_dir=tmp_path)


@pytest.fixture
def store(settings: Settings) -> Store:
    return Store.open(settings)


# what is kept


def test_an_empty_house_says_so(store: Store, settings: Settings) -> None:
    kept = house.holdings(store, settings, HOUSE)
    assert (kept.calls, kept.judged, kept.first, kept.last) == (0, 0, None, None)
    assert kept.sizes["database"] > 0
    assert kept.free > 0


def test_calls_their_days_and_what_lies_where(store: Store, settings: Settings) -> None:
    seed.fill(store, settings)
    (settings.data_dir / "audio" / "ab").mkdir(parents=True)
    (settings.data_dir / "audio" / "ab" / "x.wav").write_bytes(b"0" * 5000)
    kept = house.holdings(store, settings, HOUSE)
    assert (kept.calls, kept.judged) == (22, 22)
    assert (kept.first, kept.last) == (date(2026, 8, 3), date(2026, 10, 8))
    assert kept.sizes["audio"] == 5000
    store.add_recording(Recording("mal", call_started_at=date(date.today().year + 1, 11, 20)))
    assert house.holdings(store, settings, HOUSE).last == date(2026, 10, 8)  # as the lists say it


# settings


def told(settings: Settings) -> dict[str, Setting]:
    return {f"{one.section}.{one.name}".strip("."): one for one in house.settings_told(settings, HOUSE)}


def test_settings_tell_the_line_that_they_stand_on(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "coach.toml").write_text(
        'country = "MX"\n[upload]\nmax_mb = 900\n[sources.marcador]\nagent_channel = 1\n', encoding="utf-8"
    )
    found = told(coach_settings.load())
    assert (found["country"].value, found["country"].origin, found["country"].line) == ("MX", "file", 1)
    assert (found["upload.max_mb"].value, found["upload.max_mb"].line) == ("900", 3)
    assert found["sources.marcador.agent_channel"].line == 5
    assert (found["upload.max_hours"].origin, found["upload.max_hours"].line) == ("default", None)


def test_what_a_variable_said_comes_from_elsewhere(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_PORT", "8600")
    assert told(coach_settings.load())["port"].origin == "elsewhere"


def test_secrets_are_never_shown(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "coach.toml").write_text(
        'database_url = "postgresql://ana:secreta@db/temple"\n[sso]\nclient_secret = "secreta"\n',
        encoding="utf-8",
    )
    found = house.settings_told(coach_settings.load(), HOUSE)
    assert not any("secreta" in one.value for one in found)


def test_only_who_administers_looks_into_the_house(store: Store, settings: Settings) -> None:
    lead = somebody(store, "lead")
    for look in (
        lambda: house.holdings(store, settings, lead),
        lambda: house.settings_told(settings, lead),
        lambda: places.places(store, lead, "lead"),
        lambda: places.add_team(store, lead, "Mérida", "MX", "Tardía"),
        lambda: places.hold(store, lead, "lead", "x", DAY, None),
        lambda: places.grant(store, lead, "lead", "tarjetas"),
    ):
        with pytest.raises(CoachError, match="no tiene permiso"):
            look()


# where people belong


def test_a_person_has_logins_teams_and_portfolios_with_their_days(store: Store) -> None:
    somebody(store, "auditor", "olga")
    places.add_team(store, HOUSE, "Mérida", "mx", "Tardía")
    (team,) = places.teams.list_teams(store, HOUSE)
    places.join(store, HOUSE, "olga", team.id, DAY, None, False)
    places.hold(store, HOUSE, "olga", "ORUIZ", DAY, None)
    places.hold(store, HOUSE, "olga", "ORUIZ", DAY, date(2026, 4, 1))
    places.grant(store, HOUSE, "olga", "tarjetas")
    where = places.places(store, HOUSE, "olga")
    assert [(one.login, one.since, one.until) for one in where.logins] == [("ORUIZ", DAY, date(2026, 4, 1))]
    assert [(one.site, one.team, one.leads) for one in where.teams] == [("Mérida", "Tardía", False)]
    assert where.portfolios == ("tarjetas",)
    places.revoke(store, HOUSE, "olga", "tarjetas")
    assert places.places(store, HOUSE, "olga").portfolios == ()


@pytest.mark.parametrize(
    ("site", "country", "team"), [("", "MX", "A"), ("Mérida", "MX", " "), ("M", "México", "A")]
)
def test_a_team_without_its_names_is_refused(store: Store, site: str, country: str, team: str) -> None:
    with pytest.raises(CoachError):
        places.add_team(store, HOUSE, site, country, team)


# by the browser


def test_a_table_that_came_by_the_browser_tells_its_faulty_lines(store: Store) -> None:
    raw = "usuario;nombre;rol\nana;Ana Ruiz;agente\nluis;;agente\n".encode("cp1252")
    done = people_csv.import_upload(store, HOUSE, raw, "gente.csv")
    assert done.added == ("ana",)
    assert done.problems == ("gente.csv: línea 3: luis es nueva persona y falta: nombre.",)


def test_new_people_get_a_password_each(store: Store) -> None:
    somebody(store, "agent", "ana")
    lines = people_csv.passwords(store, HOUSE, ("ana",)).splitlines()
    assert lines[0] == "usuario,contraseña"
    assert lines[1].startswith("ana,")
    assert people.person(store, HOUSE, "ana").must_change


# the log


def test_the_log_goes_out_as_a_table_and_says_so(store: Store) -> None:
    audit.note(store, HOUSE, "see", "call:=1+1", why="=cmd")
    text = audit.write_csv(store, HOUSE, Asked(action="see"))
    assert text.splitlines()[0] == "fecha_utc,usuario,accion,de_que,detalle"
    assert "call:=1+1" in text
    assert [entry.subject for entry in audit.entries(store, HOUSE, action="export").rows] == ["export:audit"]


def test_who_may_not_export_gets_no_table(store: Store) -> None:
    with pytest.raises(CoachError, match="no tiene permiso"):
        audit.write_csv(store, somebody(store, "agent"), Asked())
