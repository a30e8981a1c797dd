"""Scorecards on paper and lists as tables: what the viewer may see, every word as text, in both languages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import update
from typer.testing import CliRunner

from coach import audit, drafting, drafts, listings, releases, reviews, tables, wiping
from coach.cli import app
from coach.exporters import calls_table as calls_table_
from coach.exporters import of_call
from coach.exporters.calls_table import _WRITERS, Kind, calls_table
from coach.rows import CallFilter
from coach.schema_lists import listed
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError, Override, Review
from coach.viewers import HOUSE, Viewer
from nlp.labels import labels
from tests.coach.review_people import NOW, keep_call, new_team, person
from tests.coach.spoken import add_review
from tests.coach.test_drafts import drawn

Cell = tuple[str, bool]  # what stands in it, and whether a program would run it


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_paper_says_who_what_and_why(store: Store, settings: Settings) -> None:
    keep_call(store, settings, failed=("empathy",), debtor_name="Wilmer Chávez")
    text = read(of_call.paper(store, settings, HOUSE, "pe-01", names=True))
    for said in ("Rosa Quispe", "Wilmer Chávez", "lun 14 sep 2026", "No cumple", "Porque sí.", "página 1 de"):
        assert said in text
    assert "Negociación" in text
    assert "Pauta cobranza@1" in text


def test_in_english_where_asked(store: Store, settings: Settings) -> None:
    keep_call(store, settings, failed=("empathy",))
    text = read(of_call.paper(store, settings, HOUSE, "pe-01", "en"))
    for said in ("Scorecard of a call", "Mon 14 Sept 2026", "Not met", "page 1 of"):
        assert said in text
    assert "Evaluación" not in text


def test_what_waits_for_a_person_says_so(store: Store, settings: Settings) -> None:
    keep_call(store, settings, failed=("no_threats",), waiting=("firm",))
    text = read(of_call.paper(store, settings, HOUSE, "pe-01"))
    assert "faltas críticas por confirmar" in text
    assert "Un veredicto espera a una persona: por eso los puntos son un rango." in text
    assert "Cumple, por revisar" in text


def test_of_a_voided_call_nothing_is_told_of_a_range(store: Store, settings: Settings) -> None:
    call = keep_call(store, settings, failed=("no_threats",), waiting=("firm",))
    on = call.transcript.recording.id
    add_review(store, Review(on, "ana", NOW, (Override("no_threats", "fail", "Amenaza de cárcel"),)))
    text = read(of_call.paper(store, settings, HOUSE, "pe-01"))
    assert "Puntos: 0 de 100" in text
    assert "Llamada anulada" in text
    assert "espera a una persona" in text
    assert "rango" not in text


def test_markup_in_a_call_stays_text(store: Store, settings: Settings) -> None:
    name = '<b>Ana</b> & <font size="90">&lt;img src="file:///etc/passwd"/> \x00😀'
    keep_call(store, settings, agent=name, debtor_name="=cmd|' /C calc'!A0")
    text = read(of_call.paper(store, settings, HOUSE, "pe-01", names=True))
    assert '<b>Ana</b> & <font size="90">&lt;img src="file:///etc/passwd"/>' in text
    assert "=cmd|' /C calc'!A0" in text


def test_a_long_call_goes_over_as_many_pages_as_it_needs(store: Store, settings: Settings) -> None:
    keep_call(store, settings, lines="\n".join(f"    A[{n}-{n + 1}]: {'palabra ' * 60}" for n in range(40)))
    assert len(PdfReader(io.BytesIO(of_call.paper(store, settings, HOUSE, "pe-01"))).pages) >= 2


@pytest.fixture
def rosa(store: Store) -> Viewer:
    return person(store, "rosa", "agent", team=new_team(store, "Norte"))


def test_an_agent_takes_only_released_calls_without_unconfirmed_criticals(
    store: Store, settings: Settings, rosa: Viewer
) -> None:
    keep_call(store, settings, failed=("no_threats",))
    with pytest.raises(CoachError):
        of_call.paper(store, settings, rosa, "pe-01")
    releases.release(store, settings, HOUSE, "pe-01")
    text = read(of_call.paper(store, settings, rosa, "pe-01"))
    assert "Sin amenazas" not in text
    assert "por confirmar" not in text
    with pytest.raises(CoachError, match="permiso"):
        of_call.data(store, settings, rosa, "pe-01")


def test_who_reviews_blind_gets_no_paper(store: Store, settings: Settings) -> None:
    keep_call(store, settings)
    ana = person(store, "ana", "analyst")
    drawn(store, blind=True)
    drafts.open_review(store, settings, ana, "pe-01")
    with pytest.raises(CoachError, match="a ciegas"):
        of_call.paper(store, settings, ana, "pe-01")


def test_the_json_is_whole(store: Store, settings: Settings) -> None:
    keep_call(store, settings)
    assert json.loads(of_call.data(store, settings, HOUSE, "pe-01"))["id"] == "pe-01"


def test_from_the_terminal(store: Store, settings: Settings, tmp_path: Path) -> None:
    keep_call(store, settings)
    out = tmp_path / "hoja.pdf"
    environment = {"COACH_DATA_DIR": str(settings.data_dir), "COACH_CONFIG": ""}
    done = CliRunner().invoke(app, ["report", "pe-01", "--out", str(out)], env=environment)
    assert (done.exit_code, out.read_bytes()[:5]) == (0, b"%PDF-")
    named = ["report", "pe-01", "--with-names", "--out", str(out)]
    assert CliRunner().invoke(app, named, env=environment).exit_code == 0
    taken = [entry.detail for entry in audit.entries(store, HOUSE, action="export").rows]
    assert taken == [{"format": "pdf", "names": True}, {"format": "pdf", "names": False}]
    done = CliRunner().invoke(app, ["report", "nadie", "--out", str(out)], env=environment)
    assert done.exit_code == 2
    assert "nadie" in done.output


def test_what_goes_out_with_names_is_for_its_owner_only(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    """Also over a file that others could read; without names the table may be another login's to load."""
    keep_call(store, settings)
    environment = {"COACH_DATA_DIR": str(settings.data_dir), "COACH_CONFIG": ""}

    def rights(*arguments: str) -> int:
        out = tmp_path / arguments[-1]
        out.touch(mode=0o644)
        out.chmod(0o644)
        done = CliRunner().invoke(app, [*arguments[:-1], str(out)], env=environment)
        assert done.exit_code == 0, done.output
        return out.stat().st_mode & 0o777

    for ending in ("csv", "xlsx", "jsonl"):
        assert rights("export", "--with-names", "-o", f"llamadas.{ending}") == 0o600
    assert rights("report", "pe-01", "--with-names", "-o", "hoja.pdf") == 0o600
    assert rights("export", "-o", "sin-nombres.csv") == 0o644
    assert rights("report", "pe-01", "-o", "sin-nombre.pdf") == 0o644


