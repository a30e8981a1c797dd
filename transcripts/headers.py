"""What a file tells that the decoder passes over: how long it should be, and whether it was finished."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO, Literal

# whole: nothing speaks against it. broken: it stops within a piece that it had begun. open: nobody closed it,
# as happens when a recorder crashes, and with some that write while the call lasts always
Ending = Literal["whole", "open", "broken"]

_HEAD = 65536  # bytes
_STREAMED_SIZES = (0, 0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFF000, 0xFFFFF000, 0x80000000)
_PAGE, _PAGE_HEAD, _LARGEST_PAGE = b"OggS\0", 27, 65307
_LAST_PAGE = 4  # bit of a page's flags
_EBML, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"


def claimed_s(path: Path) -> float | None:
    """What a WAV header claims to last, in seconds; the decoder tells only what the file's size allows."""
    size, bytes_per_s = _wav_data(path) or (0, 0)
    return size / bytes_per_s if bytes_per_s and size not in _STREAMED_SIZES else None


def ending(path: Path) -> Ending:
    """Whether a file was finished, as far as its kind tells."""
    with path.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(0)
        head = file.read(12)
        if head[: len(_PAGE)] == _PAGE:
            file.seek(max(0, length - 2 * _LARGEST_PAGE))
            return _last_page(file.read())
        if length < _declared_end(file, head, length):
            return "broken"
    data = _wav_data(path)
    # a length that nobody filled in; what is written into a pipe has the largest there is
    return "open" if data is not None and data[0] == 0 else "whole"


def _declared_end(file: BinaryIO, head: bytes, length: int) -> int:
    """Where in the file its sound ends, by what is written at its beginning; 0 where it does not say.

    An MP3 says so where its writer came back to it, a WebM where it was not written as the call went on.
    """
    if head.startswith(_EBML):
        return _segment_end(file, length)
    if head[4:8] == b"ftyp":
        return _last_box_end(file, length)
    return _frames_end(file)


def _frames_end(file: BinaryIO) -> int:
    """How many bytes of MP3 there should be, by the count in its first frame (Xing, Info or VBRI). What
    stands before that is in some counts and not in others: it is left out.
    """
    place = 0
    while (tag := _at(file, place, 10)).startswith(b"ID3"):
        place += 10 + sum((byte & 0x7F) << 7 * (9 - at) for at, byte in enumerate(tag[6:10], start=6))
    frame = _at(file, place, 64)
    if len(frame) < 64 or frame[0] != 0xFF or frame[1] & 0xE0 != 0xE0:
        return 0
    for name in (b"Xing", b"Info"):
        at = frame.find(name, 4, 44)
        if at >= 0:
            counts = int.from_bytes(frame[at + 4 : at + 8])
            size = at + 8 + 4 * (counts & 1)
            return int.from_bytes(frame[size : size + 4]) if counts & 2 else 0
    return int.from_bytes(frame[46:50]) if frame[36:40] == b"VBRI" else 0


def _segment_end(file: BinaryIO, length: int) -> int:
    """Where all that a Matroska or WebM file holds ends; 0 where it was written without going back."""
    place = 0
    while place < length:
        its = _at(file, place, 12)
        if len(its) < 12 or not its[4]:
            return 0
        wide = 9 - its[4].bit_length()  # bytes of the size: one more for each nought before its first bit
        size = int.from_bytes(its[4 : 4 + wide]) & ((1 << 7 * wide) - 1)
        if size == (1 << 7 * wide) - 1:
            return 0  # nobody filled it in
        place += 4 + wide + size
        if its.startswith(_SEGMENT):
            return place
        if not its.startswith(_EBML):
            return 0
    return 0


def _last_box_end(file: BinaryIO, length: int) -> int:
    """Where the last box that an MP4 begins ends."""
    place = 0
    while place + 8 <= length:
        its = _at(file, place, 16)
        size = int.from_bytes(its[:4])
        size = int.from_bytes(its[8:16]) if size == 1 else size
        if size < 8 or not its[4:8].isalnum():  # 0: as far as the file goes
            return 0
        place += size
    return place


def _at(file: BinaryIO, place: int, count: int) -> bytes:
    file.seek(place)
    return file.read(count)


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
