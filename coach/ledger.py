"""The ledger of promises: what was agreed, what fell due, what was kept; and what leads to promises that are
kept.

A promise is broken only where payments are known for all its days, in its currency, its country and its
portfolio (`coach.payment_spans`): until then it is «sin datos de pagos».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from coach import bodies, owners, payment_doubts, payment_spans
from coach.as_said import later_parts
from coach.kappa import Share
from coach.payment_spans import Span
from coach.queries import ALL, where
from coach.rows import CallFilter
from coach.schema import findings, ladders, reviews
from coach.schema_lists import listed
from coach.schema_month import promises
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer, debtor, told
from nlp.types import Part

State = Literal["vague", "pending", "due", "kept", "renewed", "partial", "broken", "unknown", "withdrawn"]
STATES: tuple[State, ...] = get_args(State)
# vague: without a sum or a day · pending: its day is to come · due: today, or in the days of grace
# renewed: the account promised anew first · partial, broken: its days are over
# unknown: so they are, but the payments known do not cover them, or a line of the account was not read
# withdrawn: a person judged that there was no promise; it enters no other figure
EXPECTED: tuple[State, ...] = ("pending", "due")
FALLEN: tuple[State, ...] = ("kept", "partial", "broken")

_LEDGER = listed.join(promises, promises.c.findings_id == listed.c.findings_id)
_OF_ROWS = (promises, listed)
_AT_ONCE = 1000  # ids in one query


@dataclass(frozen=True, slots=True)
class LedgerRow:
    recording_id: str
    call_date: date | None
    agent: str | None
    agent_login: str | None
    debtor_name: str | None
    country: str | None
    account: str | None
    amount: Decimal | None
    currency: str | None
    due_on: date | None
    paid: Decimal
    paid_on: date | None
    read_back: bool
    confirmed: bool
    by_person: bool  # put right, or withdrawn, in a review
    state: State
    later: tuple[Part, ...] = ()  # what else was agreed for later days; the ledger follows the first payment

    @property
    def left(self) -> Decimal | None:
        return None if self.amount is None else max(Decimal(0), self.amount - self.paid)


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    states: tuple[State, ...] = ()
    due_since: date | None = None  # included
    due_until: date | None = None  # included
    read_back: bool | None = None  # False: agreed but not read back


EVERY = LedgerFilter()


@dataclass(frozen=True, slots=True)
class LedgerPage:
    rows: tuple[LedgerRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the promises that have fallen due: how many were kept; sums are in `currency` ("": not said)."""

    currency: str
    share: Share
    promised: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True)
class LedgerSummary:
    states: dict[State, int]  # but for those withdrawn
    not_read_back: int  # firm promises that the agent did not repeat
    kept: tuple[Kept, ...]
    known: tuple[Span, ...]  # by currency, the days of which payments are known
    expected: tuple[tuple[str, Decimal], ...] = ()  # (currency, sum still to come) of those due or to come
    withdrawn: int = 0
    country: str | None = None  # of every promise with a sum, where it is one


@dataclass(frozen=True, slots=True)
class ObjectionPath:
    """From an objection to money: calls with it, firm promises among them, and those kept of those fallen
    due.
    """

    objection: str
    promised: Share  # of the calls
    kept: Share  # of the promises that have fallen due


@dataclass(frozen=True, slots=True)
class Asked:
    """What every question about the ledger needs to know beside the store."""

    settings: Settings
    viewer: Viewer
    which: CallFilter = ALL
    today: date | None = None  # None: by the clock of this machine

    @property
    def day(self) -> date:
        return self.today or date.today()


def ledger(
    store: Store, asked: Asked, kind: LedgerFilter = EVERY, *, page: int = 0, size: int | None = 50
) -> LedgerPage:
    """One page (from 0; `size` None: all), those due first on top; promises without a day come last."""
    rows, tests = _rows(asked, kind)
    due = promises.c.due_on
    rows = rows.order_by(due.is_(None), due, promises.c.findings_id).limit(size).offset(page * (size or 0))
    total = select(func.count()).select_from(_LEDGER).where(*tests)
    with store.reading() as connection:
        return LedgerPage(_read(connection, rows), connection.execute(total).scalar_one())


def by_call(store: Store, asked: Asked, *, after: str, size: int) -> tuple[LedgerRow, ...]:
    """Up to `size` rows in the order of their calls' ids, which never move, those after `after` ("": all)."""
    rows, _ = _rows(asked, EVERY)
    if after:
        rows = rows.where(listed.c.recording_id > after)
    with store.reading() as connection:
        return _read(connection, rows.order_by(listed.c.recording_id).limit(size))


def _rows(asked: Asked, kind: LedgerFilter) -> tuple[Select[Any], list[ColumnElement[bool]]]:
    """The rows asked for, in no order, and what they are chosen by."""
    state = _state(asked)
    tests = _tests(asked, kind, state)
    names = [name for name in LedgerRow.__dataclass_fields__ if name not in ("state", "later")]
    columns = [next(table.c[name] for table in _OF_ROWS if name in table.c) for name in names]
    whose = ("debtor_name", "account")
    shown = [
        debtor(asked.viewer, one) if one.name in whose else one for one in columns if one.name != "agent"
    ]
    shown += [owners.agent_name(listed).label("agent"), promises.c.findings_id.label("of")]
    return select(*shown, state.label("state")).select_from(_LEDGER).where(*tests), tests