def test_the_list_goes_out_as_three_kinds_of_table(store: Store, settings: Settings) -> None:
    keep_call(store, settings, debtor_name="=1+1", agent="@Rosa", duration_s=95.0)
    keep_call(store, settings, "pe-02", call_started_at=datetime(2026, 9, 15, 11, tzinfo=UTC))
    lines = (
        calls_table(store, settings, HOUSE, CallFilter(), "csv", names=True).decode("utf-8-sig").splitlines()
    )
    assert lines[0].startswith("llamada,fecha,inicio,agente,usuario,titular")
    assert [line.split(",")[0] for line in lines[1:]] == ["pe-02", "pe-01"]
    assert ",'@Rosa,rosa,'=1+1," in lines[2]
    objects = [
        json.loads(line)
        for line in calls_table(store, settings, HOUSE, CallFilter(), "jsonl", names=True).splitlines()
    ]
    assert (objects[1]["id"], objects[1]["debtor_name"]) == ("pe-01", "=1+1")
    book = openpyxl.load_workbook(
        io.BytesIO(calls_table(store, settings, HOUSE, CallFilter(), "xlsx", "en", names=True))
    )
    rows = list(book["calls"].iter_rows())
    cell = rows[2][5]
    assert (rows[0][0].value, cell.value, cell.data_type) == ("call", "=1+1", "s")
    assert rows[1][1].value == datetime(2026, 9, 15)


def _csv_cells(made: bytes) -> list[list[Cell]]:
    rows = csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""))
    return [[(text, text.startswith(tables._FORMULA)) for text in row] for row in rows]


