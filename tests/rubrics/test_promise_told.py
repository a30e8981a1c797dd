"""A promise, a discount or a payment of the debtor's told to a relative discloses the debt."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def told(said: str) -> Verdict:
    call = dialogue(f"""
        A: Buenas tardes, ¿con el señor Walter Rojas?
        O: No, no está, soy su hermano.
        A: {said}
        O: No sé.
        A: Gracias, hasta luego.
        O: Bueno.
    """)
    return score(call, analyze(call), load_rubric()).verdicts["no_third_party_disclosure"]


@pytest.mark.parametrize(
    "said",
    [
        "¿Y usted sabe si él ya cobró? Es que quedó de abonarnos el viernes.",
        "Es que él quedó de depositar el viernes y no se vio.",
        "Él me prometió un pago para ayer.",
        "quedo de yapearme hoy",
        "Es que nos dijo que iba a consignar hoy.",
        "Es por el compromiso de pago del martes.",
        "Iba a ingresarnos la cuota ayer.",
        "Dígale que le tengo un descuento del cuarenta por ciento para que salga de esto.",
        "Dígale que si paga hoy le quitamos los intereses.",
        "Dígale que estoy esperando su depósito.",
    ],
)
def test_a_promise_or_a_way_to_pay_tells_of_the_debt(said: str) -> None:
    found = told(said)
    assert (found.outcome, found.needs_review) == ("fail", False)


@pytest.mark.parametrize(
    "said",
    ["¿Usted sabe si ya cobró su quincena?", "Dígale que le tengo un descuento del veinte por ciento."],
)
def test_a_payday_or_a_discount_by_itself_waits(said: str) -> None:
    found = told(said)
    assert (found.outcome, found.needs_review) == ("pass", True)
    assert found.evidence


@pytest.mark.parametrize(
    "said",
    [
        "Es que quedó de llamarme el viernes.",
        "Quedó de pasar por unos documentos.",
        "Me prometió que me contestaba hoy.",
        "No le puedo decir si quedó de pagar algo, es personal.",
        "¿Él va a ingresar al hospital hoy? Que se mejore.",
        "Dígale que espero su llamada.",
        "El seguro lo ve con él; a usted no le toca pagar nada.",
        "Él dijo que iba a estar a las cinco.",
    ],
)
def test_a_promise_of_anything_else_tells_nothing(said: str) -> None:
    found = told(said)
    assert (found.outcome, found.needs_review) == ("pass", False)
