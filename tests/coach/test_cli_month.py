"""The month's commands: what they print and how they end (0 well, 1 in part, 2 nothing)."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach.cli import app
from coach.in_english import in_english
from coach.settings import load
from coach.store import Store
from tests.coach.conftest import judged
from transcripts.types import Recording


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every command runs in a folder of its own, with one judged call of account 10-1."""
    monkeypatch.chdir(tmp_path)
    store = Store.open(load())
    promise = {"quote": 1, "amount": "500", "date": "2026-09-20", "currency": "PEN"}
    call = judged("pe-01", account="10-1", promise=promise)
    store.add_recording(call.transcript.recording)
    store.save(call)
    store.close()
    return tmp_path


def coach(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def written(folder: Path, text: str) -> str:
    (folder / "hoja.csv").write_text(text, encoding="utf-8")
    return "hoja.csv"


def test_payments_come_in_once(folder: Path) -> None:
    file = written(folder, "cuenta,fecha,monto\n10-1,2026-09-19,500\n10-1,ayer,1\n")
    first = coach("payments", "import", file, "--country", "PE")
    assert first.exit_code == 1
    assert "fila 3: «ayer» no es una fecha" in first.output
    assert "Pagos nuevos: 1. Ya estaban: 0. Con error: 1." in first.output
    assert "Pagos nuevos: 0. Ya estaban: 1." in coach("payments", "import", file, "--country", "PE").output


def test_the_days_that_payments_tell_of_are_told(folder: Path) -> None:
    lines = "Titular,Fecha de consignación,Valor consignado\n10-1,2026-09-19,500\n10-1,2026-10-02,1\n"
    file = written(folder, lines)
    assert coach("payments", "import", file, "--country", "PE").exit_code == 2
    done = coach("payments", "import", file, "--country", "PE", "--map", "Titular=cuenta")
    assert "Cubre, en PEN" in done.output
    assert "del 19 de septiembre al 2 de octubre de 2026" in " ".join(done.output.split())
    assert "De otros días, monedas, países o carteras no dice nada" in " ".join(done.output.split())


def test_payments_of_accounts_of_no_call_are_told(folder: Path) -> None:
    with_one = "cuenta,fecha,monto\n10-1,2026-09-19,500\nnadie-7,2026-09-19,500\n"
    done = coach("payments", "import", written(folder, with_one), "--country", "PE")
    assert "De cuentas que ninguna llamada tiene: 1." in done.output
    assert "Pagos nuevos: 2 (1 de cuentas sin llamadas)." in done.output
    again = coach("payments", "import", "hoja.csv", "--country", "PE")
    assert "ninguna llamada" not in again.output


def test_the_same_reference_a_month_later_is_told_as_another_payment(folder: Path) -> None:
    head = "cuenta,fecha,monto,moneda,referencia"
    coach("payments", "import", written(folder, f"{head}\n9,2025-10-15,500,MXN,SPEI\n"))
    done = coach("payments", "import", written(folder, f"{head}\n9,2025-11-15,500,MXN,SPEI\n"))
    assert done.exit_code == 0
    assert "Pagos nuevos: 1" in done.output
    assert "se tomó como otro pago. Filas: 2." in " ".join(done.output.split())


def test_payments_without_money_say_how_to_say_it(folder: Path) -> None:
    file = written(folder, "cuenta,fecha,monto\n10-1,2026-09-19,500\n")
    refused = coach("payments", "import", file)
    assert refused.exit_code == 2
    assert "agregue una columna «moneda»; la fila" in refused.output
    assert "se da también con --currency" in refused.output
    assert coach("payments", "import", file, "--currency", "pen").exit_code == 0


def test_a_day_that_may_be_two_says_how_to_say_which(folder: Path) -> None:
    file = written(folder, "cuenta,fecha,monto,moneda\n9,04/05/2025,3,USD\n")
    told = " ".join(coach("payments", "import", file).output.split())
    assert "escriba AAAA-MM-DD; la fila" in told
    assert "se da también con --country" in told
    assert "también con --country" not in coach("payments", "import", file, "--country", "CO").output


def test_payments_of_an_erased_account_stay_out(folder: Path) -> None:
    assert coach("person", "erase", "10-1", "--yes").exit_code == 0
    file = written(folder, "cuenta,fecha,monto,moneda\n10-1,2025-11-27,1,MXN\n9,2025-11-28,2,MXN\n")
    told = " ".join(coach("payments", "import", file).output.split())
    assert "Pagos de cuentas que se borraron con su persona: 1, en las filas 2. No se guardan" in told
    assert "Pagos nuevos: 1 (1 de cuentas sin llamadas). Ya estaban: 0" in told
    assert "10-1" not in told
    sentence = told[told.index("Pagos de cuentas") : told.index(" De cuentas que ninguna")]
    assert in_english(sentence).startswith("Payments of accounts that were erased with their person: 1, in")
    assert coach("person", "erase", "--again").stdout == "No hay nada que borrar de nuevo.\n"
    store = Store.open(load())
    store.add_recording(Recording("otra", account="10-1"))  # a new debt, and a promise to be kept
    store.close()
    assert "Pagos nuevos: 1. Ya estaban: 1." in coach("payments", "import", file).output


def test_past_evaluations_come_in(folder: Path) -> None:
    file = written(folder, "id,evaluador,firm,nota final\npe-01,Eva,sí,9\npe-02,Eva,no,4\n")
    tried = coach("past", "import", file, "--dry-run")
    assert "Se guardarían: 2 resultados de 2 llamadas (1 están en Temple)" in tried.output
    assert "«nota final»" in tried.output
    done = coach("past", "import", file, "--map", "nota final=")
    assert (done.exit_code, "nota final" in done.output) == (0, False)
    assert "Nuevos: 0" in coach("past", "import", file).output
    assert coach("past", "import", file, "--map", "firm").exit_code == 2


def test_trust_says_what_counts_and_why(folder: Path) -> None:
    found = coach("trust")
    assert found.exit_code == 0
    assert "0/50" in found.output
    assert "faltan revisiones" in found.output
