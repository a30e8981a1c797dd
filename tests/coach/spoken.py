"""A person's word on a call, kept as it is: for tests of what reads reviews. What giving one does to points,
tasks and log has tests of its own (`coach.reviews`).
"""

from __future__ import annotations

from sqlalchemy import insert

from coach import bodies
from coach.judged import judged
from coach.schema import reviews
from coach.store import Store
from coach.types import Review


def add_review(store: Store, review: Review) -> None:
    """The newest word on the current scorecard of its call."""
    with store.writing() as connection:
        on = judged(connection, review.recording_id).scorecard_id
        body = bodies.write_review(review)
        values = {"recording_id": review.recording_id, "scorecard_id": on, "reviewer": review.reviewer}
        connection.execute(insert(reviews).values(**values, reviewed_at=review.reviewed_at, body=body))
