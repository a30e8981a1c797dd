"""What was done about confirmed critical failures."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "critical_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("closes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recordings.id"],
            name=op.f("fk_critical_steps_recording_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_critical_steps_user_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_critical_steps")),
    )
    with op.batch_alter_table("critical_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_critical_steps_recording_id"), ["recording_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_critical_steps_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_table("critical_steps")
