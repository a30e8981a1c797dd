"""The machine interface: calls or utterances in, results out, one JSON object a line. No store is needed.

Stable: other programs read and write these lines. A bad line is reported with its number, the rest goes on.
`judge` and `tag` are handed in, so that this file knows the lines and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TextIO

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.complaints import told
from coach.results import result
from coach.types import Call
from rubrics.types import Pack
from transcripts.formats import read_lines
from transcripts.formats.call_model import Said, complaint
from transcripts.formats.files import decoded, numbered_lines, parsed
from transcripts.types import Recording, Speaker, Transcript, TranscriptError

Judge = Callable[[Transcript], Call]
Tag = Callable[[str, Speaker], Iterable[Any]]  # labels with id and score


class Utterance(BaseModel):
    """One line to label, read as a turn of a call is. What neither agent nor debtor says gets no label."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: Any = None  # given back with the labels where it is text or a whole number
    text: str
    speaker: Said = "unknown"
    country: Any = None  # as of a call; what is said means the same in every one


@dataclass
class Report:
    """What came of a file: lines done, and sentences on what could not be and what was passed over."""

    done: int = 0
    errors: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def score_file(
    source: Path,
    out: TextIO,
    judge: Judge,
    *,
    rules: Callable[[Recording], Pack | None] = lambda recording: None,
    country: str | None = None,
    each: Callable[[], None] = lambda: None,
) -> Report:
    """Judge every call of `source` and write one result line per good line to `out`, in order.

    `rules`: those of a call's country, by which `judge` judges it. `country` is for calls that do not say
    theirs. Raises TranscriptError where the file cannot be read.
    """
    report = Report()
    for call in read_lines(source):
        each()
        if isinstance(call, TranscriptError):
            report.errors.append(str(call))
            continue
        report.notices += [notice.text for notice in call.trust.notices]
        recording = replace(call.recording, country=call.recording.country or country)
        try:
            judged, pack = judge(replace(call, recording=recording)), rules(recording)
        except Exception as error:  # one call that we cannot judge must not cost the others
            report.errors.append(f"{source.name}: llamada {recording.id}: {told(error, recording.id)}")
            continue
        write_line(out, result(judged, pack))
        report.done += 1
    return report


def tag_file(source: Path, out: TextIO, tag: Tag, *, each: Callable[[], None] = lambda: None) -> Report:
    """Label every utterance, line for line, under its `id` where it has one: a bad line gives
    `{"labels": [], "error": …}` in its place. Raises TranscriptError where the file cannot be read.
    """
    report = Report()
    unknown: set[str] = set()
    written = unheard = 0
    for number, raw in numbered_lines(source):
        each()
        for _ in range(number - written - 1):  # a blank line keeps its place: lines are joined by number
            write_line(out, {"labels": []})
        written = number
        where = f"{source.name}: línea {number}"
        raw_line: Any = None
        try:
            raw_line = parsed(decoded(raw, where), where)
            one = utterance(raw_line, where)
        except TranscriptError as error:
            report.errors.append(str(error))
            write_line(out, {**_its_id(raw_line), "labels": [], "error": str(error)})
            continue
        unknown |= set(one.model_extra or {})
        unheard += one.speaker not in ("agent", "debtor")
        labels = tag(one.text, one.speaker)
        found = [{"id": label.id, "score": round(label.score, 4)} for label in labels]
        write_line(out, {**_its_id(raw_line), "labels": found})
        report.done += 1
    if not written:
        report.errors.append(f"{source.name}: está vacío. Vuelva a exportar las frases.")
    report.notices += _passed_over(unknown, unheard)
    return report


def utterance(raw: Any, where: str) -> Utterance:
    """One parsed line; TranscriptError says what is wrong with it, as of a turn of a call."""
    if not isinstance(raw, dict):
        raise TranscriptError(f"{where}: se esperaba una frase ({{«text», «speaker»}}). Revise el archivo.")
    try:
        return Utterance.model_validate({key: value for key, value in raw.items() if value is not None})
    except ValidationError as error:
        raise TranscriptError(f"{where}: {complaint(error)}") from error


def _its_id(raw: Any) -> dict[str, str | int]:
    its = raw.get("id") if isinstance(raw, dict) else None
    return {"id": its} if isinstance(its, str | int) and not isinstance(its, bool) else {}


def _passed_over(unknown: set[str], unheard: int) -> Iterator[str]:
    if unknown:
        yield f"Se pasaron por alto claves que Temple no conoce: {', '.join(sorted(unknown))}."
    if unheard:
        yield (
            f"Frases que no son de agent ni de debtor, y por eso quedan sin etiquetas: {unheard}. "
            "Diga en «speaker» quién las dijo."
        )


def write_line(out: TextIO, data: dict[str, Any]) -> None:
    out.write(json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n")
