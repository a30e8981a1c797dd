"""What is said in Spanish before it comes to a screen (notes, errors of jobs, answers to uploads) has its
English, and what nobody knows stays as it is.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from coach import complaints, second_copies
from coach.in_english import PARTS, in_english
from nlp import yaml_trouble
from rubrics import yamlfile
from tests.views.test_text import ROOT, slots
from transcripts import engine_answers, trust
from transcripts.formats import call_model, files

TOLD = {
    str(es): str(en)
    for es, en in YAML(typ="safe").load((ROOT / "views" / "told.yaml").read_text(encoding="utf-8")).items()
}
FILLED = "77"  # in every slot


def source(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "demo_speech" not in path.parts)


def said(*names: str, within: Iterator[Path]) -> Iterator[str]:
    """The sentence of every error of these names, its slots FILLED."""
    for file in within:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names and node.args:
                yield from (text for text in _texts(node.args[0]) if text != FILLED)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else FILLED for part in node.values)


def unknown(sentences: Iterator[str]) -> set[str]:
    """Those without English, where there is anything to say beside what fills their slots."""
    return {one for one in sentences if re.search("[a-z]{3}", one) and in_english(one) == one}


def test_every_refusal_of_speech_and_transcripts_has_its_english() -> None:
    assert unknown(said("TranscriptError", within=source("transcripts"))) == set()


def test_every_reason_for_a_fact_that_cannot_be_used_has_its_english() -> None:
    assert unknown(said("ValueError", within=source("transcripts/facts"))) == set()


def test_every_refusal_of_a_form_has_its_english() -> None:
    assert unknown(said("RubricError", within=source("rubrics"))) == set()


@pytest.mark.parametrize(
    "sentences",
    [
        trust.NOTICES.values(),
        engine_answers.WRONG.values(),
        files._REASONS.values(),
        second_copies._NAMES.values(),
        complaints._SENTENCES.values(),
        yamlfile._MEANINGS.values(),
        call_model._WHAT.values(),
        yaml_trouble.SENTENCES,
    ],
)
def test_every_sentence_of_a_table_has_its_english(sentences: list[str]) -> None:
    assert unknown(re.sub(r"\{\w+\}", FILLED, one) for one in sentences) == set()


def test_both_languages_have_the_same_slots() -> None:
    assert {es for es, en in TOLD.items() if slots(es) != slots(en)} == set()


def test_the_catalogue_holds_no_sentence_that_nobody_says() -> None:
    nodes = [
        node
        for file in source("coach", "transcripts", "nlp", "rubrics", "drills", "models")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    ]
    everything = "\n".join(str(node.value) for node in nodes if isinstance(node, ast.Constant))
    left_over = {
        es
        for es in TOLD
        for text in re.split(r"\{\w+\}", es.replace("{{", "{").replace("}}", "}"))
        for bit in re.split(r"[:;.«»?¿()]|  +", text)  # a sentence may be put together of several
        if len(bit.strip()) > 3 and bit.strip() not in everything
    }
    assert left_over == set()


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        (
            "q.wav: sus datos se agregaron a la llamada q-1: agente, días de mora.",
            "q.wav: its facts were added to call q-1: agent, days late.",
        ),
        (
            "q.wav: dice otra cosa que la llamada q-1 en: monto. Queda lo que estaba; tampoco se tomó: "
            "moneda. Si vale lo nuevo, quien administra Temple lo importa con una tabla (coach import "
            "--manifest).",
            "q.wav: says otherwise than call q-1 on: amount. What was there stays; not taken either: "
            "currency. If the new holds, whoever administers Temple imports it with a table (coach import "
            "--manifest).",
        ),
        (
            "d.csv: línea 4: «Monto»: «abc» no es una cantidad; el dato no se usó.",
            "d.csv: line 4: “Monto”: “abc” is no amount; the fact was not used.",
        ),
        (
            "p.csv: línea 3: ana es nueva persona y falta: rol.",
            "p.csv: line 3: ana is a new person; what is missing: role.",
        ),
        (
            "m.yaml: esta pauta no se puede usar: línea 3: id: falta este dato; línea 9: no puede quedar "
            "vacío. La llamada queda sin evaluar: corrija el archivo y vuelva a evaluarla.",
            "m.yaml: this form cannot be used: line 3: id: this is missing; line 9: may not be left empty. "
            "The call stays unjudged: mend the file and judge it again.",
        ),
        (
            "a: a: su texto se borró: no se evalúa de nuevo.\nb: algo que nadie conoce",
            "a: a: its text was erased: it is not judged anew.\nb: algo que nadie conoce",
        ),
        ("p.csv: línea 3: desde: «x» no es una cantidad", "p.csv: line 3: desde: “x” is no amount"),
        ("agente", "agent"),
        ("Se guardó como «agente»: así.", "Se guardó como «agente»: así."),
        ("", ""),
        (
            "q.wav: sus datos se agregaron a la llamada a: empresa.",
            "q.wav: its facts were added to call a: company.",
        ),
    ],
)
def test_english(spanish: str, english: str) -> None:
    assert in_english(spanish) == english


def test_a_sentence_within_another_stands_in_a_slot_that_says_so() -> None:
    assert {"why", "where", "facts"} <= PARTS
