"""Which files of watched folders are finished: a recorder may still be writing what changed a moment ago.

Its clock may be ahead of ours: what has kept its size and time for long enough by our own clock is finished
whatever time it bears.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from coach.complaints import some
from coach.look import Look
from transcripts.formats.file_names import UNKEPT, is_kept
from transcripts.formats.files import below, reason

_EMPTY_S = 3600.0  # a file that is empty for longer is not being written
_COPYING = frozenset((".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".temp", ".swp"))
BIG = 1_000_000  # bytes of words: many calls, or one that takes a minute
_NAMED = 5  # files named in one sentence

_Stamp = tuple[int, int]  # size in bytes, time of the last change in ns


class Files:
    """Some folders and what is remembered of their files from one look to the next.

    `kinds`: the endings of what is taken. A folder that cannot be reached, what is empty, and what is of no
    such kind go to `tell`, a problem, or `note`, a notice: each is told once.
    """

    def __init__(
        self,
        folders: tuple[Path, ...],
        aside: Path,
        kinds: frozenset[str],
        settled_s: float,
        tell: Callable[[str, Look], None],
        note: Callable[[str, Look], None],
    ) -> None:
        self._folders, self._aside, self._kinds, self._settled_s = folders, aside, kinds, settled_s
        self._tell, self._note = tell, note
        self._seen: dict[Path, _Stamp] = {}
        self._since: dict[Path, float] = {}  # by our clock: since when a file is as it was seen last
        self._done: dict[Path, _Stamp] = {}
        self._others: set[Path] = set()
        self._put_off: set[Path] = set()

    def __contains__(self, path: Path) -> bool:
        """Whether it was there at the last look."""
        return path in self._seen

    def ready(self, out: Look) -> Iterator[Path]:
        """Finished files that were not taken yet, each remembered as it is now."""
        seen: dict[Path, _Stamp] = {}
        since: dict[Path, float] = {}
        others: list[Path] = []
        for folder in self._folders:
            for path in self._inside(folder, others, out):
                try:
                    stat = path.stat()
                except OSError:
                    continue  # it went away between the listing and now
                stamp = (stat.st_size, stat.st_mtime_ns)
                if self._done.get(path) == stamp:
                    seen[path] = stamp
                    continue
                unchanged = self._seen.get(path, stamp) == stamp
                seen[path], now = stamp, time.monotonic()
                since[path] = self._since.get(path, now) if unchanged else now
                age = max(time.time() - stat.st_mtime, now - since[path])
                if not stat.st_size and age > _EMPTY_S:
                    self._tell(f"{path}: está vacío hace más de una hora. Vuelva a copiarlo o bórrelo.", out)
                elif age < self._settled_s or not unchanged or not stat.st_size:
                    out.unfinished.append(path)
                else:
                    yield path
        self._seen, self._since = seen, since
        self._done = {path: stamp for path, stamp in self._done.items() if path in seen}
        if others:
            self._others.update(others)
            names = f"{len(others)} ({some((path.name for path in others), _NAMED)})"
            self._note(f"No son grabaciones, transcripciones ni tablas CSV, y no se toman: {names}.", out)

    def in_turn(self, paths: list[Path], out: Look) -> list[Path]:
        """Those to take now: a big one lets the others go first and be told, once, and waits for the next
        look.
        """
        big = {path for path in paths if self._seen[path][0] > BIG and path not in self._put_off}
        if len(big) == len(paths):
            return paths
        self._put_off |= big
        out.later += sorted(big)
        return [path for path in paths if path not in big]

    def done(self, paths: list[Path]) -> None:
        """These were taken as they are now: they cost nothing at the next look."""
        self._done |= {path: self._seen[path] for path in paths if path in self._seen}

    def again(self, path: Path) -> None:
        """It is looked at anew the next time."""
        self._seen.pop(path, None)
        self._since.pop(path, None)

    def _inside(self, folder: Path, others: list[Path], out: Look) -> Iterator[Path]:
        """Its files that are of a kind that is taken; the rest goes to `others`, once."""

        def tell(error: OSError) -> None:
            place = Path(str(error.filename))
            if not self._passed_over(place, folder):
                self._tell(f"{place}: no se puede leer ({reason(error)}). Se intenta de nuevo.", out)

        try:
            found = folder.is_dir()
        except OSError as error:
            self._tell(f"{folder}: no se puede leer ({reason(error)}). Se intenta de nuevo.", out)
            return
        if not found:
            self._tell(f"{folder}: no se encuentra la carpeta. Se intenta de nuevo.", out)
            return
        if not is_kept(folder):  # all that lies in it would have to go aside
            self._tell(f"{folder}: {UNKEPT} Cambie el nombre de la carpeta.", out)
            return
        for path in below(folder, tell):
            if self._passed_over(path, folder) or not os.path.isfile(path):
                continue
            ending = path.suffix.lower()
            if ending in self._kinds:
                yield path
            elif ending not in _COPYING and path not in self._others:
                others.append(path)

    def _passed_over(self, path: Path, folder: Path) -> bool:
        hidden = any(part.startswith((".", "~")) for part in path.relative_to(folder).parts)
        return hidden or path.is_relative_to(self._aside)
