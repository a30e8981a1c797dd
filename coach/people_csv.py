"""People by the hundred from a CSV file: every faulty line told with its reason, the good ones kept.

Several lines may be about one person: teams and dialler logins with their dates. The same file a second time
changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, select

from coach import people, teams
from coach.schema_people import users
from coach.store import Store
from coach.tables import csv_rows, csv_text
from coach.types import CoachError
from coach.viewers import Role, Viewer
from coach.written import Language
from transcripts.facts import headings
from transcripts.facts.csv_rows import Row
from transcripts.facts.titles import plain
from transcripts.facts.values import CONVERTERS, Place, day, yes_no
from transcripts.formats.files import TABLE, decoded, text_of

ALWAYS = date(2000, 1, 1)  # of a line that says no first day
COLUMNS = {
    "login": "login usuario",
    "name": "name nombre",
    "email": "email correo correo_electronico mail e_mail",
    "role": "role rol perfil",
    "language": "language idioma",
    "site": "site sede",
    "country": "country pais",
    "team": "team equipo",
    "leads": "leads dirige lider",
    "dialler_logins": "dialler_logins marcador usuarios_marcador usuario_marcador logins_marcador",
    "since": "since desde",
    "until": "until hasta",
    "portfolios": "portfolios carteras cartera",
}
ROLE_NAMES: dict[str, Role] = {
    "administrador": "admin",
    "administradora": "admin",
    "administracion": "admin",
    "analista": "analyst",
    "analista_de_calidad": "analyst",
    "formacion": "trainer",
    "capacitacion": "trainer",
    "formador": "trainer",
    "formadora": "trainer",
    "capacitador": "trainer",
    "capacitadora": "trainer",
    "lider": "lead",
    "lider_de_equipo": "lead",
    "jefe_de_equipo": "lead",
    "jefa_de_equipo": "lead",
    "supervisor": "lead",
    "supervisora": "lead",
    "agente": "agent",
    "asesor": "agent",
    "asesora": "agent",
    "gestor": "agent",
    "gestora": "agent",
    "auditor": "auditor",
    "auditora": "auditor",
    "auditoria": "auditor",
    "auditoria_externa": "auditor",
    "auditor_externo": "auditor",
    "auditora_externa": "auditor",
    "administration": "admin",  # from here on as the English screens call them
    "quality_analyst": "analyst",
    "training": "trainer",
    "team_lead": "lead",
    "outside_auditor": "auditor",
}
OTHER_WORDS = frozenset(  # what a house may call somebody whom Temple calls otherwise
    "supervisor supervisora asesor asesora gestor gestora jefe_de_equipo jefa_de_equipo".split()
)
_COLUMN_OF = {alias: column for column, aliases in COLUMNS.items() for alias in aliases.split()}
_OF_THE_PERSON = ("name", "email", "role", "language")


@dataclass(frozen=True, slots=True)
class Imported:
    """`added`, `changed` and `same` count people; `problems` are whole sentences with file and line, `faulty`
    how many lines they cost; `taken` says which role a word that is not its name was taken for.
    """

    added: tuple[str, ...] = ()  # logins
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    faulty: int = 0
    taken: tuple[tuple[str, Role], ...] = ()


def import_people(store: Store, viewer: Viewer, file: Path) -> Imported:
    """Everything of the file that can be used, line by line, each whole or not at all.

    Raises TranscriptError where the file cannot be read, CoachError where it is no table of people.
    """
    return import_text(store, viewer, text_of(file, expected=TABLE), file.name)


def import_upload(store: Store, viewer: Viewer, raw: bytes, name: str) -> Imported:
    """The same of a file that came by the browser."""
    return import_text(store, viewer, decoded(raw, name, TABLE), name)


def passwords(store: Store, viewer: Viewer, logins: Sequence[str], language: Language = "es") -> str:
    """A table of passwords to use once, of people who have none yet: shown once, kept nowhere."""
    header = ("login", "password") if language == "en" else ("usuario", "contraseña")
    return csv_text(header, [(login, people.reset(store, viewer, login)) for login in logins])


def import_text(store: Store, viewer: Viewer, text: str, name: str) -> Imported:
    """The same of the text of a file of this name."""
    viewer.require("administer")
    columns, lines, problems = _table(text, name)
    said: dict[str, dict[str, str]] = {}
    faulty, taken = 0, dict[str, Role]()
    done: dict[str, str] = {}
    for row in lines:
        given = ((title, row.cells[at].strip()) for at, title in columns.items() if at < len(row.cells))
        cells = {title: cell for title, cell in given if cell}
        if not cells:
            continue
        try:
            with store.writing() as connection:
                login, state = _line(connection, viewer, cells, said)
        except (CoachError, ValueError) as error:
            problems.append(f"{name}: línea {row.line}: {error}")
            faulty += 1
        else:
            rank = ("same", "changed", "added")
            done[login] = max(done.get(login, "same"), state, key=rank.index)
            word = plain(cells.get("role", ""))
            if word in OTHER_WORDS:
                taken[cells["role"].lower()] = ROLE_NAMES[word]
    by_state = {state: tuple(one for one, its in done.items() if its == state) for state in done.values()}
    return Imported(**by_state, problems=tuple(problems), faulty=faulty, taken=tuple(sorted(taken.items())))


def _line(
    connection: Connection, viewer: Viewer, cells: dict[str, str], said: dict[str, dict[str, str]]
) -> tuple[str, str]:
    """One line, done; gives the login, and whether the person is "added", "changed" or the "same"."""
    login = people.login_of(cells.get("login", ""))
    facts = {name: cells[name] for name in _OF_THE_PERSON if name in cells}
    if "role" in facts:
        facts["role"] = ROLE_NAMES.get(plain(facts["role"]), facts["role"].lower())
    former = said.setdefault(login, {})
    for name, value in facts.items():
        if former.get(name, value) != value:
            raise CoachError(
                "{login}: otra línea dice «{former}» y esta «{value}». Deje una sola.",
                login=login,
                former=former[name],
                value=value,
            )
    known = connection.execute(select(users.c.role).where(users.c.login == login)).scalar()
    if known is None:
        if "name" not in facts or "role" not in facts:
            raise CoachError(
                "{login} es nueva persona y falta: rol."
                if "name" in facts
                else "{login} es nueva persona y falta: nombre."
                if "role" in facts
                else "{login} es nueva persona y falta: nombre y rol.",
                login=login,
            )
        people.put(connection, viewer, login, **facts)
        changed = False
    else:
        changed = people.alter(connection, viewer, login, facts)
    role = facts.get("role", known or "")
    changed |= _places(connection, viewer, login, role, cells)
    former.update(facts)
    return login, "added" if known is None else "changed" if changed else "same"


def _places(connection: Connection, viewer: Viewer, login: str, role: str, cells: dict[str, str]) -> bool:
    """Team, dialler logins and portfolios of the line; whether anything is new."""
    since = _day("desde", cells["since"]) if "since" in cells else ALWAYS
    until = _day("hasta", cells["until"]) if "until" in cells else None
    changed = False
    if "team" in cells:
        if "site" not in cells:
            raise CoachError("{login}: falta la sede del equipo «{team}».", login=login, team=cells["team"])
        country = str(CONVERTERS["country"](cells["country"], Place())) if "country" in cells else None
        site = teams.site_id(connection, viewer, cells["site"], country)
        team = teams.team_id(connection, viewer, site, cells["team"])
        leads = yes_no(cells["leads"], Place()) if "leads" in cells else role == "lead"
        changed |= teams.join(connection, viewer, login, team, since, until, leads=leads)
    for one in _several(cells.get("dialler_logins", "")):
        changed |= teams.hold_login(connection, viewer, login, one, since, until)
    for one in _several(cells.get("portfolios", "")):
        changed |= teams.grant(connection, viewer, login, one)
    return changed


def _table(text: str, name: str) -> tuple[dict[int, str], list[Row], list[str]]:
    """Which column is which, the lines below with their numbers, and what was odd in the headings."""
    rows = csv_rows(text, name, headings.delimiter(text, _is_header))
    rows = rows[headings.place((row.cells for row in rows), _is_header) :]
    titles = _titles(rows[0].cells) if rows else []
    if "login" not in titles:
        raise _without_logins(rows, name)
    twice = [title for title, times in Counter(filter(None, titles)).items() if times > 1]
    if twice:
        raise CoachError(
            "{file}: hay dos columnas para {columns}. Deje una sola.", file=name, columns=", ".join(twice)
        )
    unknown = [
        cell.strip() for cell, title in zip(rows[0].cells, titles, strict=True) if cell.strip() and not title
    ]
    problems = [f"{name}: la columna «{title}» no se conoce y no se usó." for title in unknown]
    return {at: title for at, title in enumerate(titles) if title}, rows[1:], problems


def _without_logins(rows: Sequence[Row], name: str) -> CoachError:
    if not rows:
        return CoachError("{file}: está vacío. Vuelva a exportar la tabla de personas.", file=name)
    at = headings.most_like((row.cells for row in rows), lambda cells: len(set(_titles(cells)) - {None}))
    return CoachError(
        "{file}: falta la columna «usuario» (o login). Como encabezados se leyó la fila {row}: {seen}.",
        file=name,
        row=rows[at].line,
        seen=headings.seen(rows[at].cells),
    )


def _titles(cells: Sequence[str]) -> list[str | None]:
    return [_COLUMN_OF.get(plain(cell)) for cell in cells]


def _is_header(cells: Sequence[str]) -> bool:
    """A line above («Usuario: RR. HH.», «Reporte de personal») names one column at most."""
    found = set(_titles(cells))
    return "login" in found and len(found - {None}) > 1


def _day(column: str, raw: str) -> date:
    try:
        return day(raw, Place())
    except ValueError as error:
        raise CoachError("{column}: «{value}» {error}", column=column, value=raw, error=error) from error


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.replace(";", "|").split("|") if part.strip()]
