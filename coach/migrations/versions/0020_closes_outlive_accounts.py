"""A month that somebody prepared or signed keeps its account: neither goes with the person."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_COLUMNS = ("created_by", "signed_by")

# SQLite changes a constraint by making the table anew, and dropping the old one empties what hangs on it
_PUT_BY = (
    "CREATE TEMPORARY TABLE kept_rows AS SELECT * FROM close_rows",
    "CREATE TEMPORARY TABLE kept_adjustments AS SELECT * FROM adjustments",
    "DELETE FROM close_rows",
    "DELETE FROM adjustments",
)
_PUT_BACK = (
    "INSERT INTO close_rows SELECT * FROM kept_rows",
    "INSERT INTO adjustments SELECT * FROM kept_adjustments",
    "DROP TABLE kept_rows",
    "DROP TABLE kept_adjustments",
)


def upgrade() -> None:
    _point("RESTRICT")


def downgrade() -> None:
    _point("CASCADE")


def _point(ondelete: str) -> None:
    lite = op.get_bind().dialect.name == "sqlite"
    for statement in _PUT_BY if lite else ():
        op.execute(statement)
    with op.batch_alter_table("closes", schema=None) as batch_op:
        for column in _COLUMNS:
            name = op.f(f"fk_closes_{column}")
            batch_op.drop_constraint(name, type_="foreignkey")
            batch_op.create_foreign_key(name, "users", [column], ["id"], ondelete=ondelete)
    for statement in _PUT_BACK if lite else ():
        op.execute(statement)