def _xlsx_cells(made: bytes) -> list[list[Cell]]:
    rows = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0].iter_rows()
    return [
        [(str(cell.value or ""), cell.data_type == "f" or bool(cell.hyperlink)) for cell in row]
        for row in rows
    ]


def _jsonl_cells(made: bytes) -> list[list[Cell]]:
    """Programs read it: no cell runs. Its first line is a call's."""
    rows = [json.loads(line) for line in made.decode().splitlines()]
    return [[(str(value), False) for value in row.values()] for row in (dict.fromkeys(rows[0], ""), *rows)]


CELLS: dict[str, Callable[[bytes], list[list[Cell]]]] = {
    "csv": _csv_cells,
    "xlsx": _xlsx_cells,
    "jsonl": _jsonl_cells,
}


@pytest.mark.parametrize(
    "hostile", ["=1+1", "@a", "-1\tb", '+1"; x', "=a\n=b,c\r=d", "＝1", "http://x.mx/?a=1"]
)
@pytest.mark.parametrize("kind", _WRITERS)
def test_in_no_kind_of_table_runs_what_somebody_wrote(
    store: Store, settings: Settings, kind: Kind, hostile: str
) -> None:
    """Whoever adds a writer says here how its cells are read back, and which of them a program would run."""
    assert kind in CELLS, f"say in CELLS of this test how the cells of «{kind}» are read back"
    keep_call(store, settings, debtor_name=hostile, agent=hostile, company=hostile, disposition=hostile)
    keep_call(store, settings, "pe-02")
    head, *rows = CELLS[kind](calls_table(store, settings, HOUSE, CallFilter(), kind, names=True))
    assert {len(row) for row in rows} == {len(head)}
    assert len(rows) == 2
    assert not [text for row in rows for text, runs in row if runs]
    held = [text for row in rows for text, _ in row if hostile.split()[0] in text]
    assert len(held) >= 4


def test_the_table_says_in_its_language_what_could_be_judged(store: Store, settings: Settings) -> None:
    keep_call(store, settings)
    with store.writing() as connection:
        connection.execute(update(listed).values(promised=True, firm_promise=True))
    for language, title, said in (("es", "evaluable", "sí"), ("en", "evaluable", "yes")):
        raw = calls_table(store, settings, HOUSE, CallFilter(), "csv", language).decode("utf-8-sig")  # type: ignore[arg-type]
        (row,) = csv.DictReader(io.StringIO(raw))
        assert row[title] == said
        assert "sí" not in row.values() or language == "es"
        book = openpyxl.load_workbook(
            io.BytesIO(calls_table(store, settings, HOUSE, CallFilter(), "xlsx", language))  # type: ignore[arg-type]
        )
        head, cells = ([cell.value for cell in line] for line in book.worksheets[0].iter_rows())
        alike = [one for one in head if row[one] in ("sí", "yes", "no")]
        told = dict(zip(head, cells, strict=True))
        assert len(alike) == 4
        assert [told[one] for one in alike] == [row[one] for one in alike]


