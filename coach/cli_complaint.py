"""`coach complaint`: everything about one account's calls, as one ZIP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import load_settings, opened_store, refuse, refuse_to_write
from coach.whole_files import whole_file

if TYPE_CHECKING:
    from coach.written import Language


def complaint(
    account: Annotated[str, typer.Argument(metavar="CUENTA", help="El número de la cuenta.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Archivo .zip que se escribe.")],
    with_audio: Annotated[bool, typer.Option("--with-audio", help="Con las grabaciones.")] = False,
    language: Annotated[str, typer.Option(help="Idioma del PDF: es o en.")] = "es",
) -> None:
    """Escribe el expediente de una cuenta para una queja: llamadas, veredictos, accesos, y un PDF encima."""
    from coach.exporters.account_zip import account_zip
    from coach.viewers import HOUSE

    if language not in ("es", "en"):
        refuse(f"--language «{language}»: use es o en.")
    if out.suffix.lower() != ".zip":
        refuse(f"{out}: el archivo debe terminar en .zip.")
    tongue: Language = "en" if language == "en" else "es"
    settings = load_settings()
    with opened_store(settings) as store:
        try:
            with whole_file(out, private=True) as part, part.open("wb") as target:
                account_zip(store, settings, HOUSE, account, target, with_audio=with_audio, language=tongue)
        except OSError as error:
            refuse_to_write(out, error)
    typer.echo(out)
