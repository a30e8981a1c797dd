"""Payments that went back: a returned direct debit stands in the bank's table as the same sum, negative. It
is kept as it came, beside its payment, so that the same table twice changes nothing; of the two no promise
takes anything. Where a part went back, promises take the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Connection, insert, select, update

from coach import payment_rows
from coach.payment_rows import Payment
from coach.schema_month import payments
from coach.written import money

_WITHIN = timedelta(days=70)  # a debtor has eight weeks in Europe, and the bank some days more
_TAKEN = "devolución: el pago de {day} ya no cuenta para ninguna promesa"
_TAKEN_IN_PART = "devolución: se devolvieron {amount} del pago de {day}; para las promesas cuenta el resto"
_TAKEN_LAST = (
    "devolución: se devolvió el resto ({amount}) del pago de {day}; ya no cuenta para ninguna promesa"
)
_ALONE = (
    "no es un pago: es negativo, y en las diez semanas anteriores la cuenta no tiene un pago de ese monto, "
    "o mayor, en esa moneda, que se haya devuelto; traiga antes ese pago"
)
_CORRECTED = "devolución: ya estaba con otra moneda: {currency}; se corrigió"
_OF_MANY = (
    "no es un pago: es negativo, y puede ser parte de varios pagos de la cuenta; póngale la referencia del "
    "que se devolvió"
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
    """`new`: (row, what it took back); `known`: how many were there; `corrected`: (row, what they were there
    with); `refused`: (row, why).
    """

    new: tuple[tuple[int, str], ...]
    known: int
    corrected: tuple[tuple[int, str], ...]
    refused: tuple[tuple[int, str], ...]
    moved: tuple[tuple[str, str, date], ...]


def taken_back(moved: Sequence[Moved]) -> dict[int, int]:
    """By the place of a return, that of its payment, of some weeks before at most: one with its reference,
    else one of the same sum, else one of which a part went back. Of many that of the same sum, then the last.
    """
    return _settled(moved)[0]


def standing(moved: Sequence[Moved]) -> list[Moved]:
    """What came of one account and did not go back."""
    return [replace(moved[at], amount=rest) for at, rest in _settled(moved)[1].items() if rest]


def _settled(moved: Sequence[Moved]) -> tuple[dict[int, int], dict[int, Decimal]]:
    """`taken_back`, and by the place of a payment what is left of it."""
    left = {at: one.amount for at, one in enumerate(moved) if one.amount > 0}
    found: dict[int, int] = {}
    backs = sorted((at for at, one in enumerate(moved) if one.amount < 0), key=lambda at: moved[at].day)
    for of in (_own, _whole, _part):
        for back in (back for back in backs if back not in found):
            if may_be := of(moved, left, moved[back]):
                its = max(may_be, key=lambda at: (left[at] == -moved[back].amount, moved[at].day))
                found[back] = its
                left[its] += moved[back].amount
    return found, left


def _own(moved: Sequence[Moved], left: Mapping[int, Decimal], back: Moved) -> list[int]:
    """The payments with its own reference."""
    return [at for at in _part(moved, left, back) if _named(moved[at], back)]


def _whole(moved: Sequence[Moved], left: Mapping[int, Decimal], back: Moved) -> list[int]:
    """The payments that may have gone back as they came."""
    return [at for at in _part(moved, left, back) if left[at] == moved[at].amount == -back.amount]


def _part(moved: Sequence[Moved], left: Mapping[int, Decimal], back: Moved) -> list[int]:
    """The payments that this may be a part of."""
    return [
        at
        for at, rest in left.items()
        if moved[at].currency == back.currency
        and rest >= -back.amount
        and back.day - _WITHIN <= moved[at].day <= back.day
    ]


def keep(connection: Connection, found: Sequence[Payment]) -> Returned:
    """Keep the returns whose payments are there. To be called when the payments of their file are kept."""
    new, corrected, refused, moved = [], [], [], []
    known = 0
    p = payments.c
    for one in found:
        query = select(p.paid_on, p.amount, p.currency, p.reference).where(p.account == one.account)
        there = [Moved(*row) for row in connection.execute(query.order_by(p.id))]
        alike = _alike(there, one)
        if len([old for old in alike if old.currency == one.currency]) >= one.again:
            known += 1
            continue
        name = one.reference or payment_rows.number({old.reference for old in alike})
        its = Moved(one.paid_on, one.amount, one.currency, name)
        if before := _put_right(there, alike, one):
            there.remove(before)
        of = taken_back([*there, its]).get(len(there))
        if of is None:
            refused.append((one.row, f"«{one.amount}» {_ALONE}"))
            continue
        part = there[of].amount != -its.amount
        if part and not _is_sure(there, its):
            refused.append((one.row, f"«{one.amount}» {_OF_MANY}"))
            continue
        if before:
            same = (p.account == one.account, p.paid_on == before.day, p.amount == before.amount)
            which = update(payments).where(*same, p.reference == before.reference)
            connection.execute(which.values(currency=one.currency))
            corrected.append((one.row, _CORRECTED.format(currency=before.currency)))
            moved.append((one.account, before.currency, before.day))
            continue
        row = {"account": one.account, "paid_on": its.day, "amount": its.amount, "currency": its.currency}
        connection.execute(insert(payments).values(**row, reference=its.reference))
        rest = _settled([*there, its])[1][of]
        told = (_TAKEN_IN_PART if rest else _TAKEN_LAST) if part else _TAKEN
        new.append((one.row, told.format(amount=money(-its.amount, its.currency, None), day=there[of].day)))
    return Returned(tuple(new), known, tuple(corrected), tuple(refused), tuple(moved))


def _alike(there: Sequence[Moved], one: Payment) -> list[Moved]:
    """The returns of its day, sum and reference that are there, in whatever currency."""
    return [
        old
        for old in there
        if (old.day, old.amount) == (one.paid_on, one.amount)
        and (old.reference == one.reference or (not one.reference and payment_rows.numbered(old.reference)))
    ]


def _put_right(there: Sequence[Moved], alike: Sequence[Moved], one: Payment) -> Moved | None:
    """The one that this has the right currency of: of its reference; without one, one whose payment is not
    there, or is there no more since its own currency was put right.
    """
    settled = {there[at] for at in taken_back(there)}
    others = (old for old in alike if old.currency != one.currency)
    return next((old for old in others if one.reference or old not in settled), None)


def _is_sure(there: Sequence[Moved], back: Moved) -> bool:
    """Whether it can be a part of one payment only: of that with its reference, where one has it."""
    may_be = _part(there, _settled(there)[1], back)
    named = [at for at in may_be if _named(there[at], back)]
    return len(named or may_be) == 1


def _named(one: Moved, other: Moved) -> bool:
    """Whether both have one reference of their source; «#2» is a number of ours."""
    return one.reference == other.reference and not payment_rows.numbered(one.reference)
