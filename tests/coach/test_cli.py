"""The command line: what it prints, what it writes, and its exit codes (0 well, 1 in part, 2 nothing)."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import wave
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
import uvicorn
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from typer.testing import CliRunner, Result

from coach import audit, call_facts, cli, legs, pipeline, retention, trouble
from coach import ingest as coach_ingest
from coach.cli import app
from coach.database import FULL
from coach.intake import accept
from coach.retention import Rule
from coach.settings import Settings, load
from coach.store import Store
from coach.types import CoachError, Override, Review
from coach.viewers import HOUSE
from rubrics.loader import PACKS, load_rubric, pack_of
from tests.coach.conftest import judged
from tests.coach.people import somebody
from tests.coach.spoken import add_review
from tests.helpers_audio import noise, write_wav
from transcripts.engines import ENGINES, whisper
from transcripts.formats import call_json

CALL = {
    "id": "ej-01",
    "country": "MX",
    "call_date": "2025-10-08",
    "turns": [
        {"speaker": "agent", "text": "Buenas tardes, le saluda Iván Robledo, de Financiera Vértice."},
        {"speaker": "debtor", "text": "No tengo dinero, joven, no me alcanza."},
    ],
}


def _of_database(error: Exception) -> OperationalError:
    return OperationalError("insert", None, error)


COMMANDS = (
    "demo", "transcribe", "import", "score", "show", "tag", "lint", "models", "doctor", "app", "work", "db",
    "train-demo-asr", "users",
)  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Every command runs in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def coach(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def calls(folder: Path, *lines: object) -> Path:
    file = folder / "calls.jsonl"
    file.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return file


@pytest.fixture
def stored(folder: Path) -> Store:
    store = Store.open(load())
    call = judged(
        "pe-01", "no_money@1", agent="Rosa Quispe", debtor_name="Wilmer Chávez", verdicts={"firm": "fail"}
    )
    store.add_recording(call.transcript.recording)
    store.save(call)
    return store


def test_help_is_in_spanish_and_names_every_command() -> None:
    result = coach("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"  {name} " in result.output
    assert "escucha llamadas de cobranza" in result.output


def test_help_is_quick() -> None:
    before = os.times()
    subprocess.run([sys.executable, "-m", "coach", "--help"], check=True, capture_output=True)
    after = os.times()  # of the processor: what else the machine does says nothing
    assert after.children_user - before.children_user < 3.0  # 0.1 on a quiet machine


def test_help_loads_nothing_heavy() -> None:
    heavy = {"spacy", "pydantic", "sqlalchemy", "av", "numpy"}
    program = f"import sys, coach.cli; print([m for m in sys.modules if m in {heavy}])"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_score_writes_a_line_for_each_call(folder: Path) -> None:
    result = coach("score", calls(folder, CALL, CALL | {"id": "ej-02"}), "--out", "r.jsonl")
    assert result.exit_code == 0
    assert "2 llamadas evaluadas, 0 con error." in result.output
    lines = [json.loads(line) for line in Path("r.jsonl").read_text().splitlines()]
    assert [line["id"] for line in lines] == ["ej-01", "ej-02"]
    assert list(lines[0]["rubric"]) == [one.id for one in load_rubric().criteria]
    assert set(lines[0]["reasons"]) == set(lines[0]["evidence"]) == set(lines[0]["rubric"])
    assert "no_money" in [one["id"] for one in lines[0]["objections"]]
    assert not Path("var").exists()  # no store needed


def test_score_tells_the_bad_line_and_does_the_rest(folder: Path) -> None:
    file = calls(folder, CALL, "{", CALL | {"noise": "x", "id": "b"})
    result = coach("score", file, "-o", "r.jsonl")
    assert result.exit_code == 1
    assert "calls.jsonl: línea 2: no es JSON válido" in result.output
    assert "claves que Temple no conoce: noise" in result.output
    assert len(Path("r.jsonl").read_text().splitlines()) == 2


def test_score_of_a_missing_file_is_two(folder: Path) -> None:
    result = coach("score", "nada.jsonl", "-o", "r.jsonl")
    assert result.exit_code == 2
    assert "nada.jsonl: no se puede leer" in result.output
    assert not Path("r.jsonl").exists()


def test_score_with_a_wrong_form_is_two_before_the_first_call(folder: Path) -> None:
    Path("mia.yaml").write_text("id: mia\nversion: 1\nlabel: Mía\ncriterios: []\n")
    result = coach("score", calls(folder, CALL), "-o", "r.jsonl", "--rubric", "mia.yaml")
    assert result.exit_code == 2
    assert "mia.yaml" in result.output
    assert not Path("r.jsonl").exists()


def test_score_into_a_folder_that_cannot_be_is_two(folder: Path) -> None:
    Path("file").write_text("")
    assert coach("score", calls(folder, CALL), "-o", "file/r.jsonl").exit_code == 2


def test_score_to_standard_output(folder: Path) -> None:
    result = coach("score", calls(folder, CALL), "-o", "-")
    assert json.loads(result.stdout.splitlines()[0])["id"] == "ej-01"


@pytest.mark.parametrize(
    "given", [b"", b"\n \n", b"{\n", b'{"id": "a"}\r{"id": "b"}', "{}".encode("utf-16-le")]
)
@pytest.mark.parametrize("command", ["score", "tag"])
def test_where_nothing_could_be_done_the_exit_code_says_so(folder: Path, command: str, given: bytes) -> None:
    Path("lineas.jsonl").write_bytes(given)
    result = coach(command, "lineas.jsonl", "-o", "r.jsonl")
    assert result.exit_code == 2
    assert "lineas.jsonl: " in result.output


def test_score_tells_what_each_rule_of_the_country_is(folder: Path) -> None:
    coach("score", calls(folder, CALL), "-o", "r.jsonl")
    (line,) = [json.loads(line) for line in Path("r.jsonl").read_text().splitlines()]
    rules = {rule.id: rule for rule in pack_of("MX").rules}
    assert line["pack"].keys() == rules.keys()
    for name, told in line["pack"].items():
        rule = rules[name]
        assert (told["certainty"], told["advice"], told["critical"]) == (
            rule.certainty,
            rule.advice,
            rule.voids,
        )


def test_tag_answers_line_for_line(folder: Path) -> None:
    file = calls(
        folder, {"text": "No tengo dinero, no me alcanza.", "speaker": "debtor", "country": "MX"}, "{"
    )
    result = coach("tag", file, "-o", "t.jsonl")
    assert result.exit_code == 1
    first, second = [json.loads(line) for line in Path("t.jsonl").read_text().splitlines()]
    assert first["labels"][0]["id"] == "no_money"
    assert 0 < first["labels"][0]["score"] <= 1
    assert second["labels"] == []


def test_show_prints_the_scorecard(stored: Store) -> None:
    result = coach("show", "pe-01")
    assert result.exit_code == 0
    assert "Rosa Quispe · Wilmer Chávez" in result.output
    assert "✕ Firmeza" in result.output


def test_show_gives_the_points_that_the_screens_show(stored: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """None while every criterion is a suggestion; what a person has said counts."""
    shown = coach("show", "pe-01").output
    assert "Sin puntos: los criterios son solo sugerencia todavía." in shown
    assert "«coach trust» dice cuánto falta" in shown
    monkeypatch.setenv("COACH_TRUST__COUNT_ALL", "true")
    assert "0 puntos" in coach("show", "pe-01").output
    review = Review("pe-01", "ana", datetime.now(UTC), (Override("firm", "pass", "Sí fue firme."),))
    add_review(stored, review)
    shown = coach("show", "pe-01").output
    assert "100 puntos" in shown
    assert "✓ Firmeza" in shown


def test_show_and_score_mark_what_the_law_put_a_rule_in_place_of(folder: Path) -> None:
    """In Colombia no agent may ask why somebody did not pay: not to ask is no fault."""
    file = calls(folder, CALL | {"id": "co-1", "country": "CO"})
    coach("score", file, "-o", "r.jsonl")
    told = json.loads(Path("r.jsonl").read_text())
    assert told["replaced"] == ["asks_reason"]
    assert told["reasons"]["asks_reason"].startswith("No se juzga aquí: la ley del país lo sustituye")
    coach("import", file)
    shown = coach("show", "co-1").output
    label = next(one.label for one in load_rubric().criteria if one.id == "asks_reason")
    assert f"– {label}  La ley del país lo sustituye" in " ".join(shown.split("\n"))


def test_show_names_the_form(stored: Store) -> None:
    assert "Pauta: " in coach("show", "pe-01").output


def test_show_names_an_agent_by_the_login_where_that_is_all(stored: Store) -> None:
    agent = replace(stored.recording("pe-01"), agent=None, agent_login="rquispe")
    stored.update_recording(agent)
    assert "rquispe · Wilmer Chávez" in coach("show", "pe-01").output
    stored.update_recording(replace(agent, agent_login=None))
    assert "agente sin asignar · Wilmer Chávez" in coach("show", "pe-01").output


def test_show_of_an_unknown_call_is_two(folder: Path) -> None:
    result = coach("show", "nadie")
    assert result.exit_code == 2
    assert "nadie: no hay ninguna grabación con este id" in result.output


def test_import_keeps_and_judges_transcripts(folder: Path) -> None:
    Path("a.txt").write_text("Agente: Buenas tardes, le saluda Ana.\nDeudor: Es que no tengo dinero.\n")
    result = coach("import", calls(folder, CALL), "a.txt")
    assert (result.exit_code, "Importadas: 2." in result.output) == (0, True)
    store = Store.open(load())
    assert store.call("ej-01").transcript.recording.country == "MX"
    assert store.call("a").findings.of("no_money")
    (entry,) = audit.entries(store, HOUSE, action="import").rows
    assert entry.detail["files"] == ["calls.jsonl (1)"]
    assert entry.detail["calls"] == ["a"]


@pytest.mark.sqlite
def test_a_command_that_begins_a_database_says_which(folder: Path) -> None:
    first = coach("users", "list")
    assert f"Base de datos nueva: {folder.resolve() / 'var' / 'temple.db'}" in first.stderr
    assert "Base de datos nueva" not in coach("users", "list").output


def test_import_takes_each_file_once_whatever_leads_to_it(folder: Path) -> None:
    Path("d").mkdir()
    calls(folder, CALL).rename("d/a.jsonl")
    result = coach("import", "d", "d/a.jsonl", folder / "d" / "a.jsonl")
    assert "Importadas: 1. Con datos nuevos: 0. Con error: 0." in result.output
    (entry,) = audit.entries(Store.open(load()), HOUSE, action="import").rows
    assert entry.detail["files"] == ["d (1)"]


def test_import_of_a_folder_that_cannot_be_read_keeps_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the calls of the paths before it would be here without a line in the log, and not yet joined."""
    Path("d").mkdir()

    def below(top: Path, failed: Callable[[OSError], None]) -> Iterator[Path]:
        failed(PermissionError(13, "Permission denied", str(top)))
        yield from ()

    monkeypatch.setattr(call_facts, "below", below)
    result = coach("import", calls(folder, CALL), "d")
    assert result.exit_code == 2
    assert "no se puede leer" in result.output
    assert not Store.open(load()).has("ej-01")


