"""Call facts that come after their calls: joined by id, the calls judged again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from coach import jobs, legs, second_copies
from coach.call_facts import facts_of_source
from coach.complaints import some
from coach.imports import Judge
from coach.keeping import keep_judged
from coach.local_clock import at_place
from coach.schema import recordings
from coach.schema_privacy import imported as imported_rows
from coach.settings import Settings
from coach.store import Store
from rubrics.types import RubricError
from transcripts.facts.join import facts_for, join
from transcripts.facts.types import Reading
from transcripts.probe import AUDIO_ENDINGS

_NAMED = 5  # calls named in one sentence


def join_facts(
    store: Store,
    settings: Settings,
    reading: Reading,
    judge: Judge,
    told: list[str] | None = None,
    *,
    but: Collection[str] = (),
    stop: Callable[[], bool] = lambda: False,
) -> list[str]:
    """Put late facts to the recordings they belong to and judge those again, one after the other until
    `stop`; gives the ids of the changed.

    A row of a second copy fills what nobody had told; `told` gets what it adds and what it contradicts.
    `but`: ids of calls that are here and may not be those that the table tells of.
    """
    changed, files = [], _files(store)
    for recording in store.recordings():
        if stop():
            break
        if recording.id in but:
            continue
        its = files.get(recording.id, [])
        own = facts_for(recording, reading)
        by_file = (reading.facts.get(path.stem) for path in its if path.suffix.lower() not in AUDIO_ENDINGS)
        joined = join(recording, own or next(filter(None, by_file), None))
        new = joined != recording
        if new:
            joined = at_place(store, settings, joined)
            store.update_recording(joined)
        for path in its:
            row = reading.facts.get(path.stem) if path.suffix.lower() in AUDIO_ENDINGS else None
            if row is None or row is own:
                continue
            assumed = facts_of_source(settings, row.source)
            sentences, more = second_copies.fill_in(
                store, recording.id, join(joined, row), path.name, assumed
            )
            new |= more
            if told is not None:
                told += sentences
        if new:
            changed.append(recording.id)
            judge_again(store, settings, [recording.id], judge)
    return changed


def unjoined(store: Store, reading: Reading) -> tuple[str, ...]:
    """The calls that a table tells of and that are not here, as it names them, in order."""
    with store.reading() as connection:
        rows = connection.execute(select(recordings.c.id, recordings.c.audio)).all()
    known = {row.id for row in rows} | {Path(row.audio).stem for row in rows if row.audio}
    known |= {path.stem for its in _files(store).values() for path in its}
    return tuple(name for name in reading.facts if name not in known)


def _files(store: Store) -> dict[str, list[Path]]:
    """The files that the words of each call came from, and second copies of its sound."""
    out: dict[str, list[Path]] = {}
    query = select(imported_rows.c.recording_id, imported_rows.c.path).where(
        imported_rows.c.path.is_not(None)
    )
    with store.reading() as connection:
        for recording_id, path in connection.execute(query):
            out.setdefault(recording_id, []).append(Path(path))
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
                its, now = transcript.recording, store.recording(recording_id)
                if now != replace(its, duration_s=now.duration_s):  # other facts came meanwhile
                    jobs.submit(store, recording_id, step="analyze")
