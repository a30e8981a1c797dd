"""Call facts from tables, sidecars and file names, and how they are joined to a recording."""

from __future__ import annotations

import contextlib
import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.facts import filenames, manifest, sidecar
from transcripts.facts.join import facts_for, join, merge
from transcripts.facts.types import CallFacts, LoggedContact, Reading
from transcripts.facts.values import Place, amount, amount_text, instant, value
from transcripts.types import CaseFacts, Recording, TranscriptError

MEXICO = ZoneInfo("America/Mexico_City")
PATTERN = "{agent_login}_{account}_{call_started_at:%Y%m%d-%H%M%S}"


def table(tmp_path: Path, text: str, name: str = "llamadas.csv", **more: str) -> Reading:
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8"))
    return manifest.read(path, **more)


def test_spanish_table_with_semicolons_and_comma_decimals(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        "Archivo;Fecha;Hora;Agente;Login;Deudor;País;Monto;Días de mora;Ofertas\n"
        "audios\\a-17.wav;08/10/2025;14:30;Rosa Peña;rpena;Óscar Núñez;Colombia;1.250.000,50;31;10%|3 "
        "cuotas\n",
    )

    assert reading.problems == ()
    assert reading.facts["a-17"] == CallFacts(
        id="a-17",
        call_started_at=datetime.datetime(2025, 10, 8, 14, 30, tzinfo=ZoneInfo("America/Bogota")),
        agent="Rosa Peña",
        agent_login="rpena",
        debtor_name="Óscar Núñez",
        country="CO",
        amount_due=Decimal("1250000.50"),
        days_late=31,
        authorized_offers=("10%", "3 cuotas"),
    )


@pytest.mark.parametrize(
    ("head", "cell", "offers"),
    [
        ("", "", None),  # a table without the column tells nothing
        (";ofertas_autorizadas", ";", ()),
        (";ofertas_autorizadas", ";Ninguna", ()),
        (";ofertas_autorizadas", ";Sin descuento", ()),
        (";ofertas_autorizadas", ";N/A", ()),
        (";ofertas_autorizadas", ";-", ()),
        (";ofertas_autorizadas", ";no aplica | 3 cuotas", ("3 cuotas",)),
        (";ofertas_autorizadas", ";3 cuotas", ("3 cuotas",)),
    ],
)
def test_a_case_without_offers_is_told_from_a_list_that_is_not_known(
    tmp_path: Path, head: str, cell: str, offers: tuple[str, ...] | None
) -> None:
    reading = table(tmp_path, f"id;fecha;login;deudor;monto{head}\n1;2025-10-08;x;Luz;900{cell}\n")
    assert reading.facts["1"].authorized_offers == offers
    joined = join(Recording("1", facts=CaseFacts(authorized_offers=("5 cuotas",))), reading.facts["1"])
    assert joined.facts.authorized_offers == (("5 cuotas",) if offers is None else offers)


def test_english_table_with_commas_and_offset(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        "call_id,start_time,agent_id,customer_name,country,amount_due,direction\n"
        '7,2025-10-08T14:30:00-05:00,ana.ruiz,"Núñez, Óscar",PE,"1,250.50",inbound\n',
    )

    facts = reading.facts["7"]
    assert facts.call_started_at == datetime.datetime.fromisoformat("2025-10-08T14:30:00-05:00")
    assert (facts.debtor_name, facts.amount_due, facts.direction) == (
        "Núñez, Óscar",
        Decimal("1250.50"),
        "inbound",
    )


def test_country_and_zone_of_the_source_hold_where_the_line_says_nothing(tmp_path: Path) -> None:
    text = "id;fecha;login;deudor\n1;2025-10-08 09:05;x;Luz\n"

    mexican = table(tmp_path, text, country="MX").facts["1"]
    spanish = table(tmp_path, text, country="MX", timezone="Europe/Madrid").facts["1"]

    assert mexican.call_started_at == datetime.datetime(2025, 10, 8, 9, 5, tzinfo=MEXICO)
    assert spanish.call_started_at == datetime.datetime(2025, 10, 8, 9, 5, tzinfo=ZoneInfo("Europe/Madrid"))
    assert mexican.country == "MX"


