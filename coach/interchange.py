"""The machine interface: calls or utterances in, results out, one JSON object a line. No store is needed.

Stable: other programs read and write these lines. A bad line is reported with its number, the rest goes on.
`judge` and `tag` are handed in, so that this file knows the lines and nothing else.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from coach.complaints import in_words, sentences
from coach.lines import CallLine, UtteranceLine, unknown_keys
from coach.results import result
from coach.types import Call, CoachError
from transcripts.types import Speaker, Transcript

log = logging.getLogger(__name__)

Judge = Callable[[Transcript], Call]
Tag = Callable[[str, Speaker, str | None], Iterable[Any]]  # labels with id and score
Line = TypeVar("Line", bound=BaseModel)

_LONGEST_LINE = 50_000_000  # characters; a call of six hours has under one million


@dataclass
class Report:
    """What came of a file: lines done, lines that could not be, keys nobody knows (told once)."""

    done: int = 0
    errors: list[str] = field(default_factory=list)  # "línea 3: …"
    unknown: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class BadLine:
    number: int
    error: str


def score_file(
    source: Path,
    out: TextIO,
    judge: Judge,
    *,
    country: str | None = None,
    each: Callable[[], None] = lambda: None,
) -> Report:
    """Judge every call of `source` and write one result line per good line to `out`, in order."""
    report = Report()
    for number, line in read_lines(source, CallLine):
        each()
        if isinstance(line, BadLine):
            report.errors.append(f"línea {number}: {line.error}")
            continue
        report.unknown |= unknown_keys(line)
        try:
            call = judge(line.transcript(country))
        except Exception as error:  # one call that we cannot judge must not cost the others
            log.exception("line %d, call %s", number, line.id)
            report.errors.append(f"línea {number} ({line.id}): {in_words(error)}")
            continue
        write_line(out, result(call))
        report.done += 1
    return report


def tag_file(source: Path, out: TextIO, tag: Tag, *, each: Callable[[], None] = lambda: None) -> Report:
    """Label every utterance; line for line, so a bad line gives `{"labels": [], "error": …}` in its place."""
    report = Report()
    for number, line in read_lines(source, UtteranceLine):
        each()
        if isinstance(line, BadLine):
            report.errors.append(f"línea {number}: {line.error}")
            write_line(out, {"labels": [], "error": line.error})
            continue
        report.unknown |= unknown_keys(line)
        labels = tag(line.text, line.speaker, line.country)
        write_line(out, {"labels": [{"id": one.id, "score": round(one.score, 4)} for one in labels]})
        report.done += 1
    return report


def read_lines(source: Path, kind: type[Line]) -> Iterator[tuple[int, Line | BadLine]]:
    """(line number from 1, what it holds) for every line that is not blank."""
    try:
        stream = source.open("rb")
    except OSError as error:
        raise CoachError(f"{source}: no se puede leer ({error.strerror}). Revise la ruta.") from error
    with stream:
        for number, line in enumerate(stream, start=1):
            raw = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if raw.strip():
                yield number, _parse(number, raw, kind)


def _parse(number: int, raw: bytes, kind: type[Line]) -> Line | BadLine:
    if len(raw) > _LONGEST_LINE:
        return BadLine(number, "la línea es demasiado larga; cada llamada va en una línea")
    try:
        data = from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        return BadLine(number, f"no es JSON válido ({error}); cada línea debe ser un objeto JSON")
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        return BadLine(number, "; ".join(sentences(error)))


def write_line(out: TextIO, data: dict[str, Any]) -> None:
    out.write(json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n")
