"""A text file from outside as text: size, emptiness, NUL bytes and encoding settled before anybody parses
it.
"""

from __future__ import annotations

import errno
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transcripts.types import TranscriptError

MAX_BYTES = 64_000_000  # one transcript, or one line of many
_CONTROLS_ALLOWED = "\t\n\r\f\v\x1c\x1d\x1e\x85"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HALF_OR_NUL = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
_MOST_CONTROLS = 0.02  # share of control characters above which a file is no text


_REASONS = {
    errno.ENOENT: "no existe",
    errno.ENOTDIR: "una parte de la ruta no es una carpeta",
    errno.EISDIR: "es una carpeta",
    errno.EEXIST: "ya hay un archivo con ese nombre",
    errno.EACCES: "falta permiso",
    errno.EPERM: "falta permiso",
    errno.EROFS: "el disco es de solo lectura",
    errno.ENOSPC: "el disco está lleno",
    errno.ELOOP: "es un enlace que vuelve a sí mismo",
    errno.ENAMETOOLONG: "el nombre es demasiado largo",
    errno.EADDRINUSE: "ya está en uso",
    errno.EADDRNOTAVAIL: "no es una dirección de este equipo",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file should have been, as the messages on one that is not say it."""

    file: str  # «Indique el archivo …»
    empty: str
    no_text: str


TRANSCRIPT = Expected(
    "de la transcripción",
    "está vacío. Vuelva a exportar la transcripción.",
    "no es un archivo de texto (parece audio, imagen o datos dañados). "
    "Indique la transcripción en JSON, SRT, VTT o texto.",
)
TABLE = Expected(
    "de la tabla",
    "está vacío: no hay encabezados ni filas. Vuelva a exportar la tabla.",
    "no es una tabla en texto (parece un libro de Excel, una imagen o datos dañados). "
    "Guárdela como CSV y vuelva a intentarlo.",
)
FACTS = Expected(
    "de los datos",
    "está vacío. Ponga en él los datos de la llamada, o bórrelo.",
    "no es un archivo de texto (parece una imagen o datos dañados). Ponga los datos de la llamada en JSON.",
)

OTHER = Expected(
    "que se pide",
    "está vacío. Indique otro.",
    "no es un archivo de texto (parece audio, imagen o datos dañados). Indique otro.",
)


def reason(error: OSError) -> str:
    """Why the system refused, in Spanish where it is one of the usual reasons."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def below(folder: Path, failed: Callable[[OSError], object]) -> list[Path]:
    """Every file of a folder, at any depth, in order. What cannot be listed goes to `failed`, and the rest
    goes on; the system's own corner of a disk is nobody's.
    """

    def tell(error: OSError) -> None:
        if Path(str(error.filename)).name != "lost+found":
            failed(error)

    return sorted(Path(where, name) for where, _, names in os.walk(folder, onerror=tell) for name in names)


def text_of(path: Path, expected: Expected = TRANSCRIPT, *, max_bytes: int = MAX_BYTES) -> str:
    """The text of a file in UTF-8 (with or without mark), UTF-16 with mark or Windows-1252.

    Raises TranscriptError where there is no file, nothing in it, too much, or no text.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise TranscriptError(
            f"{path.name}: no se puede abrir ({reason(error)}). Revise la ruta y los permisos."
        ) from error
    if not path.is_file():
        raise TranscriptError(f"{path.name}: no es un archivo. Indique el archivo {expected.file}.")
    if size > max_bytes:
        raise TranscriptError(
            f"{path.name}: pesa {size / 1e6:.0f} MB y el máximo es {max_bytes / 1e6:.0f} MB. Divídalo en "
            f"varios archivos."
        )
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TranscriptError(
            f"{path.name}: no se puede leer ({reason(error)}). Revise los permisos."
        ) from error
    return decoded(raw, path.name, expected)


def decoded(raw: bytes, name: str, expected: Expected = TRANSCRIPT) -> str:
    """`raw` as text; `name` says in messages where it came from. Raises TranscriptError if it is no text."""
    if not raw.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise TranscriptError(f"{name}: {expected.empty}")
    text = _decode(raw)
    if text is None or "\x00" in text or _controls(text) > _MOST_CONTROLS:
        raise TranscriptError(f"{name}: {expected.no_text}")
    return text


def parsed(text: str, name: str) -> Any:
    """`text` as JSON. Raises TranscriptError with the line and column of the mistake.

    Half characters (lone surrogates) and NUL, which not everything can store or write, become U+FFFD.
    """
    try:
        value = json.loads(text)
        return json.loads(_whole(value)) if _HALF_OR_NUL.search(text) else value
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated")
        hint = (
            "El archivo parece cortado: vuelva a exportarlo."
            if cut
            else "Corrija el archivo o vuelva a exportarlo."
        )
        at = len(text.rstrip()) if cut else error.pos  # where it breaks off, not what is open there
        line = f"línea {text.count(chr(10), 0, at) + 1}, " if "\n" in text.strip() else ""
        column = at - text.rfind("\n", 0, at)
        raise TranscriptError(f"{name}: no es JSON válido en la {line}columna {column}. {hint}") from error
    except RecursionError as error:
        raise TranscriptError(f"{name}: el JSON está anidado sin fin. Vuelva a exportarlo.") from error
    except ValueError as error:  # Python reads no whole number of thousands of figures
        raise TranscriptError(
            f"{name}: contiene un número de miles de cifras. Corríjalo o vuelva a exportar el archivo."
        ) from error


def numbered_lines(path: Path, *, max_bytes: int = MAX_BYTES) -> Iterator[tuple[int, bytes]]:
    """(number from 1, bytes) of each line that is not blank; the file is never held whole."""
    try:
        with path.open("rb") as stream:
            number = 0
            while line := stream.readline(max_bytes + 1):
                number += 1
                if number == 1 and line.startswith(_UTF_16):
                    raise TranscriptError(
                        f"{path.name}: está en UTF-16. Guárdelo como UTF-8 y vuelva a intentarlo."
                    )
                if line.strip():
                    yield number, line
    except OSError as error:
        raise TranscriptError(
            f"{path.name}: no se puede leer ({reason(error)}). Revise la ruta y los permisos."
        ) from error


def _whole(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False).replace("\\u0000", "\ufffd")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _decode(raw: bytes) -> str | None:
    if raw.startswith(_UTF_16):
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
