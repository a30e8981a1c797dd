"""Practice and coaching: attempts, assignments, group sessions, clips, plans."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("objection", sa.String(length=100), nullable=False),
        sa.Column("start_s", sa.Float(), nullable=False),
        sa.Column("end_s", sa.Float(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("muted", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["users.id"], name=op.f("fk_clips_approved_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["users.id"], name=op.f("fk_clips_made_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name=op.f("fk_clips_recording_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clips")),
    )
    with op.batch_alter_table("clips", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clips_approved_by"), ["approved_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_clips_made_by"), ["made_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_clips_objection"), ["objection"], unique=False)
        batch_op.create_index(batch_op.f("ix_clips_recording_id"), ["recording_id"], unique=False)

    op.create_table(
        "coaching_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_login", sa.String(length=200), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("pattern", sa.String(length=100), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("quotes", sa.Text(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_coaching_plans_created_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_plans")),
    )
    with op.batch_alter_table("coaching_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coaching_plans_agent_login"), ["agent_login"], unique=False)
        batch_op.create_index(batch_op.f("ix_coaching_plans_created_by"), ["created_by"], unique=False)
        batch_op.create_index("ix_coaching_plans_state_follow_up_on", ["state", "follow_up_on"], unique=False)

    op.create_table(
        "drill_assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("scenario", sa.String(length=100), nullable=False),
        sa.Column("objection", sa.String(length=100), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_drill_assignments_created_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_assignments")),
    )
    with op.batch_alter_table("drill_assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drill_assignments_created_by"), ["created_by"], unique=False)

    op.create_table(
        "drill_assigned",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["drill_assignments.id"],
            name=op.f("fk_drill_assigned_assignment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_drill_assigned_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("assignment_id", "user_id", name=op.f("pk_drill_assigned")),
    )
    with op.batch_alter_table("drill_assigned", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drill_assigned_user_id"), ["user_id"], unique=False)

    op.create_table(
        "drill_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("scenario", sa.String(length=100), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=True),
        sa.Column("source_turn", sa.Integer(), nullable=True),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("spoken", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("points_of", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["drill_assignments.id"],
            name=op.f("fk_drill_attempts_assignment_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recordings.id"],
            name=op.f("fk_drill_attempts_recording_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_drill_attempts_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_attempts")),
    )
    with op.batch_alter_table("drill_attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drill_attempts_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drill_attempts_recording_id"), ["recording_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drill_attempts_user_id"), ["user_id"], unique=False)
        batch_op.create_index("ix_drill_attempts_user_id_started_at", ["user_id", "started_at"], unique=False)

    op.create_table(
        "plan_assignments",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["drill_assignments.id"],
            name=op.f("fk_plan_assignments_assignment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["coaching_plans.id"], name=op.f("fk_plan_assignments_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", "assignment_id", name=op.f("pk_plan_assignments")),
    )
    op.create_table(
        "drill_results",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("objection", sa.String(length=100), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("points_of", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["drill_attempts.id"],
            name=op.f("fk_drill_results_attempt_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", "objection", name=op.f("pk_drill_results")),
    )
    op.create_table(
        "group_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("led_by", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("scenario", sa.String(length=100), nullable=False),
        sa.Column("player_id", sa.Integer(), nullable=True),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["drill_attempts.id"],
            name=op.f("fk_group_sessions_attempt_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["led_by"], ["users.id"], name=op.f("fk_group_sessions_led_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["player_id"], ["users.id"], name=op.f("fk_group_sessions_player_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_sessions")),
    )
    with op.batch_alter_table("group_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_sessions_led_by"), ["led_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_sessions_player_id"), ["player_id"], unique=False)
        batch_op.create_index(
            "ix_group_sessions_running",
            ["led_by"],
            unique=False,
            sqlite_where=sa.text("state = 'running'"),
            postgresql_where=sa.text("state = 'running'"),
        )

    op.create_table(
        "group_scores",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["group_sessions.id"], name=op.f("fk_group_scores_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_group_scores_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "user_id", name=op.f("pk_group_scores")),
    )
    with op.batch_alter_table("group_scores", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_scores_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("group_scores", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_scores_user_id"))

    op.drop_table("group_scores")
    with op.batch_alter_table("group_sessions", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_group_sessions_running",
            sqlite_where=sa.text("state = 'running'"),
            postgresql_where=sa.text("state = 'running'"),
        )
        batch_op.drop_index(batch_op.f("ix_group_sessions_player_id"))
        batch_op.drop_index(batch_op.f("ix_group_sessions_led_by"))

    op.drop_table("group_sessions")
    op.drop_table("drill_results")
    op.drop_table("plan_assignments")
    with op.batch_alter_table("drill_attempts", schema=None) as batch_op:
        batch_op.drop_index("ix_drill_attempts_user_id_started_at")
        batch_op.drop_index(batch_op.f("ix_drill_attempts_user_id"))
        batch_op.drop_index(batch_op.f("ix_drill_attempts_recording_id"))
        batch_op.drop_index(batch_op.f("ix_drill_attempts_assignment_id"))

    op.drop_table("drill_attempts")
    with op.batch_alter_table("drill_assigned", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drill_assigned_user_id"))

    op.drop_table("drill_assigned")
    with op.batch_alter_table("drill_assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drill_assignments_created_by"))

    op.drop_table("drill_assignments")
    with op.batch_alter_table("coaching_plans", schema=None) as batch_op:
        batch_op.drop_index("ix_coaching_plans_state_follow_up_on")
        batch_op.drop_index(batch_op.f("ix_coaching_plans_created_by"))
        batch_op.drop_index(batch_op.f("ix_coaching_plans_agent_login"))

    op.drop_table("coaching_plans")
    with op.batch_alter_table("clips", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clips_recording_id"))
        batch_op.drop_index(batch_op.f("ix_clips_objection"))
        batch_op.drop_index(batch_op.f("ix_clips_made_by"))
        batch_op.drop_index(batch_op.f("ix_clips_approved_by"))

    op.drop_table("clips")
