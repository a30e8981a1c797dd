"""Trust of criteria, what a standing counts, and what was paid of a promise."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trusts",
        sa.Column("rubric", sa.String(length=200), nullable=False),
        sa.Column("nlp_version", sa.String(length=100), nullable=False),
        sa.Column("model", sa.String(length=300), nullable=False),
        sa.Column("criterion", sa.String(length=100), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("kappa", sa.Float(), nullable=True),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("rubric", "nlp_version", "model", "criterion", name=op.f("pk_trusts")),
    )
    op.create_index(
        "ix_ratings_made", "ratings", ["blind", "rubric", "nlp_version", "model", "criterion"], unique=False
    )
    op.add_column(
        "standings", sa.Column("counting", sa.String(length=16), server_default="all", nullable=False)
    )
    op.add_column(
        "promises",
        sa.Column("paid", sa.Numeric(precision=14, scale=2), server_default="0", nullable=False),
    )
    op.add_column("promises", sa.Column("paid_on", sa.Date(), nullable=True))
    op.add_column("promises", sa.Column("renewed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    for column in ("renewed_on", "paid_on", "paid"):
        op.drop_column("promises", column)
    op.drop_column("standings", "counting")
    op.drop_index("ix_ratings_made", table_name="ratings")
    op.drop_table("trusts")
