"""Lines of a file that speak of money of an account and cannot be read: of their days it is not known whether
the account has paid, whatever else is (`coach.payment_spans`), until a file of those days is read whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, delete, exists, func, insert

from coach.payment_rows import Payment
from coach.payment_spans import before
from coach.schema_lists import listed
from coach.schema_month import promises, unread_payments


@dataclass(frozen=True, slots=True)
class Unread:
    """`day`: None where that cannot be read either: any of the file."""

    account: str
    day: date | None


def keep(connection: Connection, found: Sequence[Payment], unread: Sequence[Unread]) -> None:
    """What a file could not read takes the place of what was not known before of its accounts in its days."""
    days = [one.paid_on for one in found] + [one.day for one in unread if one.day]
    if not days:
        return
    u, first, last = unread_payments.c, min(days), max(days)
    for account in sorted({one.account for one in found} | {one.account for one in unread}):
        its = delete(unread_payments).where(u.account == account, u.first_on <= last, u.last_on >= first)
        connection.execute(its)
    rows = [
        {"account": one.account, "first_on": one.day or first, "last_on": one.day or last}
        for one in dict.fromkeys(unread)
    ]
    if rows:
        connection.execute(insert(unread_payments), rows)


def doubtful(grace: timedelta) -> ColumnElement[bool]:
    """Whether a promise's days have such a line of its account: for a query on `promises` and `listed`."""
    u, of = unread_payments.c, promises.c
    return exists().where(
        u.account == of.account,
        u.last_on >= func.coalesce(listed.c.call_date, of.due_on),
        before(u.first_on, grace.days) <= of.due_on,
    )
