"""What was heard of a recording when its job broke off: in `partial/`, for the job that goes on with it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from coach import safe_names
from coach.schema import recordings
from coach.schema_privacy import WORDLESS
from coach.store import Store


def path(store: Store, recording_id: str) -> Path:
    return store.data_dir / "partial" / f"{safe_names.of_id(recording_id)}.jsonl"


def sweep(store: Store) -> int:
    """Remove what is of no recording, or of one whose words were erased while it was being heard; gives how
    many.
    """
    files = list((store.data_dir / "partial").glob("*.jsonl"))
    if not files:
        return 0
    with store.reading() as connection:
        ids = connection.scalars(select(recordings.c.id).where(recordings.c.id.not_in(WORDLESS)))
        kept = {path(store, one) for one in ids}
    gone = [file for file in files if file not in kept]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)
