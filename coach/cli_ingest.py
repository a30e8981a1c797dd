"""`coach ingest`: folders looked into, once or for as long as the program runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import (
    complain,
    end,
    load_settings,
    opened_store,
    refuse,
    stop_asked,
)

if TYPE_CHECKING:
    from coach.ingest import Watched
    from coach.look import Look
    from coach.settings import Settings

_Folders = Annotated[
    list[Path], typer.Argument(metavar="CARPETAS…", help="Dónde deja el grabador las llamadas.")
]
_Source = Annotated[str | None, typer.Option(help="De dónde vienen: una sección [sources.…] de coach.toml.")]
_Manifest = Annotated[Path | None, typer.Option(help="CSV con los datos de cada llamada.")]
_Watch = Annotated[bool, typer.Option("--watch", help="Seguir mirando hasta que se detenga (Ctrl-C).")]
_Every = Annotated[float, typer.Option(min=0.2, help="Segundos entre dos miradas.")]
_Settled = Annotated[
    float, typer.Option(min=0.0, help="Segundos sin cambios para dar un archivo por completo.")
]
_Aside = Annotated[
    Path | None,
    typer.Option(
        "--quarantine", help="A dónde va lo que no se puede leer; sin indicar: data_dir/quarantine."
    ),
]
_Work = Annotated[
    bool,
    typer.Option("--work/--no-work", help="Con --watch: poner en marcha también el proceso que transcribe."),
]


_NAMED = 5  # files named in one sentence

_Try = Annotated[
    str | None,
    typer.Option(
        "--try",
        metavar="PATRÓN",
        help="No tomar nada: mostrar qué lee este patrón (o «.»: el de --source) en los nombres dados.",
    ),
]


def ingest(
    folders: _Folders,
    source: _Source = None,
    manifest: _Manifest = None,
    watch: _Watch = False,
    every: _Every = 5.0,
    settled: _Settled = 5.0,
    quarantine: _Aside = None,
    work: _Work = True,
    pattern: _Try = None,
) -> None:
    """Toma grabaciones y transcripciones de carpetas.

    Cada archivo entra una vez, completo; lo que no se puede leer se aparta con su motivo.
    """
    from coach import rungs, tending
    from coach.call_facts import check_source
    from coach.complaints import some
    from coach.ingest import Watched
    from coach.ingest import watch as keep_watching
    from coach.jobs import job_counts
    from coach.trouble import nap
    from coach.viewers import HOUSE

    settings = load_settings()
    check_source(settings, source)
    if pattern is not None:
        _try(pattern, folders, settings, source)
        return
    with stop_asked() as stop, opened_store(settings, stop if watch else None) as store:
        watched = Watched(
            store, settings, folders, source=source, table=manifest, quarantine=quarantine, settled_s=settled,
            stop=stop,
        )  # fmt: skip
        if watch:
            hands = tending.Hands(settings) if work else None

            def seen(look: Look) -> None:
                _tell(look)
                if hands is not None and (pid := hands.look()):
                    typer.echo(f"Comienza el proceso que transcribe (PID {pid}); sigue cuando esto termina.")

            keep_watching(watched, seen, stop, every)
            return
        looks = _looks(watched)
        if looks[-1].waiting and not nap(settled, stop):  # once more, for what has just been written
            looks += _looks(watched)
        if any(look.transcripts for look in looks):
            rungs.keep_up(store)
        if settings.webhook.url and any(look.transcripts for look in looks):
            typer.echo("Los avisos a otros programas los envía «coach work», o el tablero abierto.")
        queued = job_counts(store, HOUSE).queued
    if queued:
        typer.echo(
            f"En la cola: {queued}. Se transcriben con «coach work --once», o solas mientras el tablero "
            "está abierto."
        )
    for why, left in (
        ("porque pueden estar incompletos", looks[-1].unfinished),
        ("porque son datos de grabaciones que no están", looks[-1].alone),
    ):
        if left:
            names = some((path.name for path in left), _NAMED)
            complain(f"Quedan sin tomar, {why}: {len(left)} ({names}).")
    if stop() and (looks[-1].left or looks[-1].waiting):
        stop.leave()
    end(
        any(look.problems or look.left for look in looks),
        any(look.recordings or look.ids or look.joined or look.known or look.quarantined for look in looks),
    )


def _looks(watched: Watched) -> list[Look]:
    """All that is ready, each look told before the next begins: big files come last."""
    out: list[Look] = []
    while not out or out[-1].later:
        out.append(watched.look())
        _tell(out[-1])
    return out


def _try(pattern: str, paths: list[Path], settings: Settings, source: str | None) -> None:
    """What a pattern reads in names of files, which need not exist, or in the first ones of folders."""
    from transcripts.facts.filenames import dry_run, facts_of

    known = settings.source(source)
    pattern = known.filename_pattern if pattern == "." else pattern
    if not pattern:
        refuse("No hay patrón: indíquelo después de --try, o un --source que tenga «filename_pattern».")
    place = {"country": known.country or settings.country or None, "timezone": known.timezone or None}
    caught = []
    for path in paths:
        inside = path.is_dir()
        caught += dry_run(path, pattern, **place) if inside else [facts_of(path.name, pattern, **place)]
    for one in caught:
        typer.echo(one.file)
        if one.facts is None:
            complain(f"  {one.reason}")
            continue
        for name, value in one.facts.model_dump(exclude_defaults=True).items():
            typer.echo(f"  {name} = {value}")
    if any(one.facts is None for one in caught):
        end(True, any(one.facts for one in caught))


def _tell(look: Look) -> None:
    """What a look brought, in a line, nothing where it brought nothing; and what is left of it."""
    from coach.complaints import some

    told = (
        ("grabaciones nuevas", look.recordings),
        ("transcripciones", look.transcripts),
        ("transferidas unidas", look.joined),
        ("ya conocidas", look.known),
        ("apartadas", len(look.quarantined)),
    )
    if line := ", ".join(f"{name}: {n}" for name, n in told if n):
        typer.echo(line)
    for notice in look.notices:
        typer.echo(notice)
    for problem in look.problems:
        complain(problem)
    if look.later:
        names = some((path.name for path in look.later), _NAMED)
        typer.echo(f"Al final, por ser archivos grandes: {len(look.later)} ({names}).")
    if look.left:
        names = some((path.name for path in look.left), _NAMED)
        complain(
            f"Se detuvo antes de terminar. Quedan por tomar: {len(look.left)} ({names}). Lo tomado está "
            "guardado: repita la orden y sigue donde quedó."
        )
