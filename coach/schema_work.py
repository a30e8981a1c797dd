"""The tables of the review workflow and of calibration.

A scorecard is never edited: what people say stands beside it, each word with its author and instant.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from coach.schema import Instant, metadata, of_recording
from coach.schema_people import of_user


def _of_review(*, primary_key: bool = False) -> Column[int]:
    key = ForeignKey("reviews.id", ondelete="CASCADE")
    return Column("review_id", key, primary_key=primary_key, nullable=False)


_WAITS = text("state IN ('open', 'claimed')")

tasks = Table(  # calls that wait for a person's ear, and why
    "tasks",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    Column("agent_login", String(200), index=True),
    Column("reason", String(20), nullable=False),  # a `coach.sampling.Reason`
    Column("probability", Float, nullable=False),  # 0..1, of having been drawn: an estimate weighs by 1/p
    Column("blind", Boolean, nullable=False),  # the machine's verdicts stay hidden until the person is done
    Column("state", String(10), nullable=False),  # open, claimed, done, dropped
    Column("created_at", Instant, nullable=False),
    Column("due_on", Date),
    of_user(name="assigned_to", nullable=True),
    Column("claimed_at", Instant),
    Column("finished_at", Instant),
    Index(
        "uq_tasks_open",
        "recording_id",
        "reason",
        unique=True,
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    ),
    Index("ix_tasks_state_assigned_to", "state", "assigned_to"),
)  # fmt: skip

drafts = Table(  # a review that is not finished: saved at every change
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    of_user(),
    Column("scorecard_id", ForeignKey("scorecards.id", ondelete="CASCADE"), nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("seconds", Float, nullable=False),  # worked on it, pauses of over two minutes left out
    Column("body", Text, nullable=False),
    UniqueConstraint("recording_id", "user_id"),
)

review_facts = Table(  # how a review came about; beside `reviews`, which holds what was said
    "review_facts",
    metadata,
    _of_review(primary_key=True),
    of_user(nullable=True),
    Column("task_id", ForeignKey("tasks.id", ondelete="SET NULL")),
    Column("kind", String(12), nullable=False),  # review, second (of a dispute), calibration, imported
    Column("blind", Boolean, nullable=False),
    Column("seconds", Float),
    Column("finished", Boolean, nullable=False),
)

ratings = Table(  # one line per criterion that a person judged, beside what the machine had said
    "ratings",
    metadata,
    _of_review(primary_key=True),
    Column("criterion", String(100), primary_key=True),
    of_recording(),
    of_user(nullable=True),
    Column("at", Instant, nullable=False),
    Column("rubric", String(200), nullable=False),  # of the machine's scorecard, "id@version+digest"
    Column("nlp_version", String(100), nullable=False),
    Column("model", String(300), nullable=False),  # speech model
    Column("person", String(4), nullable=False),
    Column("machine", String(4), nullable=False),
    Column("blind", Boolean, nullable=False),
    Index("ix_ratings_criterion_blind", "criterion", "blind"),
    Index(
        "ix_ratings_made",
        "blind",
        "rubric",
        "nlp_version",
        "model",
        "criterion",
        "person",
        "machine",
        "recording_id",
        "user_id",
        "review_id",
    ),
)

releases = Table(  # from when on the agent may read the scorecard
    "releases",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    Column("review_id", ForeignKey("reviews.id", ondelete="SET NULL")),
    of_user(name="released_by", nullable=True),
    Column("released_at", Instant, nullable=False),
    Column("visible_from", Instant, nullable=False),
    Column("acknowledged_at", Instant),
    Column("withdrawn_at", Instant),
    Index("uq_releases_recording", "recording_id", unique=True,
          sqlite_where=text("withdrawn_at IS NULL"), postgresql_where=text("withdrawn_at IS NULL")),
)  # fmt: skip

disputes = Table(
    "disputes",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    Column("scorecard_id", ForeignKey("scorecards.id", ondelete="CASCADE"), nullable=False),
    Column("criterion", String(100), nullable=False),
    of_user(name="opened_by"),
    Column("opened_at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("quote", Text, nullable=False),  # JSON of the Quote that it starts from; "" where none
    Column("due_on", Date, nullable=False),  # to be decided until then
    Column("state", String(10), nullable=False),  # open, upheld, dismissed, withdrawn, void
    of_user(name="decided_by", nullable=True),
    Column("decided_at", Instant),
    Column("outcome", String(4)),  # of the criterion, as decided
    Column("decision", Text, nullable=False),  # why, for the agent to read
    Column("second", String(4)),  # what the second reviewer said without seeing the first
    Index("ix_disputes_state", "state"),
    Index("uq_disputes_open", "recording_id", "criterion", unique=True,
          sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")),
)  # fmt: skip

critical_steps = Table(  # what was done about a call's confirmed critical failures
    "critical_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    of_user(nullable=True, ondelete="SET NULL"),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("closes", Boolean, nullable=False),  # nothing is left to do; a later step opens it again
)

comments = Table(
    "comments",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    Column("turn", Integer),  # None: of the call as a whole
    of_user(name="author_id"),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("for_agent", Boolean, nullable=False),
    Column("edited_at", Instant),
    Column("deleted_at", Instant),
)

notices = Table(  # what waits for a person
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    of_user(),
    Column("kind", String(30), nullable=False),
    Column("recording_id", ForeignKey("recordings.id", ondelete="CASCADE"), index=True),
    Column("at", Instant, nullable=False),
    Column("detail", Text, nullable=False),  # JSON; never words of a call
    Column("read_at", Instant),
)

calibrations = Table(  # several people score the same calls blind, then compare
    "calibrations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String(200), nullable=False),
    of_user(name="created_by"),
    Column("created_at", Instant, nullable=False),
    Column("closes_on", Date),
    Column("closed_at", Instant),
)

calibration_calls = Table(
    "calibration_calls",
    metadata,
    Column("calibration_id", ForeignKey("calibrations.id", ondelete="CASCADE"), primary_key=True),
    Column("recording_id", ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("scorecard_id", ForeignKey("scorecards.id", ondelete="CASCADE"), nullable=False),
)

calibration_people = Table(
    "calibration_people",
    metadata,
    Column("calibration_id", ForeignKey("calibrations.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
)

calibration_scores = Table(
    "calibration_scores",
    metadata,
    Column("calibration_id", ForeignKey("calibrations.id", ondelete="CASCADE"), primary_key=True),
    Column("recording_id", ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("criterion", String(100), primary_key=True),
    Column("outcome", String(4), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

calibration_drafts = Table(  # judged so far, saved at every change; gone once the scorecard is handed in
    "calibration_drafts",
    metadata,
    Column("calibration_id", ForeignKey("calibrations.id", ondelete="CASCADE"), primary_key=True),
    Column("recording_id", ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("body", Text, nullable=False),  # JSON: [outcome or null, note] by criterion
)
