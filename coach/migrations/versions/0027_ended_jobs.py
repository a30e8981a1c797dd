"""Jobs: what ended last is found by its state, and by the step at which it was taken."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_INDICES = {
    "ix_jobs_state_finished_at": ["state", "finished_at"],
    "ix_jobs_state_began_finished_at": ["state", "began", "finished_at"],
}


def upgrade() -> None:
    op.drop_index(op.f("ix_jobs_finished_at"), "jobs")
    for name, columns in _INDICES.items():
        op.create_index(name, "jobs", columns, unique=False)


def downgrade() -> None:
    for name in _INDICES:
        op.drop_index(name, "jobs")
    op.create_index(op.f("ix_jobs_finished_at"), "jobs", ["finished_at"], unique=False)
