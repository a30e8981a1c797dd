"""Measure the tagger on labelled utterances: precision, recall and F1 by label, apart for each side.

    python benchmarks/labels.py tests/gold/utterances_a.jsonl [--show] [--out results.json]

Lines: {"text", "speaker", "country", "labels"}. Whoever writes such lines writes no rule.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from nlp.labels import act_ids, objection_ids
from nlp.utterance import tag

Figures = dict[str, dict[str, float]]


def read(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The labelled lines of all files."""
    texts = (text for path in paths for text in path.read_text(encoding="utf-8").splitlines())
    return [json.loads(text) for text in texts if text.strip()]


def measure(lines: list[dict[str, Any]], side: Literal["agent", "debtor"], *, show: bool = False) -> Figures:
    """{label: {n, precision, recall, f1}}, 0..1, with rows "micro" and "macro"; `none` is no label."""
    wanted = set(objection_ids() if side == "debtor" else act_ids()) - {"none"}
    right, said, gold = Counter[str](), Counter[str](), Counter[str]()
    for line in lines:
        if line["speaker"] != side:
            continue
        truth = set(line["labels"]) & wanted
        found = {label.id for label in tag(line["text"], side)} & wanted
        gold.update(truth)
        said.update(found)
        right.update(truth & found)
        if show and truth != found:
            print(f"{line['text']}\n    missed {sorted(truth - found)}, not there {sorted(found - truth)}")
    rows = {
        name: _row(right[name], said[name], gold[name]) for name in sorted(wanted) if gold[name] or said[name]
    }
    seen = [row for row in rows.values() if row["n"]]
    micro = _row(right.total(), said.total(), gold.total())
    macro = {key: round(sum(row[key] for row in seen) / max(1, len(seen)), 3) for key in micro}
    return {**rows, "micro": micro, "macro": {**macro, "n": micro["n"]}}


def _row(right: int, said: int, gold: int) -> dict[str, float]:
    precision = right / said if said else 0.0
    recall = right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"n": gold, "precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="print every line that differs")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    lines = read(options.paths)
    results = {
        "debtor": measure(lines, "debtor", show=options.show),
        "agent": measure(lines, "agent", show=options.show),
    }
    for side, rows in results.items():
        print(f"\n{side:24} {'n':>5} {'prec':>6} {'rec':>6} {'f1':>6}")
        for label, row in rows.items():
            print(f"{label:24} {row['n']:5.0f} {row['precision']:6.2f} {row['recall']:6.2f} {row['f1']:6.2f}")
    if options.out:
        report = {"files": [path.name for path in options.paths], **results}
        options.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
