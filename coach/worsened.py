"""Tells an agent that a call they read already is judged worse by now: nothing else would show it to them."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select

from coach import releases, telling
from coach.dispute_window import against
from coach.owners import owner
from coach.schema_work import notices as told
from coach.settings import Settings
from coach.store import Store
from coach.words import stands_in
from rubrics.settled import Settled
from rubrics.types import RubricError


def stood(connection: Connection, store: Store, settings: Settings, recording_id: str) -> Settled | None:
    """Where a released call stands, before the machine judges it anew; None where nobody is to be told."""
    if connection.execute(releases.active(recording_id)).first() is None:
        return None
    try:
        return stands_in(connection, store, settings, store.read_call(connection, recording_id))
    except RubricError:  # what judged it then cannot be read any more: nothing to compare with
        return None


def tell(
    connection: Connection,
    recording_id: str,
    before: Settled,
    after: Settled,
    now: datetime,
    *,
    anew: bool = False,
) -> None:
    """Tell the agent where the call has fewer points than before or a new failure in force, once until it is
    read; what they have not read is taken back where it is so no more. Before the morning of its release they
    have not seen the call: there is nothing to tell then. `anew`: by the machine, where a run over many calls
    is told as one.
    """
    release = connection.execute(releases.active(recording_id)).first()
    agent = owner(connection, recording_id)
    if release is None or release.visible_from > now or agent is None:
        return
    its = (told.c.recording_id == recording_id, told.c.kind == "judged_worse", told.c.read_at.is_(None))
    unread = select(told.c.id, told.c.detail).where(*its, told.c.user_id == agent)
    if (row := connection.execute(unread).first()) is not None:
        was = json.loads(row.detail).get("was")
        if was is not None and not _worse(was["points"], was["against"], after):
            connection.execute(delete(told).where(told.c.id == row.id))
    elif _worse(before.points, against(before), after):
        was = {"points": before.points, "against": against(before)}
        telling.tell(connection, agent, "judged_worse", recording_id, now, anew=anew, was=was)


def _worse(points: float | None, held: Collection[str], after: Settled) -> bool:
    """Whether `after` is worse than so many points, with these failures in force."""
    lower = points is not None and after.points is not None and after.points < points
    return lower or bool(set(against(after)) - set(held))
