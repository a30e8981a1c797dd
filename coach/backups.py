"""Backups: the whole store in one archive, made while people work, read back at once, kept for a time.

The database is copied at one instant. Recordings are written once and never changed, so those that the copy
names are added after it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as program_version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from sqlalchemy import Engine, select

from coach import archives, database, moving, postgres_tools
from coach.archives import DUMP, FORMAT, SQLITE, Archive, Manifest, Rows
from coach.every_table import metadata
from coach.row_digests import Held, held
from coach.schema import recordings
from coach.settings import Settings, config_file
from coach.store import Store
from coach.types import CoachError
from transcripts.formats.files import reason

Recordings = Literal["none", "own", "all"]
"""Which recordings go in: none, those in the data folder, or also those that are read where they lie."""

KEEP_DAYS = 30
_NAME = re.compile(r"temple-\d{8}-\d{6}\.zip")
_RUBRICS = ("scenarios", "gold")  # beside the forms, inside data_dir

Each = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    recordings: Recordings = "own"
    rubrics: bool = True
    settings: bool = True
    portable: bool = False  # as an SQLite file, whatever the store is
    keep_days: int = KEEP_DAYS


@dataclass(frozen=True, slots=True)
class Made:
    archive: Path
    manifest: Manifest
    expired: tuple[Path, ...]  # older backups of the folder, removed


def _nobody(_name: str) -> None:
    """Nobody looks on."""


def make(
    store: Store,
    settings: Settings,
    target: Path,
    wanted: Wanted = Wanted(),
    *,
    now: datetime | None = None,
    each: Each = _nobody,
) -> Made:
    """Write a backup to `target`, a `.zip` or a folder, and read it back.

    Into a folder it goes under a name of its own, and older backups there whose time is over are removed.
    """
    now = now or datetime.now(UTC)
    named = target.suffix == ".zip"
    archive = target if named else target / f"temple-{now:%Y%m%d-%H%M%S}.zip"
    if archive.exists():
        raise CoachError(
            "{archive}: ya existe y no se sobrescribe. Indique otro nombre o una carpeta.", archive=archive
        )
    with _beside(archive) as aside, archives.writing(archive) as out:
        kind, tables = _database(store.engine, aside, out, wanted)
        missing, left_out, taken = _recordings(store, out, wanted.recordings, each)
        _files(store.data_dir, settings, out, wanted, each)
        manifest = Manifest(
            format=FORMAT,
            program=_program(),
            made_at=now,
            kept_until=now + timedelta(days=wanted.keep_days),
            schema_version=_schema(store.engine),
            database=kind,
            tables={name: Rows(rows=of.rows, digest=of.digest) for name, of in tables.items()},
            holds=_holds(wanted, taken),
            missing=missing,
            left_out=left_out,
            members=out.members,
        )
        out.close_with(manifest)
    try:
        archives.check(archive)
    except CoachError:
        archive.unlink(missing_ok=True)
        raise
    return Made(archive, manifest, () if named else expire(archive.parent, now))


def expire(folder: Path, now: datetime) -> tuple[Path, ...]:
    """Remove the backups of a folder whose time is over. What bears another name or is no backup stays."""
    gone = []
    for path in sorted(folder.iterdir()):
        if _NAME.fullmatch(path.name) and _until(path) <= now:
            path.unlink()
            gone.append(path)
    return tuple(gone)


def known(folder: Path) -> Iterator[tuple[Path, Manifest | None]]:
    """The backups of a folder, the oldest first; None for one that cannot be read."""
    for path in sorted(folder.glob("*.zip")):
        try:
            yield path, archives.manifest_of(path)
        except CoachError:
            yield path, None


def whereabouts(store: Store) -> tuple[int, int, tuple[str, ...]]:
    """How many recordings lie in the data folder, how many elsewhere, and which are missing."""
    query = select(recordings.c.audio).where(recordings.c.audio.is_not(None)).distinct()
    with store.reading() as connection:
        paths = sorted(connection.execute(query).scalars())
    outside = sum(Path(path).is_absolute() for path in paths)
    missing = tuple(path for path in paths if not (store.data_dir / path).is_file())
    return len(paths) - outside, outside, missing


def _until(path: Path) -> datetime:
    try:
        return archives.manifest_of(path).kept_until
    except CoachError:
        return datetime.max.replace(tzinfo=UTC)


def _database(
    engine: Engine, aside: Path, out: Archive, wanted: Wanted
) -> tuple[Literal["sqlite", "pg_dump"], dict[str, Held]]:
    if engine.dialect.name != "sqlite" and not wanted.portable:
        dumped = aside / "temple.dump"
        if (tables := postgres_tools.dump(engine, dumped)) is not None:
            out.add(DUMP, dumped)
            return "pg_dump", tables
    copied = aside / "temple.sqlite"
    tables = _as_sqlite(engine, copied)
    out.add(SQLITE, copied)
    return "sqlite", tables


def _as_sqlite(engine: Engine, copied: Path) -> dict[str, Held]:
    copy = database.connect(f"sqlite:///{copied.as_posix()}")
    if engine.dialect.name == "sqlite":
        _vacuum_into(engine, copied)
    else:
        moving.copy(engine, copy)
    try:
        with database.reading(copy) as connection:
            return {table.name: held(connection, table) for table in metadata.sorted_tables}
    finally:
        copy.dispose()


def _vacuum_into(engine: Engine, copied: Path) -> None:
    """One instant of the store, without what was deleted; who writes meanwhile is not held up."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM INTO ?", (str(copied),))
        cursor.close()
    except sqlite3.Error as error:
        raise CoachError(
            "No se pudo copiar la base de datos: {why}. Revise el espacio libre.", why=error
        ) from error
    finally:
        connection.close()


