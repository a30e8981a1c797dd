"""How objections were met, over many calls: the ladder of each is read once and kept as a few numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, case, func, insert, select

from coach import owners
from coach.database import page_of
from coach.kappa import Share
from coach.queries import count, where
from coach.rows import CallFilter
from coach.schema import finding_counts, findings, ladders
from coach.schema_lists import listed
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer, debtor, told, untold
from nlp.labels import objection_ids
from nlp.ladder import Pair
from nlp.ladder_model import RUNGS
from rubrics.ladder import ladders as pairs_of

_WITH_LADDERS = listed.join(ladders, ladders.c.findings_id == listed.c.findings_id)
_MISSED = ("brushed_off", "unanswered")


@dataclass(frozen=True, slots=True)
class Met:
    """One objection: calls that brought it, of all calls; then, of the times it came, how far agents got.

    `resolved`: calls in which it got an answer that fits, of those in which the agent could give one.
    """

    objection: str
    calls: Share
    rungs: dict[str, Share]  # by rung, in the order of the ladder
    resolved: Share


@dataclass(frozen=True, slots=True)
class MissedRow:
    """A call in which an objection never got an answer that fits."""

    recording_id: str
    call_date: date | None
    agent: str | None
    agent_login: str | None
    debtor_name: str | None
    objection: str
    turn: int | None
    firm_promise: bool


@dataclass(frozen=True, slots=True)
class MissedPage:
    rows: tuple[MissedRow, ...]
    total: int


def met(store: Store, viewer: Viewer, which: CallFilter) -> tuple[Met, ...]:
    """Every objection that came, the most frequent first."""
    of = ladders.c
    judged = case((of.fits + of.missed > 0, 1))
    query = (
        select(
            of.label, func.count(), func.sum(of.times), *(func.sum(of[rung]) for rung in RUNGS),
            func.count(case((of.fits > 0, 1))), func.count(judged),
        )
        .select_from(_WITH_LADDERS)
        .where(of.times > 0, *where(viewer, which))
        .group_by(of.label)
        .order_by(func.count().desc(), of.label)
    )  # fmt: skip
    with store.reading() as connection:
        total = count(connection, viewer, which)
        rows = connection.execute(query).all()
    return tuple(
        Met(
            label,
            Share(calls, total),
            {rung: Share(int(n), int(times)) for rung, n in zip(RUNGS, reached, strict=True)},
            Share(fits, able),
        )
        for label, calls, times, *reached, fits, able in rows
        if told(viewer, (label,))
    )


def missed(
    store: Store, viewer: Viewer, which: CallFilter, objection: str = "", *, page: int = 0, size: int = 10
) -> MissedPage:
    """Calls in which the objection (any, where none is named) was never answered fittingly, newest first."""
    of = ladders.c
    tests = [of.missed > 0, of.fits == 0, *where(viewer, which)]
    tests += [of.label == objection] if objection else []
    tests.append(untold(viewer, of.label))
    r = listed.c
    columns = (
        r.recording_id,
        r.call_date,
        owners.agent_name(listed).label("agent"),
        r.agent_login,
        debtor(viewer, r.debtor_name),
        of.label,
        of.turn,
    )
    query = select(*columns, r.firm_promise).select_from(_WITH_LADDERS).where(*tests)
    query = query.order_by(r.call_date.desc(), r.recording_id, of.label)
    with store.reading() as connection:
        rows, total = page_of(connection, query, page=page, size=size)
        return MissedPage(tuple(MissedRow(*row) for row in rows), total)


def keep_up(store: Store, *, most: int | None = None, page: int = 50) -> int:
    """Read the ladders of calls that have none yet, of at most `most`; gives of how many.

    Reading takes the models, so it is done outside of the transaction that writes, page by page.
    """
    last, done = 0, 0
    while most is None or done < most:
        size = page if most is None else min(page, most - done)
        with store.reading() as connection:
            waiting = connection.execute(_without(last, size)).all()
        if not waiting:
            break
        rows: list[dict[str, Any]] = []
        for found in waiting:
            try:
                rows += _rows(store, found.id, found.recording_id)
            except CoachError:
                continue  # forgotten meanwhile
        with store.writing() as connection:
            _write(connection, rows)
        last, done = waiting[-1].id, done + len(waiting)
    return done


def summed(label: str, pairs: Sequence[Pair]) -> dict[str, Any]:
    """What is kept of one objection of a call."""
    its = [pair for pair in pairs if pair.objection.label == label]
    away = [pair for pair in its if pair.outcome in _MISSED]
    return {
        "label": label,
        "times": len(its),
        **{rung: sum(rung not in pair.missing for pair in its) for rung in RUNGS},
        "fits": sum(pair.outcome == "fits" for pair in its),
        "missed": len(away),
        "turn": away[0].objection.quote.turn if away else None,
    }


def _without(last: int, page: int) -> Any:
    """Current findings with an objection and no ladder."""
    said = select(1).where(
        finding_counts.c.findings_id == findings.c.id, finding_counts.c.label.in_(objection_ids())
    )
    read = select(1).where(ladders.c.findings_id == findings.c.id)
    waits = (findings.c.current, findings.c.id > last, said.exists(), ~read.exists())
    query = select(findings.c.id, findings.c.recording_id).where(*waits)
    return query.order_by(findings.c.id).limit(page)


def _rows(store: Store, findings_id: int, recording_id: str) -> list[dict[str, Any]]:
    call = store.call(recording_id)
    pairs = pairs_of(call.transcript, call.findings)
    labels = {finding.label for finding in call.findings.findings} & set(objection_ids())
    return [{"findings_id": findings_id, **summed(label, pairs)} for label in sorted(labels)]


def _write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    still = set(
        connection.execute(
            select(findings.c.id).where(
                findings.c.id.in_({row["findings_id"] for row in rows}),
                ~select(1).where(ladders.c.findings_id == findings.c.id).exists(),
            )
        ).scalars()
    )
    if kept := [row for row in rows if row["findings_id"] in still]:
        connection.execute(insert(ladders), kept)
