"""Reproaches on having got into debt: no word of them is an insult."""

from __future__ import annotations

import pytest

from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "Si no tenía para pagar, ¿para qué pidió prestado?",
        "si no podía pagar para qué se endeudó",
        "¿No le da vergüenza, señora?",
        "¿No le da vergüenza deber y andar como si nada?",
        "¿Le da pena deber o qué?",
        "Uno se endeuda es cuando puede, doña Rosa.",
        "Y bueno, si no puede pagar no compre.",
        "El que no puede pagar no pide.",
        "Es usted un irresponsable.",
        "Ay, sí, cómo no, todos se quedan sin trabajo el día que les llamo.",
        "Ojalá así de rápida fuera para pagar como es para inventar.",
    ],
)
def test_who_is_reproached_with_the_debt_is_not_treated_with_courtesy(said: str) -> None:
    found = verdicts(said)["courteous"]
    assert found.outcome == "fail"
    assert found.evidence


@pytest.mark.parametrize(
    "said",
    [
        "¿Le da pena decirme cuánto puede? No se preocupe.",
        "No le dé pena, a todos nos pasa.",
        "Si no podía pagar, ¿por qué no nos llamó antes? Con gusto le ayudábamos.",
        "¿Para qué pidió el préstamo, para el negocio?",
        "Si no puede pagar el viernes, no pasa nada, lo movemos.",
        "Uno paga cuando cobra, ¿verdad? ¿Qué día le pagan?",
        "Si no alcanza a pagar, no firme nada todavía.",
    ],
)
def test_shame_that_is_taken_away_and_questions_about_the_loan_are_no_reproach(said: str) -> None:
    assert verdicts(said)["courteous"].outcome == "pass"
