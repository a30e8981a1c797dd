"""Tells a person something of a call, in the transaction that makes it so; `coach.notices` reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert

from coach.schema_work import notices

Told = Literal[
    "dispute_upheld", "dispute_dismissed", "dispute_void", "release_withdrawn", "judged_worse", "commented"
]


def tell(
    connection: Connection,
    user_id: int,
    kind: Told,
    recording_id: str,
    now: datetime,
    criterion: str = "",
    *,
    anew: bool = False,
    was: Mapping[str, Any] | None = None,
) -> None:
    """One notice, of one call. `anew`: the machine judged it again, it may be with many others; `was`: where
    it stood before that which is told.
    """
    detail = json.dumps(
        {name: value for name, value in (("criterion", criterion), ("anew", anew), ("was", was)) if value}
    )
    values = {"user_id": user_id, "kind": kind, "recording_id": recording_id, "at": now, "detail": detail}
    connection.execute(insert(notices).values(**values))
