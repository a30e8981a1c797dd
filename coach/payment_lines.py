"""The lines of a table of payments, one by one: which is a payment, which went back, and what is wrong with
one that is neither.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from coach import payment_days, payment_rows
from coach.payment_days import Cell, Written
from coach.payment_doubts import Unread
from coach.payment_rows import Payment
from coach.payment_table import NEEDED
from coach.tables import Line, Table
from nlp.countries import country_of
from transcripts.facts import values
from transcripts.facts.values import Place

LONGEST = 200  # letters of an account or a reference
_MOST = Decimal(10) ** 12
_TWICE = "la referencia ya viene en la fila {row} con otros datos; si es otro pago, dele otra referencia"
NO_MONEY = "no dice la moneda; agregue una columna «moneda»"


def parse(
    table: Table,
    columns: Mapping[str, int],
    places: Mapping[str, tuple[str, ...]],
    currency: str,
    today: date,
) -> tuple[list[Payment], tuple[str, ...], list[Unread]]:
    """The payments of a table, negative where they went back, what is wrong with the lines that are none, and
    whose money such lines speak of. `places`: see `payments._countries`.

    Equal lines without a reference are payments of their own: they are numbered within the file. Of lines
    with one reference and of about one day that differ the first holds, as nobody can tell which is right.
    """
    found: list[Payment] = []
    faults: list[str] = []
    unread: list[Unread] = []
    named: defaultdict[tuple[str, str, bool], list[Payment]] = defaultdict(list)
    whose, when = columns["account"], columns["day"]
    how = payment_days.written(
        Cell(line.number, cell(line, when), places[cell(line, whose)[:LONGEST]]) for line in table.lines
    )
    for line in table.lines:
        try:
            payment = _payment(line, columns, places, currency, _Days(how, today))
        except ValueError as error:
            faults.append(fault(table, line.number, str(error)))
            unread += _unread(line, columns, places, _Days(how, today))
            continue
        if payment.reference:
            before = named[payment.account, payment.reference, payment.amount > 0]
            about = [one for one in before if payment_rows.near(one.paid_on, payment.paid_on)]
            if about and all(one != payment for one in about):
                faults.append(fault(table, payment.row, _TWICE.format(row=about[0].row)))
                unread.append(Unread(payment.account, payment.paid_on))
                continue
            before.append(payment)
        found.append(payment)
    return _numbered(found), tuple(faults), unread


def _numbered(found: Sequence[Payment]) -> list[Payment]:
    """Those without a reference told apart; one with a reference is counted with nobody's."""
    moneys: defaultdict[tuple[str, date, Decimal], Counter[str]] = defaultdict(Counter)
    numbers = []
    for one in found:
        its = moneys["" if one.reference else one.account, one.paid_on, one.amount]
        its[one.currency] += 1
        numbers.append((its[one.currency], its))
    return [
        one if one.reference else replace(one, again=again, beside=len(its) > 1)
        for one, (again, its) in zip(found, numbers, strict=True)
    ]


def fault(table: Table, row: int, why: str) -> str:
    return f"{table.name}: fila {row}: {why}; la fila no se usó."


def cell(line: Line, at: int) -> str:
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
    cells = {field: cell(line, at) for field, at in columns.items()}
    if missing := [label for field, label in NEEDED.items() if not cells[field]]:
        raise ValueError(f"falta {missing[0]}")
    account = cells["account"][:LONGEST]
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
        raise ValueError(NO_MONEY)
    reference = cells.get("reference", "")[:LONGEST]
    told = bool(cells.get("currency"))
    return Payment(account, day, amount, money, reference, line.number, told=told)


def _unread(
    line: Line, columns: Mapping[str, int], places: Mapping[str, tuple[str, ...]], days: _Days
) -> Iterator[Unread]:
    """Whose money a line speaks of that is no payment; of nobody's where it names no account or no sum."""
    account, said = (cell(line, columns[field]) for field in ("account", "amount"))
    if not account or not said:
        return
    with suppress(ValueError):
        if not values.amount(said, Place()):
            return  # nothing was paid
    day = None
    if columns["day"] not in line.formulas:
        with suppress(ValueError):
            day = payment_days.read(
                Cell(line.number, cell(line, columns["day"]), places[account[:LONGEST]]), *days
            )
    yield Unread(account[:LONGEST], day)


def _amount(cell: str) -> Decimal:
    """Negative for what went back."""
    try:
        exact = values.amount(cell, Place())
    except ValueError as error:
        raise ValueError(f"«{cell[:40]}» {error}") from error
    fits = exact.is_finite() and 0 < abs(exact) < _MOST  # what has more digits cannot be rounded
    amount = exact.quantize(Decimal("0.01")) if fits else Decimal()
    if not amount:
        why = "debe ser mayor que cero" if exact.is_finite() and abs(exact) < _MOST else "es demasiado grande"
        raise ValueError(f"«{cell[:40]}» no es un pago: el monto {why}")
    return amount
