"""Advice asks for no money of whoever answers instead, in grave news, in a dispute, after a debt was paid."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import pack_of
from rubrics.playbook import load_playbook
from rubrics.replies import Suggestion, suggest
from tests.dialogue import dialogue

OPENING = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Marta Paz?
    D: Sí, soy yo.
    A: Doña Marta, su tarjeta tiene un saldo vencido de mil pesos desde hace cuarenta días.
"""


def suggested(lines: str, country: str = "MX") -> tuple[Suggestion, ...]:
    call = dialogue(lines, country=country)
    return suggest(analyze(call), call, load_playbook(), pack_of(country))


@pytest.mark.parametrize(
    ("lines", "spared"),
    [
        ("D: Mi esposo falleció la semana pasada.\nA: Ya.\nD: No tengo dinero, no puedo pagar.", "grave"),
        ("D: Tengo depresión.\nA: Ya.\nD: No me alcanza para nada.", "grave"),
        (
            "D: Ya no quiero vivir así, ya no le encuentro sentido a nada.\nA: Ya.\nD: No tengo dinero.",
            "grave",
        ),
        ("D: Mi papá está en el hospital, lo operan hoy.\nA: Ya.\nD: No tengo dinero para nada.", "grave"),
        ("D: Me cobraron de más, ese monto no es.\nA: Así sale aquí.\nD: No le voy a pagar nada.", "dispute"),
        ("D: Yo ya pagué eso.\nA: Sí, aquí aparece su pago.\nD: Además no tengo dinero.", "dispute"),
        ("D: Esa deuda no es mía.\nA: Ya.\nD: No tengo dinero.", "dispute"),
    ],
)
@pytest.mark.parametrize("country", ["MX", "CO"])
def test_nothing_is_asked_for_after_what_bars_it(lines: str, spared: str, country: str) -> None:
    found = suggested(f"{OPENING}{lines}\nA: Bueno, hasta luego.", country)
    assert found
    assert {one.spared for one in found} == {spared}
    assert not any("ask" in one.missing or "ask" in one.steps for one in found)
    assert all(one.replies for one in found)


@pytest.mark.parametrize("who", ["O", "D"])
def test_nothing_is_asked_of_the_mother_whatever_side_her_words_stand_on(who: str) -> None:
    found = suggested(
        f"A: Buenas tardes, ¿se encuentra Marta Paz?\n{who}: No está, soy su mamá.\n"
        f"A: ¿Y usted no puede pagar?\n{who}: Yo no tengo dinero, señor.\nA: Bueno, hasta luego."
    )
    assert found
    assert {one.spared for one in found} == {"other"}
    assert not any("ask" in one.missing for one in found)


@pytest.mark.parametrize(
    "lines",
    [
        "D: No tengo dinero este mes.",
        "D: Me cobraron de más.\nA: Levanto la aclaración y le doy folio.\nD: Igual no me alcanza, no tengo.",
        "D: No le voy a pagar nada.",
    ],
)
def test_elsewhere_the_ask_stays(lines: str) -> None:
    last = suggested(f"{OPENING}{lines}\nA: Bueno, hasta luego.")[-1]
    assert last.spared is None
    assert "ask" in last.missing
