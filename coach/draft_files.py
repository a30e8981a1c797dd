"""Texts that people are writing, one file each in a folder: they may be wrong yet, and judge nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from coach.kept import write
from coach.types import CoachError
from rubrics.ids import ID


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that is being written: it may be wrong yet."""

    name: str
    text: str
    changed_at: datetime  # UTC


def drafts(folder: Path) -> tuple[Draft, ...]:
    """Every draft, the one changed last first."""
    found = map(_read, folder.glob("*.yaml"))
    return tuple(sorted(found, key=lambda draft: draft.changed_at, reverse=True))


def keep(folder: Path, name: str, text: str) -> Draft:
    """Keep a text under a name as ids are written."""
    path = _file(folder, name)
    write(path, text)
    return _read(path)


def draft(folder: Path, name: str) -> Draft | None:
    """The draft of that name, None where there is none."""
    path = _file(folder, name)
    return _read(path) if path.is_file() else None


def drop(folder: Path, name: str) -> None:
    _file(folder, name).unlink(missing_ok=True)


def _read(path: Path) -> Draft:
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Draft(path.stem, path.read_text(encoding="utf-8"), at)


def _file(folder: Path, name: str) -> Path:
    if not ID.fullmatch(name):
        raise CoachError(
            "«{name}»: un borrador se nombra con minúsculas sin ñ ni acentos, números, «_» y «-».", name=name
        )
    return folder / f"{name}.yaml"
