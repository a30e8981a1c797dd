"""A day of a payment that is in doubt, yet to come or of long ago makes no promise broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Self

import pytest
from sqlalchemy import insert, select

from coach import days_ahead
from coach.in_english import in_english
from coach.ledger import Asked, ledger, summary
from coach.payment_spans import Span
from coach.payments import Imported, import_payments
from coach.schema_month import payments
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE

TODAY = date(2026, 11, 30)
LINES = "A: ¿Cuánto paga y cuándo?\nD: Pago quinientos el seis.\nA: Quinientos el seis, ¿correcto?"
Bring = Callable[..., Imported]


@pytest.fixture
def bring(store: Store, settings: Settings, keep: Callable[..., Call], tmp_path: Path) -> Bring:
    """Payments («account,day,sum» a line) for a house with one promise of account 10-1, for 6 November."""
    promise = {"quote": 1, "amount": "500", "date": "2026-11-06", "currency": "MXN"}
    keep("a", lines=LINES, promise=promise, account="10-1", call_started_at=date(2026, 11, 2), country="MX")
    keep("u", lines=LINES, account="10-2", call_started_at=date(2026, 11, 2), country="US")

    def bring(*lines: str, country: str = "") -> Imported:
        (tmp_path / "p.csv").write_text("\n".join(["cuenta,fecha,monto,moneda", *lines]), encoding="utf-8")
        return import_payments(store, settings, HOUSE, tmp_path / "p.csv", country=country, today=TODAY)

    return bring


def paid_on(store: Store) -> list[date]:
    with store.reading() as connection:
        return list(connection.scalars(select(payments.c.paid_on).order_by(payments.c.id)))


def state(store: Store, settings: Settings) -> str:
    (row,) = ledger(store, Asked(settings, HOUSE, today=TODAY)).rows
    return row.state


@pytest.mark.parametrize("day", ["04/11/2062", "2026-12-01", "2026-12-06"])
def test_a_payment_of_a_day_to_come_is_told_and_not_used(
    store: Store, settings: Settings, bring: Bring, day: str
) -> None:
    done = bring(f"88-777,{day},1500,MXN")
    assert done.new == 0
    why = f"«{day}» es un día que aún no llega; revise la fecha"
    assert done.faults == (f"p.csv: fila 2: {why}; la fila no se usó.",)
    assert state(store, settings) == "unknown"


def test_a_payment_of_today_is_taken(store: Store, bring: Bring) -> None:
    assert bring("88-777,2026-11-30,1500,MXN").new == 1


def test_one_of_long_ago_is_told_and_not_used(store: Store, bring: Bring) -> None:
    done = bring("88-777,04/11/2006,1500,MXN")
    assert done.new == 0
    assert "«04/11/2006» es de hace más de diez años; revise la fecha" in done.faults[0]


def test_those_of_before_the_first_call_are_kept_and_told(store: Store, bring: Bring) -> None:
    done = bring("10-1,04/11/2025,500,MXN", "10-1,05/11/2026,20,MXN")
    assert (done.new, done.faults) == (2, ())
    assert done.early.startswith("Pagos de antes de la primera llamada (2026-11-02): 1, en las filas 2.")
    assert bring("10-1,05/11/2026,20,MXN").early == ""


@pytest.mark.parametrize("ahead", [TODAY + timedelta(days=1), date(2062, 11, 4)])
def test_a_store_that_holds_such_a_payment_knows_no_day_for_it(
    store: Store, settings: Settings, bring: Bring, ahead: date
) -> None:
    """Earlier versions took them."""
    row = {"account": "88-777", "amount": Decimal(1500), "currency": "MXN", "reference": ""}
    with store.writing() as connection:
        connection.execute(insert(payments).values(paid_on=ahead, **row))
    assert state(store, settings) == "unknown"
    assert summary(store, Asked(settings, HOUSE, today=TODAY)).known == ()
    bring("10-1,2026-11-01,10,MXN", "88-777,2026-11-07,10,MXN")
    known = (Span("MXN", date(2026, 11, 1), date(2026, 11, 7)),)
    assert summary(store, Asked(settings, HOUSE, today=TODAY)).known == known
    assert state(store, settings) == "unknown"  # the days of grace are not over
    bring("10-1,2026-11-01,10,MXN", "88-777,2026-11-20,10,MXN")
    assert state(store, settings) == "broken"


def test_today_is_that_of_the_country() -> None:
    assert days_ahead.today_of(["ES", "MX"]) >= days_ahead.today_of(["MX"])
    assert days_ahead.today_of([""]) == date.today()


def test_where_no_country_is_known_today_is_that_of_this_machine(
    store: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not New York's, for all that a day may be written as there; nor that of another account's country."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(2026, 11, 30, 2, 52, tzinfo=UTC).astimezone(tz)

    class Here(date):
        @classmethod
        def today(cls) -> Self:
            return cls(2026, 11, 30)

    monkeypatch.setattr(days_ahead, "datetime", Clock)
    monkeypatch.setattr(days_ahead, "date", Here)
    file = tmp_path / "p.csv"
    file.write_text("cuenta,fecha,monto,moneda\n9,2026-11-30,5,EUR\n", encoding="utf-8")
    assert import_payments(store, settings, HOUSE, file).faults == ()
    assert days_ahead.today_of(["US"]) == date(2026, 11, 29)
    assert days_ahead.today_of(["US", ""]) == date(2026, 11, 30)


def test_a_file_of_two_minds_is_in_doubt_where_both_days_are_possible(store: Store, bring: Bring) -> None:
    lines = ("10-1,11/27/2026,50,MXN", "10-1,12/04/2026,51,MXN", "10-1,11/11/2026,52,MXN")
    done = bring(*lines)
    assert done.faults == (
        "p.csv: fila 3: «12/04/2026» puede ser 2026-04-12 o 2026-12-04: la fila 2 («11/27/2026») solo se "
        "entiende con el mes primero; escriba AAAA-MM-DD; la fila no se usó.",
    )
    assert paid_on(store) == [date(2026, 11, 27), date(2026, 11, 11)]
    assert "line 2 (“11/27/2026”) can only be read month first" in in_english(done.faults[0])


def test_the_country_that_is_named_settles_it(store: Store, bring: Bring) -> None:
    done = bring("10-1,11/27/2026,50,MXN", "10-1,11/04/2026,51,MXN", country="US")
    assert (done.new, done.faults) == (2, ())
    assert paid_on(store) == [date(2026, 11, 27), date(2026, 11, 4)]


def test_a_country_that_the_file_speaks_against_does_not(bring: Bring) -> None:
    done = bring("10-1,27/10/2026,50,MXN", "10-1,10/04/2026,51,MXN", country="US")
    assert done.new == 1
    assert "fila 2 («27/10/2026») solo se entiende con el día primero" in done.faults[0]


def test_what_the_file_shows_speaks_against_accounts_of_other_countries_too(
    store: Store, bring: Bring
) -> None:
    """One program wrote it: the line of an account of the United States tells of one of Mexico."""
    done = bring("10-2,11/27/2026,50,USD", "10-2,11/04/2026,51,USD", "10-1,05/11/2026,52,MXN")
    assert paid_on(store) == [date(2026, 11, 27), date(2026, 11, 4)]
    (fault,) = done.faults
    assert "fila 4: «05/11/2026» puede ser 2026-05-11 o 2026-11-05: la fila 2 («11/27/2026»)" in fault


def test_a_day_first_line_of_one_account_speaks_against_one_of_the_united_states(
    store: Store, bring: Bring
) -> None:
    done = bring("10-1,23/10/2026,50,MXN", "10-2,05/11/2026,51,USD", "10-1,05/11/2026,52,MXN")
    assert paid_on(store) == [date(2026, 10, 23), date(2026, 11, 5)]
    assert "fila 3: «05/11/2026»" in done.faults[0]
    assert "solo se entiende con el día primero" in done.faults[0]


def test_a_file_that_shows_both_orders_leaves_every_other_line_in_doubt(store: Store, bring: Bring) -> None:
    done = bring(
        "10-1,23/10/2026,50,MXN", "10-2,10/23/2026,51,USD", "10-1,05/11/2026,5,MXN", "10-2,05/11/2026,5,USD"
    )
    assert paid_on(store) == [date(2026, 10, 23), date(2026, 10, 23)]
    assert [fault.partition(": ")[2][:6] for fault in done.faults] == ["fila 4", "fila 5"]


def test_accounts_of_both_orders_and_no_line_that_shows_one_are_in_doubt(store: Store, bring: Bring) -> None:
    lines = ("10-1,05/11/2026,50,MXN", "10-2,06/11/2026,51,USD", "10-2,2026-11-06,52,USD")
    done = bring(*lines)
    assert paid_on(store) == [date(2026, 11, 6)]
    assert len(done.faults) == 2
    assert "el archivo trae cuentas de países que escriben el día y el mes al revés" in done.faults[0]
    assert "no line shows how it writes them" in in_english(done.faults[0])
    assert bring(*lines, country="MX").new == 2


def test_one_day_read_both_ways_is_no_doubt(store: Store, bring: Bring) -> None:
    assert bring("10-1,05/11/2026,50,MXN", "10-2,11/11/2026,51,USD").faults == ()
    assert paid_on(store) == [date(2026, 11, 5), date(2026, 11, 11)]


@pytest.mark.parametrize(
    "day",
    ["28-nov-2026", "28 de noviembre de 2026", "28/Nov/26", "28 nov. 2026", "28-NOV-2026 10:30",
     "Nov 28, 2026", "November 28th, 2026", "2026-nov-28", "28 de noviembre del 2026"],
)  # fmt: skip
def test_a_month_may_be_a_word(store: Store, bring: Bring, day: str) -> None:
    assert bring(f'10-1,"{day}",50,MXN').faults == ()
    assert paid_on(store) == [date(2026, 11, 28)]


@pytest.mark.parametrize("day", ["31-nov-2026", "28-nob-2026", "nov-2026", "28-nov"])
def test_what_is_no_day_is_none_with_a_word_either(bring: Bring, day: str) -> None:
    (fault,) = bring(f"10-1,{day},50,MXN").faults
    assert f"«{day}» no es una fecha" in fault
    assert "HH:MM" not in fault
