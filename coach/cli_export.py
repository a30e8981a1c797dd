"""`coach export`: the list of calls as a table; what reviewers corrected, to learn from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import (
    country_code,
    day_of,
    load_settings,
    opened_store,
    refuse,
    write_out,
)

if TYPE_CHECKING:
    from coach.exporters.calls_table import Kind
    from coach.rows import CallFilter

_Day = Annotated[str | None, typer.Option(metavar="AAAA-MM-DD", help="Ese día incluido.")]
_KINDS: dict[str, Kind] = {".csv": "csv", ".xlsx": "xlsx", ".jsonl": "jsonl"}


def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="Archivo .csv, .xlsx o .jsonl que se escribe.")],
    since: _Day = None,
    until: _Day = None,
    agent: Annotated[list[str] | None, typer.Option(help="Usuario del marcador; se puede repetir.")] = None,
    country: Annotated[str | None, typer.Option(help="MX, CO, PE…")] = None,
    portfolio: Annotated[str | None, typer.Option(help="Cartera.")] = None,
    english: Annotated[bool, typer.Option("--english", help="Títulos en inglés.")] = False,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Con el nombre del titular; si no, sale vacío.")
    ] = False,
    relabels: Annotated[
        bool,
        typer.Option(
            "--relabels", help="En vez de la lista, las objeciones corregidas, para «coach train --relabels»."
        ),
    ] = False,
) -> None:
    """Escribe la lista de llamadas evaluadas como tabla.

    Con --relabels, un .jsonl con los turnos en que alguien corrigió una objeción, sin datos personales.
    """
    from coach.rows import CallFilter

    kind = _KINDS.get(out.suffix.lower())
    if kind is None:
        refuse(f"{out}: el archivo debe terminar en .csv, .xlsx o .jsonl.")
    if relabels and (kind != "jsonl" or english or with_names):
        refuse("--relabels escribe un .jsonl sin nombres ni títulos: quite --english y --with-names.")
    code = country_code(country)
    which = CallFilter(
        agents=tuple(agent or ()),
        countries=(code,) if code else (),
        portfolios=(portfolio,) if portfolio else (),
        since=day_of(since, "--since"),
        until=day_of(until, "--until"),
    )
    if relabels:
        _write_relabels(out, which)
    else:
        _write_calls(out, which, kind, english, with_names)


def _write_calls(out: Path, which: CallFilter, kind: Kind, english: bool, names: bool) -> None:
    from coach import queries
    from coach.exporters.calls_table import calls_table
    from coach.viewers import HOUSE

    settings = load_settings()
    with opened_store(settings) as store:
        made = calls_table(store, settings, HOUSE, which, kind, "en" if english else "es", names=names)
        count = queries.calls(store, HOUSE, which, size=1).total
    write_out(out, made, private=names)
    many = "1 llamada" if count == 1 else f"{count} llamadas"
    typer.echo(
        f"{many} en {out}" if count else f"{out}: ninguna llamada con esos filtros; solo lleva los títulos."
    )


def _write_relabels(out: Path, which: CallFilter) -> None:
    from coach.exporters.relabels import relabels_jsonl
    from coach.viewers import HOUSE

    with opened_store(load_settings()) as store:
        made, count = relabels_jsonl(store, HOUSE, which)
    if not count:
        refuse("Nadie ha corregido objeciones en esas llamadas. Se corrigen con «R» al revisar una llamada.")
    write_out(out, made, private=True)
    many = "1 turno corregido" if count == 1 else f"{count} turnos corregidos"
    typer.echo(f"{many} en {out}. Léalo, y después «coach train --relabels {out}».")
