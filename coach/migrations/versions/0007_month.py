"""Calibration, the monthly close, promises and payments."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint(
            "account",
            "paid_on",
            "amount",
            "reference",
            name=op.f("uq_payments_account_paid_on_amount_reference"),
        ),
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payments_account"), ["account"], unique=False)
    op.create_table(
        "calibrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_calibrations_created_by"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibrations")),
    )
    with op.batch_alter_table("calibrations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calibrations_created_by"), ["created_by"], unique=False)
    op.create_table(
        "closes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("cut_off", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_closes_created_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["users.id"], name=op.f("fk_closes_signed_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_closes_site_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closes")),
        sa.UniqueConstraint("month", "site_id", name=op.f("uq_closes_month_site_id")),
    )
    with op.batch_alter_table("closes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closes_created_by"), ["created_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_closes_signed_by"), ["signed_by"], unique=False)
    op.create_table(
        "past_evaluations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=True),
        sa.Column("call_ref", sa.String(length=200), nullable=False),
        sa.Column("agent_login", sa.String(length=200), nullable=True),
        sa.Column("reviewer", sa.String(length=200), nullable=False),
        sa.Column("evaluated_on", sa.Date(), nullable=True),
        sa.Column("criterion", sa.String(length=100), nullable=False),
        sa.Column("outcome", sa.String(length=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recordings.id"],
            name=op.f("fk_past_evaluations_recording_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_evaluations")),
        sa.UniqueConstraint(
            "call_ref", "reviewer", "criterion", name=op.f("uq_past_evaluations_call_ref_reviewer_criterion")
        ),
    )
    with op.batch_alter_table("past_evaluations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_evaluations_agent_login"), ["agent_login"], unique=False)
        batch_op.create_index(batch_op.f("ix_past_evaluations_recording_id"), ["recording_id"], unique=False)
    op.create_table(
        "calibration_people",
        sa.Column("calibration_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calibration_id"],
            ["calibrations.id"],
            name=op.f("fk_calibration_people_calibration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_calibration_people_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("calibration_id", "user_id", name=op.f("pk_calibration_people")),
    )
    op.create_table(
        "calibration_scores",
        sa.Column("calibration_id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=100), nullable=False),
        sa.Column("outcome", sa.String(length=4), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calibration_id"],
            ["calibrations.id"],
            name=op.f("fk_calibration_scores_calibration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recordings.id"],
            name=op.f("fk_calibration_scores_recording_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_calibration_scores_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "calibration_id", "recording_id", "user_id", "criterion", name=op.f("pk_calibration_scores")
        ),
    )
    op.create_table(
        "close_rows",
        sa.Column("close_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("points", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("band", sa.String(length=50), nullable=False),
        sa.Column("voided", sa.Integer(), nullable=False),
        sa.Column("open_disputes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["close_id"], ["closes.id"], name=op.f("fk_close_rows_close_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_close_rows_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("close_id", "user_id", name=op.f("pk_close_rows")),
    )
    op.create_table(
        "promises",
        sa.Column("findings_id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("firm", sa.Boolean(), nullable=False),
        sa.Column("read_back", sa.Boolean(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["findings_id"], ["findings.id"], name=op.f("fk_promises_findings_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name=op.f("fk_promises_recording_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("findings_id", name=op.f("pk_promises")),
    )
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promises_account"), ["account"], unique=False)
        batch_op.create_index(batch_op.f("ix_promises_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_promises_recording_id"), ["recording_id"], unique=False)
    op.create_table(
        "calibration_calls",
        sa.Column("calibration_id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calibration_id"],
            ["calibrations.id"],
            name=op.f("fk_calibration_calls_calibration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recordings.id"],
            name=op.f("fk_calibration_calls_recording_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["scorecard_id"],
            ["scorecards.id"],
            name=op.f("fk_calibration_calls_scorecard_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("calibration_id", "recording_id", name=op.f("pk_calibration_calls")),
    )
    op.create_table(
        "adjustments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("close_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["close_id"], ["closes.id"], name=op.f("fk_adjustments_close_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["disputes.id"], name=op.f("fk_adjustments_dispute_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["users.id"], name=op.f("fk_adjustments_entered_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_adjustments_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustments")),
    )
    with op.batch_alter_table("adjustments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adjustments_close_id"), ["close_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_adjustments_entered_by"), ["entered_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_adjustments_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_table("adjustments")
    op.drop_table("calibration_calls")
    op.drop_table("promises")
    op.drop_table("close_rows")
    op.drop_table("calibration_scores")
    op.drop_table("calibration_people")
    op.drop_table("past_evaluations")
    op.drop_table("closes")
    op.drop_table("calibrations")
    op.drop_table("payments")
