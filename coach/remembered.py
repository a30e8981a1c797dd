"""Folders outside the data folder where the program has put something: one path a line, in a file there."""

from __future__ import annotations

from pathlib import Path


def folders(file: Path) -> tuple[Path, ...]:
    """Those written down, in order; none where the file is not there."""
    return tuple(map(Path, file.read_text(encoding="utf-8").splitlines())) if file.is_file() else ()


def add(file: Path, folder: Path) -> None:
    """Write one down, once."""
    path = folder.resolve()
    if path not in folders(file):
        with file.open("a", encoding="utf-8") as out:
            out.write(f"{path}\n")
