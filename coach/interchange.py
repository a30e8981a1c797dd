"""The machine interface: calls or utterances in, results out, one JSON object a line. No store is needed.

Stable: other programs read and write these lines. A bad line is reported with its number, the rest goes on.
`judge` and `tag` are handed in, so that this file knows the lines and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, TextIO

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from coach.complaints import sentences, told
from coach.results import result
from coach.types import Call
from transcripts.formats import call_jsonl
from transcripts.formats.files import decoded, numbered_lines, parsed
from transcripts.types import Speaker, Transcript, TranscriptError

Judge = Callable[[Transcript], Call]
Tag = Callable[[str, Speaker], Iterable[Any]]  # labels with id and score


class Utterance(BaseModel):
    """One line to label. Speaker and country may be missing or null."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: Any = None  # given back with the labels where it is text or a whole number
    text: str
    speaker: Annotated[Speaker, BeforeValidator(lambda value: "unknown" if value is None else value)] = (
        "unknown"
    )
    country: str | None = None


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
    country: str | None = None,
    each: Callable[[], None] = lambda: None,
) -> Report:
    """Judge every call of `source` and write one result line per good line to `out`, in order.

    `country` is for calls that do not say theirs. Raises TranscriptError where the file cannot be read.
    """
    report = Report()
    for call in call_jsonl.read_many(source):
        each()
        if isinstance(call, TranscriptError):
            report.errors.append(str(call))
            continue
        report.notices += [notice.text for notice in call.trust.notices]
        recording = replace(call.recording, country=call.recording.country or country)
        try:
            judged = judge(replace(call, recording=recording))
        except Exception as error:  # one call that we cannot judge must not cost the others
            report.errors.append(f"{source.name}: llamada {recording.id}: {told(error, recording.id)}")
            continue
        write_line(out, result(judged))
        report.done += 1
    if not report.done and not report.errors:
        report.notices.append(f"{source.name}: está vacío; no había nada que evaluar.")
    return report


def tag_file(source: Path, out: TextIO, tag: Tag, *, each: Callable[[], None] = lambda: None) -> Report:
    """Label every utterance, line for line, under its `id` where it has one: a bad line gives
    `{"labels": [], "error": …}` in its place.
    """
    report = Report()
    unknown: set[str] = set()
    written = 0
    for number, raw in numbered_lines(source):
        each()
        for _ in range(number - written - 1):  # a blank line keeps its place: lines are joined by number
            write_line(out, {"labels": []})
        written = number
        where = f"{source.name}: línea {number}"
        try:
            one = Utterance.model_validate(parsed(decoded(raw, where), where))
        except (TranscriptError, ValidationError) as error:
            said = (
                f"{where}: {'; '.join(sentences(error))}"
                if isinstance(error, ValidationError)
                else str(error)
            )
            report.errors.append(said)
            write_line(out, {"labels": [], "error": said})
            continue
        unknown |= set(one.model_extra or {})
        labels = tag(one.text, one.speaker)
        found = [{"id": label.id, "score": round(label.score, 4)} for label in labels]
        write_line(out, {**({"id": one.id} if type(one.id) in (str, int) else {}), "labels": found})
        report.done += 1
    if not written:
        report.notices.append(f"{source.name}: está vacío; no había nada que etiquetar.")
    if unknown:
        names = ", ".join(sorted(unknown))
        report.notices.append(f"Se pasaron por alto claves que Temple no conoce: {names}.")
    return report


def write_line(out: TextIO, data: dict[str, Any]) -> None:
    out.write(json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n")
