"""Calls that bear an account in their id or file name though it is not known to be theirs."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, or_, select

from coach.complaints import some
from coach.schema import recordings
from coach.schema_privacy import imported
from coach.types import CoachError

_SHOWN = 5


def no_calls(connection: Connection, account: str) -> CoachError:
    """That nothing is known of an account; which calls bear it in their names."""
    if names := _bearing(connection, account):
        return CoachError(
            "«{account}»: ninguna llamada tiene esta cuenta, pero estas la llevan en su id o en el nombre de "
            "su archivo: {calls}. Si son suyas, importe una tabla con columnas id y account (coach import "
            "--manifest) y repita.",
            account=account,
            calls=some(names, _SHOWN),
        )
    return CoachError("«{account}»: no hay nada de esta cuenta. Revise cómo está escrita.", account=account)


def _bearing(connection: Connection, account: str) -> list[str]:
    """The ids of these calls, in order. A longer number that holds the account is another account."""
    if not account:
        return []
    whole = re.compile(rf"(?<![^\W_]){re.escape(account)}(?![^\W_])", re.IGNORECASE)
    r, i = recordings.c, imported.c
    query = (
        select(r.id, r.audio, i.path)
        .outerjoin(imported, i.recording_id == r.id)
        .where(or_(*(c.contains(account, autoescape=True) for c in (r.id, r.audio, i.path))))
    )
    return sorted(
        {
            name
            for name, *files in connection.execute(query)
            if any(whole.search(one) for one in (name, *(Path(file).stem for file in files if file)))
        }
    )
