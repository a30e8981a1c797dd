"""Ready transcripts: joined by id, judged, never doubled; one that cannot be judged keeps its words, and a
job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from coach import complaints, imported, jobs, kept_out, legs, newer_words, second_copies, trouble
from coach.call_facts import facts_of_source, files_in, of_name
from coach.import_results import Imported, Kept, and_more
from coach.intake import slug
from coach.judged import ERASED
from coach.keeping import keep_judged
from coach.local_clock import at_place
from coach.newer_words import OtherWords
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from transcripts.facts.join import facts_for, join, merge
from transcripts.facts.types import CallFacts, Reading
from transcripts.formats import detect, read_many
from transcripts.formats.call_json import over
from transcripts.formats.file_names import is_kept, refusal, shown
from transcripts.formats.roles import VOICES
from transcripts.types import Recording, Transcript, TranscriptError

TRANSCRIPTS = frozenset((".json", ".jsonl", ".ndjson", ".srt", ".vtt", ".txt"))
_LABELLED = frozenset((".srt", ".vtt", ".txt"))  # their labels may be names of the call's people

_NOTHING_SAID = "no tiene ninguna palabra, así que no es evaluable. Revise el archivo si alguien habló."
_REPLACED = "sus palabras reemplazan a las que había, que quedan guardadas."
_CHANGED_SINCE = (
    "estas palabras ya habían entrado y después cambiaron, por una corrección o por otro archivo; queda lo "
    "de ahora."
)

_NOT_JUDGED = (
    "Sus palabras quedan guardadas: cuando esté corregido, pulse «Reintentar» en Administración, Trabajos (o "
    "`coach jobs retry --failed`)."
)

Judge = Callable[[Transcript], Call]


def keep(
    store: Store,
    settings: Settings,
    transcript: Transcript,
    judge: Judge | None,
    file: Path | None = None,
    *,
    again: bool = True,
    digest: str | None = None,
    anew: bool = False,
    assumed: CallFacts | None = None,
) -> Kept:
    """Judge a ready transcript, from `file`, and keep it; without `judge` a worker does it, soon. Facts of a
    known recording are joined, the new ones win. A leg of a transferred call is judged with the others
    (`coach.legs.settle`). Without `again` what is here with the same words and facts is left as it is. Words
    that were erased do not come back. `digest`: of the words under the id that the file has, where the call
    is kept under another. `assumed`: told of all that come together, it overwrites nothing of a call that is
    here.

    Other words than the call has take their place where they may (`coach.newer_words`); `anew`: somebody asks
    for it. What came before and was changed since, by a person or another file, does not come back unasked.
    """
    recording, told = transcript.recording, "" if newer_words.any_in(transcript) else _NOTHING_SAID
    digest = digest or imported.digest_of(transcript)
    known = imported.id_of(store, digest)
    if known is not None and (known != recording.id or store.wordless(known)):
        return Kept(known, new=False)  # erased: with its person, under another id, or by age
    if known is None and kept_out.has(store, digest):
        return Kept(recording.id, new=False)  # the whole call went by its age
    if here := store.has(recording.id):
        before = store.recording(recording.id)
        recording, otherwise = _joined(before, recording, assumed, named=file is None)
        if known and not again and recording == before and store.heard(known) is not None:
            return Kept(known, new=False, told=otherwise, same=True)
        transcript, told = _newer(store, transcript, file, told, known=bool(known), anew=anew)
        told = f"{told} {otherwise}".strip()
    recording = at_place(store, settings, recording)
    if here:
        store.update_recording(recording)
    why = _take(store, settings, replace(transcript, recording=recording), judge, here=here)
    imported.note(store, recording.id, digest, file)  # last: what breaks off before this comes in again
    return Kept(recording.id, True, told, why)


def _joined(
    before: Recording, told: Recording, assumed: CallFacts | None, *, named: bool
) -> tuple[Recording, str]:
    """A known call with what is told of it now, and a sentence on what it does not take where that is to be
    `named`: a person wrote it for these files.
    """
    if assumed is None:
        return over(before, told), ""
    filled = second_copies.with_assumed(before, told, assumed)
    if not (filled.contrary and named):
        return filled.recording, ""
    names = second_copies.names((*filled.contrary, *filled.left))
    return filled.recording, f"ya tenía otros datos ({names}): quedan los que tenía."


def _take(store: Store, settings: Settings, heard: Transcript, judge: Judge | None, *, here: bool) -> str:
    """Judge these words, or keep them for a job that does; why, where they could not be judged now. What is
    not `here` is put down once it is judged: an end in the middle would leave it without words and job.
    """
    its, call, why = heard.recording, None, ""
    if judge is not None and not its.linked_id:
        try:
            call = judge(heard)
        except Exception as error:  # a form that cannot be used, a fault of ours: its job says so, and can
            if trouble.is_trouble(error):  # be tried again when that is put right
                raise
            why = complaints.told(error, "a call that came in could not be judged")
    if not here:
        store.add_recording(its)
    if call is not None:
        keep_judged(store, settings, call)
        return ""
    store.save_transcript(heard)
    if its.linked_id:
        legs.again(store, its.id)
    else:
        jobs.submit(store, its.id, step="analyze", priority="normal" if why else "high")
    return why


def _newer(
    store: Store, came: Transcript, file: Path | None, told: str, *, known: bool, anew: bool
) -> tuple[Transcript, str]:
    """The words that a call has from now on, those that `came` or its own, and what to tell of it."""
    recording_id = came.recording.id
    if store.wordless(recording_id):
        raise CoachError(ERASED, id=recording_id)
    had = store.heard(recording_id)
    if had is not None and newer_words.said(had) == newer_words.said(came):
        return came, told
    if had is not None and known and not anew:
        return had, _CHANGED_SINCE
    had = had if had is not None and newer_words.any_in(had) else None
    alone = file if file is not None and not _of_many(file) else None
    newer_words.check(store, had, came, alone, asked=anew)
    return came, _REPLACED if had is not None else told


def import_files(
    store: Store,
    settings: Settings,
    paths: Iterable[Path],
    judge: Judge | None,
    known: CallFacts,
    *,
    tables: Sequence[Reading] = (),
    again: bool = True,
    anew: bool = False,
    uploaded: bool = False,
) -> Iterator[Imported]:
    """Import every transcript under `paths`; `known` holds for calls that do not say it, what the pattern of
    its source reads in a file's name before it, a line of `tables` wins over what the call says; `judge`,
    `again` and `anew` are as in `keep`. What the settings say of a source overwrites nothing of a
    call that is here. `uploaded`: nor does `known`; the files are gone afterwards, and nothing leads to them.

    Gives what became of each, with an error in words where it could not be kept; the rest goes on.
    """
    of_source, zone = facts_of_source(settings, known.source), settings.source(known.source).timezone
    for path in files_in(paths, TRANSCRIPTS):
        if not is_kept(path):
            yield Imported(shown(path.name), refusal(path), new=False)
            continue
        try:
            problems: list[str] = []
            named = of_name(path, settings, known.source, problems) if not _of_many(path) else None
            told = merge([known, named]) if named else known
            for call, more in and_more(read_many(path, _ahead(path, told, tables))):
                known_of = _told(call, told, tables, named, zone)
                one = _imported(
                    store, settings, known_of, judge, path, named,
                    again=again, anew=anew, assumed=known if uploaded else of_source,
                    lies=not uploaded,
                )  # fmt: skip
                one = one._replace(more=more)
                yield one._replace(told=(*problems, *one.told)) if one.new else one
        except TranscriptError as error:
            yield Imported(shown(path.name), str(error), new=False)


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
    zone: str,
) -> Transcript | TranscriptError:
    """The call with all that is told of it; an hour that names no zone is in that of its source."""
    if isinstance(call, TranscriptError):
        return call
    its, at = call.recording, call.recording.call_started_at
    if zone and isinstance(at, datetime) and at.tzinfo is None:
        its = replace(its, call_started_at=at.replace(tzinfo=ZoneInfo(zone)))
    recording = over(join(Recording(its.id), known), its)
    for table in tables:
        line = facts_for(recording, table) or (table.facts.get(named.id or "") if named else None)
        recording = join(recording, line)
    from nlp.parties import name_voices  # the models load here

    return name_voices(replace(call, recording=recording))


def _imported(
    store: Store,
    settings: Settings,
    call: Transcript | TranscriptError,
    judge: Judge | None,
    file: Path,
    named: CallFacts | None,
    *,
    again: bool,
    anew: bool,
    assumed: CallFacts | None,
    lies: bool,
) -> Imported:
    if isinstance(call, TranscriptError):
        return Imported(file.name, str(call), new=False)
    try:
        its_id, digest = _settled_id(store, call, named, file)
        call = replace(call, recording=replace(call.recording, id=its_id))
        kept = keep(
            store, settings, call, judge, file if lies else None,
            again=again, digest=digest, anew=anew, assumed=assumed,
        )  # fmt: skip
        told = [one.text for one in call.trust.notices if kept.new and one.code in VOICES]
        told += [f"llamada {kept.recording_id}: {kept.told}"] if kept.told else []
        why = f"{file.name}: llamada {kept.recording_id}: {kept.unjudged} {_NOT_JUDGED}"
        sentences = tuple(f"{file.name}: {text}" for text in told)
        why = why if kept.unjudged else ""
        return Imported(kept.recording_id, why, kept.new, sentences, same=kept.same)
    except SQLAlchemyError:
        raise
    except OtherWords as error:
        return Imported(file.name, f"{file.name}: llamada {its_id}: {error}", new=False, other=its_id)
    except Exception as error:  # one call that we cannot keep must not cost the others
        why = complaints.told(error, "a call could not be imported")
        return Imported(file.name, f"{file.name}: llamada {call.recording.id}: {why}", new=False)
