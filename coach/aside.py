"""What the intake could not read: files in the quarantine, each with its reason beside it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from coach import remembered
from coach.settings import Settings
from transcripts.formats.file_names import lies, shortened, shown

FOLDER = "quarantine"  # in data_dir
FOLDERS = "quarantine_folders.txt"  # in data_dir: where `--quarantine` put something, one path a line
WHY = ".motivo.txt"  # what stands beside a file in the quarantine
_ROOM = len(WHY) + len("-9999")  # bytes that a name leaves for the reason's, and for its number among others
WAS = "Estaba en: "  # begins the line of a reason that says where the file lay


@dataclass(frozen=True, slots=True)
class Aside:
    path: Path
    why: str  # a sentence; empty where none lies beside it
    at: datetime  # UTC: put there


def folder(settings: Settings) -> Path:
    return settings.data_dir / FOLDER


def remember(data_dir: Path, used: Path) -> None:
    """Write down that files are put aside there; the folder in the data folder is known anyway."""
    if used.resolve() != (data_dir / FOLDER).resolve():
        remembered.add(data_dir / FOLDERS, used)


def put(data_dir: Path, where: Path, path: Path, why: str) -> Path:
    """Move a file there with its reason beside it; gives where it lies now. OSError where that fails."""
    target = _free(where / shortened(shown(path.name), _ROOM))
    where.mkdir(parents=True, exist_ok=True)
    remember(data_dir, where)
    shutil.move(path, target)
    note = f"{why}\n\n{WAS}{shown(path)}\nCorrija el archivo y póngalo otra vez en la carpeta.\n"
    target.with_name(target.name + WHY).write_text(note, encoding="utf-8")
    return target


def folders(data_dir: Path) -> tuple[Path, ...]:
    """Wherever files were ever put aside."""
    return (data_dir / FOLDER, *remembered.folders(data_dir / FOLDERS))


def aside(settings: Settings) -> tuple[Aside, ...]:
    """All that lies there, the newest first. What `--quarantine` put elsewhere is not known here."""
    inside = folder(settings)
    files = [path for path in inside.iterdir() if path.is_file()] if inside.is_dir() else []
    found = (_one(path) for path in files if not path.name.endswith(WHY))
    return tuple(sorted(found, key=lambda one: (one.at, one.path.name), reverse=True))


def _free(path: Path) -> Path:
    """The path itself, or with a number where something lies there already."""
    numbered = (path.with_stem(f"{path.stem}-{n}") for n in count(2))
    return next(one for one in chain((path,), numbered) if not one.exists())


def _one(path: Path) -> Aside:
    note = path.with_name(path.name + WHY)
    told = lies(note)
    why = note.read_text(encoding="utf-8", errors="replace").partition("\n")[0] if told else ""
    dated = note if told else path  # a move keeps the file's own time: the note has that of the move
    return Aside(path, why.strip(), datetime.fromtimestamp(dated.stat().st_mtime, UTC))
