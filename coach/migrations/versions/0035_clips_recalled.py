"""An approved clip waits again where its call was judged anew and it holds something else."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clips", sa.Column("checked_at", sa.DateTime()))
    op.add_column("clips", sa.Column("recalled_at", sa.DateTime()))


def downgrade() -> None:
    op.drop_column("clips", "recalled_at")
    op.drop_column("clips", "checked_at")
