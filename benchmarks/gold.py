"""How near the machine comes to hand-labelled calls: objections, acts, verdicts, promises.

    python benchmarks/gold.py CALLS.jsonl examples/scripts --out benchmarks/results/gold.json

A call is a line of JSONL (`turns`, call facts, `gold`) or a sample script (YAML, the same keys). Every one
goes through `analyze` and `score` as in the product. `--misses` lists each verdict that differs.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from nlp.analyze import analyze
from nlp.labels import act_ids, objection_ids
from nlp.thresholds import call_bar
from nlp.types import Finding, Findings
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Scorecard
from transcripts.types import CaseFacts, Recording, Transcript, Trust, Turn

WORDS_PER_S, USUAL_GAP_S = 2.6, 0.5  # of made-up times, where a script gives only the gaps between turns


@dataclass(frozen=True, slots=True)
class GoldCall:
    transcript: Transcript
    gold: dict[str, Any]  # objections, acts, rubric, fail_evidence, promise, as the line has them


@dataclass(frozen=True, slots=True)
class Judged:
    call: GoldCall
    findings: Findings
    card: Scorecard


def read(paths: Iterable[Path]) -> Iterator[GoldCall]:
    """The calls of every file; a folder stands for the YAML and JSONL files in it."""
    for path in paths:
        if path.is_dir():
            yield from read(sorted(p for p in path.iterdir() if p.suffix in (".yaml", ".jsonl")))
        elif path.suffix == ".jsonl":
            lines = path.read_text(encoding="utf-8").splitlines()
            yield from (gold_call(json.loads(line)) for line in lines if line.strip())
        else:
            yield gold_call(YAML(typ="safe").load(path.read_text(encoding="utf-8")))


def gold_call(data: dict[str, Any]) -> GoldCall:
    """Turns without a speaker are sounds of the recording: the gold's turn indices do not count them."""
    turns = tuple(_timed([t for t in data["turns"] if t.get("speaker")]))
    facts = {k: v for k, v in (data.get("facts") or {}).items() if k in CaseFacts.__dataclass_fields__}
    if "amount_due" in facts:
        facts["amount_due"] = Decimal(str(facts["amount_due"]))
    recording = Recording(
        id=str(data["id"]),
        call_started_at=_moment(data.get("call_started_at") or data.get("call_date")),
        facts=CaseFacts(**facts),
        agent=data.get("agent"),
        company=data.get("company"),
        debtor_name=data.get("debtor_name"),
        country=data.get("country"),
        call_type=data.get("call_type"),
    )
    return GoldCall(
        Transcript(recording, turns, trust=Trust(starts_late=data.get("starts_late"))), data["gold"]
    )


def _timed(turns: list[dict[str, Any]]) -> Iterator[Turn]:
    """The turns with their times; a script tells only the gaps between turns, so its times are made up."""
    scripted = any("gap_s" in turn for turn in turns)
    at = 0.0
    for turn in turns:
        start, end = turn.get("start"), turn.get("end")
        if scripted:
            start = max(0.0, at + turn.get("gap_s", USUAL_GAP_S))
            end = start + len(turn["text"].split()) / WORDS_PER_S
            at = max(at, end)
        yield Turn(turn["speaker"], turn["text"], start, end)


def _moment(written: Any) -> date | None:
    """An instant or a day, as text or as YAML has read it already."""
    if written is None or isinstance(written, date):
        return written
    return (datetime if "T" in written else date).fromisoformat(written)


def with_gold_labels(call: GoldCall, findings: Findings) -> Findings:
    """`findings` with the gold's objections and acts for ours: what is still wrong is the judging's own."""
    known = {*objection_ids(), *act_ids()}
    given = [
        Finding(g["id"], call.transcript.quote(g["turn"]), 0.95, "gold")
        for kind in ("objections", "acts")
        for g in call.gold[kind]
    ]
    kept = [f for f in findings.findings if f.label not in known]
    debt = min((f.quote.turn for f in given if f.label in ("states_debt", "discloses_debt")), default=None)
    return replace(
        findings,
        findings=tuple(sorted([*kept, *given], key=lambda f: f.quote)),
        people=replace(findings.people, debt_turn=debt),
    )