def test_an_hour_may_be_the_debtors_or_the_capitals_where_only_the_debtors_zone_is_told(
    tmp_path: Path,
) -> None:
    def began(line: str, titles: str = "time_zone", **more: str) -> object:
        text = f"id,fecha,login,deudor,pais,{titles}\n1,2026-11-25 08:30{line}\n"
        return table(tmp_path, text, **more).facts["1"].call_started_at

    wall = datetime.datetime(2026, 11, 25, 8, 30)
    chicago, york = ZoneInfo("America/Chicago"), ZoneInfo("America/New_York")
    assert began(",x,Luz,US,America/Chicago") == wall
    assert began(",x,Luz,US,America/Detroit") == wall.replace(tzinfo=york)
    assert began(",x,Luz,US,America/Chicago", timezone="America/Chicago") == wall.replace(tzinfo=chicago)
    both = began(",x,Luz,US,America/Chicago,America/New_York", "time_zone,zona_horaria")
    assert both == wall.replace(tzinfo=york)
    assert began(" -05:00,x,Luz,US,America/Chicago") == wall.replace(tzinfo=york)
    (tmp_path / "c.json").write_text(
        '{"country": "US", "call_started_at": "2026-11-25 08:30", "time_zone": "America/Chicago"}', "utf-8"
    )
    assert sidecar.read(tmp_path / "c.json").facts["c"].call_started_at == wall


def test_what_cannot_be_used_is_told_once_and_the_rest_goes_on(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        "id;fecha;login;deudor;humor;monto;deudro\n"
        "1;ayer;x;Luz;3;100;z\n"
        "1;2025-10-08;x;Luz;3;100;z\n"
        ";2025-10-08;x;Luz;3;100;z\n"
        "2;2025-10-08;x;Luz;3;cien;z\n",
    )

    assert sorted(reading.facts) == ["1", "2"]
    assert reading.facts["1"].call_started_at is None
    assert reading.problems == (
        "llamadas.csv: la columna «humor» no se conoce y no se usó.",
        "llamadas.csv: la columna «deudro» no se conoce y no se usó. ¿Quiso decir «deudor»?",
        "llamadas.csv: línea 2: «fecha»: «ayer» no es una fecha (use AAAA-MM-DD HH:MM); el dato no se usó.",
        "llamadas.csv: línea 3: el id «1» está repetido; vale la primera vez.",
        "llamadas.csv: línea 4: falta el id de la llamada; la línea no se usó.",
        "llamadas.csv: línea 5: «monto»: «cien» no es una cantidad; el dato no se usó.",
    )


HEADER = "id,agente,fecha,monto\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEADER + 'q-2,"Ana,14/09/2026,5\nq-3,Luis,14/09/2026,6\nq-4,Bea,14/09/2026,7\n', 2),
        (HEADER + 'q-1,Rosa,14/09/2026,4\nq-2,Ana,"14/09/2026,5', 3),
        (HEADER + '"q-2,Ana,14/09/2026,5\r\nq-3,Luis,14/09/2026,6\r\n', 2),
        # closed by the mark that should open another cell
        (HEADER + 'q-2,"Ana,14/09/2026,5\nq-3,"Ruiz, Luis",14/09/2026,6\nq-4,Bea,14/09/2026,7\n', 2),
        (HEADER + 'q-2,"Ana,14/09/2026,5\n"q-3","Luis",14/09/2026,6\n', 2),
        # closed by a stray one, with a row of as many cells as the others
        (HEADER + 'q-2,"Ana,14/09/2026,5\nq-3,Luis,14/09/2026,6\nq-4,Bea",14/09/2026,7\n', 2),
        (HEADER + 'q-1,"Ana\nRuiz","14/09/2026,5\nq-3,Luis,14/09/2026,6\n', 3),
        (HEADER + 'q-1,"' + "Ana,14/09/2026,5\nq-2," * 9000, 2),  # longer than any cell
    ],
)
def test_a_quotation_mark_left_open_swallows_no_rows(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(TranscriptError, match=f"línea {line}: las comillas que se abren aquí no se cierran"):
        table(tmp_path, text)


@pytest.mark.parametrize(
    ("cell", "agent"),
    [
        ('"Ana\nRuiz"', "Ana\nRuiz"),
        ('"Ana ""la jefa""\nRuiz, de noche\n"', 'Ana ""la jefa""\nRuiz, de noche'.replace('""', '"')),
        ('"Ana\r\ny Luis, los dos, de noche, sí"', "Ana\r\ny Luis, los dos, de noche, sí"),
        ('Ana "la jefa" Ruiz', 'Ana "la jefa" Ruiz'),
    ],
)
def test_a_cell_may_hold_line_ends_and_quotation_marks(tmp_path: Path, cell: str, agent: str) -> None:
    reading = table(tmp_path, f"{HEADER}q-1,{cell},2026-09-14,5\nq-2,Bea,2026-09-14,seis\n", country="MX")
    assert reading.facts["q-1"].agent == agent
    assert sorted(reading.facts) == ["q-1", "q-2"]
    (line,) = [problem for problem in reading.problems if "«seis»" in problem]
    assert f"línea {3 + agent.count(chr(10)) + cell.endswith(chr(10) + chr(34))}: «monto»" in line


def test_a_value_that_does_not_fit_costs_its_cell_and_not_its_row(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        f"id;Monto vencido;agente;Días de mora;tramo;deudor\nq-1;-500;Rosa;99999;60;{'x' * 501}\n",
    )
    assert reading.facts["q-1"] == CallFacts(id="q-1", agent="Rosa")
    assert reading.problems[1:] == (
        f"llamadas.csv: línea 2: «deudor»: «{'x' * 40}» tiene más de 500 letras; el dato no se usó.",
        "llamadas.csv: línea 2: «Monto vencido»: «-500» es menos de 0; el dato no se usó.",
        "llamadas.csv: línea 2: «Días de mora»: «99999» es más de 20000; el dato no se usó.",
        "llamadas.csv: línea 2: «tramo»: «60» es más de 50; el dato no se usó.",
    )


def test_a_value_that_does_not_fit_costs_the_file_beside_a_recording_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"call_date": "ayer", "agent": "Rosa", "amount_due": -500}', encoding="utf-8")
    reading = sidecar.read(path)
    assert reading.facts["a"].agent == "Rosa"
    assert reading.problems == (
        "a.json: «amount_due»: «-500» es menos de 0; el dato no se usó.",
        "a.json: «call_date»: «ayer» no es una fecha (use AAAA-MM-DD HH:MM); el dato no se usó.",
    )


