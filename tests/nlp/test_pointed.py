"""A day that the debtor only points at is the one that the agent just named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nlp.promises import Weighed, weighed
from tests.dialogue import dialogue


def answered(said: str) -> Weighed:
    lines = f"""
        A: Tiene pendiente la cuota de novecientos pesos del cinco de noviembre. ¿Qué pasó con ese pago?
        D: No me alcanzó.
        A: Si la liquida este mes le queda en setecientos cincuenta.
        D: ¿Hasta cuándo?
        A: Hasta el viernes veintisiete.
        D: {said}
        A: Le mando un recordatorio un día antes. Muchas gracias.
        """
    return weighed(dialogue(lines, country="MX", call_started_at=date(2026, 11, 18)))


@pytest.mark.parametrize("said", ["Pues ese día se los deposito.", "Bueno, ese día le pago."])
def test_who_pays_that_day_pays_on_the_day_that_was_named(said: str) -> None:
    promise = answered(said).promise
    assert promise is not None
    assert (promise.amount, promise.date) == (Decimal(750), date(2026, 11, 27))


@pytest.mark.parametrize(
    "said",
    [
        "Ese día cobro, a ver si me alcanza.",
        "Ese día no le puedo pagar.",
        "Ese día le digo si le pago.",
        "¿Y si ese día no le pago, qué pasa?",
        "Ese día trabajo.",
    ],
)
def test_what_else_happens_that_day_promises_nothing(said: str) -> None:
    assert answered(said).promise is None
