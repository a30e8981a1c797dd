"""Calls that go back to the queue because whoever held them works here no more, or reviews no more."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select, update

from coach import audit
from coach.blind import WAITING
from coach.schema_work import tasks
from coach.viewers import Viewer


def back_to_all(connection: Connection, viewer: Viewer, holder: Row[Any]) -> int:
    """Leave to others what `holder`, a row of users, had taken or been given and not finished; how many.

    Reviews that ended stay, and so does a draft: it waits for its person, should they come back.
    """
    its = tasks.c.assigned_to == holder.id, tasks.c.state.in_(WAITING)
    rows = connection.execute(select(tasks.c.id, tasks.c.recording_id).where(*its)).all()
    free = {"state": "open", "assigned_to": None, "claimed_at": None}
    connection.execute(update(tasks).where(*its).values(**free))
    for row in rows:
        audit.record(
            connection, viewer, "give_back", f"call:{row.recording_id}", task=row.id, login=holder.login
        )
    return len(rows)