def test_missing_columns_are_told(tmp_path: Path) -> None:
    reading = table(tmp_path, "id,monto\n1,100\n")

    assert reading.problems == (
        "llamadas.csv: no hay columna de fecha, de login del agente ni de nombre del deudor; lo que ya se "
        "sabe de esas llamadas queda como está, y lo que no, sin asignar.",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fecha,login\n2025-10-08,x\n", "falta la columna con el id.*la fila 1: «fecha», «login»"),
        ("Informe\n\nfecha;login\n2025-10-08;llamada\n", "la fila 3: «fecha», «login». Agregue"),
        ("Informe\nid;fecha\n", "no hay ninguna llamada"),
        ("id,fecha\n", "no hay ninguna llamada"),
        ("\n \n", "está vacío: no hay encabezados ni filas. Vuelva a exportar la tabla"),
        ("id\x00,fecha\n1\x00,2\n", "no es una tabla en texto.*Guárdela como CSV"),
    ],
)
def test_tables_that_are_none(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(TranscriptError, match=expected):
        table(tmp_path, text)


@pytest.mark.parametrize(
    "above",
    [
        "Reporte de llamadas Financiera Roble;;;\n\n",
        "Financiera Roble, S. A., octubre, 2025\n",
        "Archivo;llamadas.csv;;\nFecha;31/10/2025;;\n\n",
        "".join(f"Nota {n};;;\n" for n in range(19)),
    ],
)
def test_lines_of_the_export_may_stand_above_the_headings(tmp_path: Path, above: str) -> None:
    rows = "archivo;fecha;login;deudor\nc-1.wav;08/10/2025;mtapia;Ana\n;09/10/2025;x;y\n"
    reading = table(tmp_path, above + rows)

    assert reading.facts["c-1"].agent_login == "mtapia"
    last = above.count("\n") + 3
    assert reading.problems == (
        f"llamadas.csv: línea {last}: falta el id de la llamada; la línea no se usó.",
    )


@pytest.mark.parametrize("above", ["Archivo;octubre.csv", "Archivo;octubre.csv;7 llamadas"])
@pytest.mark.parametrize("columns", ["id;login;fecha", "fecha;login;id", "id;login;fecha;nota 2"])
def test_of_lines_that_name_the_id_the_headings_name_more(tmp_path: Path, above: str, columns: str) -> None:
    said = {"id": "c1", "login": "rosa", "fecha": "2026-10-01", "nota 2": "x"}
    line = ";".join(said[name] for name in columns.split(";"))
    (facts,) = table(tmp_path, f"{above}\n{columns}\n{line}\n").facts.values()
    assert (facts.id, facts.agent_login, str(facts.call_started_at)) == ("c1", "rosa", "2026-10-01")


def test_in_a_table_of_two_columns_too(tmp_path: Path) -> None:
    assert set(table(tmp_path, "Archivo;octubre.csv\nid;login\nc1;rosa\n").facts) == {"c1"}


def test_a_word_of_a_call_is_no_heading(tmp_path: Path) -> None:
    for head in ("id;canal;con", "id;canal;login"):
        assert set(table(tmp_path, f"{head}\n1;llamada;titular\n2;x;y\n").facts) == {"1", "2"}


def test_windows_table(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("id;año;deudor\n1;2;Núñez\n".encode("cp1252"))

    assert manifest.read(path).facts["1"].debtor_name == "Núñez"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1,500.00", "1500.00"), ("1.500,00", "1500.00"), ("$ 1.250.000", "1250000"), ("1,234", "1234"),
        ("S/ 350.5", "350.5"),
        ("120,50 €", "120.50"), ("0.500", "0.500"), ("4380", "4380"), ("1'200'000", "1200000"),
        ("300.000", "300000"), ("1500.000", "1500.000"), ("050.000", "50000"), ("12,345,678", "12345678"),
        ("480 mil", "480000"), ("480MIL", "480000"), ("1,5 millones", "1500000"), ("1 millón", "1000000"),
        ("2.5 millones de pesos", "2500000"), ("12.500 mil", "12500000"), ("$1,250.00 M.N.", "1250.00"),
        ("(500.00)", "-500.00"), ("$ (500,00)", "-500.00"), ("1,250.00 (mil doscientos)", "1250.00"),
        ("$480.000.-", "480000"), ("480.000,-", "480000"), ("480.000.- COP", "480000"),
        ("−500", "-500"), ("500-", "-500"), ("480 mil-", "-480000"), ("(480 mil)", "-480000"),
        ("(COP) 500", "500"), ("Total, 500", "500"), ("$.50", "0.50"), ("S/.50", "50"),
        ("$1’250.000", "1250000"), ("1'250.000,50", "1250000.50"),
    ],
)  # fmt: skip
def test_sums(raw: str, expected: str) -> None:
    assert amount(raw, Place()) == Decimal(expected)


