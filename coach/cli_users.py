"""`coach users`: people from the terminal of the machine. Whoever sits there has every right."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import (
    Group,
    complain,
    console,
    end,
    load_settings,
    opened_store,
    refuse,
)

if TYPE_CHECKING:
    from coach.people import Person
    from coach.settings import Settings
    from coach.store import Store

app = typer.Typer(
    cls=Group,
    help="Personas: ver, agregar, importar, desactivar.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Login = Annotated[str, typer.Argument(metavar="USUARIO")]
_PAGE = 500


@app.command("list")
def list_(
    text: Annotated[str, typer.Argument(metavar="[TEXTO]", help="Parte del usuario, nombre o correo.")] = "",
) -> None:
    """Muestra las personas."""
    from rich.table import Table

    from coach import people
    from coach.signin import role_name
    from coach.viewers import HOUSE

    table = Table("usuario", "nombre", "rol", "estado", "última vez", box=None, pad_edge=False)
    with opened_store(load_settings()) as store:
        page, shown = 0, 0
        while rows := people.people(store, HOUSE, text=text, page=page, size=_PAGE).rows:
            for one in rows:
                seen = f"{one.last_seen_at:%Y-%m-%d %H:%M} UTC" if one.last_seen_at else "nunca"
                table.add_row(one.login, one.name, role_name(one.role, "es"), _state(one), seen)
            page, shown = page + 1, shown + len(rows)
    if shown:
        console().print(table)
    elif text:
        typer.echo(f"Nadie con «{text}» en el usuario, el nombre o el correo.")
    else:
        typer.echo("Nadie todavía. Agregue a la primera persona: coach users add USUARIO --role admin")


@app.command("add")
def add(
    login: _Login,
    role: Annotated[
        str, typer.Option(help="admin, analyst, trainer, lead, agent o auditor; o en español: agente, líder…")
    ],
    name: Annotated[str, typer.Option(help="Nombre y apellido; si falta, el usuario.")] = "",
    email: Annotated[str, typer.Option(help="Correo; sirve para entrar con la cuenta de la empresa.")] = "",
    language: Annotated[str, typer.Option(help="es o en.")] = "es",
    one_time: Annotated[
        bool, typer.Option("--one-time", help="No preguntar: dar una contraseña de un solo uso.")
    ] = False,
) -> None:
    """Agrega a una persona.

    Pregunta su contraseña sin mostrarla. Con --one-time, o sin terminal, escribe una de un solo uso.
    """
    from coach import passwords, people
    from coach.people_csv import ROLE_NAMES
    from coach.signin import role_name
    from coach.viewers import HOUSE
    from transcripts.facts.titles import plain

    known = people.known_role(ROLE_NAMES.get(plain(role), role))
    asked = not one_time and _at_a_terminal()
    password = _ask() if asked else passwords.one_time()
    settings = load_settings()
    with opened_store(settings) as store:
        facts = {"email": email, "language": language, "password": password}
        one = people.add(store, HOUSE, login, name or login, known, **facts, must_change=not asked)
        _tell_shared(store, settings, one.login)
    typer.echo(f"{one.login}: {one.name}, {role_name(one.role, 'es')}.")
    if not asked:
        typer.echo(f"Contraseña de un solo uso: {password}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="ARCHIVO.csv")],
    passwords: Annotated[
        Path | None,
        typer.Option(metavar="SALIDA.csv", help="Dar a quien es nuevo una contraseña de un solo uso, aquí."),
    ] = None,
) -> None:
    """Agrega y cambia personas desde una tabla.

    Columnas: usuario, nombre, correo, rol, idioma, sede, país, equipo, dirige, marcador, desde, hasta,
    carteras.
    Las líneas con error se dicen y las demás se guardan; la misma tabla otra vez no cambia nada.
    """
    from coach.people_csv import import_people
    from coach.signin import role_name
    from coach.viewers import HOUSE

    if passwords is not None and passwords.exists():
        refuse(f"{passwords}: ya existe este archivo. Indique otro.")
    settings = load_settings()
    with opened_store(settings) as store:
        done = import_people(store, HOUSE, file)
        _tell_shared(store, settings)
        if passwords is not None and done.added:
            _hand_out(store, done.added, passwords)
    typer.echo(
        f"Personas: {len(done.added)} nuevas, {len(done.changed)} cambiadas, {len(done.same)} iguales. "
        f"Líneas con error: {done.faulty}."
    )
    for word, role in done.taken:
        typer.echo(f"El rol «{word}» se tomó como «{role_name(role, 'es')}».")
    for problem in done.problems:
        complain(problem)
    end(bool(done.problems), bool(done.added or done.changed or done.same))


def _tell_shared(store: Store, settings: Settings, login: str = "") -> None:
    from coach import shared_mails

    for given in shared_mails.shared(store, settings, login):
        complain(shared_mails.TOLD.format(**given))


@app.command("reset")
def reset(login: _Login) -> None:
    """Da una contraseña de un solo uso y cierra las sesiones de la persona."""
    from coach import people
    from coach.viewers import HOUSE

    with opened_store(load_settings()) as store:
        typer.echo(f"Contraseña de un solo uso: {people.reset(store, HOUSE, login)}")


@app.command("unlink")
def unlink(login: _Login) -> None:
    """Olvida con qué cuenta de la empresa entraba: la próxima que traiga su correo toma su lugar."""
    from coach import people
    from coach.viewers import HOUSE

    with opened_store(load_settings()) as store:
        people.unlink(store, HOUSE, login)
    typer.echo(f"{login}: olvidada su cuenta de la empresa.")


@app.command("deactivate")
def deactivate(login: _Login) -> None:
    """Ya no puede entrar, y sale en el acto; lo que hizo queda.

    Las llamadas que tenía para revisar vuelven a la cola.
    """
    from coach import people
    from coach.viewers import HOUSE

    with opened_store(load_settings()) as store:
        back = people.deactivate(store, HOUSE, login)
    typer.echo(f"{login}: desactivada.{f' Vuelven a la cola: {back}.' if back else ''}")


@app.command("activate")
def activate(login: _Login) -> None:
    """Puede volver a entrar."""
    from coach import people
    from coach.viewers import HOUSE

    with opened_store(load_settings()) as store:
        people.activate(store, HOUSE, login)
    typer.echo(f"{login}: activa.")


def _at_a_terminal() -> bool:
    return sys.stdin.isatty()


def _ask() -> str:
    """A new password, typed twice without being shown, until it will do."""
    from coach import passwords
    from coach.types import CoachError

    while True:
        password: str = typer.prompt("Contraseña", hide_input=True, confirmation_prompt="Otra vez")
        try:
            passwords.check(password)
        except CoachError as error:
            complain(str(error))
        else:
            return password


def _hand_out(store: Store, logins: tuple[str, ...], target: Path) -> None:
    """A table of passwords to use once that only its owner may read."""
    import os

    from coach import people_csv
    from coach.viewers import HOUSE

    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
        out.write(people_csv.passwords(store, HOUSE, logins))


def _state(one: Person) -> str:
    if not one.active:
        return "desactivada"
    if one.demo:
        return "demostración"
    return "activa" if one.has_password else "sin contraseña"
