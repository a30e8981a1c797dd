"""Writes what the machine judged of a call into the store, in a transaction of the caller's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from coach import recording_rows, versions
from coach.demonstration import all_count
from coach.judged import ERASED, NOT_JUDGED, wordless
from coach.schema import findings, recordings
from coach.types import Call, CoachError

if TYPE_CHECKING:
    from coach.store import Store


def save(connection: Connection, store: Store, call: Call, nlp_version: str) -> None:
    """Keep a judged call: what did not change is not stored again, what did takes the old one's place."""
    known = select(recordings.c.id).where(recordings.c.id == call.id)
    if connection.execute(known).first() is None:
        raise CoachError("{id}: guarde primero la grabación.", id=call.id)
    if wordless(connection, call.id):
        raise CoachError(ERASED, id=call.id)
    versions.save_call(connection, call, nlp_version, count_all=all_count(store, connection))
    recording_rows.note_length(connection, call.id, call.transcript.duration_s)


def rejudge(connection: Connection, store: Store, call: Call) -> bool:
    """Keep another scorecard of what was found already; the one before is kept, no longer current. Nothing is
    stored where nothing changed. False where the words are erased: the call stays as it is.
    """
    if wordless(connection, call.id):
        return False  # what it was judged by is gone: its figures stay as they are
    found = versions.current(connection, findings, call.id)
    if found is None:
        raise CoachError(NOT_JUDGED, id=call.id)
    every = all_count(store, connection)
    versions.save_scorecard(connection, call, found.id, found.nlp_version, count_all=every)
    return True