@pytest.mark.parametrize("written", ["452.805", "1E+6", "300.000", "0.5", "1250000.50", "7"])
def test_a_sum_that_is_written_is_read_back(written: str) -> None:
    assert amount(amount_text(Decimal(written)), Place()) == Decimal(written)


def test_a_number_of_json_beside_a_recording_has_the_mark_of_json(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for held, expected in (("452.805", "452.805"), ('"300.000"', "300000"), ("300000.0", "300000")):
        path.write_text(f'{{"amount_due": {held}, "currency": "COP"}}', encoding="utf-8")
        assert sidecar.read(path).facts["a"].amount_due == Decimal(expected)


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("2025-10-08", None, datetime.date(2025, 10, 8)),
        ("08/10/2025", "MX", datetime.date(2025, 10, 8)),
        ("10/08/2025", "US", datetime.date(2025, 10, 8)),
        ("10/28/2025", "MX", datetime.date(2025, 10, 28)),
        ("8-10-25 2:30 p. m.", "MX", datetime.datetime(2025, 10, 8, 14, 30, tzinfo=MEXICO)),
        ("20251008-143000", "MX", datetime.datetime(2025, 10, 8, 14, 30, tzinfo=MEXICO)),
        ("20251008143000", "MX", datetime.datetime(2025, 10, 8, 14, 30, tzinfo=MEXICO)),
        ("2025-10-08T14:30:00Z", "MX", datetime.datetime(2025, 10, 8, 14, 30, tzinfo=datetime.UTC)),
        ("2025-10-08 14:30:05", None, datetime.datetime(2025, 10, 8, 14, 30, 5)),
    ],
)
def test_days_and_moments(raw: str, country: str | None, expected: datetime.date) -> None:
    assert instant(raw, Place(country)) == expected


@pytest.mark.parametrize(
    "raw",
    ["1.5E+06", "480k", "1,5 MM", "1.5M", "300 mdp", "2 mil 500", "500 de 1000", "1,250 millones"],
)
def test_a_sum_without_all_its_figures_is_refused(raw: str) -> None:
    with pytest.raises(ValueError, match="todas sus cifras"):
        amount(raw, Place("MX"))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1.250.00", "1250.00"),
        ("48,000,00", "48000.00"),
        ("1.200.000,5", "1200000.5"),
        ("1'250,000.00", "1250000.00"),
    ],
)
def test_the_last_mark_may_part_cents(raw: str, expected: str) -> None:
    assert amount(raw, Place("MX")) == Decimal(expected)


