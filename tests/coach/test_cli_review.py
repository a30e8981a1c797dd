"""`coach sample` and `coach queue` from an empty folder on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli import app
from coach.settings import load
from coach.store import Store
from tests.coach.conftest import judged


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.chdir(tmp_path)
    opened = Store.open(load())
    yield opened
    opened.close()


def coach(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_calls_are_drawn_and_wait(store: Store) -> None:
    assert "No hay llamadas nuevas" in coach("sample")
    assert "No espera ninguna" in coach("queue")
    for n in range(3):
        call = judged(f"pe-{n}", agent="Rosa [Quispe]", agent_login="rosa")
        store.add_recording(call.transcript.recording)
        store.save(call)
    assert "Saldrían: 3 de 3" in coach("sample", "--dry-run")
    assert "No espera ninguna" in coach("queue")
    assert "En la cola: 3 de 3" in coach("sample", "--day", "2026-09-15")
    shown = coach("queue", "--limit", "2")
    assert "Rosa [Quispe]" in shown
    assert "… y 1 más." in shown
    assert "Para completar las revisiones del mes: 0." in coach("sample", "--missing", "--day", "2026-09-15")


def test_what_contradicts_itself_is_refused() -> None:
    result = CliRunner().invoke(app, ["sample", "--missing", "--dry-run"])
    assert result.exit_code == 2
