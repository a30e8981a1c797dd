"""A coaching plan keeps whose it is; in an older store, who had its login on the last of its days."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

KEY, INDEX = "fk_coaching_plans_user_id", "ix_coaching_plans_user_id"
HELD = (
    "SELECT held.user_id FROM agent_logins held WHERE held.login = coaching_plans.agent_login "
    "AND held.since <= coaching_plans.until AND (held.until IS NULL OR held.until >= coaching_plans.until) "
    "ORDER BY held.id LIMIT 1"
)

# SQLite gets a foreign key by making the table anew, and dropping the old one empties what hangs on it
_PUT_BY = (
    "CREATE TEMPORARY TABLE kept_drills AS SELECT * FROM plan_assignments",
    "DELETE FROM plan_assignments",
)
_PUT_BACK = ("INSERT INTO plan_assignments SELECT * FROM kept_drills", "DROP TABLE kept_drills")


def upgrade() -> None:
    _run(_PUT_BY)
    with op.batch_alter_table("coaching_plans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("user_id", sa.Integer()))
        batch_op.create_foreign_key(op.f(KEY), "users", ["user_id"], ["id"], ondelete="SET NULL")
        batch_op.create_index(op.f(INDEX), ["user_id"], unique=False)
    _run(_PUT_BACK)
    op.execute(f"UPDATE coaching_plans SET user_id = ({HELD})")  # noqa: S608 - words of this file


def downgrade() -> None:
    _run(_PUT_BY)
    with op.batch_alter_table("coaching_plans", schema=None) as batch_op:
        batch_op.drop_index(op.f(INDEX))
        batch_op.drop_constraint(op.f(KEY), type_="foreignkey")
        batch_op.drop_column("user_id")
    _run(_PUT_BACK)


def _run(statements: tuple[str, ...]) -> None:
    for statement in statements if op.get_bind().dialect.name == "sqlite" else ():
        op.execute(statement)
