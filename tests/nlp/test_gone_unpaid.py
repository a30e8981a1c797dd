"""How late, by how long nothing has come in and by the bill's own day; and what only sounds like it."""

from __future__ import annotations

import pytest

from nlp.tagger import hear


def late(text: str) -> set[str]:
    """Whose words of the two cues are heard."""
    return {"gone_unpaid", "lateness_said"} & hear(text, "agent").found.keys()


@pytest.mark.parametrize(
    "text",
    [
        "su estufa y su tele llevan cuatro quincenas sin abono, son tres mil doscientos pesos",
        "los muebles llevan tres meses sin un pago",
        "lleva mes y medio sin que entre un abono",
        "hace mes y medio que no entra un abono",
        "sus cuotas llevan cinco semanas sin cubrirse",
        "no nos entra un pago desde hace dos meses",
        "hace año y medio que no paga",
        "no paga hace mes y medio",
        "acumulan tres cuotas sin que se haya registrado un pago",
        "figura una factura de ciento doce euros con cuarenta del dieciocho de septiembre",
        "aparece un recibo de noventa soles con fecha dos de octubre",
        "le hablo por los novecientos pesos de la colegiatura de octubre",
        "son los ciento veinte mil del arriendo de septiembre",
        "le llamo por la colegiatura de octubre, son mil pesos",
    ],
)
def test_since_when_nothing_came_in_is_how_late_it_is(text: str) -> None:
    assert late(text) == {"gone_unpaid", "lateness_said"}


@pytest.mark.parametrize(
    "text",
    [
        "entiendo que lleva dos meses sin que le paguen",
        "su empresa lleva dos meses sin pagarle",
        "lleva tres semanas sin ingresos, me imagino",
        "hace un mes que no me entra la señal",
        "le doy dos meses sin pago y arranca en enero",
    ],
)
def test_what_the_debtor_goes_without_is_not(text: str) -> None:
    assert "gone_unpaid" not in late(text)


@pytest.mark.parametrize(
    "text",
    [
        "lleva mes y medio sin cobrar, qué difícil",
        "le mando una factura de noventa euros del dos de diciembre",
        "hace mes y medio que no nos contesta",
        "entiendo que pagó los novecientos de la colegiatura de octubre",
        "puede dar un abono de quinientos el quince",
    ],
)
def test_no_delay_is_heard_in_other_spans_and_bills(text: str) -> None:
    assert not late(text)
