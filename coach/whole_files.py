"""Files that appear whole or not at all: written aside, then given their name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(target: Path, *, private: bool = False, same_ending: bool = False) -> Iterator[Path]:
    """Where to write what is to be `target`: it takes that name at the end. Where anything fails, what is
    half written goes, and an older `target` stays as it was. The folder is made where it is missing.

    `private`: readable by its owner only. `same_ending`: for a writer that goes by the file's ending.
    """
    aside = target.with_name(f".parte-{target.name}" if same_ending else f"{target.name}.parte")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if private:
            aside.unlink(missing_ok=True)  # one that was left behind keeps its permissions
            aside.touch(mode=0o600)
        yield aside
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
