"""`coach users`: the first person, a list, a table, a new password, and out."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from typer.testing import CliRunner, Result

from coach import accounts, passwords, people_csv, sessions
from coach.cli import app
from coach.settings import load
from coach.store import Store
from transcripts.facts.titles import plain


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    return tmp_path


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store.open(load())
    yield opened
    opened.close()


def users(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["users", *map(str, arguments)])


def test_the_first_person_gets_a_password_for_once(store: Store) -> None:
    said = users("add", "Raiz", "--role", "admin", "--name", "Ana Ruiz")
    assert said.exit_code == 0
    once = re.search(r"un solo uso: (\S+)", said.output)
    assert once
    token = accounts.sign_in(store, load(), "raiz", once[1])
    assert token is not None
    session = sessions.session_of(store, load(), token)
    assert session is not None
    assert (session.viewer.role, session.must_change) == ("admin", True)


def test_at_a_terminal_the_password_is_asked_until_it_will_do(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["corta", "tres gatos en la azotea"])
    monkeypatch.setattr("coach.cli_users._at_a_terminal", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *a, **k: next(typed))
    said = users("add", "raiz", "--role", "admin")
    assert "12 letras o más" in said.output
    assert "tres gatos" not in said.output
    token = accounts.sign_in(store, load(), "raiz", "tres gatos en la azotea")
    assert token is not None
    assert sessions.viewer_of(store, load(), token) is not None


def test_a_role_that_is_none_is_told(store: Store) -> None:
    said = users("add", "raiz", "--role", "jefe")
    assert said.exit_code == 2
    assert "«jefe» no es un rol. Escriba administración (admin), analista (analyst)" in said.output


def test_the_list_says_who_there_is(store: Store) -> None:
    assert "Nadie todavía" in users("list").output
    users("add", "ana", "--role", "analyst", "--name", "Ana Ruiz")
    users("add", "bea", "--role", "asesora")
    listed = users("list").output
    assert "Ana Ruiz" in listed
    assert "Analista de calidad" in listed
    assert "Agente" in listed
    assert "bea" not in users("list", "ruiz").output
    assert users("list", "nunca").stdout == "Nadie con «nunca» en el usuario, el nombre o el correo.\n"


def test_a_table_comes_in_with_passwords_for_the_new_ones(store: Store, folder: Path) -> None:
    (folder / "p.csv").write_text("usuario,nombre,rol\nana,Ana,agente\nbea,Bea,jefe\n", encoding="utf-8")
    said = users("import", "p.csv", "--passwords", "claves.csv")
    assert said.exit_code == 1
    assert "1 nuevas" in said.output
    assert "p.csv: línea 3" in said.output
    lines = (folder / "claves.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "usuario,contraseña"
    login, once = lines[1].split(",")
    assert accounts.sign_in(store, load(), login, once) is not None
    assert stat.S_IMODE((folder / "claves.csv").stat().st_mode) == 0o600
    assert users("import", "p.csv", "--passwords", "claves.csv").exit_code == 2


def test_a_reset_and_a_goodbye_end_the_sessions(store: Store) -> None:
    users("add", "raiz", "--role", "admin")
    users("add", "ana", "--role", "agent")
    once = re.search(r"un solo uso: (\S+)", users("reset", "ana").output)
    assert once
    token = accounts.sign_in(store, load(), "ana", once[1])
    assert token is not None
    assert users("deactivate", "ana").exit_code == 0
    assert sessions.session_of(store, load(), token) is None
    assert users("activate", "ana").exit_code == 0
    assert users("deactivate", "raiz").exit_code == 2
    assert users("reset", "nadie").exit_code == 2


def test_the_help_of_the_table_names_every_column_that_is_taken() -> None:
    columns = " ".join(users("import", "--help").output.split()).partition("Columnas: ")[2].partition(".")[0]
    told = {people_csv._COLUMN_OF[plain(one)] for one in columns.split(", ")}
    assert told == people_csv.COLUMNS.keys()


def test_a_mail_that_another_has_is_told_where_people_come_in_by_it(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = folder / "p.csv"
    table.write_text("usuario,nombre,rol,correo\nana,Ana,agente,a@c.example\nbea,Bea,agente,A@c.example\n")
    assert "varias personas" not in users("import", table).output
    monkeypatch.setenv("COACH_SSO__ISSUER", "https://cuentas.example")
    assert "a@c.example es de varias personas (ana, bea)" in users("import", table).stderr
    said = users("add", "leo", "--role", "agent", "--email", "a@c.example")
    assert (said.exit_code, "(ana, bea, leo)" in said.stderr) == (0, True)
