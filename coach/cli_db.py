"""`coach db upgrade | copy | backup | backups | restore | check`."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import Group, complain, load_settings, opened_store, progress_bar, refuse

if TYPE_CHECKING:
    from coach.archives import Manifest
    from coach.moving import Moved
    from coach.settings import Settings

app = typer.Typer(
    cls=Group,
    help="Base de datos: al día, copiar, respaldar, restaurar.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Archive = Annotated[Path, typer.Argument(metavar="ARCHIVO.zip", help="Un respaldo de «coach db backup».")]


class Which(StrEnum):
    none = "none"
    own = "own"
    all = "all"


@app.command("upgrade")
def upgrade() -> None:
    """Crea la base de datos o la lleva a la versión de este programa."""
    with opened_store(load_settings()):
        pass
    typer.echo("La base de datos está al día.")


@app.command("copy")
def copy(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="Base de datos vacía que la recibe.")],
    source: Annotated[
        str, typer.Option("--from", metavar="URL", help="De dónde; sin indicar: la de los ajustes.")
    ] = "",
) -> None:
    """Copia todo a otra base de datos, de SQLite a PostgreSQL o al revés.

    Comprueba cada fila. Llega todo o no llega nada. Detenga antes el tablero y los procesos de trabajo: lo
    que se guarde durante la copia queda solo en el origen. Las grabaciones siguen donde están.
    """
    from coach import database
    from coach.moving import copy as move

    settings = load_settings()
    old, new = database.connect(source or settings.url), database.connect(to)
    try:
        with progress_bar() as bar:
            task = bar.add_task("Copiando", total=None)
            moved = move(old, new, lambda table, rows: bar.update(task, description=f"{table}: {rows}"))
    finally:
        old.dispose()
        new.dispose()
    _tell_moved(moved)
    _tell_recordings(settings.model_copy(update={"database_url": to}))
    typer.echo("Ponga la nueva dirección en «database_url» de coach.toml y abra de nuevo el tablero.")


@app.command("backup")
def backup(
    target: Annotated[Path, typer.Argument(metavar="CARPETA|ARCHIVO.zip", help="Dónde dejar el respaldo.")],
    recordings: Annotated[
        Which,
        typer.Option(help="own: las de la carpeta de datos; all: también las que se leen donde están; none."),
    ] = Which.own,
    rubrics: Annotated[
        bool, typer.Option("--rubrics/--no-rubrics", help="Pautas, guía y escenarios propios.")
    ] = True,
    settings_too: Annotated[
        bool, typer.Option("--settings/--no-settings", help="coach.toml, con las claves que tenga.")
    ] = True,
    portable: Annotated[
        bool, typer.Option("--portable", help="De PostgreSQL: como archivo SQLite, que se restaura en ambas.")
    ] = False,
    keep: Annotated[
        int, typer.Option("--keep", min=1, max=3660, metavar="DÍAS", help="Cuántos días se guarda.")
    ] = 30,
) -> None:
    """Respalda todo en un archivo, mientras se trabaja, y lo lee de vuelta.

    En una carpeta, borra después los respaldos vencidos: el plazo de cada uno está escrito en él.
    """
    from coach import audit, backups, backups_kept
    from coach.viewers import HOUSE

    settings = load_settings()
    wanted = backups.Wanted(recordings.value, rubrics, settings_too, portable, keep)
    with opened_store(settings) as store, progress_bar() as bar:
        task = bar.add_task("Respaldando", total=None)
        made = backups.make(
            store, settings, target, wanted, each=lambda name: bar.update(task, description=name[-50:])
        )
        backups_kept.remember(store.data_dir, made.archive.parent)
        audit.note(store, HOUSE, "backup", f"file:{made.archive.name}", until=made.manifest.kept_until.date())
    typer.echo(f"{made.archive}: {_size(made.archive.stat().st_size)}, leído de vuelta y comprobado.")
    _tell_manifest(made.manifest)
    for gone in made.expired:
        typer.echo(f"Vencido y borrado: {gone.name}")


@app.command("backups")
def backups_(folder: Annotated[Path, typer.Argument(metavar="CARPETA")]) -> None:
    """Muestra los respaldos de una carpeta y hasta cuándo se guardan."""
    from coach.backups import known

    if not folder.is_dir():
        refuse(f"{folder}: no es una carpeta. Indique la de los respaldos.")
    os.listdir(folder)  # a folder that may not be read would look empty
    found = False
    for path, manifest in known(folder):
        found = True
        if manifest is None:
            complain(f"{path.name}: no se puede leer como respaldo.")
        else:
            until = f"{manifest.kept_until:%Y-%m-%d}"
            typer.echo(f"{path.name}: {_size(path.stat().st_size)}, se guarda hasta {until}")
    if not found:
        typer.echo("Aquí no hay respaldos. Haga uno: coach db backup CARPETA")


@app.command("check")
def check(archive: _Archive) -> None:
    """Lee un respaldo entero y dice si está sano."""
    from coach.archives import check as checked

    manifest = checked(archive)
    typer.echo(f"{archive}: sano.")
    _tell_manifest(manifest)


@app.command("restore")
def restore(archive: _Archive) -> None:
    """Restaura un respaldo donde los ajustes dicen, si allí no hay nada.

    No sobrescribe: con datos, se detiene y lo dice. Un respaldo de una versión anterior se pone al día.
    """
    from coach import audit
    from coach.restoring import restore as bring_back
    from coach.viewers import HOUSE

    settings = load_settings()
    with progress_bar() as bar:
        task = bar.add_task("Restaurando", total=None)
        done = bring_back(settings, archive, each=lambda name: bar.update(task, description=name[-50:]))
    with opened_store(settings) as store:
        audit.note(store, HOUSE, "restore", f"file:{archive.name}")
    typer.echo(f"Restaurado en {settings.data_dir}: cada tabla es igual a la del respaldo.")
    if done.upgraded:
        typer.echo("Era de una versión anterior de Temple; quedó al día.")
    if done.settings is not None:
        typer.echo(
            f"Ajustes del respaldo: {done.settings.resolve()}. Nada los usa ahí: compárelos con los de este "
            "equipo, copie lo que falte y borre el archivo, que puede tener claves."
        )
    typer.echo(
        "A quienes se borró después de este respaldo, bórrelos de nuevo con el registro de borrados de la "
        "carpeta de datos de antes, o su copia: coach person erase --again --ledger ERASURES.jsonl --yes"
    )
    _tell_recordings(settings)


def _tell_moved(moved: Moved) -> None:
    for name, held in moved.tables.items():
        if held.rows:
            typer.echo(f"✓ {name}: {held.rows} filas, {held.digest[:12]}")
    rows = sum(held.rows for held in moved.tables.values())
    typer.echo(f"Copia comprobada: {rows} filas de {len(moved.tables)} tablas, iguales una por una.")


def _tell_recordings(settings: Settings) -> None:
    from coach.backups import whereabouts

    with opened_store(settings) as store:
        here, outside, missing = whereabouts(store)
    typer.echo(f"Grabaciones: {here} en {settings.data_dir.resolve()}, {outside} en otras carpetas.")
    for path in missing[:5]:
        complain(f"No está: {path}")
    if len(missing) > 5:
        complain(f"y {len(missing) - 5} más.")


def _tell_manifest(manifest: Manifest) -> None:
    words = {"database": "base de datos", "recordings": "grabaciones", "rubrics": "pautas"}
    words |= {"settings": "ajustes"}
    rows = sum(table.rows for table in manifest.tables.values())
    typer.echo(f"Contiene: {', '.join(words.get(name, name) for name in manifest.holds)}; {rows} filas.")
    typer.echo(
        f"Hecho el {manifest.made_at:%Y-%m-%d %H:%M} UTC; se guarda hasta {manifest.kept_until:%Y-%m-%d}."
    )
    if manifest.left_out:
        none = "" if "recordings" in manifest.holds else "No lleva ninguna grabación. "
        typer.echo(f"{none}Grabaciones que no incluye: {manifest.left_out} (vea --recordings).")
    if manifest.missing:
        complain(f"Grabaciones cuyo archivo no estaba: {len(manifest.missing)}, como {manifest.missing[0]}")


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size < 1e9 else f"{size / 1e9:.1f} GB"
