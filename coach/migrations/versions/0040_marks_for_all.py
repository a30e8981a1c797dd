"""In every month a digest with a salt stands under the seal in the place of each call's id. Over the ids
themselves the seal told, once a call was erased, which id it had had: whoever tried some found the one that
fits. So no such seal is left either: the log names the month's seal of now.
"""

import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

Call = dict[str, Any]
CLOSES = sa.table("closes", *map(sa.column, ("id", "body", "digest")))
SEALED = (  # of each row
    "user_id", "name", "team", "n", "calls", "points", "low", "high", "band", "voided", "open_disputes",
)  # fmt: skip
ROWS = sa.table("close_rows", *map(sa.column, ("close_id", *SEALED)))
ENTRY = ("id", "login", "action", "subject", "detail")
LOG = sa.table("audit", *map(sa.column, ENTRY), sa.column("at", sa.DateTime()))
SIGN, RESEAL = "close.sign", "close.reseal"


def upgrade() -> None:
    connection = op.get_bind()
    for number in connection.execute(sa.select(CLOSES.c.id).order_by(CLOSES.c.id)).scalars().all():
        close = connection.execute(sa.select(CLOSES).where(CLOSES.c.id == number)).one()
        _in_log(connection, number, _sealed(connection, close))


def downgrade() -> None:
    pass


def _sealed(connection: sa.Connection, close: sa.Row[Any]) -> str:
    """The month's seal, of now on; one that was broken fits nothing."""
    held = json.loads(close.body)
    if all("mark" in call for call in held["calls"]):
        return str(close.digest)
    calls = [call if "mark" in call else _marked(call) for call in held["calls"]]
    its = sa.select(*(ROWS.c[name] for name in SEALED)).where(ROWS.c.close_id == close.id)
    rows = _canonical([dict(row._mapping) for row in connection.execute(its.order_by(ROWS.c.user_id))])
    holds = _digest(f"{close.body}\n{rows}") == close.digest
    under = [_without_id(call) for call in calls]
    digest = _digest(f"{_canonical(held | {'calls': under})}\n{rows}") if holds else secrets.token_hex(32)
    values = {"body": _canonical(held | {"calls": calls}), "digest": digest}
    connection.execute(CLOSES.update().where(CLOSES.c.id == close.id).values(**values))
    if holds:
        told = {"action": RESEAL, "subject": f"close:{close.id}", "login": ""}
        at = datetime.now(UTC).replace(tzinfo=None)
        connection.execute(LOG.insert().values(**told, detail=_told({"now": digest}), at=at))
    return digest


def _in_log(connection: sa.Connection, number: int, digest: str) -> None:
    its = LOG.c.subject == f"close:{number}", LOG.c.action.in_((SIGN, RESEAL))
    for row in connection.execute(sa.select(LOG.c.id, LOG.c.action, LOG.c.detail).where(*its)).all():
        said = json.loads(row.detail)
        now = {"digest": digest} if row.action == SIGN else {"now": digest}
        kept = {name: value for name, value in said.items() if name != "was"} | now
        if kept != said:
            connection.execute(LOG.update().where(LOG.c.id == row.id).values(detail=_told(kept)))


def _marked(call: Call) -> Call:
    salt = secrets.token_hex(16)
    return {**call, "salt": salt, "mark": _digest(f"{salt}:{call['recording_id']}")}


def _without_id(call: Call) -> Call:
    return {name: value for name, value in call.items() if name not in ("recording_id", "salt")}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _told(detail: dict[str, Any]) -> str:
    return json.dumps(detail, ensure_ascii=False)


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
