"""Open disputes of what is judged no more, which nobody could decide, are over and told to their agents."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

DISPUTE = ("id", "opened_by", "recording_id", "criterion", "state")
DISPUTES = sa.table("disputes", *map(sa.column, DISPUTE), sa.column("decided_at", sa.DateTime()))
CARDS = sa.table("scorecards", *map(sa.column, ("recording_id", "body")), sa.column("current", sa.Boolean()))
NOTICE = ("user_id", "kind", "recording_id", "detail")
NOTICES = sa.table("notices", *map(sa.column, NOTICE), sa.column("at", sa.DateTime()))
ENTRY = ("login", "action", "subject", "detail")
LOG = sa.table("audit", *map(sa.column, ENTRY), sa.column("at", sa.DateTime()))


def upgrade() -> None:
    run, now = op.get_bind().execute, datetime.now(UTC).replace(tzinfo=None)
    d, card = DISPUTES.c, sa.and_(CARDS.c.recording_id == DISPUTES.c.recording_id, CARDS.c.current)
    waiting = sa.select(d.id, d.opened_by, d.recording_id, d.criterion, CARDS.c.body).join(CARDS, card)
    for row in run(waiting.where(d.state == "open").order_by(d.id)).all():
        if row.criterion in _judged(json.loads(row.body)):
            continue
        its, of = {"criterion": row.criterion}, row.recording_id
        run(DISPUTES.update().where(d.id == row.id).values(state="void", decided_at=now))
        told = {"user_id": row.opened_by, "kind": "dispute_void", "recording_id": of, "at": now}
        run(NOTICES.insert().values(**told, detail=json.dumps(its)))
        entry = {"at": now, "login": "", "action": "void_dispute", "subject": f"call:{of}"}
        run(LOG.insert().values(**entry, detail=json.dumps({"dispute": row.id, **its})))


def _judged(card: dict[str, Any]) -> set[str]:
    """As `Scorecard.shown` has it, and the country's rules."""
    return (set(card["verdicts"]) - set(card.get("replaced", ()))) | set(card.get("pack_verdicts", {}))


def downgrade() -> None:
    op.execute("UPDATE disputes SET state = 'withdrawn' WHERE state = 'void'")
