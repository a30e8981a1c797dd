"""Until when backups still hold what was erased: read from the manifest that each archive has.

The folders that `coach db backup` wrote to are remembered in the data folder: all of them are looked through.
"""

from __future__ import annotations

import json
import tarfile
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coach import remembered
from coach.archives import MANIFEST

FOLDERS = "backup_folders.txt"  # in data_dir, one path a line


@dataclass(frozen=True, slots=True)
class Backup:
    """`kept_until` "": its manifest does not say."""

    name: str
    made_at: str
    kept_until: str


def backups(folder: Path) -> tuple[Backup, ...]:
    """The archives of a folder, by name: zip or tar files with a manifest inside, folders with one, or a
    manifest beside them. What has none is no backup of ours.
    """
    if not folder.is_dir():
        return ()
    found = []
    for path in sorted(folder.iterdir()):
        if (text := _manifest(path)) is None:
            continue
        try:
            told = json.loads(text)
        except ValueError:
            told = {}
        told = told if isinstance(told, dict) else {}
        found.append(
            Backup(path.name, str(told.get("made_at") or ""), str(told.get("kept_until") or "")[:10])
        )
    return tuple(found)


def remember(data_dir: Path, folder: Path) -> None:
    """Write down that backups lie there."""
    remembered.add(data_dir / FOLDERS, folder)


def folders(data_dir: Path) -> tuple[Path, ...]:
    """Where backups may lie: «backups» in the data folder, and wherever one was written."""
    return tuple(dict.fromkeys((data_dir / "backups", *remembered.folders(data_dir / FOLDERS))))


def before(known: tuple[Backup, ...], at: datetime) -> tuple[Backup, ...]:
    """Those made before an instant; those that do not say when count as such."""
    return tuple(one for one in known if not one.made_at or _instant(one.made_at, at) <= at)


def _instant(written: str, like: datetime) -> datetime:
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return like
    return read if read.tzinfo else read.replace(tzinfo=like.tzinfo)


def _manifest(path: Path) -> str | None:
    try:
        if path.is_dir():
            inside = path / MANIFEST
            return inside.read_text("utf-8") if inside.is_file() else None
        if path.name.endswith(f".{MANIFEST}"):
            return path.read_text("utf-8")
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return archive.read(MANIFEST).decode() if MANIFEST in archive.namelist() else None
        if tarfile.is_tarfile(path):
            return _in_tar(path)
    except (OSError, UnicodeDecodeError, tarfile.TarError, zipfile.BadZipFile):
        return None
    return None


def _in_tar(path: Path) -> str | None:
    """The manifest comes first in our archives: the search ends with it, not with the whole file."""
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and member.name.removeprefix("./").rpartition("/")[2] == MANIFEST:
                inside = archive.extractfile(member)
                return inside.read().decode() if inside else None
    return None
