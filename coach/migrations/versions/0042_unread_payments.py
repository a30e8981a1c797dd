"""Of whom and of which days a file of payments had lines that could not be read."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unread_payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unread_payments")),
    )
    op.create_index(op.f("ix_unread_payments_account"), "unread_payments", ["account"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_unread_payments_account"), table_name="unread_payments")
    op.drop_table("unread_payments")
