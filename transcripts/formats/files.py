"""A text file from outside as text: size, emptiness, NUL bytes and encoding settled before anybody parses
it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from transcripts.types import TranscriptError

MAX_BYTES = 64_000_000  # one transcript, or one line of many
_CONTROLS_ALLOWED = "\t\n\r\f\v\x1c\x1d\x1e\x85"
_MOST_CONTROLS = 0.02  # share of control characters above which a file is no text


def text_of(path: Path, *, max_bytes: int = MAX_BYTES) -> str:
    """The text of a file in UTF-8 (with or without mark), UTF-16 with mark or Windows-1252.

    Raises TranscriptError where there is no file, nothing in it, too much, or no text.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise TranscriptError(
            f"{path.name}: no se puede abrir ({error.strerror}). Revise la ruta y los permisos."
        ) from error
    if not path.is_file():
        raise TranscriptError(f"{path.name}: no es un archivo. Indique el archivo de la transcripción.")
    if size > max_bytes:
        raise TranscriptError(
            f"{path.name}: pesa {size / 1e6:.0f} MB y el máximo es {max_bytes / 1e6:.0f} MB. Divídalo en "
            f"varios archivos."
        )
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TranscriptError(
            f"{path.name}: no se puede leer ({error.strerror}). Revise los permisos."
        ) from error
    return decoded(raw, path.name)


def decoded(raw: bytes, name: str) -> str:
    """`raw` as text; `name` says in messages where it came from. Raises TranscriptError if it is no text."""
    if not raw.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise TranscriptError(f"{name}: está vacío. Vuelva a exportar la transcripción.")
    text = _decode(raw)
    if text is None or "\x00" in text or _controls(text) > _MOST_CONTROLS:
        raise TranscriptError(
            f"{name}: no es un archivo de texto (parece audio, imagen o datos dañados). "
            "Indique la transcripción en JSON, SRT, VTT o texto."
        )
    return text


def parsed(text: str, name: str) -> Any:
    """`text` as JSON. Raises TranscriptError with the line and column of the mistake."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated")
        hint = (
            "El archivo parece cortado: vuelva a exportarlo."
            if cut
            else "Corrija el archivo o vuelva a exportarlo."
        )
        raise TranscriptError(
            f"{name}: no es JSON válido en la línea {error.lineno}, columna {error.colno}. {hint}"
        ) from error
    except RecursionError as error:
        raise TranscriptError(f"{name}: el JSON está anidado sin fin. Vuelva a exportarlo.") from error


def numbered_lines(path: Path, *, max_bytes: int = MAX_BYTES) -> Iterator[tuple[int, bytes]]:
    """(number from 1, bytes) of each line that is not blank; the file is never held whole."""
    try:
        with path.open("rb") as stream:
            number = 0
            while line := stream.readline(max_bytes + 1):
                number += 1
                if line.strip():
                    yield number, line
    except OSError as error:
        raise TranscriptError(
            f"{path.name}: no se puede leer ({error.strerror}). Revise la ruta y los permisos."
        ) from error


def _decode(raw: bytes) -> str | None:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _controls(text: str) -> float:
    sample = text[:20_000]
    odd = sum(unicodedata.category(c) == "Cc" and c not in _CONTROLS_ALLOWED for c in sample)
    return odd / max(1, len(sample))
