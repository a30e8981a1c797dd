"""A month that somebody prepared or signed keeps its account: neither goes with the person."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0016"
branch_labels = None
depends_on = None

_COLUMNS = ("created_by", "signed_by")
_BELOW = ("close_rows", "adjustments")


def upgrade() -> None:
    _point("RESTRICT")


def downgrade() -> None:
    _point("CASCADE")


def _point(ondelete: str) -> None:
    # SQLite changes a constraint by making the table anew, and dropping the old one empties what hangs on it
    whole = op.get_bind().dialect.name == "sqlite"
    if whole:
        for table in _BELOW:
            op.execute(sa.text(f"CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM {table}"))
            op.execute(sa.text(f"DELETE FROM {table}"))
    with op.batch_alter_table("closes", schema=None) as batch_op:
        for column in _COLUMNS:
            name = op.f(f"fk_closes_{column}")
            batch_op.drop_constraint(name, type_="foreignkey")
            batch_op.create_foreign_key(name, "users", [column], ["id"], ondelete=ondelete)
    if whole:
        for table in _BELOW:
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM kept_{table}"))
            op.execute(sa.text(f"DROP TABLE kept_{table}"))
