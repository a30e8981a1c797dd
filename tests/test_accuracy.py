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
    "calls_d3": [ROOT / "tests/gold/calls_d3.jsonl"],
}
# objections and acts: micro F1 per turn; verdicts: accuracy; promises: exact, and how many at most made up.
# The sealed dialogues (`calls_t*.jsonl`) are not read here: they are opened once per release.
FLOORS = {
    "samples": {
        "objections": 0.82,
        "acts": 0.83,
        "verdicts": 0.94,
        "critical": 0.8,
        "exact": 0.94,
        "made_up": 1,
    },
    "calls_b": {
        "objections": 0.88,
        "acts": 0.77,
        "verdicts": 0.93,
        "critical": 0.9,
        "exact": 0.9,
        "made_up": 1,
    },
    "calls_d3": {
        "objections": 0.52,
        "acts": 0.76,
        "verdicts": 0.82,
        "critical": 0.8,
        "exact": 0.8,
        "made_up": 4,
    },
}


@pytest.fixture(scope="module", params=list(SETS))
def measured(request: pytest.FixtureRequest) -> tuple[dict[str, Any], dict[str, float]]:
    return gold.measure(SETS[request.param])[0], FLOORS[request.param]


def test_calls_are_understood_and_judged_as_well_as_last_measured(
    measured: tuple[dict[str, Any], dict[str, float]],
) -> None:
    report, floor = measured
    assert report["objections"]["all"]["f1"] >= floor["objections"]
    assert report["acts"]["all"]["f1"] >= floor["acts"]
    assert report["verdicts"]["accuracy"] >= floor["verdicts"]
    assert report["verdicts"]["critical"]["recall"] >= floor["critical"]
    assert report["promise"]["exact"] >= floor["exact"]
    assert report["promise"]["made_up"] <= floor["made_up"]


@pytest.mark.parametrize(("side", "floor"), [("debtor", 0.91), ("agent", 0.89)])
def test_labels_of_single_utterances(side: Any, floor: float) -> None:
    figures = labels.measure(labels.read([ROOT / "tests/gold/utterances_a.jsonl"]), side)
    assert figures["micro"]["f1"] >= floor
    assert figures["macro"]["f1"] >= floor
