"""Who says in the United States that a debt collector calls: one or several, a trade, or the kind of call."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rubrics.test_pack_words import verdicts


def told(said: str, **case: Any) -> dict[str, Any]:
    return verdicts(
        f"""
        A: Buenas tardes, me llamo Marisol Vega. ¿Hablo con la señora Rosa Díaz?
        D: Sí, soy yo.
        A: ¿Me confirma su fecha de nacimiento?
        D: Cuatro de junio del ochenta y dos.
        A: {said} Tiene vencidos trescientos dólares desde el quince de octubre.
        D: Sí, ya sé.
        """,
        "US",
        **case,
    )


@pytest.mark.parametrize(
    "said",
    [
        "Le hablo de Gulf Recovery, somos cobradores de deudas.",
        "Le hablo de Gulf Recovery, somos un cobrador de deudas.",
        "Le hablo de Gulf Recovery, cobradores de deudas, por su tarjeta.",
        "Le llamo de Gulf Recovery, una compañía de cobros.",
        "Somos una agencia de cobranza.",
        "Le llamo de Gulf Recovery, que es una agencia cobradora.",
        "En Gulf Recovery nos dedicamos a cobrar deudas.",
        "Somos una empresa dedicada al cobro de deudas.",
        "Esta es una llamada de cobro.",
        "Esta es una llamada para cobrar una deuda.",
        "Somos una empresa que cobra deudas.",
        "Le hablan los gestores de cobro de Gulf Recovery.",
        "Somos debt collectors.",
    ],
)
def test_a_debt_collector_says_so(said: str) -> None:
    assert told(said, first_contact=False)["later_disclosure"].outcome == "pass"
    first = told(f"{said} Toda información que me dé se usará para ese fin.", first_contact=True)
    assert first["legal_disclosure"].outcome == "pass"


@pytest.mark.parametrize(
    "said",
    [
        "Le hablo de Gulf Recovery, somos asesores.",
        "No somos cobradores de deudas, somos asesores.",
        "Esta no es una llamada de cobro, es una cortesía.",
        "No nos dedicamos a cobrar deudas.",
        "Si no paga pasamos su cuenta a una agencia de cobranza.",
        "Luego lo van a llamar los cobradores del banco.",
    ],
)
def test_no_debt_collector_calls(said: str) -> None:
    assert told(said, first_contact=False)["later_disclosure"].outcome == "fail"
