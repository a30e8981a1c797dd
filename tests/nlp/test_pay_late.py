"""Income that comes late is a lack of money; a way to pay that fails, or a payment that got lost, is none."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from tests.dialogue import dialogue


def objections(said: str) -> set[str]:
    call = dialogue(
        f"""
        A: Buenas tardes, le habla Ana Ruiz, de Credisol. ¿Don José Pérez?
        D: Sí, soy yo.
        A: Debe 450 pesos desde junio. ¿Qué pasó con su pago?
        D: {said}
        A: Entiendo. ¿Cuándo puede pagar?
        D: No sé.
        """,
        country="CO",
    )
    return {f.label for f in analyze(call).findings if f.quote.turn == 3}


@pytest.mark.parametrize(
    "said",
    [
        "Es que la plata no aparece.",
        "Llevo dos semanas esperando que me paguen.",
        "Llevo dos semanas esperando que me paguen y la plata no aparece.",
        "La plata no llega, la empresa está atrasada.",
        "El subsidio no me ha llegado.",
        "la plata no aparece el patrón no me ha pagado",
        "No me cae el sueldo todavía.",
    ],
)
def test_pay_that_is_late_is_a_lack_of_money(said: str) -> None:
    found = objections(said)
    assert "no_money" in found
    assert not {"payment_channel", "bad_service"} & found


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("El dinero no sale de la cuenta, la app se traba.", "payment_channel"),
        ("Quise pagar y la plata no sale del cajero.", "payment_channel"),
        ("La plata no aparece en el banco, ya la deposité.", "already_paid"),
    ],
)
def test_a_payment_that_fails_or_got_lost_is_none(said: str, label: str) -> None:
    found = objections(said)
    assert label in found
    assert "no_money" not in found
