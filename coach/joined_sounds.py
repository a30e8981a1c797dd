"""The one sound of a transferred call, made of its legs' and kept in data_dir/joined, named by what it is of.

A call that is joined again, with a late leg, gets another; the earlier one goes with all that was made of it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from coach import peaks
from coach.schema import recordings
from coach.store import Store
from coach.whole_files import whole_file
from transcripts import playback
from transcripts.types import Recording, TranscriptError

_YOUNG_S = 3600.0  # made so shortly ago, it may be of a call whose row is about to be written


def of_legs(store: Store, its: Sequence[Recording]) -> Path | None:
    """One sound of all legs; None where one came without, or its file is gone."""
    paths = [recording.audio for recording in its if recording.audio and recording.audio.is_file()]
    if len(paths) < len(its) or len(paths) == 1:
        return paths[0] if len(paths) == len(its) else None
    stats = [(path, path.stat()) for path in paths]
    state = "|".join(f"{path}|{stat.st_size}|{stat.st_mtime_ns}" for path, stat in stats)
    target = _folder(store) / f"{hashlib.sha256(state.encode()).hexdigest()[:32]}.mp3"
    if not target.is_file():
        try:
            with whole_file(target) as aside:
                playback.joined(paths, aside)
        except TranscriptError:
            return None
    return target


def let_go(store: Store, earlier: Path | None) -> None:
    """Remove a joined sound that no call has any more, and what was made of it; any other file stays."""
    if earlier is not None and earlier.parent.resolve() == _folder(store) and earlier.is_file():
        _remove(store, [earlier])


def sweep(store: Store) -> int:
    """Remove what no call has any more and an interrupted job left behind; gives how many."""
    folder = _folder(store)
    if not folder.is_dir():
        return 0
    latest = time.time() - _YOUNG_S
    return _remove(store, [path for path in folder.iterdir() if path.stat().st_mtime < latest])


def _remove(store: Store, paths: Sequence[Path]) -> int:
    query = select(recordings.c.audio).where(recordings.c.audio.startswith(_folder(store).name + "/"))
    with store.reading() as connection:
        used = set(connection.execute(query).scalars())
    gone = [path for path in paths if path.relative_to(store.data_dir).as_posix() not in used]
    for path in gone:
        for made in (*peaks.made_from(store, path), path):
            made.unlink(missing_ok=True)
    return len(gone)


def _folder(store: Store) -> Path:
    return store.data_dir / "joined"
