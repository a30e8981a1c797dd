"""The hours of an office are no sum brought down."""

from __future__ import annotations

import pytest

from nlp.analyze import ruled_findings
from tests.dialogue import dialogue


def waives(said: str) -> bool:
    return "offer_waiver" in {f.label for f in ruled_findings(dialogue(f"A: {said}"))}


@pytest.mark.parametrize(
    "said",
    [
        "Atendemos de lunes a viernes de nueve a seis.",
        "Nuestro horario es de 9 a 6.",
        "La oficina abre de ocho a cinco.",
        "Nos puede llamar de 8 a 5.",
        "De nueve a seis lo atiende mi compañera.",
        "De 9:00 a 18:00 atendemos.",
        "La sucursal está abierta de 9 a 18 horas.",
    ],
)
def test_hours_are_no_waiver(said: str) -> None:
    assert not waives(said)


@pytest.mark.parametrize(
    "said",
    [
        "Le baja la deuda de 5000 a 3000.",
        "Le bajamos la deuda de 9 a 6 mil pesos si nos llama el lunes.",
        "La sucursal le baja la cuota de 5000 a 3000.",
        "Llámenos de 9 a 6 y le quitamos los intereses.",
    ],
)
def test_a_sum_brought_down_is_one(said: str) -> None:
    assert waives(said)