@pytest.mark.parametrize("raw", ["4,5,6", "12.5.2026", "2.400,50.10", "12,50.00", "1.250,000"])
def test_marks_that_part_nothing_are_refused(raw: str) -> None:
    with pytest.raises(ValueError, match="no separan miles"):
        amount(raw, Place("MX"))


def test_a_balance_below_nought_is_told_and_not_used(tmp_path: Path) -> None:
    read = table(tmp_path, "id;login;fecha;saldo\na;x;2026-09-14;(500.00)\n")

    assert read.facts["a"].amount_due is None
    assert any("«(500.00)» es menos de 0; el dato no se usó" in told for told in read.problems)


@pytest.mark.parametrize(
    "raw", ["ayer", "31/02/2025", "2025-13-01", "2025-10-08 25:10", "2025-10-08 a las tres"]
)
def test_days_that_are_none(raw: str) -> None:
    with pytest.raises(ValueError, match=r"fecha|hora"):
        instant(raw, Place())


def test_file_name_by_pattern() -> None:
    caught = filenames.facts_of("ana.ruiz_4471_20251008-143000.wav", PATTERN, country="MX")

    assert caught.facts == CallFacts(
        id="ana.ruiz_20251008-143000",
        agent_login="ana.ruiz",
        account="4471",
        country="MX",
        call_started_at=datetime.datetime(2025, 10, 8, 14, 30, tzinfo=MEXICO),
    )


def test_file_name_by_regular_expression() -> None:
    caught = filenames.facts_of(
        "out-4471-20251008.mp3", r"(?P<direction>\w+)-(?P<account>\d+)-(?P<call_started_at>\d{8})"
    )

    assert caught.facts is not None
    assert (caught.facts.direction, caught.facts.account) == ("outbound", "4471")
    assert caught.facts.call_started_at == datetime.date(2025, 10, 8)


@pytest.mark.parametrize(
    ("name", "pattern", "wanted"),
    [
        ("4471_ana.wav", "{account}_{agent_login}", "ana"),
        ("ana-4471.wav", "{agent_login}-{account}", "ana"),
        ("ana_Luis Pérez_4471_x9.wav", "{agent_login}_{debtor_name}_{account}_{_}", "ana_x9"),
        ("ana_77-1.wav", "{agent_login}_{_}", "ana_77-1"),
        ("7001_4471.wav", "{id}_{account}", "7001"),
        ("4471.wav", "{account}", "llamada-"),
    ],
)
def test_an_id_holds_neither_the_account_nor_the_debtors_name(name: str, pattern: str, wanted: str) -> None:
    facts = filenames.facts_of(name, pattern).facts
    assert facts is not None
    assert facts.id is not None
    assert facts.id.startswith(wanted)
    assert "4471" not in facts.id


def test_dry_run_shows_what_the_pattern_catches(tmp_path: Path) -> None:
    for n in range(25):
        (tmp_path / f"ana_{n:02d}_20251008-143000.wav").touch()
    (tmp_path / "aaa-sin-patron.wav").touch()
    (tmp_path / "aab_9_20251399-143000.wav").touch()
    (tmp_path / "notas.pdf").touch()

    caught = filenames.dry_run(tmp_path, PATTERN)

    assert len(caught) == 20
    assert (caught[0].file, caught[0].facts, caught[0].reason) == (
        "aaa-sin-patron.wav",
        None,
        "el nombre no sigue el patrón",
    )
    assert caught[1].reason == "«20251399-143000» no es una fecha con la forma %Y%m%d-%H%M%S"
    assert caught[2].facts is not None
    assert caught[2].facts.account == "00"


def test_dry_run_looks_where_an_intake_looks(tmp_path: Path) -> None:
    (tmp_path / "lunes").mkdir()
    for name in ("ana_1_20251008-143000.wav", "ana_1_20251008-143000.json", "b.OGG", "b.OGG.json", "~c.wav"):
        (tmp_path / "lunes" / name).touch()
    (tmp_path / "z.json").touch()  # a transcript

    caught = filenames.dry_run(tmp_path, PATTERN)

    told = [(Path(one.file).as_posix(), one.facts is not None) for one in caught]
    assert told == [("lunes/ana_1_20251008-143000.wav", True), ("lunes/b.OGG", False), ("z.json", False)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{agente}_{_}", "el campo «agente» no existe"),
        ("fijo", "no tiene ningún campo"),
        ("{account}_{account}", "«account» está dos veces"),
        ("(?P<account>", "no se entiende"),
    ],
)
def test_patterns_that_cannot_work(pattern: str, expected: str) -> None:
    with pytest.raises(TranscriptError, match=expected):
        filenames.facts_of("x.wav", pattern)


