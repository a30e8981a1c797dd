"""Discourtesy said calmly: their words thrown back, a saying at their cost, the sum again."""

from __future__ import annotations

import pytest

from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "Pues el que se fue se fue, pero los muebles ahí están, ¿no?",
        "No haga lo posible, haga el pago.",
        "No prometa, pague.",
        "Lo posible no paga la cuota.",
        "Con esperanzas no se paga la cuota.",
        "Eso a mí no me interesa.",
        "A mí sus problemas no me interesan.",
        "No me interesa por qué no pagó.",
        "Pues que le alcance.",
    ],
)
def test_their_words_thrown_back_are_no_courtesy(said: str) -> None:
    found = verdicts(said)["courteous"]
    assert (found.outcome, found.needs_review) == ("fail", True)
    assert found.evidence


@pytest.mark.parametrize(
    "said",
    [
        "Y yo le estoy diciendo que son novecientos pesos.",
        "y yo le estoy diciendo que son 320 euros",
        "Y yo le digo que tiene que pagar.",
    ],
)
def test_the_sum_held_against_what_they_told_is_impatience(said: str) -> None:
    found = verdicts(said)["calm"]
    assert (found.outcome, found.needs_review) == ("fail", True)


def test_a_saying_that_might_be_meant_well_waits_for_a_person() -> None:
    found = verdicts("El que se fue se fue, señora.")["courteous"]
    assert (found.outcome, found.needs_review) == ("pass", True)


@pytest.mark.parametrize(
    "said",
    [
        "No haga la transferencia, haga el depósito en la caja.",
        "No haga fila, pague por la aplicación.",
        "No lo piense tanto, con gusto le ayudo.",
        "Y yo le estoy diciendo que sí se puede, señora, con gusto.",
        "Y yo le explico que hay dos opciones.",
        "Me interesa su situación, cuénteme.",
        "No nos interesa incomodarla, señora.",
        "El que se fue era mi compañero; yo le ayudo.",
        "Con promesas de pago se detiene el recargo.",
    ],
)
def test_advice_and_good_news_are_courteous(said: str) -> None:
    both = [verdicts(said)[one] for one in ("courteous", "calm")]
    assert {(found.outcome, found.needs_review) for found in both} == {("pass", False)}
