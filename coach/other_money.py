"""Payments on a promise's account, in its days, that are in another currency: the ledger takes none of them,
and whoever reads the promise has to know of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from coach.payment_returns import Moved, standing
from coach.payment_rows import Payment
from coach.schema import findings, recordings
from coach.schema_month import payments, promises
from coach.settings import Settings
from coach.store import Store

_AT_ONCE = 500  # names in one question


def of_promises(
    store: Store, settings: Settings, recording_ids: Sequence[str]
) -> dict[str, tuple[tuple[Decimal, str], ...]]:
    """By call, sums and currencies of what came in its promise's days in another currency and did not go
    back.
    """
    p = promises.c
    found: dict[str, tuple[tuple[Decimal, str], ...]] = {}
    with store.reading() as connection:
        for start in range(0, len(recording_ids), _AT_ONCE):
            owed = _owed(connection, p.recording_id.in_(recording_ids[start : start + _AT_ONCE]))
            moved = _moved(connection, {row.account for row in owed})
            for row in owed:
                its = [one for one in moved[row.account] if _unlike(settings, row, one.day, one.currency)]
                if its:
                    found[row.recording_id] = tuple((one.amount, one.currency) for one in its)
    return found


def lines(connection: Connection, settings: Settings, found: Sequence[Payment]) -> list[int]:
    """The rows of a file whose payment lies in the days of promises of its account, all in another
    currency.
    """
    accounts = sorted({one.account for one in found})
    owed: dict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for start in range(0, len(accounts), _AT_ONCE):
        for row in _owed(connection, promises.c.account.in_(accounts[start : start + _AT_ONCE])):
            owed[row.account].append(row)
    told = []
    for one in found:
        its = [row for row in owed[one.account] if _in_days(settings, row, one.paid_on)]
        if its and all(_unlike(settings, row, one.paid_on, one.currency) for row in its):
            told.append(one.row)
    return told


def _owed(connection: Connection, test: Any) -> Sequence[Row[*tuple[Any, ...]]]:
    """Firm promises that stand, with the day of their call."""
    p = promises.c
    current = and_(findings.c.id == p.findings_id, findings.c.current)
    of_now = promises.join(findings, current).join(recordings, recordings.c.id == p.recording_id)
    query = select(p.recording_id, p.account, p.currency, p.due_on, p.renewed_on, recordings.c.call_date)
    query = query.select_from(of_now).where(p.firm, ~p.withdrawn, p.account.is_not(None), test)
    return connection.execute(query.order_by(p.findings_id)).all()


def _moved(connection: Connection, accounts: Collection[str]) -> dict[str, list[Moved]]:
    of = payments.c
    query = select(of.account, of.paid_on, of.amount, of.currency, of.reference)
    found: dict[str, list[Moved]] = defaultdict(list)
    for account, *rest in connection.execute(query.where(of.account.in_(accounts)).order_by(of.id)):
        found[account].append(Moved(*rest))
    return defaultdict(list, {account: standing(its) for account, its in found.items()})


def _unlike(settings: Settings, row: Row[*tuple[Any, ...]], day: date, currency: str) -> bool:
    return row.currency not in (None, currency) and _in_days(settings, row, day)


def _in_days(settings: Settings, row: Row[*tuple[Any, ...]], day: date) -> bool:
    """Whether the promise could take a payment of this day."""
    if row.due_on is None or (row.renewed_on is not None and day >= row.renewed_on):
        return False
    made_on: date = row.call_date or row.due_on
    return bool(made_on <= day <= max(made_on, row.due_on) + timedelta(days=settings.promises.tolerance_days))
