"""Evaluations of old from spreadsheets, as quality teams really keep them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from coach import worker
from coach.past import PastImport, import_past, match
from coach.schema_month import past_evaluations
from coach.settings import Settings
from coach.store import Store
from coach.tables import csv_text, read_table
from coach.types import Call, CoachError
from coach.viewers import HOUSE
from rubrics.loader import load_rubric
from tests.coach.house import person

FORM = load_rubric()
Sheet = list[list[object]]


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """An XLSX file with these rows in its first sheet."""

    def write(rows: Sheet, name: str = "evaluaciones.xlsx") -> Path:
        made = openpyxl.Workbook()
        page = made.worksheets[0]
        for row in rows:
            page.append(row)
        made.save(tmp_path / name)
        return tmp_path / name

    return write


def kept(store: Store) -> list[tuple[str, str, str, str]]:
    of = past_evaluations.c
    query = select(of.call_ref, of.reviewer, of.criterion, of.outcome).order_by(of.id)
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]


def brought(store: Store, path: Path, **more: object) -> PastImport:
    return import_past(store, HOUSE, path, FORM, **more)  # type: ignore[arg-type]


WIDE: Sheet = [
    ["ID Llamada", "Agente", "Evaluador", "Fecha", "Firme", "Empatía", "polite_close", "Observaciones"],
    ["pe-01", "rosa", "Eva", datetime(2026, 9, 14), "Cumple", "No cumple", "N/A", "muy bien"],
    ["pe-02", "rosa", "Eva", "15/09/2026", 1, 0, None, ""],
    ["pe-03.mp3", "paco", "Eva", "2026-09-16", "Sí", True, "quizás", ""],
]


def labelled(rows: Sheet) -> Sheet:
    """With the form's own labels in the place of the short names."""
    labels = {"Firme": "firm", "Empatía": "empathy"}
    own = {c.id: c.label for c in FORM.criteria}
    return [[own[labels[str(cell)]] if cell in labels else cell for cell in rows[0]], *rows[1:]]


def test_a_wide_sheet_has_a_column_for_each_criterion(
    store: Store, keep: Callable[..., Call], book: Callable[..., Path]
) -> None:
    keep("pe-01")
    keep("pe-03")
    found = brought(store, book(labelled(WIDE)))
    assert (found.calls, found.matched, found.new, found.known) == (3, 2, 7, 0)
    assert kept(store)[:5] == [
        ("pe-01", "Eva", "firm", "pass"), ("pe-01", "Eva", "empathy", "fail"),
        ("pe-01", "Eva", "polite_close", "na"),
        ("pe-02", "Eva", "firm", "pass"), ("pe-02", "Eva", "empathy", "fail"),
    ]  # fmt: skip
    assert found.faults == (
        "evaluaciones.xlsx: fila 4: «polite_close»: «quizás» no es un resultado (use cumple, no cumple, no "
        "aplica; 1, 0, NA; sí, no); el dato no se usó.",
    )
    assert found.unknown == ("«Observaciones»",)
    with store.reading() as connection:
        row = connection.execute(
            select(past_evaluations).where(past_evaluations.c.call_ref == "pe-03.mp3")
        ).first()
    assert row is not None
    assert (row.recording_id, row.agent_login, row.evaluated_on, row.source) == (
        "pe-03", "paco", date(2026, 9, 16), "evaluaciones.xlsx:4",
    )  # fmt: skip


