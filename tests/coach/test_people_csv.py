"""A table of people: good lines kept, faulty ones told by number and reason, twice the same is once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from coach import people, teams
from coach.people_csv import Imported, import_people
from coach.schema_people import agent_logins, audit, grants, memberships, users
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, ROLES, Role
from tests.coach.people import somebody
from transcripts.types import TranscriptError
from views import _labels

TABLE = """usuario;nombre;correo;rol;sede;equipo;dirige;marcador;desde;hasta;carteras
MTapia;Marisol Tapia;mtapia@casa.example;agente;CDMX;Norte;;mtapia|ext7;01/02/2026;;
rarce;Rubén Arce;;agente;CDMX;Norte;no;rarce;;;
lherrera;Lucía Herrera;;líder;CDMX;Norte;;;;;
erobles;Elena Robles;;analista;;;;;;;
banco;Auditora del Banco;;auditor;;;;;;;tarjeta|auto
"""


def table(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "personas.csv"
    file.write_text(text, encoding="utf-8")
    return file


def counted(store: Store) -> list[int]:
    with store.reading() as connection:
        kept = (users, memberships, agent_logins, grants, audit)
        return [connection.execute(select(func.count()).select_from(one)).scalar_one() for one in kept]


def test_a_whole_house_comes_in(store: Store, tmp_path: Path) -> None:
    done = import_people(store, HOUSE, table(tmp_path, TABLE))
    assert done == Imported(added=("mtapia", "rarce", "lherrera", "erobles", "banco"))
    assert people.person(store, HOUSE, "mtapia").email == "mtapia@casa.example"
    assert [(t.name, t.members, t.leads) for t in teams.list_teams(store, HOUSE)] == [
        ("Norte", 2, ("Lucía Herrera",))
    ]
    with store.reading() as connection:
        held = connection.execute(
            select(agent_logins.c.login, agent_logins.c.since).order_by(agent_logins.c.id)
        ).all()
    assert held == [
        ("mtapia", date(2026, 2, 1)),
        ("ext7", date(2026, 2, 1)),
        ("rarce", date(2000, 1, 1)),
    ]


@pytest.mark.parametrize(
    "above", ["Reporte de personal\n", "Casa del Sur, S. A., octubre\n\nUsuario: RR. HH.;;\n"]
)
def test_lines_of_the_export_may_stand_above_the_headings(store: Store, tmp_path: Path, above: str) -> None:
    done = import_people(store, HOUSE, table(tmp_path, above + TABLE + "x;;;;;;;;;;\n"))
    assert done.added == ("mtapia", "rarce", "lherrera", "erobles", "banco")
    (told,) = done.problems
    assert f": línea {above.count(chr(10)) + 7}: " in told


def test_the_same_table_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    file = table(tmp_path, TABLE)
    import_people(store, HOUSE, file)
    before = counted(store)
    again = import_people(store, HOUSE, file)
    assert (again.added, again.changed, len(again.same), again.problems) == ((), (), 5, ())
    assert counted(store) == before


def test_another_name_or_end_is_a_change(store: Store, tmp_path: Path) -> None:
    import_people(store, HOUSE, table(tmp_path, TABLE))
    text = TABLE.replace("Rubén Arce", "Rubén Arce Luna").replace("01/02/2026;;", "01/02/2026;31/10/2026;")
    done = import_people(store, HOUSE, table(tmp_path, text))
    assert done.changed == ("mtapia", "rarce")
    assert people.person(store, HOUSE, "rarce").name == "Rubén Arce Luna"


def test_every_faulty_line_is_told_and_the_rest_is_kept(store: Store, tmp_path: Path) -> None:
    text = """usuario,nombre,rol,sede,equipo,marcador,desde,hasta,correo,nota
ana,Ana Ruiz,agente,Lima,Uno,ext1,,,,x
,Sin Usuario,agente,,,,,,,
bea,,,,,,,,,
cid,Cid Mora,jefe,,,,,,,
dora,Dora Paz,agente,Lima,Uno,ext1,,,,
eva,Eva Sol,agente,,Uno,,,,,
fito,Fito Gil,agente,Lima,Uno,ext6,ayer,,,
gil,Gil Paz,agente,Lima,Uno,ext7,2026-03-01,2026-02-01,,
hugo,Hugo Paz,agente,,,,,,sin arroba,
ana,Otra Ana,,,,,,,,
ivo,Ivo Paz,agente,Lima,Uno,ext9,,,,
"""
    done = import_people(store, HOUSE, table(tmp_path, text))
    assert done.added == ("ana", "ivo")
    told = [problem.removeprefix("personas.csv: ") for problem in done.problems]
    for said, (line, why) in zip(
        told,
        [
            ("la columna", "«nota» no se conoce"),
            ("línea 3", "no sirve de usuario"),
            ("línea 4", "falta: nombre y rol"),
            ("línea 5", "«jefe» no es un rol"),
            ("línea 6", "ya es el usuario de marcador de Ana Ruiz"),
            ("línea 7", "falta la sede"),
            ("línea 8", "desde: «ayer»"),
            ("línea 9", "es anterior al primero"),
            ("línea 10", "no es un correo"),
            ("línea 11", "otra línea dice «Ana Ruiz»"),
        ],
        strict=True,
    ):
        assert said.startswith(line)
        assert why in said
    assert [one.login for one in people.people(store, HOUSE).rows] == ["ana", "ivo"]


def test_a_login_moves_on_by_two_lines(store: Store, tmp_path: Path) -> None:
    text = """login,name,role,dialler_logins,since,until
