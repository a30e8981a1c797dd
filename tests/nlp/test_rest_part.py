"""The middle of a month is a day and no sum; the rest of the debt is what the first part leaves of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nlp.dates import dates
from nlp.figures import agent_figures
from nlp.money import amounts
from nlp.promises import weighed
from nlp.types import Part, Promise
from tests.dialogue import dialogue

DAY = date(2026, 11, 26)
OPENS = "A: Tiene una mora de setecientos mil pesos desde agosto. ¿Cuándo podría pagar?\n"


def promised(lines: str, *, due: int | None = 700_000, opens: str = OPENS) -> Promise:
    about: dict[str, Any] = {} if due is None else {"amount_due": due, "currency": "COP"}
    found = weighed(dialogue(opens + lines, country="CO", call_started_at=DAY, **about)).promise
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "El resto a mitad de mes.",
        "el saldo a mitad de diciembre",
        "en la mitad del mes que viene",
        "a mitad mes",
        "a mitad de la quincena",
        "a media quincena",
        "a mitad de semana",
        "la mitad de la prima",
        "la mitad de mi sueldo",
    ],
)
def test_the_middle_of_a_time_and_half_of_a_pay_are_no_half_of_the_debt(text: str) -> None:
    assert amounts(text, "CO", hint=Decimal(700_000)) == ()


@pytest.mark.parametrize(
    "text", ["la mitad", "la mitad este mes", "la mitad de la deuda", "la mitad el quince", "La otra mitad."]
)
def test_half_of_the_debt_is_a_sum(text: str) -> None:
    assert [a.value for a in amounts(text, "CO", hint=Decimal(700_000))] == [Decimal(350_000)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("a mitad de mes", date(2026, 12, 15)),
        ("en la mitad de diciembre", date(2026, 12, 15)),
        ("a mitad mes", date(2026, 12, 15)),
        ("a mitad de la quincena", None),
        ("a media semana", None),
    ],
)
def test_the_middle_of_a_month_is_the_fifteenth_and_of_less_no_day(text: str, day: date | None) -> None:
    assert [found.date for found in dates(text, DAY, "CO")] == [day]


def test_half_this_month_names_no_day() -> None:
    assert dates("la mitad este mes", DAY, "CO") == ()


@pytest.mark.parametrize(
    "rest",
    [
        "el resto a mitad de mes",
        "el saldo a mitad de diciembre",
        "lo demás el quince",
        "lo otro a mediados de mes",
        "lo que falta se lo pago el quince",
        "el quince el resto",
    ],
)
def test_the_rest_is_what_the_first_part_leaves(rest: str) -> None:
    found = promised(f"D: Le doy doscientos mil el viernes y {rest}.\nA: Listo.\nD: Gracias.")
    assert (found.amount, found.date) == (Decimal(200_000), date(2026, 11, 27))
    assert found.later == (Part(Decimal(500_000), date(2026, 12, 15)),)


def test_the_rest_told_apart_from_the_first_part() -> None:
    found = promised(
        """
        D: Sí, yo sé. El lunes le consigo cuatrocientos mil.
        A: Perfecto, cuatrocientos mil el lunes. ¿Y el resto?
        D: El resto a mitad de mes.
        A: Listo: cuatrocientos mil el lunes y el resto a mitad de mes.
        D: Gracias.
        """.replace("        ", "")
    )
    assert found.amount == Decimal(400_000)
    assert found.later == (Part(Decimal(300_000), date(2026, 12, 15)),)


def test_after_a_half_the_other_is_the_other_half() -> None:
    told = "D: La mitad el viernes y {}.\nA: Listo.\nD: Sí."
    for other in ("la otra a mediados", "la otra mitad a mitad de mes"):
        assert promised(told.format(other)).later == (Part(Decimal(350_000), date(2026, 12, 15)),)


@pytest.mark.parametrize(
    "told",
    [
        "Le doy doscientos mil el viernes y la mitad a mitad de mes.",  # half of the debt or of the rest
        "Le doy doscientos mil el viernes y el resto a mitad de quincena.",
        "Le doy doscientos mil el viernes y el resto el quince o el treinta.",
        "Le doy doscientos mil el viernes y el resto el quince si me pagan.",
        "Le doy doscientos mil el viernes y el resto después.",
    ],
)
def test_no_sum_or_day_is_made_up_for_the_rest(told: str) -> None:
    assert promised(f"D: {told}\nA: Doscientos mil el viernes.\nD: Sí.").later == ()


def test_of_a_debt_that_nobody_named_nothing_is_reckoned() -> None:
    told = "D: Le doy doscientos mil el viernes y el resto el quince.\nA: Listo.\nD: Sí."
    assert promised(told, due=None, opens="A: ¿Cuándo podría pagar?\n").later == ()


def test_with_a_discount_on_the_table_what_is_left_is_not_known() -> None:
    told = """A: Le hago una quita del 20 por ciento. ¿Cuándo podría pagar?
D: Le doy doscientos mil el viernes y el resto el quince.
A: Listo.
D: Sí."""
    assert promised(told, opens="").later == ()


def test_the_agent_states_no_half_of_the_debt_with_the_middle_of_the_month() -> None:
    call = dialogue(
        "A: Quedamos: doscientos mil el viernes y el saldo pendiente a mitad de mes.",
        country="CO",
        call_started_at=DAY,
        amount_due=700_000,
    )
    assert Decimal(350_000) not in {figure.value for figure in agent_figures(call)}