def test_the_table_has_the_objections_by_label_and_for_programs_by_id(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    call = keep_call(store, settings)
    keep_call(store, settings, "pe-02")
    drafts.open_review(store, settings, ana, call.id)
    drafting.relabel(store, ana, call.id, 1, None, "no_notice")
    drafting.relabel(store, ana, call.id, 3, None, "health_emergency")
    reviews.finish(store, settings, ana, call.id)
    told = {}
    for language, title in (("es", "objeciones"), ("en", "objections")):
        raw = calls_table(store, settings, HOUSE, CallFilter(), "csv", language).decode("utf-8-sig")  # type: ignore[arg-type]
        told[language] = [row[title] for row in csv.DictReader(io.StringIO(raw))]
    known = labels().objections
    for language, cells in told.items():
        names = (known["health_emergency"], known["no_notice"])
        assert sorted(cells) == ["", "; ".join(getattr(one.label, language) for one in names)]
    trainer = person(store, "tere", "trainer")
    lines = calls_table(store, settings, trainer, CallFilter(), "jsonl").splitlines()
    assert sorted(json.loads(line)["objections"] for line in lines) == [[], ["no_notice"]]


def test_the_table_holds_what_is_filtered_and_reached(store: Store, settings: Settings, rosa: Viewer) -> None:
    keep_call(store, settings)
    keep_call(store, settings, "mx-01", country="MX", agent_login="luis")
    only = calls_table(store, settings, HOUSE, CallFilter(countries=("MX",)), "jsonl").decode()
    assert [json.loads(line)["id"] for line in only.splitlines()] == ["mx-01"]
    with pytest.raises(CoachError, match="permiso"):
        calls_table(store, settings, rosa, CallFilter(), "csv")


def test_a_call_that_comes_or_goes_meanwhile_moves_no_other(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest are written first, so that one more would push the last of a page onto the next."""
    for day in range(1, 8):
        keep_call(store, settings, f"c-{day}", call_started_at=datetime(2026, 9, day, 10, tzinfo=UTC))
    monkeypatch.setattr(calls_table_, "_PAGE", 2)
    told, begun = listings.objections_in, []

    def meanwhile(*args: Any) -> dict[str, tuple[str, ...]]:
        if not begun:
            begun.append(True)
            keep_call(store, settings, "new", call_started_at=datetime(2026, 9, 30, 10, tzinfo=UTC))
            with store.writing() as connection:
                wiping.wipe_call(connection, "c-1", NOW)
        return told(*args)

    monkeypatch.setattr(listings, "objections_in", meanwhile)
    lines = calls_table(store, settings, HOUSE, CallFilter(), "jsonl").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["c-7", "c-6", "c-5", "c-4", "c-3", "c-2"]


def test_tables_from_the_terminal(store: Store, settings: Settings, tmp_path: Path) -> None:
    keep_call(store, settings)
    environment = {"COACH_DATA_DIR": str(settings.data_dir), "COACH_CONFIG": ""}
    out = tmp_path / "lista.csv"
    asked = ["export", "--out", str(out), "--since", "2026-09-01", "--country", "pe"]
    done = CliRunner().invoke(app, asked, env=environment)
    assert (done.exit_code, done.stdout) == (0, f"1 llamada en {out}\n")
    assert out.read_text(encoding="utf-8-sig").count("\n") == 2
    done = CliRunner().invoke(app, [*asked, "--agent", "nadie"], env=environment)
    assert done.output.endswith(f"{out}: ninguna llamada con esos filtros; solo lleva los títulos.\n")
    done = CliRunner().invoke(app, [*asked, "--until", "31/12/2026"], env=environment)
    assert done.exit_code == 2
    assert "--until «31/12/2026»: no es un día. Escríbalo como AAAA-MM-DD" in done.output
    done = CliRunner().invoke(app, ["export", "--out", str(tmp_path / "lista.doc")], env=environment)
    assert (done.exit_code, ".xlsx" in done.output) == (2, True)


def test_the_table_says_what_is_void_by_which_failure_and_what_still_waits(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    """A call of 0 points beside «críticas 0» reads as one that nobody found anything in."""
    for name in ("pe-01", "pe-02"):
        keep_call(store, settings, name, failed=("no_threats",))
    drafts.open_review(store, settings, ana, "pe-02")
    drafting.judge(store, ana, "pe-02", "no_threats", "fail", "Amenaza.")
    reviews.finish(store, settings, ana, "pe-02")
    raw = calls_table(store, settings, HOUSE, CallFilter(), "csv").decode("utf-8-sig")
    rows = {row["llamada"]: row for row in csv.DictReader(io.StringIO(raw))}
    columns = ("anulada", "críticas confirmadas", "críticas por confirmar")
    assert [rows["pe-01"][one] for one in columns] == ["no", "", "1"]
    assert [rows["pe-02"][one] for one in columns] == ["sí", "Sin amenazas", "0"]
    assert "críticas" not in rows["pe-01"]
    book = openpyxl.load_workbook(io.BytesIO(calls_table(store, settings, HOUSE, CallFilter(), "xlsx", "en")))
    head, *lines = [[cell.value for cell in row] for row in book["calls"].iter_rows()]
    told = {line[0]: dict(zip(head, line, strict=True)) for line in lines}
    assert (told["pe-02"]["void"], told["pe-02"]["confirmed criticals"]) == ("yes", "No threats")
    assert told["pe-01"]["void"] == "no"
    objects = [
        json.loads(line) for line in calls_table(store, settings, HOUSE, CallFilter(), "jsonl").splitlines()
    ]
    assert {one["id"]: one["confirmed"] for one in objects} == {"pe-01": [], "pe-02": ["no_threats"]}
