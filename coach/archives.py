"""A backup as one file: a ZIP whose last member, `manifest.json`, names all others with size and digest.

database/temple.sqlite   the store as an SQLite file, or database/temple.dump as pg_dump writes it
data/...                 files of the data folder, by their place in it
outside/...              recordings that are read where they lie, by their absolute path
forms/...                forms of one's own
settings/coach.toml      the settings
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.types import CoachError
from coach.whole_files import whole_file
from transcripts.formats.files import reason

MANIFEST = "manifest.json"
FORMAT = 1
SQLITE, DUMP = "database/temple.sqlite", "database/temple.dump"
_CHUNK = 1 << 20
_PACKED = {".sqlite", ".jsonl", ".json", ".yaml", ".toml", ".txt"}  # sound is small already


class Member(BaseModel):
    model_config = ConfigDict(frozen=True)

    size: int  # bytes
    sha256: str


class Rows(BaseModel):
    """Of one table, as `coach.row_digests` counts them."""

    model_config = ConfigDict(frozen=True)

    rows: int
    digest: str


class Manifest(BaseModel):
    """What a backup says of itself. Instants carry their zone."""

    model_config = ConfigDict(frozen=True)

    format: int
    program: str
    made_at: datetime
    kept_until: datetime  # from then on the next backup into the same folder removes it
    schema_version: str
    database: Literal["sqlite", "pg_dump"]
    tables: dict[str, Rows]
    holds: tuple[str, ...]  # database, recordings, rubrics, settings
    missing: tuple[str, ...]  # recordings whose file was not there
    left_out: int  # recordings that were not asked for
    members: dict[str, Member]


class Archive:
    """A ZIP that is being written; it remembers what it was given."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        self.members: dict[str, Member] = {}

    def add(self, name: str, source: Path) -> None:
        """One file under that name. CoachError where it cannot be read, OSError where not written."""
        try:
            file = source.open("rb")
        except OSError as error:
            raise CoachError(
                "{source}: no se puede leer ({why}). Corrija sus permisos y repita el respaldo.",
                source=source,
                why=reason(error),
            ) from error
        info = zipfile.ZipInfo.from_file(source, name, strict_timestamps=False)
        packed = Path(name).suffix in _PACKED
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        digest, size = hashlib.sha256(), 0
        with file, self._zip.open(info, "w", force_zip64=True) as out:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
        self.members[name] = Member(size=size, sha256=digest.hexdigest())

    def close_with(self, manifest: Manifest) -> None:
        self._zip.writestr(MANIFEST, manifest.model_dump_json(indent=1), zipfile.ZIP_DEFLATED)


@contextmanager
def writing(target: Path) -> Iterator[Archive]:
    """An archive that takes its name when it is whole; for our own eyes only. What is half written goes."""
    try:
        with whole_file(target, private=True) as part, zipfile.ZipFile(part, "w", compresslevel=3) as zipped:
            yield Archive(zipped)
    except OSError as error:
        raise CoachError(
            "{target}: no se pudo escribir el respaldo ({why}). Revise el espacio y los permisos.",
            target=target,
            why=reason(error),
        ) from error


def manifest_of(archive: Path) -> Manifest:
    """CoachError where the file is no backup of ours, or of a later format."""
    with _opened(archive) as zipped:
        try:
            text = zipped.read(MANIFEST)
        except KeyError as error:
            raise CoachError(
                "{archive}: no es un respaldo de Temple: le falta {manifest}.",
                archive=archive,
                manifest=MANIFEST,
            ) from error
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise CoachError(
            "{archive}: su {manifest} no se entiende. Use otro respaldo.", archive=archive, manifest=MANIFEST
        ) from error
    if manifest.format > FORMAT:
        raise CoachError(
            "{archive}: lo hizo una versión más nueva de Temple ({program}). Actualice Temple.",
            archive=archive,
            program=manifest.program,
        )
    for name in manifest.members:
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts or "\\" in name:
            raise CoachError(
                "{archive}: nombra un archivo fuera de su lugar ({name}). No se restaura nada.",
                archive=archive,
                name=name,
            )
    return manifest


def check(archive: Path) -> Manifest:
    """Read every byte and compare with the manifest; CoachError names what is not as it was written."""
    manifest = manifest_of(archive)
    with _opened(archive) as zipped:
        names = {info.filename for info in zipped.infolist()} - {MANIFEST}
        if names != set(manifest.members):
            raise CoachError(
                "{archive}: no trae los archivos que dice traer. Use otro respaldo.", archive=archive
            )
        for name, member in manifest.members.items():
            try:
                with zipped.open(name) as file:
                    whole = digest_of(file) == member
            except (zipfile.BadZipFile, OSError, EOFError):
                whole = False
            if not whole:
                raise CoachError(
                    "{archive}: {name} está dañado. Use otro respaldo.", archive=archive, name=name
                )
    return manifest


def take_out(archive: Path, name: str, target: Path) -> None:
    """Write one member to `target`, which must not exist, for our own eyes only; it takes its name when it is
    whole.
    """
    try:
        with (
            whole_file(target, private=True) as part,
            _opened(archive) as zipped,
            zipped.open(name) as file,
            part.open("wb") as out,
        ):
            while chunk := file.read(_CHUNK):
                out.write(chunk)
    except OSError as error:
        raise CoachError(
            "{target}: no se puede escribir ({why}). Revise el espacio y los permisos.",
            target=target,
            why=reason(error),
        ) from error


def digest_of(file: IO[bytes]) -> Member:
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return Member(size=size, sha256=digest.hexdigest())


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    try:
        zipped = zipfile.ZipFile(archive)
    except zipfile.BadZipFile as error:
        raise CoachError(
            "{archive}: no se puede leer el respaldo (no es un ZIP, o está cortado).", archive=archive
        ) from error
    except OSError as error:
        raise CoachError(
            "{archive}: no se puede leer el respaldo ({why}).", archive=archive, why=reason(error)
        ) from error
    with zipped:
        yield zipped
