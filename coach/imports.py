"""Ready transcripts and late call facts: joined by id, judged (again), never doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from coach import legs, pipeline
from coach.call_facts import files_in
from coach.complaints import told
from coach.store import Store
from coach.types import Call
from transcripts.facts.join import facts_for, join
from transcripts.facts.types import CallFacts, Reading
from transcripts.formats import read_many
from transcripts.formats.call_json import over
from transcripts.types import Recording, Transcript, TranscriptError

TRANSCRIPTS = frozenset((".json", ".jsonl", ".ndjson", ".srt", ".vtt", ".txt"))

Judge = Callable[[Transcript], Call]


def keep(store: Store, transcript: Transcript, judge: Judge) -> str:
    """Judge a ready transcript and keep it; gives its id. Facts of a known recording are joined, the new ones
    win. A leg of a transferred call is judged with the others (`coach.legs.settle`).
    """
    recording = transcript.recording
    if store.has(recording.id):
        recording = over(store.recording(recording.id), recording)
        store.update_recording(recording)
    else:
        store.add_recording(recording)
    heard = replace(transcript, recording=recording)
    if recording.linked_id:
        store.save_transcript(heard)
        legs.again(store, recording.id)
    else:
        store.save(judge(heard), pipeline.nlp_version())
    return recording.id


def join_facts(store: Store, reading: Reading, judge: Judge) -> list[str]:
    """Put late facts to the recordings they belong to and judge those again; gives the ids of the changed."""
    changed = []
    for recording in store.recordings():
        joined = join(recording, facts_for(recording, reading))
        if joined != recording:
            store.update_recording(joined)
            changed.append(recording.id)
    judge_again(store, changed, judge)
    return changed


def judge_again(store: Store, recording_ids: Iterable[str], judge: Judge) -> None:
    """Judge what is transcribed once more: facts, rules or models are others now. Old results are kept."""
    for recording_id in recording_ids:
        if store.recording(recording_id).linked_id:
            legs.again(store, recording_id)
        elif (transcript := store.transcript(recording_id)) and not store.wordless(recording_id):
            store.save(judge(transcript), pipeline.nlp_version())


def import_files(
    store: Store, paths: Iterable[Path], judge: Judge, known: CallFacts
) -> Iterator[tuple[str, str]]:
    """Import every transcript under `paths`; `known` holds for calls that do not say it.

    Gives (id, "") for each that is kept and (file, error in words) for each that is not; the rest goes on.
    """
    for path in files_in(paths, TRANSCRIPTS):
        try:
            for call in read_many(path):
                yield _imported(store, call, judge, known, path.name)
        except TranscriptError as error:
            yield path.name, str(error)


def _imported(
    store: Store, call: Transcript | TranscriptError, judge: Judge, known: CallFacts, file: str
) -> tuple[str, str]:
    if isinstance(call, TranscriptError):
        return file, str(call)
    recording = over(join(Recording(call.recording.id), known), call.recording)
    try:
        return keep(store, replace(call, recording=recording), judge), ""
    except SQLAlchemyError:
        raise
    except Exception as error:  # one call that we cannot judge must not cost the others
        return file, f"{file}: llamada {recording.id}: {told(error, 'a call could not be imported')}"
