"""What is to be told of calls that have just come in, however they came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coach import days_ahead, owners

if TYPE_CHECKING:
    from coach.store import Store


def told(store: Store, recording_ids: Sequence[str]) -> tuple[str, ...]:
    """Sentences on days that have not come or are of long ago, and on logins that are nobody's."""
    return (*days_ahead.told(store, recording_ids), *owners.told_of_unheld(store, recording_ids))
