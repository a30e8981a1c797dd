"""Payments that went back: a returned direct debit stands in the bank's table as the same sum, negative. It
is kept as it came, beside its payment, so that the same table twice changes nothing; of the two no promise
takes anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Connection, insert, select

from coach.payment_rows import Payment
from coach.schema_month import payments

_WITHIN = timedelta(days=70)  # a debtor has eight weeks in Europe, and the bank some days more
_TAKEN = "devolución: el pago de {day} ya no cuenta para ninguna promesa"
_ALONE = (
    "no es un pago: es negativo, y en las diez semanas anteriores la cuenta no tiene un pago de ese monto "
    "que se haya devuelto; traiga antes ese pago"
)


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that came, or went back where the amount is negative."""

    day: date
    amount: Decimal
    currency: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """`new`: (row, what it took back); `known`: how many were there; `refused`: (row, why)."""

    new: tuple[tuple[int, str], ...]
    known: int
    refused: tuple[tuple[int, str], ...]


def taken_back(moved: Sequence[Moved]) -> dict[int, int]:
    """By the place of a return, that of its payment: of the same sum, some weeks before at most; of many
    the one with its reference, then the last.
    """
    found: dict[int, int] = {}
    for back in sorted((at for at, one in enumerate(moved) if one.amount < 0), key=lambda at: moved[at].day):
        its = moved[back]
        may_be = [
            at
            for at, one in enumerate(moved)
            if (one.amount, one.currency) == (-its.amount, its.currency)
            and its.day - _WITHIN <= one.day <= its.day
            and at not in found.values()
        ]
        if may_be:
            found[back] = max(may_be, key=lambda at: (_named(moved[at], its), moved[at].day))
    return found


def standing(moved: Sequence[Moved]) -> list[Moved]:
    """What came of one account and did not go back."""
    gone = set(taken_back(moved).values())
    return [one for at, one in enumerate(moved) if one.amount > 0 and at not in gone]


def keep(connection: Connection, found: Sequence[Payment]) -> Returned:
    """Keep the returns whose payments are there. To be called when the payments of their file are kept."""
    new, refused = [], []
    known = 0
    p = payments.c
    for one in found:
        query = select(p.paid_on, p.amount, p.currency, p.reference).where(p.account == one.account)
        there = [Moved(*row) for row in connection.execute(query.order_by(p.id))]
        its = Moved(one.paid_on, one.amount, one.currency, one.name)
        if its in there:
            known += 1
            continue
        of = taken_back([*there, its]).get(len(there))
        if of is None:
            refused.append((one.row, f"«{one.amount}» {_ALONE}"))
            continue
        row = {"account": one.account, "paid_on": its.day, "amount": its.amount, "currency": its.currency}
        connection.execute(insert(payments).values(**row, reference=its.reference))
        new.append((one.row, _TAKEN.format(day=there[of].day)))
    return Returned(tuple(new), known, tuple(refused))


def _named(one: Moved, other: Moved) -> bool:
    """Whether both have one reference of their source; «#2» is a number of ours."""
    return one.reference == other.reference and bool(one.reference) and not one.reference.startswith("#")
