"""First tables: recordings, their results, jobs, reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recordings",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("audio", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("call_started_at", sa.DateTime(), nullable=True),
        sa.Column("started_local", sa.DateTime(), nullable=True),
        sa.Column("call_date", sa.Date(), nullable=True),
        sa.Column("agent", sa.String(length=200), nullable=True),
        sa.Column("agent_login", sa.String(length=200), nullable=True),
        sa.Column("debtor_name", sa.String(length=200), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("company", sa.String(length=200), nullable=True),
        sa.Column("direction", sa.String(length=10), nullable=True),
        sa.Column("campaign", sa.String(length=200), nullable=True),
        sa.Column("portfolio", sa.String(length=200), nullable=True),
        sa.Column("account", sa.String(length=200), nullable=True),
        sa.Column("call_type", sa.String(length=100), nullable=True),
        sa.Column("disposition", sa.String(length=100), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("duration_s", sa.Float(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recordings")),
        sa.UniqueConstraint("content_hash", name=op.f("uq_recordings_content_hash")),
    )
    with op.batch_alter_table("recordings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recordings_agent_login"), ["agent_login"], unique=False)
        batch_op.create_index(batch_op.f("ix_recordings_call_date"), ["call_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_recordings_call_started_at"), ["call_started_at"], unique=False)

    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("heartbeat_at", sa.DateTime(), nullable=True),
        sa.Column("worker", sa.String(length=200), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name=op.f("fk_jobs_recording_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jobs_recording_id"), ["recording_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_jobs_state"), ["state"], unique=False)

    op.create_table(
        "transcripts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("engine", sa.String(length=100), nullable=False),
        sa.Column("model", sa.String(length=300), nullable=False),
        sa.Column("engine_version", sa.String(length=50), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("channels", sa.Integer(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name=op.f("fk_transcripts_recording_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcripts")),
    )
    with op.batch_alter_table("transcripts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transcripts_recording_id"), ["recording_id"], unique=False)
        batch_op.create_index(
            "uq_transcripts_current",
            ["recording_id"],
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        )

    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("nlp_version", sa.String(length=100), nullable=False),
        sa.Column("firm_promise", sa.Boolean(), nullable=False),
        sa.Column("promised", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name=op.f("fk_findings_recording_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcripts.id"], name=op.f("fk_findings_transcript_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_recording_id"), ["recording_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_findings_transcript_id"), ["transcript_id"], unique=False)
        batch_op.create_index(
            "uq_findings_current",
            ["recording_id"],
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        )

    op.create_table(
        "finding_counts",
        sa.Column("findings_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["findings_id"], ["findings.id"], name=op.f("fk_finding_counts_findings_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("findings_id", "label", name=op.f("pk_finding_counts")),
    )
    with op.batch_alter_table("finding_counts", schema=None) as batch_op:
        batch_op.create_index("ix_finding_counts_label", ["label"], unique=False)

    op.create_table(
        "scorecards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("findings_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("rubric", sa.String(length=200), nullable=False),
        sa.Column("points", sa.Float(), nullable=True),
        sa.Column("points_low", sa.Float(), nullable=True),
        sa.Column("points_high", sa.Float(), nullable=True),
        sa.Column("evaluable", sa.String(length=10), nullable=False),
        sa.Column("critical", sa.Integer(), nullable=False),
        sa.Column("to_review", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["findings_id"], ["findings.id"], name=op.f("fk_scorecards_findings_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name=op.f("fk_scorecards_recording_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecards")),
    )
    with op.batch_alter_table("scorecards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scorecards_findings_id"), ["findings_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scorecards_recording_id"), ["recording_id"], unique=False)
        batch_op.create_index(
            "uq_scorecards_current",
            ["recording_id"],
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        )

    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.String(length=200), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name=op.f("fk_reviews_recording_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecards.id"], name=op.f("fk_reviews_scorecard_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_recording_id"), ["recording_id"], unique=False)

    op.create_table(
        "verdicts",
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=100), nullable=False),
        sa.Column("outcome", sa.String(length=4), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecards.id"], name=op.f("fk_verdicts_scorecard_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scorecard_id", "criterion", name=op.f("pk_verdicts")),
    )
    with op.batch_alter_table("verdicts", schema=None) as batch_op:
        batch_op.create_index("ix_verdicts_criterion_outcome", ["criterion", "outcome"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("verdicts", schema=None) as batch_op:
        batch_op.drop_index("ix_verdicts_criterion_outcome")

    op.drop_table("verdicts")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviews_recording_id"))

    op.drop_table("reviews")
    with op.batch_alter_table("scorecards", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_scorecards_current", sqlite_where=sa.text("current"), postgresql_where=sa.text("current")
        )
        batch_op.drop_index(batch_op.f("ix_scorecards_recording_id"))
        batch_op.drop_index(batch_op.f("ix_scorecards_findings_id"))

    op.drop_table("scorecards")
    with op.batch_alter_table("finding_counts", schema=None) as batch_op:
        batch_op.drop_index("ix_finding_counts_label")

    op.drop_table("finding_counts")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_findings_current", sqlite_where=sa.text("current"), postgresql_where=sa.text("current")
        )
        batch_op.drop_index(batch_op.f("ix_findings_transcript_id"))
        batch_op.drop_index(batch_op.f("ix_findings_recording_id"))

    op.drop_table("findings")
    with op.batch_alter_table("transcripts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_transcripts_current", sqlite_where=sa.text("current"), postgresql_where=sa.text("current")
        )
        batch_op.drop_index(batch_op.f("ix_transcripts_recording_id"))

    op.drop_table("transcripts")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_jobs_state"))
        batch_op.drop_index(batch_op.f("ix_jobs_recording_id"))

    op.drop_table("jobs")
    with op.batch_alter_table("recordings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recordings_call_started_at"))
        batch_op.drop_index(batch_op.f("ix_recordings_call_date"))
        batch_op.drop_index(batch_op.f("ix_recordings_agent_login"))

    op.drop_table("recordings")
