"""What is told of a payment that was made is no payment to come."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from nlp.analyze import analyze
from nlp.promises import weighed
from tests.nlp.test_promises import told

CLAIMED = "D: No, señorita, yo ya pagué eso."
MADE = [
    (
        "A: ¿Me dice qué día pagó y el número de la transacción, por favor?",
        "D: El viernes. El número de la transacción es 90412.",
        "A: Muy bien, el viernes, transacción 90412. Lo paso a revisión.",
        "D: Gracias.",
    ),
    (
        "A: ¿Qué día pagó?",
        "D: El veinte, por Efecty, y el recibo dice 7781.",
        "A: Listo, el veinte por Efecty, recibo 7781.",
        "D: Sí.",
    ),
    (
        "A: ¿Cuándo hizo el depósito y de cuánto fue?",
        "D: El lunes, dos mil trescientos cuarenta, en el Oxxo.",
        "A: Anoto: el lunes, dos mil trescientos cuarenta, en Oxxo. ¿Es correcto?",
        "D: Sí, gracias.",
    ),
    (
        "A: ¿Me regala el día y el valor, por favor?",
        "D: El viernes, ciento veinte mil.",
        "A: Listo, viernes, ciento veinte mil. Radico el caso.",
        "D: Gracias.",
    ),
    (
        "A: ¿Qué día fue, y por qué medio?",
        "D: Viernes, por SPEI.",
        "A: ¿Y el monto?",
        "D: Dos mil trescientos cuarenta.",
        "A: Dos mil trescientos cuarenta el viernes, lo mando a aclaración. ¿Está de acuerdo?",
        "D: Sí, de acuerdo.",
    ),
    (
        "A: ¿Cuándo transferiste y por cuánto?",
        "D: Déjeme ver.",
        "A: Sí, dime.",
        "D: El lunes, cuarenta y cinco mil.",
        "A: El lunes, cuarenta y cinco mil.",
        "D: Dale.",
    ),
]


@pytest.mark.parametrize("country", ["MX", "CO", "ES"])
@pytest.mark.parametrize("lines", MADE, ids=[lines[0][3:30] for lines in MADE])
def test_a_payment_that_was_made_promises_nothing(lines: tuple[str, ...], country: str) -> None:
    assert weighed(told(CLAIMED, *lines, country=country)).promise is None


@pytest.mark.parametrize(
    "said",
    [
        "comprobante 88421.",
        "el comprobante es el 55231.",
        "el recibo dice 7781.",
        "número de autorización 90412.",
    ],
)
def test_the_number_of_a_receipt_is_no_sum(said: str) -> None:
    lines = ("A: ¿Qué día pagó?", f"D: Fue el lunes veintitrés, {said}", f"A: Anoto: {said}")
    assert weighed(told(CLAIMED, *lines, date=None)).promise is None


@pytest.mark.parametrize(
    "lines",
    [
        ("A: ¿Cuándo pagó y cuánto?", "D: El lunes, mil. Y el viernes le pago quinientos más."),
        (
            "A: ¿Cuándo pagó y cuánto?",
            "D: El lunes, mil pesos.",
            "A: Muy bien. ¿Y el resto cuándo lo puede cubrir?",
            "D: El viernes, quinientos.",
        ),
        ("A: No me aparece. ¿Para cuándo nos haría el pago?", "D: Bueno, el viernes, quinientos."),
        ("A: ¿Y cuándo me paga lo que falta?", "D: El viernes, quinientos."),
    ],
)
def test_a_payment_to_come_stands_beside_it(lines: tuple[str, ...]) -> None:
    settled = ("A: Quedan quinientos pesos el viernes trece. ¿De acuerdo?", "D: De acuerdo.")
    promise = weighed(told("D: Ya pagué una parte.", *lines, *settled)).promise
    assert promise is not None
    assert (promise.amount, promise.date) == (Decimal(500), datetime.date(2026, 3, 13))


def test_to_ask_for_the_day_of_a_payment_explores_and_asks_for_none() -> None:
    call = told(CLAIMED, *MADE[3])
    labels = {f.label for f in analyze(call).findings if f.quote.turn == 1}
    assert "probes" in labels
    assert "asks_commitment" not in labels
    assert "read_back" not in {f.label for f in analyze(call).findings}
