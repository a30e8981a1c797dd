"""Where each scorecard stands after a person's word; until then, what the machine said."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standings",
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Float(), nullable=True),
        sa.Column("points_low", sa.Float(), nullable=True),
        sa.Column("points_high", sa.Float(), nullable=True),
        sa.Column("critical", sa.Integer(), nullable=False),
        sa.Column("to_review", sa.Integer(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecards.id"], name=op.f("fk_standings_scorecard_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scorecard_id", name=op.f("pk_standings")),
    )
    op.execute(
        "INSERT INTO standings (scorecard_id, points, points_low, points_high, critical, to_review, void) "
        "SELECT id, points, points_low, points_high, critical, to_review, false FROM scorecards"
    )


def downgrade() -> None:
    op.drop_table("standings")