def test_import_tells_what_failed_and_does_the_rest(folder: Path) -> None:
    Path("mal.srt").write_bytes(bytes(range(256)))
    result = coach("import", "mal.srt", calls(folder, CALL))
    assert result.exit_code == 1
    assert "mal.srt: " in result.output
    assert "Importadas: 1." in result.output


def test_import_reads_the_names_of_a_table_and_tells_who_was_taken_for_whom(folder: Path) -> None:
    Path("a.txt").write_text(
        "Laura Díaz: ¿Está Jorge?\nSeñora: No está.\nLaura Díaz: Gracias.\nSeñora: Adiós.\n"
    )
    Path("t.csv").write_text("archivo,agente,deudor\na.txt,Laura Díaz,Jorge Luna\n")
    result = coach("import", "a.txt", "--manifest", "t.csv")
    assert "a.txt: «Señora» se tomó por otra persona" in result.output
    kept = Store.open(load()).call("a").transcript
    assert [turn.speaker for turn in kept.turns] == ["agent", "other", "agent", "other"]
    assert kept.trust.sure_speakers


def test_import_keeps_a_call_from_another_of_its_name_unless_asked(folder: Path) -> None:
    other = CALL | {"turns": [{"speaker": "agent", "text": "Le marco mañana, hasta luego."}]}
    coach("import", calls(folder, CALL))
    result = coach("import", calls(folder, other, CALL | {"id": "ej-02"}))
    assert result.exit_code == 1
    assert f"llamada {CALL['id']}: ya hay una llamada con este id" in result.stderr
    assert "Importadas: 1. Con datos nuevos: 0. Con error: 1." in result.stderr
    result = coach("import", "--replace", calls(folder, other))
    assert result.exit_code == 0
    assert "sus palabras reemplazan a las que había, que quedan guardadas." in result.stderr


