"""Many recordings and transcripts in one ZIP, with tables and JSON files of their facts: each is taken in by
itself.

No name from inside becomes a path, nothing is read beyond the limits, and a bad file costs only itself.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from zlib import error as ZlibError

from coach import arrival_notes, arrived, legs
from coach.arrived import Arrived, Bulk
from coach.call_facts import facts_of_source, read_manifest, recordings_in
from coach.intake import accept
from coach.local_clock import at_place
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.uploads import Facts, kept_name, recording
from transcripts.facts import sidecar
from transcripts.facts.join import join
from transcripts.facts.types import CallFacts, Reading
from transcripts.formats.call_json import over
from transcripts.formats.files import AS_TEXT, WRITTEN, reason
from transcripts.probe import AUDIO_ENDINGS, probe
from transcripts.types import TranscriptError

_BLOCK = 1 << 20
_APART = "words"  # a folder for transcripts: one is not taken for the facts of a recording of its name
_BAD_ZIP = (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, OSError)


def take_in(store: Store, settings: Settings, path: Path, facts: Facts) -> Bulk:
    """Take in every recording and transcript of the ZIP at `path`, in a folder of its own that is removed
    afterwards.

    `facts` hold for those that do not say theirs. CoachError where the ZIP itself cannot be used.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Opened(store, settings, archive, path.parent / "out", facts).take()
    except OSError as error:
        raise CoachError(
            "{file}: no se puede abrir el ZIP ({why}). Hágalo y súbalo otra vez.",
            file=facts.name,
            why=reason(error),
        ) from error
    except (*_BAD_ZIP, UnicodeDecodeError) as error:  # a name in it may say that it is UTF-8, and not be
        raise CoachError(
            "{file}: no se puede abrir el ZIP (está dañado). Hágalo y súbalo otra vez.", file=facts.name
        ) from error
    finally:
        shutil.rmtree(path.parent, ignore_errors=True)


