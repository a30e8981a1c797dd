"""`coach mute | retention | person`: what leaves without names, how long is kept, one person's data."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import (
    NOTHING_DONE,
    SOME_FAILED,
    Group,
    complain,
    country_code,
    load_settings,
    opened_store,
    refuse_to_write,
)

if TYPE_CHECKING:
    from coach.person_erase import Erasure
    from coach.retention import Due, Rule

retention = typer.Typer(
    cls=Group, help="Cuánto se conserva cada cosa.", no_args_is_help=True, rich_markup_mode=None
)
person = typer.Typer(
    cls=Group, help="Los datos de una persona, por su cuenta.", no_args_is_help=True, rich_markup_mode=None
)

_Call = Annotated[str, typer.Argument(metavar="LLAMADA", help="El id de la llamada.")]
_Account = Annotated[str, typer.Argument(metavar="CUENTA", help="La cuenta del titular.")]
_Backups = Annotated[
    Path | None, typer.Option("--backups", help="Carpeta de copias; sin ella, donde se respaldó.")
]
_SHOWN = 20


def mute(
    call_id: _Call,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Archivo .wav o .flac; sin él, LLAMADA.flac aquí.")
    ] = None,
    beep: Annotated[bool, typer.Option("--beep", help="Con un pitido en vez de silencio.")] = False,
) -> None:
    """Escribe una copia del audio sin nombres ni números.

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


@retention.command("show")
def show() -> None:
    """Muestra las reglas, lo que toca borrar hoy y lo que se retiene."""
    from coach.holds import holds
    from coach.retention import due, rules
    from coach.viewers import HOUSE

    with opened_store(load_settings()) as store:
        known = rules(store, HOUSE)
        for rule in known:
            typer.echo(_rule(rule))
        if not known:
            typer.echo("No hay ninguna regla: todo se conserva. Agregue una con «coach retention set».")
        kinds = {"call": "llamada", "account": "cuenta"}
        for hold in holds(store, HOUSE):
            until = f" hasta {hold.until}" if hold.until else ""
            typer.echo(f"retención {hold.id}: {kinds[hold.kind]} {hold.subject}{until}: {hold.reason}")
        _show_due(list(due(store, HOUSE)))


@retention.command("set")
def set_(
    audio: Annotated[
        int | None, typer.Option(help="Días que se conserva el audio; sin decir: siempre.")
    ] = None,
    transcripts: Annotated[int | None, typer.Option(help="Días que se conserva el texto.")] = None,
    scores: Annotated[int | None, typer.Option(help="Meses que se conservan la llamada y sus notas.")] = None,
    source: Annotated[str, typer.Option(help="Solo de este origen.")] = "",
    country: Annotated[str, typer.Option(help="Solo de este país: MX, CO, PE…")] = "",
) -> None:
    """Pone una regla de conservación; sin ningún plazo, la quita."""
    from coach.retention import Rule, put
    from coach.viewers import HOUSE

    rule = Rule(source, country_code(country) or "", audio, transcripts, scores)
    with opened_store(load_settings()) as store:
        put(store, HOUSE, rule)
    typer.echo(_rule(rule) if rule.ages else "Regla quitada.")


@retention.command("run")
def run(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Solo decir qué se borraría.")] = False,
) -> None:
    """Borra lo que cumplió su plazo y no está retenido."""
    from coach import retention as keeping
    from coach.viewers import HOUSE

    with opened_store(load_settings()) as store:
        if dry_run:
            _show_due(list(keeping.due(store, HOUSE)))
            return
        done = keeping.run(store, HOUSE)
    for what, n in done.erased.items():
        typer.echo(f"{_WHAT[what]}: {n}")
    typer.echo(f"Retenidas: {done.held}. Con error: {len(done.failed)}.")
    for path in done.left:
        complain(f"{path}: está fuera de la carpeta de datos; bórrelo quien lo guarda.")
    for error in done.failed:
        complain(error)
    if done.failed:
        raise typer.Exit(SOME_FAILED)


@retention.command("hold")
def hold(
    reason: Annotated[str, typer.Option(help="Por qué debe conservarse.")],
    call: Annotated[str, typer.Option(help="El id de una llamada.")] = "",
    account: Annotated[str, typer.Option(help="O una cuenta: todas sus llamadas.")] = "",
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="AAAA-MM-DD, incluido.")
    ] = None,
) -> None:
    """Retiene una llamada o una cuenta: nada de ella se borra."""
    from coach.holds import place
    from coach.viewers import HOUSE

    if bool(call) == bool(account):
        complain("Diga --call o --account, uno de los dos.")
        raise typer.Exit(NOTHING_DONE)
    with opened_store(load_settings()) as store:
        day = until.date() if until else None
        number = place(store, HOUSE, "call" if call else "account", call or account, reason, until=day)
    typer.echo(f"Retención {number}.")