def labels(judged: list[Judged], kind: str, ids: tuple[str, ...]) -> dict[str, Any]:
    """Precision, recall and F1 of the labels in `ids`, counted once per turn; `all` sums over them."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in judged:
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
        "precision": _share(hit, hit + extra),
        "recall": _share(hit, hit + missed),
        "f1": _share(2 * hit, 2 * hit + extra + missed),
    }


def _share(part: float, whole: float) -> float:
    return round(part / whole, 3) if whole else 0.0


def verdicts(judged: list[Judged], critical: tuple[str, ...]) -> dict[str, Any]:
    """Accuracy by criterion and over all, share that waits for a person, kappa, critical failures."""
    pairs = [
        (name, gold, one.card.verdicts[name])
        for one in judged
        for name, gold in one.call.gold["rubric"].items()
    ]
    by_criterion: dict[str, Any] = {}
    for name in dict.fromkeys(name for name, _, _ in pairs):
        mine = [(gold, verdict.outcome) for criterion, gold, verdict in pairs if criterion == name]
        wrong = Counter(f"{gold}→{ours}" for gold, ours in mine if gold != ours)
        right = sum(gold == ours for gold, ours in mine)
        by_criterion[name] = {"accuracy": _share(right, len(mine)), "n": len(mine), "wrong": dict(wrong)}
    sure = [(gold, v.outcome) for _, gold, v in pairs if not v.needs_review]
    found = Counter((gold == "fail", v.outcome == "fail") for name, gold, v in pairs if name in critical)
    return {
        "accuracy": _share(sum(gold == v.outcome for _, gold, v in pairs), len(pairs)),
        "n": len(pairs),
        "needs_review": _share(len(pairs) - len(sure), len(pairs)),
        "accuracy_without_review": _share(sum(gold == ours for gold, ours in sure), len(sure)),
        "kappa_pass_fail": _kappa([(gold, v.outcome) for _, gold, v in pairs]),
        "critical": {
            "recall": _share(found[True, True], found[True, True] + found[True, False]),
            "precision": _share(found[True, True], found[True, True] + found[False, True]),
            "n": found[True, True] + found[True, False],
        },
        "by_criterion": by_criterion,
    }


def _kappa(pairs: list[tuple[str, str]]) -> float:
    """Cohen's kappa over the verdicts that both sides call pass or fail."""
    both = [(a, b) for a, b in pairs if "na" not in (a, b)]
    if not both:
        return 0.0
    agreed = sum(a == b for a, b in both) / len(both)
    shares = [
        [sum(pair[side] == o for pair in both) / len(both) for o in ("pass", "fail")] for side in (0, 1)
    ]
    chance = sum(a * b for a, b in zip(*shares, strict=True))
    return round((agreed - chance) / (1 - chance), 3) if chance < 1 else 1.0


def evidence(judged: list[Judged]) -> dict[str, float | int]:
    """Of the fails that both sides see and the gold places: how many we place in one of the same turns."""
    placed = [
        bool({q.turn for q in one.card.verdicts[name].evidence} & set(turns))
        for one in judged
        for name, turns in (one.call.gold.get("fail_evidence") or {}).items()
        if turns and one.card.verdicts[name].outcome == "fail"
    ]
    return {"same_turn": _share(sum(placed), len(placed)), "n": len(placed)}


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
        "exact": _share(exact, len(judged)),
        "n": len(judged),
        "promises": firm,
        "amount": _share(amount, firm),
        "date": _share(day, firm),
        "made_up": extra,
    }


def measure(paths: Iterable[Path], *, gold_labels: bool = False) -> tuple[dict[str, Any], list[Judged]]:
    """Every figure over the calls of `paths`, and the judged calls behind them."""
    rubric, judged = load_rubric(), []
    started = time.perf_counter()
    for call in read(paths):
        findings = analyze(call.transcript)
        if gold_labels:
            findings = with_gold_labels(call, findings)
        judged.append(Judged(call, findings, score(call.transcript, findings, rubric)))
    took = time.perf_counter() - started
    report = {
        "calls": len(judged),
        "rubric": f"{rubric.id}@{rubric.version}+{rubric.digest}",
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
                print(f"{one.card.recording_id} {name}: {gold}, ours {ours.outcome}{waits}: {ours.reason}")


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