def test_the_table_of_a_call_that_was_refused_tells_nothing_of_the_one_that_is_here(folder: Path) -> None:
    other = CALL | {"turns": [{"speaker": "agent", "text": "Le marco mañana, hasta luego."}]}
    coach("import", calls(folder, CALL | {"debtor_name": "Luis Pérez"}))
    Path("t.csv").write_text(f"id,deudor\n{CALL['id']},Jorge Díaz\n", encoding="utf-8")
    result = coach("import", calls(folder, other), "--manifest", "t.csv")
    assert "(otro deudor; coincide el" in result.stderr
    assert Store.open(load()).recording("ej-01").debtor_name == "Luis Pérez"


def test_import_names_logins_that_were_nobodys_that_day(folder: Path) -> None:
    store = Store.open(load())
    somebody(store, "agent", "pedro", holds=("D004",))
    known = CALL | {"id": "ej-02", "agent_login": "D004"}
    result = coach("import", calls(folder, CALL | {"agent_login": "D099"}, known))
    assert "el día de su llamada: D099 (1)." in result.output
    assert "D004" not in result.output


def test_import_tells_what_was_erased_and_stays_out(folder: Path) -> None:
    file = calls(folder, CALL)
    coach("import", file)
    store = Store.open(load())
    retention.put(store, HOUSE, Rule(score_months=1))
    later = datetime.now(UTC) + timedelta(days=31)  # it was too old when it came
    assert retention.run(store, HOUSE, now=later).erased == {"call": 1}
    result = coach("import", calls(folder, CALL, CALL | {"id": "ej-02"}))
    assert (result.exit_code, "Importadas: 1." in result.output) == (0, True)
    assert "No se toman de nuevo" in result.output
    assert "persona: 1." in result.output
    assert not store.has("ej-01")


def test_import_of_nothing_is_two(folder: Path) -> None:
    assert coach("import").exit_code == 2
    assert coach("import", "nada.json").exit_code == 2


def test_facts_that_come_later_are_joined_and_the_call_is_judged_again(stored: Store) -> None:
    Path("m.csv").write_text("id;login;monto\npe-01;rquispe;480\notra;x;1\n")
    result = coach("import", "--manifest", "m.csv")
    assert (result.exit_code, "Con datos nuevos: 1." in result.output) == (0, True)
    recording = stored.recording("pe-01")
    assert (recording.agent_login, recording.facts.amount_due, recording.agent) == (
        "rquispe",
        480,
        "Rosa Quispe",
    )
    judged = list(stored.call("pe-01").scorecard.verdicts)
    assert judged == [one.id for one in load_rubric().criteria]  # by the real form now
    whole, changed = audit.entries(stored, HOUSE).rows[:2]
    assert (whole.action, whole.subject, whole.detail["changed"]) == ("import", "calls:coach import", 1)
    assert (changed.action, changed.subject) == ("facts", "call:pe-01")
    assert changed.detail == {"facts": "agent_login, amount_due"}  # which, not what they say


def test_transcribe_without_recordings_is_two(folder: Path) -> None:
    Path("empty").mkdir()
    result = coach("transcribe", "empty")
    assert result.exit_code == 2
    assert "No hay grabaciones en esas rutas" in result.output


def test_transcribe_tells_of_a_file_that_is_no_audio(folder: Path) -> None:
    Path("mala.wav").write_text("hola")
    result = coach("transcribe", "mala.wav")
    assert result.exit_code == 2
    assert "mala.wav: no se reconoce como audio" in result.output


@pytest.mark.parametrize("out", [(), ("--out", "out")])
def test_transcribe_names_the_file_of_what_failed_inside(
    folder: Path, monkeypatch: pytest.MonkeyPatch, out: tuple[str, ...]
) -> None:
    from coach import pipeline

    def hear(recording: object, settings: Settings, **hooks: object) -> object:
        raise ValueError("no cabe")

    monkeypatch.setattr(pipeline, "hear", hear)
    for seconds, name in enumerate(("una.wav", "otra.wav"), start=1):
        write_wav(Path(name), noise(seconds))
    result = coach("transcribe", "una.wav", "otra.wav", *out)
    assert result.exit_code == 2
    for name in ("una.wav", "otra.wav"):
        assert f"{name}: fallo interno (ValueError: no cabe)" in " ".join(result.output.split())