@retention.command("lift")
def lift(number: Annotated[int, typer.Argument(metavar="NÚMERO")]) -> None:
    """Levanta una retención."""
    from coach.holds import lift as end
    from coach.viewers import HOUSE

    with opened_store(load_settings()) as store:
        end(store, HOUSE, number)
    typer.echo(f"Retención {number} levantada.")


@retention.command("reindex")
def reindex() -> None:
    """Rehace el índice de búsqueda, sin nombres ni números."""
    from coach.reindex import index_again

    with opened_store(load_settings()) as store:
        typer.echo(f"Transcripciones con el índice cambiado: {index_again(store)}.")


@person.command("copy")
def copy(
    account: _Account, out: Annotated[Path, typer.Option("--out", "-o", help="Archivo .zip que se escribe.")]
) -> None:
    """Escribe todo lo que hay de una cuenta, para quien lo pidió."""
    from coach.person_copy import copy as write
    from coach.viewers import HOUSE

    settings = load_settings()
    with opened_store(settings) as store:
        try:
            calls = write(store, settings, HOUSE, account, out)
        except OSError as error:
            refuse_to_write(out, error)
    typer.echo(out)
    complain(f"Llamadas: {calls}. El archivo no va cifrado: entréguelo por un medio seguro.")


@person.command("erase")
def erase(
    account: Annotated[str, typer.Argument(metavar="CUENTA", help="La cuenta del titular.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Borrar de verdad; sin esto, solo se dice qué.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Después de restaurar una copia: borrar a quienes ya se borró.")
    ] = False,
    ledger: Annotated[Path | None, typer.Option(help="Otro registro de borrados, con --again.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Archivo de texto para el informe.")] = None,
    backups: _Backups = None,
) -> None:
    """Borra los datos de una cuenta.

    Sin --yes solo muestra qué se borraría.
    """
    from coach import person_erase
    from coach.viewers import HOUSE

    if bool(account) == again:
        complain("Indique una cuenta, o --again sin cuenta.")
        raise typer.Exit(NOTHING_DONE)
    settings = load_settings()
    failed: tuple[str, ...] = ()
    with opened_store(settings) as store:
        if again:
            made, failed = person_erase.erase_again(store, HOUSE, backups, ledger)
        elif yes:
            made = (person_erase.erase(store, HOUSE, account, backups),)
        else:
            made = (person_erase.planned(store, HOUSE, account, backups),)
    _report(made, out)
    if not again and not yes:
        complain("No se borró nada todavía. Para borrar: el mismo comando con --yes.")
    for error in failed:
        complain(error)
    if failed:
        raise typer.Exit(SOME_FAILED)


_WHAT = {"audio": "Audios", "words": "Textos", "call": "Llamadas enteras"}


def _report(made: tuple[Erasure, ...], out: Path | None) -> None:
    from coach.erasure_report import report, summary

    text = "\n".join(map(report, made)) or "No hay nada que borrar de nuevo.\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        refuse_to_write(out, error)
    typer.echo(out)
    for one in made:
        complain(summary(one))


def _rule(rule: Rule) -> str:
    where = " ".join(part for part in (rule.source, rule.country) if part) or "todo"
    ages = (
        ("audio", rule.audio_days, "días"),
        ("texto", rule.transcript_days, "días"),
        ("notas", rule.score_months, "meses"),
    )
    return f"{where}: " + ", ".join(
        f"{name} {n} {unit}" if n is not None else f"{name} siempre" for name, n, unit in ages
    )


def _show_due(found: list[Due]) -> None:
    goes = [one for one in found if not one.held]
    for what, name in _WHAT.items():
        if n := sum(what in one.what for one in goes):
            typer.echo(f"toca borrar: {name.lower()}: {n}")
    if not goes:
        typer.echo("Hoy no toca borrar nada.")
    kept = [one for one in found if one.held]
    for one in kept[:_SHOWN]:
        typer.echo(f"se retiene {one.recording_id}: {one.held}")
    if len(kept) > _SHOWN:
        typer.echo(f"… y {len(kept) - _SHOWN} más.")
