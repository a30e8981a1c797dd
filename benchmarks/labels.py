"""Measure the tagger on labelled utterances: precision, recall and F1 by label, apart for each side.

    python benchmarks/labels.py tests/gold/utterances_a.jsonl

Lines: {"text", "speaker", "country", "labels"}. The authors of such files write none of the rules or training lines.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from nlp.labels import act_ids, objection_ids
from nlp.tagger import tag


def measure(lines: list[dict[str, object]], side: str, *, show: bool) -> dict[str, dict[str, float]]:
    """{label: {n, precision, recall, f1}} with "micro" and "macro" rows; 0..1."""
    wanted = set(objection_ids() if side == "debtor" else act_ids()) - {"none"}
    right, said, gold = Counter[str](), Counter[str](), Counter[str]()
    for line in lines:
        if line["speaker"] != side:
            continue
        truth = set(map(str, line["labels"])) & wanted  # type: ignore[call-overload]
        found = {label.id for label in tag(str(line["text"]), side, str(line.get("country") or "") or None)} & wanted  # type: ignore[arg-type]
        gold.update(truth)
        said.update(found)
        right.update(truth & found)
        if show and truth != found:
            print(f"{side}: {line['text']}\n    missed {sorted(truth - found)} extra {sorted(found - truth)}")
    rows = {label: _row(right[label], said[label], gold[label]) for label in sorted(wanted) if gold[label] or said[label]}
    micro = _row(sum(right.values()), sum(said.values()), sum(gold.values()))
    seen = [row for row in rows.values() if row["n"]]
    macro = {key: round(sum(row[key] for row in seen) / max(1, len(seen)), 3) for key in ("precision", "recall", "f1")}
    return {**rows, "micro": micro, "macro": {"n": micro["n"], **macro}}


def _row(right: int, said: int, gold: int) -> dict[str, float]:
    precision = right / said if said else 0.0
    recall = right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"n": gold, "precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def main() -> None:
    show = "--show" in sys.argv
    paths = [Path(name) for name in sys.argv[1:] if not name.startswith("--")]
    lines = [json.loads(text) for path in paths for text in path.read_text(encoding="utf-8").splitlines() if text.strip()]
    results = {side: measure(lines, side, show=show) for side in ("debtor", "agent")}
    for side, rows in results.items():
        print(f"\n{side:24} {'n':>5} {'prec':>6} {'rec':>6} {'f1':>6}")
        for label, row in rows.items():
            print(f"{label:24} {row['n']:5.0f} {row['precision']:6.2f} {row['recall']:6.2f} {row['f1']:6.2f}")
    out = Path(__file__).parent / "results" / "labels.json"
    out.write_text(json.dumps({"files": [path.name for path in paths], **results}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
