"""`coach size`: what a number of calls a day asks of machines and disks."""

from __future__ import annotations

from typing import Annotated

import typer

from coach.cli_shared import console

_NAMES = {
    "sound": "audio al día",
    "calls_per_s": "llamadas por segundo, de media",
    "cards": "tarjetas (GPU) para oír",
    "cores_instead": "… o núcleos, sin tarjeta",
    "text_cores": "núcleos para entender y evaluar",
    "memory": "memoria de los procesos",
    "audio_disk": "disco para grabaciones",
    "store_disk": "disco para la base de datos",
    "kept_calls": "llamadas en la base",
    "writer": "tiempo del que escribe en la base",
}
_ADVICE = {
    "sqlite": "Base de datos: basta SQLite, en un solo equipo.",
    "postgresql": "Base de datos: PostgreSQL (varios equipos, o mucho que escribir).",
    "beyond_measured": (
        "Listas y cifras están medidas hasta 560 000 llamadas y 2 700 al día. Para más: guarde menos días, "
        "reparta por sede o cartera en varias bases, o mida antes con «python -m benchmarks.make_store»."
    ),
    "split": "Un solo escritor no da abasto con holgura: reparta por sede o cartera en varias bases.",
}


def size(
    calls_per_day: Annotated[int, typer.Option(min=1, help="Llamadas al día.")],
    minutes: Annotated[float, typer.Option(min=0.1, help="Minutos de una llamada, de media.")] = 3.0,
    hours: Annotated[float, typer.Option(min=1, max=24, help="Horas del día en que se trabaja.")] = 20.0,
    card_speed: Annotated[
        float, typer.Option(min=0.1, help="Segundos de audio que una tarjeta oye en un segundo.")
    ] = 40.0,
    core_speed: Annotated[float, typer.Option(min=0.01, help="Lo mismo de un núcleo, sin tarjeta.")] = 0.8,
    kbit: Annotated[float, typer.Option(min=1, help="Kilobits por segundo de las grabaciones.")] = 32.0,
    audio_days: Annotated[int, typer.Option(min=1, help="Días que se guarda el audio.")] = 90,
    text_days: Annotated[int, typer.Option(min=1, help="Días que se guardan textos y resultados.")] = 365,
) -> None:
    """Calcula cuántos equipos y cuánto disco piden tantas llamadas al día, con la cuenta a la vista.

    Ponga sus cifras: docs/scale.md dice cuáles están medidas y de dónde vienen las demás.
    """
    from rich.table import Table

    from coach.sizing import Load, advice, plan

    load = Load(calls_per_day, minutes, hours, card_speed, core_speed, kbit, audio_days, text_days)
    table = Table("qué", "cuánto", "cómo", box=None)
    table.columns[1].justify = "right"
    for figure in plan(load):
        table.add_row(_NAMES[figure.name], f"{_spoken(figure.value)} {figure.unit}".strip(), figure.how)
    console().print(table)
    for code in advice(load):
        typer.echo(_ADVICE[code])


def _spoken(value: float) -> str:
    """Whole above ten, with thousands apart; else two figures."""
    return f"{value:,.0f}".replace(",", " ") if value >= 10 else f"{value:.2g}"
