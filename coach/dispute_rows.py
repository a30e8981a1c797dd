"""Disputes for the screens: to who decides without anybody's outcome, to the agent with the answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from coach import blind, queries
from coach.disputes import State
from coach.owners import over, reviewed_by
from coach.releases import bare
from coach.schema import recordings
from coach.schema_people import users
from coach.schema_work import disputes
from coach.settings import Settings
from coach.shield import as_heard, quote_alone, shielded, written, written_alone
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import Viewer, visible
from coach.words import forms_for
from rubrics.types import Criterion, Outcome
from transcripts.types import Quote, Recording

_LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """`outcome` (of the criterion, as decided) and `decision` (why) are there once it is decided."""

    id: int
    recording_id: str
    criterion: str
    country: str | None  # whose rules the criterion may be one of
    call_date: date | None
    agent: str | None
    opened_at: datetime  # UTC
    due_on: date
    overdue: bool  # its day is over where the agent works
    reason: str
    quote: Quote | None
    state: State
    decided_at: datetime | None
    outcome: Outcome | None
    decision: str
    decided_by: str  # a name; "" for the agent: it is the house's word


@dataclass(frozen=True, slots=True)
class DisputePage:
    rows: tuple[DisputeRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Case:
    """What the second person gets to see: the call without verdicts, and the one criterion."""

    dispute: DisputeRow
    call: Call
    criterion: Criterion


def to_decide(
    store: Store, viewer: Viewer, *, page: int = 0, size: int = 50, now: datetime | None = None
) -> DisputePage:
    """Open disputes that the viewer may decide: none on calls of their own, and none on those that they have
    judged, or judge in a calibration. First due, first.
    """
    viewer.require("decide")
    of = disputes.c.recording_id
    wanted = [disputes.c.state == "open", ~reviewed_by(viewer, of), ~blind.calibrates(viewer, of)]
    return _page(store, viewer, wanted, (disputes.c.due_on, disputes.c.id), page, size, now)


def of_call(store: Store, viewer: Viewer, recording_id: str, *, names: bool = True) -> tuple[DisputeRow, ...]:
    """The disputes of a call in reach, in the order in which they were opened, covered as the call is."""
    queries.reach(store, viewer, recording_id)
    its = [disputes.c.recording_id == recording_id]
    rows = _page(store, viewer, its, (disputes.c.id,), 0, 100, None, raw=True).rows
    if not rows:
        return ()
    call, named = store.call(recording_id), names and viewer.may("names")
    return tuple(_as_call(row, call, named) for row in rows)


def case(
    store: Store, settings: Settings, viewer: Viewer, dispute_id: int, *, now: datetime | None = None
) -> Case:
    """An open dispute as the one who decides sees it; CoachError where the viewer may not decide it."""
    viewer.require("decide")
    wanted = [
        disputes.c.id == dispute_id,
        disputes.c.state == "open",
        ~reviewed_by(viewer, disputes.c.recording_id),
    ]
    found = _page(store, viewer, wanted, (disputes.c.id,), 0, 1, now, raw=True).rows
    if not found:
        with store.reading() as connection:
            its = select(disputes.c.state).where(disputes.c.id == dispute_id)
            ended = connection.execute(its.where(disputes.c.state != "open")).scalar()
        if ended == "void":
            raise CoachError(
                "Esta apelación terminó sin decisión: su criterio ya no se evalúa en la llamada."
            )
        if ended is not None:
            raise CoachError("Esta apelación ya se decidió o se retiró: no espera a nadie.")
        raise CoachError("Esta apelación no está entre las que usted puede decidir.")
    heard, names = store.call(found[0].recording_id), viewer.may("names")
    call = shielded(heard, names=names)
    form, pack = forms_for(call, settings)
    known = (*form.criteria, *(pack.rules if pack else ()))
    criterion = next(one for one in known if one.id == found[0].criterion)
    return Case(_as_call(found[0], heard, names), bare(call), criterion)


def lately_void(store: Store, viewer: Viewer, *, now: datetime | None = None) -> int:
    """How many disputes in reach ended in the last weeks as their criterion is judged no more."""
    viewer.require("decide")
    source = disputes.join(recordings, recordings.c.id == disputes.c.recording_id)
    ended = disputes.c.decided_at >= (now or datetime.now(UTC)) - _LATELY
    query = select(func.count()).select_from(source)
    with store.reading() as connection:
        its = query.where(disputes.c.state == "void", ended, *visible(viewer))
        return int(connection.execute(its).scalar_one())


def _page(
    store: Store,
    viewer: Viewer,
    wanted: list[ColumnElement[bool]],
    order: tuple[Any, ...],
    page: int,
    size: int,
    now: datetime | None,
    *,
    raw: bool = False,
) -> DisputePage:
    """`raw`: with the words as they were written; whoever asks covers them."""
    source = disputes.join(recordings, recordings.c.id == disputes.c.recording_id)
    tests = (*wanted, *visible(viewer))
    query: Select[*tuple[Any, ...]] = (
        select(
            disputes,
            recordings.c.call_date,
            recordings.c.agent,
            recordings.c.country,
            recordings.c.debtor_name,
            recordings.c.account,
            users.c.name,
        )
        .select_from(source.outerjoin(users, users.c.id == disputes.c.decided_by))
        .where(*tests)
        .order_by(*order)
    )
    total = select(func.count()).select_from(source).where(*tests)
    now = now or datetime.now(UTC)
    with store.reading() as connection:
        rows = connection.execute(query.limit(size).offset(page * size)).all()
        n = connection.execute(total).scalar_one()
        found = [
            _row(row, viewer, row.state == "open" and over(connection, row.recording_id, row.due_on, now))
            for row in rows
        ]
    if raw:
        return DisputePage(tuple(found), n)
    names = viewer.may("names")
    return DisputePage(tuple(_alone(one, row, names) for one, row in zip(found, rows, strict=True)), n)


def _as_call(row: DisputeRow, call: Call, names: bool) -> DisputeRow:
    """The row with its words covered as they are in the call; a quote of words corrected since, by itself."""
    quote = row.quote
    if quote is not None and as_heard(call, quote) is not None:
        quote = shielded(call, names=names).transcript.quote(quote.turn, quote.start, quote.end)
    elif quote is not None:
        quote = quote_alone(quote, names=names)
    reason, decision = (written(text, call, names=names) for text in (row.reason, row.decision))
    return replace(row, quote=quote, reason=reason, decision=decision)


def _alone(one: DisputeRow, row: Row[Any], names: bool) -> DisputeRow:
    """The row covered by what its words themselves and the facts of the call tell: a list reads no calls."""
    recording = Recording(
        row.recording_id, row.call_date, agent=row.agent, country=row.country, debtor_name=row.debtor_name,
        account=row.account,
    )  # fmt: skip
    quote = one.quote and quote_alone(one.quote, names=names)
    reason, decision = (written_alone(text, recording, names=names) for text in (one.reason, one.decision))
    return replace(one, quote=quote, reason=reason, decision=decision)


def _row(row: Row[Any], viewer: Viewer, overdue: bool) -> DisputeRow:
    return DisputeRow(
        row.id,
        row.recording_id,
        row.criterion,
        row.country,
        row.call_date,
        row.agent,
        row.opened_at,
        row.due_on,
        overdue,
        row.reason,
        Quote(**json.loads(row.quote)) if row.quote else None,
        row.state,
        row.decided_at,
        row.outcome,
        row.decision,
        "" if viewer.role == "agent" else row.name or "",
    )
