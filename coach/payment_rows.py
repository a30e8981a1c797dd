"""Payments as the store keeps them: each once. A reference of an account is one payment within a few days,
whatever its sum, and another one at another time; without a reference day, sum and currency tell which it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from coach.schema import recordings
from coach.schema_month import payments

_NEAR = 5  # days
_CORRECTED = "ya estaba con {what}; se corrigió. Si es otro pago, dele otra referencia"
_OTHER = "la referencia ya estaba con {what}; si es otro pago, dele otra referencia"
_ALIKE = "ya estaba con {what}; si es otro pago, dele una referencia"
_NUMBER = re.compile(r"#\d+")  # of ours, where the source gives no reference


@dataclass(frozen=True, slots=True)
class Payment:
    """`reference`: as its source names it, "" for none. Without one, `again` is the how manieth line it is
    of its day, sum and currency, and `beside` tells that the file has such a line in another currency.
    `told`: the line says its currency itself.
    """

    account: str
    paid_on: date
    amount: Decimal
    currency: str
    reference: str
    row: int = field(default=0, compare=False)  # of the file
    again: int = 1
    beside: bool = False
    told: bool = field(default=False, compare=False)


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


def numbered(reference: str) -> bool:
    """Whether it is such a number, and none of the source."""
    return not reference or _NUMBER.fullmatch(reference) is not None


def near(one: date, other: date) -> bool:
    """Whether two days of one reference may be one payment, its day written wrong once. A reference may be
    the same for every payment of an account («SPEI», a bank's number of the customer): those are further
    apart.
    """
    return abs((one - other).days) <= _NEAR


def number(taken: Collection[str]) -> str:
    """What the store keeps as the reference of one that has none: another for each of a day and sum."""
    return next(name for n in count(1) if (name := f"#{n}" if n > 1 else "") not in taken)


def keep(connection: Connection, found: Sequence[Payment]) -> Kept:
    """Keep what is new, and put right what a file tells anew of a payment that is there.

    One thing of a payment may have been written wrong, and what comes later is right. Where day and sum are
    both others it is more likely another payment with a reference used twice, as is one without a reference
    whose line tells another currency: the one there stays. Of another time it is another payment, whatever
    the reference.
    """
    stored, taken = _stored(connection, {one.account for one in found})
    named = set(stored)
    done: set[Payment] = set()
    new: list[Payment] = []
    corrected, refused, apart, moved = [], [], [], []
    for one in found:
        if one in done:
            continue
        there = stored.get((one.account, one.reference), [])
        its = _same(there, one) if one.reference else _alike(there, one)
        if not its:
            done.add(one)
            new.append(_to_keep(one, taken))
            if one.reference and (one.account, one.reference) in named:
                apart.append(one.row)
            named.add((one.account, one.reference))
            continue
        others = _others(its[0], one)
        if not others:
            continue  # known as it is
        if why := _refused(its, one, others):
            refused.append((one.row, why))
            continue
        there.remove(its[0])  # now of another day or sum: no other line is to be taken for it
        done.add(one)
        values = {"paid_on": one.paid_on, "amount": one.amount, "currency": one.currency}
        connection.execute(update(payments).where(payments.c.id == its[0].id).values(values))
        corrected.append((one.row, _CORRECTED.format(what=", ".join(others.values()))))
        if others.keys() & {"day", "currency"}:
            moved.append((one.account, its[0].currency, its[0].paid_on))
    if new:
        columns = ("account", "paid_on", "amount", "currency", "reference")
        connection.execute(insert(payments), [{name: getattr(one, name) for name in columns} for one in new])
    return Kept(
        len(new), _strays(connection, new), tuple(corrected), tuple(refused), tuple(apart), tuple(moved)
    )


def _to_keep(one: Payment, taken: defaultdict[tuple[str, date, Decimal], set[str]]) -> Payment:
    its = taken[one.account, one.paid_on, one.amount]
    name = one.reference or number(its)
    its.add(name)
    return replace(one, reference=name)


def _same(there: Sequence[Row[Any]], one: Payment) -> list[Row[Any]]:
    """Which of those with its account and reference it may be: the one of its day and sum, else that of its
    day, else all of about that day.
    """
    of_day = [row for row in there if row.paid_on == one.paid_on]
    exact = [row for row in of_day if row.amount == one.amount]
    return exact or of_day or [row for row in there if near(row.paid_on, one.paid_on)]


def _alike(there: Sequence[Row[Any]], one: Payment) -> list[Row[Any]]:
    """Which of those without a reference it is: one of its day, sum and currency, where there are as many;
    else one in another currency, where the file has none in that.
    """
    alike = [row for row in there if (row.paid_on, row.amount) == (one.paid_on, one.amount)]
    same = [row for row in alike if row.currency == one.currency]
    if len(same) >= one.again:
        return same[:1]
    return [] if one.beside else [row for row in alike if row not in same][:1]


def _refused(its: Sequence[Row[Any]], one: Payment, others: Mapping[str, str]) -> str:
    """Why the one there stays as it is; "" where it is put right."""
    what = ", ".join(others.values())
    if not one.reference:
        return _ALIKE.format(what=what) if one.told else ""
    return _OTHER.format(what=what) if len(its) > 1 or {"day", "amount"} <= others.keys() else ""


def _stored(
    connection: Connection, accounts: set[str]
) -> tuple[dict[tuple[str, str], list[Row[Any]]], defaultdict[tuple[str, date, Decimal], set[str]]]:
    """By account and reference what is there, and by account, day and sum which references."""
    stored: defaultdict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    taken: defaultdict[tuple[str, date, Decimal], set[str]] = defaultdict(set)
    came = payments.c.amount > 0  # what went back is of `payment_returns`
    query = select(payments).where(payments.c.account.in_(accounts), came).order_by(payments.c.id)
    for row in connection.execute(query):
        taken[row.account, row.paid_on, row.amount].add(row.reference)
        for name in {row.reference, "" if numbered(row.reference) else row.reference}:
            stored[row.account, name].append(row)
    return stored, taken


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
