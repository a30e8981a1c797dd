"""A backup brought back: into a place that holds nothing, checked before and after, older schemas brought up.

Files come first and the database last: what breaks off can simply be started again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import SQLAlchemyError

from coach import archives, database, moving, postgres_tools
from coach.anchored import whole
from coach.archives import DUMP, SQLITE, Manifest, Member
from coach.backups import outside_name
from coach.every_table import DERIVED, metadata
from coach.row_digests import held
from coach.schema import recordings
from coach.settings import FILE_NAME, Settings
from coach.types import CoachError

OUTSIDE = "audio/outside"  # inside data_dir: recordings that lay elsewhere when the backup was made

RESTORED_SETTINGS = f"{FILE_NAME}.restaurado"  # inside data_dir: no command takes it for the settings in use

Each = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Restored:
    manifest: Manifest
    files: int  # written now; those that were here already, the same, are not counted
    settings: Path | None  # where the settings of the backup were put: for the owner only, used by nothing
    upgraded: bool  # the backup was of an older schema


def _nobody(_name: str) -> None:
    """Nobody looks on."""


def restore(settings: Settings, archive: Path, *, each: Each = _nobody) -> Restored:
    """Bring everything back to where `settings` say the store is.

    CoachError before anything is written where the archive is damaged, the store holds something, or a file
    of another content lies in the way.
    """
    manifest = archives.check(archive)
    if manifest.schema_version > database.newest():
        raise CoachError(
            "{file}: es de una versión más nueva de Temple. Actualice este programa.", file=archive
        )
    engine = _empty_target(settings, manifest)
    try:
        targets = {
            name: _place(settings, name) for name in manifest.members if not name.startswith("database/")
        }
        wanted = {name: path for name, path in targets.items() if path is not None}
        missing = {n: path for n, path in wanted.items() if not _is_there(path, manifest.members[n])}
        database.make_folder(settings.data_dir)
        for name, path in missing.items():
            archives.take_out(archive, name, path)
            each(name)
        with TemporaryDirectory(prefix=".restaurar-", dir=settings.data_dir) as aside:
            upgraded = _database(engine, manifest, archive, Path(aside))
        _check_rows(engine, manifest, upgraded)
        _outside_is_here(engine, wanted)
        return Restored(manifest, len(missing), wanted.get(_SETTINGS), upgraded)
    finally:
        engine.dispose()


_SETTINGS = "settings/coach.toml"


def _empty_target(settings: Settings, manifest: Manifest) -> Engine:
    engine = database.connect(settings.url)
    file = Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else None
    if manifest.database == "pg_dump" and file is not None:
        raise CoachError(
            "Este respaldo es de PostgreSQL y aquí se usa SQLite. Indique en database_url una base de "
            "PostgreSQL vacía, o haga el respaldo con --portable."
        )
    if file is not None and not file.is_file():
        return engine
    try:
        moving.refuse_foreign(engine)
        with database.reading(engine) as connection:
            table = moving.full(connection)
    except SQLAlchemyError as error:
        raise database.refused(engine, error, settings.place_of_store) from error
    if table:
        where = whole(engine.url)
        raise CoachError(
            "{place}: ya guarda algo (tabla {table}) y no se sobrescribe. Restaure en otra base de datos "
            "o carpeta: COACH_DATA_DIR=CARPETA coach db restore ARCHIVO.",
            place=where,
            table=table,
        )
    return engine


def _place(settings: Settings, name: str) -> Path | None:
    """Where a member goes; None where it is of no kind that we know."""
    kind, _, rest = name.partition("/")
    if name == _SETTINGS:
        return settings.data_dir / RESTORED_SETTINGS
    folders = {"data": settings.data_dir, "forms": settings.own_forms, "outside": settings.data_dir / OUTSIDE}
    return folders[kind] / PurePosixPath(rest) if kind in folders else None


def _is_there(path: Path, member: Member) -> bool:
    """Whether the very file is there; CoachError where another has its place."""
    if not path.exists():
        return False
    with path.open("rb") as file:
        if archives.digest_of(file) != member:
            raise CoachError(
                "{path}: ya existe con otro contenido y no se sobrescribe. Muévalo y repita.", path=path
            )
    return True


def _database(engine: Engine, manifest: Manifest, archive: Path, aside: Path) -> bool:
    """The rows; True where they were of an older schema."""
    if manifest.database == "pg_dump":
        archives.take_out(archive, DUMP, aside / "temple.dump")
        postgres_tools.restore(engine, aside / "temple.dump")
        return _upgraded(engine, manifest)
    copied = aside / "temple.sqlite"
    archives.take_out(archive, SQLITE, copied)
    copy = database.connect(f"sqlite:///{copied.as_posix()}")
    try:
        upgraded = _upgraded(copy, manifest)
        if engine.dialect.name != "sqlite":
            moving.copy(copy, engine)
            return upgraded
    finally:
        copy.dispose()
    target = Path(str(engine.url.database))
    engine.dispose()
    database.make_folder(target.parent)
    for old in (target, *(target.with_name(target.name + end) for end in ("-wal", "-shm"))):
        old.unlink(missing_ok=True)  # empty, as we saw
    copied.replace(target)
    return upgraded


def _upgraded(engine: Engine, manifest: Manifest) -> bool:
    database.upgrade(engine)
    with database.reading(engine) as connection:
        return database.version(connection) != manifest.schema_version


def _check_rows(engine: Engine, manifest: Manifest, upgraded: bool) -> None:
    """Every table as it was when the backup was made. After a change of schema only their numbers of rows."""
    wrong = []
    with database.reading(engine) as connection:
        for name, was in manifest.tables.items():
            table = metadata.tables.get(name)
            if table is None or name in DERIVED:
                continue
            now = held(connection, table)
            if now.rows != was.rows or (not upgraded and now.digest != was.digest):
                wrong.append(name)
    if wrong:
        raise CoachError(
            "Lo restaurado no es igual al respaldo en: {tables}. No lo use; pruebe otro respaldo.",
            tables=", ".join(wrong),
        )


def _outside_is_here(engine: Engine, wanted: dict[str, Path]) -> None:
    """Recordings that lay elsewhere are named where they are now."""
    with database.writing(engine) as connection:
        paths = connection.execute(
            select(recordings.c.id, recordings.c.audio).where(recordings.c.audio.is_not(None))
        )
        for recording_id, path in paths.all():
            name = outside_name(path)
            if Path(path).is_absolute() and name in wanted:
                here = f"{OUTSIDE}/{name.partition('/')[2]}"
                its = update(recordings).where(recordings.c.id == recording_id)
                connection.execute(its.values(audio=here))
