"""The last measured figures are the floor: a change of rules may not quietly make the product worse.

Gold calls and utterances were labelled by authors who wrote none of the rules. The floors are the reports in
`benchmarks/results`, as `benchmarks/gold.py`, `benchmarks/labels.py` and `coach eval` last wrote them; who
makes a figure better writes them anew. The sealed dialogues (`calls_t*.jsonl`) are not read here: they are
opened once per release.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import gold, labels, plain
from nlp.learn.evaluate import evaluate
from nlp.learn.examples import read_examples
from nlp.learn.floors import fallen

ROOT = Path(__file__).parent.parent
SETS = {
    "gold-samples": sorted((ROOT / "examples/scripts").glob("*.yaml")),
    "gold-calls-b": [ROOT / "tests/gold/calls_b.jsonl"],
    "gold-seen-c": [ROOT / "tests/gold/seen_c.jsonl"],
    "gold-seen-d": [ROOT / "tests/gold/seen_d.jsonl"],
    "gold-seen-e": [ROOT / "tests/gold/seen_e.jsonl"],
    "gold-seen-f": [ROOT / "tests/gold/seen_f.jsonl"],
    "gold-seen-g": [ROOT / "tests/gold/seen_g.jsonl"],
    "gold-seen-h": [ROOT / "tests/gold/seen_h.jsonl"],
    "gold-calls-d3": [ROOT / "tests/gold/calls_d3.jsonl"],
}


def floor(name: str) -> dict[str, Any]:
    file = ROOT / "benchmarks/results" / f"{name}.json"
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("name", SETS)
def test_calls_are_understood_and_judged_as_well_as_last_measured(name: str) -> None:
    assert fallen(gold.measure(SETS[name])[0], floor(name)) == []


@pytest.mark.parametrize(
    ("name", "file"), [("labels", "utterances_a.jsonl"), ("labels-seen-b", "utterances_b.jsonl")]
)
def test_labels_of_single_utterances(name: str, file: str) -> None:
    lines = labels.read([ROOT / "tests/gold" / file])
    measured = {side: labels.measure(lines, side) for side in ("debtor", "agent")}
    assert fallen(measured, floor(name)) == []


def test_plain_sentences_are_heard_in_calls() -> None:
    before = floor("plain")
    now = plain.measure(before["every"])
    assert fallen(now, before) == []
    for name, was in before["faults"].items():
        assert now["faults"][name]["looked_at"] >= was["looked_at"] - 0.05, name
        assert now["faults"][name]["false"] <= was["false"] + 0.01, name


def test_a_tenth_of_the_corpus_is_labelled_as_well_as_last_measured() -> None:
    before = floor("eval-small")
    assert (before["split"], before["every"]) == ("dev", 10)
    assert fallen(evaluate(read_examples(splits=("dev",))[::10]), before) == []