def test_transcribe_dry_run_shows_what_the_names_tell(folder: Path) -> None:
    Path("coach.toml").write_text('[sources.pbx]\nfilename_pattern = "{agent_login}_{account}"\n')
    Path("rquispe_620771.wav").write_text("x")
    result = coach("transcribe", ".", "--source", "pbx", "--dry-run")
    assert result.exit_code == 0
    assert "620771" in result.output
    assert not Path("var").exists()


def test_lint_passes_what_comes_with_temple(folder: Path) -> None:
    result = coach("lint")
    assert (result.exit_code, "✕" in result.output) == (0, False)
    assert "✓" in result.output


def test_lint_names_file_and_mistake(folder: Path) -> None:
    Path("coach.toml").write_text("")
    Path("mala.toml").write_text("prot = 1\n")
    Path("pauta.yaml").write_text("id: x\nversion: 1\nlabel: X\ncriteria:\n  - {id: a, chek: says}\n")
    Path("pistas.yaml").write_text("saludo:\n  said_by: [agente]\n  strong: hola\n")
    Path("otra.yaml").write_text("nada: 1\n")
    result = coach("lint", "mala.toml", "pauta.yaml", "pistas.yaml", "otra.yaml", "falta.yaml")
    assert result.exit_code == 1
    assert "línea 1: prot: este nombre no existe (¿quiso decir «port»?)" in result.output
    for name in ("mala.toml", "pauta.yaml", "pistas.yaml", "otra.yaml", "falta.yaml"):
        assert f"✕ {name}" in result.output
    assert "saludo: said_by.0: debe ser 'agent' o 'debtor'" in result.output


def test_lint_tells_of_a_form_that_the_settings_name_and_that_is_nowhere(folder: Path) -> None:
    text = 'data_dir = "datos"\nrubric = "cobransa"\nrubrics_by_call = ["recordatorio", "propia"]\n'
    Path("mala.toml").write_text(text, encoding="utf-8")
    result = coach("lint", "mala.toml")
    assert result.exit_code == 1
    assert "✕ mala.toml" in result.output
    assert "línea 2: rubric: no hay una pauta «cobransa» (¿quiso decir «cobranza»?)" in result.output
    assert "línea 3: rubrics_by_call: no hay una pauta «propia»" in result.output
    assert "recordatorio" not in result.output
    Path("datos/forms").mkdir(parents=True)
    Path("datos/forms/propia.yaml").write_text("based_on: cobranza\n", encoding="utf-8")
    Path("mala.toml").write_text(text.replace("cobransa", "cobranza"), encoding="utf-8")
    assert "✓ mala.toml" in coach("lint", "mala.toml").output


def test_every_argument_has_a_name_in_the_language_of_the_help() -> None:
    assert [one for one in arguments(typer.main.get_command(cli.app), "coach") if one] == []


def arguments(command: Any, name: str) -> Iterator[str]:
    """Those that would be shown by the name that they have in the code."""
    for part, inner in getattr(command, "commands", {}).items():
        yield from arguments(inner, f"{name} {part}")
    for one in command.params:
        if one.param_type_name == "argument" and not one.metavar:
            yield f"{name}: {one.name}"


def test_lint_names_the_line_of_a_pattern_among_the_other_mistakes(folder: Path) -> None:
    first = "saludo:\n  said_by: [agente]\n  strong: |\n    hola\n    (buenas\n"
    Path("pistas.yaml").write_text(first + "adios:\n  said_by: [agent]\n  weak: '@x'\n")
    result = coach("lint", "pistas.yaml")
    assert "saludo: said_by.0: debe ser 'agent' o 'debtor'" in result.output
    assert "pistas.yaml:5: saludo › strong: «(buenas»: falta cerrar un paréntesis" in result.output
    assert "pistas.yaml:8: adios › weak: «@x»: ningún concepto se llama @x" in result.output


def test_lint_reads_the_files_of_a_folder(folder: Path) -> None:
    Path("pautas").mkdir()
    Path("vacia").mkdir()
    Path("pautas/a.yaml").write_text("id: a\nversion: 1\nlabel: A\nbased_on: cobranza\n")
    Path("pautas/b.yaml").write_text("id: b\nversion: uno\nlabel: B\nbased_on: cobranza\n")
    result = coach("lint", "pautas", "vacia", "no")
    assert result.exit_code == 1
    assert "✓ pautas/a.yaml" in result.output
    assert "✕ pautas/b.yaml" in result.output
    assert "✕ vacia\n  es una carpeta y no tiene archivos YAML." in result.output
    assert "✕ no\n  no existe." in result.output


def test_lint_doubts_a_cue_that_always_or_never_sounds(folder: Path) -> None:
    form = "id: a\nversion: 1\nlabel: A\nbased_on: cobranza\ncues:\n"
    cues = {
        "todo": "{said_by: [agent], strong: '#word ~2 (#word|hola)'}",
        "nada": "{said_by: [agent]}",
        "nadie": "{said_by: [], strong: hola}",
        "quita": "{said_by: [agent], strong: 'hola, adios', not: hola, unless: adios}",
        "bien": "{said_by: [agent], strong: '#word de nada, ^ #word $'}",
    }
    Path("a.yaml").write_text(form + "".join(f"  {name}: {cue}\n" for name, cue in cues.items()))
    Path("pistas.yaml").write_text("todo:\n  said_by: [debtor]\n  weak: '#word'\n")
    result = coach("lint", "a.yaml", "pistas.yaml")
    assert result.exit_code == 0
    told = [line for line in result.output.splitlines() if "aviso" in line]
    assert [line.partition(":")[2].partition(". ")[0].strip() for line in told] == [
        "a.yaml:6: cues › todo › strong: «#word ~2 (#word|hola)» suena en cualquier turno",
        "a.yaml:7: cues › nada: no suena nunca: no busca nada",
        "a.yaml:8: cues › nadie › said_by: no suena nunca: no dice quién habla",
        "a.yaml:9: cues › quita: no suena nunca: todo lo que busca está también en «not» o «unless»",
        "pistas.yaml:3: todo › weak: «#word» suena en cualquier turno",
    ]


