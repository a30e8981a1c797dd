"""The log of who saw, changed, exported what."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from coach.schema_people import audit
from coach.viewers import Viewer


def record(connection: Connection, viewer: Viewer, action: str, subject: str, **detail: object) -> None:
    """One entry, in the caller's transaction. `detail` never holds words of a call."""
    connection.execute(
        insert(audit).values(
            at=datetime.now(UTC),
            user_id=viewer.user_id,
            login=viewer.login,
            action=action,
            subject=subject,
            detail=json.dumps(detail, ensure_ascii=False, default=str),
        )
    )
