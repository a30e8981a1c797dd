"""Files in which an account stands though no call holds them: recordings that nobody could read, and tables
of call facts beside the recordings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from coach.aside import FOLDER, WHY
from coach.intake import slug
from transcripts.facts import sidecar

_UP = 3  # folders above a recording in which its table may lie
_LONGEST = 50_000_000  # bytes of a table


def put_aside(data_dir: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """Files of the quarantine that are named by an account or a call's id, or whose reason names one; each
    with the reason beside it.
    """
    folder, named = data_dir / FOLDER, _whole(names)
    if named is None or not folder.is_dir():
        return ()
    out = []
    for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.endswith(WHY)):
        note = path.with_name(path.name + WHY)
        told = note.read_text(encoding="utf-8", errors="replace") if note.is_file() else ""
        if named.search(path.name) or named.search(told):
            out += [path, *([note] if note.is_file() else [])]
    return tuple(out)


def tables(recordings: Iterable[Path], names: Iterable[str]) -> tuple[Path, ...]:
    """Tables and files with call facts that tell of an account: beside these recordings, or in folders above
    them, as a watched folder has them.
    """
    named = _whole(names)
    if named is None:
        return ()
    audio = list(dict.fromkeys(recordings))
    beside = [place for one in audio if (place := sidecar.beside(one)) is not None]
    folders = dict.fromkeys(up for one in audio for up in islice(one.resolve().parents, _UP))
    found = (path for folder in folders for path in sorted(folder.glob("*.[cC][sS][vV]")))
    return (*dict.fromkeys(beside), *(path for path in found if _names(path, named)))


def _names(path: Path, named: re.Pattern[str]) -> bool:
    try:
        if path.stat().st_size > _LONGEST:
            return False
        return named.search(path.read_text(encoding="utf-8", errors="replace")) is not None
    except OSError:  # a folder that cannot be read holds nothing that the program brought in
        return False


def _whole(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any of `names`, or what an id makes of them, not as a part of a longer one."""
    every = {form for name in names if name.strip() for form in (name.strip(), slug(name.strip()))}
    if not every:
        return None
    either = "|".join(re.escape(name) for name in sorted(every, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])", re.IGNORECASE)
