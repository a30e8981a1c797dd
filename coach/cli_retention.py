"""`coach retention`: how long is kept, what is due, what is held."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli_shared import (
    NOTHING_DONE,
    Group,
    complain,
    country_code,
    day_of,
    end,
    load_settings,
    opened_store,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coach.holds import Own
    from coach.retention import Due, Rule

app = typer.Typer(
    cls=Group, help="Cuánto se conserva cada cosa.", no_args_is_help=True, rich_markup_mode=None
)

_SHOWN = 20
_OF_ONE = (".srt", ".vtt", ".txt")  # transcripts of one call


@app.command("show")
def show() -> None:
    """Muestra las reglas, lo que toca borrar hoy y lo que se retiene."""
    from coach.holds import by_themselves, holds
    from coach.retention import due, rules
    from coach.viewers import HOUSE

    with opened_store(load_settings()) as store:
        known = rules(store, HOUSE)
        for rule in known:
            typer.echo(_rule(rule))
        for rule in known:
            _tell_overruled(rule, known)
        if not known:
            typer.echo("No hay ninguna regla: todo se conserva. Agregue una con «coach retention set».")
        kinds = {"call": "llamada", "account": "cuenta"}
        for hold in holds(store, HOUSE):
            until = f" hasta {hold.until}" if hold.until else ""
            typer.echo(f"retención {hold.id}: {kinds[hold.kind]} {hold.subject}{until}: {hold.reason}")
        _show_own(by_themselves(store, HOUSE))
        _show_due(list(due(store, HOUSE)))


@app.command("set")
def set_(
    audio: Annotated[int | None, typer.Option(help="Días que se conserva el audio; 0: siempre.")] = None,
    transcripts: Annotated[
        int | None, typer.Option(help="Días que se conserva el texto; 0: siempre.")
    ] = None,
    scores: Annotated[
        int | None, typer.Option(help="Meses que se conservan la llamada y sus notas; 0: siempre.")
    ] = None,
    source: Annotated[str, typer.Option(help="Solo de este origen.")] = "",
    country: Annotated[str, typer.Option(help="Solo de este país: MX, CO, PE…")] = "",
) -> None:
    """Pone una regla de conservación.

    Lo que no se nombra queda como estaba en esa regla. Sin nombrar ningún plazo, la quita.
    """
    from coach.retention import Rule, of, put, rules
    from coach.viewers import HOUSE

    given = {"audio_days": audio, "transcript_days": transcripts, "score_months": scores}
    named: dict[str, Any] = {name: n or None for name, n in given.items() if n is not None}
    code = country_code(country) or ""
    settings = load_settings()
    with opened_store(settings) as store:
        before = of(store, HOUSE, source, code)
        rule = replace(before, **named) if named else Rule(source, code)
        if not (rule.ages or before.ages):
            typer.echo(f"{_where(rule)}: no había ninguna regla; no cambió nada.")
            return
        put(store, HOUSE, rule, sources=settings.sources)
        if not rule.ages:
            typer.echo("Regla quitada.")
            return
        typer.echo(_rule(rule))
        stays = [text for name, text in _ages(before) if name not in named and getattr(before, name)]
        if stays:
            typer.echo(f"Sigue como estaba: {', '.join(stays)}.")
        _tell_overruled(rule, rules(store, HOUSE))


@app.command("run")
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
    if done.unconfirmed:
        complain(_unconfirmed(done.unconfirmed, "quedó", "quedaron"))
    for path, n in done.left.items():
        complain(f"{path}: está fuera de la carpeta de datos y {_held(path, n)}")
    for error in done.failed:
        complain(error)
    end(bool(done.failed), any(done.erased.values()))


@app.command("hold")
def hold(
    reason: Annotated[str, typer.Option(help="Por qué debe conservarse.")],
    call: Annotated[str, typer.Option(help="El id de una llamada.")] = "",
    account: Annotated[str, typer.Option(help="O una cuenta: todas sus llamadas.")] = "",
    until: Annotated[str | None, typer.Option(metavar="AAAA-MM-DD", help="Ese día incluido.")] = None,
) -> None:
    """Retiene una llamada o una cuenta: nada de ella se borra."""
    from coach.holds import place
    from coach.named_calls import beside, told
    from coach.viewers import HOUSE

    if bool(call) == bool(account):
        complain("Diga --call o --account, uno de los dos.")
        raise typer.Exit(NOTHING_DONE)
    day = day_of(until, "--until")
    with opened_store(load_settings()) as store:
        number = place(store, HOUSE, "call" if call else "account", call or account, reason, until=day)
        others = beside(store, HOUSE, account)
    typer.echo(f"Retención {number}.")
    if others:
        complain(told(others))


@app.command("lift")
def lift(number: Annotated[int, typer.Argument(metavar="NÚMERO")]) -> None:
    """Levanta una retención."""
    from coach.holds import lift as end
    from coach.viewers import HOUSE

    with opened_store(load_settings()) as store:
        end(store, HOUSE, number)
    typer.echo(f"Retención {number} levantada.")


@app.command("reindex")
def reindex() -> None:
    """Rehace el índice de búsqueda, sin nombres ni números."""
    from coach.reindex import index_again

    with opened_store(load_settings()) as store:
        typer.echo(f"Transcripciones con el índice cambiado: {index_again(store)}.")


_WHAT = {"audio": "Audios", "words": "Textos", "call": "Llamadas enteras"}
_GOES = {
    "audio": ("audio", "audios"),
    "words": ("texto", "textos"),
    "call": ("llamada entera", "llamadas enteras"),
}


def _rule(rule: Rule) -> str:
    return f"{_where(rule)}: {', '.join(text for _, text in _ages(rule))}"


def _where(rule: Rule) -> str:
    return " ".join(part for part in (rule.source, rule.country) if part) or "todo"


def _ages(rule: Rule) -> list[tuple[str, str]]:
    """«audio 90 días» by the field of the rule."""
    units = (
        ("audio_days", "audio", "día", "días"),
        ("transcript_days", "texto", "día", "días"),
        ("score_months", "notas", "mes", "meses"),
    )
    out = []
    for field, name, one, many in units:
        n = getattr(rule, field)
        out.append((field, f"{name} siempre" if n is None else f"{name} {n} {one if n == 1 else many}"))
    return out


def _tell_overruled(rule: Rule, known: Sequence[Rule]) -> None:
    """Say what a nearer rule keeps for ever that another one limits."""
    from coach.retention import overruled

    fields = {"audio": "audio_days", "words": "transcript_days", "call": "score_months"}
    stays = {"audio": "el audio queda", "words": "el texto queda", "call": "las notas quedan"}
    for what, other in overruled(rule, known).items():
        limit = dict(_ages(other))[fields[what]]
        complain(
            f"Atención: {_where(rule)}: {stays[what]} para siempre. Otra regla ({_where(other)}: {limit}) da "
            "un plazo, pero donde valen las dos cuenta solo esta; dé el plazo también en esta."
        )


def _calls(n: int, one: str, many: str) -> str:
    return f"{n} llamada {one}" if n == 1 else f"{n} llamadas {many}"


def _held(path: Path, n: int) -> str:
    """What a file that is left holds of what was erased: a sound, the words of a call, or of many calls."""
    from transcripts.probe import AUDIO_ENDINGS

    if path.suffix.lower() in AUDIO_ENDINGS:
        return "es la grabación de una llamada cuyo audio se borró. Quien la guarda, que la borre."
    words = _calls(n, "cuyo texto se borró", "cuyo texto se borró")
    if path.suffix.lower() in _OF_ONE:
        return f"trae {words}. Quien lo guarda, que lo borre."
    return f"trae {words}. Quien lo guarda, que lo quite; puede traer otras llamadas que se conservan."


def _unconfirmed(n: int, one: str, many: str) -> str:
    """Of calls whose words go before anybody has had a word on a critical failure."""
    return (
        f"{_calls(n, one, many)} sin texto y con una falta crítica sin confirmar: ya solo se podrá descartar."
    )


def _show_own(own: Sequence[Own]) -> None:
    """What is held without anybody's doing."""
    for one in own[:_SHOWN]:
        why = f"reclamo ({one.disposition})" if one.disposition else "apelación abierta"
        typer.echo(f"retención sin pedirla: llamada {one.recording_id}: {why}")
    if len(own) > _SHOWN:
        typer.echo(f"… y {len(own) - _SHOWN} más.")


def _show_due(found: list[Due]) -> None:
    goes = [one for one in found if not one.held]
    for what, (one_of, many) in _GOES.items():
        if n := sum(what in one.what for one in goes):
            typer.echo(f"toca borrar: {n} {one_of if n == 1 else many}")
    if n := sum(one.unconfirmed for one in goes):
        typer.echo(f"Antes, revise «Críticas»: {_unconfirmed(n, 'quedará', 'quedarán')}")
    for due in goes[:_SHOWN]:
        typer.echo(f"  {due.recording_id} · {due.day} · {', '.join(_GOES[what][0] for what in due.what)}")
    if len(goes) > _SHOWN:
        typer.echo(f"  … y {len(goes) - _SHOWN} más.")
    if not goes:
        typer.echo("Hoy no toca borrar nada.")
    kept = [one for one in found if one.held]
    for one in kept[:_SHOWN]:
        typer.echo(f"se retiene {one.recording_id}: {one.held}")
    if len(kept) > _SHOWN:
        typer.echo(f"… y {len(kept) - _SHOWN} más.")
