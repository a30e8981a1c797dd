"""Which recordings are legs of which call, within a transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from coach.schema import recordings
from coach.schema_legs import key, legs
from transcripts.types import Recording


def note(connection: Connection, recording: Recording) -> None:
    """Remember that a recording is a leg, where its facts say so; it waits for the others from now on."""
    if recording.linked_id is None or _is_whole(connection, recording.id):
        return
    linked_id, source = key(recording)
    its = legs.c.recording_id == recording.id
    known = connection.execute(select(legs.c.linked_id, legs.c.source).where(its)).first()
    if known is None:
        new = insert(legs).values(recording_id=recording.id, linked_id=linked_id, source=source)
        connection.execute(new.values(came_at=datetime.now(UTC)))
    elif tuple(known) != (linked_id, source):
        moved = update(legs).where(its).values(linked_id=linked_id, source=source, whole_id=None)
        connection.execute(moved)


def ids_of(connection: Connection, whole_id: str) -> list[str]:
    """The legs that a call was joined from; none where it is a call of one recording."""
    return list(connection.execute(select(legs.c.recording_id).where(legs.c.whole_id == whole_id)).scalars())


def with_legs(connection: Connection, recording_ids: Iterable[str]) -> list[str]:
    """These calls and the legs they were joined from: what goes when they go."""
    wanted = list(recording_ids)
    return wanted + [leg for each in wanted for leg in ids_of(connection, each)]


def forget(connection: Connection, whole_id: str) -> None:
    """Take out the legs of a call that is being forgotten."""
    if its := ids_of(connection, whole_id):
        connection.execute(delete(recordings).where(recordings.c.id.in_(its)))


def _is_whole(connection: Connection, recording_id: str) -> bool:
    query = select(legs.c.recording_id).where(legs.c.whole_id == recording_id).limit(1)
    return connection.execute(query).first() is not None
