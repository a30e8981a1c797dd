"""`coach lab`, `coach fairness` and `coach eval --rubric`: what they print, write and refuse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import coach.fairness
import coach.gold
from coach.cli import app
from coach.cli_rubrics import show_probes
from coach.fairness import Probe
from coach.lab import Flip
from coach.settings import load
from coach.store import Store
from nlp.types import Findings
from rubrics.loader import load_rubric
from rubrics.types import Verdict
from tests.coach.conftest import judged
from tests.dialogue import found
from transcripts.types import Transcript

CALL = {
    "id": "oro-1",
    "country": "PE",
    "debtor_name": "Luis Vega",
    "turns": [
        {"speaker": "agent", "text": "Buenos días, le saluda Rosa, de Caja Sol. ¿Hablo con Luis Vega?"},
        {"speaker": "debtor", "text": "Sí. No tengo dinero, señorita, este mes no me alcanzó para nada."},
        {"speaker": "agent", "text": "Si no paga lo vamos a embargar."},
    ],
    "gold": {"rubric": {"no_threats": "fail", "calm": "pass"}, "fail_evidence": {"no_threats": [2]}},
}
DRAFT = "id: mia\nversion: {version}\nlabel: Mía\nbased_on: cobranza\nwithout: [no_lawyer]\n"
PACK = """\
id: pe
version: {version}
label: Perú
country: PE
reviewed_on: 2026-11-28
based_on: pe
without: [recording_notice]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Every command runs in an empty folder of its own, with one labelled call in place of Temple's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(coach.gold, "open_gold", lambda: [calls(tmp_path, CALL, name="oro.jsonl")])
    for module in (coach.gold, coach.fairness):
        monkeypatch.setattr(module, "analyze", machine)
    return tmp_path


def machine(call: Transcript) -> Findings:
    """Hears the threat of the labelled call."""
    return found(call, *(["threat@2: lo vamos a embargar"] if "embargar" in call.turns[-1].text else []))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def calls(folder: Path, *lines: Any, name: str = "llamadas.jsonl") -> Path:
    file = folder / name
    written = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    file.write_text("".join(line + "\n" for line in written), encoding="utf-8")
    return file


def draft(folder: Path, version: int = 2, text: str = DRAFT, name: str = "borrador.yaml") -> Path:
    file = folder / name
    file.write_text(text.format(version=version), encoding="utf-8")
    return file


@pytest.fixture
def stored(folder: Path) -> Iterator[Store]:
    store = Store.open(load())
    for recording_id, country, agent in (("pe-01", "PE", "rquispe"), ("mx-01", "MX", None)):
        call = judged(recording_id, country=country, agent_login=agent, waiting=("firm",))
        store.add_recording(call.transcript.recording)
        store.save(call)
    yield store
    store.close()


# coach lab


@pytest.mark.usefixtures("stored")
def test_lab_tells_what_a_draft_would_change(folder: Path) -> None:
    result = run("lab", draft(folder))
    assert result.exit_code == 0, result.output
    assert "3 llamadas; cambian 3 veredictos." in result.output
    assert re.search(r"^  no_lawyer +pass→– +3$", result.output, re.MULTILINE)
    assert "  pe-01: no_lawyer pass→–: ya no se juzga" in result.output
    assert "Puntos en promedio: " in result.output


def test_lab_tells_the_agreement_with_people_before_and_after(folder: Path) -> None:
    text = DRAFT.replace("without: [no_lawyer]", "without: [no_threats]")
    result = run("lab", draft(folder, text=text), "--limit", 0)
    assert result.exit_code == 0, result.output
    assert re.search(r"Coincidencia con personas: \d\.\d{3} → \d\.\d{3} \(n 2 → 1\)", result.output)
    assert re.search(r"^  no_threats +1\.000 → –$", result.output, re.MULTILINE)


