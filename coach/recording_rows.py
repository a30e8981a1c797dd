"""A recording as a row of the store, and back."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, String, or_, select, update

from coach import audit, bodies, by_name
from coach.schema import recordings
from coach.schema_legs import legs
from coach.stems import folded
from coach.viewers import HOUSE
from rubrics.contacts import began
from transcripts.types import CaseFacts, Recording

# facts that screens filter and sort by: columns of the same name
_FACTS = (
    "agent", "agent_login", "debtor_name", "country", "company", "direction", "campaign", "portfolio",
    "account", "call_type", "disposition", "source", "duration_s", "demo", "call_date",
)  # fmt: skip

_OF_SOUND = ("audio", "duration_s")


def columns(recording: Recording, data_dir: Path) -> dict[str, Any]:
    """The values of its row; its audio is told from `data_dir` on where it lies inside."""
    facts = {name: _fitting(name, getattr(recording, name)) for name in _FACTS}
    audio = _relative(recording.audio, data_dir) if recording.audio else None
    body = bodies.write_recording(recording)
    started = recording.call_started_at
    local = started.replace(tzinfo=None) if isinstance(started, datetime) else None
    return {
        "id": recording.id,
        "started_local": local,
        "audio": audio,
        "body": body,
        "named": folded("\n".join((recording.id, facts["account"] or "", facts["debtor_name"] or ""))),
        "agent_order": _fitting("agent_order", by_name.on_sqlite(facts["agent"])),
        "call_started_at": _instant(recording),
        **facts,
    }


def read(row: Row[Any], data_dir: Path) -> Recording:
    """The recording of a row of `recordings`."""
    recording = bodies.read_recording(row.body)
    audio = data_dir / row.audio if row.audio else None
    return replace(recording, audio=audio, duration_s=row.duration_s)


def note_length(connection: Connection, recording_id: str, seconds: float | None) -> None:
    """Keep how long the call lasts, where its row does not say so yet: only hearing tells it of a sound."""
    if seconds:
        its = update(recordings).where(recordings.c.id == recording_id, recordings.c.duration_s.is_(None))
        connection.execute(its.values(duration_s=seconds))


def move_audio(connection: Connection, recording: Recording, audio: Path, data_dir: Path) -> None:
    """Its sound lies elsewhere now; so does that of the call of one leg that shares its file."""
    its = recordings.c.id == recording.id
    earlier = connection.execute(select(recordings.c.audio).where(its)).scalar()
    whole = recordings.c.id.in_(select(legs.c.whole_id).where(legs.c.recording_id == recording.id))
    changed = update(recordings).where(or_(its, whole), recordings.c.audio == earlier)
    connection.execute(changed.values(audio=_relative(audio, data_dir)))


def hash_of(connection: Connection, recording_id: str) -> str | None:
    """Of the sound that was taken in; None where none was, as for words that came ready."""
    its = select(recordings.c.content_hash).where(recordings.c.id == recording_id)
    return connection.execute(its).scalar()


def written_over(connection: Connection, audio: Path, content_hash: str, data_dir: Path) -> list[str]:
    """The recordings whose sound was in the file `audio`, which holds this content now."""
    there = (recordings.c.audio == _relative(audio, data_dir), recordings.c.content_hash != content_hash)
    return list(connection.scalars(select(recordings.c.id).where(*there).order_by(recordings.c.id)))


def lose_audio(connection: Connection, ids: list[str], audio: Path, data_dir: Path) -> None:
    """These recordings have no sound in the file `audio` any more, nor has the call of one leg that shares
    it.
    """
    its = recordings.c.audio == _relative(audio, data_dir)
    whole = recordings.c.id.in_(select(legs.c.whole_id).where(legs.c.recording_id.in_(ids)))
    changed = update(recordings).where(its, or_(recordings.c.id.in_(ids), whole))
    connection.execute(changed.values(audio=None))


def _relative(audio: Path, data_dir: Path) -> str:
    """Inside data_dir the path is kept relative, so that the folder can be moved."""
    audio = audio.resolve()
    return str(audio.relative_to(data_dir) if audio.is_relative_to(data_dir) else audio)


def _fitting(name: str, value: Any) -> Any:
    """A fact as its column can hold it on every database; `body` has it whole."""
    kind = recordings.c[name].type
    return value.replace("\0", "")[: kind.length] if isinstance(kind, String) and value else value


def _instant(recording: Recording) -> datetime | None:
    started = recording.call_started_at
    if isinstance(started, datetime):
        return began(recording) or started.replace(tzinfo=UTC)
    return datetime.combine(started, time(), UTC) if isinstance(started, date) else None


def note_facts(connection: Connection, recording: Recording, data_dir: Path) -> None:
    """Say in the log which facts of a call are about to become others: their names, as a log tells of nobody
    what they say.
    """
    row = connection.execute(select(recordings).where(recordings.c.id == recording.id)).first()
    if row is not None and (names := _others(read(row, data_dir), recording)):
        audit.record(connection, HOUSE, "facts", f"call:{recording.id}", facts=", ".join(names))


def _others(before: Recording, after: Recording) -> list[str]:
    whole = [one.name for one in fields(Recording) if one.name not in ("facts", *_OF_SOUND)]
    of_case = [one.name for one in fields(CaseFacts)]
    return [
        *(name for name in whole if getattr(before, name) != getattr(after, name)),
        *(name for name in of_case if getattr(before.facts, name) != getattr(after.facts, name)),
    ]
