"""`coach report`: a call's scorecard, or a team's week, as a file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import load_settings, opened_store, refuse, write_out

if TYPE_CHECKING:
    from coach.exporters.of_week import Kind
    from coach.periods import Period
    from coach.settings import Settings
    from coach.store import Store
    from coach.teams import Team
    from coach.written import Language

_KINDS: dict[str, Kind] = {".html": "html", ".pdf": "pdf"}


def report(
    call_id: Annotated[str, typer.Argument(metavar="[ID]", help="El id de la llamada.")] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Archivo o carpeta que se escribe.")] = None,
    team: Annotated[str, typer.Option(help="La semana de este equipo; «Sede/Equipo» si hay varios.")] = "",
    week: Annotated[str, typer.Option(help="Como 2026-W47; si falta, la última que terminó.")] = "",
    language: Annotated[str, typer.Option(help="es o en.")] = "es",
    english: Annotated[bool, typer.Option("--english", help="En inglés.")] = False,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="De una llamada: con el nombre del titular.")
    ] = False,
) -> None:
    """Escribe la evaluación de una llamada como PDF, o la semana de un equipo como HTML o PDF.

    Con ID, la llamada. Con --team, la semana de ese equipo. Sin ninguno, la de todos los equipos, en HTML y
    PDF, en la carpeta de -o.
    """
    if language not in ("es", "en"):
        refuse(f"--language «{language}»: use es o en.")
    tongue: Language = "en" if english or language == "en" else "es"
    if call_id and (team or week):
        refuse("Indique el id de una llamada, o --team y --week; no los dos.")
    if call_id:
        _call(call_id, out, tongue, names=with_names)
    elif team:
        _one_team(team, week, out, tongue)
    else:
        _every_team(week, out, tongue)


def _call(call_id: str, out: Path | None, language: Language, *, names: bool) -> None:
    from coach.exporters.of_call import paper
    from coach.viewers import HOUSE

    settings = load_settings()
    with opened_store(settings) as store:
        made = paper(store, settings, HOUSE, call_id, language, names=names)
    _write(out or Path(f"{Path(call_id).name}.pdf"), made, private=names)


def _one_team(name: str, week: str, out: Path | None, language: Language) -> None:
    from coach.exporters.of_week import file_name
    from coach.teams import team_named
    from coach.viewers import HOUSE
    from coach.weekly import days_of

    days, settings = days_of(week), load_settings()
    with opened_store(settings) as store:
        team = team_named(store, HOUSE, name)
        target = out or Path(file_name(team, days, "html"))
        kind = _KINDS.get(target.suffix.lower())
        if kind is None:
            refuse(f"{target}: el archivo debe terminar en .html o .pdf.")
        made = _made(store, settings, team, days, kind, language)
    _write(target, made)


def _every_team(week: str, out: Path | None, language: Language) -> None:
    from coach.exporters.of_week import file_name
    from coach.teams import list_teams
    from coach.viewers import HOUSE
    from coach.weekly import days_of
    from transcripts.formats.files import reason

    days, settings = days_of(week), load_settings()
    if out is None:
        refuse("Indique con -o la carpeta para los reportes de todos los equipos, o un equipo con --team.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refuse(f"{out}: no se puede usar como carpeta ({reason(error)}). Indique otra.")
    with opened_store(settings) as store:
        known = list_teams(store, HOUSE)
        if not known:
            refuse("Todavía no hay equipos. Agréguelos en Administración o con «coach users import».")
        again = Counter(file_name(one, days, "pdf") for one in known)
        for team in known:
            site = again[file_name(team, days, "pdf")] > 1
            for kind in _KINDS.values():
                made = _made(store, settings, team, days, kind, language)
                _write(out / file_name(team, days, kind, site=site), made)


def _made(
    store: Store, settings: Settings, team: Team, days: Period, kind: Kind, language: Language
) -> bytes:
    from coach.exporters.of_week import report
    from coach.viewers import HOUSE

    return report(store, settings, HOUSE, team, days, kind, language)


def _write(target: Path, made: bytes, *, private: bool = False) -> None:
    write_out(target, made, private=private)
    typer.echo(target)
