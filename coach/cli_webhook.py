"""`coach webhook try`: whether a program of the house receives what Temple tells it."""

from __future__ import annotations

import typer

from coach.cli_shared import Group, load_settings, refuse

app = typer.Typer(
    cls=Group,
    help="Avisos al instante a un programa de la casa.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def _webhook() -> None:
    """Avisos al instante a un programa de la casa."""


@app.command("try")
def try_() -> None:
    """Manda ya un aviso de prueba, firmado como los demás, y dice si llegó."""
    from coach.webhook import try_out

    settings = load_settings()
    if not settings.webhook.url:
        refuse("Falta «url» en [webhook] de coach.toml: todavía no se avisa a nadie. Vea docs/webhook.md.")
    if error := try_out(settings):
        refuse(f"{settings.webhook.url}: no llegó ({error}). Revise la dirección y el programa que escucha.")
    typer.echo(f"{settings.webhook.url}: llegó.")
