"""`coach work`: has the list of work done, here or by a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import complain, load_settings, opened_store, refuse, stop_asked

if TYPE_CHECKING:
    from coach.rows import JobCounts

_Tls = Annotated[Path | None, typer.Option(help="Certificado para un planificador tls://…")]


def work(
    once: Annotated[bool, typer.Option("--once", help="Hacer lo que está en la cola y terminar.")] = False,
    engine: Annotated[
        str, typer.Option(help="Quién trabaja: «here», este proceso; «dask», varios procesos o equipos.")
    ] = "here",
    workers: Annotated[
        int | None, typer.Option(min=1, help="Con dask y sin --scheduler: cuántos procesos en este equipo.")
    ] = None,
    scheduler: Annotated[
        str, typer.Option(help="Con dask: dirección del planificador de un clúster, como tls://equipo:8786.")
    ] = "",
    tls_ca: _Tls = None,
    tls_cert: _Tls = None,
    tls_key: Annotated[Path | None, typer.Option(help="Clave de --tls-cert.")] = None,
    parent: Annotated[
        int | None,
        typer.Option(
            "--while", metavar="PID", help="Terminar con el programa que lo inició, que tiene este número."
        ),
    ] = None,
) -> None:
    """Procesa la cola de grabaciones.

    Transcribe y evalúa lo que llega hasta que se detenga con Ctrl+C. El tablero lo hace por sí solo.
    """
    import logging
    import os

    from coach import jobs, stuck, worker
    from coach.claims import now
    from coach.runners import RUNNERS
    from coach.runners.types import Wanted
    from coach.viewers import HOUSE

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("coach").setLevel(logging.INFO)  # what libraries say of their progress tells nobody
    name = next((one for one in RUNNERS if one == engine), None)
    if name is None:
        refuse(f"--engine «{engine}»: no existe. Hay: {', '.join(RUNNERS)}.")
    if name == "here" and (workers or scheduler):
        refuse("--workers y --scheduler son para --engine dask. Agréguelo, o quítelos.")
    several = workers or max(1, (os.cpu_count() or 1) // 2)
    wanted = Wanted(name, several, scheduler, tls_ca, tls_cert, tls_key)
    settings = load_settings()
    with stop_asked() as asked, opened_store(settings, asked) as store:

        def stop() -> bool:  # the program that started us is gone, and nobody would stop us
            return asked() or (parent is not None and os.getppid() != parent)

        with stuck.bounded(stop, lambda: jobs.lose(store, jobs.worker_name())):
            if once:
                begun = now()
                worker.drain_by(store, settings, wanted, stop)
                _tell(jobs.job_counts(store, HOUSE, ended_since=begun))
            elif not worker.work(store, settings, stop, wanted, patient=parent is not None) and not stop():
                complain("Ya hay un proceso trabajando con esta carpeta de datos: no hace falta otro.")


def _tell(counts: JobCounts) -> None:
    """What became of the queue."""
    left = counts.queued + counts.running + counts.paused
    if not (counts.done or counts.failed or left):
        typer.echo("No había nada en la cola.")
        return
    typer.echo(f"Transcritas y evaluadas: {counts.done}. Con error: {counts.failed}. En la cola: {left}.")
    if counts.failed:
        complain("Por qué fallaron lo dice «coach jobs».")
