"""Payments from a table (CSV or XLSX), one a line: account, day, amount, and where known currency and
reference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, insert, select

from coach import audit, promises
from coach.schema import recordings
from coach.schema_month import payments
from coach.settings import Settings
from coach.store import Store
from coach.tables import Line, Table, read_table
from coach.types import CoachError
from coach.viewers import Viewer
from nlp.countries import country_of
from transcripts.facts import values
from transcripts.facts.titles import plain
from transcripts.facts.values import Place

_NAMES = {
    "account": "cuenta account numero_de_cuenta numero_cuenta no_de_cuenta no_cuenta credito numero_credito "
    "operacion contrato",
    "day": "fecha fecha_de_pago fecha_pago paid_on date payment_date dia day",
    "amount": "monto importe pago valor amount monto_pagado monto_del_pago abono",
    "currency": "moneda currency divisa",
    "reference": "referencia reference folio recibo comprobante transaccion id id_pago numero_de_operacion",
}
_FIELD = {alias: field for field, aliases in _NAMES.items() for alias in aliases.split()}
_NEEDED = {"account": "cuenta", "day": "fecha", "amount": "monto"}
_PAGE = 500
_MOST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Payment:
    account: str
    paid_on: date
    amount: Decimal
    currency: str
    reference: str


@dataclass(frozen=True, slots=True)
class Imported:
    """`new` rows were kept, `known` were there already, `faults` say row by row what could not be used.
    `strays`: how many of the new ones are of an account that no call has; a call of it may come yet.
    """

    new: int
    known: int
    faults: tuple[str, ...]
    strays: int = 0


def import_payments(
    store: Store, settings: Settings, viewer: Viewer, path: Path, *, currency: str = "", country: str = ""
) -> Imported:
    """Keep the payments of a file and reckon the ledger anew. The same file twice changes nothing.

    `currency` and `country` hold for lines that do not say it; else those of the settings' country.
    """
    viewer.require("upload")
    table = read_table(path)
    place = Place(country or settings.country or None)
    found, faults = parse(table, place, currency or country_of(place.country).currency or "")
    promises.backfill(store)
    new = strays = 0
    for start in range(0, len(found), _PAGE):
        with store.writing() as connection:
            kept, alone = _keep(connection, found[start : start + _PAGE])
        new, strays = new + kept, strays + alone
    with store.writing() as connection:
        audit.record(connection, viewer, "payments.import", f"file:{table.name}", new=new, faults=len(faults))
    promises.reckon(store, settings)
    return Imported(new, len(found) - new, faults, strays)


def import_upload(
    store: Store, settings: Settings, viewer: Viewer, name: str, data: bytes, *, currency: str = ""
) -> Imported:
    """The same for a file that came by the browser, with the name that its person knows."""
    viewer.require("upload")
    with TemporaryDirectory() as folder:
        file = Path(folder) / (Path(name).name[-100:] or "pagos.csv")
        file.write_bytes(data)
        return import_payments(store, settings, viewer, file, currency=currency)


def parse(table: Table, place: Place, currency: str) -> tuple[list[Payment], tuple[str, ...]]:
    """The payments of a table, and what is wrong with the lines that are none.

    Equal lines without a reference are payments of their own: they are numbered within the file.
    """
    columns = _columns(table)
    found: list[Payment] = []
    faults: list[str] = []
    again: Counter[tuple[str, date, Decimal]] = Counter()
    for line in table.lines:
        try:
            payment = _payment(line, columns, place, currency)
        except ValueError as error:
            faults.append(f"{table.name}: fila {line.number}: {error}; la fila no se usó.")
            continue
        if not payment.reference:
            key = (payment.account, payment.paid_on, payment.amount)
            again[key] += 1
            number = f"#{again[key]}" if again[key] > 1 else ""
            payment = Payment(*key, payment.currency, number)
        found.append(payment)
    return found, tuple(faults)


def _columns(table: Table) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, title in enumerate(table.header):
        if field := _FIELD.get(plain(title)):
            columns.setdefault(field, at)
    missing = [label for field, label in _NEEDED.items() if field not in columns]
    if missing:
        raise CoachError(
            "{file}: falta la columna de {missing}. Se necesitan cuenta, fecha y monto; "
            "moneda y referencia son opcionales.",
            file=table.name,
            missing=", ".join(missing),
        )
    return columns


def _payment(line: Line, columns: Mapping[str, int], place: Place, currency: str) -> Payment:
    """ValueError with the reason where the line is no payment."""
    if any(at in line.formulas for at in columns.values()):
        raise ValueError("tiene una fórmula; pegue el valor")
    cells = {field: line.cells[at] if at < len(line.cells) else "" for field, at in columns.items()}
    if missing := [label for field, label in _NEEDED.items() if not cells[field]]:
        raise ValueError(f"falta {missing[0]}")
    read = {}
    for field, convert in (("day", values.day), ("amount", values.amount)):
        try:
            read[field] = convert(cells[field], place)
        except ValueError as error:
            raise ValueError(f"«{cells[field][:40]}» {error}") from error
    exact = Decimal(str(read["amount"]))
    fits = exact.is_finite() and 0 < exact < _MOST  # what has more digits cannot be rounded
    amount = exact.quantize(Decimal("0.01")) if fits else Decimal()
    if not amount:
        why = "debe ser mayor que cero" if exact.is_finite() and exact < _MOST else "es demasiado grande"
        raise ValueError(f"«{cells['amount'][:40]}» no es un pago: el monto {why}")
    money = values.currency(cells["currency"], place) if cells.get("currency") else currency
    if not money:
        raise ValueError("no dice la moneda; agregue una columna «moneda» o indique --currency")
    day = read["day"]
    if not isinstance(day, date):
        raise TypeError(day)
    return Payment(cells["account"][:200], day, amount, money, cells.get("reference", "")[:200])


def _keep(connection: Connection, found: list[Payment]) -> tuple[int, int]:
    """How many are new, and how many of those are of an account that no call has."""
    of = payments.c
    stored = select(of.account, of.paid_on, of.amount, of.reference).where(
        of.account.in_({one.account for one in found})
    )
    known = {(row.account, row.paid_on, row.amount, row.reference) for row in connection.execute(stored)}
    new: dict[tuple[str, date, Decimal, str], Payment] = {}
    for one in found:
        key = (one.account, one.paid_on, one.amount, one.reference)
        if key not in known:
            new.setdefault(key, one)
    if new:
        rows = [
            {"account": one.account, "paid_on": one.paid_on, "amount": one.amount, "currency": one.currency,
             "reference": one.reference}
            for one in new.values()
        ]  # fmt: skip
        connection.execute(insert(payments), rows)
    accounts = {one.account for one in new.values()}
    query = select(recordings.c.account).where(recordings.c.account.in_(accounts)).distinct()
    called = set(connection.execute(query).scalars())
    return len(new), sum(one.account not in called for one in new.values())
