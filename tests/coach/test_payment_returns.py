"""Money that went back keeps no promise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from coach.in_english import in_english
from coach.ledger import Asked, LedgerRow, ledger
from coach.payments import Imported, import_payments
from coach.schema_month import payments
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE

TODAY = date(2026, 11, 30)
LINES = "A: ¿Cuánto paga y cuándo?\nD: Pago quinientos el seis.\nA: Quinientos el seis, ¿correcto?"
PAID, BACK = "10-1,2026-11-05,500,", "10-1,2026-11-18,-500,"
UNTIL = "9,2026-11-29,1,"  # payments are known so far
Bring = Callable[..., Imported]


@pytest.fixture
def bring(store: Store, settings: Settings, keep: Callable[..., Call], tmp_path: Path) -> Bring:
    """Payments («account,day,sum,reference» a line) for a house with one promise of account 10-1: 500 on 6
    November.
    """
    promise = {"quote": 1, "amount": "500", "date": "2026-11-06", "currency": "EUR"}
    keep("a", lines=LINES, promise=promise, account="10-1", call_started_at=date(2026, 11, 5), country="ES")

    def bring(*lines: str) -> Imported:
        (tmp_path / "p.csv").write_text(
            "\n".join(["cuenta,fecha,monto,referencia", *lines]), encoding="utf-8"
        )
        path = tmp_path / "p.csv"
        return import_payments(store, settings, HOUSE, path, country="ES", currency="EUR", today=TODAY)

    return bring


def row(store: Store, settings: Settings) -> LedgerRow:
    return ledger(store, Asked(settings, HOUSE, today=TODAY)).rows[0]


def test_a_payment_that_went_back_keeps_no_promise(store: Store, settings: Settings, bring: Bring) -> None:
    bring(PAID, UNTIL)
    assert row(store, settings).state == "kept"
    done = bring(BACK)
    assert (done.new, done.faults) == (0, ())
    told = "p.csv: fila 2: devolución: el pago de 2026-11-05 ya no cuenta para ninguna promesa."
    assert done.returned == (told,)
    assert "returned: the payment of 2026-11-05 counts for no promise" in in_english(told)
    assert (row(store, settings).state, row(store, settings).paid) == ("broken", 0)


def test_the_order_of_the_lines_is_no_matter_and_the_same_file_changes_nothing(
    store: Store, settings: Settings, bring: Bring
) -> None:
    lines = (BACK, PAID, UNTIL)
    done = bring(*lines)
    assert (done.new, done.known, len(done.returned), done.faults) == (2, 0, 1, ())
    again = bring(*lines)
    assert (again.new, again.known, again.returned) == (0, 3, ())
    assert bring(PAID).known == 1  # an older file does not bring it back
    assert row(store, settings).state == "broken"


def test_one_that_is_paid_again_is_kept(store: Store, settings: Settings, bring: Bring) -> None:
    bring(PAID, "10-1,2026-11-06,-500,", "10-1,2026-11-08,500,", UNTIL)
    assert (row(store, settings).state, row(store, settings).paid_on) == ("kept", date(2026, 11, 8))


def test_of_two_payments_the_one_with_its_reference_went_back(
    store: Store, settings: Settings, bring: Bring
) -> None:
    done = bring("10-1,2026-11-05,500,R1", "10-1,2026-11-16,500,R2", "10-1,2026-11-18,-500,R1", UNTIL)
    assert "el pago de 2026-11-05" in done.returned[0]
    assert row(store, settings).state == "broken"


@pytest.mark.parametrize(
    "line", [BACK, "10-1,2026-11-04,-500,", "10-1,2026-11-18,-505,", "10-2,2026-11-18,-500,"]
)
def test_a_return_without_its_payment_is_told_and_not_used(
    store: Store, settings: Settings, bring: Bring, line: str
) -> None:
    """None is there, or only a later one, of a smaller sum or of another account."""
    before = () if line == BACK else (PAID,)
    done = bring(*before, line)
    assert (done.new, done.returned) == (len(before), ())
    (fault,) = done.faults
    assert "no es un pago: es negativo, y en las diez semanas anteriores" in fault
    assert "bring in that payment first" in in_english(fault)


def test_of_a_payment_that_went_back_in_part_the_rest_counts(
    store: Store, settings: Settings, bring: Bring
) -> None:
    bring(PAID, UNTIL)
    done = bring("10-1,2026-11-18,-200,")
    told = (
        "p.csv: fila 2: devolución: se devolvieron EUR 200 del pago de 2026-11-05; para las promesas cuenta "
        "el resto."
    )
    assert (done.returned, done.faults) == ((told,), ())
    assert "went back; the rest counts" in in_english(told)
    assert (row(store, settings).state, row(store, settings).paid) == ("partial", 300)
    assert bring("10-1,2026-11-18,-200,").known == 1
    (last,) = bring("10-1,2026-11-20,-300,").returned
    assert "se devolvió el resto (EUR 300) del pago de 2026-11-05; ya no cuenta" in last
    assert "the rest (EUR 300) of the payment" in in_english(last)
    assert (row(store, settings).state, row(store, settings).paid) == ("broken", 0)
    assert bring("10-1,2026-11-21,-1,").faults


def test_a_part_that_may_be_of_several_payments_needs_a_reference(
    store: Store, settings: Settings, bring: Bring
) -> None:
    bring("10-1,2026-11-05,500,R1", "10-1,2026-11-16,400,R2", UNTIL)
    (fault,) = bring("10-1,2026-11-18,-200,").faults
    assert "puede ser parte de varios pagos" in fault
    assert "give it the reference" in in_english(fault)
    assert row(store, settings).state == "kept"
    assert "del pago de 2026-11-05" in bring("10-1,2026-11-18,-200,R1").returned[0]
    assert row(store, settings).paid == 300


def test_a_part_with_a_reference_is_of_that_payment_where_another_has_its_sum(
    store: Store, settings: Settings, bring: Bring
) -> None:
    bring("10-1,2026-11-05,500,R1", "10-1,2026-11-16,200,R2", UNTIL)
    assert "EUR 200 del pago de 2026-11-05" in bring("10-1,2026-11-18,-200,R1").returned[0]
    assert (row(store, settings).state, row(store, settings).paid) == ("partial", 300)
    assert "el pago de 2026-11-16" in bring("10-1,2026-11-19,-200,R2").returned[0]


def test_no_payment_goes_back_twice(bring: Bring) -> None:
    done = bring(PAID, BACK, "10-1,2026-11-19,-500,")
    assert (len(done.returned), len(done.faults)) == (1, 1)


@pytest.mark.parametrize("cell", ["-500", "−500", "500-", "(500)", "-500 €", "€ -500"])
def test_minus_of_every_kind(store: Store, bring: Bring, cell: str) -> None:
    assert len(bring(PAID, f"10-1,2026-11-18,{cell},").returned) == 1


def test_a_sum_without_cents_is_no_return(store: Store, bring: Bring) -> None:
    assert bring("10-1,2026-11-05,58.000.-,").new == 1
    assert "no es una cantidad" in bring("10-1,2026-11-05,100-200,").faults[0]
    with store.reading() as connection:
        assert list(connection.scalars(select(payments.c.amount))) == [58000]


@pytest.mark.parametrize(
    ("cell", "stored"),
    [("480 mil", 480_000), ("2 millones", 2_000_000), ("-2 millones", None), ("480k", None)],
)
def test_a_sum_with_its_size_in_words_is_read_as_in_the_facts_of_a_call(
    store: Store, bring: Bring, cell: str, stored: int | None
) -> None:
    done = bring(f"10-1,2026-11-05,{cell},")
    assert len(done.faults) == (stored is None)
    with store.reading() as connection:
        assert list(connection.scalars(select(payments.c.amount))) == ([stored] if stored else [])


def test_a_sum_that_is_rounded_is_told_and_not_used(bring: Bring) -> None:
    (fault,) = bring("10-1,2026-11-05,1.5 MM,").faults
    assert "«1.5 MM» no es una cantidad escrita con todas sus cifras; la fila no se usó" in fault
    assert "is no amount written with all its figures" in in_english(fault)


def test_the_currency_of_a_return_is_put_right_with_that_of_its_payment(
    store: Store, settings: Settings, bring: Bring, tmp_path: Path
) -> None:
    lines = ["10-1,2026-11-05,500,R1", "10-1,2026-11-18,-500,R1", UNTIL]
    (tmp_path / "p.csv").write_text("\n".join(["cuenta,fecha,monto,referencia", *lines]), encoding="utf-8")
    import_payments(store, settings, HOUSE, tmp_path / "p.csv", country="ES", currency="USD", today=TODAY)
    done = bring(*lines)
    assert len(done.corrected) == 3
    told = "p.csv: fila 3: devolución: ya estaba con otra moneda: USD; se corrigió."
    assert told in done.corrected
    assert "was known with another currency: USD" in in_english(told)
    assert (row(store, settings).state, row(store, settings).paid) == ("broken", 0)
    again = bring(*lines)
    assert (again.new, again.known, again.corrected, again.faults) == (0, 3, (), ())


Table = Callable[..., list[str]]


@pytest.fixture
def table(store: Store, settings: Settings, bring: Bring, tmp_path: Path) -> Table:
    """What is told of a table whose lines say their currency: «5 500 EUR R1», and what the store has then."""

    def brought(*lines: str) -> list[str]:
        cells = (line.split() for line in lines)
        rows = (f"10-1,2026-11-{int(day):02},{','.join(rest)}" for day, *rest in cells)
        path = tmp_path / "m.csv"
        path.write_text("\n".join(["cuenta,fecha,monto,moneda,referencia", *rows]), encoding="utf-8")
        done = import_payments(store, settings, HOUSE, path, country="ES", today=TODAY)
        return [*done.corrected, *done.faults, *done.returned]

    return brought


def sums(store: Store) -> list[str]:
    query = select(payments.c.amount, payments.c.currency).order_by(payments.c.id)
    with store.reading() as connection:
        return [f"{amount:.0f} {currency}" for amount, currency in connection.execute(query)]


def test_a_return_is_not_put_right_to_a_currency_in_which_there_is_no_payment(
    store: Store, settings: Settings, table: Table
) -> None:
    table("5 500 EUR R1", "18 -500 EUR R2", "29 1 EUR")
    (fault,) = table("18 -500 USD R2")
    assert "no tiene un pago de ese monto, o mayor, en esa moneda" in fault
    assert "in that currency that may have gone back" in in_english(fault)
    assert (row(store, settings).state, row(store, settings).paid) == ("broken", 0)


def test_payments_of_one_sum_in_two_currencies_both_go_back(store: Store, table: Table) -> None:
    table("5 500 EUR", "6 500 USD")
    for back in ("18 -500 EUR", "18 -500 USD"):
        assert "ya no cuenta para ninguna promesa" in table(back)[0]
    assert sums(store) == ["500 EUR", "500 USD", "-500 EUR", "-500 USD"]
    for again in (("18 -500 USD",), ("18 -500 EUR",), ("18 -500 USD", "18 -500 EUR", "6 500 USD")):
        assert table(*again) == []
    assert len(sums(store)) == 4


def test_a_payment_without_a_reference_takes_no_others_place_for_its_currency(
    store: Store, table: Table
) -> None:
    table("20 70 EUR")
    (fault,) = table("20 70 USD")
    assert "ya estaba con otra moneda: EUR; si es otro pago, dele una referencia; la fila no se usó" in fault
    assert "if it is another payment, give it a reference" in in_english(fault)
    assert sums(store) == ["70 EUR"]
    assert table("20 70 USD R9") == []
    assert sums(store) == ["70 EUR", "70 USD"]


@pytest.mark.parametrize("first", [(), ("20 70 EUR",), ("20 70 USD",)])
def test_in_one_table_they_are_payments_of_their_own_in_any_order(
    store: Store, table: Table, first: tuple[str, ...]
) -> None:
    for line in first:
        table(line)
    for lines in (("20 70 EUR", "20 70 USD", "20 70 EUR"), ("20 70 USD", "20 70 EUR", "20 70 EUR")):
        assert table(*lines) == []
        assert sorted(sums(store)) == ["70 EUR", "70 EUR", "70 USD"]


@pytest.mark.parametrize("currency", ["PESOS", "XXX", "MNX"])
def test_what_is_no_currency_is_told(
    store: Store, settings: Settings, bring: Bring, tmp_path: Path, currency: str
) -> None:
    bring(PAID)
    with pytest.raises(CoachError, match=f"--currency: «{currency}» no es una moneda"):
        import_payments(store, settings, HOUSE, tmp_path / "p.csv", country="ES", currency=currency)
