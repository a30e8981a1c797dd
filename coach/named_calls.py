"""Calls that bear an account in their id or file name though it is not known to be theirs. Only a person can
say whether they are: nothing is done with them by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from sqlalchemy import Connection, or_, select

from coach.complaints import some
from coach.schema import jobs, recordings
from coach.schema_privacy import imported
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer

_SHOWN = 5
_PART = re.compile(r"[^\W_]+")
CONFIRM = "Si son suyas, importe una tabla con columnas id y account (coach import --manifest) y repita."


def no_calls(connection: Connection, account: str) -> CoachError:
    """That nothing is known of an account; which calls bear it in their names."""
    if names := bearing(connection, account):
        return CoachError(
            "«{account}»: ninguna llamada tiene esta cuenta, pero estas la llevan en su id o en el nombre de "
            "su archivo: {calls}. Si son suyas, importe una tabla con columnas id y account (coach import "
            "--manifest) y repita.",
            account=account,
            calls=some(names, _SHOWN),
        )
    return CoachError("«{account}»: no hay nada de esta cuenta. Revise cómo está escrita.", account=account)


def beside(store: Store, viewer: Viewer, account: str) -> tuple[str, ...]:
    """The ids of calls that bear an account in their names, where others are known to be of it."""
    viewer.require("administer")
    account = account.strip()
    with store.reading() as connection:
        its = connection.scalars(select(recordings.c.id).where(recordings.c.account == account))
        return bearing(connection, account, but=set(its))


def told(names: Sequence[str]) -> str:
    """That they are left out, and how to say that they are meant."""
    return (
        "Llamadas que llevan la cuenta en su id o en el nombre de su archivo, sin que conste que sean suyas: "
        f"{len(names)} ({some(names, _SHOWN)}). Quedan fuera. {CONFIRM}"
    )


def bearing(connection: Connection, account: str, but: Collection[str] = ()) -> tuple[str, ...]:
    """The ids of these calls, in order, without `but` and without those that are known to be of another
    account. However its parts are set apart; a longer number that holds it is another account.
    """
    parts = _PART.findall(account)
    if not parts:
        return ()
    either = r"[\W_]?".join(map(re.escape, parts))
    whole = re.compile(rf"(?<![^\W_]){either}(?![^\W_])", re.IGNORECASE)
    r, i = recordings.c, imported.c
    held = max(parts, key=len)
    names = (r.id, r.audio, i.path, jobs.c.name)
    query = (
        select(r.id, r.account, r.audio, i.path, jobs.c.name)
        .outerjoin(imported, i.recording_id == r.id)
        .outerjoin(jobs, jobs.c.recording_id == r.id)
        .where(or_(*(name.icontains(held, autoescape=True) for name in names)))
    )
    found = {
        name
        for name, its, *files in connection.execute(query)
        if (its is None or _PART.findall(its.casefold()) == _PART.findall(account.casefold()))
        and any(whole.search(one) for one in (name, *(Path(file).stem for file in files if file)))
    }
    return tuple(sorted(found - set(but)))
