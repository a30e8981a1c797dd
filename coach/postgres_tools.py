"""PostgreSQL's own programs, where they are installed: pg_dump and pg_restore."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL, Engine, text

from coach import database
from coach.every_table import metadata
from coach.row_digests import Held, held
from coach.settings import with_variables
from coach.types import CoachError

_OTHER_VERSION = "server version mismatch"


def dump(engine: Engine, target: Path) -> dict[str, Held] | None:
    """The database as pg_dump's own format, and what its tables held at that very instant.

    None where pg_dump is missing, or older than the server.
    """
    program = shutil.which("pg_dump")
    if program is None:
        return None
    with database.reading(engine) as connection:
        snapshot = str(connection.execute(text("SELECT pg_export_snapshot()")).scalar_one())
        options = ["--format=custom", "--compress=3", "--no-owner", "--no-privileges"]
        ended = _run(program, engine.url, f"--snapshot={snapshot}", f"--file={target}", *options)
        if ended.returncode and _OTHER_VERSION in ended.stderr:
            return None
        if ended.returncode:
            raise CoachError("pg_dump no pudo leer la base de datos: {error}", error=ended.stderr.strip())
        return {table.name: held(connection, table) for table in metadata.sorted_tables}


def restore(engine: Engine, source: Path) -> None:
    """What `dump` wrote into a database that holds nothing; whole or not at all."""
    program = shutil.which("pg_restore")
    if program is None:
        raise CoachError("Este respaldo necesita pg_restore. Instale el cliente de PostgreSQL y repita.")
    options = ["--clean", "--if-exists", "--single-transaction", "--exit-on-error"]
    options += ["--no-owner", "--no-privileges"]
    url = engine.url
    ended = _run(program, url, *options, str(source))
    if ended.returncode:
        raise CoachError("pg_restore no pudo escribir la base de datos: {error}", error=ended.stderr.strip())


def _run(program: str, url: URL, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The password goes by the environment: a command line can be read by all."""
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    command = [program, "--no-password", f"--dbname={plain}", *arguments]
    return subprocess.run(command, env=with_variables(secret), capture_output=True, text=True, check=False)
