"""What was erased whole by its age does not come back from a folder where it still lies: its digest is kept,
without a name, an account or a path.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from coach.schema import recordings
from coach.schema_privacy import imported, kept_out
from coach.store import Store


def note(connection: Connection, recording_ids: Sequence[str], at: datetime) -> None:
    """Remember the sound and the words of these recordings, which are about to be erased; not examples."""
    r = recordings.c
    real = (r.id.in_(recording_ids), ~r.demo)
    sounds = select(r.content_hash).where(*real, r.content_hash.is_not(None))
    words = select(imported.c.digest).join(recordings, r.id == imported.c.recording_id).where(*real)
    digests = set(connection.scalars(sounds)) | set(connection.scalars(words))
    known = set(connection.scalars(select(kept_out.c.digest).where(kept_out.c.digest.in_(digests))))
    if new := sorted(digests - known):
        connection.execute(insert(kept_out), [{"digest": digest, "at": at} for digest in new])


def has(store: Store, digest: str) -> bool:
    """Whether a sound (`intake.content_hash`) or words (`imported.digest_of`) were erased by their age."""
    with store.reading() as connection:
        return (
            connection.execute(select(kept_out.c.at).where(kept_out.c.digest == digest)).first() is not None
        )
