"""Whether a criterion was held against a call's agent: now, or at an instant that is past."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import Connection, select

from coach import bodies
from coach.schema import recordings, reviews, scorecards
from coach.schema_work import disputes
from rubrics.types import Outcome, Scorecard


def in_force(card: Scorecard, said: Mapping[str, Outcome], criterion: str, critical: Collection[str]) -> bool:
    """Whether a criterion was a failure that waits for nobody, by this scorecard and what people had said."""
    verdict = (card.shown | card.pack_verdicts).get(criterion)
    if verdict is None or criterion in said:
        return verdict is not None and said[criterion] == "fail"
    return verdict.outcome == "fail" and not verdict.needs_review and criterion not in critical


def failed(connection: Connection, recording_id: str, criterion: str, at: datetime | None = None) -> bool:
    """Whether it was a failure in force at this instant (None: is one now). True where nobody can tell."""
    cards = select(scorecards.c.body).where(scorecards.c.recording_id == recording_id)
    words = select(reviews.c.body).where(reviews.c.recording_id == recording_id)
    if at is not None:
        cards, words = cards.where(scorecards.c.created_at <= at), words.where(reviews.c.reviewed_at <= at)
    body = connection.execute(cards.order_by(scorecards.c.id.desc()).limit(1)).scalar()
    if body is None:
        return True
    spoken = connection.execute(words.order_by(reviews.c.id.desc()).limit(1)).scalar()
    said = bodies.read_review(spoken).overrides if spoken is not None else ()
    card = bodies.read_scorecard(body)
    if criterion not in card.shown | card.pack_verdicts:
        return True
    return in_force(card, {one.criterion: one.outcome for one in said}, criterion, card.critical_failures)


def conceded_in(connection: Connection, since: date, until: date) -> list[int]:
    """Numbers of the open disputes of the month's calls whose failure is none any more: somebody has said
    otherwise meanwhile, and the points are made without it.
    """
    joined = disputes.join(recordings, recordings.c.id == disputes.c.recording_id)
    query = select(disputes.c.id, disputes.c.recording_id, disputes.c.criterion).select_from(joined)
    its = disputes.c.state == "open", recordings.c.call_date.between(since, until)
    rows = connection.execute(query.where(*its).order_by(disputes.c.id)).all()
    return [row.id for row in rows if not failed(connection, row.recording_id, row.criterion)]
