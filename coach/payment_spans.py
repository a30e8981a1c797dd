"""Of which days payments are known, and of whose. A table of payments tells of its currency, from its first
to its last day, for the countries and portfolios that its accounts' calls are of: in these days who is not in
it has not paid. Of all else nothing is known, and no promise is broken there. Who was once told of by a file
with others is still told of by theirs, for a month after the last payment, though nobody pays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from coach.payment_rows import Payment
from coach.schema import recordings
from coach.schema_lists import listed
from coach.schema_month import payment_spans, payments, promises

if TYPE_CHECKING:
    from coach.store import Store

_HOLE = timedelta(days=31)  # a longer time without any payment is one that the file lacks, or a mistyped day
_SIDE = timedelta(days=1)
_NEXT = timedelta(days=5)  # from a file's last day to the next one's first: a long weekend
_PAGE = 500


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`country` and `portfolio` as the calls have them, "" where they do not say."""

    currency: str
    first: date
    last: date
    country: str = ""
    portfolio: str = ""
    source: int = field(default=0, compare=False)  # see `payment_spans`

    @property
    def scope(self) -> Scope:
        return Scope(self.country, self.portfolio)


class Scope(NamedTuple):
    country: str
    portfolio: str


def keep(
    connection: Connection, found: Sequence[Payment], moved: Collection[tuple[str, str, date]] = ()
) -> tuple[Span, ...]:
    """What a file covers, with its payments that were known already; kept with what is covered by others.
    `moved`: account, currency and day that payments had until this file put them right.
    """
    for currency, day in {(currency, day) for _, currency, day in moved}:
        accounts = {one[0] for one in moved if one[1:] == (currency, day)}
        _let_go(connection, currency, day, _named(connection, accounts))
    named = _of_file(connection, found)
    spans: list[Span] = []
    for currency in sorted({one.currency for one in named}):
        there = _there(connection, currency)
        its = [one for one in named if one.currency == currency]
        scopes = {one.scope for one in its}
        sources = {one.source for one in there if one.scope in scopes}
        source = min(sources) if sources else _new_source(connection)
        its += list(_continued(connection, its, [one for one in there if one.source in sources]))
        for scope in {one.scope for one in its}:
            of = [replace(one, source=source) for one in (*there, *its) if one.scope == scope]
            _write(connection, currency, scope, _joined(of, _NEXT))
        same = update(payment_spans).where(payment_spans.c.currency == currency)
        connection.execute(same.where(payment_spans.c.source.in_(sources)).values(source=source))
        spans += its
    return tuple(sorted(spans))


@contextmanager
def followed(connection: Connection, recording_id: str) -> Iterator[None]:
    """While a call's facts are changed: where it comes to another country or portfolio, what was told of its
    account is told of that one; and of the one that it had only where another account of it has paid.
    """
    account, before = _whose(connection, recording_id)
    yield
    its, now = _whose(connection, recording_id)
    if account is None or its != account or now == before:
        return
    p = payments.c
    paid = connection.execute(select(p.currency, p.paid_on).where(p.account == account).distinct()).all()
    for currency in sorted({row.currency for row in paid}):
        days = [row.paid_on for row in paid if row.currency == currency]
        there = _there(connection, currency)
        had = [one for one in there if one.scope == before]
        told = [one for one in had if any(one.first <= day <= one.last for day in days)]
        new = [replace(one, country=now.country, portfolio=now.portfolio) for one in told]
        _write(connection, currency, now, _joined([*(one for one in there if one.scope == now), *new], _NEXT))
        left = [one for one in had if one not in told or before in _payers(connection, one)]
        _write(connection, currency, before, left)


def _whose(connection: Connection, recording_id: str) -> tuple[str | None, Scope]:
    """The call's account, and its country and portfolio."""
    r = recordings.c
    row = connection.execute(select(r.account, r.country, r.portfolio).where(r.id == recording_id)).first()
    return (row.account, Scope(row.country or "", row.portfolio or "")) if row else (None, Scope("", ""))


def _payers(connection: Connection, span: Span) -> set[Scope | None]:
    """Of whom there are payments in these days, or within a hole before them."""
    return {one.scope for one in _paid(connection, span.currency, span.first - _HOLE, span.last)}


def known(store: Store) -> tuple[Span, ...]:
    """By currency, of whoever they are."""
    with store.reading() as connection:
        all_ = [Span(*row) for row in connection.execute(select(*_columns()))]
    by: defaultdict[str, list[Span]] = defaultdict(list)
    for one in all_:
        by[one.currency].append(replace(one, country="", portfolio=""))
    return tuple(span for _, its in sorted(by.items()) for span in _joined(its, _SIDE))


def covered(grace: timedelta) -> ColumnElement[bool]:
    """Whether the payments known cover a promise from the day of its call to its last day of grace: for a
    query on `promises` and `listed`.
    """
    s, of = payment_spans.c, promises.c
    made_on, until = func.coalesce(listed.c.call_date, of.due_on), _Before(s.last_on, grace.days)
    return exists().where(
        s.country == func.coalesce(listed.c.country, ""),
        s.portfolio == func.coalesce(listed.c.portfolio, ""),
        or_(of.currency.is_(None), s.currency == of.currency),
        s.first_on <= made_on,
        until >= made_on,
        until >= of.due_on,
    )


def _columns() -> tuple[ColumnElement[Any], ...]:
    s = payment_spans.c
    return s.currency, s.first_on, s.last_on, s.country, s.portfolio, s.source


