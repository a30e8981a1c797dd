"""`coach webhook`: whether a program of the house receives what Temple tells it, and sending again what did
not arrive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import Group, load_settings, opened_store, refuse

if TYPE_CHECKING:
    from coach.settings import Settings  # loads pydantic, which the help does without

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

    settings = _settings()
    if error := try_out(settings):
        refuse(f"{settings.webhook.url}: no llegó ({error}). Revise la dirección y el programa que escucha.")
    typer.echo(f"{settings.webhook.url}: llegó.")


@app.command("retry")
def retry(
    call: Annotated[str, typer.Argument(metavar="[LLAMADA]", help="Solo los de esta llamada.")] = "",
) -> None:
    """Manda otra vez los avisos que no llegaron y ya no se intentan.

    Los manda el trabajador (coach work, o el tablero), en segundos. No se manda el de una falta que una
    persona ya decidió.
    """
    from coach.webhook import retry as send_again

    settings = _settings()
    with opened_store(settings) as store:
        calls = send_again(store, settings, call)
    if not calls:
        refuse(f"{f'{call}: n' if call else 'N'}o hay avisos por mandar otra vez.")
    typer.echo(f"Avisos que se mandan otra vez: {len(calls)}. Llamadas: {', '.join(dict.fromkeys(calls))}.")


def _settings() -> Settings:
    settings = load_settings()
    if not settings.webhook.url:
        refuse("Falta «url» en [webhook] de coach.toml: todavía no se avisa a nadie. Vea docs/webhook.md.")
    return settings