@pytest.mark.usefixtures("stored")
def test_lab_takes_only_the_stored_calls_that_were_asked_for(folder: Path) -> None:
    assert "1 llamada; " in run("lab", draft(folder), "--limit", 0).output
    assert "2 llamadas; " in run("lab", draft(folder), "--limit", 1).output


@pytest.mark.usefixtures("stored")
def test_lab_tries_a_countrys_rules_on_its_own_calls(folder: Path) -> None:
    result = run("lab", draft(folder, text=PACK, name="nuevo.yaml"))
    assert result.exit_code == 0, result.output
    assert "1 llamada; cambia 1 veredicto." in result.output
    assert "  pe-01: recording_notice " in result.output
    assert "Coincidencia" not in result.output  # people have judged no country's rules


def test_lab_names_file_and_mistake_of_a_draft(folder: Path) -> None:
    result = run("lab", draft(folder, text=DRAFT.replace("no_lawyer", "no_lawer")))
    assert result.exit_code == 2
    assert "borrador.yaml:5: without: «no_lawer» no está en el archivo" in result.output
    assert "(¿quiso decir «no_lawyer»?)" in result.output


def test_lab_puts_a_draft_in_use_where_that_is_asked_for(folder: Path) -> None:
    text = DRAFT.replace("id: mia", "id: cobranza")
    result = run("lab", draft(folder, text=text), "--limit", 0, "--publish", "--note", "sin abogado")
    assert result.exit_code == 0, result.output
    assert f"En uso: cobranza, versión 2 ({Path('var/forms/cobranza.yaml')})." in result.output
    assert "sin abogado" in run("form", "versions", "cobranza").output


def test_lab_publishes_no_version_that_is_not_higher(folder: Path) -> None:
    text = DRAFT.replace("id: mia", "id: cobranza")
    result = run("lab", draft(folder, 1, text=text), "--limit", 0, "--publish")
    assert result.exit_code == 2
    assert "línea 2: version: la 1 no es mayor que la 1, que está en uso; súbala a 2" in result.output
    assert not Path("var/forms/cobranza.yaml").exists()


# coach form


def own(folder: Path, version: int = 2) -> Path:
    return draft(folder, version, text=DRAFT.replace("id: mia", "id: cobranza"))


def test_form_check_tells_what_keeps_a_form_from_being_published(folder: Path) -> None:
    assert "se puede publicar" in run("form", "check", own(folder)).output
    result = run("form", "check", draft(folder, text=DRAFT.replace("no_lawyer", "no_lawer")))
    assert result.exit_code == 1
    assert "línea 5: without: «no_lawer» no está en el archivo" in result.output


