"""Payments as the store keeps them: each once. A reference of an account is one payment, whatever its day and
sum; without a reference, day and sum tell which it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from coach.schema import recordings
from coach.schema_month import payments

_CORRECTED = "ya estaba con {what}; se corrigió. Si es otro pago, dele otra referencia"
_OTHER = "la referencia ya estaba con {what}; si es otro pago, dele otra referencia"


@dataclass(frozen=True, slots=True)
class Payment:
    """`reference`: as its source names it, "" for none; `again`: the how manieth line like it without one."""

    account: str
    paid_on: date
    amount: Decimal
    currency: str
    reference: str
    row: int = 0  # of the file
    again: int = 1

    @property
    def name(self) -> str:
        """What the store keeps as its reference."""
        return self.reference or (f"#{self.again}" if self.again > 1 else "")


@dataclass(frozen=True, slots=True)
class Kept:
    """How many are `new`, how many of those of an account that no call has (`strays`); which were there with
    another day, sum or currency and were `corrected`, or `refused`: (row, why).
    """

    new: int
    strays: int
    corrected: tuple[tuple[int, str], ...]
    refused: tuple[tuple[int, str], ...]


def keep(connection: Connection, found: Sequence[Payment]) -> Kept:
    """Keep what is new, and put right what a file tells anew of a reference.

    One thing of a payment may have been written wrong, and what comes later is right. Where day and sum are
    both others it is more likely another payment with a reference used twice: the one there stays.
    """
    stored = _stored(connection, {one.account for one in found})
    new: dict[tuple[object, ...], Payment] = {}
    corrected, refused = [], []
    for one in found:
        there = stored[one.account, one.name]
        if not one.reference:
            there = [row for row in there if (row.paid_on, row.amount) == (one.paid_on, one.amount)]
        if not there:
            new.setdefault(
                (one.account, one.name, *(() if one.reference else (one.paid_on, one.amount))), one
            )
            continue
        others = [_others(row, one) for row in there]
        if not one.reference or {} in others:
            continue  # known as it is
        what = ", ".join(others[0].values())
        if len(there) > 1 or {"day", "amount"} <= others[0].keys():
            refused.append((one.row, _OTHER.format(what=what)))
            continue
        its = update(payments).where(payments.c.id == there[0].id)
        connection.execute(its.values(paid_on=one.paid_on, amount=one.amount, currency=one.currency))
        corrected.append((one.row, _CORRECTED.format(what=what)))
    if new:
        rows = [
            {"account": one.account, "paid_on": one.paid_on, "amount": one.amount, "currency": one.currency,
             "reference": one.name}
            for one in new.values()
        ]  # fmt: skip
        connection.execute(insert(payments), rows)
    return Kept(len(new), _strays(connection, new.values()), tuple(corrected), tuple(refused))


def _stored(connection: Connection, accounts: set[str]) -> defaultdict[tuple[str, str], list[Row[Any]]]:
    stored: defaultdict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    query = select(payments).where(payments.c.account.in_(accounts)).order_by(payments.c.id)
    for row in connection.execute(query):
        stored[row.account, row.reference].append(row)
    return stored


def _others(row: Row[Any], one: Payment) -> dict[str, str]:
    """What the store has otherwise, in words."""
    had = {
        "day": (row.paid_on, one.paid_on, f"otra fecha: {row.paid_on}"),
        "amount": (row.amount, one.amount, f"otro monto: {row.amount}"),
        "currency": (row.currency, one.currency, f"otra moneda: {row.currency}"),
    }
    return {name: told for name, (before, now, told) in had.items() if before != now}


def _strays(connection: Connection, new: Collection[Payment]) -> int:
    accounts = {one.account for one in new}
    query = select(recordings.c.account).where(recordings.c.account.in_(accounts)).distinct()
    called = set(connection.execute(query).scalars())
    return sum(one.account not in called for one in new)