def test_sidecar(tmp_path: Path) -> None:
    audio = tmp_path / "c-9.wav"
    (tmp_path / "c-9.json").write_text(
        '{"call_date": "2025-10-08", "agent_login": "rpena", "country": "PE", '
        '"amount_due": 452.8, "days_late": 31, '
        '"authorized_offers": ["a", "b"], "color": "azul"}',
        encoding="utf-8",
    )

    found = sidecar.beside(audio)
    assert found is not None
    reading = sidecar.read(found)

    facts = reading.facts["c-9"]
    assert (facts.call_started_at, facts.amount_due) == (datetime.date(2025, 10, 8), Decimal("452.8"))
    assert (facts.days_late, facts.authorized_offers) == (31, ("a", "b"))
    assert reading.problems == ("c-9.json: claves que no se conocen y no se usaron: color.",)


@pytest.mark.parametrize("name", ["ana_4471.json", "ana_4471.mp3.json", "ana_4471.wav.json"])
def test_a_sidecar_has_an_id_only_where_it_says_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"country": "PE"}', encoding="utf-8")
    (facts,) = sidecar.read(tmp_path / name).facts.values()
    assert (facts.id, facts.country) == (None, "PE")
    (tmp_path / name).write_text('{"id": "c-9"}', encoding="utf-8")
    assert sidecar.read(tmp_path / name).facts["c-9"].id == "c-9"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", "se esperaba un objeto"),
        ("{", "no es JSON"),
    ],
)
def test_sidecars_that_cannot_be_used(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "c.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TranscriptError, match=expected):
        sidecar.read(path)


def test_join_adds_what_is_known_and_leaves_the_rest() -> None:
    recording = Recording("c-1", agent="Rosa", facts=CaseFacts(currency="PEN"))

    joined = join(recording, CallFacts(id="otro", agent_login="rpena", amount_due=Decimal(100)))

    assert joined == Recording("c-1", agent="Rosa", agent_login="rpena", facts=CaseFacts(Decimal(100), "PEN"))


def test_unknown_agent_stays_none() -> None:
    assert join(Recording("c-1"), CallFacts(country="MX")).agent_login is None


def test_manifest_finds_the_recording_by_its_file_name() -> None:
    facts = CallFacts(id="a-17", agent_login="rpena")

    assert facts_for(Recording("0f3c", audio=Path("x/a-17.wav")), Reading({"a-17": facts})) == facts
    assert facts_for(Recording("otra"), Reading({"a-17": facts})) is None


def test_later_sources_are_stronger() -> None:
    assert merge([CallFacts(id="1", agent_login="a"), None, CallFacts(agent_login="b")]) == CallFacts(
        id="1", agent_login="b"
    )


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=40))
def test_odd_file_names_never_break_it(name: str, cell: str) -> None:
    assert filenames.facts_of(name + ".wav", PATTERN).file == name + ".wav"
    for convert in (amount, instant):
        with contextlib.suppress(ValueError):
            convert(cell, Place("MX"))


TABLE = (
    "id,fecha,login,deudor,país,vencimiento,zona_horaria_deudor,primer_contacto,aviso_reproducido,contactos\n"
)

YES_NO = {
    "primer_contacto": "first_contact",
    "aviso_reproducido": "notice_played",
    "promesa_cumplida": "promise_kept",
}


def cell(tmp_path: Path, column: str, text: str, country: str = "MX") -> tuple[object, tuple[str, ...]]:
    """What a table with one call holds in one column, and what is said of it."""
    reading = table(tmp_path, f'id,fecha,login,deudor,pais,{column}\n1,2025-10-08,x,Luz,{country},"{text}"\n')
    field = {"vencimiento": "due_date", "zona_horaria_deudor": "time_zone", "contactos": "contacts"}
    return getattr(reading.facts["1"], field.get(column) or YES_NO[column]), reading.problems


def contact(day: int, hour: int, minute: int, **more: Any) -> LoggedContact:
    return LoggedContact(at=datetime.datetime(2025, 10, day, hour, minute, tzinfo=MEXICO), **more)


