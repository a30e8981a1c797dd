"""The tables of practice and coaching. Nothing in them enters a call's score, a month or pay.

An attempt keeps what the trainee said and chose, and the seed: the drill is played again from these.
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
    text,
)

from coach.schema import Instant, metadata, of_recording
from coach.schema_people import of_user

_RUNS = text("state = 'running'")


def _by(name: str) -> Column[int]:
    """Who did it; what they made outlives their account."""
    return Column(name, ForeignKey("users.id", ondelete="SET NULL"), index=True)


drill_assignments = Table(  # what a trainer asks of people, by a day
    "drill_assignments",
    metadata,
    Column("id", Integer, primary_key=True),
    _by("created_by"),
    Column("title", String(200), nullable=False),
    Column("format", String(20), nullable=False),  # a `drills.drill.FormatId`
    Column("scenario", String(100), nullable=False),  # "": the trainee's weakest scenario of the objection
    Column("objection", String(100), nullable=False),  # "": those of the scenario
    Column("times", Integer, nullable=False),  # passes asked for
    Column("note", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
)

drill_assigned = Table(
    "drill_assigned",
    metadata,
    Column(
        "assignment_id", ForeignKey("drill_assignments.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True),
)  # fmt: skip

drill_attempts = Table(
    "drill_attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    of_user(),
    Column(
        "assignment_id", ForeignKey("drill_assignments.id", ondelete="SET NULL"), index=True
    ),
    Column("format", String(20), nullable=False),
    Column("scenario", String(100), nullable=False),  # "": from a real call
    Column("recording_id", ForeignKey("recordings.id", ondelete="CASCADE"), index=True),  # the real call
    Column("source_turn", Integer),
    Column("seed", Integer, nullable=False),
    Column("on_date", Date, nullable=False),  # the day that the drill was made for
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),  # NULL: broken off or going on
    Column("seconds", Float, nullable=False),
    Column("spoken", Boolean, nullable=False),
    Column("body", Text, nullable=False),  # JSON: replies, choice, reason, turn
    Column("grade", Text, nullable=False),  # JSON of what was shown; "" while unfinished
    Column("points", Integer),
    Column("points_of", Integer),
    Column("passed", Boolean),
    Column("versions", Text, nullable=False),  # JSON: digests of lines, rubric, taggers
    Index("ix_drill_attempts_user_id_started_at", "user_id", "started_at"),
)  # fmt: skip

drill_results = Table(  # one row for each objection of a finished attempt: feeds schedule and mastery
    "drill_results",
    metadata,
    Column(
        "attempt_id", ForeignKey("drill_attempts.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("objection", String(100), primary_key=True),
    Column("points", Integer, nullable=False),
    Column("points_of", Integer, nullable=False),
    Column("passed", Boolean, nullable=False),
)  # fmt: skip

group_sessions = Table(  # one plays, the others score by checklist, then all compare
    "group_sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    _by("led_by"),
    Column("title", String(200), nullable=False),
    Column("format", String(20), nullable=False),
    Column("scenario", String(100), nullable=False),
    _by("player_id"),
    Column("attempt_id", ForeignKey("drill_attempts.id", ondelete="SET NULL")),
    Column("state", String(10), nullable=False),  # running, compared
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index("ix_group_sessions_running", "led_by", sqlite_where=_RUNS, postgresql_where=_RUNS),
)

group_scores = Table(
    "group_scores",
    metadata,
    Column("session_id", ForeignKey("group_sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("body", Text, nullable=False),  # JSON: points by checklist line, notes
    Column("at", Instant, nullable=False),
)

clips = Table(  # 20-60 s of a real call for class; nobody hears one that was not approved
    "clips",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    Column("objection", String(100), nullable=False, index=True),
    Column("start_s", Float, nullable=False),
    Column("end_s", Float, nullable=False),
    Column("title", String(200), nullable=False),
    Column("note", Text, nullable=False),
    Column("muted", Text, nullable=False),  # JSON: stretches in seconds of the call that fall silent
    Column("said", Text, nullable=False, server_default="[]"),  # JSON: speaker and words, with placeholders
    _by("made_by"),
    Column("made_at", Instant, nullable=False),
    _by("approved_by"),
    Column("approved_at", Instant),
    Column("checked_at", Instant),  # the call was judged anew since, and the clip still holds
    Column("recalled_at", Instant),  # it did not: the clip waits again
    Column("withdrawn_at", Instant),
)

coaching_plans = Table(
    "coaching_plans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("agent_login", String(200), nullable=False, index=True),
    _by("user_id"),  # whose plan it is; NULL: the login was nobody's when it was made
    _by("created_by"),
    Column("pattern", String(100), nullable=False),  # "criterion:ID" or "objection:ID"
    Column("target", Text, nullable=False),  # in the coach's words
    Column("quotes", Text, nullable=False),  # JSON: recording, turn, start, end; no words
    Column("share", Float, nullable=False),  # 0..1, of calls with the fault when the plan was made
    Column("n", Integer, nullable=False),  # calls behind `share`
    Column("since", Date, nullable=False),  # first and last day of those calls
    Column("until", Date, nullable=False),
    Column("follow_up_on", Date, nullable=False),
    Column("state", String(10), nullable=False),  # open, done, dropped
    Column("outcome", Text, nullable=False),  # JSON of the measured effect; "" until closed
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Index("ix_coaching_plans_state_follow_up_on", "state", "follow_up_on"),
)

plan_assignments = Table(
    "plan_assignments",
    metadata,
    Column("plan_id", ForeignKey("coaching_plans.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "assignment_id", ForeignKey("drill_assignments.id", ondelete="CASCADE"), primary_key=True
    ),
)  # fmt: skip
