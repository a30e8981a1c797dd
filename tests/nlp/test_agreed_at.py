"""Where a promise is quoted: in the words that agree to it, not in what came first after the offer."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.types import Promise
from tests.dialogue import dialogue

OWN = "Mira, por doscientos cincuenta y seis no discuto. Hazlo, el cinco me lo pasáis por el banco."


def promised(*turns: str) -> Promise | None:
    told = (
        "A: Buenas tardes, soy Lorena Sanz, de Gestiona Crédito. ¿Hablo con don Ignacio Bermejo?",
        "D: Sí.",
        "A: Están pendientes los recibos de septiembre y octubre, quinientos doce euros. Podemos aplazarlos.",
        "D: Eso, ¿qué sería?",
        "A: Usted retoma ya el de diciembre, doscientos cincuenta y seis el día cinco.",
        *turns,
    )
    call = dialogue("\n".join(told), country="ES", call_started_at="2026-11-26T10:00:00")
    return analyze(call).promise


@pytest.mark.parametrize(
    "first", ["Ah.", "Ah. Y así no me cobráis intereses.", "¿Y así no me cobráis intereses?"]
)
@pytest.mark.parametrize(
    ("asked", "own"),
    [
        ("Así no se le cobran intereses.", OWN),
        ("El cinco, doscientos cincuenta y seis, ¿le parece?", "Sí, hazlo."),
    ],
)
def test_a_promise_is_quoted_where_it_is_made(first: str, asked: str, own: str) -> None:
    found = promised(
        f"D: {first}",
        f"A: {asked}",
        f"D: {own}",
        "A: De acuerdo: doscientos cincuenta y seis euros el cinco de diciembre, domiciliado. ¿Lo confirma?",
        "D: Lo confirmo.",
    )
    assert found is not None
    assert found.quote.turn == 7
    assert found.quote.text in own
    assert found.read_back is not None
    assert found.read_back.turn == 8
    assert found.channel == "Domiciliación"


@pytest.mark.parametrize("yes", ["Vale.", "Sí, el cinco."])
def test_the_first_yes_stays_the_promise(yes: str) -> None:
    found = promised(
        f"D: {yes}", "A: Así no se le cobran intereses.", "D: El cinco, perfecto.", "A: Gracias, adiós."
    )
    assert found is not None
    assert found.quote.turn == 5


@pytest.mark.parametrize("end", ["Ah, ya veo.", "Me lo pienso.", "No sé, ya os llamo."])
def test_a_sound_alone_promises_nothing(end: str) -> None:
    found = promised("D: Ah.", "A: Así no se le cobran intereses.", f"D: {end}", "A: Gracias, adiós.")
    assert found is None
