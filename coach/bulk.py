"""Many recordings in one ZIP, with tables and JSON files of their facts: each is taken in by itself.

No name from inside becomes a path, nothing is read beyond the limits, and a bad file costs only itself.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zlib import error as ZlibError

from coach import legs
from coach.call_facts import facts_of_source, read_manifest, recordings_in
from coach.intake import accept
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.uploads import Facts, is_transcript, no_recording, recording, safe_name
from transcripts.facts.join import join
from transcripts.facts.types import CallFacts
from transcripts.formats.call_json import over
from transcripts.formats.files import reason
from transcripts.probe import AUDIO_ENDINGS, probe
from transcripts.types import TranscriptError

_BLOCK = 1 << 20
_PLAIN = re.compile(r"[\w(][\w .()@+=,;#-]{0,180}")
_BAD_ZIP = (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, OSError)


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of one file in a ZIP; an `error` in words where it was not taken."""

    name: str
    recording_id: str = ""
    known: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Bulk:
    """The recordings of a ZIP, and sentences on facts that could not be used."""

    files: tuple[Arrived, ...]
    problems: tuple[str, ...] = ()


def take_in(store: Store, settings: Settings, path: Path, facts: Facts) -> Bulk:
    """Take in every recording of the ZIP at `path`, in a folder of its own that is removed afterwards.

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
    except _BAD_ZIP as error:
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
        if not sounds:
            raise CoachError(
                "{file}: no trae ninguna grabación. Ponga en el ZIP archivos de audio; las transcripciones "
                "entran con `coach import`.",
                file=self.facts.name,
            )
        for info in infos:
            if _ending(info) in (".csv", ".json"):
                self._facts(info)
        files = [self._one(info) for info in sounds]
        files += [_left(info) for info in infos if _ending(info) not in AUDIO_ENDINGS | {".csv", ".json"}]
        legs.settle(self.store, self.settings, of=[one.recording_id for one in files])
        return Bulk(tuple(files), tuple(dict.fromkeys(self.problems)))

    def _facts(self, info: zipfile.ZipInfo) -> None:
        """A table is read at once; the file beside a recording is read with it."""
        try:
            target = self._extract(info)
            if target.suffix.lower() == ".csv":
                reading = read_manifest(target, self.settings, self.facts.source or None)
                self.told |= reading.facts
                self.problems += reading.problems
            elif is_transcript(target):
                self.problems.append(str(no_recording(_shown(info))))
        except (TranscriptError, CoachError) as error:
            self.problems.append(str(error))

    def _one(self, info: zipfile.ZipInfo) -> Arrived:
        shown = _shown(info)
        try:
            target = self._extract(info)
            probe(target, self.limits)
            found = recordings_in([target], self.settings, source=self.facts.source or None)
            self.problems += found.problems
            told = over(recording(self.facts, self.settings), found.recordings[0])
            told = join(told, self.told.get(told.id) or self.told.get(target.stem))
            assumed = facts_of_source(self.settings, self.facts.source or None)
            accepted = accept(self.store, target, told, name=target.name, move=True, assumed=assumed)
            self.problems += accepted.told
        except (TranscriptError, CoachError) as error:
            return Arrived(shown, error=str(error))
        return Arrived(shown, accepted.recording_id, known=not accepted.new)

    def _extract(self, info: zipfile.ZipInfo) -> Path:
        """Write one file under a name of ours, in a folder for those that lie together in the ZIP."""
        name, shown = _name(info), _shown(info)
        inside = info.filename.replace("\\", "/").rpartition("/")[0]
        target = self.out / str(self.folders.setdefault(inside, len(self.folders))) / name
        if info.flag_bits & 1:
            raise CoachError("{file}: está cifrado con contraseña. Haga el ZIP sin contraseña.", file=shown)
        if target.exists():
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

    def _within(self, source: IO[bytes], shown: str) -> Iterator[bytes]:
        """Blocks as they come out: what the ZIP says of its own sizes is not relied on."""
        size = 0
        while block := source.read(_BLOCK):
            size += len(block)
            self.left -= len(block)
            if size > self.limits.max_bytes:
                raise CoachError(
                    "{file}: pesa más de {mb} MB, el máximo. Divídala.",
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


def _left(info: zipfile.ZipInfo) -> Arrived:
    """What is neither a recording nor facts, and where it goes."""
    shown = _shown(info)
    if is_transcript(Path(shown)):
        return Arrived(shown, error=str(no_recording(shown)))
    return Arrived(shown, error=f"{shown}: no es una grabación ni datos de llamadas; no se usó.")


def _ending(info: zipfile.ZipInfo) -> str:
    return Path(_shown(info)).suffix.lower()


def _shown(info: zipfile.ZipInfo) -> str:
    """The file's name as the person knows it, without its folders."""
    return re.split(r"[/\\]", info.filename)[-1][:200]


def _name(info: zipfile.ZipInfo) -> str:
    """Its own name where that is harmless, for patterns and tables name it so; else one that is safe."""
    shown = _shown(info)
    return shown if _PLAIN.fullmatch(shown) else safe_name(shown)


def summary(bulk: Bulk) -> dict[str, int]:
    """How many were taken, were known, and could not be."""
    kinds = Counter("failed" if f.error else "known" if f.known else "taken" for f in bulk.files)
    return {kind: kinds[kind] for kind in ("taken", "known", "failed")}
