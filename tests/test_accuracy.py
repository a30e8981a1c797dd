"""The last measured figures, as floors: a change of rules may not quietly make the product worse.

Gold calls and utterances were labelled by authors who wrote none of the rules. Floors lie a little under what
`benchmarks/gold.py` and `benchmarks/labels.py` print.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import gold, labels

ROOT = Path(__file__).parent.parent
SETS = {
    "samples": sorted((ROOT / "examples/scripts").glob("*.yaml")),
    "calls_b": [ROOT / "tests/gold/calls_b.jsonl"],
}


@pytest.fixture(scope="module", params=list(SETS))
def report(request: pytest.FixtureRequest) -> dict[str, Any]:
    return gold.measure(SETS[request.param])[0]


def test_verdicts_agree_with_the_gold_labels(report: dict[str, Any]) -> None:
    assert report["verdicts"]["accuracy"] >= 0.88
    assert report["verdicts"]["critical"]["recall"] >= 0.8


def test_promises_are_found_and_hardly_one_made_up(report: dict[str, Any]) -> None:
    assert report["promise"]["exact"] >= 0.8
    assert report["promise"]["made_up"] <= 1


def test_objections_and_acts_of_whole_calls(report: dict[str, Any]) -> None:
    assert report["objections"]["all"]["f1"] >= 0.6
    assert report["acts"]["all"]["f1"] >= 0.6


@pytest.mark.parametrize("side", ["debtor", "agent"])
def test_labels_of_single_utterances(side: Any) -> None:
    figures = labels.measure(labels.read([ROOT / "tests/gold/utterances_a.jsonl"]), side)
    assert figures["micro"]["f1"] >= 0.72
    assert figures["macro"]["f1"] >= 0.72