def test_lint_doubts_what_a_form_says_for_nothing(folder: Path) -> None:
    """Nothing is passed over in silence."""
    own = "    group: {group}\n    check: manual\n    params: {{question: ¿Bien?}}\n    help: Bien.\n"
    form = "id: a\nversion: 1\nlabel: A\nbased_on: cobranza\n"
    form += "for_calls:\n  days_late_at_most: 10\n  days_late_at_least: 60\nwithout: [explains_benefit]\n"
    form += "changes:\n  explains_benefit: {weight: 3}\n  no_threats: {weight: 5}\n  firm: {weight: 9}\n"
    form += "  empathy: {weight: 2}\ncriteria:\n"
    form += "  - id: empathy\n    label: Bien\n    weight: 3\n    critical: true\n" + own.format(
        group="trato"
    )
    form += "  - id: bien\n    label: Bien\n    weight: 3\n" + own.format(group="pais")
    Path("a.yaml").write_text(form)
    result = coach("lint", "a.yaml")
    assert result.exit_code == 0
    told = [line for line in result.output.splitlines() if "aviso" in line]
    assert [line.partition(" a.yaml:")[2].partition(": ")[::2] for line in told] == [
        ("7", "for_calls › days_late_at_least: ninguna llamada tiene 60 días de atraso o más y 10 o menos: "
              "la pauta no evaluará ninguna"),
        ("10", "changes › explains_benefit: no cambia nada: este archivo lo deja fuera (without); "
               "quite uno de los dos"),
        ("11", "changes › no_threats › weight: no da ni quita puntos, pues es crítico y anula la llamada; "
               "escriba 0"),
        ("13", "changes › empathy: no cambia nada: este archivo lo escribe entero en otra parte; "
               "quite uno de los dos"),
        ("17", "criteria › empathy › weight: no da ni quita puntos, pues es crítico y anula la llamada; "
               "escriba 0"),
        ("26", "criteria › bien › group: «pais» es el grupo de las reglas de un país; "
               "use apertura, trato, escucha, negociacion, cierre"),
    ]  # fmt: skip


def test_lint_doubts_a_form_by_which_no_call_has_points(folder: Path) -> None:
    form = "id: a\nversion: 1\nlabel: A\ncriteria:\n  - id: bien\n    label: Bien\n    group: trato\n"
    form += "    check: manual\n    params: {question: ¿Bien?}\n    help: Bien.\n    weight: "
    Path("a.yaml").write_text(form + "0\n")
    Path("b.yaml").write_text(form + "1\n")
    result = coach("lint", "a.yaml", "b.yaml")
    assert (result.exit_code, result.output.count("aviso")) == (0, 1)
    assert "a.yaml:4: criteria: ningún criterio da puntos" in result.output


def test_lint_doubts_a_pack_without_english_or_older_than_a_rule(folder: Path) -> None:
    text = (PACKS / "gt.yaml").read_text(encoding="utf-8")
    text = text.replace("reviewed_on: 2026-11-28", "reviewed_on: 2026-11-01", 1).replace(
        "    label_en: Business days and hours\n", ""
    )
    Path("gt.yaml").write_text(text, encoding="utf-8")
    result = coach("lint", "gt.yaml")
    assert (result.exit_code, result.output.count("aviso")) == (0, 4)
    assert "rules › contact_within_hours › label: falta «label_en»" in result.output
    assert (
        "contact_frequency › reviewed_on: 2026-11-28 es posterior al 2026-11-01 del paquete" in result.output
    )


def test_lint_ends_with_what_comes_of_a_file_that_is_no_yaml(folder: Path) -> None:
    form = "id: a\nversion: 1\nlabel: A\nbased_on: cobranza\n"
    Path("dos.yaml").write_text(form + "label: B\n")
    Path("tab.yaml").write_text(form + "changes:\n\tconcise: {weight: 1}\n")
    for name, told in (("dos", "5: la clave «label» está dos veces"), ("tab", "6: hay un tabulador")):
        lines = coach("lint", f"{name}.yaml").output.splitlines()
        assert lines[1].startswith(f"  {name}.yaml:{told}")
        assert lines[2:] == [f"  {name}.yaml no se usará: tiene un error. Corríjalo y vuelva a cargarlo."]


def test_settings_with_a_typo_are_two(folder: Path) -> None:
    Path("coach.toml").write_text("prot = 1\n")
    result = coach("doctor")
    assert result.exit_code == 2
    assert "coach.toml: línea 1: prot" in result.output


def test_doctor_names_a_missing_model_and_how_to_get_it(folder: Path) -> None:
    Path("coach.toml").write_text('[speech]\nmodel = "small"\n')
    result = coach("doctor")
    assert result.exit_code == 1
    assert "✕ No está instalado el modelo de voz «small»" in result.output
    assert "coach models get small" in result.output


@pytest.mark.parametrize("command", [("work", "--once"), ("ingest", ".", "--watch", "--no-work")])
def test_who_works_on_waits_for_room_at_the_start_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    tries: list[str] = []
    begin = Store.open

    def full(settings: Settings) -> Store:
        tries.append("full")
        if len(tries) > 2:
            return begin(settings)
        raise CoachError("No queda espacio en su disco.") from OperationalError(
            "insert", {}, sqlite3.OperationalError(FULL)
        )

    def once(*_: Any) -> None:
        """The watch ends at once."""

    monkeypatch.setattr(Store, "open", full)
    monkeypatch.setattr(trouble, "WAIT_S", 0.0)
    monkeypatch.setattr(coach_ingest, "watch", once)
    assert coach(*command).exit_code == 0
    assert len(tries) == 3
    tries.clear()
    assert coach("jobs").exit_code == 2  # who only asks is told at once


