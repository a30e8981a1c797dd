"""Opens the database: pragmas, `BEGIN IMMEDIATE` for writes only, schema brought up to date by Alembic."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from shutil import disk_usage
from typing import Any

from sqlalchemy import Connection, Engine, Select, create_engine, event, func, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, SQLAlchemyError

from coach import by_name
from coach.anchored import whole
from coach.types import CoachError
from transcripts.formats.files import reason

MIGRATIONS = Path(__file__).parent / "migrations"
FAMILIES = ("sqlite", "postgresql")

# WAL: readers never wait for the writer. NORMAL: a power cut may lose the last commit, never the file.
# mmap: indices are read where the system holds them, once for all connections
# secure_delete: what is erased is overwritten, however SQLite was built
_PRAGMAS = (
    "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "foreign_keys=ON", "mmap_size=1073741824",
    "secure_delete=ON",
)  # fmt: skip

# PostgreSQL: who falls silent in the middle of a transaction does not hold up all others for ever
_OPTIONS = "-c idle_in_transaction_session_timeout=300000 -c timezone=UTC"
FULL = "database or disk is full"  # as SQLite says it
FAILS = "disk I/O error"  # so too where the last room goes while it writes
LEAST_ROOM = 1 << 20  # bytes: with less a disk is full for a database
_DAMAGED = ("file is not a database", "database disk image is malformed")
READ_ONLY = "readonly database"
_UNWRITABLE = ("unable to open database file", READ_ONLY)
_NOT_YET = re.compile(r"the database system is|el sistema de bases? de datos")  # it starts or stops
_ODD = re.compile("[\0\ud800-\udfff]")
_ONE_WRITER = 0x7E3B1E  # the advisory lock that a writing transaction holds


def connect(url: str, *, setting: str = "database_url") -> Engine:
    """An engine for `url`. The folder of an SQLite file is made where it is missing.

    CoachError, without the password, where the address is none, its driver is missing or the folder cannot be
    made: the last names the `setting` to look at.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() not in FAMILIES:
            raise ArgumentError
        if parsed.get_backend_name() != "sqlite":
            options = {} if "options" in parsed.query else {"options": _OPTIONS}
            engine = create_engine(parsed, pool_pre_ping=True, connect_args=options, hide_parameters=True)
            event.listen(engine, "before_cursor_execute", _kept_text, retval=True)
            return engine
    except (SQLAlchemyError, ImportError) as error:
        raise CoachError(
            "database_url: no es una dirección de base de datos que se pueda usar. Escríbala como "
            "postgresql+psycopg://usuario:clave@equipo/base, con su controlador instalado."
        ) from error
    if parsed.database and parsed.database != ":memory:":
        make_folder(Path(parsed.database).parent, setting=setting)
    engine = create_engine(parsed, hide_parameters=True)  # errors and logs tell no values
    event.listen(engine, "before_cursor_execute", _kept_text, retval=True)
    event.listen(engine, "do_connect", _begin_privately)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def make_folder(folder: Path, *, setting: str = "data_dir") -> None:
    """The folder, made for our own eyes only where it is missing; CoachError where it cannot be: it names the
    `setting` to look at.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CoachError(
            "{folder}: no se puede usar como carpeta de datos ({why}). Revise {setting}.",
            folder=folder,
            why=reason(error),
            setting=setting,
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """All that is asked within is answered from the same instant, on both databases."""
    snapshot: dict[str, Any] = {}
    if engine.dialect.name != "sqlite":
        snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**snapshot) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that takes the write lock at once: what was read in it is still so when it writes.

    One writer at a time on both databases; readers never wait. Transactions are short.
    """
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        if engine.dialect.name != "sqlite":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})")
        yield connection


def page_of(
    connection: Connection, query: Select[Any], *, page: int, size: int
) -> tuple[list[tuple[Any, ...]], int]:
    """The rows of a page (from 0, as all of `query` would give them) and how many there are in all.

    Both in one look: for queries whose work is to find the rows, not to read them.
    """
    counted = query.add_columns(func.count().over().label("of_all")).limit(size).offset(page * size)
    rows = list(connection.execute(counted))
    if rows or page == 0:
        return [tuple(row[:-1]) for row in rows], rows[0].of_all if rows else 0
    total = select(func.count()).select_from(query.order_by(None).subquery())
    return [], connection.execute(total).scalar_one()


def upgrade(engine: Engine, *, setting: str = "database_url") -> str:
    """Bring the schema to the newest version; safe from several processes at once. Gives the older version
    that it was of, "" where it is new or was up to date.

    CoachError where it cannot be opened, or was made by a newer program: it names the `setting` to look at.
    """
    try:
        with reading(engine) as connection:
            found = version(connection)
        if found > newest():
            raise CoachError(
                "{where}: es de una versión más nueva de Temple. Actualice este programa.",
                where=whole(engine.url),
            )
        if found == newest():
            return ""
        with writing(engine) as connection:
            found = version(connection)  # another process may have been first
            _migrate(connection)
            return found if found < newest() else ""
    except SQLAlchemyError as error:
        raise refused(engine, error, setting) from error


