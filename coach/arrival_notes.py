"""What is to be told of calls that have just come in, however they came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coach import days_ahead, login_names, owners

if TYPE_CHECKING:
    from coach.store import Store


def told(store: Store, recording_ids: Sequence[str]) -> tuple[str, ...]:
    """Sentences on days that have not come or are of long ago, on logins of nobody and of several."""
    return (
        *days_ahead.told(store, recording_ids),
        *login_names.told_of_shared(store, recording_ids),
        *owners.told_of_unheld(store, recording_ids),
    )
