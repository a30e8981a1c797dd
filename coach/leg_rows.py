"""Which recordings are legs of which call, within a transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, tuple_, update

from coach.schema import recordings
from coach.schema_legs import key, legs
from transcripts.types import Recording

_Node = str | tuple[str, str]  # a recording by its id, or what legs share with its source
_AT_ONCE = 500  # values in one query


def note(connection: Connection, recording: Recording) -> None:
    """Remember that a recording is a leg, where its facts say so; it waits for the others from now on."""
    if not recording.linked_id or _is_whole(connection, recording.id):
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


def whole_of(connection: Connection, recording_id: str) -> str | None:
    """The call that a leg was joined to; None where it is not joined yet."""
    return connection.execute(select(legs.c.whole_id).where(legs.c.recording_id == recording_id)).scalar()


def ids_of(connection: Connection, whole_id: str) -> list[str]:
    """The legs that a call was joined from; none where it is a call of one recording."""
    return list(connection.execute(select(legs.c.recording_id).where(legs.c.whole_id == whole_id)).scalars())


def with_legs(connection: Connection, recording_ids: Iterable[str]) -> list[str]:
    """These calls and the legs they were joined from: what goes when they go."""
    wanted = list(recording_ids)
    return wanted + [leg for each in wanted for leg in ids_of(connection, each)]


def of_one_call(connection: Connection, recording_ids: Iterable[str]) -> dict[str, set[str]]:
    """Of each of these recordings every other of the same call: the whole, its legs, those that still wait
    for it. One that is no part of a transferred call is left out.
    """
    wanted = set(recording_ids)
    links: defaultdict[_Node, set[_Node]] = defaultdict(set)
    for row in _near(connection, wanted):
        shared = (row.linked_id, row.source) if row.linked_id else None
        for node in filter(None, (row.whole_id, shared)):
            links[row.recording_id].add(node)
            links[node].add(row.recording_id)
    out: dict[str, set[str]] = {}
    for one in wanted & links.keys():
        if one in out:
            continue
        its = {node for node in _reached(links, one) if isinstance(node, str)}
        out |= {each: its - {each} for each in its & wanted}
    return out


def _reached(links: Mapping[_Node, set[_Node]], start: _Node) -> set[_Node]:
    reached, new = set[_Node](), {start}
    while new:
        reached |= new
        new = {node for one in new for node in links[one]} - reached
    return reached


def _near(connection: Connection, known: set[str]) -> list[Row[Any]]:
    """The rows of all legs that are of one call with any of these."""
    found: dict[str, Row[Any]] = {}
    new = known
    while new:
        rows: list[Row[Any]] = []
        for part in _parts(new):
            near = or_(legs.c.recording_id.in_(part), legs.c.whole_id.in_(part))
            rows += connection.execute(select(legs).where(near)).all()
        shared = {(row.linked_id, row.source) for row in rows if row.linked_id}
        for part in _parts(shared):
            alike = tuple_(legs.c.linked_id, legs.c.source).in_(part)
            rows += connection.execute(select(legs).where(alike)).all()
        found |= {row.recording_id: row for row in rows}
        seen = {one for row in rows for one in (row.recording_id, row.whole_id) if one}
        new, known = seen - known, known | seen
    return list(found.values())


def _parts(values: Collection[Any]) -> Iterator[list[Any]]:
    every = list(values)
    return (every[first : first + _AT_ONCE] for first in range(0, len(every), _AT_ONCE))


def forget(connection: Connection, whole_id: str) -> None:
    """Take out the legs of a call that is being forgotten."""
    if its := ids_of(connection, whole_id):
        connection.execute(delete(recordings).where(recordings.c.id.in_(its)))


def _is_whole(connection: Connection, recording_id: str) -> bool:
    query = select(legs.c.recording_id).where(legs.c.whole_id == recording_id).limit(1)
    return connection.execute(query).first() is not None
