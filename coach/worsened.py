"""Tells an agent that a call they read already is judged worse by now: nothing else would show it to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from coach import releases, telling
from coach.dispute_window import against
from coach.owners import owner
from coach.schema_work import notices as told
from coach.settings import Settings
from coach.store import Store
from coach.words import stands
from rubrics.settled import Settled
from rubrics.types import RubricError


def stood(store: Store, settings: Settings, recording_id: str) -> Settled | None:
    """Where a released call stands, before the machine judges it anew; None where nobody is to be told."""
    with store.reading() as connection:
        if connection.execute(releases.active(recording_id)).first() is None:
            return None
    try:
        return stands(store, settings, store.call(recording_id))
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
    read. Before the morning of its release they have not seen the call: there is nothing to tell then.
    `anew`: by the machine, where a run over many calls is told as one.
    """
    release = connection.execute(releases.active(recording_id)).first()
    agent = owner(connection, recording_id)
    if release is None or release.visible_from > now or agent is None or not _worse(before, after):
        return
    its = (told.c.user_id == agent, told.c.kind == "judged_worse", told.c.recording_id == recording_id)
    if connection.execute(select(told.c.id).where(*its, told.c.read_at.is_(None))).first() is None:
        telling.tell(connection, agent, "judged_worse", recording_id, now, anew=anew)


def _worse(before: Settled, after: Settled) -> bool:
    lower = before.points is not None and after.points is not None and after.points < before.points
    return lower or bool(set(against(after)) - set(against(before)))
