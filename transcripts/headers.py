"""What a file tells that the decoder passes over: how long it should be, and whether it was finished."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Literal

# whole: nothing speaks against it. broken: it stops within a piece that it had begun. open: nobody closed it,
# as happens when a recorder crashes, and with some that write while the call lasts always
Ending = Literal["whole", "open", "broken"]

_HEAD = 65536  # bytes
_STREAMED_SIZES = (0, 0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFF000, 0xFFFFF000, 0x80000000)
_PAGE, _PAGE_HEAD, _LARGEST_PAGE = b"OggS\0", 27, 65307
_LAST_PAGE = 4  # bit of a page's flags


def claimed_s(path: Path) -> float | None:
    """What a WAV header claims to last, in seconds; the decoder tells only what the file's size allows."""
    size, bytes_per_s = _wav_data(path) or (0, 0)
    return size / bytes_per_s if bytes_per_s and size not in _STREAMED_SIZES else None


def ending(path: Path) -> Ending:
    """Whether an Ogg or WAV file was finished; others say it by their length, or not at all."""
    with path.open("rb") as file:
        if file.read(len(_PAGE)) == _PAGE:
            length = file.seek(0, os.SEEK_END)
            file.seek(max(0, length - 2 * _LARGEST_PAGE))
            return _last_page(file.read())
    data = _wav_data(path)
    # a length that nobody filled in; what is written into a pipe has the largest there is
    return "open" if data is not None and data[0] == 0 else "whole"


def _last_page(tail: bytes) -> Ending:
    """How an Ogg file ends, of which `tail` holds two pages at least, or all."""
    start = tail.rfind(_PAGE)
    if start < 0:
        return "whole"  # something else was put after it
    page = tail[start:]
    if len(page) < _PAGE_HEAD:
        return "broken"
    sizes = page[_PAGE_HEAD : _PAGE_HEAD + page[26]]
    if len(sizes) < page[26] or len(page) < _PAGE_HEAD + page[26] + sum(sizes):
        return "broken"
    return "whole" if page[5] & _LAST_PAGE else "open"


def _wav_data(path: Path) -> tuple[int, int] | None:
    """The size that a WAV header gives its sound, and its bytes per second (0: not said)."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        return None
    place, bytes_per_s = 12, 0
    while place + 8 <= len(head):
        name, size = head[place : place + 4], struct.unpack_from("<I", head, place + 4)[0]
        if name == b"fmt " and place + 24 <= len(head):
            bytes_per_s = struct.unpack_from("<I", head, place + 16)[0]
        if name == b"data":
            return size, bytes_per_s
        place += 8 + size + size % 2
    return None
