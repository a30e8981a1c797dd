"""Tables that repeat what others say, so that lists and figures answer at once. Triggers keep them (0017).

Nobody writes here: `listed` follows the current scorecards, where they stand, and the facts of the calls;
`tallies` follows `listed`. Whoever changes those changes these, in the same transaction.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from coach.schema import Instant, metadata

places = Table(  # which letter of `scorecards.outcomes` and `findings.said` is whose; see `coach.letters`
    "places",
    metadata,
    Column("kind", String(10), primary_key=True),  # criterion, objection
    Column("name", String(100), primary_key=True),
    Column("place", Integer, nullable=False),  # from 0; never given to another
    UniqueConstraint("kind", "place"),
)

listed = Table(  # one row for each judged call: what lists filter and sort by, and what figures add up
    "listed",
    metadata,
    Column(
        "scorecard_id",
        ForeignKey("scorecards.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("recording_id", ForeignKey("recordings.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("findings_id", Integer, nullable=False),
    Column("transcript_id", Integer, nullable=False),
    Column("call_date", Date),
    Column("call_started_at", Instant),
    Column("started_local", DateTime),
    Column("agent_login", String(200)),
    Column("agent", String(200)),
    # that of the recording, compared by its signs
    Column("agent_order", String(200).with_variant(String(200, collation="C"), "postgresql")),
    Column("debtor_name", String(200)),
    Column("country", String(2)),
    Column("company", String(200)),
    Column("campaign", String(200)),
    Column("portfolio", String(200)),
    Column("disposition", String(100)),
    Column("duration_s", Float),
    Column("has_audio", Boolean, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("evaluable", String(10), nullable=False),
    Column("points", Float),
    Column("points_low", Float),
    Column("points_high", Float),
    Column("critical", Integer, nullable=False),
    Column("urgent", Boolean, nullable=False),  # a critical failure waits for a person
    Column("to_review", Integer, nullable=False),
    Column("void", Boolean, nullable=False),
    Column("promised", Boolean, nullable=False),
    Column("firm_promise", Boolean, nullable=False),
    Column("outcomes", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("named", Text, nullable=False),  # searched: id, account, debtor's name, as `coach.stems.folded`
    Index("ix_listed_attention", "urgent", "to_review", "call_started_at", "recording_id"),
    Index("ix_listed_date", "call_started_at", "recording_id"),
    Index("ix_listed_agent", "agent_order", "call_started_at", "recording_id"),
    Index("ix_listed_points", "points", "call_started_at", "recording_id"),
    Index("ix_listed_critical", "critical", "firm_promise", "call_started_at", "recording_id"),
    Index("ix_listed_transcript_id", "transcript_id"),
    Index("ix_listed_findings_id", "findings_id"),
    Index("ix_listed_call_date", "call_date"),
    Index("ix_listed_country", "country", "call_date"),
    Index("ix_listed_portfolio", "portfolio", "call_date"),
    Index("ix_listed_campaign", "campaign", "call_date"),
    # all that figures add up and most filters ask for, so that whole years are read from the index alone
    Index(
        "ix_listed_figures",
        "agent_login", "agent", "call_date", "evaluable", "points", "critical", "to_review", "firm_promise",
        "promised", "duration_s", "transcript_id", "said", "outcomes",
    ),
)  # fmt: skip

tallies = Table(  # the calls of a day that share country, campaign and portfolio, added up
    "tallies",
    metadata,
    Column("day", Date, primary_key=True),  # date.min: not known
    Column("country", String(2), primary_key=True),  # here and below "": not known
    Column("campaign", String(200), primary_key=True),
    Column("portfolio", String(200), primary_key=True),
    Column("demo", Boolean, primary_key=True),
    Column("assigned", Boolean, primary_key=True),  # the calls carry an agent's login
    Column("calls", Integer, nullable=False),
    Column("evaluable", Integer, nullable=False),
    Column("critical", Integer, nullable=False),  # calls with a critical failure that waits
    Column("to_review", Integer, nullable=False),  # calls with verdicts that wait
    Column("firm_promises", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("with_points", Integer, nullable=False),
    Column("points", Float, nullable=False),  # their sum
    Column("squares", Float, nullable=False),  # the sum of their squares
)
