"""What the machine has judged is kept, the first time or again: what people said of the call holds on, its
critical failures are told to other programs, and to its agent that it came out worse than they had read.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from coach import pipeline, reviews, webhook, worsened
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.words import stands
from rubrics.settled import Settled

_NEWS = timedelta(days=7)  # a call is older: what is found in it now is no news


def keep_judged(store: Store, settings: Settings, call: Call) -> None:
    """A call that was read and judged by the language part and the forms of today. Nothing is told of one
    of more than a week ago: who loads the calls of a year is not flooded.
    """
    before = worsened.stood(store, settings, call.id)
    store.save(call, pipeline.nlp_version())
    _hold_on(store, settings, call, before, tell=not _is_old(call))


def keep_rescored(store: Store, settings: Settings, call: Call, *, history: bool = False) -> None:
    """A call that was judged anew on what was found in it before (`pipeline.rescored`); one whose words
    are erased stays as it is. As part of `history` nothing is told of a call of more than a week ago.
    """
    before = worsened.stood(store, settings, call.id)
    if store.rejudge(call):
        _hold_on(store, settings, call, before, tell=not (history and _is_old(call)))


def _hold_on(
    store: Store, settings: Settings, call: Call, before: Settled | None, *, tell: bool = True
) -> None:
    reviews.stand_again(store, settings, call.id)
    if before is not None:
        after = stands(store, settings, store.call(call.id))
        with store.writing() as connection:
            worsened.tell(connection, call.id, before, after, datetime.now(UTC), anew=True)
    if tell:
        webhook.announce(store, settings, call)


def _is_old(call: Call) -> bool:
    day = call.transcript.recording.call_date
    return day is not None and day < (datetime.now(UTC) - _NEWS).date()
