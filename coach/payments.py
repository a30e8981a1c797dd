"""Payments from a table (CSV or XLSX), one a line: account, day, amount, and where known currency and
reference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select

from coach import audit, payment_rows, promises
from coach.payment_rows import Payment
from coach.schema import recordings
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
_LONGEST = 200  # letters of an account or a reference
_MOST = Decimal(10) ** 12
_ANYWHERE = ("", "US")  # both orders of day and month
_TWO_DAYS = "puede ser {first} o {other}; escriba AAAA-MM-DD o indique el país con --country"
_TWICE = "la referencia ya viene en la fila {row} con otros datos; si es otro pago, dele otra referencia"


@dataclass(frozen=True, slots=True)
class Imported:
    """`new` rows were kept, `known` were there already, `faults` say row by row what could not be used.
    `strays`: how many of the new ones are of an account that no call has; a call of it may come yet.
    `corrected` says row by row what was there with another day, sum or currency.
    """

    new: int
    known: int
    faults: tuple[str, ...]
    strays: int = 0
    corrected: tuple[str, ...] = ()


def import_payments(
    store: Store, settings: Settings, viewer: Viewer, path: Path, *, currency: str = "", country: str = ""
) -> Imported:
    """Keep the payments of a file and reckon the ledger anew. The same file twice changes nothing; one put
    right takes the place of what it said before of the same references.

    `currency` and `country` hold for lines that do not say it; else it is what the account's own calls say,
    else the settings' country.
    """
    viewer.require("upload")
    table = read_table(path)
    columns = _columns(table)
    with store.reading() as connection:
        places = _countries(connection, _accounts(table, columns), country, settings.country or "")
    found, faults = parse(table, columns, places, currency)
    promises.backfill(store)
    kept: list[payment_rows.Kept] = []
    for start in range(0, len(found), _PAGE):
        with store.writing() as connection:
            kept.append(payment_rows.keep(connection, found[start : start + _PAGE]))
    new, refused = sum(part.new for part in kept), [one for part in kept for one in part.refused]
    corrected = tuple(f"{table.name}: fila {row}: {told}." for part in kept for row, told in part.corrected)
    faults += tuple(_fault(table, row, why) for row, why in refused)
    with store.writing() as connection:
        put_right = {"corrected": len(corrected)} if corrected else {}
        audit.record(
            connection, viewer, "payments.import", f"file:{table.name}",
            new=new, **put_right, faults=len(faults),
        )  # fmt: skip
    promises.reckon(store, settings)
    known = len(found) - new - len(corrected) - len(refused)
    return Imported(new, known, faults, sum(part.strays for part in kept), corrected)


def import_upload(
    store: Store, settings: Settings, viewer: Viewer, name: str, data: bytes, *, currency: str = ""
) -> Imported:
    """The same for a file that came by the browser, with the name that its person knows."""
    viewer.require("upload")
    with TemporaryDirectory() as folder:
        file = Path(folder) / (Path(name).name[-100:] or "pagos.csv")
        file.write_bytes(data)
        return import_payments(store, settings, viewer, file, currency=currency)


def parse(
    table: Table, columns: Mapping[str, int], places: Mapping[str, tuple[str, ...]], currency: str
) -> tuple[list[Payment], tuple[str, ...]]:
    """The payments of a table, and what is wrong with the lines that are none. `places`: see `_countries`.

    Equal lines without a reference are payments of their own: they are numbered within the file. Of lines
    with one reference that differ the first holds, as nobody can tell which is right.
    """
    found: list[Payment] = []
    faults: list[str] = []
    again: Counter[tuple[str, date, Decimal]] = Counter()
    named: dict[tuple[str, str], Payment] = {}
    for line in table.lines:
        try:
            payment = _payment(line, columns, places, currency)
        except ValueError as error:
            faults.append(_fault(table, line.number, str(error)))
            continue
        if payment.reference:
            first = named.setdefault((payment.account, payment.reference), payment)
            if replace(first, row=payment.row) != payment:
                faults.append(_fault(table, payment.row, _TWICE.format(row=first.row)))
                continue
        else:
            key = (payment.account, payment.paid_on, payment.amount)
            again[key] += 1
            payment = replace(payment, again=again[key])
        found.append(payment)
    return found, tuple(faults)


def _fault(table: Table, row: int, why: str) -> str:
    return f"{table.name}: fila {row}: {why}; la fila no se usó."


def _accounts(table: Table, columns: Mapping[str, int]) -> set[str]:
    at = columns["account"]
    return {line.cells[at][:_LONGEST] for line in table.lines if at < len(line.cells)}


def _countries(
    connection: Connection, accounts: Collection[str], asked: str, house: str
) -> dict[str, tuple[str, ...]]:
    """By account, the countries that its lines may be written for: the one asked for, else those of its own
    calls, else the house's, else any.
    """
    if asked:
        return dict.fromkeys(accounts, (asked,))
    r, names = recordings.c, sorted(accounts)
    told: dict[str, list[str]] = defaultdict(list)
    for start in range(0, len(names), _PAGE):
        its = (r.account.in_(names[start : start + _PAGE]), r.country.is_not(None))
        for account, country in connection.execute(select(r.account, r.country).where(*its).distinct()):
            told[account].append(country)
    otherwise = (house,) if house else _ANYWHERE
    return {account: tuple(sorted(told.get(account, otherwise))) for account in accounts}


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


def _payment(
    line: Line, columns: Mapping[str, int], places: Mapping[str, tuple[str, ...]], currency: str
) -> Payment:
    """ValueError with the reason where the line is no payment."""
    if any(at in line.formulas for at in columns.values()):
        raise ValueError("tiene una fórmula; pegue el valor")
    cells = {field: line.cells[at] if at < len(line.cells) else "" for field, at in columns.items()}
    if missing := [label for field, label in _NEEDED.items() if not cells[field]]:
        raise ValueError(f"falta {missing[0]}")
    account = cells["account"][:_LONGEST]
    countries = places[account]
    day, amount = _day(cells["day"], countries), _amount(cells["amount"])
    if cells.get("currency"):
        money = values.currency(cells["currency"], Place())
    else:
        usual = {country_of(one).currency or "" for one in countries}
        money = currency or (usual.pop() if len(usual) == 1 else "")
    if not money:
        raise ValueError("no dice la moneda; agregue una columna «moneda» o indique --currency")
    return Payment(account, day, amount, money, cells.get("reference", "")[:_LONGEST], line.number)


def _day(cell: str, countries: Collection[str]) -> date:
    """The day that every one of these countries reads; ValueError where they read two."""
    try:
        read = sorted({values.day(cell, Place(one or None)) for one in countries})
    except ValueError as error:
        raise ValueError(f"«{cell[:40]}» {error}") from error
    if len(read) > 1:
        raise ValueError(f"«{cell[:40]}» {_TWO_DAYS.format(first=read[0], other=read[1])}")
    return read[0]


def _amount(cell: str) -> Decimal:
    try:
        exact = values.amount(cell, Place())
    except ValueError as error:
        raise ValueError(f"«{cell[:40]}» {error}") from error
    fits = exact.is_finite() and 0 < exact < _MOST  # what has more digits cannot be rounded
    amount = exact.quantize(Decimal("0.01")) if fits else Decimal()
    if not amount:
        why = "debe ser mayor que cero" if exact.is_finite() and exact < _MOST else "es demasiado grande"
        raise ValueError(f"«{cell[:40]}» no es un pago: el monto {why}")
    return amount
