"""Whether a book of Excel may be opened: a small file may unpack, or unfold, to more than a machine holds."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import IO
from xml.parsers import expat

from coach.types import CoachError
from transcripts.formats.files import MAX_BYTES

_UNPACKED = 600_000_000  # bytes: more than any honest book of 200,000 rows
_LOOKED_INTO = 1_000_000  # bytes of a part from which on its elements are counted
_DEEPEST = 40
_IN_ONE_ROW = 20_000  # elements: 400 cells need about a thousand
_ELSEWHERE = 3_000_000  # outside of rows, where the reading library keeps each
_BLOCK = 1 << 18


def check(path: Path) -> None:
    """CoachError where the book is none, or too big to be read; nothing of it is kept in memory."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CoachError("{file}: pesa demasiado. Divídalo en varios archivos.", file=path.name)
        with zipfile.ZipFile(path) as book:
            parts = book.infolist()
            if sum(part.file_size for part in parts) > _UNPACKED:
                raise _too_much(path)
            for part in parts:
                if part.file_size >= _LOOKED_INTO:
                    with book.open(part) as content:
                        _look_into(content, path)
    except (
        OSError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        zlib.error,
    ) as error:
        raise CoachError(
            "{file}: no es un libro de Excel que se pueda leer. Revise la ruta.", file=path.name
        ) from error


def _look_into(content: IO[bytes], path: Path) -> None:
    """Count the elements of one part as they pass by. Parts that are no XML are left to who reads them."""
    deep = in_row = elsewhere = row_at = 0

    def start(name: str, _: object) -> None:
        nonlocal deep, in_row, elsewhere, row_at
        deep += 1
        if not row_at and name.rpartition(":")[2] == "row":
            row_at, in_row = deep, 0
        if row_at:
            in_row += 1
        else:
            elsewhere += 1
        if deep > _DEEPEST or in_row > _IN_ONE_ROW or elsewhere > _ELSEWHERE:
            raise _too_much(path)

    def end(_: str) -> None:
        nonlocal deep, row_at
        if deep == row_at:
            row_at = 0
        deep -= 1

    def doctype(*_: object) -> None:
        raise _too_much(path)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = doctype
    try:
        while block := content.read(_BLOCK):
            parser.Parse(block)
    except expat.ExpatError:
        return


def _too_much(path: Path) -> CoachError:
    return CoachError("{file}: contiene demasiado. Divídalo en varios archivos.", file=path.name)
