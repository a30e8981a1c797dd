"""What practice and real calls come to: cards of the schedule, mastery, misses of one's own calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from coach import bodies
from coach.attempts import reachable
from coach.owners import of_logins
from coach.queries import JUDGED
from coach.schema import findings, ladders, recordings, reviews, scorecards, verdicts
from coach.schema_drills import drill_attempts, drill_results
from coach.schema_work import review_facts
from coach.store import Store
from coach.types import Call
from coach.viewers import Viewer, released, taken_by, untold, visible
from drills import schedule
from drills.misses import Miss
from drills.schedule import Card, FailedCall, Mastery, Result

LOOKS_BACK = timedelta(days=90)  # for objections that were not met in real calls
MOST_MISSED = 100
MEETS = "handles_objections"  # the criterion whose verdict says whether the agent met what was objected


@dataclass(frozen=True, slots=True)
class Missed:
    """An objection of a real call that never got an answer that fits; `turn` is where it was left."""

    recording_id: str
    call_date: date
    objection: str
    turn: int


def events_of(
    store: Store, viewer: Viewer, user_id: int | None = None, *, today: date | None = None
) -> tuple[tuple[Result, ...], tuple[FailedCall, ...]]:
    """Results of all finished attempts of a person (the viewer, where nobody is named), and failed calls."""
    who = viewer.user_id if user_id is None else user_id
    return results_of(store, viewer, who), failed_calls(missed(store, viewer, who, today=today))


def failed_calls(found: Iterable[Missed]) -> tuple[FailedCall, ...]:
    return tuple(FailedCall(one.objection, one.call_date) for one in found)


def results_of(store: Store, viewer: Viewer, user_id: int | None) -> tuple[Result, ...]:
    """One result for each objection of a person's finished attempts, in the order of time, by the day on
    which each was finished.
    """
    query = (
        select(
            drill_results.c.objection, drill_attempts.c.finished_at, drill_results.c.points,
            drill_results.c.points_of, drill_results.c.passed,
        )
        .join(drill_attempts, drill_attempts.c.id == drill_results.c.attempt_id)
        .where(drill_attempts.c.user_id == user_id, reachable(viewer))
        .order_by(drill_attempts.c.finished_at)
    )  # fmt: skip
    with store.reading() as connection:
        return tuple(Result(name, day_of(at), *row) for name, at, *row in connection.execute(query))


def day_of(at: datetime) -> date:
    """The day by the clock of the house."""
    return at.astimezone().date()


def cards(
    store: Store, viewer: Viewer, user_id: int | None = None, *, today: date | None = None
) -> tuple[Card, ...]:
    """One card for each objection that the person has practised or failed in a real call."""
    return schedule.cards_of(*events_of(store, viewer, user_id, today=today))


def mastery(
    store: Store, viewer: Viewer, user_id: int | None = None, *, today: date | None = None
) -> tuple[Mastery, ...]:
    """How well a person knows each objection, with how many attempts that stands on."""
    return schedule.mastery(*events_of(store, viewer, user_id, today=today))


def missed(
    store: Store, viewer: Viewer, user_id: int | None, *, today: date | None = None
) -> tuple[Missed, ...]:
    """Objections without an answer that fits in a person's reviewed and released calls of late, newest first.

    What a reviewer took off a turn is none, and neither is what the call's verdict does not hold against the
    agent: objections were met, or a person has still to say. Of health nobody is told here who has not the
    right.
    """
    if user_id is None:
        return ()
    day = today or date.today()
    newest = (
        select(reviews.c.body)
        .where(reviews.c.recording_id == recordings.c.id)
        .order_by(reviews.c.id.desc())
        .limit(1)
        .correlate(recordings)
        .scalar_subquery()
    )
    its = and_(verdicts.c.scorecard_id == scorecards.c.id, verdicts.c.criterion == MEETS)
    met = (verdicts.c.outcome, verdicts.c.needs_review)
    query = (
        select(recordings.c.id, recordings.c.call_date, ladders.c.label, ladders.c.turn, newest, *met)
        .select_from(JUDGED.join(ladders, ladders.c.findings_id == findings.c.id).outerjoin(verdicts, its))
        .where(
            ladders.c.missed > 0, ladders.c.fits == 0, ladders.c.turn.is_not(None),
            recordings.c.call_date > day - LOOKS_BACK, recordings.c.call_date <= day,
            of_logins(user_id), taken_by((user_id,)), released(), _reviewed(),
            untold(viewer, ladders.c.label), *visible(viewer),
        )
        .order_by(recordings.c.call_started_at.desc(), recordings.c.id, ladders.c.label)
        .limit(MOST_MISSED)
    )  # fmt: skip
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return tuple(Missed(*row[:4]) for row in rows if _held(row[2], row[3], *row[4:]))


def reviewed_and_released(store: Store, recording_id: str) -> bool:
    """Whether a person has gone through the call and its agent may read it."""
    its = select(1).select_from(recordings).where(recordings.c.id == recording_id, released(), _reviewed())
    with store.reading() as connection:
        return connection.execute(its).first() is not None


def was_relabelled(call: Call, miss: Miss) -> bool:
    """Whether a reviewer said that it was no such objection."""
    said = call.review.relabels if call.review else ()
    return any((one.turn, one.removed) == (miss.turn, miss.objection) for one in said)


def _reviewed() -> ColumnElement[bool]:
    done = reviews.join(review_facts, review_facts.c.review_id == reviews.c.id)
    its = select(func.count()).select_from(done)
    its = its.where(reviews.c.recording_id == recordings.c.id, review_facts.c.finished)
    return its.correlate(recordings).scalar_subquery() > 0


def _held(label: str, turn: int, body: Any, outcome: str | None, waits: bool | None) -> bool:
    """Whether the call's standing verdict, a person's before the machine's, is against the agent. A form
    without the criterion says nothing else than the ladder.
    """
    review = bodies.read_review(body) if body else None
    if review and any((one.turn, one.removed) == (turn, label) for one in review.relabels):
        return False
    said = next((one.outcome for one in (review.overrides if review else ()) if one.criterion == MEETS), None)
    if said is not None:
        return said == "fail"
    return outcome is None or (outcome == "fail" and not waits)
