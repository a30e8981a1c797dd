"""What the machine has judged is kept, the first time or again: what people said of the call holds on, its
critical failures are told to other programs.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from coach import pipeline, reviews, webhook
from coach.settings import Settings
from coach.store import Store
from coach.types import Call

_NEWS = timedelta(days=7)  # a call is older: what is found in it now is no news


def keep_judged(store: Store, settings: Settings, call: Call) -> None:
    """A call that was read and judged by the language part and the forms of today. Nothing is told of one
    of more than a week ago: who loads the calls of a year is not flooded.
    """
    store.save(call, pipeline.nlp_version())
    _hold_on(store, settings, call, tell=not _is_old(call))


def keep_rescored(store: Store, settings: Settings, call: Call, *, history: bool = False) -> None:
    """A call that was judged anew on what was found in it before (`pipeline.rescored`); one whose words
    are erased stays as it is. As part of `history` nothing is told of a call of more than a week ago.
    """
    if store.rejudge(call):
        _hold_on(store, settings, call, tell=not (history and _is_old(call)))


def _hold_on(store: Store, settings: Settings, call: Call, *, tell: bool = True) -> None:
    reviews.stand_again(store, settings, call.id)
    if tell:
        webhook.announce(store, settings, call)


def _is_old(call: Call) -> bool:
    day = call.transcript.recording.call_date
    return day is not None and day < (datetime.now(UTC) - _NEWS).date()
