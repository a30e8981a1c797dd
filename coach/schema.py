"""The tables. Results are versioned: a new one takes the place of the old as `current`, the old one is kept.

What we compute is stored whole as JSON in `body`; the columns beside it are what the screens filter, sort and
average by. Instants are UTC; `call_date` is the local calendar day of the call.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An instant: goes in with any time zone, comes out in UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None else None


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def of_recording() -> Column[str]:
    key = ForeignKey("recordings.id", ondelete="CASCADE")
    return Column("recording_id", String(200), key, nullable=False, index=True)


def _one_current(table: str) -> Index:
    """At most one current result for each recording; also the way the screens find it."""
    only = text("current")
    return Index(f"uq_{table}_current", "recording_id", unique=True, sqlite_where=only, postgresql_where=only)


recordings = Table(
    "recordings",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("content_hash", String(64), unique=True),  # sha256 of the audio, or of what was said
    Column("audio", Text),  # inside data_dir where relative
    Column("body", Text, nullable=False),  # Recording without its audio
    Column("added_at", Instant, nullable=False),
    Column("call_started_at", Instant, index=True),
    Column("started_local", DateTime),  # wall clock of the call; NULL where only the day is known
    Column("call_date", Date, index=True),
    Column("agent", String(200)),
    Column("agent_order", String(200)),  # the name as `coach.by_name` sorts it; `listed` repeats it
    Column("agent_login", String(200), index=True),  # whose score the call enters; NULL: nobody's
    Column("debtor_name", String(200)),
    Column("country", String(2)),
    Column("company", String(200)),
    Column("direction", String(10)),
    Column("campaign", String(200)),
    Column("portfolio", String(200)),
    Column("account", String(200)),
    Column("call_type", String(100)),
    Column("disposition", String(100)),
    Column("source", String(100)),
    Column("duration_s", Float),
    Column("demo", Boolean, nullable=False, default=False),
    Column("named", Text, nullable=False, server_default=""),  # id, account, debtor's name: see schema_lists
    Index("ix_recordings_portfolio_id", "portfolio", "id"),  # an outside auditor's reach
    Index("ix_recordings_account", "account"),
)

transcripts = Table(
    "transcripts",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    Column("created_at", Instant, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("engine", String(100), nullable=False),
    Column("model", String(300), nullable=False),
    Column("engine_version", String(50), nullable=False),
    Column("language", String(10), nullable=False),
    Column("channels", Integer, nullable=False),
    Column("stems", Text, nullable=False),  # searched: stems of all that was said, accents folded
    Column("body", Text, nullable=False),  # Transcript without its recording
    _one_current("transcripts"),
)

findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    Column("transcript_id", ForeignKey("transcripts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("nlp_version", String(100), nullable=False),
    Column("firm_promise", Boolean, nullable=False),
    Column("promised", Boolean, nullable=False),
    Column("said", Text, nullable=False, server_default=""),  # objections as `coach.letters`
    Column("body", Text, nullable=False),
    _one_current("findings"),
)

finding_counts = Table(
    "finding_counts",
    metadata,
    Column("findings_id", ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True),
    Column("label", String(100), primary_key=True),
    Column("n", Integer, nullable=False),
    Index("ix_finding_counts_label", "label"),
)

ladders = Table(  # how an objection of a call was met; times 0: none that counts
    "ladders",
    metadata,
    Column("findings_id", ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True),
    Column("label", String(100), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("recognise", Integer, nullable=False),  # of these times, those in which the rung was reached
    Column("explore", Integer, nullable=False),
    Column("answer", Integer, nullable=False),
    Column("ask", Integer, nullable=False),
    Column("fits", Integer, nullable=False),  # met with an answer that fits
    Column("missed", Integer, nullable=False),  # brushed off or not answered; the rest: the call ended
    Column("turn", Integer),  # where it was missed first
    Index("ix_ladders_label", "label"),
)

scorecards = Table(
    "scorecards",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    Column("findings_id", ForeignKey("findings.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("rubric", String(200), nullable=False),  # "id@version+digest"
    Column("pack", String(200), nullable=False, server_default=""),  # the same, of the country's rules
    Column("points", Float),
    Column("points_low", Float),
    Column("points_high", Float),
    Column("evaluable", String(10), nullable=False),
    Column("critical", Integer, nullable=False),  # how many critical criteria failed
    Column("to_review", Integer, nullable=False),  # how many verdicts wait for a person
    Column("outcomes", Text, nullable=False, server_default=""),  # verdicts as `coach.letters`
    Column("body", Text, nullable=False),
    _one_current("scorecards"),
)

standings = Table(  # where a scorecard stands: what the machine said until a person has had a word
    "standings",
    metadata,
    Column("scorecard_id", ForeignKey("scorecards.id", ondelete="CASCADE"), primary_key=True),
    Column("points", Float),
    Column("points_low", Float),
    Column("points_high", Float),
    Column("critical", Integer, nullable=False),  # critical failures that a person has still to confirm
    Column("to_review", Integer, nullable=False),
    Column("void", Boolean, nullable=False),  # a critical failure is confirmed: the call counts 0
    Column("counting", String(16), nullable=False, server_default="all"),  # `coach.trusts.key` of what counts
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("scorecard_id", ForeignKey("scorecards.id", ondelete="CASCADE"), primary_key=True),
    Column("criterion", String(100), primary_key=True),
    Column("outcome", String(4), nullable=False),
    Column("needs_review", Boolean, nullable=False),
    Index("ix_verdicts_criterion_outcome", "criterion", "outcome"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    Column("name", String(300), nullable=False),  # of the file, as the person who gave it knows it
    Column("state", String(10), nullable=False),
    Column("rank", Integer, nullable=False, server_default="1"),  # the smaller the sooner: `coach.jobs.RANKS`
    Column("step", String(20), nullable=False),
    Column("progress", Float, nullable=False),
    Column("began", String(20), nullable=False, server_default=""),  # the step at which it was last taken
    Column("reached", Float, nullable=False, server_default="0"),  # how far it was then: `coach.jobs.way`
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    Column("heartbeat_at", Instant),
    Column("worker", String(200), nullable=False),  # "host:process"; "" while nobody has it
    Column("attempts", Integer, nullable=False),
    Column("cancel_asked", Boolean, nullable=False),
    Column("pause_asked", Boolean, nullable=False, server_default=false()),
    Column("error", Text, nullable=False),
    Column("model", String(300), nullable=False, server_default=""),  # what made the result: speech,
    Column("nlp_version", String(100), nullable=False, server_default=""),  # language,
    Column("rubric", String(200), nullable=False, server_default=""),  # and form
    Index("ix_jobs_state_rank", "state", "rank", "id"),  # who is next
    Index("ix_jobs_state_finished_at", "state", "finished_at"),  # what ended last
    Index("ix_jobs_state_began_finished_at", "state", "began", "finished_at"),  # how long each step takes
)

queue_pause = Table(  # a row while nobody may take a job: at most one
    "queue_pause",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("by", String(200), nullable=False),
    Column("at", Instant, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    Column("scorecard_id", ForeignKey("scorecards.id", ondelete="CASCADE"), nullable=False),
    Column("reviewer", String(200), nullable=False),
    Column("reviewed_at", Instant, nullable=False),
    Column("body", Text, nullable=False),
)

best_answers = Table(
    "best_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    Column("objection", String(100), nullable=False, index=True),
    Column("turn", Integer, nullable=False),
    Column("text", Text, nullable=False),  # redacted
    Column("fit", Float, nullable=False),
    Column("promised", Boolean, nullable=False),
    Column("kept", Boolean),  # None: nobody knows
    Column("state", String(10), nullable=False),  # proposed, approved, rejected
    Column("decided_by", String(200), nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("decided_at", Instant),
)
