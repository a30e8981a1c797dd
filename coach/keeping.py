"""What the machine has judged is kept, the first time or again: what people said of the call holds on, its
critical failures are told to other programs.
"""

from __future__ import annotations

from coach import pipeline, reviews, webhook
from coach.settings import Settings
from coach.store import Store
from coach.types import Call


def keep_judged(store: Store, settings: Settings, call: Call) -> None:
    """A call that was read and judged by the language part and the forms of today."""
    store.save(call, pipeline.nlp_version())
    _hold_on(store, settings, call)


def keep_rescored(store: Store, settings: Settings, call: Call) -> None:
    """A call that was judged anew on what was found in it before (`pipeline.rescored`); one whose words
    are erased stays as it is.
    """
    if store.rejudge(call):
        _hold_on(store, settings, call)


def _hold_on(store: Store, settings: Settings, call: Call) -> None:
    reviews.stand_again(store, settings, call.id)
    webhook.announce(store, settings, call)
