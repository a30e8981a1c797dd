"""Which scopes one file has told of is kept with their days. Of what an older store knows nobody can say it:
each is of a source of its own, until a file tells of several.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payment_spans", sa.Column("source", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE payment_spans SET source = id")


def downgrade() -> None:
    op.drop_column("payment_spans", "source")