def test_a_code_of_no_country_is_told_and_left_out(tmp_path: Path) -> None:
    reading = table(tmp_path, "id,deudor,pais\nr-1,Luz,ZZ\nr-2,Luz,sv\n", country="MX")
    assert (reading.facts["r-1"].country, reading.facts["r-2"].country) == ("MX", "SV")
    assert any("«ZZ» no es un país" in one for one in reading.problems)
    (tmp_path / "r-1.json").write_text('{"country": "ZZ", "agent": "Luz"}', encoding="utf-8")
    beside = sidecar.read(tmp_path / "r-1.json")
    assert [one.country for one in beside.facts.values()] == [None]
    assert any("no es un país" in one for one in beside.problems)


def test_the_facts_that_rules_of_a_country_ask_for(tmp_path: Path) -> None:
    line = "1,2025-10-08,x,Luz,México,05/10/2025,America/Tijuana,sí,no,2025-10-01 09:15 llamada habló\n"
    reading = table(tmp_path, TABLE + line)

    facts = reading.facts["1"]
    assert reading.problems == ()
    assert (facts.due_date, facts.time_zone) == (datetime.date(2025, 10, 5), "America/Tijuana")
    assert (facts.first_contact, facts.notice_played) == (True, False)
    assert facts.contacts == (contact(1, 9, 15, talked=True),)


@pytest.mark.parametrize("column", YES_NO)
@pytest.mark.parametrize(
    ("text", "expected"), [("Sí", True), ("x", True), ("1", True), ("NO", False), ("falso", False)]
)
def test_a_yes_or_a_no(tmp_path: Path, column: str, text: str, expected: bool) -> None:
    assert cell(tmp_path, column, text) == (expected, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no", ()),
        ("2025-10-03 18:40", (contact(3, 18, 40),)),
        ("03/10/2025 6:40 p. m. visita", (contact(3, 18, 40, channel="visit"),)),
        (
            "2025-10-01 09:15 llamada efectivo; 2025-10-03 18:40 WhatsApp | 2025-10-04 10:00 entrante habló",
            (
                contact(1, 9, 15, talked=True),
                contact(3, 18, 40, channel="message"),
                contact(4, 10, 0, by_debtor=True, talked=True),
            ),
        ),
    ],
)
def test_a_contact_log_in_one_cell(tmp_path: Path, text: str, expected: tuple[LoggedContact, ...]) -> None:
    assert cell(tmp_path, "contactos", text) == (expected, ())


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("vencimiento", "32/10/2025", "«32/10/2025» no es una fecha del calendario"),
        ("vencimiento", "pronto", "«pronto» no es una fecha (use AAAA-MM-DD)"),
        (
            "zona_horaria_deudor",
            "Marte",
            "«Marte» la zona horaria «Marte» no existe (use America/Bogota, por ejemplo)",
        ),
        (
            "zona_horaria_deudor",
            "America",
            "«America» la zona horaria «America» no existe (use America/Bogota, por ejemplo)",
        ),
        ("primer_contacto", "quizá", "«quizá» no es un sí o un no"),
        ("aviso_reproducido", "a veces", "«a veces» no es un sí o un no"),
        (
            "contactos",
            "2025-10-01 llamada",
            "«2025-10-01 llamada» no dice a qué hora fue cada contacto (use AAAA-MM-DD HH:MM llamada; …)",
        ),
        (
            "contactos",
            "2025-10-01 09:15 gritó",
            "«2025-10-01 09:15 gritó» la hora no se entiende (use HH:MM)",
        ),
    ],
)
def test_a_bad_cell_is_told_and_costs_only_itself(tmp_path: Path, column: str, text: str, told: str) -> None:
    assert cell(tmp_path, column, text) == (
        None,
        (f"llamadas.csv: línea 2: «{column}»: {told}; el dato no se usó.",),
    )


def test_a_log_in_an_unknown_zone_is_told(tmp_path: Path) -> None:
    held, told = cell(tmp_path, "contactos", "2025-10-01 09:15 llamada", country="")
    assert held is None
    assert "no se sabe en qué zona horaria fueron los contactos" in told[0]


def test_a_zone_that_is_a_folder_of_zones_is_told(tmp_path: Path) -> None:
    reading = table(tmp_path, "id;fecha;login;deudor;zona\n1;2025-10-08 09:00;x;Luz;America\n")
    assert "la zona horaria «America» no existe" in reading.problems[0]


def test_a_log_with_nobody_in_it_is_knowledge() -> None:
    nobody = CallFacts(contacts=())
    assert merge([nobody, CallFacts(agent="Rosa")]).contacts == ()
    assert merge([CallFacts(contacts=(contact(1, 9, 15),)), nobody]).contacts == ()
    assert join(Recording("c-1"), nobody).facts.contacts == ()
    assert join(Recording("c-1", facts=CaseFacts(contacts=())), CallFacts()).facts.contacts == ()


