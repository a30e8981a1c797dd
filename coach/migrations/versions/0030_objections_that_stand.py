"""Lists follow the objections of a call when a reviewer strikes some out or adds what was missed."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_WHEN = "AFTER UPDATE OF said ON findings"
_BODY = "UPDATE listed SET said = NEW.said WHERE findings_id = NEW.id;"


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    if op.get_bind().dialect.name == "sqlite":
        run(f"CREATE TRIGGER listed_said {_WHEN} BEGIN {_BODY} END")
        return
    body = f"BEGIN {_BODY} RETURN NULL; END"
    run(f"CREATE FUNCTION listed_said() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
    run(f"CREATE TRIGGER listed_said {_WHEN} FOR EACH ROW EXECUTE FUNCTION listed_said()")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER listed_said")
    else:
        op.execute("DROP TRIGGER listed_said ON findings")
        op.execute("DROP FUNCTION listed_said()")
