"""A row of days is days: none of its numbers is a sum, and each is paid what was agreed for each."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from nlp.dates import dates
from nlp.money import amounts
from nlp.promises import weighed
from nlp.types import Part
from tests.dialogue import dialogue

CALL = date(2026, 11, 26)  # a Thursday


def days(*numbers: int, month: int = 12) -> list[date]:
    return [date(2026, month, number) for number in numbers]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("los sábados cinco, doce y diecinueve de diciembre", days(5, 12, 19)),
        ("los viernes 4, 11 y 18 de diciembre", days(4, 11, 18)),
        ("los días cinco y veinte de diciembre", days(5, 20)),
        ("los días 5, 12 y 19", days(5, 12, 19)),
        ("el cuatro, once y dieciocho de diciembre", days(4, 11, 18)),
        ("el viernes 4 y 11 de diciembre", days(4, 11)),
        ("los viernes veintisiete y cuatro", [date(2026, 11, 27), date(2026, 12, 4)]),
        ("los días 27, 4 y 11 de diciembre", [date(2026, 11, 27), *days(4, 11)]),
        ("los 15 y 30", days(15, 30)),
    ],
)
@pytest.mark.parametrize("country", ["CO", "MX", "CL", "AR", "CR"])
def test_each_number_is_a_day(said: str, meant: list[date], country: str) -> None:
    assert [day.date for day in dates(said, CALL, country)] == meant
    assert amounts(said, country, asked=True) == ()


@pytest.mark.parametrize(
    ("said", "worth"),
    [
        ("los días 5 y 12 pesos", "12000"),
        ("los días 5, 12 y 19 mil pesos", "19000"),
        ("el 4, doce mil pesos", "12000"),
    ],
)
def test_money_beside_a_day_stays_money(said: str, worth: str) -> None:
    assert [one.value for one in amounts(said, "CO", asked=True)] == [Decimal(worth)]


def test_a_range_is_no_row() -> None:
    assert [day.date for day in dates("entre el 5 y el 10 de diciembre", CALL, "CO")] == [None]


@pytest.mark.parametrize(
    ("said", "first", "later"),
    [
        ("tres pagos de dos mil pesos, los viernes cuatro, once y dieciocho de diciembre", 4, days(11, 18)),
        ("dos pagos de dos mil pesos, los días 15 y 30 de diciembre", 15, days(30)),
        (
            "tres pagos de dos mil pesos, el primero el cuatro de diciembre y luego los viernes 11 y 18",
            4,
            days(11, 18),
        ),
        # as many days as payments, or the first alone
        ("cuatro pagos de dos mil pesos, los viernes cuatro, once y dieciocho de diciembre", 4, []),
    ],
)
def test_equal_parts_on_listed_days(said: str, first: int, later: list[date]) -> None:
    call = dialogue(
        f"""
        A: Le llamo por su préstamo, debe seis mil pesos.
        D: Se me juntaron los gastos.
        A: Le repito: {said}, en el banco. ¿De acuerdo?
        D: Sí, de acuerdo.
        """,
        country="MX",
        call_started_at=datetime(2026, 11, 26, 10),
    )
    promise = weighed(call).promise
    assert promise is not None
    assert (promise.amount, promise.date) == (Decimal(2000), date(2026, 12, first))
    assert promise.later == tuple(Part(Decimal(2000), day) for day in later)
