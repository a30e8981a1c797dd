"""Payments from a table (CSV or XLSX), one a line: account, day, amount, and where known currency and
reference.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import Connection, select

from coach import audit, days_ahead, payment_days, payment_returns, payment_rows, payment_spans, promises
from coach.complaints import some
from coach.payment_days import Cell, Written
from coach.payment_rows import Payment
from coach.payment_spans import Span
from coach.payment_table import NEEDED, payment_table
from coach.schema import recordings
from coach.settings import Settings
from coach.store import Store
from coach.tables import Line, Table
from coach.types import CoachError
from coach.viewers import Viewer
from nlp.countries import country_of
from transcripts.facts import values
from transcripts.facts.values import Place

_PAGE = 500
_LONGEST = 200  # letters of an account or a reference
_MOST = Decimal(10) ** 12
_SUM = re.compile(r"(\D*)(\d(?:.*\d)?)(\D*)")
_MINUS = str.maketrans("−–‒—﹣－", "------")
_ANYWHERE = ("", "US")  # both orders of day and month
_EARLY = (
    "Pagos de antes de la primera llamada ({first}): {n}, en las filas {rows}. Se guardan, y no son de "
    "ninguna promesa; si no son de antes, revise el año."
)
_APART = "Misma referencia en otra fecha, a más de cinco días: se tomó como otro pago. Filas: {rows}."
_ROWS_NAMED = 10
_TWICE = "la referencia ya viene en la fila {row} con otros datos; si es otro pago, dele otra referencia"


@dataclass(frozen=True, slots=True)
class Imported:
    """`new` rows were kept, `known` were there already, `faults` say row by row what could not be used.
    `strays`: how many of the new ones are of an account that no call has; a call of it may come yet.
    `corrected` says row by row what was there with another day, sum or currency. `early`: a sentence on those
    of before the first call, "" where there are none; `apart`: one on those of `new` whose reference had a
    payment of another time. `returned` says row by row which payments went back. `covers`: the days that the
    file tells of, and whose.
    """

    new: int
    known: int
    faults: tuple[str, ...]
    strays: int = 0
    corrected: tuple[str, ...] = ()
    early: str = ""
    apart: str = ""
    returned: tuple[str, ...] = ()
    covers: tuple[Span, ...] = ()


def import_payments(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    path: Path,
    *,
    currency: str = "",
    country: str = "",
    today: date | None = None,
    said: Mapping[str, str] | None = None,
) -> Imported:
    """Keep the payments of a file and reckon the ledger anew. The same file twice changes nothing; one put
    right takes the place of what it said before of the same references, within some days.

    `currency` and `country` hold for lines that do not say it; else it is what the account's own calls say,
    else the settings' country. A day after `today` (the latest of those countries, where not said, and this
    machine's where an account has none) is no payment yet. `said` gives by title what a column is, where its
    heading does not tell: see `payment_table.meant`.
    """
    viewer.require("upload")
    table, columns = payment_table(path, said)
    with store.reading() as connection:
        places = _countries(connection, _accounts(table, columns), country, settings.country or "")
    if currency:
        currency = _currency(currency)
    house = (settings.country,) if settings.country else ()
    orders = (("",) if its == _ANYWHERE else its for its in places.values())  # an order of days is no place
    last = today or days_ahead.today_of({*house, *(one for its in orders for one in its)})
    parsed, faults = parse(table, columns, places, currency, last)
    found = [one for one in parsed if one.amount > 0]
    backs = [one for one in parsed if one.amount < 0]
    promises.backfill(store)
    kept: list[payment_rows.Kept] = []
    for start in range(0, len(found), _PAGE):
        with store.writing() as connection:
            kept.append(payment_rows.keep(connection, found[start : start + _PAGE]))
    with store.writing() as connection:
        went_back = payment_returns.keep(connection, backs)
        moved = [one for part in kept for one in part.moved] + list(went_back.moved)
        covers = payment_spans.keep(connection, parsed, moved)
    new, refused = sum(part.new for part in kept), [one for part in kept for one in part.refused]
    returned = tuple(f"{table.name}: fila {row}: {told}." for row, told in went_back.new)
    put_right = [one for part in kept for one in part.corrected] + list(went_back.corrected)
    corrected = tuple(f"{table.name}: fila {row}: {told}." for row, told in put_right)
    faults += tuple(_fault(table, row, why) for row, why in (*refused, *went_back.refused))
    with store.writing() as connection:
        others = {"corrected": len(corrected), "returned": len(returned)}
        audit.record(
            connection, viewer, "payments.import", f"file:{table.name}",
            new=new, **{name: n for name, n in others.items() if n}, faults=len(faults),
        )  # fmt: skip
    promises.reckon(store, settings)
    known = len(found) - new - sum(len(part.corrected) for part in kept) - len(refused) + went_back.known
    rows = [str(row) for part in kept for row in part.apart]
    apart = _APART.format(rows=some(rows, _ROWS_NAMED)) if rows else ""
    strays = sum(part.strays for part in kept)
    return Imported(new, known, faults, strays, corrected, _early(store, found), apart, returned, covers)


def _early(store: Store, found: Sequence[Payment]) -> str:
    """A year may be mistyped for one that is gone too, and then a promise that was kept looks broken."""
    with store.reading() as connection:
        first = days_ahead.first_day(connection, recordings.c.call_date)
    rows = [str(one.row) for one in found if first and one.paid_on < first]
    return _EARLY.format(first=first, n=len(rows), rows=some(rows, _ROWS_NAMED)) if rows else ""


def import_upload(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    name: str,
    data: bytes,
    *,
    said: Mapping[str, str] | None = None,
) -> Imported:
    """The same for a file that came by the browser, with the name that its person knows."""
    viewer.require("upload")
    with TemporaryDirectory() as folder:
        file = Path(folder) / (Path(name).name[-100:] or "pagos.csv")
        file.write_bytes(data)
        return import_payments(store, settings, viewer, file, said=said)


def parse(
    table: Table,
    columns: Mapping[str, int],
    places: Mapping[str, tuple[str, ...]],
    currency: str,
    today: date,
) -> tuple[list[Payment], tuple[str, ...]]:
    """The payments of a table, negative where they went back, and what is wrong with the lines that are none.
    `places`: see `_countries`.

    Equal lines without a reference are payments of their own: they are numbered within the file. Of lines
    with one reference and of about one day that differ the first holds, as nobody can tell which is right.
    """
    found: list[Payment] = []
    faults: list[str] = []
    again: Counter[tuple[str, date, Decimal]] = Counter()
    named: defaultdict[tuple[str, str, bool], list[Payment]] = defaultdict(list)
    whose, when = columns["account"], columns["day"]
    how = payment_days.written(
        Cell(line.number, _cell(line, when), places[_cell(line, whose)[:_LONGEST]]) for line in table.lines
    )
    for line in table.lines:
        try:
            payment = _payment(line, columns, places, currency, _Days(how, today))
        except ValueError as error:
            faults.append(_fault(table, line.number, str(error)))
            continue
        if payment.reference:
            before = named[payment.account, payment.reference, payment.amount > 0]
            about = [one for one in before if payment_rows.near(one.paid_on, payment.paid_on)]
            if about and all(replace(one, row=payment.row) != payment for one in about):
                faults.append(_fault(table, payment.row, _TWICE.format(row=about[0].row)))
                continue
            before.append(payment)
        else:
            key = (payment.account, payment.paid_on, payment.amount)
            again[key] += 1
            payment = replace(payment, again=again[key])
        found.append(payment)
    return found, tuple(faults)


def _currency(asked: str) -> str:
    try:
        return values.currency(asked, Place())
    except ValueError as error:
        raise CoachError(f"--currency: «{asked[:40]}» {error}.") from error


def _fault(table: Table, row: int, why: str) -> str:
    return f"{table.name}: fila {row}: {why}; la fila no se usó."


def _accounts(table: Table, columns: Mapping[str, int]) -> set[str]:
    return {_cell(line, columns["account"])[:_LONGEST] for line in table.lines}


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


def _cell(line: Line, at: int) -> str:
    return line.cells[at] if at < len(line.cells) else ""


class _Days(NamedTuple):
    """What is to be known of days beside their own cell."""

    how: Written
    today: date


def _payment(
    line: Line,
    columns: Mapping[str, int],
    places: Mapping[str, tuple[str, ...]],
    currency: str,
    days: _Days,
) -> Payment:
    """ValueError with the reason where the line is no payment."""
    if any(at in line.formulas for at in columns.values()):
        raise ValueError("tiene una fórmula; pegue el valor")
    cells = {field: _cell(line, at) for field, at in columns.items()}
    if missing := [label for field, label in NEEDED.items() if not cells[field]]:
        raise ValueError(f"falta {missing[0]}")
    account = cells["account"][:_LONGEST]
    countries = places[account]
    day, amount = (
        payment_days.read(Cell(line.number, cells["day"], countries), *days),
        _amount(cells["amount"]),
    )
    if cells.get("currency"):
        money = values.currency(cells["currency"], Place())
    else:
        usual = {country_of(one).currency or "" for one in countries}
        money = currency or (usual.pop() if len(usual) == 1 else "")
    if not money:
        raise ValueError("no dice la moneda; agregue una columna «moneda» o indique --currency")
    return Payment(account, day, amount, money, cells.get("reference", "")[:_LONGEST], line.number)


def _amount(cell: str) -> Decimal:
    """Negative for what went back: with a minus, of any kind and on either side, or in brackets. «58.000.-»
    is a sum without cents.
    """
    sum_of = _SUM.fullmatch(cell.strip().translate(_MINUS))
    before, figures, after = sum_of.groups() if sum_of else ("", cell, "")
    back = "-" in before or ("-" in after and after[0] not in ".,") or ("(" in before and ")" in after)
    try:
        exact = values.amount(figures, Place())
    except ValueError as error:
        raise ValueError(f"«{cell[:40]}» {error}") from error
    fits = exact.is_finite() and 0 < exact < _MOST  # what has more digits cannot be rounded
    amount = exact.quantize(Decimal("0.01")) if fits else Decimal()
    if not amount:
        why = "debe ser mayor que cero" if exact.is_finite() and exact < _MOST else "es demasiado grande"
        raise ValueError(f"«{cell[:40]}» no es un pago: el monto {why}")
    return -amount if back else amount
