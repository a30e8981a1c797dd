"""What became of files that a browser sent; ready transcripts among them go in as `coach import` takes them,
and a worker judges them.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coach import arrival_notes, legs
from coach.complaints import some
from coach.import_results import Imported
from coach.imports import TRANSCRIPTS, import_files
from coach.settings import Settings
from coach.store import Store
from coach.uploads import Facts, recording
from transcripts.facts.types import CallFacts, Reading
from transcripts.formats import is_known

_NAMED = 10  # files in one sentence
_OF_ALL = (
    "call_started_at", "agent", "agent_login", "debtor_name", "company", "country", "campaign", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of one file, or one call of it; an `error` in words where it was not taken. `waits`: for
    the other legs of its call.
    """

    name: str
    recording_id: str = ""
    known: bool = False
    error: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Bulk:
    """The calls of a file, and sentences on facts that could not be used or words that were replaced."""

    files: tuple[Arrived, ...]
    problems: tuple[str, ...] = ()


def summary(bulk: Bulk) -> dict[str, int]:
    """How many were taken, were known, and could not be."""
    kinds = Counter("failed" if f.error else "known" if f.known else "taken" for f in bulk.files)
    return {kind: kinds[kind] for kind in ("taken", "known", "failed")}


def already_here(files: Sequence[Arrived]) -> tuple[str, ...]:
    """Which of these files were known, and as which call, as a sentence; none where all are new."""
    known = [f"{one.name} → {one.recording_id}" for one in files if one.known]
    return (f"Ya estaban y no se repiten (archivo → llamada): {some(known, _NAMED)}.",) if known else ()


def has_words(name: str) -> bool:
    """Whether a file of this name is no recording but a ready transcript, or many; JSON may be facts too."""
    return Path(name).suffix.lower() in TRANSCRIPTS


def is_transcript(path: Path) -> bool:
    """The same of a file that is here: a JSON file is looked into."""
    if path.suffix.lower() != ".json":
        return has_words(path.name)
    return is_known(path)


def take_in(store: Store, settings: Settings, path: Path, facts: Facts) -> Bulk:
    """Take in every call of the transcript at `path`, in a folder of its own that is removed afterwards."""
    try:
        bulk = words(store, settings, path, facts)
        taken = [one.recording_id for one in bulk.files if one.recording_id]
        joined = legs.settle(store, settings, of=taken)
        files = (replace(one, waits=not joined and _is_leg(store, one)) for one in bulk.files)
        notes = (*already_here(bulk.files), *arrival_notes.told(store, taken))
        return Bulk(tuple(files), (*bulk.problems, *notes))
    finally:
        shutil.rmtree(path.parent, ignore_errors=True)


def words(store: Store, settings: Settings, path: Path, facts: Facts, tables: Sequence[Reading] = ()) -> Bulk:
    """The same without its folder and its legs. What the file says of a call wins over `facts`, a line of
    `tables` over both; what is known of a call that is here stays.
    """
    told = recording(facts, settings)
    known = CallFacts.model_validate({name: getattr(told, name) for name in _OF_ALL})
    files: list[Arrived] = []
    problems: list[str] = []
    for one in import_files(
        store, settings, [path], None, known,
        tables=tables, again=facts.replace, anew=facts.replace, uploaded=True,
    ):  # fmt: skip
        files.append(_arrived(store, one, path.name))
        problems += one.told
    return Bulk(tuple(files), tuple(dict.fromkeys(problems)))


def _arrived(store: Store, one: Imported, name: str) -> Arrived:
    if one.error:
        return Arrived(name, error=one.error)
    if one.new:
        return Arrived(name, one.name)
    if store.has(one.name) and not store.wordless(one.name):
        return Arrived(name, one.name, known=True)
    return Arrived(
        name,
        error=f"{name}: estas palabras se borraron, por su plazo o con su persona: no se toman de nuevo.",
    )


def _is_leg(store: Store, one: Arrived) -> bool:
    return bool(one.recording_id and store.recording(one.recording_id).linked_id)
