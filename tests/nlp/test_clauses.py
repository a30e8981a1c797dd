"""The whole clause around some words of a turn."""

from __future__ import annotations

import pytest

from nlp.clauses import whole_clause, whole_clauses
from tests.dialogue import dialogue, quote

LONG = (
    "pues mire le cuento que su cuenta tiene varios pagos que no se han hecho desde el mes de julio del año"
)


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("Mire, le ofrezco dos pagos, señora.", "ofrezco dos", "le ofrezco dos pagos"),
        ("Lo siento. ¿Qué pasó con el pago?", "Qué pasó con", "Qué pasó con el pago"),
        ("Son 1,500 pesos, a fin de mes.", "pesos", "Son 1,500 pesos"),
        ("De acuerdo. Gracias.", "De acuerdo.", "De acuerdo."),
        ("Pero ¿cuándo paga?", "¿cuándo paga?", "¿cuándo paga?"),
        (LONG, "varios", "pues mire le cuento que su cuenta tiene varios pagos que no se han hecho"),
    ],
)
def test_words_are_shown_with_their_clause(text: str, words: str, whole: str) -> None:
    call = dialogue(f"A: {text}")
    assert whole_clause(call, quote(call, f"0: {words}")).text == whole


def test_two_pieces_of_a_clause_are_told_once() -> None:
    call = dialogue("A: Le ofrezco dos pagos, sin recargos.\nA: Le ofrezco dos pagos.")
    pieces = tuple(quote(call, piece) for piece in ("1: ofrezco", "0: dos pagos", "0: ofrezco"))
    assert [(q.turn, q.text) for q in whole_clauses(call, pieces)] == [
        (0, "Le ofrezco dos pagos"),
        (1, "Le ofrezco dos pagos"),
    ]