def _recordings(
    store: Store, out: Archive, which: Recordings, each: Each
) -> tuple[tuple[str, ...], int, int]:
    """Paths that are not there, how many were not asked for, and how many went in."""
    missing, left_out = [], 0
    query = select(recordings.c.audio).where(recordings.c.audio.is_not(None)).distinct()
    with store.reading() as connection:
        paths = sorted(connection.execute(query).scalars())
    for path in paths:
        outside = Path(path).is_absolute()
        if which == "none" or (outside and which == "own"):
            left_out += 1
        elif not _add(out, outside_name(path) if outside else f"data/{path}", store.data_dir / path, each):
            missing.append(path)
    return tuple(missing), left_out, len(paths) - left_out - len(missing)


def outside_name(path: str) -> str:
    """The member of a recording that lies outside the data folder."""
    return f"outside/{Path(path).as_posix().lstrip('/').replace(':', '')}"


@contextmanager
def _beside(archive: Path) -> Iterator[Path]:
    """A folder to work in, there where the archive will be: it has the room that the system's own temporary
    folder may lack. CoachError where none can be made.
    """
    folder = archive.parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = TemporaryDirectory(prefix=".respaldo-", dir=folder)
    except OSError as error:
        raise CoachError(
            "{folder}: no se puede guardar ahí el respaldo ({why}). Indique otra carpeta.",
            folder=folder,
            why=reason(error),
        ) from error
    with aside as name:
        yield Path(name)


def _files(data_dir: Path, settings: Settings, out: Archive, wanted: Wanted, each: Each) -> None:
    folders = {name: data_dir / name for name in _RUBRICS} if wanted.rubrics else {}
    for name, folder in folders.items():
        _add_all(out, f"data/{name}", folder, each)
    if wanted.rubrics:
        _add_all(out, "forms", settings.own_forms, each)
    file = config_file() if wanted.settings else None
    if file is not None:
        _add(out, "settings/coach.toml", file, each)


def _add_all(out: Archive, name: str, folder: Path, each: Each) -> None:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file():
            _add(out, f"{name}/{path.relative_to(folder).as_posix()}", path, each)


def _add(out: Archive, name: str, path: Path, each: Each) -> bool:
    """False where there is no such file, or no longer."""
    if name in out.members:
        return True
    if not path.is_file():
        return False
    out.add(name, path)
    each(name)
    return True


def _holds(wanted: Wanted, recordings: int) -> tuple[str, ...]:
    chosen = {
        "database": True,
        "recordings": recordings > 0,
        "rubrics": wanted.rubrics,
        "settings": wanted.settings,
    }
    return tuple(name for name, is_in in chosen.items() if is_in)


def _schema(engine: Engine) -> str:
    with database.reading(engine) as connection:
        return database.version(connection)


def _program() -> str:
    try:
        return program_version("temple-coach")
    except PackageNotFoundError:
        return ""
