"""Call facts from the name of the recording's file, by a pattern of the settings.

`{agent_login}_{account}_{call_started_at:%Y%m%d-%H%M%S}` reads «ana.ruiz_4471_20251008-143000.wav». `{_}`
stands for anything. A regular expression with named groups (`(?P<account>\\d+)_.*`) does as well.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NoReturn

from pydantic import ValidationError

from transcripts.facts.types import CallFacts
from transcripts.facts.values import Place, value
from transcripts.formats.file_names import lies
from transcripts.formats.files import below, reason
from transcripts.probe import AUDIO_ENDINGS
from transcripts.types import TranscriptError

_FIELD = re.compile(r"\{(\w*)(?::([^{}]+))?\}")
_DIRECTIVES = {
    "Y": r"\d{4}", "y": r"\d{2}", "m": r"\d{1,2}", "d": r"\d{1,2}", "H": r"\d{1,2}", "I": r"\d{1,2}",
    "M": r"\d{2}", "S": r"\d{2}",
    "p": r"[AaPp]\.?[Mm]\.?", "f": r"\d{1,6}", "z": r"[+-]\d{2}:?\d{2}|Z", "j": r"\d{3}", "s": r"\d{9,11}",
}  # fmt: skip
AUDIO_SUFFIXES = frozenset(
    [
        ".wav",
        ".mp3",
        ".ogg",
        ".opus",
        ".webm",
        ".m4a",
        ".mp4",
        ".wma",
        ".flac",
        ".amr",
        ".g722",
        ".g729",
        ".gsm",
        ".aac",
        ".json",
        ".srt",
        ".vtt",
        ".txt",
    ]
)
DRY_RUN_FILES = 20
_PERSONAL = ("account", "debtor_name")
_MARKS = "_-. +@#()[]"  # between the parts of a name


@dataclass(frozen=True, slots=True)
class Caught:
    """What a pattern makes of one file name: facts, or None with the reason."""

    file: str
    facts: CallFacts | None
    reason: str = ""


def facts_of(name: str, pattern: str, *, country: str | None = None, timezone: str | None = None) -> Caught:
    """The facts that `pattern` finds in a file name; the suffix does not count. The id is the name without
    suffix, and without account and debtor's name: whoever sees a call sees its id.

    Raises TranscriptError where the pattern itself is wrong.
    """
    stem = Path(name).stem
    expression, formats = _compiled(pattern)
    match = expression.fullmatch(stem)
    if match is None:
        return Caught(name, None, "el nombre no sigue el patrón")
    values: dict[str, object] = {"id": _nobodys(stem, match), "country": country}
    place = Place(country, timezone)
    for field, raw in match.groupdict().items():
        if raw is None or field.startswith("_"):
            continue
        try:
            values[field] = (
                _moment(raw, formats[field], place) if field in formats else value(field, raw, place)
            )
        except ValueError as error:
            return Caught(name, None, f"«{raw}» {error}")
    try:
        return Caught(name, CallFacts.model_validate(values))
    except ValidationError as error:
        return Caught(name, None, f"valor que no sirve en {error.errors()[0]['loc'][0]}")


def _nobodys(stem: str, match: re.Match[str]) -> str:
    """The name less what says whose call it is, and the marks around that; a digest where nothing is left."""
    cut = sorted(match.span(name) for name in _PERSONAL if match.groupdict().get(name))
    parts, at = [], 0
    for start, end in cut:
        parts.append(stem[at:start])
        at = max(at, end)
    if not cut:
        return stem
    parts.append(stem[at:])
    kept = [part.strip(_MARKS) for part in parts if part.strip(_MARKS)]
    return "_".join(kept) or f"llamada-{hashlib.sha256(stem.encode()).hexdigest()[:12]}"


def dry_run(
    folder: Path, pattern: str, *, country: str | None = None, timezone: str | None = None
) -> list[Caught]:
    """What the pattern catches in the first twenty recordings of a folder, at any depth, in order of name;
    nothing is written.

    Raises TranscriptError where the folder is none or holds no recording.
    """
    if not folder.is_dir():
        raise TranscriptError(f"{folder}: no es una carpeta. Indique la carpeta de las grabaciones.")
    names = list(islice(_recordings(folder), DRY_RUN_FILES))
    if not names:
        raise TranscriptError(f"{folder.name}: no hay grabaciones en la carpeta. Indique otra.")
    return [facts_of(name, pattern, country=country, timezone=timezone) for name in names]


def _recordings(folder: Path) -> Iterator[str]:
    """Their paths inside the folder: what an intake would take, so neither what is hidden nor facts beside a
    recording.
    """
    for path in below(folder, _unreadable):
        inside = path.relative_to(folder)
        hidden = any(part.startswith((".", "~")) for part in inside.parts)
        if not hidden and path.suffix.lower() in AUDIO_SUFFIXES and path.is_file() and not _facts(path):
            yield str(inside)


def _unreadable(error: OSError) -> NoReturn:
    raise TranscriptError(
        f"{error.filename}: no se puede leer ({reason(error)}). Revise los permisos de la carpeta."
    ) from error


def _facts(path: Path) -> bool:
    """Whether it is the JSON beside a recording (`transcripts.facts.sidecar`)."""
    if path.suffix.lower() != ".json":
        return False
    sounds = (path.with_suffix(ending) for ending in AUDIO_ENDINGS)
    whole = path.with_suffix("")
    return any(lies(sound) for sound in sounds) or (whole.suffix.lower() in AUDIO_ENDINGS and whole.is_file())


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The regular expression of a pattern, and the time formats of its fields."""
    formats: dict[str, str] = {}
    spelled = pattern if "(?P<" in pattern else _spelled(pattern, formats)
    try:
        expression = re.compile(spelled)
    except re.error as error:
        raise TranscriptError(
            f"El patrón «{pattern}» no se entiende ({error}). Corríjalo en los ajustes."
        ) from error
    wrong = [
        name
        for name in expression.groupindex
        if not name.startswith("_") and name not in CallFacts.model_fields
    ]
    if wrong or not expression.groupindex:
        what = f"el campo «{wrong[0]}» no existe" if wrong else "no tiene ningún campo"
        known = ", ".join(
            name for name in CallFacts.model_fields if name not in ("authorized_offers", "contacts")
        )
        raise TranscriptError(
            f"El patrón «{pattern}» no sirve: {what}. Campos: {known}, y «_» para lo que sobra."
        )
    return expression, formats