def test_form_check_names_both_ways_to_have_a_form_judge(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = draft(folder)
    told = run("form", "check", file.name).output
    assert "diga en «for_calls» para cuáles es" in told
    assert f'ponga en coach.toml rubric = "{file.name}"' in told
    (folder / "coach.toml").write_text(f'rubric = "{file.name}"\n')
    assert "ninguna llamada" not in run("form", "check", file.name).output
    (folder / "otra").mkdir()
    (folder / "otra" / "coach.toml").write_text("")
    monkeypatch.setenv("COACH_CONFIG", str(folder / "otra" / "coach.toml"))
    assert f'rubric = "{file}"' in run("form", "check", file.name).output


def test_form_publish_puts_it_in_use_and_list_shows_it(folder: Path) -> None:
    assert re.search(r"^cobranza +versión 1 .*\(de Temple\)$", run("form", "list").output, re.MULTILINE)
    assert run("form", "publish", own(folder)).exit_code == 0
    listed = run("form", "list").output
    assert re.search(r"^cobranza +versión 2 +Mía  \(.*cobranza\.yaml\)$", listed, re.MULTILINE)


def test_form_publish_says_where_nothing_is_judged_by_it(folder: Path) -> None:
    output = run("form", "publish", draft(folder)).output
    assert "Ninguna llamada se evalúa con ella todavía" in output


@pytest.mark.usefixtures("stored")
def test_form_publish_judges_history_anew_where_that_is_asked_for(folder: Path) -> None:
    output = run("form", "publish", own(folder), "--rescore").output
    assert "2 llamadas evaluadas de nuevo; 2 con algún veredicto distinto." in output


def test_form_restore_brings_an_earlier_version_back(folder: Path) -> None:
    run("form", "publish", own(folder))
    run("form", "publish", own(folder, 3), "--note", "otra")
    (digest,) = re.findall(r"^ +2 (\w{12}) ", run("form", "versions", "cobranza").output, re.MULTILINE)
    assert "En uso: cobranza, versión 2" in run("form", "restore", "cobranza", digest).output
    assert re.search(rf"^● +2 {digest} ", run("form", "versions", "cobranza").output, re.MULTILINE)


def test_form_names_what_is_not_there(folder: Path) -> None:
    assert "todavía no se publicó ninguna versión propia" in run("form", "versions", "cobranza").output
    result = run("form", "publish", folder / "nada.yaml")
    assert result.exit_code == 2
    assert "nada.yaml: no se puede leer (no existe)" in result.output


# coach fairness


def test_fairness_counts_what_each_swap_turns(folder: Path) -> None:
    whole = CALL | {"agent": "Rosa", "company": "Caja Sol", "call_started_at": "2026-03-10T10:00:00-05:00"}
    result = run("fairness", calls(folder, whole))
    assert result.exit_code == 0, result.output
    for name in ("otro nombre del deudor", "otro agente", "otra hora", "otra empresa"):
        line = rf"^{name} +1 llamadas, {len(load_rubric().criteria)} veredictos: cambian 0 \(0\.00 %\)$"
        assert re.search(line, result.output, re.MULTILINE)


def test_fairness_names_the_verdicts_that_hang_on_a_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def biased(call: Transcript) -> Findings:
        return found(call, *(["threat@2"] if call.recording.debtor_name == "Luis Vega" else []))

    monkeypatch.setattr(coach.fairness, "analyze", biased)
    result = run("fairness", calls(folder, CALL))
    assert re.search(r"^otro nombre del deudor .*: cambian 1 \(4\.55 %\)$", result.output, re.MULTILINE)
    assert "  oro-1: no_threats fail→pass" in result.output


def test_fairness_says_which_verdict_was_in_doubt_and_what_was_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sure, doubtful = Verdict("fail", "No."), Verdict("pass", "Sí.", needs_review=True)
    flips = tuple(Flip("c-1", "firm", *way) for way in ((sure, doubtful), (doubtful, doubtful), (sure, sure)))
    show_probes((Probe("names", 3, 60, flips, left_out=2),))
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.endswith("; aparte 2, donde el nombre de antes aún se oye")
    assert lines == [
        "  c-1: firm fail→pass (en duda después)",
        "  c-1: firm pass→pass (en duda antes y después)",
        "  c-1: firm fail→fail",
    ]


def test_fairness_takes_calls_that_nobody_labelled(folder: Path) -> None:
    plain = {key: held for key, held in CALL.items() if key != "gold"}
    assert run("fairness", calls(folder, plain)).exit_code == 0


def test_fairness_without_files_takes_the_labelled_calls() -> None:
    assert f"1 llamadas, {len(load_rubric().criteria)} veredictos" in run("fairness").output


def test_fairness_probes_no_more_calls_than_asked_for(folder: Path) -> None:
    both = calls(folder, CALL, CALL | {"id": "oro-2"})
    said = run("fairness", both, "--limit", 1).output
    assert "otro nombre del deudor   1 llamadas" in said
    assert "otra hora                0 llamadas, 0 veredictos: cambian 0 (0.00 %); sin qué cambiar: 1" in said


@pytest.mark.usefixtures("stored")
def test_fairness_tells_how_agents_are_doubted(folder: Path) -> None:
    output = run("fairness", calls(folder, CALL)).output
    told = r"1 llamadas; en duda 100\.0 %, corregidos 0\.0 % de 1$"
    for group in ("rquispe", "sin asignar"):
        assert re.search(rf"^{group} +{told}", output, re.MULTILINE)


# coach eval --rubric


def test_eval_tells_how_near_verdicts_come_to_those_of_people(folder: Path) -> None:
    result = run("eval", "--rubric", calls(folder, CALL))
    assert result.exit_code == 0, result.output
    assert re.search(r"VEREDICTOS: 1 llamadas, pauta cobranza@1\+\w{12}", result.output)
    assert re.search(r"^no_threats +1 +1\.000 +\(0\.21–1\.00\)", result.output, re.MULTILINE)
    assert "Críticos: se hallan 1.000 (0.21–1.00) de 1; son ciertas 1.000 de las alarmas" in result.output
    assert "Citas en el mismo turno que las personas: 1.000 de 1" in result.output


def test_eval_writes_all_figures(folder: Path) -> None:
    out = folder / "cifras" / "veredictos.json"
    result = run("eval", "--rubric", calls(folder, CALL), "--out", out)
    assert result.exit_code == 0, result.output
    report = json.loads(out.read_text(encoding="utf-8"))
    assert (report["calls"], report["n"], report["critical"]["recall"]) == (1, 2, 1.0)
    assert report["evidence"] == {"same_turn": 1.0, "n": 1}


def test_eval_prints_the_precision_where_failures_are_rare_and_how_near_each_country_comes(
    folder: Path,
) -> None:
    out = folder / "cifras.json"
    output = run("eval", "--rubric", calls(folder, CALL), "--out", out).output
    assert re.search(r"Donde solo 0\.5 % .* sería cierta 1\.000 \(0\.01–1\.00\) de las alarmas", output)
    assert re.search(r"^PE +2 +1\.000 +\(0\.34–1\.00\)$", output, re.MULTILINE)
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["critical"]["precision_at_prevalence"]["prevalence"] == 0.005
    assert report["countries"]["PE"]["n"] == 2


def test_eval_of_verdicts_measures_one_in_every_so_many_and_compares_with_before(folder: Path) -> None:
    three = calls(folder, *(CALL | {"id": f"oro-{n}"} for n in range(3)))
    out = folder / "antes.json"
    assert "VEREDICTOS: 2 llamadas" in run("eval", "--rubric", three, "--every", 2, "--out", out).output
    wrong = calls(folder, CALL | {"gold": {"rubric": {"no_threats": "pass"}}}, name="otras.jsonl")
    result = run("eval", "--rubric", wrong, "--against", out)
    assert result.exit_code == 1
    assert "Peor que antes: accuracy: 1 → 0" in result.output


def test_eval_tells_the_ways_of_the_errors(folder: Path) -> None:
    wrong = CALL | {"gold": {"rubric": {"no_threats": "pass"}}}
    output = run("eval", "--rubric", calls(folder, wrong)).output
    assert re.search(r"^no_threats +1 +0\.000 .* pass→fail:1$", output, re.MULTILINE)
    assert "(1 falsas en 1)" in output


def test_eval_measures_the_form_of_the_settings(folder: Path) -> None:
    text = DRAFT.replace("without: [no_lawyer]", "without: [no_threats]")
    draft(folder, text=text, name="mia.yaml")
    (folder / "coach.toml").write_text('rubric = "mia.yaml"\n', encoding="utf-8")
    result = run("eval", "--rubric", calls(folder, CALL))
    assert result.exit_code == 0, result.output
    assert "pauta mia@2+" in result.output
    assert "no_threats" not in result.output  # what the form leaves out is passed over, its places too


def test_eval_without_labelled_calls_is_two(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coach.gold, "open_gold", list)
    result = run("eval", "--rubric")
    assert result.exit_code == 2
    assert "No hay llamadas con veredictos de personas" in result.output


def test_eval_of_calls_that_nobody_judged_is_two(folder: Path) -> None:
    result = run("eval", "--rubric", calls(folder, CALL | {"gold": {}}))
    assert result.exit_code == 2
    assert "Esas llamadas no traen veredictos de personas sobre la pauta cobranza" in result.output


@pytest.mark.parametrize("command", [("eval", "--rubric"), ("fairness",)])
@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (None, "llamadas.jsonl: no se puede abrir (no existe)"),
        ([], "llamadas.jsonl: está vacío"),
        ([CALL, "{"], "llamadas.jsonl: línea 2: no es JSON válido"),
        ([CALL, "", {"id": "x"}], "llamadas.jsonl: línea 3: no es una llamada etiquetada (falta 'turns')"),
        (["[1]"], "llamadas.jsonl: línea 1: no es una llamada etiquetada (debe ser un objeto con «turns»)"),
        ([CALL | {"turns": "hola"}], "(«turns» debe ser una lista de turnos con «speaker» y «text»)"),
        ([CALL | {"call_date": "ayer"}], "(tiene un dato que no se puede leer; revise fechas"),
        (
            [CALL | {"turns": [{"speaker": "quien sabe", "text": "Hola."}]}],
            "llamadas.jsonl: línea 1: no es una llamada etiquetada («quien sabe» no dice quién habla",
        ),
    ],
)
def test_files_that_hold_no_calls_are_two_and_named(
    folder: Path, command: tuple[str, ...], lines: list[Any] | None, told: str
) -> None:
    file = folder / "llamadas.jsonl" if lines is None else calls(folder, *lines)
    result = run(*command, file)
    assert result.exit_code == 2
    assert told in result.output


