"""Ends an open dispute whose criterion is judged no more: nobody could decide it, and nothing is held against
the agent by it any longer.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from coach import audit, telling
from coach.schema_work import disputes
from coach.viewers import HOUSE


def end(connection: Connection, recording_id: str, judged: Collection[str], now: datetime) -> None:
    """End those of the call whose criterion is not among the `judged`; their agents are told."""
    d = disputes.c
    its = (d.recording_id == recording_id, d.state == "open", d.criterion.not_in(list(judged)))
    for row in connection.execute(select(d.id, d.opened_by, d.criterion).where(*its).order_by(d.id)).all():
        over = update(disputes).where(d.id == row.id, d.state == "open")
        connection.execute(over.values(state="void", decided_at=now))
        telling.tell(connection, row.opened_by, "dispute_void", recording_id, now, row.criterion)
        audit.record(
            connection, HOUSE, "void_dispute", f"call:{recording_id}", dispute=row.id, criterion=row.criterion
        )  # fmt: skip
