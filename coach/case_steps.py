"""A closed case of a critical failure comes back where a person confirms another one after that."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from coach.schema_work import critical_steps
from coach.viewers import Viewer
from rubrics.settled import Settled

AGAIN = "Confirmó una falta después de cerrado el caso: se abrió de nuevo."


def reopen(
    connection: Connection, viewer: Viewer, recording_id: str, before: Settled, after: Settled, now: datetime
) -> None:
    """Open a closed case again, with a step that says so, where a failure is confirmed that was not."""
    if not set(after.confirmed) - set(before.confirmed):
        return
    its = select(critical_steps.c.closes).where(critical_steps.c.recording_id == recording_id)
    if connection.execute(its.order_by(critical_steps.c.id.desc()).limit(1)).scalar():
        step = {"recording_id": recording_id, "user_id": viewer.user_id, "at": now, "text": AGAIN}
        connection.execute(insert(critical_steps).values(**step, closes=False))
