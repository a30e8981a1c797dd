"""The commands of privacy: what they print, what they refuse."""

from __future__ import annotations

import shlex
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach import imported
from coach.cli import app
from coach.settings import load
from coach.store import Store
from tests.coach.privacy import ACCOUNT, NAME, keep
from transcripts.types import Recording


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    settings = load()
    store = Store.open(settings)
    keep(store, settings, "pe-01")
    store.close()
    return tmp_path


def coach(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_a_person_is_copied_tried_and_erased(folder: Path) -> None:
    assert coach("person", "copy", ACCOUNT, "-o", "copia.zip").exit_code == 0
    assert "indice.txt" in zipfile.ZipFile(folder / "copia.zip").namelist()
    tried = coach("person", "erase", ACCOUNT)
    assert tried.exit_code == 0
    assert "con --yes" in tried.output
    done = coach("person", "erase", ACCOUNT, "--yes", "-o", "informe.txt")
    assert done.exit_code == 0
    assert "Se borró:" in (folder / "informe.txt").read_text()
    assert NAME not in coach("person", "erase", "--again", "--yes").output
    gone = coach("person", "erase", ACCOUNT, "--yes")
    assert gone.exit_code == 2
    assert "no hay nada de esta cuenta" in gone.output
    assert coach("person", "erase").exit_code == 2
    assert coach("person", "erase", ACCOUNT, "--again").exit_code == 2


def test_where_all_must_be_kept_nobody_is_told_that_there_is_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = "No se borra nada de la cuenta 55: la llamada c-1 debe conservarse (Juicio)."
    monkeypatch.setattr("coach.person_erase.erase_again", lambda *_, **__: ((), (kept,)))
    again = coach("person", "erase", "--again")
    assert (again.exit_code, again.output.strip()) == (2, kept)
    monkeypatch.setattr("coach.person_erase.erase_again", lambda *_, **__: ((), ()))
    assert coach("person", "erase", "--again").output == "No hay nada que borrar de nuevo.\n"


def test_who_was_erased_and_is_back_is_told_and_goes_with_yes_alone(folder: Path) -> None:
    assert coach("person", "erase", ACCOUNT, "--yes").exit_code == 0
    store = Store.open(load())
    store.add_recording(Recording("de-vuelta", account=ACCOUNT))
    store.close()
    for _ in range(2):
        tried = coach("person", "erase", "--again")
        assert tried.exit_code == 0
        assert "Se borraría:" in tried.output
        assert "con --yes" in tried.stderr
    assert "Se borró:" in coach("person", "erase", "--again", "--yes").output
    again = coach("person", "erase", "--again")
    assert (again.exit_code, again.stdout) == (0, "No hay nada que borrar de nuevo.\n")
    assert "Borrados anotados que se miraron: 2; el último, del 20" in again.stderr


def test_a_restored_store_does_not_say_that_nobody_is_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert coach("db", "backup", "respaldo.zip").exit_code == 0
    assert coach("person", "erase", ACCOUNT, "--yes", "-o", "informe.txt").exit_code == 0
    ledger = (folder / "var" / "erasures.jsonl").resolve()
    report = (folder / "informe.txt").read_text()
    monkeypatch.setenv("COACH_DATA_DIR", str(folder / "restaurado"))
    back = coach("db", "restore", "respaldo.zip")
    assert "coach person erase --again --ledger" in back.output
    for _ in range(2):  # the second time after an erasure of the restored store's own
        again = coach("person", "erase", "--again", "--yes")
        assert again.exit_code == 2
        assert "No se sabe a quién se había borrado" in again.output
        assert "No hay nada" not in again.output
        keep_another()
        assert coach("person", "erase", "77-1", "--yes").exit_code == 0
    (command,) = [line for line in report.splitlines() if "--again" in line]
    assert str(ledger) in command
    done = coach(*shlex.split(command.partition(": coach ")[2]))
    assert done.exit_code == 0
    assert "Llamadas: 1" in done.stdout
    again = coach("person", "erase", "--again")  # the folder's own ledger knows it now
    assert (again.exit_code, again.stdout) == (0, "No hay nada que borrar de nuevo.\n")


def keep_another() -> None:
    store = Store.open(load())
    store.add_recording(Recording("otra", account="77-1"))
    store.close()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--reach", "team"], "Falta --team"),
        (["--reach", "team", "--team", " "], "Falta --team"),
        (["--reach", "portfolio"], "Falta --portfolio"),
        (["--team", "Norte"], "--team solo vale con --reach team"),
        (["--reach", "team", "--team", "Norte", "--portfolio", "x"], "--portfolio solo vale con"),
    ],
)
def test_a_token_is_told_what_it_lacks(asked: list[str], told: str, folder: Path) -> None:
    made = coach("tokens", "create", "bi", *asked)
    assert made.exit_code == 2
    assert told in made.output


