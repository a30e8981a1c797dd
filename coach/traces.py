"""Files in which an account stands though no call holds them: recordings that nobody could read, and tables
of call facts beside the recordings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from coach import remembered
from coach.aside import WAS, WHY, folders
from coach.intake import slug
from transcripts.facts import sidecar
from transcripts.formats.file_names import lies

TABLES = "table_folders.txt"  # in data_dir: where tables of call facts were read, one folder a line
_UP = 3  # folders above a recording in which its table may lie
_LONGEST = 50_000_000  # bytes of a table
_OWN = re.compile(r"^(?=.*\d).{6}")  # a name that hardly another thing has: six characters, one a digit


def put_aside(data_dir: Path, account: str, audio: Iterable[Path]) -> tuple[Path, ...]:
    """Files put aside whose name or reason names the account, or that bear the name of a recording of it;
    each with the reason beside it, wherever files were put aside.

    They are deleted: an id is not looked for, since one out of a file's name may be an agent's or a day, and
    a recording's name only as the whole of a file's.
    """
    named, same = _whole([account]), {one.stem.casefold() for one in audio}
    if named is None:
        return ()
    return tuple(path for folder in folders(data_dir) for path in _in(folder, named, same))


def _in(folder: Path, named: re.Pattern[str], same: set[str]) -> Iterator[Path]:
    try:
        inside = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError:  # none was put aside here, or it is a share that is not there
        return
    for path in inside:
        if path.name.endswith(WHY):
            continue
        note = path.with_name(path.name + WHY)
        told = note.read_text(encoding="utf-8", errors="replace") if lies(note) else ""
        said = "\n".join(line for line in told.splitlines() if not line.startswith(WAS))
        if named.search(path.name) or named.search(said) or path.stem.casefold() in same:
            yield from (path, *([note] if lies(note) else ()))


def remember_table(data_dir: Path, table: Path) -> None:
    """Write down where a table was taken in: an erasure looks there, wherever the recordings lie."""
    remembered.add(data_dir / TABLES, table.parent)


def tables(
    data_dir: Path, files: Iterable[Path], account: str, audio: Iterable[Path], ids: Iterable[str]
) -> tuple[Path, ...]:
    """Tables and files with call facts that tell of an account, or of its calls by their `ids` or the names
    of their files: beside `files` of its calls, in folders above them, and wherever any were taken in. An id
    that is a word or a short number is not looked for: half of all tables would have it.
    """
    every = list(dict.fromkeys(files))
    own = (name for name in (*ids, *(one.stem for one in every)) if _OWN.search(name))
    named = _whole([account, *(one.stem for one in audio), *own])
    if named is None:
        return ()
    beside = [place for one in every if (place := sidecar.beside(one)) is not None]
    above = (up for one in every for up in islice(one.resolve().parents, _UP))
    looked = dict.fromkeys((*above, *remembered.folders(data_dir / TABLES)))
    found = (path for folder in looked for path in sorted(folder.glob("*.[cC][sS][vV]")))
    return (*dict.fromkeys(beside), *(path for path in found if _names(path, named)))


def _names(path: Path, named: re.Pattern[str]) -> bool:
    try:
        if path.stat().st_size > _LONGEST:
            return False
        return named.search(path.read_text(encoding="utf-8", errors="replace")) is not None
    except OSError:  # a folder that cannot be read holds nothing that the program brought in
        return False


def _whole(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any of `names`, or what an id makes of them, not as a part of a longer one; None without any."""
    every = {form for name in names if name.strip() for form in (name.strip(), slug(name.strip()))}
    if not every:
        return None
    either = "|".join(re.escape(name) for name in sorted(every, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])", re.IGNORECASE)
