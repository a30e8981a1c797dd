"""`coach sample` and `coach queue`: draw the calls that people hear, and see what waits."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from coach.cli_shared import console, load_settings, opened_store, refuse

REASONS = {
    "random": "al azar",
    "critical": "falta crítica por confirmar",
    "disagreement": "veredicto que las personas suelen cambiar",
    "threshold": "cerca de un límite de puntos",
    "doubt": "veredictos por revisar",
    "new_agent": "agente nuevo",
}


def sample(
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="AAAA-MM-DD", help="El día del sorteo; hoy, sin indicar."),
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Solo decir qué saldría.")] = False,
    missing: Annotated[
        bool, typer.Option(help="Sortear además lo que falta este mes a cada agente («per_agent»).")
    ] = False,
) -> None:
    """Sortea las llamadas que conviene escuchar y las pone en la cola.

    Entran las que todavía no tuvieron su oportunidad. El día es la semilla: el mismo día, con las mismas
    llamadas, salen las mismas.
    """
    from coach import quotas, sampling
    from coach.viewers import HOUSE

    if dry_run and missing:
        refuse("--missing no se puede probar con --dry-run: use uno de los dos.")
    settings = load_settings()
    with opened_store(settings) as store:
        made = sampling.draw(store, settings, HOUSE, day.date() if day else None, keep=not dry_run)
        added = quotas.draw_missing(store, settings, HOUSE, made.day) if missing else None
        short = [row for row in quotas.quotas(store, settings, HOUSE, made.day) if row.cut] if missing else []
    if not made.frame:
        typer.echo("No hay llamadas nuevas para sortear.")
    else:
        verb = "Saldrían" if dry_run else "En la cola"
        typer.echo(f"{verb}: {len(made.drawn)} de {made.frame} llamadas; a ciegas: {made.blind}.")
        for reason, label in REASONS.items():
            if n := sum(one.drawn == reason for one in made.drawn):
                typer.echo(f"  {n:4}  {label}")
    if added is not None:
        typer.echo(f"Para completar las revisiones del mes: {added}.")
    for row in short:
        typer.echo(
            f"  {row.agent}: para revisar quedan {row.quota}; el texto de otras {row.erased} se borró."
        )


def queue(
    limit: Annotated[int, typer.Option(min=1, help="Cuántas se muestran.")] = 20,
) -> None:
    """Muestra las llamadas que esperan a una persona, la más urgente primero."""
    from rich.table import Table

    from coach.tasks import queue as waiting
    from coach.viewers import HOUSE

    settings = load_settings()
    with opened_store(settings) as store:
        page = waiting(store, settings, HOUSE, size=limit)
    if not page.rows:
        typer.echo("No espera ninguna llamada. «coach sample» sortea las que conviene escuchar.")
        return
    table = Table("llamada", "agente", "por qué", "hasta", "quién", box=None, pad_edge=False)
    for row in page.rows:
        why = "a ciegas" if row.reason is None else REASONS[row.reason]
        due = f"{row.due_on:%d/%m/%Y}{' (vencida)' if row.overdue else ''}" if row.due_on else ""
        table.add_row(row.recording_id, row.agent or "sin asignar", why, due, row.assignee or "")
    console().print(table)
    if page.total > len(page.rows):
        typer.echo(f"… y {page.total - len(page.rows)} más.")
