"""Which files are recordings, and what is told of each: by its source, name, a file beside it, a table."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from coach.complaints import suggestion
from coach.intake import slug
from coach.settings import Settings
from coach.types import CoachError
from transcripts.facts import filenames, manifest, sidecar
from transcripts.facts.join import facts_for, join, merge
from transcripts.facts.types import CallFacts, Reading
from transcripts.formats import is_known
from transcripts.formats.file_names import is_kept, refusal
from transcripts.formats.files import below, reason
from transcripts.probe import AUDIO_ENDINGS
from transcripts.types import Recording, TranscriptError


@dataclass(frozen=True, slots=True)
class Found:
    """Recordings with their facts, and sentences on what could not be used."""

    recordings: tuple[Recording, ...]
    problems: tuple[str, ...] = ()


def files_in(paths: Iterable[Path], endings: frozenset[str]) -> list[Path]:
    """The files named, and in folders, at any depth, those with one of `endings`; in order, each once.

    CoachError where a folder cannot be read: what lies in it would be missing without a word.
    """
    return [one for its in files_by_path(paths, endings).values() for one in its]


def files_by_path(paths: Iterable[Path], endings: frozenset[str]) -> dict[Path, list[Path]]:
    """The same by the path that leads to them, of several the first."""
    found: dict[Path, list[Path]] = {}
    seen: set[str] = set()
    for path in paths:
        its = found.setdefault(path, [])
        for one in below(path, _unreadable) if os.path.isdir(path) else [path]:
            where = os.path.abspath(one)
            if where not in seen and (one == path or one.suffix.lower() in endings):
                seen.add(where)
                its.append(one)
    return found


def _unreadable(error: OSError) -> NoReturn:
    raise CoachError(
        "{folder}: no se puede leer ({why}). Revise los permisos de la carpeta.",
        folder=error.filename,
        why=reason(error),
    ) from error


def read_manifest(path: Path, settings: Settings, source: str | None) -> Reading:
    """The table of call facts; what the source says holds for lines that do not say it."""
    known = settings.source(source)
    country = known.country or settings.country or None
    return manifest.read(path, country=country, timezone=known.timezone or None, source=source)


def recordings_in(
    paths: Iterable[Path],
    settings: Settings,
    *,
    source: str | None = None,
    table: Path | None = None,
    words: bool = False,
) -> Found:
    """Every recording under `paths` with all that is told of it: the later source of facts wins.

    Order: what is known of the source, the file's name, the JSON beside it, the line of the table. Words in
    that JSON are told as not used, unless who asks takes in `words` too.
    """
    reading = read_manifest(table, settings, source) if table else Reading({})
    problems = list(reading.problems)
    recordings = []
    for path in files_in(paths, AUDIO_ENDINGS):
        if not is_kept(path):
            problems.append(refusal(path))
            continue
        named = of_name(path, settings, source, problems)
        beside = _beside(path, settings, source, problems, words=words)
        told = merge([facts_of_source(settings, source), named, beside])
        if named is not None and told.id in (None, path.stem):  # the file beside it bears the same name
            told = told.model_copy(update={"id": named.id})
        plain = join(Recording(slug(told.id or path.stem), audio=path), told)
        recordings.append(join(plain, facts_for(plain, reading)))
    return Found(tuple(recordings), tuple(dict.fromkeys(problems)))


def check_source(settings: Settings, source: str | None) -> None:
    """CoachError where a person names a source that the settings do not have: nothing of it would hold."""
    if source and source not in settings.sources:
        near = suggestion(source, settings.sources)
        raise CoachError(
            "--source {source}: coach.toml no tiene la sección [sources.{source}]{near}.",
            source=source,
            near=near,
        )


def facts_of_source(settings: Settings, source: str | None) -> CallFacts:
    """What holds for every recording of a source."""
    known = settings.source(source)
    return CallFacts(
        source=source or None,
        country=(known.country or settings.country).upper() or None,
        company=known.company or None,
        campaign=known.campaign or None,
    )


def of_name(path: Path, settings: Settings, source: str | None, problems: list[str]) -> CallFacts | None:
    """What the pattern of the source reads in the file's name; `problems` gets why it reads nothing."""
    known = settings.source(source)
    if not known.filename_pattern:
        return None
    country = (known.country or settings.country).upper() or None
    caught = filenames.facts_of(
        path.name, known.filename_pattern, country=country, timezone=known.timezone or None
    )
    if caught.facts is None:
        problems.append(f"{path.name}: {caught.reason}.")
    return caught.facts


def words_of(place: Path, audio: Path) -> bool:
    """Whether the file is the ready transcript of this recording: of its name, and in a format of words."""
    return place.stem == audio.stem and is_known(place)


def _beside(
    path: Path, settings: Settings, source: str | None, problems: list[str], *, words: bool
) -> CallFacts | None:
    """The facts in the JSON beside the recording; a bad one costs its facts, not the recording."""
    place = sidecar.beside(path)
    if place is None:
        return None
    known = settings.source(source)
    try:
        found = sidecar.read(place, country=known.country or None, timezone=known.timezone or None)
    except TranscriptError as error:
        problems.append(str(error))
        return None
    problems += found.problems
    if is_known(place) and not (words and words_of(place, path)):
        problems.append(
            f"{place.name}: trae palabras de la llamada, que aquí no se usan. Impórtelas (coach import) con "
            f"el nombre {path.stem}.json."
        )
    return next(iter(found.facts.values()), None)
