"""`coach demo | app | lint | doctor`."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import (
    NOTHING_DONE,
    SOME_FAILED,
    complain,
    load_settings,
    opened_store,
    progress_bar,
)

if TYPE_CHECKING:
    from coach.settings import Settings

_Port = Annotated[int | None, typer.Option(help="Puerto del tablero.")]
_Host = Annotated[str | None, typer.Option(help="Dirección en que escucha el tablero.")]


def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Poner en marcha el tablero.")] = True,
    host: _Host = None,
    port: _Port = None,
) -> None:
    """Prepara la demostración y la pone en marcha.

    Transcribe y evalúa las llamadas de ejemplo, importa la historia de muestra, pone en marcha el tablero y
    dice su dirección. La segunda vez encuentra todo hecho.
    """
    from coach.demo import Progress, prepare

    settings = load_settings(host=host, port=port, demo=True)
    typer.echo("Temple: demostración con llamadas inventadas y voces sintéticas.")
    with opened_store(settings) as store, progress_bar() as bar:
        task = bar.add_task("Preparando", total=1.0)

        def part(name: str, fraction: float) -> None:
            bar.update(task, description=name, completed=fraction)

        failed = prepare(store, settings, progress=Progress(bar.console.print, part))
        bar.update(task, description="Listo", completed=1.0)
    for error in failed:
        complain(error)
    if serve:
        _serve(settings)
    elif failed:
        raise typer.Exit(SOME_FAILED)


def dashboard(
    host: _Host = None,
    port: _Port = None,
    certificate: Annotated[
        Path | None, typer.Option(help="Certificado PEM, para HTTPS sin proxy; con --key.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Clave privada PEM de ese certificado.")] = None,
    work: Annotated[
        bool | None,
        typer.Option(
            "--work/--no-work", help="Procesar también las grabaciones; si no, «coach work» aparte."
        ),
    ] = None,
) -> None:
    """Abre el tablero.

    El navegador da el micrófono, que piden las prácticas habladas, solo en este equipo o por HTTPS.
    """
    from coach.demo_people import refuse

    settings = load_settings(host=host, port=port, certificate=certificate, key=key, work=work)
    with opened_store(settings) as store:
        refuse(settings, store)
    _serve(settings)


def lint(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[ARCHIVOS]…",
            help="Pautas, guías, escenarios, pistas o ajustes, o carpetas; sin nombrar: los que se usan.",
        ),
    ] = None,
) -> None:
    """Revisa pautas, guías, escenarios, pistas y ajustes.

    Dice qué está mal, en qué archivo y línea, y qué se quiso decir. Un aviso no impide usar el archivo.
    """
    from coach.lint import check, doubts, files_in_use, within

    settings = load_settings()
    wrong = 0
    named = [file for place in files or () for file in within(place)]
    for file in named or files_in_use(settings):
        mistakes = check(file, settings)
        wrong += bool(mistakes)
        typer.echo(f"✕ {file}" if mistakes else f"✓ {file}")
        for told in mistakes or (f"aviso: {doubt}" for doubt in doubts(file)):
            typer.echo(f"  {told}")
    if wrong:
        raise typer.Exit(SOME_FAILED)


def doctor() -> None:
    """Dice qué falta y cómo conseguirlo."""
    from coach.doctor import examine

    missing = False
    for finding in examine(load_settings()):
        missing |= finding.state == "missing"
        typer.echo(f"{finding.sign} {finding.text}")
    if missing:
        raise typer.Exit(SOME_FAILED)


def _serve(settings: Settings) -> None:
    """The dashboard by uvicorn, until Ctrl+C."""
    import uvicorn

    from coach import certificates
    from coach.settings import hand_over

    certificates.check(settings)
    _check_port(settings)
    hand_over(settings)  # the app and its worker build their own
    name = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0") else settings.host
    scheme = "https" if settings.certificate else "http"
    config = uvicorn.Config(
        "coach.server:app",
        factory=True,
        host=settings.host,
        port=settings.port,
        proxy_headers=True,
        forwarded_allow_ips=list(settings.accounts.proxies),
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.key,
        log_level="warning",
        access_log=False,
    )

    class Telling(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:  # whoever reads the address goes there at once
                typer.echo(f"El tablero está en {scheme}://{name}:{settings.port} (Ctrl+C lo cierra).")

    typer.echo("Abriendo el tablero…")
    server = Telling(config)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise typer.Exit(NOTHING_DONE)


def _check_port(settings: Settings) -> None:
    from coach.types import CoachError

    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise CoachError(
                "No se puede usar {host}:{port} ({why}). Si otro programa lo ocupa, elija otro con --port.",
                host=settings.host,
                port=settings.port,
                why=error.strerror,
            ) from error
