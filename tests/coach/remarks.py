"""Comments as the end of a review writes them, without anybody's verdict beside them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select

from coach import reviews, tasks
from coach.draft_body import Draft, DraftBody, DraftComment
from coach.schema_work import comments
from coach.store import Store
from coach.viewers import Viewer


def remark(
    store: Store,
    viewer: Viewer,
    recording_id: str,
    text: str,
    *,
    turn: int | None = None,
    for_agent: bool = False,
) -> int:
    """Gives its number."""
    now = datetime.now(UTC)
    body = DraftBody(comments=(DraftComment(turn, text.strip(), for_agent),))
    draft = Draft(0, recording_id, tasks.known(viewer), 0, False, now, now, 0.0, body)
    with store.writing() as connection:
        reviews._write_comments(connection, draft, now)
        return int(connection.execute(select(func.max(comments.c.id))).scalar_one())