def test_a_sidecar_tells_of_contacts_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "c-9.json"
    log = '[{"at": "2025-10-01T09:15:00-06:00", "talked": true}]'
    path.write_text(f'{{"first_contact": false, "notice_played": true, "contacts": {log}}}', encoding="utf-8")

    facts = sidecar.read(path).facts["c-9"]
    assert (facts.first_contact, facts.notice_played) == (False, True)
    assert facts.contacts == (contact(1, 9, 15, talked=True),)


def test_a_contact_without_a_zone_is_not_taken_from_a_sidecar(tmp_path: Path) -> None:
    path = tmp_path / "c-9.json"
    path.write_text('{"agent": "Rosa", "contacts": [{"at": "2025-10-01T09:15:00"}]}', encoding="utf-8")
    reading = sidecar.read(path)
    assert reading.facts["c-9"] == CallFacts(agent="Rosa")
    assert "«contacts»" in reading.problems[0]
    assert "no dice su zona horaria; el dato no se usó." in reading.problems[0]


def test_the_legs_of_a_transferred_call_are_told_by_table_name_and_file(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("archivo;linkedid;tramo;tramos\na.wav;9001;01;2\nb.wav;9001;dos;2\n", encoding="utf-8")
    reading = manifest.read(path)
    assert (reading.facts["a"].linked_id, reading.facts["a"].leg, reading.facts["a"].legs) == ("9001", 1, 2)
    assert reading.facts["b"].leg is None
    assert any("«dos» no es un número de tramo" in problem for problem in reading.problems)
    caught = filenames.facts_of("9001-02_ana.wav", "{linked_id}-{leg}_{agent_login}").facts
    assert caught is not None
    assert (caught.linked_id, caught.leg) == ("9001", 2)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Honduras", "HN"), ("El Salvador", "SV"), ("República Dominicana", "DO"), ("Rep. Dominicana", "DO"),
        ("BOLIVIA", "BO"), ("Uruguay", "UY"), ("panama", "PA"), ("VEN", "VE"), ("EE.UU.", "US"),
        ("espana", "ES"), ("Mexico", "MX"), ("Spain", "ES"), ("do", "DO"),
    ],
)  # fmt: skip
def test_a_country_by_any_of_its_names(said: str, code: str) -> None:
    assert value("country", said, Place()) == code


@pytest.mark.parametrize("said", ["Narnia", "XX", "Europa"])
def test_what_is_no_country(said: str) -> None:
    with pytest.raises(ValueError, match="no es un país"):
        value("country", said, Place())


@pytest.mark.parametrize(
    ("said", "direction"),
    [("Entrada", "inbound"), ("Llamada entrante", "inbound"), ("Salida", "outbound"), ("OUT", "outbound")],
)
def test_directions(said: str, direction: str) -> None:
    assert value("direction", said, Place()) == direction


@pytest.mark.parametrize("first", ["sep=;\n", '"sep=;"\r\n', "SEP=;\n"])
def test_the_separator_that_a_spreadsheet_tells_is_no_header(tmp_path: Path, first: str) -> None:
    read = table(tmp_path, f"{first}id;login;fecha\na,b;x;no\n")

    assert read.facts["a,b"].agent_login == "x"
    assert any("línea 3: «fecha»" in told for told in read.problems)


@pytest.mark.parametrize(
    ("day", "hour"),
    [("14/09/2026 00:00:00", "10:05"), ("2026-09-14T00:00:00.000", "10:05"), ("14/09/2026", "10:05 hrs")],
)
def test_the_day_and_the_hour_of_two_columns(tmp_path: Path, day: str, hour: str) -> None:
    read = table(tmp_path, f"id;fecha;hora;pais\na;{day};{hour};MX\n")

    assert read.facts["a"].call_started_at == datetime.datetime(2026, 9, 14, 10, 5, tzinfo=MEXICO)


@pytest.mark.parametrize(("day", "hour"), [("14/09/2026", "temprano"), ("14/09/2026 09:00", "10:05")])
def test_an_hour_that_cannot_be_used_leaves_the_day(tmp_path: Path, day: str, hour: str) -> None:
    read = table(tmp_path, f"id;fecha;hora;pais\na;{day};{hour};MX\n")

    assert read.facts["a"].call_started_at == datetime.date(2026, 9, 14)
    assert any(f"«hora»: «{hour}» la hora no se entiende" in told for told in read.problems)