def test_doctor_tells_the_engine_in_use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("coach.toml").write_text('[speech]\nengine = "propio"\n')
    assert "✕ No existe el motor de voz «propio»: hay faster-whisper" in coach("doctor").output
    monkeypatch.setitem(ENGINES, "propio", whisper.load)
    said = coach("doctor").output
    assert "✓ Motor de voz: propio." in said
    assert "Modelo de voz" not in said


def model(folder: Path, name: str, *, demo: bool = False) -> Path:
    place = folder / name
    place.mkdir(parents=True)
    for file in ("model.bin", "tokenizer.json", "config.json", *(["DEMO"] if demo else [])):
        (place / file).write_text("{}")
    return place


def test_doctor_says_plainly_that_the_demo_model_is_in_use(folder: Path) -> None:
    Path("coach.toml").write_text(f'[speech]\nmodel = "{model(folder, "m", demo=True)}"\n')
    result = coach("doctor")
    assert "Es el modelo de demostración: solo entiende las voces sintéticas de ejemplo." in result.output


def test_models_list_shows_what_is_installed(folder: Path) -> None:
    model(folder, "var/models/small")
    result = coach("models", "list")
    assert result.exit_code == 0
    assert any(line.split()[0] == "small" and " sí " in line for line in result.output.splitlines() if line)


def test_models_use_writes_the_settings_and_keeps_the_rest(folder: Path) -> None:
    text = '# mis ajustes\nport = 8600\n\n[speech]\nmodel = "x"  # el mío\nbeam_size = 3\n'
    Path("coach.toml").write_text(text)
    model(folder, "var/models/small")
    assert coach("models", "use", "small").exit_code == 0
    assert Path("coach.toml").read_text() == text.replace('"x"', '"small"')


def test_models_use_makes_the_settings_file(folder: Path) -> None:
    model(folder, "var/models/small")
    assert coach("models", "use", "small").exit_code == 0
    assert load().speech.model == "small"


def test_models_use_of_an_incomplete_folder_is_two(folder: Path) -> None:
    (model(folder, "m") / "tokenizer.json").unlink()
    result = coach("models", "use", folder / "m")
    assert result.exit_code == 2
    assert "falta tokenizer.json" in result.output
    assert not Path("coach.toml").exists()


def test_models_get_knows_only_the_list(folder: Path) -> None:
    result = coach("models", "get", "smal")
    assert result.exit_code == 2
    assert "¿quiso decir «small»?" in result.output


def test_models_get_without_network_says_how_to_go_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    def offline(*args: object, **kwargs: object) -> None:
        raise huggingface_hub.errors.OfflineModeIsEnabled("offline")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", offline)
    result = coach("models", "get", "small")
    assert result.exit_code == 2
    assert "no hay conexión" in result.output
    assert "Systran/faster-whisper-small" in result.output


@pytest.mark.sqlite
def test_db_upgrade_makes_the_database(folder: Path) -> None:
    assert coach("db", "upgrade").exit_code == 0
    assert (folder / "var" / "temple.db").is_file()


def test_work_once_ends_when_nothing_waits(folder: Path) -> None:
    done = coach("work", "--once")
    assert (done.exit_code, done.stdout) == (0, "No había nada en la cola.\n")


def test_a_wrong_option_is_two() -> None:
    assert coach("score", "--nada").exit_code == 2
    assert coach("nada").exit_code == 2


