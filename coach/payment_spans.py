"""Of which days payments are known, and of whose. A table of payments tells of its currency, from its first
to its last day, for the countries and portfolios that its accounts' calls are of: in these days who is not in
it has not paid. Of all else nothing is known, and no promise is broken there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, and_, delete, exists, func, insert, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from coach.payment_rows import Payment
from coach.schema import recordings
from coach.schema_lists import listed
from coach.schema_month import payment_spans, promises
from coach.store import Store

_HOLE = timedelta(days=31)  # a longer time without any payment is one that the file lacks, or a mistyped day
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


def keep(connection: Connection, found: Sequence[Payment]) -> tuple[Span, ...]:
    """What a file covers, with its payments that were known already; kept with what is covered by others."""
    spans = _of_file(connection, found)
    s = payment_spans.c
    whose = {(one.currency, one.country, one.portfolio) for one in spans}
    for its in whose:
        same = and_(s.currency == its[0], s.country == its[1], s.portfolio == its[2])
        there = [Span(*row) for row in connection.execute(select(*_columns()).where(same))]
        new = [one for one in spans if (one.currency, one.country, one.portfolio) == its]
        connection.execute(delete(payment_spans).where(same))
        connection.execute(
            insert(payment_spans),
            [
                {"currency": one.currency, "country": one.country, "portfolio": one.portfolio,
                 "first_on": one.first, "last_on": one.last}
                for one in _joined([*there, *new], _NEXT)
            ],
        )  # fmt: skip
    return spans


@dataclass(frozen=True, slots=True)
class Told:
    """Spans of the same days as one; "" among `portfolios` stands for calls that name none."""

    currency: str
    first: date
    last: date
    countries: tuple[str, ...]
    portfolios: tuple[str, ...]

    @property
    def money(self) -> str:
        """«USD (EC, SV)»."""
        return f"{self.currency} ({', '.join(self.countries)})" if self.countries else self.currency


def gathered(spans: Iterable[Span]) -> tuple[Told, ...]:
    by: defaultdict[tuple[str, date, date], list[Span]] = defaultdict(list)
    for one in spans:
        by[one.currency, one.first, one.last].append(one)
    return tuple(
        Told(*days, *(tuple(sorted(names)) for names in (
            {one.country for one in its if one.country}, {one.portfolio for one in its}
        )))
        for days, its in sorted(by.items())
    )  # fmt: skip


def known(store: Store) -> tuple[Span, ...]:
    """By currency, of whoever they are."""
    with store.reading() as connection:
        all_ = [Span(*row) for row in connection.execute(select(*_columns()))]
    by: defaultdict[str, list[Span]] = defaultdict(list)
    for one in all_:
        by[one.currency].append(replace(one, country="", portfolio=""))
    return tuple(span for _, its in sorted(by.items()) for span in _joined(its, _NEXT))


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
    return s.currency, s.first_on, s.last_on, s.country, s.portfolio


def _of_file(connection: Connection, found: Sequence[Payment]) -> tuple[Span, ...]:
    by: defaultdict[str, list[Payment]] = defaultdict(list)
    for one in found:
        by[one.currency].append(one)
    spans: list[Span] = []
    for currency, its in by.items():
        for stretch in _joined((Span(currency, one.paid_on, one.paid_on) for one in its), _HOLE):
            inside = {one.account for one in its if stretch.first <= one.paid_on <= stretch.last}
            spans += (
                replace(stretch, country=country or "", portfolio=portfolio or "")
                for country, portfolio in _named(connection, inside)
            )
    return tuple(sorted(spans))


def _named(connection: Connection, accounts: Collection[str]) -> set[tuple[str | None, str | None]]:
    """Country and portfolio of the calls of these accounts."""
    r, names = recordings.c, sorted(accounts)
    found: set[tuple[str | None, str | None]] = set()
    for start in range(0, len(names), _PAGE):
        query = select(r.country, r.portfolio).where(r.account.in_(names[start : start + _PAGE])).distinct()
        found.update((country, portfolio) for country, portfolio in connection.execute(query))
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