def _spelled(pattern: str, formats: dict[str, str]) -> str:
    out, at, blanks, seen = "", 0, 0, set[str]()
    for match in _FIELD.finditer(pattern):
        out += re.escape(pattern[at : match.start()])
        at, field, form = match.end(), match[1], match[2]
        if field in ("", "_"):
            blanks += 1
            out += f"(?P<_{blanks}>.*?)"
            continue
        if field in seen:
            raise TranscriptError(
                f"El patrón «{pattern}» no sirve: «{field}» está dos veces. Deje uno; use «_» para el otro."
            )
        seen.add(field)
        if form and "%" in form:
            formats[field] = form
        out += f"(?P<{field}>{_timed(form) if form and '%' in form else '.+?'})"
    return out + re.escape(pattern[at:])


def _timed(form: str) -> str:
    parts = re.split(r"%(.)", form)
    return "".join(_DIRECTIVES.get(part, ".+?") if i % 2 else re.escape(part) for i, part in enumerate(parts))


def _moment(raw: str, form: str, place: Place) -> object:
    try:
        moment = datetime.strptime(raw, form)
    except ValueError as error:
        raise ValueError(f"no es una fecha con la forma {form}") from error
    if not any(directive in form for directive in ("%H", "%I", "%M")):
        return moment.date()
    return moment if moment.tzinfo else moment.replace(tzinfo=place.zone())
