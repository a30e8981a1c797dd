"""What is told of a store that an older program made, and that this one has brought up to date."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from coach import audit, database
from coach.viewers import HOUSE

if TYPE_CHECKING:
    from coach.store import Store

log = logging.getLogger(__name__)


def tell(store: Store, was: str) -> None:
    """In a line, wherever it happened, and in the log of the store. `was`: the version that it was of."""
    now = database.newest()
    log.warning(
        "La base de datos era de una versión anterior de Temple y se puso al día (formato %s, ahora %s): el "
        "programa anterior ya no la abre.",
        was,
        now,
    )
    audit.note(store, HOUSE, "database.upgrade", "database", version=f"{was} → {now}")
