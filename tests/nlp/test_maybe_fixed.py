"""What the debtor said only perhaps and the agent noted as fixed: a bare yes leaves it to a person."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from nlp.analyze import analyze
from nlp.types import Promise
from rubrics.loader import load_rubric
from rubrics.scoring import score
from tests.dialogue import dialogue
from transcripts.types import Transcript

CALL = """
    A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Rosa Paz?
    D: Sí, soy yo.
    A: Doña Rosa, su cuota de mil pesos venció hace diez días. {}
    D: {}
    A: {}
    D: {}
    A: Gracias por su tiempo, hasta luego.
"""
WHEN = "¿Cuándo la puede pagar?"
NOTED = "Entonces quedamos en mil pesos el treinta de noviembre."


def call(said: str, then: str = NOTED, answer: str = "Sí.", asked: str = WHEN) -> Transcript:
    on = datetime.date(2026, 11, 17)  # a Tuesday
    return dialogue(CALL.format(asked, said, then, answer), call_started_at=on, country="MX")


def promised(said: str, then: str = NOTED, answer: str = "Sí.", asked: str = WHEN) -> Promise:
    found = analyze(call(said, then, answer, asked)).promise
    assert found is not None
    assert (found.amount, found.date) == (Decimal(1000), datetime.date(2026, 11, 30))
    return found


@pytest.mark.parametrize(
    ("said", "then", "answer"),
    [
        ("A lo mejor el treinta le pago.", NOTED, "Sí."),
        (
            "Pues a lo mejor el treinta le pago los mil.",
            "Quedan mil pesos para el treinta. ¿De acuerdo?",
            "Sí.",
        ),
        ("Tal vez el treinta.", "Le anoto mil pesos para el treinta, ¿correcto?", "Sí, correcto."),
        ("Capaz que el treinta pueda.", "Le anoto mil pesos para el treinta, ¿correcto?", "Ajá, sí."),
        ("Puede ser que el treinta me paguen y le doy.", NOTED, "Bueno, sí."),
        ("No le aseguro, pero el treinta yo creo que sí.", NOTED, "Sí, está bien."),
        ("Quizás el treinta le pague.", NOTED, "Sí, señorita."),
        ("De pronto el treinta le cancelo.", NOTED, "Sí, claro."),
        ("Igual y el treinta se los deposito.", NOTED, "Sí."),
    ],
)
def test_a_maybe_that_the_agent_fixes_and_a_yes_lets_stand_waits(said: str, then: str, answer: str) -> None:
    found = promised(said, then, answer)

    assert found.doubtful
    assert found.roughly is not None
    assert found.roughly.text == said


def test_a_doubt_about_what_the_agent_proposed_waits_too() -> None:
    found = promised("No le aseguro nada, señorita.", asked="¿Me los paga el treinta de noviembre?")

    assert found.doubtful


@pytest.mark.parametrize(
    ("said", "then", "answer"),
    [
        ("Tal vez el treinta.", NOTED, "Sí, está bien, ese día se los deposito."),
        ("A lo mejor el treinta le pago.", NOTED, "Sí, el treinta sin falta."),
        (
            "Quizás el treinta le pague.",
            "¿Es seguro? ¿Cuento con los mil pesos el treinta?",
            "Sí, cuente con ello.",
        ),
        ("El treinta, tal vez en la tarde.", NOTED, "Sí."),
        ("El treinta le pago los mil, si Dios quiere.", NOTED, "Sí."),
        ("El treinta le pago los mil.", NOTED, "Sí."),
    ],
)
def test_what_is_plainly_said_then_or_never_was_a_maybe_is_sure(said: str, then: str, answer: str) -> None:
    found = promised(said, then, answer)

    assert found.roughly is None
    assert not found.doubtful


def test_the_form_says_where_it_was_only_perhaps() -> None:
    heard = call("A lo mejor el treinta le pago.")
    verdict = score(heard, analyze(heard), load_rubric()).verdicts["gets_commitment"]

    assert (verdict.outcome, verdict.needs_review) == ("pass", True)
    assert "insegura (turno 4)" in verdict.told