def test_transcribe_out_writes_our_json(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coach import pipeline

    def hear(recording: object, settings: Settings, **hooks: object) -> object:
        return judged("a").transcript

    monkeypatch.setattr(pipeline, "hear", hear)
    Path("a.wav").write_text("x")
    result = coach("transcribe", "a.wav", "--out", "out")
    assert result.exit_code == 0
    assert call_json.read(Path("out/a.json")) == judged("a").transcript


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "t.txt"), "No queda espacio en el disco (t.txt)."),
        (OSError(errno.EROFS, "Read-only file system", "t.txt"), "t.txt: aquí no se puede escribir"),
        (_of_database(sqlite3.OperationalError("database or disk is full")), "el disco de la base de datos."),
        (_of_database(sqlite3.OperationalError("attempt to write a readonly database")), "Dé permiso de"),
        (_of_database(Exception("server closed the connection")), "La base de datos no responde."),
    ],
)
def test_a_machine_that_fails_ends_a_command_in_words(
    monkeypatch: pytest.MonkeyPatch, error: Exception, says: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Store, "open", fails)
    result = coach("export", "-o", "x.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in " ".join(result.stderr.split())
    assert "se intenta de nuevo" not in result.stderr


def test_what_was_asked_wrongly_of_the_database_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise _of_database(sqlite3.OperationalError("no such column: x"))

    monkeypatch.setattr(Store, "open", fails)
    assert isinstance(coach("export", "-o", "x.csv").exception, OperationalError)


def test_a_port_that_is_taken_is_two(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        result = coach("app", "--port", other.getsockname()[1])
    assert result.exit_code == 2
    assert "elija otro con --port" in result.output


def test_the_address_is_told_once_somebody_answers_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told: list[tuple[str, bool]] = []

    def tell(text: str, err: bool = False) -> None:
        with socket.socket() as visitor:
            reached = visitor.connect_ex(("127.0.0.1", port)) == 0
        if not err:
            told.append((text, reached))

    async def until_told(_: uvicorn.Server) -> None:
        return

    monkeypatch.setattr("coach.cli_system.typer.echo", tell)
    monkeypatch.setattr("coach.settings.hand_over", lambda _: None)
    monkeypatch.setattr("coach.server.app", Starlette)
    monkeypatch.setattr(uvicorn.Server, "main_loop", until_told)
    with ThreadPoolExecutor(1) as apart:  # in this thread a browser of other tests may run its own loop
        assert apart.submit(coach, "app", "--port", port).result().exit_code == 0
    assert told == [
        ("Abriendo el tablero…", False),
        (f"El tablero está en http://localhost:{port} (Ctrl+C lo cierra).", True),
    ]


def test_results_never_replace_their_own_source(folder: Path) -> None:
    source = calls(folder, CALL)
    before = source.read_text()
    result = coach("score", source, "--out", source)
    assert result.exit_code == 2
    assert "borrarían el archivo de entrada" in result.output
    assert source.read_text() == before


def test_a_device_as_output_stays_a_device(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    result = coach("score", calls(folder, CALL), "--out", pipe)
    assert result.exit_code == 0
    assert json.loads(os.read(reader, 1 << 16))["id"] == "ej-01"
    assert pipe.is_fifo()
    os.close(reader)


def test_what_comes_through_a_pipe_is_read(folder: Path) -> None:
    text = calls(folder, CALL).read_bytes()
    pipe = folder / "entrada"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(text,), daemon=True)
    writer.start()
    result = coach("score", pipe, "--out", "r.jsonl")
    writer.join(timeout=10)
    assert result.exit_code == 0, result.output
    assert json.loads(Path("r.jsonl").read_text())["id"] == "ej-01"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "carpeta"), "carpeta: es una carpeta. Indique el archivo de resultados"),
        (("--out", "r.jsonl", "--country", "Narnia"), "--country «Narnia» no es un país"),
        (
            ("--out", "r.jsonl", "--rubric", "mia.yaml"),
            "mia.yaml: no se puede leer (no existe). Revise la ruta.",
        ),
    ],
)
def test_what_the_command_line_asks_wrong_is_said(
    folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    (folder / "carpeta").mkdir()
    result = coach("score", calls(folder, CALL), *arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_paths_that_cannot_be_recordings_are_refused_one_by_one(folder: Path) -> None:
    os.mkfifo(folder / "tubo.wav")
    result = coach("transcribe", "nada.wav", "tubo.wav")
    assert result.exit_code == 2
    assert "nada.wav: no se puede leer (no existe)." in result.output
    assert "tubo.wav: no es un archivo." in result.output


def test_an_unknown_source_is_refused_with_the_nearest_name(folder: Path) -> None:
    (folder / "coach.toml").write_text('[sources.vicidial]\ncountry = "CO"\n')
    result = coach("transcribe", "a.wav", "--source", "vicidal")
    assert result.exit_code == 2
    assert "no tiene la sección [sources.vicidal] (¿quiso decir «vicidial»?)" in result.output


def test_transcripts_need_a_folder(folder: Path) -> None:
    (folder / "a.txt").write_text("x")
    result = coach("transcribe", "a.wav", "--out", "a.txt")
    assert result.exit_code == 2
    assert "a.txt: no se puede usar como carpeta" in result.output


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('database_url = "postgres://ana:secreto@h/db"', "database_url: no es una dirección"),
        ('data_dir = "archivo/var"', "archivo: no se puede usar como carpeta de datos"),
        ('country = "Narnia"', "coach.toml: línea 1: country: no es un país"),
        ('[sources.a]\ncountry = "Narnia"', "coach.toml: línea 2: sources.a.country: no es un país"),
    ],
)
def test_settings_that_cannot_be_are_said(folder: Path, settings: str, said: str) -> None:
    (folder / "archivo").write_text("x")
    (folder / "coach.toml").write_text(settings)
    result = coach("show", "x")
    assert result.exit_code == 2
    assert said.removeprefix("archivo") in result.output
    assert "secreto" not in result.output


def test_lint_says_what_is_no_text(folder: Path) -> None:
    (folder / "r.yaml").write_bytes(b"\x96\xff\x00")
    result = coach("lint", "r.yaml")
    assert result.exit_code == 1
    assert "no es texto UTF-8" in result.output


def test_a_pattern_is_tried_on_names_of_files(folder: Path) -> None:
    shown = coach("ingest", "--try", "{agent_login}_{account}", "aruiz_4471.wav", "sin-patron.wav")
    assert shown.exit_code == 1
    assert "aruiz_4471.wav" in shown.stdout
    assert "agent_login = aruiz" in shown.stdout
    assert "account = 4471" in shown.stdout
    assert "no sigue el patrón" in shown.stderr
    assert not (folder / "var").exists()


def test_a_pattern_with_a_mistake_says_which(folder: Path) -> None:
    shown = coach("ingest", "--try", "{agente}_{account}", "aruiz_4471.wav")
    assert shown.exit_code == 2
    assert "el campo «agente» no existe" in shown.stderr


def test_the_pattern_of_a_source_is_tried_by_a_dot(folder: Path) -> None:
    (folder / "coach.toml").write_text('[sources.pbx]\nfilename_pattern = "{linked_id}-{leg}"\n')
    shown = coach("ingest", "--try", ".", "--source", "pbx", "9001-2.wav")
    assert (shown.exit_code, "leg = 2" in shown.stdout) == (0, True)
    assert coach("ingest", "--try", ".", "9001-2.wav").exit_code == 2


