"""Approved clips wait again where their call was judged anew and they hold what nobody confirmed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, exists, func, select, update

from coach import audit
from coach.clip_cut import Span, cut, without_health
from coach.clip_judged import unjudged
from coach.discreet import tells_of_health
from coach.schema import scorecards
from coach.schema_drills import clips
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HEALTH, HOUSE

_ANEW = exists().where(
    scorecards.c.recording_id == clips.c.recording_id,
    scorecards.c.current,
    scorecards.c.created_at > func.coalesce(clips.c.checked_at, clips.c.approved_at),
)


def recall(store: Store) -> None:
    """Look at each approved clip whose call has another result since it was looked at."""
    live = (clips.c.approved_at.is_not(None), clips.c.withdrawn_at.is_(None))
    with store.reading() as connection:
        due = connection.execute(select(clips).where(*live, _ANEW)).all()
    for row in due:
        at = datetime.now(UTC)
        if _holds(store.call(row.recording_id), row):
            values: dict[str, Any] = {"checked_at": at}
        else:
            values = {"approved_by": None, "approved_at": None, "recalled_at": at}
        with store.writing() as connection:
            its = update(clips).where(clips.c.id == row.id, clips.c.approved_at == row.approved_at)
            if connection.execute(its.values(**values)).rowcount and "recalled_at" in values:
                audit.record(connection, HOUSE, "clip.recall", f"call:{row.recording_id}", clip_id=row.id)


def _holds(call: Call, row: Row[Any]) -> bool:
    """Whether all that is heard was confirmed: nothing waits in it, no word and no name is new. An illness
    that was found since is silent whoever asks (`clips`).
    """
    if unjudged(call, row.start_s, row.end_s):
        return False
    try:
        whole = cut(call, row.start_s, row.end_s, min(HEALTH))
    except CoachError:
        return False
    made = whole if tells_of_health(row.objection) else without_health(call, whole)
    said = {(one["speaker"], one["text"]) for one in json.loads(row.said)}
    silent = json.loads(row.muted)
    return _within(whole.muted, silent) and all((one.speaker, one.text) in said for one in made.said)


def _within(spans: Sequence[Span], others: Sequence[Sequence[float]]) -> bool:
    return all(any(a <= start and end <= b for a, b in others) for start, end in spans)
