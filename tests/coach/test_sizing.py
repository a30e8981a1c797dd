"""From calls a day to machines: the arithmetic holds, its constants are no better than the measurement."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from coach import cli_size, sizing
from coach.cli import app
from coach.sizing import Load, advice, plan

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"


@pytest.fixture
def measured() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RESULTS / "scale.json").read_text(encoding="utf-8"))
    return found


def figures(load: Load) -> dict[str, float]:
    return {figure.name: figure.value for figure in plan(load)}


def test_fifteen_thousand_calls_of_three_minutes() -> None:
    found = figures(Load(15_000))
    assert found["sound"] == 750
    assert (found["cards"], found["cores_instead"]) == (2, 67)  # 750 h ÷ 40 ÷ 14 h; 750 h ÷ 0.8 ÷ 14 h
    assert found["audio_disk"] == pytest.approx(972)  # 2.7 million s × 4 kB × 90
    assert found["kept_calls"] == 5_475_000


def test_twice_the_calls_are_twice_the_disk_and_never_fewer_machines() -> None:
    one, two = figures(Load(15_000)), figures(Load(30_000))
    assert two["audio_disk"] == 2 * one["audio_disk"]
    assert two["store_disk"] == 2 * one["store_disk"]
    assert all(two[name] >= one[name] for name in one)


def test_a_small_shop_needs_one_of_each_and_a_file() -> None:
    load = Load(200, text_days=365)
    found = figures(load)
    assert (found["cards"], found["text_cores"]) == (1, 1)
    assert advice(load) == ("sqlite",)


def test_what_goes_beyond_what_was_measured_is_told() -> None:
    assert "beyond_measured" in advice(Load(15_000))
    assert "beyond_measured" in advice(Load(15_000, text_days=30))
    assert "beyond_measured" not in advice(Load(2_500, text_days=200))
    assert "split" in advice(Load(5_000_000))


def test_constants_are_on_the_careful_side(measured: dict[str, Any]) -> None:
    scored, kept, heard = measured["score_1"], measured["store_200000"], measured["heard"]
    words_per_minute = 150
    minutes = scored["words_per_call"] / words_per_minute
    assert scored["processor_s_per_call"] / minutes <= sizing.TEXT_S_PER_MINUTE
    assert scored["memory_mb"] <= sizing.TEXT_WORKER_MB
    bodies = ("transcripts", "findings")
    fixed = kept["kb_per_call"] - sum(kept["kb_per_call_by_table"][name]["kb"] for name in bodies)
    assert fixed <= sizing.STORE_KB
    grows = heard["transcript_kb_per_minute"] + heard["findings_kb_per_minute"]
    assert grows <= sizing.STORE_KB_PER_MINUTE
    assert measured[f"store_{sizing.LARGEST_STORE}"]["calls"] == sizing.LARGEST_STORE


def test_every_figure_and_advice_has_words() -> None:
    assert {figure.name for figure in plan(Load(1))} == cli_size._NAMES.keys()
    assert set(advice(Load(1))) | set(advice(Load(5_000_000))) == cli_size._ADVICE.keys()


def test_the_command_shows_its_arithmetic() -> None:
    shown = CliRunner().invoke(
        app, ["size", "--calls-per-day", "15000", "--minutes", "3"], env={"COLUMNS": "140"}
    )
    assert shown.exit_code == 0
    assert "15000 × 3 min ÷ 60" in shown.stdout
    assert "PostgreSQL" in shown.stdout
