"""Sympathy in the words of a country, and what only sounds like it."""

from __future__ import annotations

import pytest

from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "La re entiendo, doña Rosa. ¿Cuándo le pagan?",
        "La recontra entiendo.",
        "Qué torta, con lo bonito que es Tortuguero.",
        "Qué sal la suya, de verdad.",
        "Válgame, tanto trabajo y que se venga abajo por el agua.",
        "Por acá también todas las fábricas están sufriendo.",
        "Claro, los hijos primero, los zapatos no esperan.",
    ],
)
def test_it_is_empathy_and_no_discourtesy(said: str) -> None:
    found = verdicts(said)
    assert found["empathy"].outcome == "pass"
    assert (found["courteous"].outcome, found["courteous"].needs_review) == ("pass", False)


@pytest.mark.parametrize(
    "said",
    [
        "Qué torta hizo usted, señora.",
        "Qué sal le falta a usted.",
        "El banco no espera, señora.",
        "Los hijos no esperan y la cuota tampoco, señora.",
        "Tanto tiempo y que se pierda el descuento.",
        "Y por acá también todos pagan, señora.",
    ],
)
def test_what_only_sounds_like_it_is_none(said: str) -> None:
    assert verdicts(said)["empathy"].outcome == "fail"
