"""The ledger's rows: each call's promise, written with its findings, and what was paid of it.

A payment is of the account's earliest promise that it can be of: made from the day of the call to the
promise's last day of grace, in its currency, before the account promised anew. What is over goes to the next.
So no peso keeps two, and none that went back keeps one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, insert, select, update

from coach import bodies
from coach.as_said import promised, settled
from coach.payment_returns import Moved, standing
from coach.schema import findings, recordings
from coach.schema_month import payments, promises
from coach.settings import Settings
from coach.types import Call
from nlp.types import Promise

if TYPE_CHECKING:
    from coach.store import Store

MOST = Decimal(10) ** 12  # a sum above it was misheard
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Owed:
    """A firm promise, and what has come of it."""

    id: int
    made_on: date
    amount: Decimal
    currency: str | None
    last_day: date  # of grace
    paid: Decimal = Decimal(0)
    paid_on: date | None = None
    renewed_on: date | None = None

    def takes(self, payment: Moved) -> bool:
        in_time = self.made_on <= payment.day <= self.last_day
        still = self.renewed_on is None or payment.day < self.renewed_on
        same = self.currency is None or self.currency == payment.currency
        return in_time and still and same and self.paid < self.amount


def backfill(store: Store, *, page: int = 500) -> int:
    """Write the rows of promises that were found before there was a ledger; gives how many."""
    last, written = 0, 0
    made = findings.join(recordings, recordings.c.id == findings.c.recording_id)
    made = made.outerjoin(promises, promises.c.findings_id == findings.c.id)
    query = (
        select(findings.c.id, findings.c.recording_id, findings.c.body, recordings.c.account)
        .select_from(made)
        .where(findings.c.current, findings.c.promised, promises.c.findings_id.is_(None))
        .order_by(findings.c.id)
        .limit(page)
    )
    while True:
        with store.writing() as connection:
            rows = connection.execute(query.where(findings.c.id > last)).all()
            for row in rows:
                write(
                    connection, row.id, row.recording_id, row.account, bodies.read_findings(row.body).promise
                )
        if not rows:
            return written
        last, written = rows[-1].id, written + len(rows)


def write(
    connection: Connection, findings_id: int, recording_id: str, account: str | None, promise: Promise | None
) -> None:
    """The ledger's row of a call's findings; none where there is no promise."""
    if promise is not None:
        whose = {"findings_id": findings_id, "recording_id": recording_id, "account": account}
        connection.execute(insert(promises).values(**whose, **_told(promise)))


def _told(promise: Promise) -> dict[str, Any]:
    amount = promise.amount if promise.amount is not None and 0 < promise.amount < MOST else None
    return {
        "amount": amount.quantize(_CENT) if amount is not None else None,
        "currency": promise.currency,
        "due_on": promise.date,
        # one that is only likely counts as vague until a person has heard it
        "firm": amount is not None and promise.counts,
        "read_back": promise.read_back is not None,
        "confirmed": promise.confirmed is not None,
    }


def restand(connection: Connection, settings: Settings, call: Call) -> None:
    """Write the call's promise as people left it; one that they say was none stays, withdrawn from all
    counts.

    What was paid is reckoned anew for its account.
    """
    row = connection.execute(select(findings.c.id).where(*_current(call.id))).one()
    heard = call.findings.promise
    left, stands = promised(call), settled(call)
    told = stands or heard
    if told is None:
        connection.execute(delete(promises).where(promises.c.findings_id == row.id))
    else:
        values = _told(told) | {"withdrawn": stands is None, "by_person": left != heard}
        values["firm"] = values["firm"] and stands is not None
        known = select(promises).where(promises.c.findings_id == row.id)
        before = connection.execute(known).first()
        if before is None:
            write(connection, row.id, call.id, call.transcript.recording.account, told)
        elif all(before._mapping[name] == value for name, value in values.items()):
            return
        nothing = {"paid": 0, "paid_on": None, "renewed_on": None}
        its = update(promises).where(promises.c.findings_id == row.id)
        connection.execute(its.values(**values, **nothing))
    firm = stands is not None and stands.counts
    its = update(findings).where(findings.c.id == row.id)
    connection.execute(its.values(promised=stands is not None, firm_promise=firm))
    if account := call.transcript.recording.account:
        _reckon(connection, settings, [account])


@dataclass(frozen=True, slots=True)
class Left:
    """What the ledger still holds of a promise whose words were erased."""

    amount: Decimal | None
    currency: str | None
    due_on: date | None
    read_back: bool
    firm: bool

    @property
    def unsure(self) -> bool:
        """Whether it was heard with doubt, and nobody said that it is one before its words went."""
        return self.amount is not None and self.due_on is not None and not self.firm


def left_of(store: Store, recording_id: str) -> Left | None:
    """Of a call whose words were erased; None where it has its words, or had no promise that stands."""
    if not store.wordless(recording_id):
        return None
    p = promises.c
    of_now = promises.join(findings, findings.c.id == p.findings_id)
    query = select(p.amount, p.currency, p.due_on, p.read_back, p.firm).select_from(of_now)
    query = query.where(*_current(recording_id), ~p.withdrawn)
    with store.reading() as connection:
        row = connection.execute(query).first()
    return Left(*row) if row is not None else None


def _current(recording_id: str) -> tuple[ColumnElement[bool], ...]:
    return findings.c.recording_id == recording_id, findings.c.current


def reckon(store: Store, settings: Settings, *, page: int = 500) -> int:
    """What was paid of every promise, from all payments known, account by account; gives how many rows
    changed.

    To be called when payments, promises or the days of grace have changed; in pages, so that nobody waits.
    """
    last, changed = "", 0
    accounts = select(promises.c.account).where(promises.c.account.is_not(None), promises.c.firm).distinct()
    while True:
        with store.writing() as connection:
            page_of = accounts.where(promises.c.account > last).order_by(promises.c.account).limit(page)
            names = list(connection.execute(page_of).scalars())
            changed += _reckon(connection, settings, names)
        if not names:
            return changed
        last = names[-1]


def paid_of(owed: Sequence[Owed], payments_: Sequence[Moved]) -> list[Owed]:
    """What came of one account's promises, in the order in which they were made."""
    held = sorted(owed, key=lambda one: (one.made_on, one.id))
    for at, (one, after) in enumerate(pairwise(held)):
        if after.made_on <= one.last_day:
            held[at] = replace(one, renewed_on=after.made_on)
    for payment in sorted(payments_, key=lambda one: one.day):
        left = payment.amount
        for at, one in enumerate(held):
            if left > 0 and one.takes(payment):
                part = min(left, one.amount - one.paid)
                held[at] = replace(one, paid=one.paid + part, paid_on=payment.day)
                left -= part
    return held


