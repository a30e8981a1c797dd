"""What people typed about a call and that stands beside it: it would outlive the call's own rows."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select, update

from coach.schema_month import adjustments
from coach.schema_people import audit as log
from coach.schema_privacy import legal_holds
from coach.schema_work import disputes

GONE = "El texto de la llamada se borró."  # in the place of a reason
_DROPPED = "drop"  # out of the queue; why is in the log


def blank(connection: Connection, recording_id: str) -> None:
    """Why its task was dropped, why it was held, and why its won appeals were paid; that all of it was done
    stays. Before the call itself goes: its appeals are known by it.
    """
    its = (log.c.subject == f"call:{recording_id}"[:300], log.c.action == _DROPPED)
    for row in connection.execute(select(log.c.id, log.c.detail).where(*its)).all():
        detail = json.dumps(json.loads(row.detail) | {"why": ""}, ensure_ascii=False)
        connection.execute(update(log).where(log.c.id == row.id).values(detail=detail))
    held = (legal_holds.c.kind == "call", legal_holds.c.subject == recording_id)
    connection.execute(update(legal_holds).where(*held).values(reason=""))
    appeals = select(disputes.c.id).where(disputes.c.recording_id == recording_id)
    paid = update(adjustments).where(adjustments.c.dispute_id.in_(appeals))
    connection.execute(paid.values(reason=GONE))
