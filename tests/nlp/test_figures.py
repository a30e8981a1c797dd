"""What the agent says in figures: the debt, the time late, what is offered; and what only sounds like it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nlp.figures import agent_figures, authorized
from tests.dialogue import dialogue


def figures(words: str, kind: str, **recording: Any) -> list[Decimal]:
    call = dialogue(f"A: {words}", **{"country": "MX", **recording})
    return [figure.value for figure in agent_figures(call) if figure.kind == kind]


@pytest.mark.parametrize(
    ("words", "debt"),
    [
        ("Su saldo vencido es de 4,200 pesos.", [4200]),
        ("Debe 6,300 pesos, con 45 días de atraso.", [6300]),
        ("No debe 8,000 pesos. Su deuda es de 3,000 pesos.", [3000]),
        ("Su adeudo de 4,200, con el descuento, queda en 2,900 pesos.", [4200]),
        ("Si paga 2,000 pesos hoy, liquida su adeudo.", []),
        ("Si no paga su deuda de 5,000 pesos, sube la mora.", [5000]),
        ("Si paga hoy su deuda de 5,000 pesos no hay recargo.", [5000]),
        ("La deuda original era de 3,000 pesos y hoy su saldo es de 4,200 pesos.", [4200]),
        ("Entonces me paga 2,000 pesos de su saldo vencido.", []),
        ("Tiene que pagar 6,300 pesos de saldo vencido.", [6300]),
        ("Le cobramos 200 pesos. Su deuda es de 3,000 pesos.", [3000]),
        ("Su cuota vencida es de 800 pesos.", []),
        ("Puede ser en seis cuotas de 300, o bien un enganche de 500 y el saldo en tres.", []),
        ("Puede dar un pie de 30,000 pesos y el saldo lo repactamos.", []),
        ("Le adelanto que su saldo es de 4,200 pesos.", [4200]),
        ("Sobre eso se cobra mora, que son 35 pesos.", []),
        ("Con 380 el martes 17 el atraso deja de crecer, y el resto, 370, lo acomodamos el 2.", []),
        ("con 500 el martes el atraso deja de crecer y el resto 400 lo acomodamos el 2", []),
        ("Me da 2,000 pesos este viernes de su saldo vencido.", []),
        ("Tiene vencidos 380 pesos el martes.", [380]),
        ("¿Usted no podría dar quinientos pesos de lo que él debe?", []),
        ("Abóneme 500 pesos de los que debe.", []),
    ],
)
def test_a_debt_is_what_is_owed_in_full_today(words: str, debt: list[int]) -> None:
    assert figures(words, "debt") == debt


@pytest.mark.parametrize(
    ("words", "days", "months"),
    [
        ("Su cuenta lleva 90 días vencida.", [90], []),
        ("Tiene una mora de sesenta días.", [60], []),
        ("Su cuota venció hace 12 días.", [12], []),
        ("Usted tiene seis meses de atraso.", [], [6]),
        ("Va con un mes de atraso.", [], [1]),
        ("Tiene tres meses vencidos.", [], []),  # instalments, not time
        ("A los 90 días de mora se reporta.", [], []),
        ("No tiene 90 días de atraso.", [], []),
        ("Lleva más de 60 días de atraso.", [], []),
        ("Le congelo los intereses de mora por sesenta días.", [], []),
        ("Si el pago entró el diecisiete solo correspondería la mora de dos días.", [], []),
        ("Si entró ayer, serían tres días de atraso.", [], []),
        ("Su cuota lleva diez días de atraso; si paga hoy, no correspondería recargo.", [10], []),
    ],
)
def test_how_long_it_is_late_now(words: str, days: list[int], months: list[int]) -> None:
    assert figures(words, "days_late") == days
    assert figures(words, "months_late") == months


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("Le puedo ofrecer un descuento del 30 %.", [30]),
        ("No le puedo hacer un descuento del 50 %, no lo tengo autorizado.", []),
        ("No tengo problema en darle una quita del 40 %.", [40]),
        ("No pierda el descuento del 50 %.", [50]),
        ("Si no puede pagar todo, le doy una quita del 20 %.", [20]),
        ("Usted me pide una rebaja del 60 %.", []),
        ("El descuento del 50 % ya no aplica.", []),
        ("No es un descuento del 50 % sino una quita del 10 %.", [10]),
        ("Paga solo el 40 % y se cierra la cuenta.", [60]),
        ("Paga el 30 % hoy y el resto en dos meses.", []),
        ("Abone al menos el 30 %.", []),
    ],
)
def test_a_share_is_off_where_it_is_offered(words: str, share: list[int]) -> None:
    assert figures(words, "share_off") == share


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Puede pagarlo en 6 cuotas.", [6]),
        ("Puede hacerlo en 4 pagos semanales.", [4]),
        ("Entonces puede pagar en 2 semanas.", []),
        ("No puedo ofrecerle 12 cuotas, solo 3 cuotas.", [3]),
        ("Le llamo porque en su cuenta hay tres cuotas vencidas.", []),
        ("Su préstamo se otorgó en 24 cuotas.", []),
        ("Puede ver que debe 3 cuotas.", []),
        ("En su caso lleva 6 meses de atraso.", []),
        ("¿Le paso un plan? Seis cuotas de treinta mil pesos.", [6]),
    ],
)
def test_parts_are_those_that_are_offered(words: str, parts: list[int]) -> None:
    assert figures(words, "parts") == parts


def test_what_a_case_authorises() -> None:
    allowed = authorized(["quita 30 %", "12 semanas", "condonación de intereses"])

    assert (allowed.share_off, allowed.parts, allowed.waives) == (30, 12, True)


@pytest.mark.parametrize(
    ("offer", "waives"),
    [
        ("Sin descuento", False), ("sin quita", False), ("sin opción a quita", False),
        ("no aplica descuento", False), ("no se autoriza condonación", False), ("ninguna quita", False),
        ("sin quita ni condonación de intereses", False), ("descuento: no aplica", False),
        ("condonación de intereses: no", False), ("descuento 0 %", False), ("3 cuotas sin descuento", False),
        ("descuento", True), ("quita, sin intereses", True), ("descuento no mayor a 30 %", True),
        ("no más de 30 % de descuento", True), ("condonación de mora", True), ("descuento 30 %", True),
    ],
)  # fmt: skip
def test_an_offer_that_says_there_is_none_waives_nothing(offer: str, waives: bool) -> None:
    allowed = authorized([offer])

    assert allowed.waives == waives
    assert waives or not allowed.extras_off


def test_a_share_off_the_interest_is_none_off_the_debt() -> None:
    words = "Le descuento la mitad de los intereses, o una quita del 20 por ciento sobre la mora."
    assert figures(words, "extras_off") == [50, 20]
    assert figures(words, "share_off") == []
    assert authorized(["condonación de intereses"]).extras_off == 100
    assert authorized(["descuento 50 % de intereses"]).share_off == 0
