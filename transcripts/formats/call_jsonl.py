"""Many calls in one file, one line each in the shape of `call_json`. A bad line is told and the others go
on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from transcripts.formats import call_json
from transcripts.formats.files import MAX_BYTES, decoded, numbered_lines, parsed
from transcripts.types import Notice, Recording, Transcript, TranscriptError


def read(path: Path, recording: Recording | None = None) -> Transcript:
    """The one call of a file that holds one line. Raises TranscriptError where it holds more: see
    `read_many`.
    """
    calls = list(_first_two(path, recording))
    if len(calls) > 1:
        raise TranscriptError(
            f"{path.name}: contiene varias llamadas. Impórtelo como lote (una línea por llamada)."
        )
    if isinstance(calls[0], TranscriptError):
        raise calls[0]
    return calls[0]


def read_many(path: Path, recording: Recording | None = None) -> Iterator[Transcript | TranscriptError]:
    """Each line in turn: a transcript, or the error that says which line is wrong and why.

    An unknown key is told with the first call that has it; an id seen before is told with the later call. A
    file without lines is an error too.
    """
    told: set[str] = set()
    seen: dict[str, int] = {}
    number = 0
    for number, line in numbered_lines(path):
        where = f"{path.name}: línea {number}"
        try:
            transcript = _line(line, where, recording, told)
        except TranscriptError as error:
            yield error
            continue
        first = seen.setdefault(transcript.recording.id, number)
        yield transcript if first == number else _repeated(transcript, first, number)
    if not number:
        yield TranscriptError(f"{path.name}: está vacío. Vuelva a exportar las llamadas.")


def write(transcript: Transcript) -> str:
    """One line; join the lines of many calls for a file."""
    return json.dumps(call_json.as_dict(transcript), ensure_ascii=False) + "\n"


def _first_two(path: Path, recording: Recording | None) -> Iterator[Transcript | TranscriptError]:
    for count, call in enumerate(read_many(path, recording)):
        if count == 2:
            return
        yield call


def _line(line: bytes, where: str, recording: Recording | None, told: set[str]) -> Transcript:
    if len(line) > MAX_BYTES:
        raise TranscriptError(
            f"{where}: mide más de {MAX_BYTES / 1e6:.0f} MB. Una llamada por línea; divídala."
        )
    return call_json.call_of(parsed(decoded(line, where), where), where, recording, told)


def _repeated(transcript: Transcript, first: int, number: int) -> Transcript:
    text = (
        f"El id «{transcript.recording.id}» de la línea {number} ya apareció en la línea {first} del archivo."
        " Dé a cada llamada un id propio."
    )
    notice = Notice("repeated_id", text)
    trust = replace(transcript.trust, notices=(*transcript.trust.notices, notice))
    return replace(transcript, trust=trust)