def test_one_look_starts_no_process_and_says_what_waits(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = folder / "grabador"
    inbox.mkdir()
    with wave.open(str(inbox / "a.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes([1, 0]) * 4000)
    monkeypatch.setattr("coach.worker.spawn", lambda _: pytest.fail("a process was left behind"))
    shown = coach("ingest", inbox, "--settled", "0")
    assert (shown.exit_code, shown.exception) == (0, None)
    assert "En la cola: 1." in shown.stdout
    assert "coach work --once" in shown.stdout


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_look_that_is_stopped_says_what_it_took_and_goes_on_the_next_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals
) -> None:
    for at, name in enumerate(("a.wav", "b.wav", "c.wav"), 1):
        with wave.open(name, "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes(bytes([at, 0]) * 4000)

    def take(*given: Any, **named: Any) -> Any:
        taken = accept(*given, **named)
        signal.raise_signal(sign)
        return taken

    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    with monkeypatch.context() as once:
        once.setattr("coach.ingest.accept", take)
        shown = coach("ingest", folder, "--settled", "0")
    again = coach("ingest", folder, "--settled", "0")
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before
    assert shown.exit_code == 128 + sign
    assert "grabaciones nuevas: 1" in shown.stdout
    assert "Quedan por tomar: 2 (b.wav, c.wav)." in shown.stderr
    assert "repita la orden y sigue donde quedó" in shown.stderr
    assert (again.exit_code, "grabaciones nuevas: 2" in again.stdout, again.stderr) == (0, True, "")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_import_that_is_stopped_says_what_it_took_and_how_to_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals
) -> None:
    for name in "abc":
        Path(f"{name}.txt").write_text(f"Agente: Buenos días, le habla Rosa {name}.\nDeudor: No tengo.")
    Path("datos.csv").write_text("id,agent\na,Rosa Quispe\n")

    judge_with = pipeline.judge_with

    def judged_then_stopped(settings: Settings) -> Any:
        judge = judge_with(settings)

        def judge_one(heard: Any) -> Any:
            signal.raise_signal(sign)
            return judge(heard)

        return judge_one

    with monkeypatch.context() as once:
        once.setattr("coach.pipeline.judge_with", judged_then_stopped)
        shown = coach("import", "a.txt", "b.txt", "c.txt", "--manifest", "datos.csv")
    assert shown.exit_code == 128 + sign
    assert "Importadas: 1. Con datos nuevos: 0. Con error: 0." in shown.stderr
    assert "Quedan por tomar: 3 (b.txt, c.txt, datos.csv)." in shown.stderr
    assert "repita la orden" in shown.stderr
    again = coach("import", "a.txt", "b.txt", "c.txt", "--manifest", "datos.csv")
    assert (again.exit_code, "Se detuvo" in again.stderr) == (0, False)
    assert "Ya estaban, y quedan como están: 1." in again.stderr
    assert "Importadas: 2." in again.stderr
    store = Store.open(load())
    assert [(one.id, one.agent) for one in store.recordings()] == [
        ("a", "Rosa Quispe"), ("b", None), ("c", None),
    ]  # fmt: skip
    store.close()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_import_stopped_in_its_last_call_says_what_is_undone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals
) -> None:
    """Nothing is left to take, be it of a file of many; what follows of it is."""
    Path("m.jsonl").write_text(
        "\n".join(
            json.dumps({"id": name, "turns": [{"speaker": "agent", "text": f"Buenos días, soy {name}."}]})
            for name in ("uno", "dos")
        )
    )
    judge_with = pipeline.judge_with
    settled: list[Any] = []
    settle = legs.settle

    def stopped_at_last(settings: Settings) -> Any:
        judge = judge_with(settings)

        def judge_one(heard: Any) -> Any:
            if heard.recording.id == "dos":
                signal.raise_signal(sign)
            return judge(heard)

        return judge_one

    def noted(*given: Any, **named: Any) -> Any:
        settled.append(named["of"])
        return settle(*given, **named)

    monkeypatch.setattr("coach.legs.settle", noted)
    with monkeypatch.context() as once:
        once.setattr("coach.pipeline.judge_with", stopped_at_last)
        shown = coach("import", "m.jsonl")
    assert (shown.exit_code, settled) == (128 + sign, [])
    assert "Se detuvo con todo tomado" in shown.stderr
    assert "Quedan por tomar" not in shown.stderr
    again = coach("import", "m.jsonl")
    assert (again.exit_code, settled) == (0, [["uno", "dos"]])
    assert "Importadas: 0." in again.stderr


def test_no_command_leaves_what_cannot_be_read_to_the_parser() -> None:
    """It would say so in English."""
    waiting, seen = [typer.main.get_command(app)], 0
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        for parameter in command.params:
            its = getattr(parameter, "type_descriptor", None)
            if its is not None and its.parameter_info is not None:
                assert not its.parameter_info.readable, (command.name, parameter.name)
                seen += 1
    assert seen > 100


def test_what_the_system_forbids_is_told_in_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who runs the tests may be allowed everything."""

    def closed(path: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "listdir", closed)
    result = coach("db", "backups", folder)
    assert (result.exit_code, result.output) == (
        2,
        f"{folder}: falta permiso. Revise los permisos y vuelva a intentarlo.\n",
    )


@pytest.mark.parametrize("known", [True, False])
def test_the_log_names_the_machines_user_who_gave_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("coach.machine_user._told", [])
    monkeypatch.setattr("coach.quiet.install", lambda: None)
    monkeypatch.setattr("getpass.getuser", (lambda: "perla") if known else nobody)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COACH_CONFIG", "")
    monkeypatch.setattr(sys, "argv", ["coach", "jobs", "pause"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    store = Store.open(Settings(data_dir=tmp_path))
    audit.note(store, somebody(store, "analyst", "ana"), "see", "call:x")
    entries = {entry.action: entry for entry in audit.entries(store, HOUSE).rows}
    assert entries["jobs.pause"].login == ""
    assert entries["jobs.pause"].detail == {"machine_user": "perla" if known else f"uid {os.getuid()}"}
    assert entries["see"].detail == {}
