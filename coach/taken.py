"""Which files of watched folders were taken already: they are not read anew when the program starts again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import and_, select

from coach.schema import jobs, recordings, transcripts
from coach.schema_legs import legs
from coach.schema_privacy import WORDLESS
from coach.store import Store

_AT_ONCE = 500  # paths in one query


def taken(store: Store, paths: Sequence[Path]) -> dict[Path, str]:
    """The ids of those that are in the store under this very path.

    Not of what changed on disk since: a recorder may have written the next call over it. Nor of what nobody
    will ever hear: a program that died at the wrong moment may have kept it without a job.
    """
    of = recordings.c
    whole = select(legs.c.recording_id).where(legs.c.whole_id == of.id)
    leg = select(legs.c.recording_id).where(legs.c.recording_id == of.id)
    heard = select(transcripts.c.id).where(transcripts.c.recording_id == of.id)
    queued = select(jobs.c.id).where(jobs.c.recording_id == of.id)
    never = and_(~heard.exists(), ~queued.exists(), ~leg.exists(), of.id.not_in(WORDLESS))
    out: dict[Path, str] = {}
    with store.reading() as connection:
        for first in range(0, len(paths), _AT_ONCE):
            part = [str(path) for path in paths[first : first + _AT_ONCE]]
            its = select(of.audio, of.id, of.added_at).where(of.audio.in_(part), ~never)
            rows = connection.execute(its.where(~whole.exists()))  # a call of one leg shares its file
            out |= {Path(row.audio): row.id for row in rows if not _changed(Path(row.audio), row.added_at)}
    return out


def _changed(path: Path, since: datetime) -> bool:
    """Whether the file may hold something else than at that moment."""
    try:
        now = path.stat()
    except OSError:
        return False
    return max(now.st_mtime, now.st_ctime) > since.timestamp()
