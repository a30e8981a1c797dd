"""Months keep no old id of a call that was erased by a program that did not swap it there yet: each gets a
new one that says nothing, as in an erasure of today, and the seal holds as it did.
"""

import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

Call = dict[str, Any]
ERASED = "borrada-"
CLOSES = sa.table("closes", *map(sa.column, ("id", "body", "digest")))
SEALED = (  # of each row
    "user_id", "name", "team", "n", "calls", "points", "low", "high", "band", "voided", "open_disputes",
)  # fmt: skip
ROWS = sa.table("close_rows", *map(sa.column, ("close_id", *SEALED)))
RECORDINGS = sa.table("recordings", sa.column("id"))
ENTRY = ("login", "action", "subject", "detail")
LOG = sa.table("audit", *map(sa.column, ENTRY), sa.column("at", sa.DateTime()))


def upgrade() -> None:
    connection = op.get_bind()
    for number in connection.execute(sa.select(CLOSES.c.id).order_by(CLOSES.c.id)).scalars().all():
        _renamed(connection, connection.execute(sa.select(CLOSES).where(CLOSES.c.id == number)).one())


def downgrade() -> None:
    pass


def _renamed(connection: sa.Connection, close: sa.Row[Any]) -> None:
    """As `coach.renamed_closes` does it: sealed anew, once, only where ids stood under a seal that held."""
    held = json.loads(close.body)
    names = {lost: f"{ERASED}{secrets.token_hex(6)}" for lost in _lost(connection, held["calls"])}
    if not names:
        return
    older = not all("mark" in call for call in held["calls"])
    calls = [call if "mark" in call else _marked(call) for call in held["calls"]]
    body, digest = _canonical(held | {"calls": [_unnamed(call, names) for call in calls]}), close.digest
    its = sa.select(*(ROWS.c[name] for name in SEALED)).where(ROWS.c.close_id == close.id)
    rows = [dict(row._mapping) for row in connection.execute(its.order_by(ROWS.c.user_id))]
    if older and _digest(close.body, rows) == close.digest:
        digest = _digest(body, rows)
        told = {"action": "close.reseal", "subject": f"close:{close.id}", "login": ""}
        detail = json.dumps({"was": close.digest, "now": digest})
        connection.execute(
            LOG.insert().values(**told, detail=detail, at=datetime.now(UTC).replace(tzinfo=None))
        )
    connection.execute(CLOSES.update().where(CLOSES.c.id == close.id).values(body=body, digest=digest))


def _lost(connection: sa.Connection, calls: list[Call]) -> list[str]:
    """The ids of calls that are not there any more."""
    ids = [call["recording_id"] for call in calls if not call["recording_id"].startswith(ERASED)]
    known: set[str] = set()
    for start in range(0, len(ids), 500):
        its = RECORDINGS.c.id.in_(ids[start : start + 500])
        known.update(connection.execute(sa.select(RECORDINGS.c.id).where(its)).scalars())
    return [one for one in ids if one not in known]


def _marked(call: Call) -> Call:
    salt = secrets.token_hex(16)
    return {**call, "salt": salt, "mark": _mark(salt, call["recording_id"])}


def _unnamed(call: Call, names: dict[str, str]) -> Call:
    new = names.get(call["recording_id"])
    return call | {"recording_id": new, "salt": ""} if new else call


def _digest(body: str, rows: list[dict[str, Any]]) -> str:
    return hashlib.sha256(f"{_under(body)}\n{_canonical(rows)}".encode()).hexdigest()


def _under(body: str) -> str:
    """What is sealed: an id where it has no mark, or is not its mark's."""
    held = json.loads(body)
    if not any("mark" in call for call in held["calls"]):
        return body
    return _canonical(
        held | {"calls": [_without_id(call) if _fits(call) else call for call in held["calls"]]}
    )


def _fits(call: Call) -> bool:
    if not call.get("salt"):
        return "mark" in call and call["recording_id"].startswith(ERASED)
    return bool(call.get("mark") == _mark(call["salt"], call["recording_id"]))


def _without_id(call: Call) -> Call:
    return {name: value for name, value in call.items() if name not in ("recording_id", "salt")}


def _mark(salt: str, recording_id: str) -> str:
    return hashlib.sha256(f"{salt}:{recording_id}".encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
