"""`coach mute | person`: what leaves without names, and one person's data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import (
    NOTHING_DONE,
    Group,
    complain,
    end,
    load_settings,
    opened_store,
    refuse_to_write,
    write_out,
)

if TYPE_CHECKING:
    from coach.person_erase import Erasure

person = typer.Typer(
    cls=Group, help="Los datos de una persona, por su cuenta.", no_args_is_help=True, rich_markup_mode=None
)

_Call = Annotated[str, typer.Argument(metavar="LLAMADA", help="El id de la llamada.")]
_Account = Annotated[str, typer.Argument(metavar="CUENTA", help="La cuenta del titular.")]
_Backups = Annotated[
    Path | None, typer.Option("--backups", help="Carpeta de copias; sin ella, donde se respaldó.")
]


def mute(
    call_id: _Call,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Archivo .wav o .flac; sin él, LLAMADA.flac aquí.")
    ] = None,
    beep: Annotated[bool, typer.Option("--beep", help="Con un pitido en vez de silencio.")] = False,
) -> None:
    """Escribe una copia del audio sin nombres ni datos de nadie; montos y fechas se oyen.

    Al lado queda la lista de lo que se calló, en segundos.
    """
    from coach.muting import list_beside
    from coach.muting import mute as write
    from coach.viewers import HOUSE

    target = out or Path(f"{Path(call_id).name}.flac")
    with opened_store(load_settings()) as store:
        try:
            moments = write(store, HOUSE, call_id, target, beep=beep)
        except OSError as error:
            refuse_to_write(target, error)
    typer.echo(target)
    complain(f"Momentos callados: {len(moments)}. La lista: {list_beside(target)}")


@person.command("copy")
def copy(
    account: _Account, out: Annotated[Path, typer.Option("--out", "-o", help="Archivo .zip que se escribe.")]
) -> None:
    """Escribe todo lo que hay de una cuenta, para quien lo pidió."""
    from coach.named_calls import beside, told
    from coach.person_copy import copy as write
    from coach.viewers import HOUSE

    settings = load_settings()
    with opened_store(settings) as store:
        try:
            calls = write(store, settings, HOUSE, account, out)
        except OSError as error:
            refuse_to_write(out, error)
        others = beside(store, HOUSE, account)
    typer.echo(out)
    if others:
        complain(told(others))
    complain(f"Llamadas: {calls}. El archivo no va cifrado: entréguelo por un medio seguro.")


@person.command("erase")
def erase(
    account: Annotated[str, typer.Argument(metavar="CUENTA", help="La cuenta del titular.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Borrar de verdad; sin esto, solo se dice qué.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Después de restaurar una copia: borrar a quienes ya se borró.")
    ] = False,
    ledger: Annotated[
        Path | None,
        typer.Option(help="Con --again: el erasures.jsonl de la carpeta de datos de antes, o su copia."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Archivo de texto para el informe.")] = None,
    backups: _Backups = None,
) -> None:
    """Borra los datos de una cuenta.

    Sin --yes solo muestra qué se borraría.
    """
    from coach import erasures, person_erase
    from coach.viewers import HOUSE

    if bool(account) == again:
        complain("Indique una cuenta, o --again sin cuenta.")
        raise typer.Exit(NOTHING_DONE)
    settings = load_settings()
    failed: tuple[str, ...] = ()
    looked: tuple[erasures.Entry, ...] = ()
    with opened_store(settings) as store:
        if again:
            made, failed = person_erase.erase_again(store, HOUSE, backups, ledger, rehearse=not yes)
            looked = erasures.known(store, ledger)
        elif yes:
            made = (person_erase.erase(store, HOUSE, account, backups),)
        else:
            made = (person_erase.planned(store, HOUSE, account, backups),)
    if made or not failed:  # where nothing could be erased, why not is told below
        _report(made, out)
    if looked and not made and not failed:  # a copy of the ledger may be older than the last erasures
        last = max(one.at for one in looked)[:10]
        complain(f"Borrados anotados que se miraron: {len(looked)}; el último, del {last}.")
    if made and not yes:
        complain("No se borró nada todavía. Para borrar: el mismo comando con --yes.")
    for error in failed:
        complain(error)
    end(bool(failed), bool(made))


def _report(made: tuple[Erasure, ...], out: Path | None) -> None:
    from coach.erasure_report import report, summary

    text = "\n".join(map(report, made)) or "No hay nada que borrar de nuevo.\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    write_out(out, text.encode(), private=True)
    typer.echo(out)
    for one in made:
        complain(summary(one))
