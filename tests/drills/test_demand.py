"""Which words demand a payment: orders, duties; and which only tell, deny, ask or offer."""

from __future__ import annotations

import pytest

from drills.demand import demands


@pytest.mark.parametrize(
    "text",
    [
        "Pague hoy.", "Vuelva a pagar el viernes.", "No hay nada que revisar, así que pague.",
        "Necesito que pague hoy.", "Le corresponde pagarla.", "La tiene que pagar usted.",
        "La deuda hay que pagarla.", "No le queda otra que pagar.", "Tenés que pagar igual.",
        "Debés pagarla.", "Págame hoy.", "Le va a tocar cancelar la cuota.", "Está obligada a pagarla.",
        "Entiendo que no quiera, pero tiene que pagar.", "entiendo que no quiera pero tiene que pagar",
        "Mientras se aclara le toca pagar de nuevo.", "Igual me hace el pago hoy.",
    ],
)  # fmt: skip
def test_what_is_demanded_of_anybody(text: str) -> None:
    assert demands(text)
    assert demands(text, bare=True)


@pytest.mark.parametrize(
    "text",
    [
        "Abone hoy una parte por SPEI y lo demás en la quincena.", "Si le sirve, pague una parte el viernes.",
        "Pagá hoy y después reclamás.", "Vos pagás y después reclamás.", "Mientras tanto deposite la mitad.",
        "Cancele los 2,340 y ya.",
    ],
)  # fmt: skip
def test_an_order_that_names_a_part_or_a_way_is_a_demand_only_where_the_debt_is_in_question(
    text: str,
) -> None:
    assert demands(text)
    assert not demands(text, bare=True)


@pytest.mark.parametrize(
    "text",
    [
        "No le pido que pague otra vez.", "No hace falta que pague de nuevo.",
        "Antes de que pague lo revisamos.",
        "No tiene que pagar nada.", "Nadie tiene que pagar dos veces.", "Hasta que se aclare no pague nada.",
        "Entiendo que tiene que pagar el colegio primero.", "Sé que le toca pagar la renta.",
        "¿Le toca pagar a usted o a su hermano?", "Le digo cuánto tiene que pagar.",
        "Reviso si le corresponde pagar.", "¿Qué día le paga el banco?", "Usted ya pagó.",
        "Cuando pague me avisa.", "Su hijo paga la cuota.", "No es justo que pague dos veces.",
        "Puede pagar una parte el viernes si le queda bien.",
    ],
)  # fmt: skip
def test_what_is_denied_told_asked_or_offered_is_no_demand(text: str) -> None:
    assert not demands(text)