def _read(connection: Connection, rows: Select[Any]) -> tuple[LedgerRow, ...]:
    found = [dict(row._mapping) for row in connection.execute(rows)]
    later: dict[int, tuple[Part, ...]] = {}
    for at in range(0, len(found), _AT_ONCE):
        later |= _later(connection, found[at : at + _AT_ONCE])
    return tuple(
        LedgerRow(**{name: row[name] for name in row if name != "of"}, later=later.get(row["of"], ()))
        for row in found
    )


def _later(connection: Connection, rows: Sequence[dict[str, Any]]) -> dict[int, tuple[Part, ...]]:
    """What is paid after the first part, by the findings that hold the promise (`of`). Few promises are in
    parts or put right, so few bodies are read.
    """
    in_parts = select(findings.c.id, findings.c.body).where(
        findings.c.id.in_([row["of"] for row in rows]), findings.c.body.contains('"later":[{')
    )
    heard = {row.id: bodies.read_findings(row.body).promise for row in connection.execute(in_parts)}
    newest = (
        select(func.max(reviews.c.id))
        .where(reviews.c.recording_id.in_([row["recording_id"] for row in rows if row["by_person"]]))
        .group_by(reviews.c.recording_id)
    )
    said = select(reviews.c.recording_id, reviews.c.body).where(reviews.c.id.in_(newest))
    words = {row.recording_id: bodies.read_review(row.body).promise for row in connection.execute(said)}
    return {row["of"]: later_parts(heard.get(row["of"]), words.get(row["recording_id"])) for row in rows}


def summary(store: Store, asked: Asked, kind: LedgerFilter = EVERY) -> LedgerSummary:
    """The filtered ledger in a few figures."""
    known = payment_spans.known(store)
    state = _state(asked)
    of = promises.c
    where_ = case((of.amount.is_not(None), listed.c.country))
    query = (
        select(
            state, of.currency, func.count(), func.sum(of.amount), func.sum(of.paid),
            func.count(case((and_(of.firm, ~of.read_back), 1))), func.min(where_), func.max(where_),
        )
        .select_from(_LEDGER)
        .where(*_tests(asked, kind, state))
        .group_by(state, of.currency)
    )  # fmt: skip
    states = dict.fromkeys(STATES, 0)
    sums: dict[str, list[Any]] = {}
    open_sums: dict[str, Decimal] = {}
    not_read_back = 0
    countries: set[str] = set()
    with store.reading() as connection:
        for name, currency, n, amount, paid, silent, *places in connection.execute(query):
            countries.update(filter(None, places))
            states[name] += n
            not_read_back += silent
            if name in EXPECTED:
                open_sums[currency or ""] = open_sums.get(currency or "", Decimal(0)) + amount - paid
            if name in FALLEN:
                row = sums.setdefault(currency or "", [0, 0, Decimal(0), Decimal(0)])
                row[0] += n if name == "kept" else 0
                row[1] += n
                row[2] += amount
                row[3] += paid
    kept = tuple(Kept(money, Share(*row[:2]), *row[2:]) for money, row in sorted(sums.items()))
    withdrawn = states.pop("withdrawn")
    expected = tuple(sorted(open_sums.items()))
    country = countries.pop() if len(countries) == 1 else None
    return LedgerSummary(states, not_read_back, kept, known, expected, withdrawn, country)


def paths(store: Store, asked: Asked) -> tuple[ObjectionPath, ...]:
    """Objection → promise → kept, the most frequent objection first; of the calls that `rungs.met` counts."""
    state = _state(asked)
    of, met = promises.c, ladders.c
    both = listed.join(ladders, met.findings_id == listed.c.findings_id)
    both = both.outerjoin(promises, of.findings_id == listed.c.findings_id)
    query = (
        select(
            met.label, func.count(), func.count(case((of.firm, 1))),
            func.count(case((and_(of.firm, state.in_(FALLEN)), 1))),
            func.count(case((and_(of.firm, state == "kept"), 1))),
        )
        .select_from(both)
        .where(met.times > 0, *where(asked.viewer, asked.which))
        .group_by(met.label)
        .order_by(func.count().desc(), met.label)
    )  # fmt: skip
    with store.reading() as connection:
        found = connection.execute(query).all()
    return tuple(
        ObjectionPath(name, Share(promised, calls), Share(kept, fallen))
        for name, calls, promised, fallen, kept in found
        if told(asked.viewer, (name,))
    )


def _state(asked: Asked) -> ColumnElement[State]:
    """The state of a row of `promises`, in SQL."""
    rules, of = asked.settings.promises, promises.c
    today, grace = asked.day, timedelta(days=rules.tolerance_days)
    enough = of.amount * (1 - rules.tolerance_percent / 100) - 0.005
    return case(
        (of.withdrawn, "withdrawn"),
        (~of.firm, "vague"),
        (of.paid >= enough, "kept"),
        (of.renewed_on.is_not(None), "renewed"),
        (of.due_on > today, "pending"),
        (of.due_on >= today - grace, "due"),
        (or_(of.account.is_(None), ~payment_spans.covered(grace), payment_doubts.doubtful(grace)), "unknown"),
        (of.paid > 0, "partial"),
        else_="broken",
    )


def _tests(asked: Asked, kind: LedgerFilter, state: ColumnElement[State]) -> list[ColumnElement[bool]]:
    tests = where(asked.viewer, asked.which)
    if kind.states:
        tests.append(state.in_(kind.states))
    if kind.due_since:
        tests.append(promises.c.due_on >= kind.due_since)
    if kind.due_until:
        tests.append(promises.c.due_on <= kind.due_until)
    if kind.read_back is not None:
        tests.append(promises.c.read_back if kind.read_back else and_(promises.c.firm, ~promises.c.read_back))
    return tests
