"""How recordings come in: hashed, named, kept, queued. The same recording is never kept twice."""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from coach import jobs, kept_out, peaks, recording_rows, second_copies
from coach.jobs import Priority
from coach.store import Store
from coach.types import CoachError
from transcripts.facts.types import CallFacts
from transcripts.formats.files import reason
from transcripts.types import Recording

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a file. `job` is None where the recording was here already, judged."""

    recording_id: str
    job: int | None
    new: bool
    waits: bool = False  # a leg of a transferred call: heard with the others (`coach.legs`)
    itself: bool = False  # the very file that was taken, looked at once more
    told: tuple[str, ...] = ()  # on facts of a second copy, and on the call whose file this one took


class Erased(CoachError):
    """The recording was erased by its age: it does not come back."""


def accept(
    store: Store,
    path: Path,
    facts: Recording,
    *,
    name: str = "",
    move: bool = False,
    priority: Priority = "normal",
    assumed: CallFacts | None = None,
) -> Accepted:
    """Take one recording in and queue it. `facts` tell of the call; an empty id comes from the file's name.

    The file stays where it is and is read there; `move` takes it into data_dir (for uploads). `name` is the
    file's name as the person knows it. A known recording that is no longer where it was is read here from
    now on; `facts` fill what nobody had told of it (`coach.second_copies`), where they are more than what is
    `assumed` of every recording of the source. Whether it really is audio is found out by the job, which says
    so. Erased where it went by its age.
    """
    name = name or path.name
    digest = content_hash(path)
    told = () if move else _overwritten(store, path, digest)
    if known := store.id_of(digest):
        recording = store.recording(known)
        itself = not move and _same_file(recording.audio, path)
        if recording.audio is not None and not recording.audio.is_file():  # it was moved, or its disk is gone
            _found_again(store, recording, _keep(store, path, digest, Path(name).suffix) if move else path)
        elif move:
            path.unlink()
        elif not store.wordless(known) and not itself:
            second_copies.note(store, known, digest, path)
        accepted = _again(store, known, facts, name, assumed, priority, told)
        return replace(accepted, itself=itself)
    if kept_out.has(store, digest):
        if move:
            path.unlink()
        raise Erased(
            "{file}: esta grabación se borró al cumplir su plazo de conservación: no se toma de nuevo.",
            file=name,
        )
    audio = _keep(store, path, digest, Path(name).suffix) if move else path
    recording = replace(facts, id=facts.id or slug(Path(name).stem), audio=audio)
    job = None
    with store.writing() as connection:  # both or none: a call without its job would never be heard
        recording_id, new = store.added(connection, recording, digest)
        if new and not recording.linked_id:
            job = jobs.queue(connection, recording_id, name, priority=priority)
    if not new:  # another program took it in at the same moment
        return _again(store, recording_id, facts, name, assumed, priority, told)
    return Accepted(recording_id, job, new=True, waits=job is None, told=told)


def _again(
    store: Store,
    known: str,
    facts: Recording,
    name: str,
    assumed: CallFacts | None,
    priority: Priority,
    told: tuple[str, ...],
) -> Accepted:
    """A recording that is here already, `known`, came once more; queued where it waits to be heard."""
    recording = store.recording(known)
    joined = second_copies.join(store, known, facts, name, assumed=assumed, priority=priority)
    told += joined.told
    if recording.linked_id or (facts.linked_id and store.recording(known).linked_id):
        return Accepted(known, None, new=False, waits=True, told=told)
    if store.transcript(known) is not None or store.wordless(known):
        return Accepted(known, joined.job, new=False, told=told)
    return Accepted(known, jobs.submit(store, known, name, priority=priority), new=False, told=told)


def _same_file(audio: Path | None, path: Path) -> bool:
    return audio is not None and audio.is_file() and audio.samefile(path)


def _overwritten(store: Store, path: Path, digest: str) -> tuple[str, ...]:
    """A recorder wrote another call over this file: the call that was in it has no sound any more, and must
    not play this one's. A sentence for each.
    """
    with store.reading() as connection:
        lost = recording_rows.written_over(connection, path, digest, store.data_dir)
    if lost:  # hardly ever: else nobody waits for a turn to write
        with store.writing() as connection:
            recording_rows.lose_audio(connection, lost, path, store.data_dir)
    asks = "que se queda sin audio. Dé un nombre a cada grabación."
    return tuple(f"{path.name}: se grabó encima de la llamada {one}, {asks}" for one in lost)


def content_hash(path: Path) -> str:
    """sha256 of the file's bytes, in hex."""
    if path.exists() and not path.is_file():  # a pipe or a device might never end
        raise CoachError("{path}: no es un archivo. Indique el archivo de la grabación.", path=path)
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise CoachError(
            "{path}: no se puede leer ({why}). Revise la ruta y los permisos.", path=path, why=reason(error)
        ) from error
    return digest.hexdigest()


def slug(name: str) -> str:
    """An id that is safe in addresses and file names: letters, digits, dot, dash, underscore."""
    plain = unicodedata.normalize("NFKD", name)
    kept = re.sub(r"[^\w.-]+", "-", "".join(c for c in plain if not unicodedata.combining(c)), flags=re.ASCII)
    return kept.strip("-.")[:120] or "llamada"


def _found_again(store: Store, recording: Recording, audio: Path) -> None:
    """The sound lies here from now on; what was made of it follows."""
    audio = audio.resolve()
    with store.writing() as connection:
        recording_rows.move_audio(connection, recording, audio, store.data_dir)
    if recording.audio is not None:
        peaks.follow(store, recording.audio, audio)


def _keep(store: Store, path: Path, digest: str, suffix: str) -> Path:
    """Move a file under data_dir/audio, named by its content."""
    ending = suffix.lower() if re.fullmatch(r"\.\w{1,5}", suffix, flags=re.ASCII) else ""
    target = store.data_dir / "audio" / digest[:2] / f"{digest}{ending}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
    except OSError as error:
        raise CoachError(
            "{file}: no se puede guardar ({why}). Revise el espacio y los permisos de "
            "{folder}, y vuelva a subirla.",
            file=path.name,
            why=reason(error),
            folder=store.data_dir,
        ) from error
    return target
