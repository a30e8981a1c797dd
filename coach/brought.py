"""What the log says of an import: out of which files, and which calls.

A folder or a file of many calls is told by its name. The name of a single call's file often holds an account
or a telephone, which the log is to keep nothing of: its call is told by the id, which follows an erasure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from coach import audit
from coach.store import Store
from coach.viewers import HOUSE

_OF_MANY = (".jsonl", ".ndjson", ".csv")
_NAMED = 20


def note(
    store: Store,
    command: str,
    calls: Sequence[str],
    files: Mapping[Path, Sequence[str]] = MappingProxyType({}),
    **counts: int,
) -> None:
    """One entry for what `command` took in: the ids of `calls`, and of the calls that came of each of the
    `files`, as they were given.
    """
    of_many = {path: ids for path, ids in files.items() if path.suffix.lower() in _OF_MANY or path.is_dir()}
    alone = [one for path, ids in files.items() if path not in of_many for one in ids]
    told = {
        "files": [f"{path.resolve().name} ({len(ids)})" for path, ids in of_many.items()],
        "calls": [*calls, *alone],
    }
    shown = {key: [*some[:_NAMED], *(["…"] if some[_NAMED:] else [])] for key, some in told.items() if some}
    audit.note(store, HOUSE, "import", f"calls:{command}", **shown, **counts)
