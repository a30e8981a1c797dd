"""The ledger and the lists follow the promise of a call when a person puts it right or says it was none.

What reviewers had judged before this counts too: where the newest word on a call is that the debtor did not
commit, its firm promise is withdrawn.
"""

# ruff: noqa: S608 - the statements are put together from the words above, from nothing that anybody typed
import json

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_WHEN = "AFTER UPDATE OF promised, firm_promise ON findings"
_BODY = (
    "UPDATE listed SET promised = NEW.promised, firm_promise = NEW.firm_promise WHERE findings_id = NEW.id;"
)
_COLUMNS = ("withdrawn", "by_person")


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("promises", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    _follow()
    _judged_before()


def _follow() -> None:
    run = op.get_bind().exec_driver_sql
    if op.get_bind().dialect.name == "sqlite":
        run(f"CREATE TRIGGER listed_promised {_WHEN} BEGIN {_BODY} END")
        return
    body = f"BEGIN {_BODY} RETURN NULL; END"
    run(f"CREATE FUNCTION listed_promised() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
    run(f"CREATE TRIGGER listed_promised {_WHEN} FOR EACH ROW EXECUTE FUNCTION listed_promised()")


def _judged_before() -> None:
    connection = op.get_bind()
    newest = sa.text(
        "SELECT recording_id, body FROM reviews WHERE body LIKE '%gets_commitment%' "
        "AND id IN (SELECT max(id) FROM reviews GROUP BY recording_id)"
    )
    current = "recording_id = :call AND current AND firm_promise"
    gone = [
        {"call": call, "yes": True, "no": False, "nothing": 0}
        for call, body in connection.execute(newest).all()
        if any(
            one["criterion"] == "gets_commitment" and one["outcome"] != "pass"
            for one in json.loads(body).get("overrides", ())
        )
    ]
    if gone:
        ledger = (
            "UPDATE promises SET withdrawn = :yes, by_person = :yes, firm = :no, paid = :nothing, "
            "paid_on = NULL, renewed_on = NULL "
            f"WHERE findings_id IN (SELECT id FROM findings WHERE {current})"
        )
        connection.execute(sa.text(ledger), gone)
        lists = f"UPDATE findings SET promised = :no, firm_promise = :no WHERE {current}"
        connection.execute(sa.text(lists), gone)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER listed_promised")
    else:
        op.execute("DROP TRIGGER listed_promised ON findings")
        op.execute("DROP FUNCTION listed_promised()")
    for name in _COLUMNS:
        op.drop_column("promises", name)