def _there(connection: Connection, currency: str) -> list[Span]:
    its = select(*_columns()).where(payment_spans.c.currency == currency)
    return [Span(*row) for row in connection.execute(its)]


def _write(connection: Connection, currency: str, scope: Scope, spans: Collection[Span]) -> None:
    """Put them in the place of all that the scope has."""
    s = payment_spans.c
    same = and_(s.currency == currency, s.country == scope.country, s.portfolio == scope.portfolio)
    connection.execute(delete(payment_spans).where(same))
    rows = [
        {"currency": currency, "country": scope.country, "portfolio": scope.portfolio,
         "first_on": one.first, "last_on": one.last, "source": one.source}
        for one in spans
    ]  # fmt: skip
    if rows:
        connection.execute(insert(payment_spans), rows)


def _new_source(connection: Connection) -> int:
    return (connection.scalar(select(func.max(payment_spans.c.source))) or 0) + 1


def _continued(connection: Connection, its: Sequence[Span], there: Sequence[Span]) -> Iterator[Span]:
    """Of the scopes of the file's source those of which nobody paid in it. After a month without a payment a
    portfolio may have gone to a source of its own.
    """
    for first, last in sorted({(one.first, one.last) for one in its}):
        all_paid = _paid(connection, its[0].currency, first - _HOLE, last)
        named = {one.scope for one in its if (one.first, one.last) == (first, last)}
        for one in sorted(there):
            start = max(first, one.first)
            if one.scope in named or start > last or start - one.last > _NEXT:
                continue
            paid = [by.paid_on for by in all_paid if by.scope == one.scope]
            until = min(last, max(paid) + _HOLE) if paid else one.last
            if until > one.last:
                yield replace(one, first=start, last=until)


class _Paid(NamedTuple):
    paid_on: date
    scope: Scope | None  # of an account that no call has


def _paid(connection: Connection, currency: str, first: date, last: date) -> list[_Paid]:
    """The days of payments, and whose they are by what the calls say today."""
    p, r = payments.c, recordings.c
    query = (
        select(p.paid_on, r.account, r.country, r.portfolio)
        .select_from(payments.outerjoin(recordings, r.account == p.account))
        .where(p.currency == currency, p.paid_on >= first, p.paid_on <= last)
    )
    return [
        _Paid(day, Scope(country or "", portfolio or "") if account is not None else None)
        for day, account, country, portfolio in connection.execute(query.distinct())
    ]


def _let_go(connection: Connection, currency: str, day: date, scopes: Collection[Scope]) -> None:
    """A payment of that day is not there any more: what only it told is not known. `scopes`: whose it was."""
    there = _there(connection, currency)
    for one in (one for one in there if one.first <= day <= one.last):
        of_source = {other.scope for other in there if other.source == one.source}
        paid = _paid(connection, currency, one.first, one.last)
        days = {its.paid_on for its in paid if its.scope is None or its.scope in of_source}
        left = _joined((replace(one, first=at, last=at) for at in days), _HOLE)
        if one.scope in scopes:  # somebody of it must have paid
            left = [part for part in left if one.scope in _payers(connection, part)]
        others = [other for other in _there(connection, currency) if other.scope == one.scope]
        _write(connection, currency, one.scope, [other for other in others if other != one] + left)


def _of_file(connection: Connection, found: Sequence[Payment]) -> tuple[Span, ...]:
    by: defaultdict[str, list[Payment]] = defaultdict(list)
    for one in found:
        by[one.currency].append(one)
    spans: list[Span] = []
    for currency, its in by.items():
        for stretch in _joined((Span(currency, one.paid_on, one.paid_on) for one in its), _HOLE):
            inside = {one.account for one in its if stretch.first <= one.paid_on <= stretch.last}
            spans += (
                replace(stretch, country=scope.country, portfolio=scope.portfolio)
                for scope in _named(connection, inside)
            )
    return tuple(sorted(spans))


def _named(connection: Connection, accounts: Collection[str]) -> set[Scope]:
    """Country and portfolio of the calls of these accounts."""
    r, names = recordings.c, sorted(accounts)
    found: set[Scope] = set()
    for start in range(0, len(names), _PAGE):
        query = select(r.country, r.portfolio).where(r.account.in_(names[start : start + _PAGE])).distinct()
        found.update(
            Scope(country or "", portfolio or "") for country, portfolio in connection.execute(query)
        )
    return found


def _joined(spans: Iterable[Span], apart: timedelta) -> list[Span]:
    """Those of one currency that overlap, or are no further `apart`, as one."""
    found: list[Span] = []
    for one in sorted(spans):
        if found and one.first - found[-1].last <= apart:
            found[-1] = replace(found[-1], last=max(found[-1].last, one.last))
        else:
            found.append(one)
    return found


def before(day: ColumnElement[Any], days: int) -> ColumnElement[date]:
    """So many days before a day of a row, in SQL."""
    return _Before(day, days)


class _Before(FunctionElement[date]):
    """So many days before a day."""

    type = Date()
    inherit_cache = True

    def __init__(self, day: ColumnElement[Any], days: int) -> None:
        super().__init__(day, days)


@compiles(_Before)
def _less(it: _Before, compiler: SQLCompiler, **how: Any) -> str:
    day, days = it.clauses
    return f"({compiler.process(day, **how)} - CAST({compiler.process(days, **how)} AS INTEGER))"


@compiles(_Before, "sqlite")
def _less_in_sqlite(it: _Before, compiler: SQLCompiler, **how: Any) -> str:
    day, days = it.clauses
    return f"date({compiler.process(day, **how)}, '-' || {compiler.process(days, **how)} || ' days')"
