"""Work that concerns no single recording, done by the worker when asked for: history judged anew.

The table is the truth, as that of `coach.jobs` is: who asks may close the browser, and what a worker lost
starts again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, desc, insert, select, update

from coach import audit, jobs
from coach.claims import first, lost, mine, now
from coach.schema_chores import chores
from coach.store import Store
from coach.types import CoachError, JobState
from coach.viewers import Right, Viewer

Kind = Literal["rescore"]  # the subject is the id of the form or pack
RIGHT: dict[Kind, Right] = {"rescore": "forms"}
_OPEN = ("queued", "running")
_GAVE_UP = f"El proceso se detuvo {jobs.MOST_ATTEMPTS} veces con esto. Revise la memoria del equipo."


@dataclass(frozen=True, slots=True)
class Chore:
    """`done` calls so far; `changed`: in how many some verdict came out otherwise, also before a restart."""

    id: int
    kind: Kind
    subject: str
    state: JobState
    done: int
    changed: int
    asked_by: str
    created_at: datetime  # UTC
    finished_at: datetime | None  # UTC
    worker: str
    error: str


def ask(store: Store, viewer: Viewer, kind: Kind, subject: str) -> int:
    """Queue it and give its id; the id of the one that waits or runs already for the same."""
    viewer.require(RIGHT[kind])
    same = (chores.c.kind == kind, chores.c.subject == subject, chores.c.state.in_(_OPEN))
    with store.writing() as connection:
        if known := connection.execute(select(chores.c.id).where(*same)).scalar():
            return int(known)
        audit.record(connection, viewer, kind, f"form:{subject}")
        new = insert(chores).values(
            kind=kind, subject=subject, state="queued", done=0, changed=0, asked_by=viewer.name,
            created_at=now(), worker="", attempts=0, cancel_asked=False, error="",
        )  # fmt: skip
        return int(connection.execute(new.returning(chores.c.id)).scalar_one())


def latest(store: Store, viewer: Viewer, *, size: int = 20) -> tuple[Chore, ...]:
    """The newest first, of the kinds that the viewer may ask for or as who administers."""
    kinds = [kind for kind, right in RIGHT.items() if viewer.may(right) or viewer.may("administer")]
    columns = [chores.c[name] for name in Chore.__dataclass_fields__]
    query = select(*columns).where(chores.c.kind.in_(kinds)).order_by(desc(chores.c.id)).limit(size)
    with store.reading() as connection:
        return tuple(Chore(**row._mapping) for row in connection.execute(query))


def cancel(store: Store, viewer: Viewer, chore_id: int) -> None:
    """Stop it: at once where it waits, between two calls where it runs. What was judged stays."""
    with store.writing() as connection:
        one = _one(connection, viewer, chore_id)
        if one.state == "queued":
            _set(connection, chore_id, state="cancelled", finished_at=now())
        elif one.state == "running":
            _set(connection, chore_id, cancel_asked=True)


def retry(store: Store, viewer: Viewer, chore_id: int) -> None:
    """Queue one that failed or was cancelled again, from its beginning."""
    with store.writing() as connection:
        one = _one(connection, viewer, chore_id)
        if one.state in ("failed", "cancelled"):
            _set(
                connection, chore_id, state="queued", done=0, attempts=0, cancel_asked=False,
                error="", worker="", finished_at=None,
            )  # fmt: skip


# what the worker does


def take(store: Store, worker: str) -> Chore | None:
    """The oldest that waits, now running for `worker`; None where there is none."""
    with store.writing() as connection:
        _free_lost(connection)
        if jobs.paused(connection):
            return None
        queued = select(chores).where(chores.c.state == "queued").order_by(chores.c.id)
        one = first(connection, queued)
        if one is None:
            return None
        _set(
            connection, one.id, state="running", worker=worker, attempts=one.attempts + 1, done=0,
            started_at=now(), heartbeat_at=now(), error="",
        )  # fmt: skip
        columns = [chores.c[name] for name in Chore.__dataclass_fields__]
        row = connection.execute(select(*columns).where(chores.c.id == one.id)).one()
        return Chore(**row._mapping)


def beat(store: Store, chore: Chore, done: int, changed: int) -> bool:
    """Write how far it is; True where it should stop: asked to, or no longer ours."""
    with store.writing() as connection:
        beaten = mine(chores, chore).values(done=done, changed=changed, heartbeat_at=now())
        asked = connection.execute(beaten.returning(chores.c.cancel_asked)).scalar()
    return asked is None or bool(asked)


def end(
    store: Store, chore: Chore, state: JobState, *, done: int = 0, changed: int = 0, error: str = ""
) -> None:
    """It is over. Does nothing where it is no longer ours."""
    values = {"state": state, "done": done, "changed": changed, "error": error, "finished_at": now()}
    with store.writing() as connection:
        connection.execute(mine(chores, chore).values(**values, cancel_asked=False))


def give_back(store: Store, chore: Chore, changed: int) -> None:
    """To the queue again: the worker was asked to stop. What is judged already comes out alike then."""
    with store.writing() as connection:
        again = {"state": "queued", "worker": "", "attempts": chores.c.attempts - 1, "changed": changed}
        connection.execute(mine(chores, chore).values(**again))


def _free_lost(connection: Connection) -> None:
    """Put what a worker that is gone had back into the queue; give up after too many times."""
    for one in lost(connection, chores):
        state, error, ended = "queued", "", None
        if one.cancel_asked:
            state, ended = "cancelled", now()
        elif one.attempts >= jobs.MOST_ATTEMPTS:
            state, error, ended = "failed", _GAVE_UP, now()
        _set(connection, one.id, state=state, worker="", error=error, finished_at=ended, cancel_asked=False)


def _set(connection: Connection, chore_id: int, **values: object) -> None:
    connection.execute(update(chores).where(chores.c.id == chore_id).values(**values))


def _one(connection: Connection, viewer: Viewer, chore_id: int) -> Chore:
    columns = [chores.c[name] for name in Chore.__dataclass_fields__]
    row = connection.execute(select(*columns).where(chores.c.id == chore_id)).first()
    if row is None:
        raise CoachError("Trabajo {job}: no existe. Vea la lista de trabajos.", job=chore_id)
    if not viewer.may("administer"):
        viewer.require(RIGHT[row.kind])
    return Chore(**row._mapping)
