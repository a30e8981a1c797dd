"""Payments as the store keeps them: each once. A reference of an account is one payment within a few days,
whatever its sum, and another one at another time; without a reference, day and sum tell which it is.
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

_NEAR = 5  # days
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
    another day, sum or currency and were `corrected`, or `refused`: (row, why). `apart`: the rows of new ones
    whose reference had a payment of another time. `moved`: account, currency and day that a corrected one no
    longer has.
    """

    new: int
    strays: int
    corrected: tuple[tuple[int, str], ...]
    refused: tuple[tuple[int, str], ...]
    apart: tuple[int, ...]
    moved: tuple[tuple[str, str, date], ...] = ()


def near(one: date, other: date) -> bool:
    """Whether two days of one reference may be one payment, its day written wrong once. A reference may be
    the same for every payment of an account («SPEI», a bank's number of the customer): those are further
    apart.
    """
    return abs((one - other).days) <= _NEAR


def keep(connection: Connection, found: Sequence[Payment]) -> Kept:
    """Keep what is new, and put right what a file tells anew of a payment that is there.

    One thing of a payment may have been written wrong, and what comes later is right. Where day and sum are
    both others it is more likely another payment with a reference used twice: the one there stays. Of another
    time it is another payment, whatever the reference.
    """
    stored = _stored(connection, {one.account for one in found})
    named = set(stored)
    done: set[tuple[object, ...]] = set()
    new: list[Payment] = []
    corrected, refused, apart, moved = [], [], [], []
    for one in found:
        key = (one.account, one.name, one.paid_on, one.amount)
        if key in done:
            continue
        there = stored.get((one.account, one.name), [])
        its = _same(there, one)
        if not its:
            done.add(key)
            new.append(one)
            if one.reference and (one.account, one.name) in named:
                apart.append(one.row)
            named.add((one.account, one.name))
            continue
        others = _others(its[0], one)
        if not others:
            continue  # known as it is
        what = ", ".join(others.values())
        if len(its) > 1 or {"day", "amount"} <= others.keys():
            refused.append((one.row, _OTHER.format(what=what)))
            continue
        there.remove(its[0])  # now of another day or sum: no other line is to be taken for it
        done.add(key)
        values = {"paid_on": one.paid_on, "amount": one.amount, "currency": one.currency}
        connection.execute(update(payments).where(payments.c.id == its[0].id).values(values))
        corrected.append((one.row, _CORRECTED.format(what=what)))
        if others.keys() & {"day", "currency"}:
            moved.append((one.account, its[0].currency, its[0].paid_on))
    if new:
        rows = [
            {"account": one.account, "paid_on": one.paid_on, "amount": one.amount, "currency": one.currency,
             "reference": one.name}
            for one in new
        ]  # fmt: skip
        connection.execute(insert(payments), rows)
    return Kept(
        len(new), _strays(connection, new), tuple(corrected), tuple(refused), tuple(apart), tuple(moved)
    )


def _same(there: Sequence[Row[Any]], one: Payment) -> list[Row[Any]]:
    """Which of those with its account and reference it may be: the one of its day and sum, else that of its
    day, else all of about that day.
    """
    of_day = [row for row in there if row.paid_on == one.paid_on]
    exact = [row for row in of_day if row.amount == one.amount]
    if exact or not one.reference:
        return exact
    return of_day or [row for row in there if near(row.paid_on, one.paid_on)]


def _stored(connection: Connection, accounts: set[str]) -> dict[tuple[str, str], list[Row[Any]]]:
    stored: defaultdict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    came = payments.c.amount > 0  # what went back is of `payment_returns`
    query = select(payments).where(payments.c.account.in_(accounts), came).order_by(payments.c.id)
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
