"""Files that people change and nothing of which is lost: each text that was in use stays among its versions.

FOLDER/VERSION-DIGEST.yaml     the texts
FOLDER/log.jsonl               when each was put in use, by whom and why
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from coach.whole_files import whole_file


@dataclass(frozen=True, slots=True)
class Version:
    """A text that is or was in use. `by` is empty where nobody published it: it came so."""

    version: int
    digest: str
    at: datetime  # UTC, put in use last
    by: str
    note: str
    in_use: bool
    over: str = ""  # what it was based on then, as `rubrics.types.Form.over`

    @property
    def edition(self) -> str:
        return f"{self.version}, sobre {self.over}" if self.over else str(self.version)


def keep(
    folder: Path, text: str, version: int, digest: str, at: datetime, by: str, note: str, *, over: str = ""
) -> None:
    """Among the versions: the text, and a line that says when it was put in use, by whom and why."""
    write(folder / f"{version}-{digest}.yaml", text)
    line: dict[str, Any] = {"version": version, "digest": digest, "at": at.isoformat()}
    line |= {"over": over} if over else {}
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps({**line, "by": by, "note": note}, ensure_ascii=False) + "\n")


def versions(folder: Path, now: str) -> tuple[Version, ...]:
    """Every version in the folder, the one put in use last first; `now` is the digest of the text in use."""
    log = folder / "log.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
    last = {one["digest"]: one for one in map(json.loads, lines)}
    found = [
        Version(
            one["version"],
            digest,
            datetime.fromisoformat(one["at"]),
            one["by"],
            one["note"],
            digest == now,
            one.get("over", ""),
        )
        for digest, one in last.items()
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def text_of(folder: Path, one: Version) -> str:
    """What a version says."""
    return (folder / f"{one.version}-{one.digest}.yaml").read_text(encoding="utf-8")


def legible(path: Path) -> str:
    """What a file that somebody spoilt holds, also where it was saved with the letters of Windows."""
    held = path.read_bytes()
    try:
        return held.decode("utf-8")
    except UnicodeDecodeError:
        return held.decode("cp1252", errors="replace")


def write(path: Path, text: str) -> None:
    """The whole text or nothing: who reads meanwhile sees the old one."""
    with whole_file(path) as new:
        new.write_text(text, encoding="utf-8")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Two people who publish at once come one after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        yield
