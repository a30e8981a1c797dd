"""`coach export`: the list of calls as a table."""

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
) -> None:
    """Escribe la lista de llamadas evaluadas como tabla."""
    from coach import queries
    from coach.exporters.calls_table import calls_table
    from coach.rows import CallFilter
    from coach.viewers import HOUSE

    kind = _KINDS.get(out.suffix.lower())
    if kind is None:
        refuse(f"{out}: el archivo debe terminar en .csv, .xlsx o .jsonl.")
    code = country_code(country)
    which = CallFilter(
        agents=tuple(agent or ()),
        countries=(code,) if code else (),
        portfolios=(portfolio,) if portfolio else (),
        since=day_of(since, "--since"),
        until=day_of(until, "--until"),
    )
    settings = load_settings()
    with opened_store(settings) as store:
        made = calls_table(store, settings, HOUSE, which, kind, "en" if english else "es", names=with_names)
        count = queries.calls(store, HOUSE, which, size=1).total
    write_out(out, made, private=with_names)
    many = "1 llamada" if count == 1 else f"{count} llamadas"
    typer.echo(
        f"{many} en {out}" if count else f"{out}: ninguna llamada con esos filtros; solo lleva los títulos."
    )