class _Opened:
    """A ZIP that is being read: what of its budget is left, and the facts found in it."""

    def __init__(
        self, store: Store, settings: Settings, archive: zipfile.ZipFile, out: Path, facts: Facts
    ) -> None:
        self.store, self.settings, self.archive, self.out, self.facts = store, settings, archive, out, facts
        self.left = settings.upload.zip_mb * 1_000_000
        self.limits = settings.speech_options(facts.source).limits
        self.problems: list[str] = []
        self.told: dict[str, CallFacts] = {}
        self.folders: dict[str, int] = {}
        self.bad: list[Arrived] = []

    def take(self) -> Bulk:
        infos = [info for info in self.archive.infolist() if _meant(info)]
        if len(infos) > self.settings.upload.zip_files:
            most = self.settings.upload.zip_files
            raise CoachError(
                "{file}: trae {n} archivos; el máximo es {most}. Divídalo en varios.",
                file=self.facts.name,
                n=len(infos),
                most=most,
            )
        sounds = [info for info in infos if _ending(info) in AUDIO_ENDINGS]
        written = [info for info in infos if arrived.has_words(_shown(info))]
        if not sounds and not written:
            raise CoachError(
                "{file}: no trae ninguna grabación ni transcripción. Ponga en el ZIP archivos de audio, o "
                "transcripciones en JSON, JSONL, SRT, VTT o TXT.",
                file=self.facts.name,
            )
        for info in infos:
            if _ending(info) == ".csv":
                self._table(info)
        texts = [one for info in written for one in self._text(info)]
        facts = {sidecar.beside(self._place(info)) for info in sounds}  # each is read with its recording
        files = [self._one(info) for info in sounds]
        files += [one for path in texts if path not in facts for one in self._words(path)]
        files += [_left(info) for info in infos if not _taken(info)]
        ids = [one.recording_id for one in (*self.bad, *files) if one.recording_id]
        legs.settle(self.store, self.settings, of=ids)
        self.problems += [*arrived.already_here(files), *arrival_notes.told(self.store, ids)]
        return Bulk((*files, *self.bad), tuple(dict.fromkeys(self.problems)))

    def _table(self, info: zipfile.ZipInfo) -> None:
        try:
            reading = read_manifest(self._extract(info), self.settings, self.facts.source or None)
        except (TranscriptError, CoachError) as error:
            self.problems.append(str(error))
            return
        self.told |= reading.facts
        self.problems += reading.problems

    def _text(self, info: zipfile.ZipInfo) -> Iterator[Path]:
        """Where a transcript lies now, or a JSON file that is none; nothing where it cannot be taken out."""
        try:
            target = self._extract(info)
        except CoachError as error:
            self.bad.append(Arrived(_shown(info), error=str(error)))
            return
        if arrived.is_transcript(target):
            apart = self.out / _APART / target.relative_to(self.out)
            apart.parent.mkdir(parents=True, exist_ok=True)
            target = target.rename(apart)
        yield target

    def _words(self, path: Path) -> tuple[Arrived, ...]:
        found = arrived.words(self.store, self.settings, path, self.facts, [Reading(self.told)])
        self.problems += found.problems
        return found.files

    def _one(self, info: zipfile.ZipInfo) -> Arrived:
        shown = _shown(info)
        try:
            target = self._extract(info)
            probe(target, self.limits)
            found = recordings_in([target], self.settings, source=self.facts.source or None)
            self.problems += found.problems
            told = over(recording(self.facts, self.settings), found.recordings[0])
            told = join(told, self.told.get(told.id) or self.told.get(target.stem))
            told = at_place(self.store, self.settings, told)
            assumed = facts_of_source(self.settings, self.facts.source or None)
            accepted = accept(self.store, target, told, name=target.name, move=True, assumed=assumed)
            self.problems += accepted.told
        except (TranscriptError, CoachError) as error:
            return Arrived(shown, error=str(error))
        return Arrived(shown, accepted.recording_id, known=not accepted.new)

    def _extract(self, info: zipfile.ZipInfo) -> Path:
        """Write one file under a name of ours, in a folder for those that lie together in the ZIP."""
        target, shown = self._place(info), _shown(info)
        if info.flag_bits & 1:
            raise CoachError("{file}: está cifrado con contraseña. Haga el ZIP sin contraseña.", file=shown)
        if target.exists() or (self.out / _APART / target.relative_to(self.out)).exists():
            raise CoachError(
                "{file}: hay dos archivos con este nombre en la misma carpeta. Renombre uno.", file=shown
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self.archive.open(info) as source, target.open("wb") as file:
                for block in self._within(source, shown):
                    file.write(block)
        except CoachError:
            target.unlink(missing_ok=True)
            raise
        except _BAD_ZIP as error:
            target.unlink(missing_ok=True)
            raise CoachError("{file}: está dañado dentro del ZIP. Vuelva a hacerlo.", file=shown) from error
        return target

    def _place(self, info: zipfile.ZipInfo) -> Path:
        inside = info.filename.replace("\\", "/").rpartition("/")[0]
        return self.out / str(self.folders.setdefault(inside, len(self.folders))) / kept_name(_shown(info))

    def _within(self, source: IO[bytes], shown: str) -> Iterator[bytes]:
        """Blocks as they come out: what the ZIP says of its own sizes is not relied on."""
        size = 0
        while block := source.read(_BLOCK):
            size += len(block)
            self.left -= len(block)
            if size > self.limits.max_bytes:
                raise CoachError(
                    "{file}: pesa más de {mb} MB, el máximo. Divídalo.",
                    file=shown,
                    mb=self.settings.upload.max_mb,
                )
            if self.left < 0:
                most = self.settings.upload.zip_mb
                raise CoachError(
                    "{file}: lo que trae el ZIP pesa más de {most} MB. Divídalo en varios.",
                    file=shown,
                    most=most,
                )
            yield block


def _meant(info: zipfile.ZipInfo) -> bool:
    """Not folders, nor what an operating system leaves in a ZIP."""
    parts = [part for part in re.split(r"[/\\]", info.filename) if part not in ("", ".", "..")]
    return bool(parts) and not info.is_dir() and not any(p.startswith((".", "__MACOSX", "~")) for p in parts)


def _taken(info: zipfile.ZipInfo) -> bool:
    return _ending(info) in AUDIO_ENDINGS | {".csv"} or arrived.has_words(_shown(info))


def _left(info: zipfile.ZipInfo) -> Arrived:
    shown = _shown(info)
    if _ending(info) in WRITTEN:
        return Arrived(shown, error=f"{shown}: {AS_TEXT}")
    return Arrived(
        shown, error=f"{shown}: no es una grabación, una transcripción ni datos de llamadas; no se usó."
    )


def _ending(info: zipfile.ZipInfo) -> str:
    return Path(_shown(info)).suffix.lower()


def _shown(info: zipfile.ZipInfo) -> str:
    """The file's name as the person knows it, without its folders."""
    return re.split(r"[/\\]", info.filename)[-1][:200]
