"""What counts against an agent in a call, since when, and until when it can be disputed.

The days run from when the failure was in force and the call readable: one that a person confirms, or that
comes of a later judgement, weeks after the release is disputed like one that was there on the first day.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from coach import bodies, queries, releases, workdays
from coach.failed_then import in_force
from coach.owners import owner, place
from coach.schema import reviews, scorecards
from coach.schema_work import disputes
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError, Review
from coach.viewers import Viewer
from coach.words import critical_of, forms_for, stands
from rubrics.settled import Settled
from rubrics.types import Outcome, Scorecard, Verdict

TWICE = "Este criterio ya se apeló en esta llamada: cada uno se apela una vez."


@dataclass(frozen=True, slots=True)
class Window:
    """What the agent may still dispute: all of these criteria until the end of the day `until`; what came to
    be held against them later, beyond it.
    """

    until: date
    criteria: tuple[str, ...]


def window(
    store: Store, settings: Settings, viewer: Viewer, recording_id: str, *, now: datetime | None = None
) -> Window | None:
    """What of an own released call may be disputed today; None where nothing may."""
    if not viewer.may("dispute"):
        return None
    queries.reach(store, viewer, recording_id)
    with store.reading() as connection:
        release = connection.execute(releases.active(recording_id)).first()
        if release is None or owner(connection, recording_id) != viewer.user_id:
            return None
        its = select(disputes.c.criterion).where(*_spent(recording_id))
        disputed = set(connection.execute(its).scalars())
        call = store.read_call(connection, recording_id)
        left = [name for name in against(stands(store, settings, call)) if name not in disputed]
        days = _until(connection, settings, call, release, left)
        today = day_of(connection, settings, recording_id, now or datetime.now(UTC))
    still = {name: day for name, day in days.items() if today <= day}
    return Window(min(still.values()), tuple(still)) if still else None


def check_open(
    connection: Connection,
    store: Store,
    settings: Settings,
    viewer: Viewer,
    recording_id: str,
    criterion: str,
    now: datetime,
) -> None:
    """CoachError where the viewer may not dispute this criterion now."""
    if owner(connection, recording_id) != viewer.user_id:
        raise CoachError("Solo quien atendió la llamada puede apelarla.")
    release = connection.execute(releases.active(recording_id)).first()
    if release is None:
        raise CoachError("Esta llamada todavía no se entregó.")
    call = store.read_call(connection, recording_id)
    if criterion not in against(stands(store, settings, call)):
        raise CoachError("Este criterio no se puede apelar: no está dado por no cumplido.")
    until = _until(connection, settings, call, release, [criterion])[criterion]
    if day_of(connection, settings, recording_id, now) > until:
        raise CoachError("El plazo para apelar este criterio terminó el {until:%d/%m/%Y}.", until=until)
    its = (*_spent(recording_id), disputes.c.criterion == criterion)
    if connection.execute(select(disputes.c.id).where(*its)).first():
        raise CoachError(TWICE)


def _spent(recording_id: str) -> tuple[ColumnElement[bool], ...]:
    """The disputes after which there is no other of the same criterion: all but those that nobody could
    decide, as it was judged no more.
    """
    return disputes.c.recording_id == recording_id, disputes.c.state != "void"


def against(settled: Settled) -> tuple[str, ...]:
    """What counts against the agent: failures that no longer wait for a person."""
    verdicts: dict[str, Verdict] = settled.verdicts | settled.pack_verdicts
    return tuple(
        name
        for name, verdict in verdicts.items()
        if verdict.outcome == "fail" and not verdict.needs_review and name not in settled.to_confirm
    )


def day_of(connection: Connection, settings: Settings, recording_id: str, at: datetime) -> date:
    """The day that it is, at an instant, where the call's agent works."""
    return workdays.local_day(at, place(connection, settings, recording_id).timezone)


def _until(
    connection: Connection, settings: Settings, call: Call, release: Row[Any], criteria: Collection[str]
) -> dict[str, date]:
    """The last day on which each of these failures may be disputed."""
    since = _since(connection, settings, call, criteria)
    where = place(connection, settings, call.id)
    found = {}
    for name in criteria:
        read = max(release.visible_from, since.get(name, release.visible_from))
        day = workdays.local_day(read, where.timezone)
        found[name] = workdays.after(day, settings.review.dispute_days, where.country)
    return found


def _since(
    connection: Connection, settings: Settings, call: Call, criteria: Collection[str]
) -> dict[str, datetime]:
    """Since when each of these has been a failure in force without a break; left out is what the first
    judgement of the call said already.
    """
    cards = select(scorecards.c.created_at, scorecards.c.body).where(scorecards.c.recording_id == call.id)
    first, *anew = connection.execute(cards.order_by(scorecards.c.id)).all()
    spoken = select(reviews.c.reviewed_at, reviews.c.body).where(reviews.c.recording_id == call.id)
    words = connection.execute(spoken.order_by(reviews.c.id)).all()
    news: list[tuple[datetime, Scorecard | Review]] = [
        *((row.created_at, bodies.read_scorecard(row.body)) for row in anew),
        *((row.reviewed_at, bodies.read_review(row.body)) for row in words),
    ]
    grave, card = critical_of(*forms_for(call, settings)), bodies.read_scorecard(first.body)
    outcomes: dict[str, Outcome] = {}
    held = {name for name in criteria if in_force(card, outcomes, name, grave)}
    found: dict[str, datetime] = {}
    for at, one in sorted(news, key=itemgetter(0)):
        if isinstance(one, Scorecard):
            card = one
        else:
            outcomes = {said.criterion: said.outcome for said in one.overrides}
        now = {name for name in criteria if in_force(card, outcomes, name, grave)}
        found |= dict.fromkeys(now - held, at)
        held = now
    return {name: at for name, at in found.items() if name in held}
