"""How near verdicts come to those of people: agreement by criterion with its interval, kappa, and how often a
critical alarm would be right where such failures are as rare as in real traffic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from coach.gold import Judged
from coach.intervals import interval
from rubrics.types import Verdict

PREVALENCE = 0.005  # of real calls hold a critical failure of one kind


def verdicts(judged: Sequence[Judged], critical: Sequence[str]) -> dict[str, Any]:
    """Accuracy by criterion and over all, share that waits for a person, kappa, critical failures."""
    pairs = [pair for one in judged for pair in _pairs(one)]
    sure = [(gold, v.outcome) for _, gold, v in pairs if not v.needs_review]
    right = sum(gold == v.outcome for _, gold, v in pairs)
    return {
        "accuracy": share(right, len(pairs)),
        "interval": interval(right, len(pairs)),
        "n": len(pairs),
        "needs_review": share(len(pairs) - len(sure), len(pairs)),
        "accuracy_without_review": share(sum(gold == ours for gold, ours in sure), len(sure)),
        "kappa_pass_fail": kappa([(gold, v.outcome) for _, gold, v in pairs]),
        "critical": _alarms([(gold, v.outcome) for name, gold, v in pairs if name in critical]),
        "by_criterion": {
            name: _agreement([(g, v.outcome) for criterion, g, v in pairs if criterion == name])
            for name in dict.fromkeys(name for name, _, _ in pairs)
        },
        "countries": {
            country: _agreement([(g, v.outcome) for one in mine for _, g, v in _pairs(one)])
            for country, mine in _by_country(judged).items()
        },
    }


def _by_country(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The calls of each country; under «–» those that do not say theirs."""
    out: dict[str, list[Judged]] = {}
    for one in judged:
        out.setdefault(one.call.transcript.recording.country or "–", []).append(one)
    return dict(sorted(out.items()))


def _pairs(one: Judged) -> list[tuple[str, str, Verdict]]:
    """Criterion, a person's outcome and our verdict, where both judged it."""
    return [
        (name, gold, one.card.verdicts[name])
        for name, gold in (one.call.gold.get("rubric") or {}).items()
        if name in one.card.verdicts
    ]


def _agreement(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    right = sum(gold == ours for gold, ours in pairs)
    wrong = Counter(f"{gold}→{ours}" for gold, ours in pairs if gold != ours)
    return {
        "accuracy": share(right, len(pairs)),
        "interval": interval(right, len(pairs)),
        "n": len(pairs),
        "wrong": dict(wrong),
    }


def _alarms(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Recall and precision of critical failures, and the precision to expect where they are rare."""
    found = Counter((gold == "fail", ours == "fail") for gold, ours in pairs)
    real, calm = found[True, True] + found[True, False], found[False, True] + found[False, False]
    recall = share(found[True, True], real)
    low, high = interval(found[False, True], calm)
    return {
        "recall": recall,
        "recall_interval": interval(found[True, True], real),
        "precision": share(found[True, True], found[True, True] + found[False, True]),
        "n": real,
        "false_alarms": found[False, True],
        "of": calm,
        "precision_at_prevalence": {
            "prevalence": PREVALENCE,
            "value": at_prevalence(recall, share(found[False, True], calm)),
            "interval": [at_prevalence(recall, high), at_prevalence(recall, low)],
        },
    }


def at_prevalence(recall: float, false_rate: float, prevalence: float = PREVALENCE) -> float:
    """Share of alarms that are right where `prevalence` of the calls hold a failure (Bayes)."""
    right, wrong = recall * prevalence, false_rate * (1 - prevalence)
    return round(right / (right + wrong), 3) if right + wrong else 0.0


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
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


def share(part: float, whole: float) -> float:
    return round(part / whole, 3) if whole else 0.0


def evidence(judged: Sequence[Judged]) -> dict[str, float | int]:
    """Of the fails that both sides see and the gold places: how many we place in one of the same turns."""
    placed = [
        bool({q.turn for q in ours.evidence} & set(turns))
        for one in judged
        for name, turns in (one.call.gold.get("fail_evidence") or {}).items()
        if turns and (ours := one.card.verdicts.get(name)) is not None and ours.outcome == "fail"
    ]
    return {"same_turn": share(sum(placed), len(placed)), "n": len(placed)}