def test_a_long_sheet_has_a_row_for_each_verdict(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "largo.csv"
    file.write_text(
        "llamada;evaluador;criterio;resultado\na;Eva;firm;cumple\na;Eva;empathy;no\na;Eva;simpatía;sí\na;Eva;;sí\n"
        ";Eva;firm;sí\n",
        encoding="cp1252",
    )
    found = brought(store, file)
    assert kept(store) == [("a", "Eva", "firm", "pass"), ("a", "Eva", "empathy", "fail")]
    assert [fault.partition("fila ")[2] for fault in found.faults] == [
        "4: «simpatía» no es un criterio de la pauta (¿será empathy?); la fila no se usó.",
        "5: falta el criterio; la fila no se usó.",
        "6: falta la llamada; la fila no se usó.",
    ]


def test_the_same_file_twice_changes_nothing(store: Store, book: Callable[..., Path]) -> None:
    path = book(labelled(WIDE))
    brought(store, path)
    before = kept(store)
    again = brought(store, path)
    assert (again.new, again.known, kept(store)) == (0, 7, before)


def test_who_contradicts_what_is_kept_is_told_and_the_first_stays(
    store: Store, book: Callable[..., Path]
) -> None:
    head: list[object] = ["id", "evaluador", "firm"]
    found = brought(store, book([head, ["a", "Eva", "sí"], ["a", "Eva", "no"], ["a", "Luis", "no"]]))
    assert kept(store) == [("a", "Eva", "firm", "pass"), ("a", "Luis", "firm", "fail")]
    assert (found.new, found.known) == (2, 0)
    assert "fila 3: «firm» contradice" in found.faults[0]


def test_a_title_that_is_near_a_criterion_is_suggested_and_a_person_may_say_it(
    store: Store, book: Callable[..., Path]
) -> None:
    rows: Sheet = [["id", "firm", "Despedida cordial y cierre"], ["a", "sí", "no"]]
    assert len(brought(store, book(rows)).unknown) == 1
    found = brought(store, book(rows), said={"Despedida cordial y cierre": "polite_close"})
    assert (found.unknown, found.new) == ((), 1)
    with pytest.raises(CoachError, match=r"«polite_clos» no es un criterio .*quiso decir «polite_close»"):
        brought(store, book(rows), said={"firm": "polite_clos"})
    with pytest.raises(CoachError, match="no hay ninguna columna «frim»"):
        brought(store, book(rows), said={"frim": "firm"})


def test_formulas_are_not_evaluated(store: Store, book: Callable[..., Path]) -> None:
    rows: Sheet = [
        ["id", "firm", "empathy"],
        ["a", "=IF(1=1,1,0)", "sí"],
        ['=HYPERLINK("http://x")', "sí", "sí"],
    ]
    found = brought(store, book(rows))
    assert kept(store) == [("a", "", "empathy", "pass")]
    assert [fault.partition("fila ")[2] for fault in found.faults] == [
        "2: «firm»: «=IF(1=1,1,0)» es una fórmula; pegue el valor; el dato no se usó.",
        '3: «id»: «=HYPERLINK("http://x")» es una fórmula; pegue el valor; la fila no se usó.',
    ]


def test_trying_it_keeps_nothing(store: Store, book: Callable[..., Path]) -> None:
    assert brought(store, book(labelled(WIDE)), keep=False).new == 7
    assert kept(store) == []


def test_evaluations_find_calls_that_come_later(
    store: Store, keep: Callable[..., Call], book: Callable[..., Path]
) -> None:
    brought(store, book([["archivo", "firm"], ["2026/audio/pe-09.wav", "sí"]]))
    assert match(store) == 0
    keep("pe-09")
    assert match(store) == 1
    assert kept(store) == [("2026/audio/pe-09.wav", "", "firm", "pass")]
    with store.reading() as connection:
        assert connection.scalars(select(past_evaluations.c.recording_id)).all() == ["pe-09"]


def test_the_worker_ties_them_when_it_has_nothing_else_to_do(
    store: Store, settings: Settings, keep: Callable[..., Call], book: Callable[..., Path]
) -> None:
    brought(store, book([["archivo", "firm"], ["pe-09.wav", "sí"]]))
    keep("pe-09")
    asked = iter([False] * 4)
    worker.work(store, settings, lambda: next(asked, True))
    assert match(store) == 0
    with store.reading() as connection:
        assert connection.scalars(select(past_evaluations.c.recording_id)).all() == ["pe-09"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["firm"], ["sí"]], "falta la columna con la llamada"),
        ([["id", "nota"], ["a", "bien"]], "ninguna columna es un criterio"),
        ([["id", "criterio"], ["a", "firm"]], "falta la del resultado"),
        ([["id", "firm"]], "no hay ninguna fila"),
    ],
)
def test_a_sheet_that_says_too_little_is_refused_whole(
    store: Store, book: Callable[..., Path], rows: Sheet, message: str
) -> None:
    with pytest.raises(CoachError, match=message):
        brought(store, book(rows))


def test_what_is_no_book_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"hola")
    with zipfile.ZipFile(tmp_path / "y.xlsx", "w") as empty:
        empty.writestr("nada.txt", "")
    (tmp_path / "z.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    for name, message in (
        ("x.xlsx", "no es un libro"),
        ("y.xlsx", "no es un libro"),
        ("z.xls", "guarde la hoja"),
    ):
        with pytest.raises(CoachError, match=message):
            read_table(tmp_path / name)
    with pytest.raises(CoachError, match="no es un libro"):
        read_table(tmp_path / "nada.xlsx")


def test_a_book_that_unpacks_to_too_much_is_not_opened(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    inside = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out, out.open(inside, "w") as part:
        for _ in range(601):
            part.write(bytes(1_000_000))
    with pytest.raises(CoachError, match="contiene demasiado"):
        read_table(bomb)


def test_a_named_sheet(store: Store, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.create_sheet("Septiembre").append(["id", "firm"])
    made["Septiembre"].append(["a", 1])
    made.save(tmp_path / "b.xlsx")
    assert brought(store, tmp_path / "b.xlsx", sheet="Septiembre").new == 1
    with pytest.raises(CoachError, match=r"no tiene la hoja «Agosto»\. Tiene «Sheet», «Septiembre»"):
        read_table(tmp_path / "b.xlsx", "Agosto")


def test_a_book_without_a_sheet_is_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as out:
        for name in whole.namelist():
            out.writestr(name, re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", whole.read(name)))
    with pytest.raises(CoachError, match=r"b\.xlsx: no tiene ninguna hoja con celdas"):
        read_table(tmp_path / "b.xlsx")


def test_who_may_not_calibrate_brings_nothing(store: Store, book: Callable[..., Path]) -> None:
    with pytest.raises(CoachError, match="no tiene permiso"):
        import_past(store, person(store, "rosa", "agent"), book(WIDE), FORM)


@pytest.mark.parametrize("text", ["=1+1", "+51 9", "-x", "@a", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_marked_as_text(text: str) -> None:
    (title, cell) = csv.reader(io.StringIO(csv_text((text,), [(text,)]), newline=""))
    assert title == cell == [f"'{text}"]


def test_our_own_numbers_stay_numbers() -> None:
    assert csv_text(("a", "b", "c"), [(-2.5, None, True)]) == "a,b,c\r\n-2.5,,sí\r\n"


def test_a_quotation_mark_left_open_in_a_table_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "pagos.csv"
    file.write_text('cuenta,fecha,monto\n1,"2026-09-14,5\n2,2026-09-14,6\n', encoding="utf-8")
    with pytest.raises(CoachError, match="línea 2: las comillas que se abren aquí no se cierran"):
        read_table(file)
