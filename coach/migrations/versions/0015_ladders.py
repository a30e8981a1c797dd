"""How each objection of a call was met."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    counts = ("times", "recognise", "explore", "answer", "ask", "fits", "missed")
    op.create_table(
        "ladders",
        sa.Column("findings_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["findings_id"],
            ["findings.id"],
            name=op.f("fk_ladders_findings_id_findings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("findings_id", "label", name=op.f("pk_ladders")),
    )
    op.create_index("ix_ladders_label", "ladders", ["label"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_ladders_label", table_name="ladders")
    op.drop_table("ladders")
