"""The sound files of clips: made at the first hearing, gone with their clip."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from coach.clip_cut import Span
from coach.schema_drills import clips
from coach.store import Store
from coach.whole_files import whole_file
from transcripts import playback


def heard(
    store: Store, clip_id: int, source: Path, start_s: float, end_s: float, muted: Sequence[Span]
) -> Path:
    """The MP3 of this stretch of `source`."""
    state = source.stat()
    what = f"{state.st_size}|{state.st_mtime_ns}|{start_s}|{end_s}|{muted}"
    mark = hashlib.sha256(what.encode()).hexdigest()[:16]
    kept = _folder(store) / f"{clip_id}-{mark}.mp3"
    if not kept.is_file():
        with whole_file(kept) as aside:
            playback.muted_clip(source, aside, start_s, end_s, muted)
    return kept


def sweep(store: Store) -> int:
    """Remove the files of clips that are withdrawn, or whose call was erased; gives how many."""
    folder = _folder(store)
    if not folder.is_dir():
        return 0
    with store.reading() as connection:
        live = set(connection.execute(select(clips.c.id).where(clips.c.withdrawn_at.is_(None))).scalars())
    gone = [path for path in folder.iterdir() if int(path.name.partition("-")[0]) not in live]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _folder(store: Store) -> Path:
    return store.data_dir / "clips"
