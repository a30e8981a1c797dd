"""What the machine has judged is kept, the first time or again: what people said of the call holds on, its
critical failures are told to other programs, and to its agent that it came out worse than they had read.

All but what other programs are told is one transaction: whoever is stopped has kept nothing, or all of it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Select, and_, func, select

from coach import pipeline, saving, versions, webhook, worsened
from coach.judged import judged
from coach.schema import reviews, scorecards
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.words import stands_in
from rubrics.settled import Settled

_NEWS = timedelta(days=7)  # a call is older: what is found in it now is no news


def keep_judged(store: Store, settings: Settings, call: Call) -> None:
    """A call that was read and judged by the language part and the forms of today. Nothing is told of one
    of more than a week ago: who loads the calls of a year is not flooded.
    """
    with store.writing() as connection:
        before = worsened.stood(connection, store, settings, call.id)
        saving.save(connection, store, call, pipeline.nlp_version())
        _hold_on(connection, store, settings, call.id, before)
    if not _is_old(call):
        webhook.announce(store, settings, call)


def keep_rescored(store: Store, settings: Settings, call: Call, *, history: bool = False) -> bool:
    """A call that was judged anew on what was found in it before (`pipeline.rescored`); one whose words
    are erased stays as it is: False. As part of `history` nothing is told of a call of more than a week ago.
    """
    with store.writing() as connection:
        before = worsened.stood(connection, store, settings, call.id)
        if not saving.rejudge(connection, store, call):
            return False
        _hold_on(connection, store, settings, call.id, before)
    if not (history and _is_old(call)):
        webhook.announce(store, settings, call)
    return True


def stand_again(connection: Connection, store: Store, settings: Settings, recording_id: str) -> bool:
    """What people said of a call holds on when the machine judges it anew: put their word, as far as it still
    applies, onto the current scorecard. False where nobody said anything, or it stands there already.
    """
    if connection.execute(_behind(recording_id)).first() is None:
        return False
    now, call = judged(connection, recording_id), store.read_call(connection, recording_id)
    assert call.review is not None
    settled = stands_in(connection, store, settings, call)
    versions.save_review(connection, call.review, now.scorecard_id, settled)
    versions.restate(connection, settings, call)
    return True


def catch_up(store: Store, settings: Settings) -> int:
    """`stand_again` for every call whose newest word was left behind; gives how many."""
    with store.reading() as connection:
        ids, done = list(connection.execute(_behind()).scalars()), 0
    for one in ids:
        with store.writing() as connection:
            done += stand_again(connection, store, settings, one)
    return done


def _behind(recording_id: str | None = None) -> Select[str]:
    """Calls, or the one, whose newest word is on a scorecard that is no longer the current one."""
    later, said, card = reviews.alias("later"), reviews.c, scorecards.c
    newest = select(func.max(later.c.id)).where(later.c.recording_id == said.recording_id)
    query = (
        select(said.recording_id)
        .join(scorecards, and_(card.recording_id == said.recording_id, card.current))
        .where(said.id == newest.correlate(reviews).scalar_subquery(), said.scorecard_id != card.id)
    )
    return query if recording_id is None else query.where(said.recording_id == recording_id)


def _hold_on(
    connection: Connection, store: Store, settings: Settings, recording_id: str, before: Settled | None
) -> None:
    stand_again(connection, store, settings, recording_id)
    if before is not None:
        after = stands_in(connection, store, settings, store.read_call(connection, recording_id))
        worsened.tell(connection, recording_id, before, after, datetime.now(UTC), anew=True)


def _is_old(call: Call) -> bool:
    day = call.transcript.recording.call_date
    return day is not None and day < (datetime.now(UTC) - _NEWS).date()