def is_older(url: str, *, setting: str = "database_url") -> bool:
    """Whether there is a store that `upgrade` would bring up; nothing of it is changed. CoachError where it
    cannot be opened.
    """
    engine = connect(url, setting=setting)
    try:
        with reading(engine) as connection:
            return "" < version(connection) < newest()
    except SQLAlchemyError as error:
        raise refused(engine, error, setting) from error
    finally:
        engine.dispose()


def refused(engine: Engine, error: SQLAlchemyError, setting: str) -> CoachError:
    """Why it cannot be opened: no room, a folder that may only be read, a damaged file, a server that does
    not answer or lets nobody in; else what the database says itself.
    """
    cause, where = str(error.__cause__ or error), whole(engine.url)
    path = Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None
    if FULL in cause or (path and FAILS in cause and disk_usage(path.parent).free < LEAST_ROOM):
        return CoachError(
            "{where}: no queda espacio en su disco. Libere espacio y vuelva a intentarlo.", where=where
        )
    closed = (
        [one for one in (path.parent, path) if one.exists() and not os.access(one, os.W_OK)] if path else []
    )
    if closed and any(said in cause for said in _UNWRITABLE):
        return CoachError(
            "{folder}: aquí no se puede escribir, y la base de datos lo necesita. Dé permiso de escritura, o "
            "indique otro lugar en {setting}.",
            folder=closed[0],
            setting=setting,
        )
    if is_damaged(error):
        return CoachError(
            "{where}: el archivo está dañado o no es una base de datos de Temple. Muévalo a otra carpeta y "
            "restaure un respaldo: coach db restore ARCHIVO.",
            where=where,
        )
    if path is None and isinstance(error, OperationalError):
        return _unanswered(cause, where, setting)
    return CoachError(
        "{where}: no se puede abrir la base de datos ({why}). Revise {setting} y los permisos de la carpeta.",
        where=where,
        why=cause,
        setting=setting,
    )


def is_damaged(error: BaseException) -> bool:
    """Whether it tells of a file of SQLite that nothing can be read from."""
    return isinstance(error, DatabaseError) and any(said in str(error) for said in _DAMAGED)


def _unanswered(cause: str, where: str, setting: str) -> CoachError:
    """What a server says of itself begins with FATAL, in whatever language; all else is said by our side of
    the line.
    """
    _, answers, said = cause.partition("FATAL:")
    why = said.strip().partition("\n")[0]
    if _NOT_YET.search(why):
        return CoachError(
            "{where}: el servidor de la base de datos está arrancando o deteniéndose ({why}). Espere un "
            "momento y vuelva a intentarlo.",
            where=where, why=why,
        )  # fmt: skip
    if answers:
        return CoachError(
            "{where}: el servidor de la base de datos responde y no deja entrar ({why}). Revise el usuario, "
            "la clave y el nombre de la base en {setting}.",
            where=where,
            why=why,
            setting=setting,
        )
    return CoachError(
        "{where}: el servidor de la base de datos no responde. Compruebe que está en marcha, y el equipo y "
        "el puerto en {setting}.",
        where=where,
        setting=setting,
    )


def version(connection: Connection) -> str:
    """The version of the schema, "" where there is none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


@cache
def newest() -> str:
    """The version that this program brings; its migrations are named by it."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _begin_privately(_dialect: Any, _record: Any, arguments: Any, _options: Any) -> None:
    """A new file of SQLite is for our own eyes only; what SQLite puts beside it has the same rights."""
    name = str(arguments[0]) if arguments else ":memory:"
    if not name.startswith((":", "file:")):
        with suppress(OSError):  # it is there; or SQLite says better what is wrong
            Path(name).touch(mode=0o600, exist_ok=False)


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function(by_name.FUNCTION, 1, by_name.on_sqlite, deterministic=True)


def _kept_text(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> Any:
    """NUL, which PostgreSQL keeps in no text, and half characters, which none keeps, go in as U+FFFD: who
    types or sends them gets an answer, not an error, and the same one everywhere."""
    return statement, _plain(parameters)


def _plain(parameters: Any) -> Any:
    if isinstance(parameters, dict):
        odd = {name for name, value in parameters.items() if isinstance(value, str) and _is_odd(value)}
        changed = {name: _ODD.sub("\ufffd", parameters[name]) for name in odd}
        return {**parameters, **changed} if odd else parameters
    if isinstance(parameters, list):  # of many rows
        return [_plain(row) for row in parameters]
    if any(isinstance(value, str) and _is_odd(value) for value in parameters):
        return tuple(_ODD.sub("\ufffd", v) if isinstance(v, str) else v for v in parameters)
    return parameters


def _is_odd(value: str) -> bool:
    return "\0" in value or (not value.isascii() and _ODD.search(value) is not None)


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
