"""What each person said of a call, and when. A kept review holds the former ones too; here every line is the
word of whoever signs it, and of nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from coach import bodies
from coach.schema import reviews
from coach.schema_work import ratings, review_facts
from coach.store import Store
from coach.types import Override, Review


@dataclass(frozen=True, slots=True)
class Step:
    """`said` holds what is this person's alone; `kind` is as in `coach.words.Facts`, "" of old ones."""

    said: Review
    kind: str
    blind: bool


def of_call(store: Store, recording_id: str) -> tuple[Step, ...]:
    """The oldest first. An appeal that was dismissed changes nothing and is no step."""
    f = review_facts.c
    query = select(reviews.c.id, reviews.c.body, f.kind, f.blind, f.finished)
    query = query.outerjoin(review_facts, f.review_id == reviews.c.id)
    rated = select(ratings.c.review_id, ratings.c.criterion).where(ratings.c.recording_id == recording_id)
    with store.reading() as connection:
        its = reviews.c.recording_id == recording_id
        rows = connection.execute(query.where(its).order_by(reviews.c.id)).all()
        judged = {(row.review_id, row.criterion) for row in connection.execute(rated)}
    steps: list[Step] = []
    before: Review | None = None
    for row in rows:
        review = bodies.read_review(row.body)
        again = (
            row.kind != "second"
        )  # of an appeal the second person's rating may be another than what stands
        anew = {name for number, name in judged if again and number == row.id}
        said, same = _own(review, before, anew), before is not None and _signed(review) == _signed(before)
        before = review
        if not same and (row.finished or said.overrides or said.relabels or said.notes or said.promise):
            steps.append(Step(said, row.kind or "", bool(row.blind)))
    return tuple(steps)


def _signed(review: Review) -> tuple[object, ...]:
    """The same again: the word was put onto a new scorecard."""
    return review.reviewer, review.reviewed_at


def _own(review: Review, before: Review | None, judged: set[str]) -> Review:
    if before is None:
        return review
    known: set[Override] = set(before.overrides)
    return replace(
        review,
        overrides=tuple(one for one in review.overrides if one not in known or one.criterion in judged),
        relabels=tuple(one for one in review.relabels if one not in before.relabels),
        notes="" if review.notes == before.notes else review.notes,
        promise=None if review.promise == before.promise else review.promise,
    )
