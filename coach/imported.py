"""From which file the words of a call came, and where second copies of its sound lie: what was erased is
named by it, and its words are not taken in again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from coach.schema_privacy import imported
from coach.store import Store
from transcripts.probe import AUDIO_ENDINGS
from transcripts.types import Transcript


def digest_of(transcript: Transcript) -> str:
    """sha256, in hex, of the call's id in the file and of who said what; times and facts may change."""
    said = [transcript.recording.id, *((turn.speaker, turn.text) for turn in transcript.turns)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def id_of(store: Store, digest: str) -> str | None:
    """The call that has these words, under the id that it has now; None where they never came."""
    with store.reading() as connection:
        return connection.scalar(select(imported.c.recording_id).where(imported.c.digest == digest))


def note(store: Store, recording_id: str, digest: str, file: Path | None) -> None:
    """Write down that these words came, and from which file."""
    path = str(file.resolve()) if file is not None else None
    with store.writing() as connection:
        its = update(imported).where(imported.c.digest == digest)
        if not connection.execute(its.values(recording_id=recording_id, path=path)).rowcount:
            connection.execute(insert(imported).values(recording_id=recording_id, digest=digest, path=path))


def of_file(store: Store, file: Path) -> str | None:
    """The call whose words came from this file, or of which it is a copy."""
    with store.reading() as connection:
        query = select(imported.c.recording_id).where(imported.c.path == str(file.resolve()))
        return connection.execute(query.limit(1)).scalar()


def files(connection: Connection, recording_ids: Iterable[str]) -> tuple[Path, ...]:
    """The files that the words of these calls came from, each once."""
    return tuple(path for path in _paths(connection, recording_ids) if not _is_sound(path))


def copies(connection: Connection, recording_ids: Iterable[str]) -> tuple[Path, ...]:
    """Where second copies of their sound lie, each once."""
    return tuple(path for path in _paths(connection, recording_ids) if _is_sound(path))


def _is_sound(path: Path) -> bool:
    return path.suffix.lower() in AUDIO_ENDINGS


def _paths(connection: Connection, recording_ids: Iterable[str]) -> tuple[Path, ...]:
    its = imported.c.recording_id.in_(list(recording_ids))
    query = select(imported.c.path).where(its, imported.c.path.is_not(None)).distinct()
    return tuple(Path(path) for path in connection.scalars(query.order_by(imported.c.path)))


def forget_files(connection: Connection, recording_id: str, found: Iterable[Path]) -> int:
    """Forget the names of those `found`, which may hold an account; that they came stays known. Gives how
    many.
    """
    named = imported.c.path.in_([str(path) for path in found])
    its = update(imported).where(imported.c.recording_id == recording_id, named)
    return connection.execute(its.values(path=None)).rowcount