def test_a_complaint_is_shown_as_held(folder: Path) -> None:
    store = Store.open(load())
    one = store.recording("pe-01")
    store.update_recording(replace(one, disposition="Queja", call_started_at=date.today()))
    store.close()
    assert "retención sin pedirla: llamada pe-01: reclamo (Queja)" in coach("retention", "show").output


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.ogg", "es la grabación de una llamada cuyo audio se borró. Quien la guarda, que la borre."),
        ("a.txt", "trae 1 llamada cuyo texto se borró. Quien lo guarda, que lo borre."),
        ("a.jsonl", "trae 1 llamada cuyo texto se borró. Quien lo guarda, que lo quite; puede traer otras"),
    ],
)
def test_what_is_left_outside_is_told_as_what_it_is(folder: Path, name: str, says: str) -> None:
    store, outside = Store.open(load()), folder / "fuera" / name
    outside.parent.mkdir()
    outside.write_bytes(b"x")
    if name.endswith(".ogg"):
        store.update_recording(replace(store.recording("pe-01"), audio=outside))
    else:
        imported.note(store, "pe-01", "huella", outside)
    store.close()
    coach("retention", "set", "--audio", "1", "--transcripts", "1")
    said = coach("retention", "run").output
    assert f"{outside.resolve()}: está fuera de la carpeta de datos y {says}" in said


def test_rules_holds_and_a_run(folder: Path) -> None:
    assert "No hay ninguna regla" in coach("retention", "show").output
    put = coach("retention", "set", "--audio", "1", "--country", "perú")
    assert put.output == "PE: audio 1 día, texto siempre, notas siempre\n"
    held = coach("retention", "hold", "--call", "pe-01", "--reason", "Oficio 7")
    assert held.output == "Retención 1.\n"
    shown = coach("retention", "show").output
    assert "se retiene pe-01: retención legal 1: Oficio 7" in shown
    assert "retención 1: llamada pe-01: Oficio 7" in shown
    assert "Hoy no toca borrar nada." in shown
    assert coach("retention", "lift", "1").exit_code == 0
    assert coach("retention", "run", "--dry-run").output.startswith("toca borrar: 1 audio\n  pe-01 · ")
    assert "Audios: 1" in coach("retention", "run").output
    assert coach("retention", "hold", "--reason", "x").exit_code == 2
    assert coach("retention", "hold", "--call", "nadie", "--reason", "x").exit_code == 2


def test_a_copy_and_a_hold_tell_of_calls_that_bear_the_account_only_in_their_name(folder: Path) -> None:
    store = Store.open(load())
    store.add_recording(Recording(f"{ACCOUNT}_martes"))
    store.close()
    for said in (
        coach("person", "copy", ACCOUNT, "-o", "copia.zip"),
        coach("retention", "hold", "--account", ACCOUNT, "--reason", "Juicio"),
    ):
        assert said.exit_code == 0
        assert f"sin que conste que sean suyas: 1 ({ACCOUNT}_martes)" in said.stderr


def test_a_source_that_nobody_has_gets_no_rule(folder: Path) -> None:
    (folder / "coach.toml").write_text('[sources.marcador]\ncountry = "PE"\n')
    refused = coach("retention", "set", "--source", "marcadorr", "--audio", "90")
    assert refused.exit_code == 2
    assert "Hay «marcador»." in refused.output
    assert (
        "marcador: audio 90 días" in coach("retention", "set", "--source", "marcador", "--audio", "90").output
    )


def test_what_a_second_set_does_not_name_stays_and_is_told(folder: Path) -> None:
    coach("retention", "set", "--audio", "180", "--scores", "24")
    again = coach("retention", "set", "--audio", "400", "--transcripts", "100")
    assert again.output == (
        "todo: audio 400 días, texto 100 días, notas 24 meses\nSigue como estaba: notas 24 meses.\n"
    )
    forever = coach("retention", "set", "--audio", "0").output
    assert forever.startswith("todo: audio siempre, texto 100 días, notas 24 meses\n")
    nearer = coach("retention", "set", "--country", "PE", "--audio", "90")
    assert "PE: el texto queda para siempre. Otra regla (todo: texto 100 días) da un plazo" in nearer.output
    assert "PE: las notas quedan para siempre" in coach("retention", "show").output
    assert coach("retention", "set").output == "Regla quitada.\n"
    assert coach("retention", "set").output == "todo: no había ninguna regla; no cambió nada.\n"
    assert (
        "pbx PE: no había ninguna" in coach("retention", "set", "--source", "pbx", "--country", "PE").output
    )


def test_a_call_is_muted_into_a_file_with_its_list(folder: Path) -> None:
    done = coach("mute", "pe-01", "--beep")
    assert done.exit_code == 0
    assert "pe-01.flac" in done.output
    assert (folder / "pe-01.flac").stat().st_size > 1000
    assert "[tarjeta]" in (folder / "pe-01.silencios.csv").read_text()
    assert coach("mute", "pe-01", "-o", "x.mp3").exit_code == 2
    assert coach("mute", "nadie").exit_code == 2


def test_the_index_is_made_again() -> None:
    assert coach("retention", "reindex").output == "Transcripciones con el índice cambiado: 0.\n"