ana,Ana,agent,ext1,2026-01-01,2026-03-31
bea,Bea,agent,ext1,2026-04-01,
ana,,,ext2,2026-04-01,
"""
    file = table(tmp_path, text)
    assert import_people(store, HOUSE, file).problems == ()
    assert import_people(store, HOUSE, file).same == ("ana", "bea")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nombre,rol\nAna,agente\n", "falta la columna «usuario»"),
        ("Reporte\nclave;nombre;rol\na;Ana;agente\n", "se leyó la fila 2: «clave», «nombre», «rol»"),
        ("usuario,login\nana,ana\n", "dos columnas"),
        ('usuario,nombre\n"ana,Ana\n' + "x" * 200_000, "línea 2: las comillas"),
        (TABLE + 'zuno;"Zoe;;agente\nzdos;Luis;;agente\nztres;Bea;;agente\n', "línea 7: las comillas"),
    ],
)
def test_what_is_no_table_of_people_is_refused(store: Store, tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(CoachError, match=says):
        import_people(store, HOUSE, table(tmp_path, text))


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "está vacío: no hay encabezados"), (b"PK\x03\x04\x00\x00\x00\x00", "Guárdela como CSV")],
)
def test_what_was_expected_is_a_table(store: Store, tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "personas.csv"
    file.write_bytes(content)
    with pytest.raises(TranscriptError, match=says):
        import_people(store, HOUSE, file)


def test_only_who_administers_may(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="no tiene permiso"):
        import_people(store, somebody(store, "lead"), table(tmp_path, TABLE))


def test_a_line_for_each_person_of_a_large_house(store: Store, tmp_path: Path) -> None:
    lines = [f"u{n},Persona {n},agente,Lima,Equipo {n % 20},ext{n}" for n in range(120)]
    file = table(tmp_path, "usuario,nombre,rol,sede,equipo,marcador\n" + "\n".join(lines))
    assert len(import_people(store, HOUSE, file).added) == 120


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_known_by_its_name_on_the_screen(store: Store, tmp_path: Path, role: Role) -> None:
    file = table(tmp_path, f"usuario,nombre,rol\nana,Ana,{_labels.role(role)}\n")
    assert import_people(store, HOUSE, file).problems == ()
    assert people.person(store, HOUSE, "ana").role == role


def test_a_role_that_is_none_is_told_with_those_there_are_in_spanish(store: Store, tmp_path: Path) -> None:
    (problem,) = import_people(store, HOUSE, table(tmp_path, "usuario,nombre,rol\nana,Ana,reina\n")).problems
    assert "«reina» no es un rol" in problem
    assert "formación (trainer)" in problem


def test_a_word_of_the_house_for_a_role_is_told_and_faulty_lines_are_counted(
    store: Store, tmp_path: Path
) -> None:
    lines = "sara,Sara,Supervisora\nana,Ana,agente\nbeto,Beto,reina\n"
    done = import_people(store, HOUSE, table(tmp_path, f"usuario,nombre,rol,apodo\n{lines}"))
    assert done.taken == (("supervisora", "lead"),)
    assert (len(done.added), done.faulty, len(done.problems)) == (2, 1, 2)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("Auditora externa", "auditor"),
        ("auditor externo", "auditor"),
        ("AUDITORÍA EXTERNA", "auditor"),
        ("Outside auditor", "auditor"),
        ("Quality analyst", "analyst"),
        ("Team lead", "lead"),
        ("Training", "trainer"),
        ("Administration", "admin"),
    ],
)
def test_a_role_is_known_by_how_its_holder_is_called(
    store: Store, tmp_path: Path, word: str, role: Role
) -> None:
    done = import_people(store, HOUSE, table(tmp_path, f"usuario;nombre;rol\neva;Eva;{word}\n"))
    assert not done.problems
    with store.reading() as connection:
        assert connection.execute(select(users.c.role).where(users.c.login == "eva")).scalar() == role
