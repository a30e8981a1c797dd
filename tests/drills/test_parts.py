"""The day that stands with the payment, and an agreement in two parts, which counts as a whole."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from drills.proposal import proposal
from nlp.types import Part
from transcripts.types import CaseFacts, Recording, Transcript, Turn

TODAY = datetime.date(2026, 11, 30)
FRIDAY, NEXT = datetime.date(2026, 12, 4), datetime.date(2026, 12, 18)
HALF = Decimal("26.60")
FACTS = CaseFacts(amount_due=Decimal("53.20"), currency="USD")
IN_TWO = "26,60 dólares el viernes 4 de diciembre y 26,60 dólares el viernes 18 de diciembre"


def said(text: str) -> Transcript:
    return Transcript(Recording("x", TODAY, country="EC", facts=FACTS), (Turn("agent", text),))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"Le mando hoy el detalle. Entonces {IN_TWO}, por transferencia, ¿es correcto?", FRIDAY),
        ("Hoy mismo queda anotado. 26,60 dólares el viernes 4 de diciembre, ¿sí?", FRIDAY),
        ("Mañana le dejo corregido el correo. Quedamos en 26,60 el viernes 4 de diciembre.", FRIDAY),
        ("Le mando hoy el detalle y usted paga el viernes 4 de diciembre, ¿le parece?", FRIDAY),
        ("Le mando hoy el detalle. ¿Le parece bien?", None),
        ("¿Puede pagar 26,60 hoy?", TODAY),
        ("¿Le queda bien el viernes 4 de diciembre? Serían 26,60 dólares.", FRIDAY),
    ],
)
def test_the_day_is_that_of_the_payment(text: str, day: datetime.date | None) -> None:
    assert proposal(said(text), 0).day == day


@pytest.mark.parametrize(
    ("text", "later"),
    [
        (f"Entonces {IN_TWO}, ¿es correcto?", (Part(HALF, NEXT),)),
        ("La mitad el viernes 4 de diciembre y la otra mitad el 18, ¿correcto?", (Part(HALF, NEXT),)),
        ("26,60 dólares el viernes 4 de diciembre, ¿correcto?", ()),
        ("¿26,60 el viernes 4 de diciembre o el viernes 18?", ()),
    ],
)
def test_the_parts_after_the_first(text: str, later: tuple[Part, ...]) -> None:
    made = proposal(said(text), 0)
    assert (made.amount, made.day, made.later) == (HALF, FRIDAY, later)
