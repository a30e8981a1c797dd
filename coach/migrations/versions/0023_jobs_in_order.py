"""Jobs: who goes first, what stands still, how far each was when it was taken, and what made its result."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_WORDS = {"began": 20, "model": 300, "nlp_version": 100, "rubric": 200}


def upgrade() -> None:
    op.create_table(
        "queue_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_pause")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rank", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("reached", sa.Float(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("pause_asked", sa.Boolean(), server_default=sa.false(), nullable=False))
        for name, length in _WORDS.items():
            batch_op.add_column(sa.Column(name, sa.String(length=length), server_default="", nullable=False))
        batch_op.drop_index(batch_op.f("ix_jobs_state"))
        batch_op.create_index("ix_jobs_state_rank", ["state", "rank", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_jobs_finished_at"), ["finished_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_jobs_finished_at"))
        batch_op.drop_index("ix_jobs_state_rank")
        batch_op.create_index(batch_op.f("ix_jobs_state"), ["state"], unique=False)
        for name in ("rank", "reached", "pause_asked", *_WORDS):
            batch_op.drop_column(name)
    op.drop_table("queue_pause")
