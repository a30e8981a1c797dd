"""`coach jobs …`: what waits, how long it still takes, and what people want of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import (
    NOTHING_DONE,
    Group,
    complain,
    end,
    load_settings,
    opened_store,
    refuse,
)

if TYPE_CHECKING:
    from coach.jobs import Priority
    from coach.store import Store
    from coach.time_left import TimeLeft
    from coach.types import Job, JobStep
    from coach.viewers import Viewer

app = typer.Typer(cls=Group, help="Trabajos: lo que espera y lo que corre.", rich_markup_mode=None)

PRIORITIES: dict[str, Priority] = {"alta": "high", "normal": "normal", "baja": "low"}
STATES = {
    "queued": "en cola",
    "running": "en curso",
    "paused": "en pausa",
    "done": "lista",
    "failed": "falló",
    "cancelled": "cancelada",
}
STEPS: dict[str, JobStep] = {"transcribir": "transcribe", "analizar": "analyze", "evaluar": "score"}

_NAMED = 5  # calls in one sentence
_Ids = Annotated[list[int] | None, typer.Argument(metavar="TRABAJOS…", help="Números de trabajo.")]


@app.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    most: Annotated[int, typer.Option(min=1, help="Cuántos se muestran, como mucho.")] = 20,
) -> None:
    """Muestra los trabajos y cuánto falta.

    Sin más palabras: los que corren, los que esperan y los que fallaron.
    """
    if context.invoked_subcommand:
        return
    from coach import job_orders, jobs
    from coach.time_left import time_left
    from coach.viewers import HOUSE

    with opened_store(load_settings()) as store:
        counts = jobs.job_counts(store, HOUSE)
        for job in jobs.open_jobs(store, HOUSE, finished=5, most=most):
            typer.echo(line(job))
        told = ", ".join(f"{name}: {getattr(counts, state)}" for state, name in STATES.items())
        typer.echo(told.capitalize() + ".")
        if pause := job_orders.queue_paused(store, HOUSE):
            typer.echo(f"La cola está en pausa desde {pause.at:%Y-%m-%d %H:%M} UTC, por {pause.by}.")
        typer.echo(left_in_words(time_left(store, HOUSE)))


@app.command("pause")
def pause(ids: _Ids = None) -> None:
    """Pausa trabajos o toda la cola.

    Sin números, toda la cola: lo que corre termina y nada más empieza, tampoco si el equipo se reinicia.
    """
    from coach import job_orders
    from coach.viewers import HOUSE

    if ids:
        _each(ids, job_orders.pause, "En pausa", "Quedan en pausa")
        return
    with opened_store(load_settings()) as store:
        job_orders.pause_queue(store, HOUSE)
    typer.echo("La cola está en pausa. Siga con: coach jobs resume")


@app.command("resume")
def resume(ids: _Ids = None) -> None:
    """Sigue con trabajos en pausa o con la cola."""
    from coach import job_orders
    from coach.viewers import HOUSE

    if ids:
        _each(ids, job_orders.go_on, "Siguen")
        return
    with opened_store(load_settings()) as store:
        job_orders.resume_queue(store, HOUSE)
    typer.echo("La cola sigue.")


@app.command("cancel")
def cancel(ids: Annotated[list[int], typer.Argument(metavar="TRABAJOS…")]) -> None:
    """Cancela trabajos.

    Los que esperan, al instante; los que corren, cuando termine el tramo de audio que oyen.
    """
    from coach import job_orders

    _each(ids, job_orders.cancel, "Cancelados", "Se cancelan")


@app.command("retry")
def retry(
    ids: _Ids = None,
    failed: Annotated[bool, typer.Option("--failed", help="Todos los que fallaron.")] = False,
) -> None:
    """Reintenta trabajos que fallaron o se cancelaron.

    Cada uno sigue desde el paso al que había llegado.
    """
    from coach import job_orders
    from coach.viewers import HOUSE

    if not ids and not failed:
        complain("Indique números de trabajo, o --failed para todos los que fallaron.")
        raise typer.Exit(NOTHING_DONE)
    _each(ids or [], job_orders.retry, "De nuevo en cola")
    if failed:
        with opened_store(load_settings()) as store:
            typer.echo(f"De nuevo en cola: {job_orders.retry_failed(store, HOUSE)}.")


@app.command("priority")
def priority(
    level: Annotated[str, typer.Argument(metavar="PRIORIDAD", help="alta, normal o baja.")],
    ids: Annotated[list[int], typer.Argument(metavar="TRABAJOS…")],
) -> None:
    """Adelanta o atrasa trabajos."""
    from coach import job_orders

    wanted = priority_of(level)
    _each(
        ids,
        lambda store, viewer, job: job_orders.set_priority(store, viewer, job, wanted),
        f"Prioridad {level}",
    )


@app.command("rerun")
def rerun(
    since: Annotated[
        str, typer.Option("--from", help="Desde qué paso: transcribir, analizar o evaluar.")
    ] = "transcribir",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Solo contar.")] = False,
) -> None:
    """Pone en cola lo evaluado con modelos o pautas de antes.

    Se repiten solo los pasos que cambiaron; los resultados de antes se guardan. Las llamadas de una pauta que
    no se puede usar quedan como están, y se nombran.
    """
    from coach import reruns
    from coach.complaints import some
    from coach.viewers import HOUSE

    if since not in STEPS:
        refuse(f"--from «{since}»: no es un paso. Hay: {', '.join(STEPS)}.")
    settings = load_settings()
    with opened_store(settings) as store:
        found = reruns.rerun(store, settings, HOUSE, STEPS[since], dry_run=dry_run)
    head = "Se pondrían en cola" if dry_run else "En cola"
    typer.echo(
        f"{head}: por transcribir {found.transcribe}, por analizar {found.analyze}, "
        f"por evaluar {found.score}. Ya están al día: {found.same}."
    )
    for why, ids in found.waiting.items():
        complain(
            f"{why} Sus llamadas quedan como están: {len(ids)} ({some(ids, _NAMED)}). "
            "Corrija el archivo y repita la orden."
        )
    end(bool(found.waiting), bool(found.transcribe or found.analyze or found.score or found.same))


def priority_of(level: str) -> Priority:
    """The priority that a person wrote; refused in words where it is none."""
    if level not in PRIORITIES:
        refuse(f"Prioridad «{level}»: no existe. Hay: {', '.join(PRIORITIES)}.")
    return PRIORITIES[level]


def line(job: Job) -> str:
    """A job in a line: number, state, how far, name, and what is wrong."""
    from coach import stuck

    steps = {step: name for name, step in STEPS.items()}
    state = STATES[job.state]
    if job.state == "running":
        state += f" ({steps[job.step]} {job.progress:.0%})"
        if job.cancel_asked or job.pause_asked:
            state += ", se detiene"
        if minutes := stuck.silent_for(job):
            state += f", sin avanzar desde hace {minutes} minutos"
    first = {0: "alta", 2: "baja"}.get(job.rank, "") if job.state == "queued" else ""
    return " · ".join(part for part in (str(job.id), state, first, job.name, job.error) if part)


def left_in_words(left: TimeLeft) -> str:
    """How long it still takes, or why that cannot be told."""
    from coach.time_left import rounded

    match left.why:
        case "empty":
            return "No queda nada por hacer."
        case "paused":
            return "Tiempo restante: no corre, la cola está en pausa."
        case "nobody":
            return "Tiempo restante: aún no se sabe; nadie está trabajando. Empiece con: coach work"
        case "unmeasured":
            return "Tiempo restante: aún no se sabe; falta terminar la primera llamada para medir."
    n, unit = rounded(left.seconds or 0.0)
    units = {"min": ("minuto", "minutos"), "h": ("hora", "horas"), "d": ("día", "días")}[unit]
    workers = "1 proceso" if left.workers == 1 else f"{left.workers} procesos"
    return f"Tiempo restante: cerca de {n} {units[n != 1]}, con {workers}."


def shortly(left: TimeLeft) -> str:
    """For a line that has no room: nothing where it is not known."""
    from coach.time_left import rounded

    if left.why:
        return ""
    n, unit = rounded(left.seconds or 0.0)
    return f" (queda cerca de {n} {unit})"


def _each(
    ids: list[int], act: Callable[[Store, Viewer, int], bool | None], done: str, later: str = ""
) -> None:
    """Do it with each and say with which it is `done`, and with which it will be; a number that is none is
    told and costs the others nothing.
    """
    from coach.types import CoachError
    from coach.viewers import HOUSE

    did: list[str] = []
    asked: list[str] = []
    wrong: list[str] = []
    with opened_store(load_settings()) as store:
        for number in ids:
            try:
                at_once = act(store, HOUSE, number) is not False
                (did if at_once else asked).append(str(number))
            except CoachError as error:
                wrong.append(str(error))
    if did:
        typer.echo(f"{done}: {', '.join(did)}.")
    if asked:
        typer.echo(
            f"{later} al terminar el tramo de audio que se oye ahora: {', '.join(asked)}. "
            "Si no avanza, detenga «coach work» e inícielo de nuevo."
        )
    for sentence in wrong:
        complain(sentence)
    end(bool(wrong), bool(did or asked))
