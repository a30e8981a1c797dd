"""Objections on sentences of our own, and which of them count in a call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from nlp.analyze import ruled_findings
from nlp.labels import objection_ids
from nlp.objections import without_messages
from nlp.tagger import scored
from nlp.thresholds import OPERATING, call_bar
from tests.dialogue import dialogue, found

CASES = Path(__file__).parents[1] / "cases" / "nlp" / "objections.yaml"


def cases() -> Iterator[tuple[str, str, bool]]:
    for label, kinds in YAML(typ="safe").load(CASES.read_text(encoding="utf-8")).items():
        for kind, sentences in kinds.items():
            for sentence in sentences:
                yield label, sentence, {"says": True, "not": False}[kind]


def heard(sentence: str) -> set[str]:
    """The objections that the rules alone hear in a sentence of the debtor."""
    found = scored(sentence, "debtor")[1].items()
    return {name for name, one in found if name in objection_ids() and one.score >= OPERATING}


@pytest.mark.parametrize(("label", "sentence", "says"), list(cases()))
def test_an_objection_is_told_from_what_only_sounds_like_it(label: str, sentence: str, says: bool) -> None:
    assert (label in heard(sentence)) is says


def test_every_objection_has_cases_of_both_kinds() -> None:
    seen = {(label, says) for label, _, says in cases()}
    assert seen == {(label, says) for label in objection_ids() for says in (True, False)}


def objections(lines: str) -> list[tuple[int, str]]:
    call = dialogue(lines, call_started_at=date(2025, 10, 8), country="MX")
    return [
        (f.quote.turn, f.label)
        for f in ruled_findings(call)
        if f.label in objection_ids() and f.score >= call_bar(f.label)
    ]


def test_answering_the_agents_question_about_it_does_not_count_again() -> None:
    lines = """
        A: ¿Qué pasó con su pago?
        D: Me quedé sin trabajo.
        A: ¿Desde cuándo está sin trabajo?
        D: Me despidieron en enero.
    """
    assert objections(lines) == [(1, "job_loss")]


def test_the_same_reason_after_a_new_ask_counts_again() -> None:
    lines = """
        A: ¿Qué pasó con su pago?
        D: No tengo dinero.
        A: ¿Puede pagar 500 pesos hoy?
        D: Ya le dije que no tengo dinero.
    """
    assert objections(lines) == [(1, "no_money"), (3, "no_money")]


def test_a_wrong_person_counts_once_and_again_for_somebody_else() -> None:
    lines = """
        A: ¿Hablo con el señor Pérez?
        O: No, él no se encuentra.
        A: ¿A qué hora lo encuentro?
        O: Él no se encuentra hasta la noche.
    """
    assert objections(lines) == [(1, "wrong_person")]


def test_a_plain_no_to_who_is_speaking_is_a_wrong_person() -> None:
    lines = """
        A: ¿Hablo con la señora Elena Vargas?
        D: No.
    """
    assert objections(lines) == [(1, "wrong_person")]


def test_a_plain_no_to_anything_else_is_none() -> None:
    lines = """
        A: ¿Tiene alguna duda?
        D: No.
    """
    assert objections(lines) == []


def test_luego_to_the_question_when_is_evasive() -> None:
    lines = """
        A: ¿Qué día puede realizar el pago?
        D: Pues luego.
    """
    assert objections(lines) == [(1, "vague_promise")]


def test_a_day_and_a_sum_are_a_promise_not_an_evasion() -> None:
    lines = """
        A: ¿Qué día puede realizar el pago?
        D: En cuanto me paguen, el viernes 10 le deposito 500 pesos.
    """
    assert "vague_promise" not in {label for _, label in objections(lines)}


def test_a_doubtful_turn_objects_to_nothing() -> None:
    assert objections("D{phantom}: No tengo dinero.") == []


@pytest.mark.parametrize(
    "sentence", YAML(typ="safe").load(CASES.with_name("no_objection.yaml").read_text("utf-8"))
)
def test_ordinary_talk_objects_to_nothing(sentence: str) -> None:
    assert heard(sentence) == set()


@pytest.mark.parametrize(
    ("asked", "answer", "counts"),
    [
        ("O: Dígale que me marque hoy, es un asunto personal.", "Sí, yo le digo en cuanto llegue.", False),
        ("A: Dígale que me marque hoy, es un asunto personal.", "Sí, yo le digo en cuanto llegue.", False),
        ("A: ¿Cuándo pueden hacer el pago?", "Yo le digo en cuanto llegue.", True),
        ("A: ¿A qué hora la encuentro?", "Ella le paga luego, cuando pueda.", True),
    ],
)
def test_a_message_taken_is_nobodys_promise(asked: str, answer: str, counts: bool) -> None:
    call = dialogue(f"{asked}\nO: {answer}")
    heard = found(call, "vague_promise@1").findings
    assert bool(without_messages(call, heard)) is counts


def test_the_debtors_own_evasion_counts_whatever_was_asked() -> None:
    call = dialogue("A: ¿Me marca hoy?\nD: Yo le digo en cuanto llegue.")
    assert without_messages(call, found(call, "vague_promise@1").findings)
