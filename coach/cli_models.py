"""`coach models`: see, fetch and choose speech models; `coach train-demo-asr`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coach.cli_shared import NOTHING_DONE, Group, complain, console, load_settings
from transcripts.listed import listed

app = typer.Typer(
    cls=Group, help="Modelos de voz: ver, descargar, elegir.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("list")
def list_() -> None:
    """Muestra los modelos y cuál se usa."""
    from rich.table import Table

    from coach.speech_models import DEMO_WARNING, MODELS, installed, uses_demo_model

    settings = load_settings()
    here = installed(settings)
    table = Table("modelo", "tamaño", "instalado", "para", box=None, pad_edge=False)
    for model in MODELS.values():
        table.add_row(model.name, f"{model.size_mb} MB", "sí" if model.name in here else "no", model.advice)
    for name in sorted(set(here) - set(MODELS)):
        table.add_row(name, "", "sí", DEMO_WARNING if "demo" in name else "modelo propio")
    console().print(table)
    typer.echo(f"En uso: {settings.speech.model}")
    if settings.speech.model in here and uses_demo_model(settings):
        typer.echo(DEMO_WARNING[0].upper() + DEMO_WARNING[1:] + ".")


@app.command("get")
def get(name: Annotated[str, typer.Argument(metavar="NOMBRE", help="Uno de «coach models list».")]) -> None:
    """Descarga un modelo.

    Solo cuando usted lo pide: Temple nunca descarga nada por su cuenta.
    """
    from coach import speech_models

    settings = load_settings()
    folder = speech_models.get(name, settings)
    typer.echo(f"Listo: {folder}. Para usarlo: coach models use {name}")


@app.command("use")
def use(name: Annotated[str, typer.Argument(metavar="NOMBRE|CARPETA")]) -> None:
    """Elige el modelo, en coach.toml.

    Uno instalado, por su nombre; una carpeta; o «auto», según el equipo.
    """
    from coach import speech_models

    file = speech_models.use(name, load_settings())
    typer.echo(f"{file}: el modelo de voz es ahora «{name}».")


def train_demo_asr(
    out: Annotated[Path, typer.Option("--out", "-o", help="Carpeta del modelo.")] = Path(
        "models/whisper-demo-es"
    ),
    work: Annotated[Path, typer.Option(help="Carpeta de trabajo (unos 3 GB).")] = Path("var/train-demo-asr"),
    minutes: Annotated[float, typer.Option(min=0.1, help="Cuánto entrenar.")] = 180.0,
    seed: Annotated[int, typer.Option(help="Semilla.")] = 1,
    resume: Annotated[bool, typer.Option("--resume/--fresh", help="Seguir donde quedó, o de cero.")] = True,
    begin_with: Annotated[
        Path | None, typer.Option(help="Carpeta de un modelo de ejemplo: se entrena a partir de él.")
    ] = None,
) -> None:
    """Entrena el modelo de voz de ejemplo.

    Con voces sintéticas de espeak-ng; necesita torch («pip install -e .[train]»). Sigue donde quedó.
    """
    from importlib.util import find_spec

    missing = [name for name in ("torch", "transformers", "tokenizers") if find_spec(name) is None]
    if missing:
        complain(
            f"Falta instalar: {listed(missing)}. Son solo para entrenar: "
            "ejecute «.venv/bin/pip install -e .[train]» y repita."
        )
        raise typer.Exit(NOTHING_DONE)
    from transcripts.demo_speech.trainer import train_demo_speech

    train_demo_speech(
        out, minutes=minutes, work=work, seed=seed, resume=resume, progress=typer.echo, begin_with=begin_with
    )
