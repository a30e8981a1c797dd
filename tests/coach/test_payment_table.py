"""A bank's table as it comes: lines above the headings, headings in a bank's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from coach.in_english import in_english
from coach.payment_table import UnclearColumns, columns
from coach.payments import Imported, import_payments
from coach.schema_month import payments
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE

HEADINGS = "Fecha operación;Fecha valor;Concepto;Nº contrato;Importe;Saldo"
ABOVE = (
    "Banco del Istmo, S. A., Sucursal 3, Centro, Panamá, P.",
    "Periodo: 01/10/2026 - 29/11/2026;;;;;",
    "",
)
ROW = "12/11/2026;13/11/2026;SERVIPAG;CL-88410;58.000,00;1.258.000,00"
Bring = Callable[..., Imported]


@pytest.fixture
def bring(store: Store, settings: Settings, tmp_path: Path) -> Bring:
    def bring(*lines: str, encoding: str = "utf-8") -> Imported:
        file = tmp_path / "banco.csv"
        file.write_text("\n".join(lines), encoding=encoding)
        today = date(2026, 11, 30)
        return import_payments(store, settings, HOUSE, file, currency="CLP", country="CL", today=today)

    return bring


def paid_on(store: Store) -> list[date]:
    with store.reading() as connection:
        return list(connection.scalars(select(payments.c.paid_on).order_by(payments.c.id)))


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_headings_are_found_below_a_banks_own_lines(store: Store, bring: Bring, encoding: str) -> None:
    done = bring(*ABOVE, HEADINGS, ROW, ";;TOTAL;;58.000,00;", encoding=encoding)
    assert (done.new, len(done.faults)) == (1, 1)
    assert "banco.csv: fila 6: falta cuenta" in done.faults[0]
    assert paid_on(store) == [date(2026, 11, 12)]  # of the operation, not of its value


def test_in_a_book_too(store: Store, settings: Settings, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Banco"], [], HEADINGS.split(";"), [date(2026, 11, 12), "", "", "CL-1", 58000, 1]):
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    done = import_payments(store, settings, HOUSE, tmp_path / "b.xlsx", currency="CLP", country="CL")
    assert (done.new, done.faults) == (1, ())


def test_a_day_of_value_serves_where_there_is_no_other(store: Store, bring: Bring) -> None:
    assert bring("Fecha valor;Contrato;Importe", "13/11/2026;7;500").new == 1
    assert paid_on(store) == [date(2026, 11, 13)]


@pytest.mark.parametrize(
    ("title", "field"),
    [("N° contrato", "account"), ("Nro. de cuenta", "account"), ("Núm. crédito", "account"),
     ("Obligación", "account"), ("Número de la obligación", "account"), ("Código de cliente", "account"),
     ("Cuenta contrato", "account"), ("Nº de socio", "account"), ("Loan ID", "account"),
     ("Nº de operación", "reference"), ("No. recibo", "reference"), ("Operación", "account"),
     ("Clave de rastreo", "reference"), ("Nº boleta", "reference"), ("Código de aprobación", "reference"),
     ("No. pago", ""), ("ID pago", "reference"), ("Fecha de movimiento", "day"),
     ("Fecha de consignación", "day"), ("Fecha depósito", "day"), ("Fec. recaudo", "day"),
     ("Fecha y hora del pago", "day"), ("Date paid", "day"), ("Fecha contable", "day"),
     ("Valor consignado", "amount"), ("Importe depositado", "amount"), ("Monto abonado", "amount"),
     ("Valor de la consignación", "amount"), ("Total pagado", "amount"), ("Haber", "amount"),
     ("Amount paid", "amount"), ("Tipo de moneda", "currency"),
     ("Cliente", ""), ("Saldo", ""), ("Valor cuota", ""), ("Monto adeudado", ""), ("Pago mínimo", ""),
     ("Fecha de vencimiento", ""), ("Fecha de la llamada", ""), ("Cuenta destino", ""), ("Medio de pago", ""),
     ("Número de documento", "")],
)  # fmt: skip
def test_headings_in_other_words(title: str, field: str) -> None:
    assert columns([title]) == ({field: 0} if field else {})


def test_a_refusal_names_what_was_read_and_where(bring: Bring) -> None:
    with pytest.raises(CoachError) as refused:
        bring(
            *(line.replace(",", "") for line in ABOVE), "Fecha operación;Concepto;Cliente;Importe", "1;2;3;4"
        )
    assert str(refused.value) == (
        "banco.csv: falta la columna de cuenta. Como encabezados se leyó la fila 4: «Fecha operación», "
        "«Concepto», «Cliente», «Importe». Sirven, por ejemplo: «cuenta», «crédito», «préstamo», «contrato», "
        "«obligación», «número de cliente». Cambie el encabezado o diga cuál es: en la "
        "pantalla, al traer los pagos; por la terminal, con --map «COLUMNA=cuenta»."
    )
    assert "Line 4 was read as the headings" in in_english(str(refused.value))


def test_without_any_known_heading_the_first_line_is_named(bring: Bring) -> None:
    with pytest.raises(
        CoachError, match=r"de cuenta, fecha y monto\. Como encabezados se leyó la fila 1: «uno»"
    ) as refused:
        bring("uno;dos", "1;2")
    assert "the column for account, date and amount is missing" in in_english(str(refused.value))


def test_of_lines_alike_the_fullest_is_taken_for_the_headings(bring: Bring) -> None:
    with pytest.raises(UnclearColumns, match="se leyó la fila 2") as refused:
        bring("Banco;;;", "uno;dos;Referencia;", "1;2;3;", "4;5;6;")
    free = ("uno", "dos", "Referencia")
    assert refused.value.choices == {
        "account": free, "day": free, "amount": free, "currency": free,
    }  # fmt: skip


def test_a_mark_left_open_below_a_banks_own_lines_is_refused(bring: Bring) -> None:
    """It would swallow rows, however few cells the lines above have."""
    rows = (
        '1/11/2026;1;"a;C-1;5;1',
        "2/11/2026;2;b;C-2;5;1",
        '3/11/2026;3;c";C-3;5;1',
        "4/11/2026;4;d;C-4;5;1",
    )
    with pytest.raises(CoachError, match="línea 4: las comillas"):
        bring("Banco", "", HEADINGS, *rows)


def test_a_customers_number_serves_where_no_debt_is_named(store: Store) -> None:
    assert columns(["Código de cliente", "Obligación", "Total", "Valor consignado"]) == {
        "account": 1,
        "amount": 3,
    }
    assert columns(["Código de cliente", "Total"]) == {"account": 0, "amount": 1}


def test_a_person_says_which_column_is_which(store: Store, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("Titular;Día ab.;Importe;Entró\nCL-1;12/11/2026;9;500\n", encoding="utf-8")
    told = {"titular": "cuenta", "Día ab.": "fecha", "Entró": "amount", "Importe": ""}
    bring = partial(import_payments, store, settings, HOUSE, file, currency="CLP", country="CL")
    with pytest.raises(CoachError, match="falta la columna de cuenta y fecha"):
        bring()
    assert bring(said=told).new == 1
    with store.reading() as connection:
        assert connection.execute(select(payments.c.account, payments.c.amount)).one() == ("CL-1", 500)
    with pytest.raises(CoachError, match="no hay ninguna columna «Titulr»"):
        bring(said=told | {"Titulr": "cuenta"})
    with pytest.raises(CoachError, match=r"«dni» no es un dato de un pago\. Use cuenta, fecha"):
        bring(said={"Titular": "dni"})


@pytest.mark.parametrize(
    ("titles", "its"),
    [
        (("Solicitud", "Cuenta", "Fecha", "Monto"), (1, 2, 3)),
        (("No. de tarjeta", "Cuenta", "Fecha", "Monto"), (1, 2, 3)),
        (("Expediente", "Número de crédito", "Fecha", "Monto"), (1, 2, 3)),
        (("Póliza", "Fecha", "Cuenta", "Cantidad de pagos", "Monto pagado"), (2, 1, 4)),
        (("Fecha", "Total pagos", "Cuenta", "Monto"), (2, 0, 3)),
        (("Fecha ingreso", "Fecha de pago", "Contrato", "Valor"), (2, 1, 3)),
        (("Fecha", "Fecha de pago", "Contrato", "Depósitos", "Monto"), (2, 1, 4)),
        (("Cuenta", "Fecha", "Importe", "Importe cobrado"), (0, 1, 3)),
        (("Cuenta", "Fecha", "Retiros", "Depósitos"), (0, 1, 3)),
    ],
)
def test_the_plain_heading_comes_before_a_weaker_one(titles: tuple[str, ...], its: tuple[int, ...]) -> None:
    found = columns(titles)
    assert (found["account"], found["day"], found["amount"]) == its


def test_how_many_payments_is_no_sum() -> None:
    assert "amount" not in columns(["Cuenta", "Fecha", "Cantidad de pagos"])
    assert columns(["Cantidad pagada"]) == {"amount": 0}


def test_of_two_equal_columns_a_person_says_which(store: Store, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("Cuenta;Contrato;Fecha;Monto\nA-1;C-1;12/11/2026;500\n", encoding="utf-8")
    bring = partial(import_payments, store, settings, HOUSE, file, currency="CLP", country="CL")
    with pytest.raises(CoachError) as refused:
        bring()
    assert str(refused.value) == (
        "p.csv: hay más de una columna de cuenta: «Cuenta», «Contrato». Deje una sola con ese encabezado o "
        "diga cuál es: en la pantalla, al traer los pagos; por la terminal, con --map «Cuenta=cuenta»."
    )
    assert "more than one column is the" in in_english(str(refused.value))
    assert bring(said={"Cuenta": "nada"}).new == 1
    with store.reading() as connection:
        assert connection.scalar(select(payments.c.account)) == "C-1"
    assert bring(said={"Cuenta": "cuenta"}).new == 1
