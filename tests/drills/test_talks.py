"""Whole calls that somebody wrote who saw neither rules nor playbook: as many win as when last measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.drills import scored

GOLD = Path(__file__).parent.parent / "gold" / "drill_talks_b.jsonl"
RESULTS = Path(__file__).parents[2] / "benchmarks" / "results" / "drills.json"


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_good_calls_win_as_often_as_last_measured() -> None:
    talks = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    won = scored(talks)["kind"]["won"]
    assert int(str(won)) >= json.loads(RESULTS.read_text(encoding="utf-8"))["kind"]["won"]