def _reckon(connection: Connection, settings: Settings, accounts: Collection[str]) -> int:
    grace = timedelta(days=settings.promises.tolerance_days)
    owed: dict[str, list[Owed]] = defaultdict(list)
    before: dict[int, Row[Any]] = {}
    for row in connection.execute(_firm(accounts)):
        before[row.findings_id] = row
        made_on = row.call_date or row.due_on
        owed[row.account].append(
            Owed(row.findings_id, made_on, row.amount, row.currency, max(made_on, row.due_on) + grace)
        )
    paid: dict[str, list[Moved]] = defaultdict(list)
    of = payments.c
    known = (
        select(of.account, of.paid_on, of.amount, of.currency, of.reference)
        .where(of.account.in_(accounts))
        .order_by(of.id)
    )
    for account, *rest in connection.execute(known):
        paid[account].append(Moved(*rest))
    rows = [
        {"of": one.id, "paid": one.paid, "paid_on": one.paid_on, "renewed_on": one.renewed_on}
        for account, its in owed.items()
        for one in paid_of(its, standing(paid[account]))
        if (one.paid, one.paid_on, one.renewed_on)
        != (before[one.id].paid, before[one.id].paid_on, before[one.id].renewed_on)
    ]
    if rows:
        connection.execute(update(promises).where(promises.c.findings_id == bindparam("of")), rows)
    return len(rows)


def _firm(accounts: Collection[str]) -> Any:
    made = promises.join(findings, findings.c.id == promises.c.findings_id)
    made = made.join(recordings, recordings.c.id == promises.c.recording_id)
    return (
        select(promises, recordings.c.call_date)
        .select_from(made)
        .where(promises.c.account.in_(accounts), promises.c.firm, findings.c.current)
    )
