"""The reason told or left alone is not asked: in Colombia asking it voids a call."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from tests.dialogue import dialogue


def asks(said: str) -> bool:
    call = dialogue(
        f"""
        A: Buenas tardes, habla Paula Díaz, de Crédito Norte. ¿Hablo con don Luis Peña?
        D: Sí, con él.
        A: Don Luis, tiene un saldo vencido de trescientos mil pesos desde septiembre. {said}
        D: Ajá.
        """,
        country="CO",
    )
    return any(finding.label == "asks_reason" for finding in analyze(call).findings)


@pytest.mark.parametrize(
    "said",
    [
        "Por ley no le puedo preguntar por qué no pagó, así que vamos a lo que sí podemos hacer.",
        "Yo ya sé por qué no pagó, no tiene que explicarme nada.",
        "Usted ya me contó la semana pasada por qué no pagó.",
        "El sistema me muestra por qué no pagó: se le venció la tarjeta.",
        "Tampoco le estoy preguntando por qué se atrasó.",
        "No le pregunto el motivo.",
    ],
)
def test_told_or_left_alone(said: str) -> None:
    assert not asks(said)


@pytest.mark.parametrize(
    "said",
    [
        "¿Por qué no pagó?",
        "Quisiera saber por qué no pagó la cuota.",
        "Dígame por qué se atrasó.",
        "Todavía no me contó por qué no pagó.",
    ],
)
def test_asked(said: str) -> None:
    assert asks(said)
