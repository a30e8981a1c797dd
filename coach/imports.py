"""Ready transcripts and late call facts: joined by id, judged (again), never doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from coach import complaints, imported, jobs, kept_out, legs
from coach.call_facts import files_in, of_name
from coach.complaints import some
from coach.intake import slug
from coach.keeping import keep_judged
from coach.schema import recordings
from coach.schema_privacy import imported as imported_rows
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from rubrics.types import RubricError
from transcripts.facts.join import facts_for, join, merge
from transcripts.facts.types import CallFacts, Reading
from transcripts.formats import detect, read_many
from transcripts.formats.call_json import over
from transcripts.formats.roles import VOICES
from transcripts.types import Recording, Transcript, TranscriptError

TRANSCRIPTS = frozenset((".json", ".jsonl", ".ndjson", ".srt", ".vtt", ".txt"))

_LABELLED = frozenset((".srt", ".vtt", ".txt"))
_NAMED = 5  # calls named in one sentence

Judge = Callable[[Transcript], Call]


class Kept(NamedTuple):
    """A call under its id; `new` False where nothing of it had changed, or its words were erased."""

    recording_id: str
    new: bool


class Imported(NamedTuple):
    """The id of a call, or a file and why nothing came of it; `new` as in `Kept`. `told`: sentences on who is
    who in a call that is kept.
    """

    name: str
    error: str
    new: bool
    told: tuple[str, ...] = ()


def keep(
    store: Store,
    settings: Settings,
    transcript: Transcript,
    judge: Judge,
    file: Path | None = None,
    *,
    again: bool = True,
    digest: str | None = None,
) -> Kept:
    """Judge a ready transcript, from `file`, and keep it. Facts of a known recording are joined, the new ones
    win. A leg of a transferred call is judged with the others (`coach.legs.settle`). Without `again` what is
    here with the same words and facts is left as it is. Words that were erased do not come back. `digest`:
    of the words under the id that the file has, where the call is kept under another.
    """
    recording = transcript.recording
    digest = digest or imported.digest_of(transcript)
    known = imported.id_of(store, digest)
    if known is not None and (known != recording.id or store.wordless(known)):
        return Kept(known, new=False)  # erased: with its person, under another id, or by age
    if known is None and kept_out.has(store, digest):
        return Kept(recording.id, new=False)  # the whole call went by its age
    if store.has(recording.id):
        before = store.recording(recording.id)
        recording = over(before, recording)
        if known and not again and recording == before:
            return Kept(known, new=False)
        store.update_recording(recording)
    else:
        store.add_recording(recording)
    imported.note(store, recording.id, digest, file)
    heard = replace(transcript, recording=recording)
    if recording.linked_id:
        store.save_transcript(heard)
        legs.again(store, recording.id)
    else:
        keep_judged(store, settings, judge(heard))
    return Kept(recording.id, new=True)


def join_facts(store: Store, settings: Settings, reading: Reading, judge: Judge) -> list[str]:
    """Put late facts to the recordings they belong to and judge those again; gives the ids of the changed."""
    changed, files = [], _files(store)
    for recording in store.recordings():
        by_file = (reading.facts.get(name) for name in files.get(recording.id, ()))
        told = facts_for(recording, reading) or next(filter(None, by_file), None)
        joined = join(recording, told)
        if joined != recording:
            store.update_recording(joined)
            changed.append(recording.id)
    judge_again(store, settings, changed, judge)
    return changed


def unjoined(store: Store, reading: Reading) -> tuple[str, ...]:
    """The calls that a table tells of and that are not here, as it names them, in order."""
    with store.reading() as connection:
        rows = connection.execute(select(recordings.c.id, recordings.c.audio)).all()
    known = {row.id for row in rows} | {Path(row.audio).stem for row in rows if row.audio}
    known = known.union(*_files(store).values())
    return tuple(name for name in reading.facts if name not in known)


def _files(store: Store) -> dict[str, list[str]]:
    """The names, without ending, of the files that the words of each call came from."""
    out: dict[str, list[str]] = {}
    query = select(imported_rows.c.recording_id, imported_rows.c.path).where(
        imported_rows.c.path.is_not(None)
    )
    with store.reading() as connection:
        for recording_id, path in connection.execute(query):
            out.setdefault(recording_id, []).append(Path(path).stem)
    return out


def not_here(table: str, names: Sequence[str]) -> str:
    """«dia.csv: 2 filas son de llamadas que no están: a, b. …»"""
    head = (
        "1 fila es de una llamada que no está"
        if len(names) == 1
        else f"{len(names)} filas son de llamadas que no están"
    )
    return f"{table}: {head}: {some(names, _NAMED)}."


def judge_again(store: Store, settings: Settings, recording_ids: Iterable[str], judge: Judge) -> None:
    """Judge what is transcribed once more: facts, rules or models are others now. Old results are kept."""
    for recording_id in recording_ids:
        if store.recording(recording_id).linked_id:
            legs.again(store, recording_id)
        elif (transcript := store.transcript(recording_id)) and not store.wordless(recording_id):
            try:
                call = judge(transcript)
            except (
                RubricError
            ):  # its form cannot be used: its job says so, and does it once that is put right
                jobs.submit(store, recording_id, step="analyze")
            else:
                keep_judged(store, settings, call)


def import_files(
    store: Store,
    settings: Settings,
    paths: Iterable[Path],
    judge: Judge,
    known: CallFacts,
    *,
    tables: Sequence[Reading] = (),
    again: bool = True,
) -> Iterator[Imported]:
    """Import every transcript under `paths`; `known` holds for calls that do not say it, what the pattern of
    its source reads in a file's name before it, a line of `tables` wins over what the call says, `again` is
    as in `keep`.

    Gives what became of each, with an error in words where it could not be kept; the rest goes on.
    """
    for path in files_in(paths, TRANSCRIPTS):
        try:
            problems: list[str] = []
            named = of_name(path, settings, known.source, problems) if not _of_many(path) else None
            told = merge([known, named]) if named else known
            for call in read_many(path, _ahead(path, told, tables)):
                known_of = _told(call, told, tables, named)
                one = _imported(store, settings, known_of, judge, path, again, named)
                yield one._replace(told=(*problems, *one.told)) if one.new else one
        except TranscriptError as error:
            yield Imported(path.name, str(error), new=False)


def _of_many(path: Path) -> bool:
    """Whether its name tells of no single call."""
    try:
        return detect(path) == "jsonl"
    except TranscriptError:
        return True  # told when it is read


def _settled_id(store: Store, call: Transcript, named: CallFacts | None, file: Path) -> tuple[str, str]:
    """The id of a call, cut as that of a recording of this name would be, and the digest of its words.

    Who has a call here keeps its id; two people whose names leave the same id stay two calls.
    """
    digest, its = imported.digest_of(call), call.recording
    if named is None or named.id is None or its.id != file.stem or named.id == file.stem:
        return its.id, digest
    if known := imported.id_of(store, digest):
        return known, digest
    cut = slug(named.id)
    if not store.has(cut) or store.recording(cut).account == its.account:
        return cut, digest
    return f"{cut}-{sha256(file.stem.encode()).hexdigest()[:8]}", digest


def _ahead(path: Path, known: CallFacts, tables: Iterable[Reading]) -> Recording | None:
    """What is told of the one call of a file whose labels may be the names of its people."""
    if path.suffix.lower() not in _LABELLED:
        return None
    recording = join(Recording(path.stem), known)
    for table in tables:
        recording = join(recording, facts_for(recording, table))
    return recording


def _told(
    call: Transcript | TranscriptError,
    known: CallFacts,
    tables: Iterable[Reading],
    named: CallFacts | None,
) -> Transcript | TranscriptError:
    """The call with all that is told of it."""
    if isinstance(call, TranscriptError):
        return call
    recording = over(join(Recording(call.recording.id), known), call.recording)
    for table in tables:
        line = facts_for(recording, table) or (table.facts.get(named.id or "") if named else None)
        recording = join(recording, line)
    from nlp.parties import name_voices  # the models load here

    return name_voices(replace(call, recording=recording))


def _imported(
    store: Store,
    settings: Settings,
    call: Transcript | TranscriptError,
    judge: Judge,
    file: Path,
    again: bool,
    named: CallFacts | None,
) -> Imported:
    if isinstance(call, TranscriptError):
        return Imported(file.name, str(call), new=False)
    try:
        its_id, digest = _settled_id(store, call, named, file)
        call = replace(call, recording=replace(call.recording, id=its_id))
        name, new = keep(store, settings, call, judge, file, again=again, digest=digest)
        told = [one.text for one in call.trust.notices if new and one.code in VOICES]
        return Imported(name, "", new, tuple(f"{file.name}: {text}" for text in told))
    except SQLAlchemyError:
        raise
    except Exception as error:  # one call that we cannot judge must not cost the others
        why = complaints.told(error, "a call could not be imported")
        return Imported(file.name, f"{file.name}: llamada {call.recording.id}: {why}", new=False)
