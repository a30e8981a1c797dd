"""Opens the database: pragmas, `BEGIN IMMEDIATE` for writes only, schema brought up to date by Alembic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from coach.types import CoachError
from transcripts.formats.files import reason

MIGRATIONS = Path(__file__).parent / "migrations"

# WAL: readers never wait for the writer. NORMAL: a power cut may lose the last commit, never the file.
# mmap: indices are read where the system holds them, once for all connections
_PRAGMAS = (
    "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "foreign_keys=ON", "mmap_size=1073741824",
)  # fmt: skip


def connect(url: str) -> Engine:
    """An engine for `url`. The folder of an SQLite file is made where it is missing.

    CoachError, without the password, where the address is none or its driver is missing.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    except (SQLAlchemyError, ImportError) as error:
        raise CoachError(
            "database_url: no es una dirección de base de datos que se pueda usar. Escríbala como "
            "postgresql+psycopg://usuario:clave@equipo/base, con su controlador instalado."
        ) from error
    if parsed.database and parsed.database != ":memory:":
        make_folder(Path(parsed.database).parent)
    engine = create_engine(parsed, hide_parameters=True)  # errors and logs tell no values
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def make_folder(folder: Path) -> None:
    """The folder, made where it is missing; CoachError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CoachError(
            f"{folder}: no se puede usar como carpeta de datos ({reason(error)}). Revise data_dir."
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that takes the write lock at once: read-then-write never meets a locked file."""
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        yield connection


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest version; safe from several processes at once."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with writing(engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        where = engine.url.render_as_string(hide_password=True)
        raise CoachError(
            f"{where}: no se puede abrir la base de datos ({error.__cause__ or error}). "
            "Revise database_url y los permisos de la carpeta."
        ) from error


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
