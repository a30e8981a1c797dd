"""How near the machine comes to hand-labelled calls: objections, acts, verdicts, promises.

    python benchmarks/gold.py CALLS.jsonl examples/scripts --out benchmarks/results/gold.json

Every call goes through `analyze` and `score` as in the product (`coach.gold`). `--misses` lists each verdict
that differs. `coach eval --rubric` prints the verdicts' part.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from coach.gold import Judged, analyzed
from coach.gold import judged as judge_all
from coach.verdict_figures import evidence, share, verdicts
from nlp.labels import act_ids, objection_ids
from nlp.thresholds import call_bar
from rubrics.loader import load_rubric


def labels(judged: list[Judged], kind: str, ids: tuple[str, ...]) -> dict[str, Any]:
    """Precision, recall and F1 of the labels in `ids`, counted once per turn; `all` sums over them."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in judged:
        if kind not in one.call.gold:
            continue  # its author judged the call and did not label the acts
        gold = {(g["turn"], g["id"]) for g in one.call.gold[kind] if g["id"] in ids}
        ours = {
            (f.quote.turn, f.label)
            for f in one.findings.findings
            if f.label in ids and f.score >= call_bar(f.label)
        }
        for name, some in (("hit", gold & ours), ("extra", ours - gold), ("missed", gold - ours)):
            for _, label in some:
                counts[label][name] += 1
                counts["all"][name] += 1
    return {label: _f1(counts[label]) for label in ("all", *ids) if counts[label]}


def _f1(count: Counter[str]) -> dict[str, float | int]:
    hit, extra, missed = count["hit"], count["extra"], count["missed"]
    return {
        "n": hit + missed,
        "precision": share(hit, hit + extra),
        "recall": share(hit, hit + missed),
        "f1": share(2 * hit, 2 * hit + extra + missed),
    }


def promises(judged: list[Judged]) -> dict[str, float | int]:
    """Exact: amount and date both as in the gold, or no firm promise on both sides."""
    exact = amount = day = firm = extra = 0
    for one in judged:
        gold, ours = one.call.gold.get("promise"), one.findings.promise
        ours = ours if ours is not None and ours.firm else None
        if gold is None:
            extra += ours is not None
            exact += ours is None
            continue
        firm += 1
        same_amount = ours is not None and ours.amount == Decimal(str(gold["amount"]))
        same_day = ours is not None and str(ours.date) == str(gold["date"])
        amount, day, exact = amount + same_amount, day + same_day, exact + (same_amount and same_day)
    return {
        "exact": share(exact, len(judged)),
        "n": len(judged),
        "promises": firm,
        "amount": share(amount, firm),
        "date": share(day, firm),
        "made_up": extra,
    }


def measure(paths: Iterable[Path], *, gold_labels: bool = False) -> tuple[dict[str, Any], list[Judged]]:
    """Every figure over the calls of `paths`, and the judged calls behind them."""
    rubric = load_rubric()
    started = time.process_time()  # of the processor: other work on the machine does not count
    judged = judge_all(analyzed(paths, gold_labels=gold_labels), rubric)
    took = time.process_time() - started
    report = {
        "calls": len(judged),
        "rubric": rubric.name,
        "ms_per_call": round(1000 * took / max(1, len(judged))),
        "objections": labels(judged, "objections", objection_ids()),
        "acts": labels(judged, "acts", tuple(a for a in act_ids() if a != "none")),
        "verdicts": verdicts(judged, tuple(c.id for c in rubric.criteria if c.critical)),
        "fail_evidence": evidence(judged),
        "promise": promises(judged),
    }
    return report, judged


def show(report: dict[str, Any]) -> None:
    overall = report["verdicts"]
    print(f"{report['calls']} calls, {report['ms_per_call']} ms each, rubric {report['rubric']}")
    for kind in ("objections", "acts"):
        print(f"\n{kind:24} {'n':>5} {'prec':>6} {'rec':>6} {'f1':>6}")
        for label, f in report[kind].items():
            print(f"{label:24} {f['n']:5} {f['precision']:6.2f} {f['recall']:6.2f} {f['f1']:6.2f}")
    print(f"\n{'criterion':28} {'n':>4} {'acc':>6}  wrong (gold→ours)")
    for name, line in overall["by_criterion"].items():
        wrong = " ".join(f"{pair}:{n}" for pair, n in line["wrong"].items())
        print(f"{name:28} {line['n']:4} {line['accuracy']:6.2f}  {wrong}")
    summary = {k: v for k, v in overall.items() if k != "by_criterion"}
    print(f"\nverdicts: {summary}")
    print(f"fail evidence: {report['fail_evidence']}")
    print(f"promise: {report['promise']}")


def misses(judged: list[Judged]) -> None:
    for one in judged:
        for name, gold in one.call.gold["rubric"].items():
            ours = one.card.verdicts[name]
            if ours.outcome != gold:
                waits = " (waits)" if ours.needs_review else ""
                print(f"{one.card.recording_id} {name}: {gold}, ours {ours.outcome}{waits}: {ours.told}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    parser.add_argument(
        "--gold-labels", action="store_true", help="judge by the gold's own objections and acts"
    )
    parser.add_argument("--misses", action="store_true", help="list the verdicts that differ")
    options = parser.parse_args()
    report, judged = measure(options.paths, gold_labels=options.gold_labels)
    show(report)
    if options.misses:
        misses(judged)
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
