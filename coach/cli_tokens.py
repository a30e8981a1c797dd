"""`coach tokens`: programs that may read, from the terminal of the machine."""

from __future__ import annotations

from typing import Annotated

import typer

from coach.cli_shared import Group, console, load_settings, opened_store, refuse

app = typer.Typer(
    cls=Group,
    help="Tokens de programas que leen por la API: crear, ver, revocar.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(metavar="NOMBRE", help="Del programa que lo usará.")],
    reach: Annotated[str, typer.Option(help="all, team o portfolio.")] = "all",
    team: Annotated[str, typer.Option(help="Nombre del equipo, o «Sede/Equipo».")] = "",
    portfolio: Annotated[str, typer.Option(help="Cartera.")] = "",
    days: Annotated[int, typer.Option(help="Días que vale.")] = 90,
    per_minute: Annotated[int, typer.Option(help="Consultas por minuto, de 1 a 600.")] = 60,
) -> None:
    """Crea un token y lo muestra esta única vez."""
    from coach import tokens
    from coach.teams import team_named
    from coach.viewers import HOUSE

    known = next((one for one in tokens.REACHES if one == reach), None)
    if known is None:
        refuse(f"--reach «{reach}»: use {', '.join(tokens.REACHES)}.")
    for option, said in (("team", team.strip()), ("portfolio", portfolio.strip())):
        if known == option and not said:
            refuse(f"Falta --{option}: qué podrá leer el programa.")
        if known != option and said:  # the token would reach more than is meant
            refuse(f"--{option} solo vale con --reach {option}.")
    with opened_store(load_settings()) as store:
        team_id = team_named(store, HOUSE, team).id if known == "team" else None
        made = tokens.create(
            store, HOUSE, name, known, team_id=team_id, portfolio=portfolio, days=days, per_minute=per_minute
        )
    typer.echo(made)
    typer.echo("Guárdelo ahora: no se puede volver a ver.", err=True)


@app.command("list")
def list_() -> None:
    """Muestra los tokens: alcance, fin, último uso."""
    from datetime import UTC, datetime

    from rich.table import Table

    from coach import tokens
    from coach.viewers import HOUSE

    columns = ("n.º", "nombre", "empieza", "alcance", "vale hasta", "último uso", "consultas", "estado")
    table = Table(*columns, box=None, pad_edge=False)
    with opened_store(load_settings()) as store:
        found = tokens.list_tokens(store, HOUSE)
    for one in found:
        seen = f"{one.last_used_at:%Y-%m-%d %H:%M} UTC" if one.last_used_at else "nunca"
        state = "vigente" if one.good(datetime.now(UTC)) else "revocado" if one.revoked_at else "vencido"
        reach = one.team or one.portfolio or "todo"
        end = f"{one.expires_at:%Y-%m-%d}"
        table.add_row(str(one.id), one.name, f"{one.hint}…", reach, end, seen, str(one.uses), state)
    if found:
        console().print(table)
    else:
        typer.echo("Ningún token todavía. Cree uno: coach tokens create NOMBRE")


@app.command("revoke")
def revoke(number: Annotated[int, typer.Argument(metavar="NÚMERO")]) -> None:
    """Desde ahora el token no abre nada."""
    from coach import tokens
    from coach.viewers import HOUSE

    with opened_store(load_settings()) as store:
        tokens.revoke(store, HOUSE, number)
    typer.echo(f"{number}: revocado.")
