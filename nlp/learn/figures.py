"""Precision, recall and F1 of labels, each F1 with the interval that it may be trusted to.

Intervals (95 %) come from drawing whole calls anew, seeded: the turns of one call resemble one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROUNDS = 500
ENDS = (2.5, 97.5)  # percentiles of the rounds
Floats = NDArray[np.float64]
Pair = tuple[frozenset[str], frozenset[str]]  # labels by hand, labels said
Row = dict[str, Any]


def table(calls: Sequence[Sequence[Pair]], ids: Sequence[str], seed: int) -> dict[str, Row]:
    """Rows by label, "micro" (all together) and "macro" (mean over the labels that the gold has).

    A row: `n` in the gold, `said` by the machine, `precision`, `recall`, `f1`, and `interval`, `spans`: what
    F1, and precision and recall, may be trusted to.
    """
    counts = np.array([[_counts(pairs, label) for label in ids] for pairs in calls], np.float64)
    counts = counts.reshape(len(calls), len(ids), 3)
    total, drawn = counts.sum(0), _drawn(counts, seed)
    rows = {label: _row(total[k], drawn[:, k]) for k, label in enumerate(ids)}
    there = [k for k in range(len(ids)) if total[k, 2]]
    micro = _row(total.sum(0), drawn.sum(1))
    seen = [rows[ids[k]] for k in there]
    macro = {
        key: round(sum(row[key] or 0.0 for row in seen) / len(seen), 3) if seen else None
        for key in ("precision", "recall", "f1")
    }
    means = np.ma.masked_invalid(_f1(drawn[:, there])).mean(axis=1) if seen else np.ma.array([])
    ends = {"interval": _interval(means.compressed())}
    return {**rows, "micro": micro, "macro": {"n": micro["n"], "said": micro["said"], **macro, **ends}}


def _counts(pairs: Sequence[Pair], label: str) -> tuple[int, int, int]:
    """Right, said, in the gold."""
    both = [(label in gold, label in said) for gold, said in pairs]
    return sum(g and s for g, s in both), sum(s for _, s in both), sum(g for g, _ in both)


def _drawn(counts: Floats, seed: int) -> Floats:
    """[rounds, labels, 3]: the counts of as many calls as there are, each drawn at random with return."""
    calls = len(counts)
    if not calls:
        return np.zeros((ROUNDS, *counts.shape[1:]))
    times = np.random.default_rng(seed).multinomial(calls, np.full(calls, 1 / calls), size=ROUNDS)
    return np.asarray(np.tensordot(times.astype(np.float64), counts, axes=1))


def _f1(counts: Floats) -> Floats:
    """Of [..., (right, said, gold)]; nan where a label is neither said nor in the gold."""
    with np.errstate(invalid="ignore"):
        return np.asarray(2 * counts[..., 0] / (counts[..., 1] + counts[..., 2]))


def _row(total: Floats, drawn: Floats) -> Row:
    right, said, gold = (int(count) for count in total)
    f1 = _f1(drawn)
    with np.errstate(invalid="ignore"):
        spans = {"precision": drawn[..., 0] / drawn[..., 1], "recall": drawn[..., 0] / drawn[..., 2]}
    return {
        "n": gold,
        "said": said,
        "precision": share(right, said),
        "recall": share(right, gold),
        "f1": share(2 * right, said + gold),
        "interval": _interval(f1[~np.isnan(f1)]),
        "spans": {name: _interval(values[~np.isnan(values)]) for name, values in spans.items()},
    }


def _interval(values: Floats) -> list[float] | None:
    if not len(values):
        return None
    return [round(float(end), 3) for end in np.percentile(values, ENDS)]


def share(part: float, whole: float) -> float | None:
    return round(part / whole, 3) if whole else None
