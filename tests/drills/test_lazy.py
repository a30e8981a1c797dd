"""Who does the least does not win by it, and is told no more and no less than what was done."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from drills.drill import Play, replayed
from drills.effects import told
from drills.formats import FORMATS
from drills.grade import Grade, Tools, grade_play
from drills.loader import load_lines, load_scenarios
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.drills.test_asking import DAY, account, marks

OPENS = "Buenas tardes, le habla Ana de Recuperadora Mirasol por su préstamo, que está vencido."


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools(load_lines(), load_playbook(), load_rubric())


def taxi(tools: Tools, *replies: str) -> tuple[Play, Grade]:
    """Who lacks money and wants a discount, by a case of the house's own."""
    base = load_scenarios()["quincena_corta"]
    own: dict[str, Any] = {
        "id": "taxi_en_taller",
        "title": "El taxi en el taller",
        "objections": ("no_money", "asks_discount"),
        "difficulty": 3,
        "amount": Decimal(4800),
        "hidden_reason": "Es que el taxi está en el taller desde hace dos semanas y sin él no gano nada.",
        "openings": ("¿Bueno? ¿Quién habla?",),
        "success": base.success.model_copy(update={"min_amount": Decimal(2400)}),
    }
    drill = FORMATS["whole_call"].build(base.model_copy(update=own), 1, DAY, tools.book, tools.playbook)
    play = replayed(drill, replies, tools.book)
    return play, grade_play(play, tools)


def test_the_same_entiendo_all_through_does_not_pass(tools: Tools) -> None:
    _, grade = taxi(
        tools, OPENS, "Entiendo. ¿Qué pasó?", "Entiendo. ¿Qué más pasó?",
        "Entiendo. ¿2,400 el 15 de diciembre?",
        "Entiendo. ¿2,400 el 15 de diciembre en dos pagos quincenales?",
        "Quedamos en 2,400 el 15 de diciembre.", "Gracias, adiós.",
    )  # fmt: skip
    assert not grade.passed
    assert marks(grade)["recognise"].got == 0
    assert "es cortesía" in account(grade, 2)
    assert "vuelve a ser solo cortesía" in account(grade, 3)


def test_who_names_what_was_told_and_offers_passes(tools: Tools) -> None:
    _, grade = taxi(
        tools, OPENS, "Lamento que la quincena no le alcance, don Rogelio. ¿Qué fue lo que pasó?",
        "Comprendo: con el taxi en el taller no entra nada. Le puedo dividir el pago en dos quincenales"
        " sin recargo. ¿Le anoto 2,400 para el martes 15 de diciembre?",
        "Entiendo que el recargo le pese; se lo quito con los dos pagos. ¿Cuándo cobra usted la quincena?",
        "¿Le anoto entonces 2,400 pesos para el martes 15 de diciembre?",
        "Le repito, don Rogelio: 2,400 pesos el martes 15 de diciembre, por transferencia. ¿Es correcto?",
        "Gracias por su confianza, hasta luego.",
    )  # fmt: skip
    assert grade.won
    assert grade.passed


def test_to_ask_what_was_told_already_is_answered_so(tools: Tools) -> None:
    play, grade = taxi(tools, OPENS, "¿Qué pasó?", "¿Y qué fue lo que le pasó, pues?")
    assert grade.whys[-1].cause == "already_told"
    assert "ya le había contado" in account(grade, 3)
    assert play.debtor is not None
    assert not play.debtor.ended


def test_pressure_opens_no_true_reason(tools: Tools) -> None:
    play, _ = taxi(tools, OPENS, "Sí, pero ya van 20 días. ¿Cuánto podría dar esta semana?")
    assert play.debtor is not None
    assert not play.debtor.revealed


def test_a_question_of_the_debtor_s_is_not_dropped(tools: Tools) -> None:
    """The sum that was asked before is no answer to «¿y se puede quitar el recargo?»."""
    play, grade = taxi(
        tools, OPENS, "Lamento lo que me cuenta. ¿Qué pasó?",
        "¿Le anoto 2,400 pesos para el 15 de diciembre?",
        "¿Le apunto entonces los 2,400 para el 15 de diciembre?",
    )  # fmt: skip
    assert play.debtor is not None
    assert play.debtor.open == ("asks_discount",)
    assert "quedó atendida" not in account(grade, 4)


def test_who_never_says_who_calls_is_asked_again(tools: Tools) -> None:
    play, grade = taxi(tools, "Le llamo por una deuda vencida.")
    assert grade.whys[0].cause == "asks_caller"
    assert "?" in play.turns[-1].text


def test_who_has_said_who_calls_is_not_asked_again(tools: Tools) -> None:
    _, grade = taxi(
        tools, "Buenas tardes, soy Laura Méndez y llamo de Mirasol. ¿Hablo con el titular?",
        "Para su seguridad, ¿me confirma los dos últimos dígitos de su identificación?",
    )  # fmt: skip
    assert "asks_caller" not in [why.cause for why in grade.whys]


def test_what_is_only_repeated_is_told_as_that(tools: Tools) -> None:
    said = "Le entiendo. ¿Qué pasó? ¿Me confirma 2,400 pesos para el 15 de diciembre?"
    _, grade = taxi(tools, OPENS, said, said)
    for turn in (2, 3):
        assert "sin haber reconocido ni preguntado" not in account(grade, turn)
    assert "Usted repitió casi lo mismo" in told(grade.whys[2])


def test_kind_words_before_anything_was_told_recognise_nothing(tools: Tools) -> None:
    _, grade = taxi(tools, f"{OPENS} Comprendo su situación, lo siento mucho.")
    assert "reconoce lo que le pasa" not in account(grade, 1)
