"""Who saw, changed, exported what: one entry for each, written in the transaction that does it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from coach.schema_people import audit
from coach.viewers import Viewer


def record(connection: Connection, viewer: Viewer, action: str, subject: str, **detail: object) -> None:
    """An entry that `viewer` did `action` to `subject` («call:mx-1»); `detail` holds no words of a call."""
    told = json.dumps(detail, ensure_ascii=False, default=str)
    values = {"user_id": viewer.user_id, "login": viewer.login, "action": action, "subject": subject}
    connection.execute(insert(audit).values(at=datetime.now(UTC), detail=told, **values))
