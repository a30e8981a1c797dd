"""Names of files as another machine wrote them: on Linux a name is bytes, and old recorders and FTP servers
write them in Windows-1252. Python holds the bytes that are no UTF-8 as lone surrogates, which no database, no
file and no terminal takes.
"""

from __future__ import annotations

import errno
import re
from pathlib import Path

_HALF = re.compile(r"[\ud800-\udfff]")
_FIRST, _LAST = 0xDC80, 0xDCFF  # a byte that is no UTF-8 stands here plus its value less 0x80
_LONGEST = 255  # bytes in a name, on every common disk
_ENDING = 10  # letters in the longest ending of a file
UNKEPT = "su nombre, o el de su carpeta, no está en UTF-8 y así no se puede guardar."


def is_kept(path: Path | str) -> bool:
    """Whether a path can be written down, and be found again by what was written."""
    return _HALF.search(str(path)) is None


def shown(text: Path | str) -> str:
    """The same with the letters that its bytes most likely are; U+FFFD for what is no letter at all."""
    return _HALF.sub(_letter, str(text))


def lies(path: Path) -> bool:
    """Whether a file lies there. A name made of another may be longer than any disk takes: none has it, and
    `Path.is_file` raises.
    """
    try:
        return path.is_file()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise


def shortened(name: str, room: int) -> str:
    """The name with its stem cut where it must be for `room` bytes more to fit; its ending stays."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > _ENDING:  # the dot is one of the name's own
        stem, dot, ending = name, "", ""
    left = _LONGEST - room - len(f"{dot}{ending}".encode())
    return stem.encode()[:left].decode(errors="ignore") + dot + ending


def refusal(path: Path) -> str:
    """A sentence on a file that cannot be taken under its name."""
    return f"{shown(path.name)}: {UNKEPT} Cambie el nombre y vuelva a intentarlo."


def _letter(half: re.Match[str]) -> str:
    code = ord(half[0])
    if not _FIRST <= code <= _LAST:
        return "\ufffd"
    return bytes([code - 0xDC00]).decode("cp1252", "replace")