def test_the_list_names_what_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("var/forms").mkdir(parents=True)
    Path("var/forms/micro.yaml").write_text("id: micro\nversion: uno\n")
    listed = CliRunner().invoke(app, ["form", "list"])
    assert listed.exit_code == 0
    assert "micro.yaml: no se puede usar. línea" in listed.output
    assert "cobranza" in listed.output


# forms that inherit from another

HEIR = "id: micro\nversion: {version}\nlabel: Micro\nbased_on: cobranza\nfor_calls: {{portfolio: [micro]}}\n"
BASE = "id: cobranza\nversion: {version}\nlabel: La nuestra\nbased_on: cobranza\nwithout: [no_lawyer]\n"


def test_publishing_a_base_tells_the_forms_that_change_with_it(folder: Path) -> None:
    run("form", "publish", draft(folder, 1, HEIR, "micro.yaml"))
    base = draft(folder, 2, BASE)
    named = "porque se basan en ella: micro, versión 1, sobre cobranza 2."
    assert f"Cambiarían con ella, {named}" in run("form", "check", base).stdout
    said = run("form", "publish", base).stdout
    assert f"Cambian con ella, {named} Lo ya guardado queda como estaba, también sus llamadas" in said
    said = run("form", "publish", draft(folder, 3, BASE), "--rescore").stdout
    assert "micro, versión 1, sobre cobranza 3. Sus llamadas se evalúan de nuevo también." in said
    assert "micro                versión 1, sobre cobranza 3 Micro" in run("form", "list").stdout
    known = run("form", "versions", "micro").stdout
    assert [line.split("UTC")[1].strip().partition(" ·")[0] for line in known.splitlines()] == [
        "sobre cobranza 3",
        "sobre cobranza 2",
        "sobre cobranza 1",
    ]


def test_a_base_that_breaks_a_form_is_told_before_it_is_published(folder: Path) -> None:
    uses = HEIR + "changes: {{no_lawyer: {{weight: 1}}}}\n"
    run("form", "publish", draft(folder, 1, uses, "micro.yaml"))
    base = draft(folder, 2, BASE)
    why = "«micro» se basa en «cobranza» y no se podría usar más: micro.yaml:6: "
    for command in (("form", "check"), ("lint",), ("form", "publish")):
        result = run(*command, base)
        assert result.exit_code, result.output
        assert why in result.output
    assert "No se publicó «cobranza», versión 2. Sigue en uso la versión 1." in result.output
    assert why in run("lab", base, "--limit", 0).output
